"""What a response means: a result, a failure in part, or an error with all that is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.outcome import Outcome, outcome_of
from scgapi._core.response import checked, error_code, error_of, excerpt, is_expiry, unexpected
from scgapi.errors import (
    ApiError,
    BadRequestError,
    PartialFailureError,
    RateLimitError,
    ServerError,
    UnexpectedResponseError,
)
from scgapi.models import contact_groups, contacts
from tests.core.given import NOW, Json, answer, header_values, json_values, quick


@pytest.mark.parametrize("status", [200, 201, 204, 299])
@pytest.mark.parametrize("content", [b"", b"{}", b'{"id": "c"}', b"not JSON"])
def test_a_success_passes_through(status: int, content: bytes) -> None:
    response = answer(content, status)
    assert checked(contacts.UPDATE, response) is response


@pytest.mark.parametrize("status", [100, 199, 300, 304, 400, 404, 500, 599])
def test_everything_else_raises(status: int) -> None:
    with pytest.raises(ApiError) as caught:
        checked(contacts.GET, answer(b"", status))
    assert caught.value.status == status


def test_a_success_that_failed_in_part_raises_with_each_failure() -> None:
    sent: Json = {"errors": {"c1": "Unknown document: +15551234567", "c2": {"code": 1}}}
    with pytest.raises(PartialFailureError) as caught:
        checked(contact_groups.ADD_CONTACT, answer(sent))
    error = caught.value
    assert error.errors == {"c1": "Unknown document: ***67", "c2": "{'code': 1}"}
    assert (error.status, error.operation, error.outcome) == (200, "contact_groups.add_contact", "ACCEPTED")
    assert "2 of the items failed" in str(error)


@pytest.mark.parametrize(
    "sent", [{"errors": {}}, {"errors": None}, {"errors": ["x"]}, {"a": {"errors": 1}}, ["errors"]]
)
def test_a_success_without_failures_is_one(sent: Json) -> None:
    response = answer(sent)
    assert checked(contact_groups.ADD_CONTACT, response) is response


def test_what_is_read_may_have_a_field_of_that_name() -> None:
    response = answer({"id": "c", "errors": {"a": "b"}})
    assert checked(contacts.GET, response) is response


@pytest.mark.parametrize(
    ("sent", "code", "raw"),
    [
        ({"error_code": "SCG_ERROR_4001"}, "4001", "SCG_ERROR_4001"),
        ({"error_code": "4001"}, "4001", "4001"),
        ({"error_code": 4001}, "4001", "4001"),
        ({"errorCode": 1}, "1", "1"),
        ({"error_code": " SCG_ERROR_4001 "}, "4001", " SCG_ERROR_4001 "),
        ({"error_code": True, "errorCode": "1"}, "1", "1"),
        ({"error_code": None}, None, None),
        ({"error_code": [4001]}, None, None),
        ([], None, None),
    ],
)
def test_a_code_is_one_code_however_it_is_written(sent: Json, code: str | None, raw: str | None) -> None:
    assert error_code(answer(sent).content) == (code, raw)


@pytest.mark.parametrize(
    ("status", "sent", "expired"),
    [
        (401, None, True),
        (401, {"error_code": "401"}, True),
        (401, {"error_code": "SCG_ERROR_4010"}, False),
        (404, {"error_code": "SCG_ERROR_4046"}, True),
        (404, {"error_code": 4046}, True),
        (404, {"error_code": "4040"}, False),
        (404, None, False),
        (403, {"error_code": "4046"}, False),
        (200, {"error_code": "4046"}, False),
    ],
)
def test_only_a_refused_token_is_worth_a_new_one(status: int, sent: Json, expired: bool) -> None:
    assert is_expiry(contacts.GET, answer(sent, status)) is expired


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (200, None, "ACCEPTED"),
        (204, None, "ACCEPTED"),
        (302, None, "REJECTED"),
        (400, None, "REJECTED"),
        (408, None, "UNKNOWN"),
        (409, "1001", "REJECTED"),
        (418, None, "REJECTED"),
        (429, None, "REJECTED"),
        (500, None, "UNKNOWN"),
        (500, "5001", "UNKNOWN"),
        (502, "5030", "UNKNOWN"),
        (503, "5030", "REJECTED"),
        (503, None, "UNKNOWN"),
        (504, None, "UNKNOWN"),
        (100, None, "UNKNOWN"),
    ],
)
def test_what_is_known_of_a_calls_effect(status: int, code: str | None, outcome: Outcome) -> None:
    assert outcome_of(status, code) == outcome


def test_an_error_carries_all_that_is_known() -> None:
    sent: Json = {"error_code": "SCG_ERROR_4001", "error_description": "Bad primary_mdn +15551234567"}
    response = answer(
        sent,
        400,
        x_request_id="r1",
        set_cookie="s=1",
        location="/contacts/15551234567",
        authorization="Bearer t",
    )
    error = error_of(contacts.CREATE, response, NOW)
    assert type(error) is BadRequestError
    assert str(error) == "contacts.create: the gateway answered 400, code 4001: Bad primary_mdn ***67"
    assert (error.status, error.code, error.raw_code) == (400, "4001", "SCG_ERROR_4001")
    assert error.description == "Bad primary_mdn ***67"
    assert error.headers == {"x-request-id": "r1"}
    assert "***67" in error.body
    assert "15551234567" not in error.body
    assert (error.operation, error.outcome, error.attempts) == ("contacts.create", "REJECTED", 1)
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("sent", "description"),
    [
        ({"errorCode": 1, "userMsg": "No", "moreInfo": "Ask"}, "No; Ask"),
        ({"message": "No"}, "No"),
        ({"error_description": "No", "message": "No"}, "No"),
        ({"error_description": 5, "message": ""}, None),
        ({}, None),
        (["No"], None),
    ],
)
def test_every_service_describes_its_errors_in_its_own_way(sent: Json, description: str | None) -> None:
    error = error_of(contacts.GET, answer(sent, 500), NOW)
    assert error.description == description
    assert str(error).endswith(description or "no description")


def test_an_error_that_is_not_the_gateways_has_no_code() -> None:
    error = error_of(contacts.GET, answer(b"<html>Bad gateway", 502), NOW)
    assert type(error) is ServerError
    assert (error.code, error.raw_code, error.body) == (None, None, "<html>Bad gateway")
    assert str(error) == "contacts.get: the gateway answered 502: no description"


def test_an_error_says_how_long_to_wait() -> None:
    assert error_of(contacts.GET, answer(b"", 429, retry_after="7"), NOW).retry_after == 7
    error = error_of(contacts.GET, answer(b"", 429, retry_after="Wed, 01 May 2024 12:00:30 GMT"), NOW)
    assert type(error) is RateLimitError
    assert error.retry_after == timedelta(seconds=30).total_seconds()


def test_a_moment_to_wait_for_is_taken_from_now_if_none_is_given() -> None:
    with pytest.raises(RateLimitError) as caught:
        checked(contacts.GET, answer(b"", 429, retry_after="Wed, 01 May 2024 12:00:30 GMT"))
    assert caught.value.retry_after == 0
    with pytest.raises(RateLimitError) as caught:
        checked(contacts.GET, answer(b"", 429, retry_after="Wed, 01 May 2024 12:00:30 GMT"), NOW)
    assert caught.value.retry_after == 30


def test_an_unexpected_answer_shows_what_came() -> None:
    error = unexpected(contacts.GET, answer(b"<html>5551234567", 200, content_type="text/html"), "no JSON")
    assert type(error) is UnexpectedResponseError
    assert str(error) == "contacts.get: the gateway answered 200 with no JSON; content-type text/html"
    assert (error.status, error.outcome, error.headers) == (
        200,
        "ACCEPTED_UNPARSED",
        {"content-type": "text/html"},
    )
    assert str(unexpected(contacts.GET, answer(), "nothing")).endswith("content-type absent")


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"x" * 1000, "x" * 500),
        ("æ".encode() * 500, "æ" * 250),
        (b"\xff", "\ufffd"),
        (b"+15551234567", "***67"),
    ],
)
def test_an_excerpt_is_short_readable_and_masked(content: bytes, shown: str) -> None:
    assert excerpt(answer(content)) == shown


def json_bytes(sent: Json) -> bytes:
    return answer(sent).content


@quick
@given(
    st.integers(100, 999),
    st.binary() | json_values(st.sampled_from(["error_code", "message"])).map(json_bytes),
    header_values,
)
def test_any_response_makes_an_error_that_can_be_shown(status: int, content: bytes, wait: str) -> None:
    error = error_of(contacts.GET, answer(content, status, retry_after=wait), NOW)
    assert (error.status, error.operation) == (status, "contacts.get")
    assert str(error).startswith(f"contacts.get: the gateway answered {status}")


def test_an_error_under_a_success_is_one_unless_there_is_an_object_or_a_list() -> None:
    refused: Json = {"error_code": "SCG_ERROR_4001"}
    with pytest.raises(ApiError) as caught:
        checked(contacts.CREATE, answer(refused, 200, retry_after="Wed, 01 May 2999 12:00:00 GMT"))
    assert caught.value.code == "4001"
    assert caught.value.retry_after is not None
    for found in (b'{"error_code": "x", "id": "c"}', b'{"error_code": "x", "list": []}'):
        assert checked(contacts.CREATE, answer(found)).status == 200
    checked(contacts.CREATE, answer(b'["error_code"]'))


@pytest.mark.parametrize("content", [b"X", b"XX{}", b"xX"])
def test_letters_that_begin_no_json_are_no_answer(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError, match="a body that is not JSON; "):
        checked(contacts.CREATE, answer(content))


def test_a_503_of_the_gateways_own_is_a_refusal() -> None:
    assert error_of(contacts.CREATE, answer({"error_code": "5030"}, 503), NOW).outcome == "REJECTED"
    assert error_of(contacts.CREATE, answer(b"<html>", 503), NOW).outcome == "UNKNOWN"
