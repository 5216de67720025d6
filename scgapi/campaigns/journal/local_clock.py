"""The clock of a journal in a file: seconds since 1970 that never jump, the same for all processes of the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from scgapi._io.clock import monotonic, time_of_day


class Clock(NamedTuple):
    """Where a journal reads the time, in seconds: one clock that never jumps, and the time of day."""

    monotonic: Callable[[], float] = monotonic
    time_of_day: Callable[[], float] = time_of_day


def offset_of(clock: Clock, stored: float | None, last: float) -> float:
    """Return what to add to the monotonic clock.

    Args:
        clock: the clock.
        stored: the offset that the journal was used with before; None if it is new.
        last: the latest time that the journal has noted.
    """
    # All processes of a machine share the monotonic clock, so that they agree on leases although the time of day
    # may be set. A time before the last one that was noted shows that the machine was started anew, or is another.
    now = clock.monotonic()
    if stored is not None and now + stored >= last:
        return stored
    return max(clock.time_of_day(), last) - now
