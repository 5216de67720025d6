"""The trace and the time limit of an attempt in an asyncio task. Mirrors `scgapi._io.threads.trace`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType

from scgapi._core.deadline import Deadline
from scgapi._http.connect_trace import ConnectTrace
from scgapi._io.tasks.concurrency import running_loop


class AsyncTrace(ConnectTrace):
    """Trace of an attempt in a task, in the form that httpcore takes."""

    __slots__ = ()

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Record an event. httpcore calls this at each step."""
        self.on_event(event, info)

    async def aclose(self) -> None:
        """Close a stream that was never used: httpcore loses one whose handshake is cancelled."""
        close: Callable[[], Awaitable[None]] | None = getattr(self.unused_stream, "aclose", None)
        if close is not None:
            # The attempt has already raised what is wrong with this connection.
            with contextlib.suppress(Exception):
                await close()


class AsyncTimeLimit:
    """Context manager that cancels its block when the deadline passes.

    Raises:
        TimeoutError: the deadline has passed.
        ConfigurationError: no event loop of asyncio runs.
    """

    def __init__(self, deadline: Deadline) -> None:
        running_loop()
        self._timeout = asyncio.timeout(deadline.remaining())

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._timeout.__aexit__(kind, error, trace)
