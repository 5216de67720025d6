"""Responses: a result, a partial failure, or an error with all that is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.outcome import classify_outcome
from scgapi._core.response import (
    Response,
    api_error,
    body_excerpt,
    check_response,
    is_token_rejected,
    parse_error_code,
    parse_json,
    unexpected_response_error,
)
from scgapi.errors import (
    ApiError,
    AuthenticationError,
    BadRequestError,
    Outcome,
    PartialFailureError,
    RateLimitError,
    ServerError,
    UnexpectedResponseError,
)
from scgapi.models import attachments, contact_groups, contacts, messages, sender_ids
from tests.core.strategies import NOW, Json, answer, header_values, json_values, quick


@pytest.mark.parametrize("status", [200, 201, 204, 299])
@pytest.mark.parametrize("content", [b"", b"{}", b'{"id": "c"}', b"not JSON"])
def test_a_success_passes_through(status: int, content: bytes) -> None:
    response = answer(content, status)
    assert check_response(contacts.UPDATE, response, NOW) is response


@pytest.mark.parametrize("status", [100, 199, 300, 304, 400, 404, 500, 599])
def test_everything_else_raises(status: int) -> None:
    with pytest.raises(ApiError) as caught:
        check_response(contacts.GET, answer(b"", status), NOW)
    assert caught.value.status == status


def test_a_success_that_failed_in_part_raises_with_each_failure() -> None:
    sent: Json = {"errors": {"c1": "Unknown document: +15551234567", "c2": {"code": 1}}}
    with pytest.raises(PartialFailureError) as caught:
        check_response(contact_groups.ADD_CONTACT, answer(sent), NOW)
    error = caught.value
    assert error.errors == {"c1": "Unknown document: ***67", "c2": "{'code': 1}"}
    assert (error.status, error.operation, error.outcome) == (200, "contact_groups.add_contact", "ACCEPTED")
    assert "2 of the items failed" in str(error)


@pytest.mark.parametrize(
    "sent",
    [{"errors": {}}, {"errors": None}, {"errors": []}, {"a": {"errors": 1}}, ["errors"], {"error_code": 0}],
)
def test_a_success_without_failures_is_one(sent: Json) -> None:
    response = answer(sent)
    assert check_response(contact_groups.ADD_CONTACT, response, NOW) is response


def test_what_is_read_may_have_a_field_of_that_name() -> None:
    response = answer({"id": "c", "errors": {"a": "b"}})
    assert check_response(contacts.GET, response, NOW) is response


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
    assert parse_error_code(answer(sent).content) == (code, raw)


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
    assert is_token_rejected(contacts.GET, answer(sent, status)) is expired


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (200, None, "ACCEPTED"),
        (204, None, "ACCEPTED"),
        (302, None, "UNKNOWN"),
        (307, None, "REJECTED"),
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
    assert classify_outcome(status, code) == outcome


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
    error = api_error(contacts.CREATE, response, NOW)
    assert type(error) is BadRequestError
    assert (
        str(error)
        == "contacts.create: the gateway answered 400, code 4001: Bad primary_mdn ***67. Pass the parameter that it names."
    )
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
    error = api_error(contacts.GET, answer(sent, 500), NOW)
    assert error.description == description
    assert f": {description or 'no description'}. " in str(error)


def test_an_error_that_is_not_the_gateways_has_no_code() -> None:
    error = api_error(contacts.GET, answer(b"<html>Bad gateway", 502), NOW)
    assert type(error) is ServerError
    assert (error.code, error.raw_code, error.body) == (None, None, "<html>Bad gateway")
    assert (
        str(error)
        == "contacts.get: the gateway answered 502: no description. Try again later; if it lasts, report it to Syniverse."
    )


def test_an_error_says_how_long_to_wait() -> None:
    assert api_error(contacts.GET, answer(b"", 429, retry_after="7"), NOW).retry_after == 7
    error = api_error(contacts.GET, answer(b"", 429, retry_after="Wed, 01 May 2024 12:00:30 GMT"), NOW)
    assert type(error) is RateLimitError
    assert error.retry_after == timedelta(seconds=30).total_seconds()


def test_a_time_to_wait_until_is_counted_from_now() -> None:
    with pytest.raises(RateLimitError) as caught:
        check_response(contacts.GET, answer(b"", 429, retry_after="Wed, 01 May 2024 12:00:30 GMT"), NOW)
    assert caught.value.retry_after == 30


def test_an_unexpected_answer_shows_what_came() -> None:
    error = unexpected_response_error(
        contacts.GET, answer(b"<html>5551234567", 200, content_type="text/html"), "no JSON"
    )
    assert type(error) is UnexpectedResponseError
    assert str(error) == "contacts.get: the gateway answered 200 with no JSON; content-type text/html"
    assert (error.status, error.outcome, error.headers) == (
        200,
        "ACCEPTED_UNPARSED",
        {"content-type": "text/html"},
    )
    assert str(unexpected_response_error(contacts.GET, answer(), "nothing")).endswith("content-type absent")


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
    assert body_excerpt(answer(content)) == shown


def json_bytes(sent: Json) -> bytes:
    return answer(sent).content


@quick
@given(
    st.integers(100, 999),
    st.binary() | json_values(st.sampled_from(["error_code", "message"])).map(json_bytes),
    header_values,
)
def test_any_response_makes_an_error_that_can_be_shown(status: int, content: bytes, wait: str) -> None:
    error = api_error(contacts.GET, answer(content, status, retry_after=wait), NOW)
    assert (error.status, error.operation) == (status, "contacts.get")
    assert str(error).startswith(f"contacts.get: the gateway answered {status}")


def test_an_error_under_a_success_is_one_unless_there_is_an_object_or_a_list() -> None:
    refused: Json = {"error_code": "SCG_ERROR_4001"}
    with pytest.raises(ApiError) as caught:
        check_response(
            contacts.CREATE, answer(refused, 200, retry_after="Wed, 01 May 2999 12:00:00 GMT"), NOW
        )
    assert caught.value.code == "4001"
    assert caught.value.retry_after is not None
    assert check_response(contacts.UPDATE, answer(b'{"error_code": "x", "id": "c"}'), NOW).status == 200
    assert check_response(contacts.CREATE, answer(b'{"error_code": 0, "id": "c"}'), NOW).status == 200
    assert check_response(contacts.LIST, answer(b'{"error_code": "x", "list": []}'), NOW).status == 200
    check_response(contacts.CREATE, answer(b'["error_code"]'), NOW)


FAILURES: tuple[Json, ...] = (
    {"error_code": "SCG_ERROR_5000"},
    {"error_code": 5000},
    {"errorCode": "5000"},
    {"ErrorCode": "5000"},
    {"error-code": "5000"},
    {"error": "Internal error"},
    {"error": {"code": 5000}},
    {"errors": ["Internal error"]},
    {"errors": {"to": "Unknown"}},
    {"errorMessage": "No"},
    {"fault": {"faultstring": "No"}},
    {"faultcode": "Server"},
    {"exception": "java.lang.NullPointerException"},
    {"success": False},
    {"success": "false"},
    {"ok": False},
    {"status": 500, "message": "No"},
    {"status": "FAILED"},
    {"statusCode": "503"},
    {"code": "SCG_ERROR_5000"},
    {"result": "error"},
    {"reason": "SCG_ERROR_5000"},
    {"message": "Internal server error"},
    {"userMsg": "No"},
    {"failed": True},
    {"failure_details": "No"},
    {"state": "FAILED"},
    {"error_code": "SCG_ERROR_5000", "id": None},
    {"error_code": "SCG_ERROR_5000", "id": ""},
    {"error_code": "SCG_ERROR_5000", "id": 5},
    {"error_code": "SCG_ERROR_5000", "list": []},
    {"error_code": "SCG_ERROR_5000", "id": "c"},
    {"errorCode": 5000, "id": "c"},
)


@pytest.mark.parametrize("status", [200, 201, 202, 203])
@pytest.mark.parametrize("sent", FAILURES, ids=str)
def test_a_success_whose_body_reports_a_failure_proves_neither(sent: Json, status: int) -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        check_response(contacts.CREATE, answer(sent, status), NOW)
    assert (caught.value.outcome, caught.value.status) == ("UNKNOWN", status)


@pytest.mark.parametrize(
    "sent",
    [
        {"id": "c", "status": "FAILED"},
        {"id": "c", "error": "a field of the object"},
        {"status": "SENT"},
        {"status": 200},
        {"status": 600},
        {"success": True},
        {"ok": "yes"},
        {"error": None},
        {"error": False},
        {"error_code": ""},
        {"code": "SMS"},
        {"message": "updated"},
        {"state": "ACTIVE"},
        {"failed": 0},
        {"failover": "SMS"},
        {"status": ["FAILED"]},
        {"failed": False},
        {"del_qty": 0, "err_qty": 1, "err_msg": "in use"},
    ],
    ids=str,
)
def test_other_fields_report_no_failure(sent: Json) -> None:
    response = answer(sent)
    assert check_response(contacts.UPDATE, response, NOW) is response


@pytest.mark.parametrize("sent", [{"errors": {"c": "x"}}, {"errors": {"c": "x"}, "id": None}])
def test_a_create_without_its_id_did_not_succeed_in_part(sent: Json) -> None:
    for operation in (contacts.CREATE, messages.CREATE, sender_ids.PURCHASE, attachments.CREATE_ACCESS_TOKEN):
        with pytest.raises(UnexpectedResponseError) as caught:
            check_response(operation, answer(sent), NOW)
        assert caught.value.outcome == "UNKNOWN"
    with pytest.raises(PartialFailureError):
        check_response(contacts.CREATE, answer({"id": "c", "errors": {"x": "y"}}), NOW)


def test_a_bulk_call_that_failed_as_a_whole_did_not_succeed_in_part() -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        check_response(
            contact_groups.ADD_CONTACT, answer({"errors": {"c": "x"}, "error_code": "SCG_ERROR_5000"}), NOW
        )
    assert caught.value.outcome == "UNKNOWN"


def test_an_answer_of_several_statuses_proves_nothing_without_an_id() -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        check_response(contacts.UPDATE, answer(b"", 207), NOW)
    assert caught.value.outcome == "UNKNOWN"
    assert check_response(contacts.CREATE, answer({"id": "c"}, 207), NOW).status == 207
    assert check_response(contacts.LIST, answer({"list": []}, 207), NOW).status == 207


def test_a_part_of_a_content_is_not_the_content() -> None:
    with pytest.raises(UnexpectedResponseError, match="a part of the content"):
        check_response(attachments.DOWNLOAD, answer(b"half", 206), NOW)
    assert check_response(attachments.DOWNLOAD, answer(b"<html>", 200), NOW).status == 200


@pytest.mark.parametrize("sent", [{"error_code": "4040"}, {"errorCode": 4040}])
def test_a_read_that_reports_a_failure_is_no_object(sent: Json) -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        check_response(contacts.GET, answer(sent), NOW)
    assert (caught.value.code, caught.value.outcome) == ("4040", "UNKNOWN")
    assert check_response(contacts.GET, answer({"error": "x"}), NOW).status == 200


@pytest.mark.parametrize("content", [b"X", b"XX{}", b"xX"])
def test_letters_that_begin_no_json_are_no_answer(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError, match="a body that is not JSON; "):
        check_response(contacts.CREATE, answer(content), NOW)


def test_a_503_of_the_gateways_own_is_a_refusal() -> None:
    assert api_error(contacts.CREATE, answer({"error_code": "5030"}, 503), NOW).outcome == "REJECTED"
    assert api_error(contacts.CREATE, answer(b"<html>", 503), NOW).outcome == "UNKNOWN"


LONG = "x" * 15_000_000


def test_an_error_of_any_length_is_short() -> None:
    sent: Json = {"error_code": LONG, "error_description": LONG, "message": LONG + "y"}
    error = api_error(contacts.GET, answer(sent, 400, content_type=LONG), NOW)
    held = [str(error), error.description or "", error.code or "", error.raw_code or "", error.body]
    assert max(map(len, [*held, *error.headers.values()])) < 2500


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("one\r\ntwo", "one  two"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("half \ud83d", "half \ufffd"),
        ("\u202eright to left\u2066", "\ufffdright to left\ufffd"),
        ("line\u2028break\x85", "line break "),
        ("\x9b31m\x00\x7f", "\ufffd31m\ufffd\ufffd"),
        ("très 😀 ok", "très 😀 ok"),
    ],
)
def test_what_could_forge_a_line_or_drive_a_terminal_is_taken_out(sent: str, shown: str) -> None:
    response = answer({"error_description": sent}, 400, x_request_id=sent, server=sent)
    error = api_error(contacts.GET, response, NOW)
    assert error.description == shown
    assert f"answered 400: {shown}. " in str(error)
    assert {*error.headers.values()} == {shown}
    assert (str(error) + error.body).isprintable()
    assert unexpected_response_error(
        contacts.GET, answer(b"", content_type=sent), "nothing"
    ).message.endswith(shown)
    with pytest.raises(PartialFailureError) as caught:
        check_response(contacts.UPDATE, answer({"errors": {sent: sent}}), NOW)
    assert caught.value.errors == {shown: shown}


def test_a_body_in_lines_is_shown_as_one() -> None:
    assert body_excerpt(answer(b"<html>\r\n\x1b[2J\xff")) == "<html>  \ufffd[2J\ufffd"


def test_failures_are_seen_beside_what_cannot_be_read() -> None:
    content = b'{"errors": {"c": "Unknown"}, "n": ' + b"9" * 5000 + b', "half": "\\ud83d", "byte": "\xff"}'
    with pytest.raises(PartialFailureError):
        check_response(contacts.UPDATE, answer(content), NOW)


@pytest.mark.parametrize(
    ("content", "value"),
    [(b"", None), (b" \r\n", None), (b'{"a": [1, null]}', {"a": [1, None]}), (b"\xef\xbb\xbf3", 3)],
)
def test_any_json_value_is_read(content: bytes, value: object) -> None:
    assert parse_json(contacts.GET, answer(content)) == value


@pytest.mark.parametrize("content", [b"<html>", b"{", b"[" * 100_000, b'"\xff"'])
def test_what_is_not_json_raises(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError, match="not JSON"):
        parse_json(contacts.GET, answer(content))


def test_an_expired_token_is_an_authentication_error_but_not_that_of_a_content() -> None:
    expired = Response(404, {}, b'{"error_code": "SCG_ERROR_4046"}')
    assert isinstance(api_error(contacts.GET, expired, NOW), AuthenticationError)
    assert not isinstance(api_error(attachments.DOWNLOAD, expired, NOW), AuthenticationError)


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"{}", b'{"id": "1", "error_code": null}', b"\xef\xbb\xbf[]", b"true"]
)
def test_what_may_be_an_answer_passes(content: bytes) -> None:
    response = Response(200, {}, content)
    assert check_response(contacts.DELETE, response, NOW) is response


@pytest.mark.parametrize("content", [b"<html>", b"OK", b'{"error_code": "500"}'])
def test_what_is_no_answer_is_no_success(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError):
        check_response(contacts.DELETE, Response(200, {}, content), NOW)
    with pytest.raises(UnexpectedResponseError):
        check_response(attachments.UPLOAD, Response(200, {}, content), NOW)
    assert check_response(attachments.DOWNLOAD, Response(200, {}, content), NOW).content == content


def test_headers_keep_the_ids_that_support_asks_for() -> None:
    headers = {
        "x-request-id": "550e8400-e29b-41d4-a716-446655440000",
        "x-note": "+15551234567",
        "set-cookie": "s",
    }
    error = api_error(contacts.GET, Response(400, headers, b""), NOW)
    assert isinstance(error, BadRequestError)
    assert error.headers == {"x-request-id": headers["x-request-id"], "x-note": "***67"}
