"""Time and chance as one value, so that a test can hold both in its hand; and the time that a call has."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from scgapi._core.operation import Operation

CALL_LIMIT = 60.0
"""Seconds that a call may take in all, where nothing else is said;"""
CONTENT_LIMIT = 3600.0
"""seconds for the content of an attachment, up or down;"""
VERIFIED_LIMIT = 300.0
"""seconds for a send that is looked up when it is in doubt."""


async def _async_sleep(seconds: float) -> None:
    import asyncio  # half of what threads would wait for when they begin

    await asyncio.sleep(seconds)


class Clock(NamedTuple):
    """Where a client reads the time (seconds), waits, and draws its jitter."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    async_sleep: Callable[[float], Awaitable[None]] = _async_sleep
    random: Callable[[], float] = random.random
    now: Callable[[], float] = time.time  # since 1970: what processes have in common


class Deadline(NamedTuple):
    """The moment at which a call has ended, come what may: retries, pauses, queues and slow answers included."""

    clock: Clock
    at: float
    limit: float  # seconds that there were from the call's beginning

    def left(self) -> float:
        """Seconds until then, 0 when it has passed."""
        return max(0.0, self.at - self.clock.monotonic())

    def sooner(self, seconds: float) -> Deadline:
        """The same moment, or `seconds` from now if that is sooner."""
        other = self.clock.monotonic() + seconds
        return self if self.at <= other else Deadline(self.clock, other, seconds)


def deadline(clock: Clock, seconds: float) -> Deadline:
    """So many seconds from now."""
    return Deadline(clock, clock.monotonic() + seconds, seconds)


def usual_limit(operation: Operation) -> float:
    """Seconds that a call of this operation may take where the user says nothing."""
    return CONTENT_LIMIT if operation.service == "attachment" else CALL_LIMIT
