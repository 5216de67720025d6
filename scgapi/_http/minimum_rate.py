"""The minimum rate at which a response body must arrive."""

from __future__ import annotations

from scgapi._core.clock import Clock

MIN_BYTES_PER_SECOND = 1024
"""Rate below which a transfer is given up."""
RATE_WINDOW_SECONDS = 30.0
"""Time over which the rate is measured."""


class MinimumRate:
    """Rate check of one transfer: downloads have no other time limit than a long one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = clock.monotonic()
        self._bytes = 0

    def ok(self, size: int) -> bool:
        """Count `size` further bytes; return False if a window has passed in which too few arrived."""
        self._bytes += size
        took = self._clock.monotonic() - self._since
        if took < RATE_WINDOW_SECONDS:
            return True
        fast = self._bytes >= MIN_BYTES_PER_SECOND * took
        self._since, self._bytes = self._since + took, 0
        return fast
