"""Errors do not repeat what their request sent, in whatever form the response repeats it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scgapi._core.redact import redact
from scgapi._core.request import Request
from scgapi._core.response import Response, api_error, check_response
from scgapi._io.content import Upload
from scgapi.errors import ApiError, PartialFailureError
from scgapi.models import attachments, contact_groups, contacts, message_requests
from tests.core.strategies import quick

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY = 'Dear "Ann" & Béa: your PIN <b>is</b> 4711,\ncall +1 555 123 4567 now'
SENT: dict[str, object] = {
    "body": BODY,
    "subject": "Lunch",
    "to": ["+15551234567", "contact:dDcHOgDpTVyKFFVe8AkGd6"],
    "state": "DRAFT",
    "delivery_report_reference": "NOT_SENT_YET",
    "external_id": "order-1234",
    "credentials": {"type": "swordfish", "port": 8080},
    "device_list": [{"msisdn": "Handset"}],
}


def refused(description: str, *, code: str = "4001", headers: dict[str, str] | None = None) -> ApiError:
    content = json.dumps({"error_code": code, "error_description": description}).encode()
    return api_error(message_requests.CREATE, Response(400, headers or {}, content), NOW)


def redacted(error: ApiError, query: str = "", sent: object = SENT) -> str:
    request = Request(message_requests.CREATE, f"https://h/requests{query}", json.dumps(sent).encode())
    redact(error, request, ["t0k3n-t0k3n-t0k3n", None, "short"])
    return f"{error} {error.args}"


def twice_json(text: str) -> str:
    return json.dumps(json.dumps(text))


def twice_quoted(text: str) -> str:
    return quote(quote(text))


def one_line(text: str) -> str:
    return text.replace("\n", " ")


def spaced(text: str) -> str:
    return " ".join(text)


def cut_off(text: str) -> str:
    return text[:20] + "..."


def amid(text: str) -> str:
    return text[18:58]


def touched(text: str) -> str:
    return f"x{text}x"


def referenced(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()


WRITTEN: tuple[Callable[[str], str], ...] = (
    str, str.upper, str.casefold, json.dumps, repr, html.escape, quote, quote_plus, twice_json, twice_quoted,
    one_line, spaced, cut_off, amid, touched, referenced,
)  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_a_text_that_was_sent_is_blanked_out(written: Callable[[str], str]) -> None:
    shown = redacted(refused(f"bad text: {written(BODY)}", headers={"x-said": written(BODY)}))
    letters = "".join(filter(str.isalpha, shown.casefold()))
    for part in ("dearann", "yourpin", "callnow"):
        assert part not in letters
    assert "bad text: " in shown


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("no lunch today", "no *** today"),
        ("lunchtime is over", "lunchtime is over"),
        ("swordfish was refused", "*** was refused"),
        ("Handset handset", "*** ***"),
        ("state DRAFT of order-1234, NOT_SENT_YET", "state DRAFT of order-1234, NOT_SENT_YET"),
        ("no contact:dDcHOgDpTVyKFFVe8AkGd6", "no contact:dDcHOgDpTVyKFFVe8AkGd6"),
        ("with T0K3N-T0K3N-T0K3N", "with ***"),
        ("with t0k3n-t0k3n-t0...", "with ***..."),
        ("name gandalf or Frodo", "name *** or ***"),
        ("too short", "too short"),
    ],
)
def test_words_that_were_sent_are_blanked_out_and_ids_and_states_stay(description: str, shown: str) -> None:
    error = refused(description)
    redacted(error, "?first_name=Gandalf,Frodo&limit=10")
    assert error.description == shown
    assert f": {shown}" in error.message


@pytest.mark.parametrize(
    ("sent", "description", "shown"),
    [
        ("Your code is 471199", "471199 is too long", "*** is too long"),
        ("Your code is 4711", "code 4711 of 47110", "code *** of 47110"),
        ('#set($name="Gandalf")\n#parse("hello")', "no Gandalf", "no ***"),
        ("#set($name='O''Hara $x')#parse('hello')", "no O'Hara $x", "no ***"),
        ("王小明", "用户王小明不存在", "用户***不存在"),
        ("Ann", "用户Ann不存在", "用户***不存在"),
        ("👍👍", "no 👍👍", "no ***"),
    ],
)
def test_codes_and_values_and_other_scripts_are_blanked_out(sent: str, description: str, shown: str) -> None:
    error = refused(description)
    redacted(error, sent={"body": sent})
    assert error.description == shown


def test_a_number_in_the_place_of_a_code_is_masked() -> None:
    error = refused("bad", code="15551234567")
    redacted(error, sent={})
    assert error.code == "***67"
    assert "15551234567" not in f"{error} {error.raw_code}"


def test_the_words_of_the_message_itself_stay() -> None:
    error = refused("what the gateway answered")
    redacted(error, sent={"body": "the gateway answered"})
    assert (
        error.message
        == "message_requests.create: the gateway answered 400, code 4001: what ***. Pass the parameter that it names."
    )


@pytest.mark.parametrize(
    ("code", "shown"), [("SCG_ERROR_1011", "1011"), ("1011", "1011"), ("Lunch 1", "*** 1")]
)
def test_a_code_stays_unless_it_is_none(code: str, shown: str) -> None:
    error = refused("bad", code=code)
    redacted(error, sent={"body": "Lunch", "subject": "1011"})
    assert error.code == shown
    assert f"code {shown}" in error.message


def test_an_error_without_a_description_has_none_afterwards() -> None:
    error = api_error(contacts.GET, Response(500, {}, b""), NOW)
    redact(error, Request(contacts.GET, "https://h/contacts/c"), [])
    assert error.description is None


def test_the_failures_of_a_partial_success_are_blanked_out() -> None:
    content = json.dumps({"errors": {"c1": "unknown name: Gandalf"}}).encode()
    with pytest.raises(PartialFailureError) as caught:
        check_response(contact_groups.ADD_CONTACT, Response(200, {}, content), NOW)
    redact(caught.value, Request(contacts.LIST, "https://h/c?first_name=gandalf"), [])
    assert caught.value.errors == {"c1": "unknown name: ***"}
    assert "Gandalf" not in caught.value.body


def test_the_names_of_failures_are_blanked_out_and_stay_apart() -> None:
    errors = {"c1": "a", "+15551234567": "b", "+15557654367": "c", "Bearer t0k3n-t0k3n-t0k3n": "d"}
    with pytest.raises(PartialFailureError) as caught:
        check_response(
            contact_groups.ADD_CONTACT, Response(200, {}, json.dumps({"errors": errors}).encode()), NOW
        )
    redact(caught.value, Request(contacts.LIST, "https://h/c"), [])
    assert caught.value.errors == {"c1": "a", "***67": "b", "***67 (3)": "c", "Bearer ***": "d"}


def test_a_content_type_that_repeats_a_text_is_blanked_out_of_the_message() -> None:
    operation = contacts.CREATE
    with pytest.raises(ApiError) as caught:
        check_response(operation, Response(200, {"content-type": "text/x-gandalf"}, b"<html>"), NOW)
    redact(caught.value, Request(operation, "https://h/c", b'{"first_name": "x-gandalf"}'), [])
    assert "gandalf" not in f"{caught.value} {caught.value.headers}"


@pytest.mark.parametrize("text", ["GATE_CODE_4417", "A000000_A", "abcdefghijklmnopqrst12", "true"])
@pytest.mark.parametrize("name", ["body", "subject", "message_subject"])
def test_a_text_that_reads_like_a_constant_or_an_id_is_blanked_out(name: str, text: str) -> None:
    error = refused(f"cannot send {text} now")
    redacted(error, sent={name: text})
    assert error.description == "cannot send *** now"


@quick
@given(st.text(min_size=8), st.text(max_size=5))
@example("A000000_A", "")
def test_no_text_survives_as_it_was_sent(text: str, around: str) -> None:
    error = refused(f"{around}<{text}>{around}")
    redacted(error, sent={"body": text})
    if sum(character.isalnum() for character in text) >= 8:
        assert text not in (error.description or "")


def test_the_start_of_an_upload_is_blanked_out() -> None:
    content = Upload(b"Dear Gandalf, come to lunch", "attachments.upload")
    content.read()
    error = refused("no DEAR GANDALF, COME here")
    redact(error, Request(attachments.UPLOAD, "https://h/messaging/attachments/opener/content", content), [])
    assert error.description == "no *** here"


def test_an_error_can_be_rid_of_what_it_must_not_hold() -> None:
    headers = {"x-said": "Bearer s3cret-token"}
    error = api_error(contacts.GET, Response(400, headers, b'{"message": "s3cret-token"}'), NOW)
    redact(error, Request(contacts.GET, "https://h/contacts/c"), ["s3cret-token"])
    assert "s3cret" not in f"{error} {error.args} {vars(error)}"
    bare = api_error(contacts.GET, Response(400, {}, b""), NOW)
    redact(bare, Request(contacts.GET, "https://h/contacts/c"), ["s3cret-token"])
    assert bare.description is None
