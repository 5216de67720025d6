"""Time zones of recipients: from a column of the list, or from the number."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

from scgapi._core.text import sanitize_text
from scgapi._io.clock import time_of_day
from scgapi.campaigns.recipients.phone_numbers import PhoneNumber

_SAMPLES = 1600
_BETWEEN_SAMPLES = timedelta(hours=6)
_MAX_SHOWN_CHARACTERS = 40


def time_zones_of(number: PhoneNumber) -> tuple[str, ...]:
    """Return the time zones that a number may be in: those of its area, else all those of its country.

    Zones whose clocks show the same time all through the coming year are one. Empty if nothing is known.
    """
    digits = number.e164[1:] if number.kind == "geographic" else number.code
    return _by_prefix(digits[:TIMEZONE_LONGEST_PREFIX])


def _by_prefix(digits: str) -> tuple[str, ...]:
    for length in range(len(digits), 0, -1):
        names: tuple[str, ...] | None = TIMEZONE_DATA.get(digits[:length])
        if names is not None:
            return _different(names)
    return ()


@lru_cache(maxsize=1024)
def _different(names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave one of the zones that cannot be told apart: the whole of North America has 42 and ten clocks."""
    if len(names) == 1:
        return names
    start = datetime.fromtimestamp(time_of_day(), UTC)
    moments = [start + index * _BETWEEN_SAMPLES for index in range(_SAMPLES)]
    by_clock: dict[tuple[timedelta | None, ...], str] = {}
    for name in names:
        zone = ZoneInfo(name)
        by_clock.setdefault(tuple(moment.astimezone(zone).utcoffset() for moment in moments), name)
    return tuple(by_clock.values())


@lru_cache(maxsize=1024)
def is_time_zone(name: str) -> bool:
    """Return True if the name is that of an IANA time zone, such as `Europe/Paris`."""
    return name in _known()


def unknown_time_zone(name: str) -> str:
    """Say that a time zone is not known, and which may be meant."""
    near = _near(name, _known())
    hint = f"; did you mean {near!r}?" if near else "; write a name such as 'Europe/Paris'"
    return f"{sanitize_text(name, _MAX_SHOWN_CHARACTERS)!r} is no time zone{hint}"


def _near(name: str, known: Iterable[str]) -> str | None:
    by_lower = {one.casefold(): one for one in known}
    lower = name.strip().replace(" ", "_").casefold()
    cities = {one.rpartition("/")[2]: one for one in by_lower}
    found = [
        *difflib.get_close_matches(lower, by_lower, n=1, cutoff=0.8),
        *(cities[one] for one in cities if one == lower),
    ]
    return by_lower[found[0]] if found else None


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
