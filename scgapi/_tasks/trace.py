"""What is heard of an attempt, and the time that it may take, in tasks: the twin of `scgapi._threads.trace`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType

from scgapi._core.clock import Deadline
from scgapi._core.steps import Steps


class AsyncTrace(Steps):
    """Listens to one attempt of a task."""

    __slots__ = ()

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Called by httpcore at each step."""
        self.hear(event, info)

    async def aclose(self) -> None:
        """Close what was opened in vain: httpcore forgets a connection whose handshake is cancelled."""
        close: Callable[[], Awaitable[None]] | None = getattr(self.unused, "aclose", None)
        if close is not None:
            await close()


class AsyncTimeLimit:
    """Cancels what a task does when its time is out.

    Raises:
        TimeoutError: it is.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._timeout = asyncio.timeout(deadline.left())

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._timeout.__aexit__(kind, error, trace)
