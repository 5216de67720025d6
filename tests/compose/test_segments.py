"""The number of SMS that a text needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi.compose.segments import Segments, count_segments

BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡AZÄÖÑÜ§¿azäöñüà"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments("GSM-7", 1, 0, 160, ())),
        ("a" * 160, Segments("GSM-7", 1, 160, 0, ())),
        ("a" * 161, Segments("GSM-7", 2, 161, 145, ())),
        ("a" * 306, Segments("GSM-7", 2, 306, 0, ())),
        ("a" * 307, Segments("GSM-7", 3, 307, 152, ())),
        ("€" * 80, Segments("GSM-7", 1, 160, 0, ())),
        # The last septet of a part stays empty: the two of an extension character are not split.
        ("a" * 152 + "€" * 5, Segments("GSM-7", 2, 162, 143, ())),
        ("ж" * 70, Segments("UCS-2", 1, 70, 0, ("ж",))),
        ("ж" * 71, Segments("UCS-2", 2, 71, 63, ("ж",))),
        ("ж" * 134, Segments("UCS-2", 2, 134, 0, ("ж",))),
        ("😀" * 35, Segments("UCS-2", 1, 70, 0, ("😀",))),
        ("a" * 66 + "😀" * 3, Segments("UCS-2", 2, 72, 61, ("😀",))),
        ("“Hi” — ok", Segments("UCS-2", 1, 9, 61, ("“", "”", "—"))),
        ("ç", Segments("UCS-2", 1, 1, 69, ("ç",))),
        (BASIC, Segments("GSM-7", 1, len(BASIC), 160 - len(BASIC), ())),
        ("^{}\\[~]|\f", Segments("GSM-7", 1, 18, 142, ())),
    ],
)
def test_a_text_takes_what_the_standard_says(text: str, expected: Segments) -> None:
    assert count_segments(text) == expected


@given(st.text(), st.text())
def test_more_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert count_segments(text + more).segments >= count_segments(text).segments


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_units_fit_their_segments(text: str) -> None:
    found = count_segments(text)
    room = {"GSM-7": (160, 153), "UCS-2": (70, 67)}[found.encoding]
    size = room[0] if found.segments == 1 else room[1] * found.segments
    assert 0 <= found.left < size + 1
    assert found.units + found.left <= size
    if found.encoding == "UCS-2":
        assert found.units == len(text.encode("utf-16-be")) // 2
        assert found.forced_by
