"""Waiting for one another, in tasks: the twin of `scgapi._threads.concurrency`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec, TypeVar

from scgapi._threads.concurrency import Homes as Homes

T = TypeVar("T")
P = ParamSpec("P")


class AsyncSingleFlight(Generic[T]):
    """Tasks that want the same work done share one run of it, which survives the cancellation of any of them."""

    def __init__(self) -> None:
        self._homes: AsyncHomes[_AsyncStrip[T]] = AsyncHomes(_AsyncStrip[T])

    async def run(self, work: Callable[[], Awaitable[T]], done: Callable[[], T | None], seconds: float) -> T:
        """Lead or follow, for at most `seconds`. What `done` returns makes the work unnecessary.

        Raises:
            TimeoutError: the work takes longer; it goes on.
        """
        ready = done()
        if ready is not None:
            return ready
        strip = self._homes.here()
        if strip.flight is None:
            strip.flight = asyncio.ensure_future(work())
            strip.flight.add_done_callback(strip.land)
        async with asyncio.timeout(seconds):
            return await asyncio.shield(strip.flight)


class _AsyncStrip(Generic[T]):
    """What is under way in one event loop."""

    def __init__(self) -> None:
        self.flight: asyncio.Future[T] | None = None

    def land(self, flight: asyncio.Future[T]) -> None:
        self.flight = None
        if not flight.cancelled():
            flight.exception()  # every waiter may have been cancelled: then nobody else asks


class AsyncGate:
    """Lets so many tasks in at a time, in the order they came."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)

    async def enter(self, seconds: float) -> None:
        """Take a place, waiting for one at most `seconds`.

        Raises:
            TimeoutError: none became free.
        """
        if not self._places.locked():
            await self._places.acquire()
            return
        async with asyncio.timeout(seconds):
            await self._places.acquire()

    def leave(self) -> None:
        """Give the place back."""
        self._places.release()


class AsyncHomes(Generic[T]):
    """Something for each event loop of this process: what waits in one cannot be woken from another."""

    def __init__(self, new: Callable[[], T]) -> None:
        self._new = new
        self._homes: Homes[dict[asyncio.AbstractEventLoop, T]] = Homes(dict[asyncio.AbstractEventLoop, T])

    def here(self) -> T:
        """That of the running loop."""
        loop, found = asyncio.get_running_loop(), self._homes.here()
        here = found.get(loop)
        if here is not None:
            return here
        # Each step in one piece: other threads, with loops of their own, are at it too. What has ended is let go.
        for other in [*found]:
            if other.is_closed():
                found.pop(other, None)
        return found.setdefault(loop, self._new())

    def all(self) -> list[T]:
        """Those that can be closed from here."""
        here = self._homes.here().get(asyncio.get_running_loop())
        return [] if here is None else [here]


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do what blocks beside the event loop."""
    return await asyncio.to_thread(work, *args, **kwargs)
