"""How long a campaign takes at its rate, within the hours that are allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

_STEP_SECONDS = 900

_MAX_STEPS = 366 * 96
"""Number of steps in a year. A campaign that takes longer is not estimated."""


class Hours(Protocol):
    """Hours that are allowed, in the recipients' time zones."""

    def next_moment(self, now: float, zones: Sequence[str], /) -> float | None:
        """Return the next moment at which all zones allow it, in seconds since 1970; None if there is none."""
        ...


class Duration(NamedTuple):
    """An estimate.

    Attributes:
        seconds: from the start to the last text; None if not all is sent before the end, or within
            a year, or if the rate has no limit.
        never_allowed: recipients for whom no moment is allowed.
    """

    seconds: float | None
    never_allowed: int


def estimate(
    recipients: Mapping[tuple[str, ...], int],
    rate: float | None,
    hours: Hours | None,
    now: float,
    start: float | None = None,
    end: float | None = None,
) -> Duration:
    """Estimate how long it takes to send one text to each recipient.

    Args:
        recipients: how many there are by the time zones that they may be in.
        rate: texts a second; None for no limit, which is not estimated.
        hours: hours that are allowed; None for all.
        now: seconds since 1970.
        start: when it begins, in seconds since 1970; None for now.
        end: when it stops, in seconds since 1970; None if it does not.
    """
    begin = max(now, start or now)
    if rate is None:
        return Duration(None, 0)
    finished, never = begin, 0
    if hours is None:
        finished += sum(recipients.values()) / rate
    else:
        # When each group may be sent to next; groups that nothing allows are not waited for.
        due = {zones: hours.next_moment(begin, zones) for zones in recipients}
        never = sum(recipients[zones] for zones, moment in due.items() if moment is None)
        waiting = {zones: moment for zones, moment in due.items() if moment is not None}
        last = _simulated(dict(recipients), waiting, rate, hours, begin)
        if last is None:
            return Duration(None, never)
        finished = last
    if end is not None and finished > end:
        return Duration(None, never)
    return Duration(finished - now, never)


def _simulated(
    left: dict[tuple[str, ...], int],
    due: dict[tuple[str, ...], float],
    rate: float,
    hours: Hours,
    begin: float,
) -> float | None:
    """Return when the last text goes, in seconds since 1970: by steps in which groups take turns."""
    finished = at = begin
    for _ in range(_MAX_STEPS):
        if not due:
            return finished
        at = max(at, min(due.values()))
        capacity = rate * _STEP_SECONDS
        used = 0.0
        for zones in [zones for zones, moment in due.items() if moment <= at]:
            moment = hours.next_moment(at, zones)
            if moment is None:
                return None
            due[zones] = moment
            if moment > at:
                continue
            sent = min(left[zones], capacity - used)
            used += sent
            left[zones] -= int(sent) if sent == int(sent) else int(sent) + 1
            if left[zones] <= 0:
                del due[zones]
        if used:
            finished = at + used / rate
        at += _STEP_SECONDS
    return None
