"""The interface of a client's clock. The system's clock is in `scgapi._io.clock`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol


class Clock(Protocol):
    """Clocks, pauses and random numbers in one object, so that a test can control them."""

    @property
    def monotonic(self) -> Callable[[], float]:
        """Function that returns monotonic seconds."""
        ...

    @property
    def now(self) -> Callable[[], float]:
        """Function that returns the seconds since 1970, which processes share."""
        ...

    @property
    def sleep(self) -> Callable[[float], None]:
        """Function that blocks the thread for some seconds."""
        ...

    @property
    def async_sleep(self) -> Callable[[float], Awaitable[None]]:
        """Function that pauses the task for some seconds."""
        ...

    @property
    def random(self) -> Callable[[], float]:
        """Function that returns a random number from 0 to 1, for jitter."""
        ...
