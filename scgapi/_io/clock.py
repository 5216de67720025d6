"""The system's clocks.

Time goes on while the machine sleeps: a claim on a send, or a deadline, that has run out meanwhile must be seen to have run
out. `time.monotonic` stands still then on Linux and macOS.

Tools that freeze time in tests replace `time.monotonic` in every module. Deadlines and pauses measure real time, so they
use a reference that is kept inside a tuple, which these tools do not replace. The time of day is looked up at each call
and follows a frozen clock.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial


def _sleepless() -> Callable[[], float]:
    """Return the clock that never jumps and goes on while the machine sleeps."""
    clock: Callable[[], float] = time.monotonic
    if sys.platform == "linux":
        clock = partial(time.clock_gettime, time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":
        clock = partial(time.clock_gettime, time.CLOCK_MONOTONIC)
    try:
        clock()
    except OSError:
        return time.monotonic
    return clock


_UNFROZEN = (_sleepless(),)


def monotonic() -> float:
    """Return monotonic seconds, which advance while the machine sleeps, and while a test tool freezes time."""
    return _UNFROZEN[0]()


def time_of_day() -> float:
    """Return the seconds since 1970."""
    return time.time()


async def _async_sleep(seconds: float) -> None:
    # A sync client does not load asyncio, which would double its start-up time.
    import asyncio

    await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The system's clock. Tests replace its parts."""

    monotonic: Callable[[], float] = monotonic
    sleep: Callable[[float], None] = time.sleep
    async_sleep: Callable[[float], Awaitable[None]] = _async_sleep
    random: Callable[[], float] = random.random
    now: Callable[[], float] = time_of_day
