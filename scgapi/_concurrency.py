"""Waiting for one another, in threads and in tasks. Both colours are written by hand and used alike."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Generic, ParamSpec, TypeVar

from scgapi.errors import ConnectionFailedError

T = TypeVar("T")
P = ParamSpec("P")


class SingleFlight(Generic[T]):
    """Threads that want the same work done share one run of it; no lock is held while it runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flight: Future[T] | None = None

    def run(self, work: Callable[[], T], done: Callable[[], T | None]) -> T:
        """Lead or follow. `done` is asked under the lock: what it returns makes the work unnecessary."""
        with self._lock:
            ready = done()
            if ready is not None:
                return ready
            flight = self._flight
            leads = flight is None
            if flight is None:
                flight = self._flight = Future()
        return self._lead(flight, work) if leads else flight.result()

    def _lead(self, flight: Future[T], work: Callable[[], T]) -> T:
        try:
            result = work()
        except BaseException as error:
            self._land()
            told = (
                error
                if isinstance(error, Exception)
                else ConnectionFailedError("the thread that led was interrupted")
            )
            flight.set_exception(told)
            raise
        self._land()
        flight.set_result(result)
        return result

    def _land(self) -> None:
        with self._lock:
            self._flight = None


class AsyncSingleFlight(Generic[T]):
    """Tasks that want the same work done share one run of it, which survives the cancellation of any of them."""

    def __init__(self) -> None:
        self._flight: asyncio.Future[T] | None = None

    async def run(self, work: Callable[[], Awaitable[T]], done: Callable[[], T | None]) -> T:
        """Lead or follow. What `done` returns makes the work unnecessary."""
        ready = done()
        if ready is not None:
            return ready
        if self._flight is None:
            self._flight = asyncio.ensure_future(work())
            self._flight.add_done_callback(self._land)
        return await asyncio.shield(self._flight)

    def _land(self, flight: asyncio.Future[T]) -> None:
        self._flight = None
        if not flight.cancelled():
            flight.exception()  # every waiter may have been cancelled: then nobody else asks


def home() -> object:
    """Where connections belong: this process, for a fork shares its parent's sockets."""
    return os.getpid()


def async_home() -> object:
    """Where connections belong: this process, and its event loop if it runs."""
    try:
        return os.getpid(), asyncio.get_running_loop()
    except RuntimeError:
        return os.getpid(), None


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do what blocks beside the event loop."""
    return await asyncio.to_thread(work, *args, **kwargs)


def in_place(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it here: the synchronous twin of `in_thread`."""
    return work(*args, **kwargs)
