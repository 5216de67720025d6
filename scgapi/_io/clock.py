"""The system's clocks.

Tools that freeze time in tests replace `time.monotonic` in every module. Deadlines and pauses measure real time, so they
use a reference that is kept inside a tuple, which these tools do not replace. The time of day is looked up at each call
and follows a frozen clock.
"""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_UNFROZEN = (time.monotonic,)


def monotonic() -> float:
    """Return monotonic seconds, which advance even while a test tool freezes time."""
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
