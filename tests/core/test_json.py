"""JSON is read whatever is in it."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core import json as scg_json
from scgapi._core.json import MAX_DEPTH, is_array, is_object, parse, parse_object
from tests.core.strategies import Json, json_values, quick

DIGITS = "9" * 4301
DEEP = "[" * 990 + '"]\\""' + "]" * 990


@pytest.fixture(autouse=True)
def nothing_reported_yet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.WARNING, "scgapi")
    scg_json._report.cache_clear()
    yield
    scg_json._report.cache_clear()


@pytest.mark.parametrize(
    ("written", "read", "reported"),
    [
        ("null", None, None),
        ('{"a": [1, 1.5, true]}', {"a": [1, 1.5, True]}, None),
        ("9" * 4300, 10**4300 - 1, None),
        (DIGITS, DIGITS, "a number that is too large, kept as its text"),
        ("-" + DIGITS, "-" + DIGITS, "a number that is too large, kept as its text"),
        ('{"a": 1e400, "b": 1}', {"a": "1e400", "b": 1}, "a number that is too large, kept as its text"),
        ('"\\ud83d"', "\ud83d", None),
        ("[" * MAX_DEPTH + "]" * MAX_DEPTH, json.loads("[" * MAX_DEPTH + "]" * MAX_DEPTH), None),
    ],
)
def test_what_python_cannot_hold_is_kept_as_its_text(
    written: str, read: object, reported: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    assert parse(written) == parse(written.encode()) == read
    assert caplog.messages == ([] if reported is None else [f"a response contained {reported} (logged once)"])


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 500, 990, 20_000])
def test_what_is_nested_too_deep_is_kept_as_its_text(levels: int, caplog: pytest.LogCaptureFixture) -> None:
    deep = '{"]": [' * (levels // 2) + '"[\\"]"' + "]}" * (levels // 2) + " "
    found = parse(f'{{"a": {deep}, "b": [{deep}], "c": 1}}')
    assert is_object(found)
    assert found["c"] == 1
    depth, value = 0, found["a"]
    while not isinstance(value, str):
        depth += 1
        assert is_object(value) or is_array(value)
        value = value["]"] if is_object(value) else value[0] if is_array(value) else ""
    assert depth == MAX_DEPTH - 1
    assert value in deep
    assert value[-1] in "]}"
    assert caplog.messages == [
        "a response contained a value that is nested too deep, kept as its text (logged once)"
    ]


def test_bytes_that_are_no_text_are_replaced_with_a_word(caplog: pytest.LogCaptureFixture) -> None:
    assert parse(b'{"a": "caf\xe9"}') == {"a": "caf\ufffd"}
    assert caplog.messages == [
        "a response contained bytes that are not text, replaced by U+FFFD (logged once)"
    ]


def test_a_mark_at_the_start_and_wider_encodings_are_read() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert parse('{"a": "é"}'.encode(encoding)) == {"a": "é"}


def test_a_lower_limit_of_the_programs_own_counts() -> None:
    usual = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        assert parse("9" * 641) == "9" * 641
    finally:
        sys.set_int_max_str_digits(usual)


@pytest.mark.parametrize("written", ["", "[", "[" * 100_000, "]", "{]", '{"a": ' * 5000 + '"' + '\\"' * 5000])
def test_what_is_no_json_is_none(written: str) -> None:
    with pytest.raises(ValueError):
        parse(written)
    assert parse_object(written) == {}


def test_a_string_without_end_is_looked_at_once() -> None:
    """Not again from each of its quotes: that would take the square of its length."""
    (token,) = scg_json._TOKEN.finditer('"' + '\\"' * 1000)
    assert len(token[0]) == 2001


@quick
@given(json_values(st.text()))
def test_plain_json_is_read_as_ever(value: Json) -> None:
    assert parse(json.dumps(value)) == value
