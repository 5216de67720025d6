"""Concurrency for threads: single flight, a limiter, one value per process. Mirrors `scgapi._io.tasks`."""

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
    """One run of the same work, shared by all threads that need it. No lock is held while it runs."""

    def __init__(self) -> None:
        self._flights: PerProcess[_Flight[T]] = PerProcess(_Flight[T])

    def run(self, work: Callable[[], T], done: Callable[[], T | None], seconds: float) -> T:
        """Run the work, or wait at most `seconds` for the run that is under way.

        `done` is called under the lock. If it returns a value, that value is returned and the work is not started.

        Raises:
            TimeoutError: the run that is under way takes longer.
        """
        flight = self._flights.get()
        with flight.lock:
            ready = done()
            if ready is not None:
                return ready
            result = flight.result
            leads = result is None
            if result is None:
                result = flight.result = Future()
        return _lead(flight, result, work) if leads else result.result(seconds)


class _Flight(Generic[T]):
    """The run that is under way in one process, if any."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.result: Future[T] | None = None


def _lead(flight: _Flight[T], future: Future[T], work: Callable[[], T]) -> T:
    try:
        result = work()
    except BaseException as error:
        with flight.lock:
            flight.result = None
        shared = (
            error
            if isinstance(error, Exception)
            else ConnectionFailedError("the thread that led was interrupted")
        )
        future.set_exception(shared)
        raise
    with flight.lock:
        flight.result = None
    future.set_result(result)
    return result


class Limiter:
    """Limit on the number of threads that run at a time."""

    def __init__(self, limit: int) -> None:
        self._semaphore = threading.Semaphore(limit)

    def acquire(self, seconds: float) -> None:
        """Wait at most `seconds` to be admitted.

        Raises:
            TimeoutError: the limit was still reached then.
        """
        if not self._semaphore.acquire(timeout=seconds):
            raise TimeoutError

    def release(self) -> None:
        """Admit the next thread."""
        self._semaphore.release()


class PerProcess(Generic[T]):
    """One value per process: a forked child must not reuse its parent's locks or sockets."""

    def __init__(self, new: Callable[[], T]) -> None:
        self._new = new
        self._values: dict[int, T] = {}

    def get(self) -> T:
        """Return the value of this process; make it on first use."""
        process = os.getpid()
        value = self._values.get(process)
        return value if value is not None else self._values.setdefault(process, self._new())

    def owned(self) -> list[T]:
        """Return the values that can be closed from here: this process's, if it exists."""
        value = self._values.get(os.getpid())
        return [] if value is None else [value]


class Release:
    """Context manager that calls `release` at the end of its block. `seconds` is used by the async counterpart only."""

    def __init__(self, release: Callable[[], None], seconds: float) -> None:
        self._release = release

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self._release()


def must_not_block() -> bool:
    """Return False: a thread may block."""
    return False


def in_place(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the work in this thread: the sync counterpart of `in_thread`."""
    return work(*args, **kwargs)
