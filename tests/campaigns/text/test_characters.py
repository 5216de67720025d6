"""Characters that make a text UCS-2, and what would do in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi.campaigns.text.characters import character_name, plain_text, plainer
from scgapi.compose.segments import count_segments


@pytest.mark.parametrize(
    ("char", "other"),
    [
        ("\u2019", "'"), ("\u201c", '"'), ("\u2013", "-"), ("\u2026", "..."), ("\u00a0", " "), ("\u202f", " "),
        ("\u200b", ""), ("\ufeff", ""), ("\u00e7", "c"), ("\u00e1", "a"), ("\u0142", "l"), ("\u0160", "S"), ("\t", " "),
        ("\ufb01", "fi"), ("\u2460", "1"), ("\U0001f600", None), ("\u4e2d", None), ("\u0436", None),
    ],
)  # fmt: skip
def test_a_plainer_character(char: str, other: str | None) -> None:
    assert plainer(char) == other


@given(st.characters())
def test_what_is_plainer_is_in_gsm_7(char: str) -> None:
    other = plainer(char)
    assert other is None or count_segments(other).encoding == "GSM-7"
    if count_segments(char).encoding == "GSM-7":
        assert other == char


@given(st.text(max_size=50))
def test_plain_text_changes_only_what_forces_ucs_2(text: str) -> None:
    once = plain_text(text)
    assert plain_text(once) == once
    if count_segments(text).encoding == "GSM-7":
        assert once == text


def test_a_character_is_told_by_number_and_name() -> None:
    assert character_name("\u2019") == "\u2019 (U+2019 right single quotation mark)"
    assert character_name("\u00a0") == "(U+00A0 no-break space)"
    assert character_name("\x01") == "(U+0001)"
