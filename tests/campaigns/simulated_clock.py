"""A clock that a test sets."""

from __future__ import annotations


class SimulatedClock:
    """Two clocks, as a machine has them: one that only goes on, and the time of day, which may be set."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.elapsed = 1000.0
        self.ahead = now - self.elapsed

    def monotonic(self) -> float:
        return self.elapsed

    def time_of_day(self) -> float:
        return self.elapsed + self.ahead

    def go_on(self, seconds: float) -> None:
        self.elapsed += seconds

    def set_time_of_day(self, ahead: float) -> None:
        """Set the time of day so many seconds ahead, or back."""
        self.ahead += ahead
