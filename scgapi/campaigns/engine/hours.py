"""Hours of the day at which texts may go, in the recipients' own time zones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

from scgapi._core.describe import describe_value
from scgapi.errors import InvalidArgumentError

_STEP_SECONDS = 15 * 60
"""Time between the moments that are tried: hours and offsets of time zones begin at quarters of an hour."""

_SEARCH_SECONDS = 8 * 24 * 3600
"""Time ahead that is searched for an allowed moment."""

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])|24:00")


@dataclass(frozen=True)
class AllowedHours:
    """Hours at which texts may go, by the recipient's own clock: `AllowedHours("09:00", "20:00")`.

    If several time zones are possible for a number, all must allow it.

    Args:
        start: the first minute, such as `"09:00"`.
        end: the minute at which it is over, such as `"20:00"`; before `start`, the hours go on after midnight.
        zone: IANA name of the time zone to take for recipients whose own is not known. Without it they are not
            sent to, and fail with that reason.

    Raises:
        InvalidArgumentError: a time or the zone is malformed, or the hours are empty.
    """

    start: str
    end: str
    zone: str | None = None
    _minutes: tuple[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        minutes = _minutes_of("start", self.start), _minutes_of("end", self.end)
        if minutes[0] == minutes[1]:
            raise InvalidArgumentError(
                f"AllowedHours: start and end are both {self.start}: no moment would be allowed", field="end"
            )
        if self.zone is not None:
            try:
                zone_of(self.zone)
            except (KeyError, ValueError, OSError):
                raise InvalidArgumentError(
                    f"AllowedHours: {describe_value(self.zone)} is not an IANA time zone such as 'America/New_York'",
                    field="zone",
                ) from None
        object.__setattr__(self, "_minutes", minutes)

    def next_moment(self, now: float, zones: Sequence[str]) -> float | None:
        """Return the next moment at which all zones allow it, `now` if they do now; None if there is none.

        Args:
            now: seconds since 1970.
            zones: the recipient's possible time zones; empty if they are not known.
        """
        known = tuple(zones) or ((self.zone,) if self.zone else ())
        if not known:
            return None
        if self._all_allow(now, known):
            return now
        first = (int(now) // _STEP_SECONDS + 1) * _STEP_SECONDS
        return next(
            (
                float(moment)
                for moment in range(first, first + _SEARCH_SECONDS, _STEP_SECONDS)
                if self._all_allow(moment, known)
            ),
            None,
        )

    def _all_allow(self, moment: float, zones: tuple[str, ...]) -> bool:
        begin, end = self._minutes
        for zone in zones:
            local = dt.datetime.fromtimestamp(moment, zone_of(zone))
            minute = local.hour * 60 + local.minute
            if not (begin <= minute < end if begin < end else minute >= begin or minute < end):
                return False
        return True


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name."""
    return ZoneInfo(name)


def _minutes_of(name: str, value: str) -> int:
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise InvalidArgumentError(
            f"AllowedHours: {name} must be a time of day such as '09:00', got {describe_value(value)}",
            field=name,
        )
    hours, minutes = value.split(":")
    return int(hours) * 60 + int(minutes)
