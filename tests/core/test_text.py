"""Values in URLs, and masked phone numbers in texts."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scgapi._core.request import Endpoints, build_request
from scgapi._core.text import (
    describe_path,
    encode_path_segment,
    encode_query,
    encode_query_value,
    format_timestamp,
    mask_numbers,
    mask_private_values,
)
from scgapi.errors import InvalidArgumentError
from scgapi.models import contacts
from tests.core.strategies import quick

ids = st.text(min_size=1).filter(lambda text: bool(text.strip()) and text not in (".", ".."))


@quick
@given(ids)
@example("../messages")
@example("a/b?c#d")
@example("%2e%2e")
@example("...")
def test_an_id_of_any_text_is_one_segment_of_the_path_and_reads_back(value: str) -> None:
    endpoints = Endpoints("https://gateway.test")
    url = build_request(endpoints, contacts.GET, [value]).url
    parts = urlsplit(url)
    assert (parts.netloc, parts.query, parts.fragment) == ("gateway.test", "", "")
    prefix, segment = parts.path.rsplit("/", 1)
    assert prefix == f"{endpoints.api}/contacts"
    assert unquote(segment) == value
    assert httpx.URL(url).raw_path == parts.path.encode()  # nor does what sends it resolve anything


@pytest.mark.parametrize("value", ["", " ", "\t\n", ".", "..", None, 5, b"c", ["c"]])
def test_what_is_no_id_is_refused_by_its_name(value: object) -> None:
    with pytest.raises(InvalidArgumentError, match="contact_id") as caught:
        encode_path_segment(value, "contact_id", "contacts.get")
    assert (caught.value.field, caught.value.operation) == ("contact_id", "contacts.get")
    assert caught.value.outcome == "NOT_SENT"


@pytest.mark.parametrize(
    ("ids", "query"), [(["\ud800"], {"limit": 1}), (["c"], {"first_name": "\ud800"})], ids=["id", "filter"]
)
def test_text_that_no_url_can_hold_is_refused(ids: list[str], query: dict[str, object]) -> None:
    with pytest.raises(InvalidArgumentError):
        build_request(Endpoints(), contacts.GET, ids, query=query)


@quick
@given(st.dictionaries(st.text(min_size=1), st.text()))
@example({"primary_mdn": "+1555 & co=?#", "fast_access.city": "a,b"})
def test_filters_of_any_text_read_back_as_they_were_given(filters: dict[str, str]) -> None:
    written = encode_query(filters)
    assert dict(parse_qsl(written, keep_blank_values=True)) == filters
    assert written.isascii()
    assert not set(written) & set(" #+?/")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (1.5, "1.5"),
        ("", ""),
        ("text", "text"),
        (date(2024, 5, 1), "2024-05-01"),
        (datetime(2024, 5, 1, 12, tzinfo=UTC), "2024-05-01T12:00:00.000Z"),
        (["SENT", "DELIVERED"], "SENT,DELIVERED"),
        (("SENT", "DELIVERED"), "SENT,DELIVERED"),
        ([True, None, 3], "true,null,3"),
        ([], ""),
        (
            (datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC)),
            "[2024-05-01T00:00:00.000Z,2024-05-02T00:00:00.000Z]",
        ),
        (
            [datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC)],
            "2024-05-01T00:00:00.000Z,2024-05-02T00:00:00.000Z",
        ),
    ],
)
def test_a_filter_is_written_as_the_gateway_reads_it(value: object, written: str) -> None:
    assert encode_query_value(value) == written


@quick
@given(st.datetimes(min_value=datetime(1001, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.timezones()))
def test_a_moment_reads_back_to_the_millisecond(moment: datetime) -> None:
    written = format_timestamp(moment)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", written)
    exact = moment.astimezone(UTC)
    assert datetime.fromisoformat(written) == exact.replace(microsecond=exact.microsecond // 1000 * 1000)


def test_a_moment_is_written_in_utc_whatever_its_zone() -> None:
    noon_in_oslo = datetime(2024, 5, 1, 12, 0, 0, 999_999, timezone(timedelta(hours=2)))
    assert format_timestamp(noon_in_oslo) == "2024-05-01T10:00:00.999Z"


def test_a_year_has_four_digits() -> None:
    assert format_timestamp(datetime(999, 1, 1, tzinfo=UTC)) == "0999-01-01T00:00:00.000Z"


words = st.from_regex(
    r"[A-Za-z]{1,12}|[A-Za-z][A-Za-z0-9]{21}|[0-9]{9}[A-Za-z][A-Za-z0-9]{12}", fullmatch=True
)
numbers = st.from_regex(r"\+?[1-9][0-9]{6,14}|\+1 \([2-9][0-9]{2}\) [0-9]{3}-[0-9]{4}", fullmatch=True)
separators = st.sampled_from([" ", ", ", ": ", "\n", "/", "=", "_", '"', "'", ">", "-", ".", ": (", "; tel:"])


@quick
@given(st.lists(st.tuples(words, separators, numbers, separators), max_size=4))
def test_phone_numbers_are_masked_and_ids_and_words_are_not(found: list[tuple[str, str, str, str]]) -> None:
    text = "".join(word + before + number + after for word, before, number, after in found)
    assert mask_numbers(text) == "".join(
        f"{word}{before}***{number[-2:]}{after}" for word, before, number, after in found
    )


@quick
@given(st.lists(numbers, min_size=1), st.sampled_from([" ", ",", "-", ".", ")(", "\t", " + "]))
def test_no_run_of_seven_digits_survives_however_numbers_are_strung_together(
    several: list[str], between: str
) -> None:
    assert not re.search(r"\d{7}", mask_numbers(between.join(several)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to +15551234567 failed", "to ***67 failed"),
        ("1-555-123-4567", "***67"),
        ("5551234", "***34"),
        ("123456", "123456"),
        ("code 4001", "code 4001"),
        ("dDcHOgDpTVyKFFVe8AkGd6", "dDcHOgDpTVyKFFVe8AkGd6"),
        ("contact:81b0p9dlw4", "contact:81b0p9dlw4"),
        ("", ""),
    ],
)
def test_what_is_masked_is_what_could_be_a_phone_number(text: str, shown: str) -> None:
    assert mask_numbers(text) == shown


@pytest.mark.parametrize("text", [r"to\u003d15551234567", r"to:\n15551234567", "to=%2B15551234567"])
def test_a_phone_number_behind_an_escape_is_masked(text: str) -> None:
    assert "15551234567" not in mask_numbers(text)


def test_a_moment_is_written_in_utc_wherever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert format_timestamp(datetime(2024, 5, 1, 12, tzinfo=UTC)) == "2024-05-01T12:00:00.000Z"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_hidden_leaves_the_rest_as_it_was() -> None:
    assert mask_private_values('{"body": "Hi", "id": 1}') == '{"body": "***", "id": 1}'
    assert mask_private_values("a Bearer abc, b") == "a Bearer ***, b"
    assert mask_numbers("call 1 2 3 4 5 6 or 1 2 3 4 5 6 7") == "call 1 2 3 4 5 6 or *** 7"


def test_no_character_is_left_to_change_where_a_path_leads() -> None:
    assert encode_path_segment("X/Y", "id", "contacts.get") == "X%2FY"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to15551234567failed", "to***67failed"),
        ("15551234567x", "***67x"),
        ("555/123/4567", "***67"),
        ("1\u00a0555\u00a0123\u202f4567", "***67"),
        ("1\u2011555\u2013123\u22124567", "***67"),
        ("1.555.123\u00b74567", "***67"),
        ("+1 (555) - 123-4567", "***67"),
        ("1_555_123_4567", "***67"),
        ("1\u200b5\u200b5\u200b51234567", "***67"),
        ("1\ufe0f\u20e35551234567", "***67"),
        ("1" * 21, "***11"),
        ("1" * 300, "***11"),
        ("\uff11\uff15\uff15\uff15\uff11\uff12\uff13\uff14", "***\uff13\uff14"),
        ("\u0661\u0665\u0665\u0665\u0661\u0662\u0663\u0664", "***\u0663\u0664"),
        (r"1\u00a0555\u2011123\u00A04567", "***67"),
        (r"\uff11\uff15\uff15\uff15\uff11\uff12\uff13", "***13"),
        (r"1\/555\/123\/4567", "***67"),
        ("%2B1%20555%20123%204567", "%2B***67"),
        ("1%C2%A0555%E2%80%91123%2d4567", "***67"),
        ("&#49;555&nbsp;123&#45;4567", "***67"),
        ("2024-05-01 15551234567", "2024-05-01 ***67"),
        ("15551234567 2024-05-01", "***67 2024-05-01"),
        ("2024-05-01T12:00:00.000Z", "2024-05-01T12:00:00.000Z"),
        ("1555-12-34", "***34"),
        ("15551234567/123456789Abcdefghijklm", "***67/123456789Abcdefghijklm"),
        ("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
        ("scgapi-0123456789abcdef0123456789abcdef", "scgapi-0123456789abcdef0123456789abcdef"),
    ],
)
def test_a_number_is_masked_however_it_is_written(text: str, shown: str) -> None:
    assert mask_numbers(text) == shown


@pytest.mark.parametrize(
    "path", ["auth.json", "/etc/scg/auth.json", r"C:\\scg\\auth.json", "my file (2).wav"]
)
def test_a_path_is_shown(path: str) -> None:
    assert describe_path(Path(path)) == path


@pytest.mark.parametrize("content", ['{"token": "t"}', "-----BEGIN KEY-----", "a\nb", "\0", "x" * 256])
def test_content_in_the_place_of_a_path_is_not_shown(content: str) -> None:
    assert describe_path(content) == "…"


def test_credentials_of_a_proxy_are_hidden() -> None:
    assert mask_private_values("Proxy-Authorization: Basic dXNlcjpw,") == "Proxy-Authorization: Basic ***,"
    assert mask_private_values("basic_needs are no header") == "basic_needs are no header"


def test_dates_are_no_phone_numbers() -> None:
    assert mask_numbers("on 2026-11-23 from +15551234567") == "on 2026-11-23 from ***67"
