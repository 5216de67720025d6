"""Characters that make a text UCS-2, and plainer ones that would not."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from scgapi.compose.segments import count_segments

_PLAINER = {
    "\u2018": "'", "\u2019": "'", "\u201a": ",", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "`": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2039": "'", "\u203a": "'",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2026": "...", "\u2022": "*", "\u00b7": ".", "\u2027": ".",
    "\u00a9": "(c)", "\u00ae": "(R)", "\u2122": "(TM)", "\u2116": "No.", "\u00ba": "o", "\u00aa": "a",
    "\u00d7": "x", "\u00f7": "/", "\u2044": "/", "\u2215": "/", "\u00a6": "|", "\t": " ",
    "\u0131": "i", "\u0142": "l", "\u0141": "L", "\u0111": "d", "\u0110": "D", "\u0152": "OE", "\u0153": "oe",
    "\u1e9e": "SS", "\u00fe": "th", "\u00de": "Th", "\u00f0": "d", "\u00d0": "D",
}  # fmt: skip
"""What looks alike in GSM-7, where taking off an accent does not show it."""


@lru_cache(maxsize=4096)
def plainer(char: str) -> str | None:
    """Return what may stand for a character in GSM-7: `'` for `\u2019`, "c" for "\u00e7"; None if nothing does.

    An empty text stands for a character that is not seen.
    """
    if count_segments(char).encoding == "GSM-7":
        return char
    found = _PLAINER.get(char)
    if found is not None:
        return found
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in ("Cf", "Cc", "Mn") or "\ufe00" <= char <= "\ufe0f":
        return ""
    bare = "".join(one for one in unicodedata.normalize("NFKD", char) if not unicodedata.combining(one))
    bare = "".join(_PLAINER.get(one, one) for one in bare)
    return bare if bare and count_segments(bare).encoding == "GSM-7" else None


def plain_text(text: str) -> str:
    """Return a text with a plainer character for each that forces UCS-2 and has one."""
    return "".join(char if (other := plainer(char)) is None else other for char in text)


def character_name(char: str) -> str:
    """Return how a character is told to people: itself, its number, and its name."""
    name = unicodedata.name(char, "").lower()
    shown = f"{char} " if char.isprintable() and not char.isspace() else ""
    return f"{shown}(U+{ord(char):04X}{' ' if name else ''}{name})"
