"""Number of SMS segments of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# 3GPP TS 23.038: the default alphabet in the order of its codes, without 0x1B, the escape to the extension table.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")

# Regular expressions, because campaigns count every text and a loop over characters is several times slower.
_FOREIGN = re.compile(f"[^{re.escape(''.join(_BASIC | _EXTENSION))}]")
_EXTENDED = re.compile(f"[{re.escape(''.join(_EXTENSION))}]")
_SURROGATES = re.compile("[\U00010000-\U0010ffff]")

_GSM_SINGLE_UNITS, _GSM_PART_UNITS = 160, 153
_UCS_SINGLE_UNITS, _UCS_PART_UNITS = 70, 67


@dataclass(frozen=True, slots=True)
class Segments:
    r"""Size of a text as SMS.

    Attributes:
        encoding: `"GSM-7"`, or `"UCS-2"` where one character is outside of GSM-7's alphabet.
        segments: number of SMS; 1 for an empty text.
        units: septets of GSM-7 (two for each of `^{}\[~]|€`), or 16-bit units of UCS-2 (two for most emoji).
        left: units that fit into the last segment.
        forced_by: characters that require UCS-2, each once, in the order of the text.
    """

    encoding: Literal["GSM-7", "UCS-2"]
    segments: int
    units: int
    left: int
    forced_by: tuple[str, ...]


def count_segments(text: str) -> Segments:
    """Count the SMS segments of a text (3GPP TS 23.038 and 23.040).

    A segment of a long text has 153 septets or 67 UCS-2 units. Extension characters and emoji are not split.
    """
    forced = tuple(dict.fromkeys(_FOREIGN.findall(text)))
    if forced:
        return _count("UCS-2", text, _SURROGATES, _UCS_SINGLE_UNITS, _UCS_PART_UNITS, forced)
    return _count("GSM-7", text, _EXTENDED, _GSM_SINGLE_UNITS, _GSM_PART_UNITS, ())


def _count(
    encoding: Literal["GSM-7", "UCS-2"],
    text: str,
    wide: re.Pattern[str],
    single: int,
    part: int,
    forced: tuple[str, ...],
) -> Segments:
    """Count a text: characters that match `wide` take two units, all others one."""
    twice = len(wide.findall(text))
    units = len(text) + twice
    if units <= single:
        return Segments(encoding, 1, units, single - units, forced)
    if twice:
        segments, left = _pack((2 if wide.match(char) else 1 for char in text), part)
    else:
        segments = -(-units // part)
        left = segments * part - units
    return Segments(encoding, segments, units, left, forced)


def _pack(widths: Iterable[int], part: int) -> tuple[int, int]:
    """Fill segments in order; a character that does not fit starts the next one."""
    segments, left = 1, part
    for width in widths:
        if width > left:
            segments, left = segments + 1, part
        left -= width
    return segments, left
