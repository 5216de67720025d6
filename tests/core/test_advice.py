"""The advice at the end of an error message."""

from __future__ import annotations

import pytest

from scgapi._core import advice
from scgapi._core.operation import Operation
from scgapi._core.response import api_error
from scgapi.models import attachments, contacts, message_requests
from tests.core.strategies import NOW, Json, answer


def told(operation: Operation, status: int, sent: Json | bytes = None, **headers: str) -> str:
    return str(api_error(operation, answer(sent, status, **headers), NOW))


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (400, "Correct what it names."),
        (401, "Check the token, or pass key and secret to AuthInfo to have an expired one refreshed."),
        (402, "Add funds to the account, or ask Syniverse about its quota."),
        (403, "Use the token of an application that may do this, or ask Syniverse for access."),
        (404, "Check the id; what was just created may take some seconds to appear."),
        (405, "Check the client's url and prefixes, and what was sent."),
        (407, "Put the proxy's user and password into its URL."),
        (409, "Load the object again, and compare it with what was sent."),
        (422, "Correct the content of the request."),
        (429, "Send fewer calls at a time."),
        (302, "Check the client's url and prefixes: redirects are not followed."),
        (500, "Try again later; if it lasts, report it to Syniverse."),
        (503, "Try again later; if it lasts, report it to Syniverse."),
    ],
)
def test_every_status_says_what_to_do_next(status: int, text: str) -> None:
    assert (
        told(contacts.GET, status) == f"contacts.get: the gateway answered {status}: no description. {text}"
    )


@pytest.mark.parametrize("status", [429, 503])
def test_a_time_to_wait_is_named(status: int) -> None:
    assert told(contacts.GET, status, retry_after="7").endswith(
        "no description. Wait 7 s before the next call."
    )


@pytest.mark.parametrize(
    ("status", "code", "text"),
    [
        (409, "1001", "Load the object again with refresh() or get(), apply the change and update() it."),
        (409, "1011", "Find the object that has this key already with list(), or choose another key."),
        (400, "SCG_ERROR_4001", "Pass the parameter that it names."),
        (400, "SCG_ERROR_4002", "Correct the parameter that it names."),
        (400, "SCG_ERROR_40015", "Split `to` into several requests."),
        (401, "SCG_ERROR_4010", ("The token is good, but not for this: use that of an application that may, or ask "
         "Syniverse for access.")),
        (404, "4046", "Take a new token from the portal, or pass key and secret to AuthInfo to have it refreshed."),
        (422, "4220", "Check that the URL can be downloaded without a login."),
        (500, "5001", "Do not repeat it: report it to Syniverse."),
    ],
)  # fmt: skip
def test_a_code_says_more_than_its_status(status: int, code: str, text: str) -> None:
    body: Json = {"error_code": code, "error_description": "No!"}
    found = told(message_requests.CREATE, status, body)
    assert found.startswith(f"message_requests.create: the gateway answered {status}, code ")
    assert found.endswith(f": No! {text}")


def test_every_advice_is_a_sentence_without_its_end() -> None:
    for text in (*advice._BY_CODE.values(), *advice._BY_STATUS.values()):
        assert text[0].isupper()
        assert text[-1] not in ".!"


def test_a_description_that_is_a_sentence_gets_no_second_full_stop() -> None:
    assert ": Gone. Correct" in told(contacts.GET, 400, {"error_description": "Gone."})
    assert ": Gone. Correct" in told(contacts.GET, 400, {"error_description": "Gone"})


def test_a_collection_that_is_not_found_is_a_wrong_url() -> None:
    assert told(message_requests.CREATE, 404).endswith("Check the client's url and prefixes.")


@pytest.mark.parametrize(
    "page",
    [
        b"<html>The plain HTTP request was sent to HTTPS port</html>",
        b"Client sent an HTTP request to an HTTPS server.",
        b"Reason: You're speaking plain HTTP to an SSL-enabled server port.",
        b"Bad Request\r\nThis combination of host and port requires TLS.",
    ],
)
def test_a_server_that_wants_tls_is_heard(page: bytes) -> None:
    assert told(contacts.GET, 400, page).endswith("Begin the url with https://.")


def test_what_may_have_been_done_is_looked_at_first() -> None:
    assert told(contacts.CREATE, 500).endswith("It may have been done: check before you repeat it.")
    assert told(contacts.UPDATE, 500).endswith("Try again later; if it lasts, report it to Syniverse.")


def test_the_token_of_a_content_is_not_the_clients() -> None:
    body: Json = {"error_code": "4046"}
    assert told(attachments.DOWNLOAD, 404, body).endswith("Try again: each call opens the content anew.")


def test_a_code_has_the_advice_that_its_error_ends_with() -> None:
    known = advice.advice_for_code("1012")
    assert known == "Shorten the message"
    assert told(message_requests.CREATE, 400, {"error_code": "SCG_ERROR_1012"}).endswith(f"{known}.")
    assert advice.advice_for_code("9999") is None
