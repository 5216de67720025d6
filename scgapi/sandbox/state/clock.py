"""The sandbox's clock, which can be moved ahead."""

from __future__ import annotations

from collections.abc import Callable


class Clock:
    """A clock with an offset to another clock. Calling it returns seconds since 1970."""

    def __init__(self, base: Callable[[], float]) -> None:
        self._base = base
        self._offset = 0.0

    def __call__(self) -> float:
        """Return the time in seconds since 1970."""
        return self._base() + self._offset

    def advance(self, seconds: float) -> None:
        """Move the clock ahead.

        Raises:
            ValueError: the number of seconds is negative.
        """
        if not seconds >= 0:
            raise ValueError(f"seconds must be 0 or more, got {seconds}")
        self._offset += seconds

    @property
    def offset(self) -> float:
        """Offset to the underlying clock, in seconds."""
        return self._offset

    def reset(self, base: Callable[[], float]) -> None:
        """Follow a clock without an offset."""
        self._base = base
        self._offset = 0.0
