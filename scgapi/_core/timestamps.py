"""Checks of times in arguments, which reject values that the gateway would read as a different time."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MIN_MILLISECONDS = 10**12
"""Smallest epoch milliseconds accepted (September 2001); smaller numbers look like seconds."""
_MAX_MILLISECONDS = 253_402_300_799_999
"""Epoch milliseconds of the end of the year 9999."""

_DIGITS = re.compile(r"[0-9]+")
_ISO_DATE = re.compile(r"\d{4}-|\d{8}T", re.ASCII)
_ISO_ZONE = re.compile(r"[T ].*(Z|[+-]\d\d(:?\d\d){0,2}(\.\d+)?)$", re.ASCII | re.IGNORECASE)
_ENDS_WITH_TIME = re.compile(r"(?<![+-])\b\d{1,2}:\d\d(:\d\d(\.\d+)?)?$", re.ASCII)

_NO_ZONE = "it has no time zone: pass an aware datetime such as datetime.now(UTC), or text that ends in Z or an offset such as +02:00"
_SECONDS = "it looks like seconds, the API takes milliseconds: pass a datetime, or multiply by 1000"
_OUT_OF_RANGE = "it is outside of the years 1 to 9999 in UTC"


def timestamp_problem(value: datetime | str | float) -> str | None:
    """Return the reason why the gateway would misread a time, or None."""
    if isinstance(value, datetime):
        return _datetime_problem(value)
    if isinstance(value, str):
        return _text_problem(value.strip())
    return _milliseconds_problem(value)


def _datetime_problem(value: datetime) -> str | None:
    try:
        if value.utcoffset() is None:
            return _NO_ZONE
        value.astimezone(UTC)
    except (OverflowError, ValueError):
        return _OUT_OF_RANGE
    return None


def _milliseconds_problem(value: float) -> str | None:
    if 0 < value < _MIN_MILLISECONDS:
        return _SECONDS
    return None if abs(value) <= _MAX_MILLISECONDS else _OUT_OF_RANGE


def _text_problem(text: str) -> str | None:
    """Check ISO 8601, digits and texts that end with a time of day; leave other texts to the gateway."""
    if _DIGITS.fullmatch(text):
        return _milliseconds_problem(float(text))
    if _ISO_DATE.match(text):
        return None if _ISO_ZONE.search(text) else _NO_ZONE
    return _NO_ZONE if _ENDS_WITH_TIME.search(text) else None
