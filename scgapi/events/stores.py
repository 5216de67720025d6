"""Stores of handled events: their interface, and the one in memory."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Protocol

from scgapi._core.describe import describe_value, is_number
from scgapi._io.clock import monotonic
from scgapi.errors import ConfigurationError
from scgapi.events.forking import ForkAware

WEEK_SECONDS = 7 * 24 * 3600.0
"""Default time that a handled event is remembered: longer than the gateway repeats one event."""
LEASE_SECONDS = 300.0
"""Default time of a claim: longer than handlers should take."""


class Claim(enum.Enum):
    """The result of trying to claim an event."""

    NEW = "new"
    """The event is the caller's, until it is settled or the lease runs out."""
    TAKEN = "taken"
    """Another run is handling the event."""
    HANDLED = "handled"
    """The event was handled."""


class Store(Protocol):
    """The interface of a store of handled events. It is called from several threads at once."""

    @property
    def waits(self) -> bool:
        """True if calls may block a thread, for a disk or a network."""
        ...

    def claim(self, key: str, token: str) -> Claim:
        """Claim the event unless it was handled or is claimed: of all concurrent calls, one gets `NEW`.

        `token` is a value of this claim alone. A claim that is never settled (its process died) must run out by itself.
        """
        ...

    def settle(self, key: str, token: str, *, handled: bool) -> None:
        """End a claim: remember the event as handled for a time, or free it, so that it can be claimed again.

        Free it only while the claim is the one of this token: after it ran out, another run may have claimed the event.
        """
        ...


class MemoryStore(ForkAware):
    """A store of handled events in memory; they are forgotten when the process ends.

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
        ttl: float = WEEK_SECONDS,
        lease: float = LEASE_SECONDS,
        max_events: int = 1_000_000,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        check_times(ttl, lease)
        super().__init__()
        self._ttl, self._lease, self._max, self._clock = ttl, lease, max_events, clock
        # Token and time of each claim, and the time until which each handled event is remembered, the oldest first.
        self._taken: dict[str, tuple[str, float]] = {}
        self._handled: dict[str, float] = {}

    def claim(self, key: str, token: str = "") -> Claim:
        """Claim the event unless it was handled or is claimed."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            if key in self._handled:
                return Claim.HANDLED
            taken = self._taken.get(key)
            # Compared both ways, for a clock that was set back must not make a claim last longer.
            if taken is not None and abs(now - taken[1]) < self._lease:
                return Claim.TAKEN
            self._taken[key] = token, now
            return Claim.NEW

    def settle(self, key: str, token: str = "", *, handled: bool) -> None:
        """End a claim. Without a token, end any claim of the event."""
        with self._lock:
            taken = self._taken.get(key)
            if handled or (taken is not None and token in ("", taken[0])):
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
    """Refuse times with which no event would be remembered."""
    for name, value in (("ttl", ttl), ("lease", lease)):
        if not (is_number(value) and value > 0):
            raise ConfigurationError(
                f"{name} must be a number of seconds, more than 0, got {describe_value(value)}"
            )
