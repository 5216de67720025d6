"""How many SMS a text takes, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# 3GPP TS 23.038: the default alphabet in the order of its codes; 0x1B leads into the extension table.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")

_GSM_SINGLE, _GSM_PART = 160, 153
_UCS_SINGLE, _UCS_PART = 70, 67


@dataclass(frozen=True, slots=True)
class Segments:
    r"""What a text costs as SMS.

    Attributes:
        encoding: `"GSM-7"`, or `"UCS-2"` where one character is outside of GSM-7's alphabet.
        segments: how many SMS it is sent in; an empty text takes one.
        units: septets of GSM-7 (two for each of `^{}\[~]|€`), or 16-bit units of UCS-2 (two for most emoji).
        left: units that still fit without another segment.
        forced_by: the characters that forced UCS-2, each once, in the order of the text.
    """

    encoding: Literal["GSM-7", "UCS-2"]
    segments: int
    units: int
    left: int
    forced_by: tuple[str, ...]


def count_segments(text: str) -> Segments:
    """Count the SMS that a text takes: encoding, segments, and what forced UCS-2 (3GPP TS 23.038 and 23.040).

    Parts of a long text are 153 septets or 67 UCS-2 units, and neither an extension character nor an emoji is split.
    """
    forced = tuple(dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENSION))
    if forced:
        return _counted(
            "UCS-2", [2 if ord(char) > 0xFFFF else 1 for char in text], _UCS_SINGLE, _UCS_PART, forced
        )
    return _counted("GSM-7", [2 if char in _EXTENSION else 1 for char in text], _GSM_SINGLE, _GSM_PART, ())


def _counted(
    encoding: Literal["GSM-7", "UCS-2"], widths: list[int], single: int, part: int, forced: tuple[str, ...]
) -> Segments:
    units = sum(widths)
    if units <= single:
        return Segments(encoding, 1, units, single - units, forced)
    segments, left = _packed(widths, part)
    return Segments(encoding, segments, units, left, forced)


def _packed(widths: Iterable[int], part: int) -> tuple[int, int]:
    """Fill parts one after the other; what does not fit whole begins the next."""
    segments, left = 1, part
    for width in widths:
        if width > left:
            segments, left = segments + 1, part
        left -= width
    return segments, left
