"""The clock of a journal in a file: seconds since 1970 that never jump, the same for all processes of the machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scgapi._io.clock import monotonic, time_of_day

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str:
    """Return what tells this start of this machine from all others; empty if the system does not say."""
    with suppress(OSError):
        return _BOOT_ID.read_text().strip()
    return ""


class Clock(NamedTuple):
    """Where a journal reads the time, in seconds: one clock that never jumps, and the time of day.

    `boot` tells one start of a machine from another: the first clock means nothing to the next one.
    """

    monotonic: Callable[[], float] = monotonic
    time_of_day: Callable[[], float] = time_of_day
    boot: Callable[[], str] = boot_id


def offset_of(clock: Clock, stored: float | None, last: float, boot: str = "") -> float:
    """Return what to add to the monotonic clock.

    Args:
        clock: the clock.
        stored: the offset that the journal was used with before; None if it is new.
        last: the latest time that the journal has noted.
        boot: start of the machine that the journal was used on before; empty if not known.
    """
    # All processes of a machine share the monotonic clock, so that they agree on leases although the time of day
    # may be set. A time before the last one that was noted shows that the machine was started anew, or is another; where
    # the system tells one start from another, nothing else counts.
    now = clock.monotonic()
    if stored is not None and now + stored >= last and clock.boot() == boot:
        return stored
    return max(clock.time_of_day(), last) - now
