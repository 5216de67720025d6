"""Detection of one-time codes in the texts of messages."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\b(?:\w*codes?|pin|otp|\w*passcode|password|passwort|verif\w*|kod|kode|c[oó]digo|codice|token|log[ -]?in|sign[ -]?in)\b",
    re.IGNORECASE,
)
# Digits, perhaps in two groups ("123-456"), that are not part of a longer number, an amount, a date or a time.
_DIGITS = re.compile(r"(?<![\w$€£+.,:/-])(?:[A-Z]-)?(\d{3}[- ]\d{3}|\d{4,8})(?![\w:/-]|[.,]\d)")
# Letters and digits count only directly after a word such as "code": elsewhere they could be anything.
_MIXED = re.compile(
    r"\b(?:\w*code|pin|otp|token)\b[^\w\n]*(?:(?:is|ist|es)\b[^\w\n]*)?((?=[A-Z]*\d)[A-Z0-9]{4,10})\b",
    re.IGNORECASE,
)


def find_code(text: str) -> str | None:
    """Return the one-time code in a text, without separators; None if there is no code.

    A code is 4 to 8 digits in a text that mentions a code, a PIN, a password or a login, or up to 10 letters and
    digits that directly follow such a word. Among several numbers, the nearest to such a word is taken.
    """
    words = [found.span() for found in _WORDS.finditer(text)]
    if not words:
        return None
    candidates = [(_distance(found.span(1), words), found[1]) for found in _DIGITS.finditer(text)]
    candidates += [
        (_distance(found.span(1), words), found[1])
        for found in _MIXED.finditer(text)
        if not found[1].isdigit() and found[1] == found[1].upper()
    ]
    if not candidates:
        return None
    return re.sub(r"[- ]", "", min(candidates)[1])


def _distance(span: tuple[int, int], words: list[tuple[int, int]]) -> int:
    start, end = span
    return min(start - last if last <= start else max(0, first - end) for first, last in words)
