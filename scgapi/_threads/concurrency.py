"""Waiting for one another, in threads: the twin of `scgapi._tasks.concurrency`."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, ParamSpec, TypeVar

from scgapi.errors import ConnectionFailedError

T = TypeVar("T")
P = ParamSpec("P")


class SingleFlight(Generic[T]):
    """Threads that want the same work done share one run of it; no lock is held while it runs."""

    def __init__(self) -> None:
        self._homes: Homes[_Strip[T]] = Homes(_Strip[T])

    def run(self, work: Callable[[], T], done: Callable[[], T | None], seconds: float) -> T:
        """Lead, or follow for at most `seconds`. What `done` returns under the lock makes the work unnecessary.

        Raises:
            TimeoutError: whoever leads takes longer.
        """
        strip = self._homes.here()
        with strip.lock:
            ready = done()
            if ready is not None:
                return ready
            flight = strip.flight
            leads = flight is None
            if flight is None:
                flight = strip.flight = Future()
        return _lead(strip, flight, work) if leads else flight.result(seconds)


class _Strip(Generic[T]):
    """What is under way in one process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.flight: Future[T] | None = None


def _lead(strip: _Strip[T], flight: Future[T], work: Callable[[], T]) -> T:
    try:
        result = work()
    except BaseException as error:
        with strip.lock:
            strip.flight = None
        told = (
            error
            if isinstance(error, Exception)
            else ConnectionFailedError("the thread that led was interrupted")
        )
        flight.set_exception(told)
        raise
    with strip.lock:
        strip.flight = None
    flight.set_result(result)
    return result


class Gate:
    """Lets so many threads in at a time."""

    def __init__(self, places: int) -> None:
        self._places = threading.Semaphore(places)

    def enter(self, seconds: float) -> None:
        """Take a place, waiting for one at most `seconds`.

        Raises:
            TimeoutError: none became free.
        """
        if not self._places.acquire(timeout=seconds):
            raise TimeoutError

    def leave(self) -> None:
        """Give the place back."""
        self._places.release()


class Homes(Generic[T]):
    """Something for each process: a fork has its parent's memory, and neither its threads nor a claim to its sockets."""

    def __init__(self, new: Callable[[], T]) -> None:
        self._new = new
        self._found: dict[int, T] = {}

    def here(self) -> T:
        """That of this process."""
        process = os.getpid()
        found = self._found.get(process)
        return found if found is not None else self._found.setdefault(process, self._new())

    def all(self) -> list[T]:
        """Those that are this process's to close."""
        found = self._found.get(os.getpid())
        return [] if found is None else [found]


def in_place(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it here: the synchronous twin of `in_thread`."""
    return work(*args, **kwargs)
