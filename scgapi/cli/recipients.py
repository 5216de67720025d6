"""Recipients as people type them: what cannot be one is refused before anything is sent, and never shown whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scgapi._core.text import mask_numbers
from scgapi.cli.failures import UsageError

_NUMBER = re.compile(r"\+?[\d\s().-]+")
_OBJECT = re.compile(r"(?:contact|group):\S+")
_DIGITS = range(7, 16)
"""Digits of a phone number with its country: E.164 allows 15 at most."""


def check_recipients(to: Sequence[str]) -> None:
    """Refuse what cannot be a recipient.

    Raises:
        UsageError: one is not a recipient. The text names its position, and at most two of its digits.
    """
    for position, word in enumerate(to, 1):
        why = _why_not(word)
        if why is not None:
            raise UsageError(f"{named_recipient(to, position)} {why}")


def refused_recipients(to: Sequence[str], description: str) -> str:
    """Return which recipients the gateway refused, by its description of an error, in which they are masked."""
    found = [position for position, word in enumerate(to, 1) if _shown(word) in description]
    if not found:
        # Objects are blanked out whole.
        found = [position for position, word in enumerate(to, 1) if not _NUMBER.fullmatch(word)]
    if not found:
        return ""
    one_of = "" if len(found) == 1 or description.count("***") >= len(found) else "one of "
    return one_of + ", ".join(named_recipient(to, position) for position in found)


def named_recipient(to: Sequence[str], position: int) -> str:
    """Return a recipient by its position, from 1, and as errors show it."""
    option = f"--to {position}" if len(to) > 1 else "--to"
    shown = _shown(to[position - 1])
    return option if shown == "***" else f"{option} ({shown})"


def _why_not(word: str) -> str | None:
    if "," in word or ";" in word:
        return "holds several recipients: repeat --to for each"
    if _OBJECT.fullmatch(word):
        return None
    if not _NUMBER.fullmatch(word):
        return "is no recipient: give a number such as +15551234567, contact:ID or group:ID"
    count = sum(char.isdigit() for char in word)
    if count not in _DIGITS:
        return f"has {count} digits: a number with its country code has {_DIGITS.start} to {_DIGITS.stop - 1}"
    return None


def _shown(word: str) -> str:
    """Return a recipient as errors show it: an object whole, of a number the last two digits, of others nothing."""
    hidden = mask_numbers(word)
    is_shown = _OBJECT.fullmatch(word) or (hidden != word and _NUMBER.fullmatch(word))
    return hidden if is_shown else "***"
