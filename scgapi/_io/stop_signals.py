"""SIGINT and SIGTERM as something to wait for. Nothing is raised in the middle of other code."""

from __future__ import annotations

import contextlib
import queue
import signal
from collections.abc import Callable, Generator
from types import FrameType

_WAKE_SECONDS = 0.5
"""On Windows a wait that has no end cannot be interrupted by a signal."""


class StopSignals:
    """Tells of the signals that ask a program to stop, and of what else it waits for."""

    def __init__(self) -> None:
        # Alone among the standard library's ways, its put() may be called in a signal handler at any moment.
        self._told: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def wake(self) -> None:
        """End a wait without a signal. May be called in any thread."""
        self._told.put(False)

    def wait(self, timeout: float | None = None) -> bool | None:
        """Wait in the main thread. Return True at a signal, False when woken, None when the time is over.

        Args:
            timeout: Seconds; None to wait for ever.
        """
        if timeout is not None:
            return self._next(timeout)
        while (told := self._next(_WAKE_SECONDS)) is None:
            pass
        return told

    def _next(self, timeout: float) -> bool | None:
        try:
            return self._told.get(timeout=timeout)
        except queue.Empty:
            return None

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._told.put(True)


@contextlib.contextmanager
def stop_signals() -> Generator[StopSignals, None, None]:
    """Take SIGINT and SIGTERM within the block, which must be in the main thread.

    Shells start commands in the background of a script with SIGINT ignored; here it is not.
    """
    signals = StopSignals()
    noting: Callable[[int, FrameType | None], None] = signals._note
    before = {number: signal.signal(number, noting) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
