"""Descriptions of values and names for error messages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scgapi._core.text import mask_numbers

_NUMBER = re.compile(r"(?:[a-z]{2,5}:)?\+?[\d ().-]+")
_MAX_CHARACTERS = 40


def with_article(word: str) -> str:
    """Return a word with its article: "a str", "an int"."""
    return f"an {word}" if word[:1] in "aeiouAEIOU" else f"a {word}"


def describe_type(value: object) -> str:
    """Return the type of a value that may be private, such as "an int"; for a number also its last two digits."""
    if value is None:
        return "None"
    kind = with_article(type(value).__name__)
    if isinstance(value, str | int) and not isinstance(value, bool):
        text = str(value)
        if _NUMBER.fullmatch(text) and mask_numbers(text) != text:
            return f"{mask_numbers(text)}, {kind}"
    return kind


def describe_value(value: object) -> str:
    """Return the value of an option, which is not private, with its type: "'5', a str"."""
    if isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= _MAX_CHARACTERS):
        return f"{mask_numbers(repr(value))}, {with_article(type(value).__name__)}"
    return describe_type(value)


def join_words(words: Iterable[str], last: str = "and") -> str:
    """Join words for a sentence: "a, b and c"."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def is_number(value: object) -> bool:
    """Return True for an int or a float, but not for a bool."""
    return isinstance(value, int | float) and not isinstance(value, bool)
