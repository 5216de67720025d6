"""How fast a body must come at least."""

from __future__ import annotations

from scgapi._core.clock import Clock

SLOWEST = 1024
"""Bytes a second: a transfer that stays below"""
WINDOW = 30.0
"""for so many seconds is given up."""


class Pace:
    """Watches a transfer that has no other time limit than a wide one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = clock.monotonic()
        self._bytes = 0

    def holds(self, size: int) -> bool:
        """So many further bytes came: whether that is fast enough."""
        self._bytes += size
        took = self._clock.monotonic() - self._since
        if took < WINDOW:
            return True
        fast = self._bytes >= SLOWEST * took
        self._since, self._bytes = self._since + took, 0
        return fast
