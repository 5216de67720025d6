"""How values get into URLs, and what is left of phone numbers in what people read."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scgapi._core.request import Endpoints, build_request
from scgapi._core.text import (
    iso_milliseconds,
    masked,
    path_segment,
    query_string,
    query_value,
    without_private_values,
)
from scgapi.errors import InvalidArgumentError
from scgapi.models import contacts
from tests.core.given import quick

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
        path_segment(value, "contact_id", "contacts.get")
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
    written = query_string(filters)
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
    assert query_value(value) == written


@quick
@given(st.datetimes(min_value=datetime(1001, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.timezones()))
def test_a_moment_reads_back_to_the_millisecond(moment: datetime) -> None:
    written = iso_milliseconds(moment)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", written)
    exact = moment.astimezone(UTC)
    assert datetime.fromisoformat(written) == exact.replace(microsecond=exact.microsecond // 1000 * 1000)


def test_a_moment_is_written_in_utc_whatever_its_zone() -> None:
    noon_in_oslo = datetime(2024, 5, 1, 12, 0, 0, 999_999, timezone(timedelta(hours=2)))
    assert iso_milliseconds(noon_in_oslo) == "2024-05-01T10:00:00.999Z"


def test_a_year_has_four_digits() -> None:
    assert iso_milliseconds(datetime(999, 1, 1, tzinfo=UTC)) == "0999-01-01T00:00:00.000Z"


words = st.from_regex(
    r"[A-Za-z]{1,12}|[A-Za-z][A-Za-z0-9]{21}|[0-9]{9}[A-Za-z][A-Za-z0-9]{12}", fullmatch=True
)
numbers = st.from_regex(r"\+?[1-9][0-9]{6,14}|\+1 \([2-9][0-9]{2}\) [0-9]{3}-[0-9]{4}", fullmatch=True)
separators = st.sampled_from([" ", ", ", ": ", "\n", "/", "=", "_", '"', "'", ">", "-", ".", ": (", "; tel:"])


@quick
@given(st.lists(st.tuples(words, separators, numbers, separators), max_size=4))
def test_phone_numbers_are_masked_and_ids_and_words_are_not(found: list[tuple[str, str, str, str]]) -> None:
    text = "".join(word + before + number + after for word, before, number, after in found)
    assert masked(text) == "".join(
        f"{word}{before}***{number[-2:]}{after}" for word, before, number, after in found
    )


@quick
@given(st.lists(numbers, min_size=1), st.sampled_from([" ", ",", "-", ".", ")(", "\t", " + "]))
def test_no_run_of_seven_digits_survives_however_numbers_are_strung_together(
    several: list[str], between: str
) -> None:
    assert not re.search(r"\d{7}", masked(between.join(several)))


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
    assert masked(text) == shown


@pytest.mark.parametrize("text", [r"to\u003d15551234567", r"to:\n15551234567", "to=%2B15551234567"])
def test_a_phone_number_behind_an_escape_is_masked(text: str) -> None:
    assert "15551234567" not in masked(text)


def test_a_moment_is_written_in_utc_wherever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert iso_milliseconds(datetime(2024, 5, 1, 12, tzinfo=UTC)) == "2024-05-01T12:00:00.000Z"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_hidden_leaves_the_rest_as_it_was() -> None:
    assert without_private_values('{"body": "Hi", "id": 1}') == '{"body": "***", "id": 1}'
    assert without_private_values("a Bearer abc, b") == "a Bearer ***, b"
    assert masked("call 1 2 3 4 5 6 or 1 2 3 4 5 6 7") == "call 1 2 3 4 5 6 or *** 7"


def test_no_character_is_left_to_change_where_a_path_leads() -> None:
    assert path_segment("X/Y", "id", "contacts.get") == "X%2FY"
