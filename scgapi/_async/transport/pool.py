"""The connection pool of a client.

httpcore's pool scans all connections for each request and leaks slots on cancellation. Each of httpx's transports
therefore holds one connection, and they are pooled here.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from scgapi._core.deadline import Deadline
from scgapi._core.operation import Operation
from scgapi._http.attempt import error_location, pool_timeout_error, transport_error
from scgapi._io.tasks.concurrency import AsyncLimiter
from scgapi.errors import ScgError

log = logging.getLogger("scgapi.connections")

MAX_CONNECTIONS = 100
"""Connections of a client, at most. Further calls wait for one until their deadline."""
MAX_IDLE_SECONDS = 5.0
"""Time that an idle connection is kept. If the server closes it as a send begins, the send is in doubt."""


class AsyncCloseable(Protocol):
    """An object that can be closed."""

    async def aclose(self) -> None:
        """Close it."""
        ...


C = TypeVar("C", bound=AsyncCloseable)
T = TypeVar("T")
C_contra = TypeVar("C_contra", contravariant=True)
T_co = TypeVar("T_co", covariant=True)


class AsyncUse(Protocol[C_contra, T_co]):
    """A function that uses a connection."""

    async def __call__(self, connection: C_contra, /) -> T_co:
        """Use the connection."""
        ...


class AsyncConnectionPool(Generic[C]):
    """A pool of connections that each carry one request at a time.

    The connection used last is used next, and those that were idle too long are closed.

    Attributes:
        busy: number of connections in use.
    """

    def __init__(self, new: Callable[[], C]) -> None:
        self._new = new
        self._limiter = AsyncLimiter(MAX_CONNECTIONS)
        # Held for a few instructions only, never across an await.
        self._lock = threading.Lock()
        self._idle: deque[tuple[C, float]] = deque()
        self._closed = False
        self.busy = 0

    async def use(self, operation: Operation, deadline: Deadline, use: AsyncUse[C, T]) -> T:
        """Run `use` with a pooled connection; discard the connection if it raises.

        Raises:
            RequestTimeoutError: no connection became free in time.
        """
        connection = await self.acquire(operation, deadline)
        try:
            result = await use(connection)
        except BaseException:
            await self.discard(connection)
            raise
        await self.release(connection, deadline)
        return result

    async def acquire(self, operation: Operation, deadline: Deadline) -> C:
        """Return an idle connection, or a new one.

        Raises:
            RequestTimeoutError: no connection became free in time.
            ConnectionFailedError: no connection can be made, for example for lack of file descriptors.
        """
        try:
            await self._limiter.acquire(deadline.remaining())
        except TimeoutError:
            raise pool_timeout_error(operation, deadline, self.busy, MAX_CONNECTIONS) from None
        now = deadline.clock.monotonic()
        with self._lock:
            self.busy += 1
            is_fresh = bool(self._idle) and now - self._idle[-1][1] <= MAX_IDLE_SECONDS
            connection = self._idle.pop()[0] if is_fresh else None
            stale: list[C] = []
            while self._idle and now - self._idle[0][1] > MAX_IDLE_SECONDS:
                stale.append(self._idle.popleft()[0])
        try:
            while stale:
                await _close(stale.pop())
            return self._new() if connection is None else connection
        except BaseException as error:
            # Cancelled, or no connection can be made. All others stay in the pool, and the stale ones are closed later.
            with self._lock:
                self.busy -= 1
                unused = stale if connection is None else [*stale, connection]
                self._idle.extendleft((each, float("-inf")) for each in unused)
            self._limiter.release()
            if not isinstance(error, Exception) or isinstance(error, ScgError):
                raise
            reason = f"no connection can be made ({error_location(error)})"
            failed = transport_error(operation, error, "NOT_SENT", deadline, timed_out=False, reason=reason)
        raise failed

    async def release(self, connection: C, deadline: Deadline) -> None:
        """Put a connection back for the next request."""
        with self._lock:
            self.busy -= 1
            # Once it is idle, another call may use it: only one that was not put back may be closed.
            closed = self._closed
            if not closed:
                self._idle.append((connection, deadline.clock.monotonic()))
        self._limiter.release()
        if closed:
            await _close(connection)

    async def discard(self, connection: C) -> None:
        """Close a connection that failed, or over which bytes of an abandoned response may still come."""
        with self._lock:
            self.busy -= 1
        self._limiter.release()
        await _close(connection)

    async def aclose(self) -> None:
        """Close the idle connections now, and those in use when they are released."""
        with self._lock:
            self._closed = True
            idle = [*self._idle]
            self._idle.clear()
        for connection, _ in idle:
            await _close(connection)


async def _close(connection: AsyncCloseable) -> None:
    """Close a connection that is no longer needed. An error in closing does not change any call's result."""
    try:
        await connection.aclose()
    except Exception as error:  # noqa: BLE001 - event loops and TLS libraries raise errors of every kind
        log.debug("closing a connection failed: %s", type(error).__name__)
