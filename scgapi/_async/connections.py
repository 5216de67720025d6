"""The connections of a client, each in a pool of its own.

A pool of httpcore's walks all that it holds for each request, and loses places when tasks are cancelled.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from scgapi._core.attempt import queued_too_long
from scgapi._core.clock import Deadline
from scgapi._tasks.concurrency import AsyncGate

MOST = 100
"""Connections that a client has at most; further calls wait for one, within their time."""
IDLE = 5.0
"""Seconds that an unused connection is kept: a server that closes it at the same moment leaves a send in doubt."""


class AsyncCloses(Protocol):
    """What can be closed."""

    async def aclose(self) -> None:
        """Close it."""
        ...


C = TypeVar("C", bound=AsyncCloses)
T = TypeVar("T")
C_contra = TypeVar("C_contra", contravariant=True)
T_co = TypeVar("T_co", covariant=True)


class AsyncUse(Protocol[C_contra, T_co]):
    """What is done with a connection."""

    async def __call__(self, connection: C_contra, /) -> T_co:
        """Do it."""
        ...


class AsyncConnections(Generic[C]):
    """Connections that each serve one call at a time; the one used last is used next, the oldest are closed."""

    def __init__(self, new: Callable[[], C]) -> None:
        self._new = new
        self._gate = AsyncGate(MOST)
        self._lock = threading.Lock()  # held for a few instructions, and never while anything is awaited
        self._idle: deque[tuple[C, float]] = deque()
        self._closed = False
        self.busy = 0

    async def lend(self, operation: str, deadline: Deadline, use: AsyncUse[C, T]) -> T:
        """What becomes of using one; it serves others afterwards, unless it failed.

        Raises:
            RequestTimeoutError: none became free in time.
        """
        connection = await self.take(operation, deadline)
        try:
            result = await use(connection)
        except BaseException:
            await self.drop(connection)
            raise
        await self.give(connection, deadline)
        return result

    async def take(self, operation: str, deadline: Deadline) -> C:
        """One that nobody uses, or a new one.

        Raises:
            RequestTimeoutError: none became free in time.
        """
        try:
            await self._gate.enter(deadline.left())
        except TimeoutError:
            raise queued_too_long(operation, deadline, self.busy, MOST) from None
        now = deadline.clock.monotonic()
        with self._lock:
            self.busy += 1
            found = self._idle.pop()[0] if self._idle and now - self._idle[-1][1] <= IDLE else None
            stale: list[C] = []
            while self._idle and now - self._idle[0][1] > IDLE:
                stale.append(self._idle.popleft()[0])
        try:
            while stale:
                await stale.pop().aclose()
            return self._new() if found is None else found
        except BaseException:  # cancelled, or none can be made: the place and the rest are given back
            with self._lock:
                self.busy -= 1
                rest = stale if found is None else [*stale, found]
                self._idle.extendleft((connection, float("-inf")) for connection in rest)
            self._gate.leave()
            raise

    async def give(self, connection: C, deadline: Deadline) -> None:
        """It may serve the next call."""
        with self._lock:
            self.busy -= 1
            if not self._closed:
                self._idle.append((connection, deadline.clock.monotonic()))
        self._gate.leave()
        if self._closed:
            await connection.aclose()

    async def drop(self, connection: C) -> None:
        """It failed, or nobody knows what will still come over it."""
        with self._lock:
            self.busy -= 1
        self._gate.leave()
        await connection.aclose()

    async def aclose(self) -> None:
        """Close them: those in use when their calls end."""
        with self._lock:
            self._closed = True
            idle = [*self._idle]
            self._idle.clear()
        for connection, _ in idle:
            await connection.aclose()
