"""Concurrency for asyncio tasks: single flight, a limiter, one value per event loop. Mirrors `scgapi._io.threads`."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec, TypeVar

from scgapi._io.clock import monotonic
from scgapi._io.threads.concurrency import PerProcess as PerProcess
from scgapi.errors import ConfigurationError

_LOOP_POLL_SECONDS = 0.05

T = TypeVar("T")
P = ParamSpec("P")


def running_loop() -> asyncio.AbstractEventLoop:
    """Return the running event loop.

    Raises:
        ConfigurationError: asyncio runs no loop in this thread; another library (trio) may run its own.
    """
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        pass
    raise ConfigurationError(
        "AsyncClient needs asyncio, and no event loop of it runs here: start with asyncio.run(), or use Client, under "
        "trio in trio.to_thread.run_sync(). Nothing was sent"
    )


class AsyncSingleFlight(Generic[T]):
    """One run of the same work, shared by all tasks that need it. It survives the cancellation of any of them."""

    def __init__(self) -> None:
        self._flights: PerLoop[_AsyncFlight[T]] = PerLoop(_AsyncFlight[T])

    async def run(self, work: Callable[[], Awaitable[T]], done: Callable[[], T | None], seconds: float) -> T:
        """Start the work, or join the run that is under way; wait at most `seconds`.

        If `done` returns a value, that value is returned and the work is not started.

        Raises:
            TimeoutError: the work takes longer. It goes on in the background.
        """
        ready = done()
        if ready is not None:
            return ready
        flight = self._flights.get()
        if flight.result is None:
            flight.result = asyncio.ensure_future(work())
            flight.result.add_done_callback(flight.clear)
        async with asyncio.timeout(seconds):
            return await asyncio.shield(flight.result)


class _AsyncFlight(Generic[T]):
    """The run that is under way in one event loop, if any."""

    def __init__(self) -> None:
        self.result: asyncio.Future[T] | None = None

    def clear(self, result: asyncio.Future[T]) -> None:
        self.result = None
        # All waiters may have been cancelled. asyncio logs an exception that is never retrieved.
        if not result.cancelled():
            result.exception()


class AsyncLimiter:
    """Limit on the number of tasks that run at a time; tasks are admitted in the order they came."""

    def __init__(self, limit: int) -> None:
        self._semaphore = asyncio.Semaphore(limit)

    async def acquire(self, seconds: float) -> None:
        """Wait at most `seconds` to be admitted.

        Raises:
            TimeoutError: the limit was still reached then.
        """
        if not self._semaphore.locked():
            await self._semaphore.acquire()
            return
        async with asyncio.timeout(seconds):
            await self._semaphore.acquire()

    def release(self) -> None:
        """Admit the next task."""
        self._semaphore.release()


class PerLoop(Generic[T]):
    """One value per event loop of this process: asyncio primitives cannot be shared between loops."""

    def __init__(self, new: Callable[[], T]) -> None:
        self._new = new
        self._values: PerProcess[dict[asyncio.AbstractEventLoop, T]] = PerProcess(
            dict[asyncio.AbstractEventLoop, T]
        )

    def get(self) -> T:
        """Return the value of the running loop; make it on first use."""
        loop, values = running_loop(), self._values.get()
        value = values.get(loop)
        if value is not None:
            return value
        # Other threads, with loops of their own, may run this at the same time: each step on the dict is atomic.
        for other in [*values]:
            if other.is_closed():
                values.pop(other, None)
        return values.setdefault(loop, self._new())

    def owned(self) -> list[T]:
        """Return the values that can be closed from here: the running loop's, if it exists."""
        with contextlib.suppress(ConfigurationError):
            value = self._values.get().get(running_loop())
            return [] if value is None else [value]
        return []


class AsyncRelease:
    """Context manager that calls `release` at the end of its block, or earlier if the block may never end.

    A task whose event loop is closed never reaches the end of its blocks. A thread therefore watches the loop, and
    calls `release` when the loop is closed or after `seconds`. `release` may be called more than once.
    """

    def __init__(self, release: Callable[[], None], seconds: float) -> None:
        self._release = release
        self._deadline = monotonic() + seconds
        self._ended = threading.Event()

    def __enter__(self) -> None:
        watch = threading.Thread(target=self._watch, args=[asyncio.get_running_loop()], daemon=True)
        watch.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._release()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._ended.wait(_LOOP_POLL_SECONDS):
            if loop.is_closed() or monotonic() >= self._deadline:
                self._release()
                return


def must_not_block() -> bool:
    """Return True if an event loop runs in this thread: blocking would stop its other tasks."""
    return asyncio._get_running_loop() is not None


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run blocking work in a thread beside the event loop."""
    running_loop()
    return await asyncio.to_thread(work, *args, **kwargs)
