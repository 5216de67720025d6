"""Which events were handled: what every store can do, and the one that is in memory."""

from __future__ import annotations

import enum
import threading
import time
from collections.abc import Callable
from typing import Protocol

from scgapi.errors import ConfigurationError

WEEK = 7 * 24 * 3600.0
"""Seconds; longer than the gateway goes on posting one event."""
LEASE = 300.0
"""Seconds; longer than handlers should take."""


class Claim(enum.Enum):
    """What became of the wish to handle an event."""

    NEW = "new"
    """It is yours, until it is settled or the lease runs out."""
    TAKEN = "taken"
    """Somebody is handling it."""
    HANDLED = "handled"
    """It was handled."""


class Store(Protocol):
    """Where a receiver keeps which events it has handled. Called from several threads at once."""

    @property
    def waits(self) -> bool:
        """Whether calls may keep a thread waiting, for a disk or a network."""
        ...

    def claim(self, key: str) -> Claim:
        """Take the event unless it was handled, or is taken: of all that ask, one gets `NEW`.

        A claim that is never settled (its process died) must run out by itself.
        """
        ...

    def settle(self, key: str, *, handled: bool) -> None:
        """End a claim: remember the event as handled for a time, or forget it, so that it can be claimed again."""
        ...


class MemoryStore:
    """Handled events in the memory of this process; they are forgotten when it ends.

    Args:
        ttl: seconds that a handled event is remembered.
        lease: seconds after which a claim that was never settled runs out.
        max_events: how many are remembered at most; the oldest are forgotten first.
        clock: the time in seconds, from any start.
    """

    waits: bool = False

    def __init__(
        self,
        *,
        ttl: float = WEEK,
        lease: float = LEASE,
        max_events: int = 1_000_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        check_times(ttl, lease)
        self._ttl, self._lease, self._max, self._clock = ttl, lease, max_events, clock
        self._lock = threading.Lock()
        self._taken: dict[str, float] = {}
        self._handled: dict[str, float] = {}  # the oldest first

    def claim(self, key: str) -> Claim:
        """Take the event unless it was handled, or is taken."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            if key in self._handled:
                return Claim.HANDLED
            if self._taken.get(key, now) > now:
                return Claim.TAKEN
            self._taken[key] = now + self._lease
            return Claim.NEW

    def settle(self, key: str, *, handled: bool) -> None:
        """End a claim."""
        with self._lock:
            self._taken.pop(key, None)
            if handled:
                self._handled.pop(key, None)
                self._handled[key] = self._clock() + self._ttl

    def __len__(self) -> int:
        return len(self._handled)

    def _forget(self, now: float) -> None:
        while self._handled:
            oldest = next(iter(self._handled))
            if self._handled[oldest] > now and len(self._handled) <= self._max:
                return
            del self._handled[oldest]


def check_times(ttl: float, lease: float) -> None:
    """Refuse times with which nothing would be remembered."""
    if not (ttl > 0 and lease > 0):
        raise ConfigurationError(f"ttl and lease are more than 0 seconds, got {ttl} and {lease}")
