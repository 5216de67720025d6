"""Waiting: read an object until it is in the state that is waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from scgapi._core.clock import Clock
from scgapi._core.operation import Operation
from scgapi._core.tracebacks import run_callback
from scgapi._core.waiting import check_wait, may_still_appear, poll_delay, wait_timeout_error
from scgapi.errors import NotFoundError

M = TypeVar("M")
M_co = TypeVar("M_co", covariant=True)


class AsyncRead(Protocol[M_co]):
    """A function that reads an object once."""

    async def __call__(self) -> M_co:
        """Return the object as it is now."""
        ...


async def wait_for(
    read: AsyncRead[M],
    operation: Operation,
    object_id: str,
    *,
    clock: Clock,
    is_over: Callable[[M], bool],
    timeout: float,
    interval: float,
    on_progress: Callable[[M], None] | None,
) -> M:
    """Read an object until `is_over` says so. A 404 at first may be the gateway's delay.

    Raises:
        WaitTimeoutError: the time ran out first.
        NotFoundError: the object did not appear, or is gone.
    """
    check_wait(operation.name, timeout, interval)
    began = clock.monotonic()
    state: str | None = None
    reads = 0
    seen_at_all = False
    missing: NotFoundError | None = None
    while True:
        reads += 1
        try:
            found = await read()
        except NotFoundError as error:
            if not may_still_appear(clock.monotonic() - began):
                raise
            missing = error
        else:
            seen_at_all, missing = True, None
            seen: object = getattr(found, "state", None)
            state = seen if isinstance(seen, str) else None
            if on_progress is not None:
                run_callback(on_progress, found)
            if is_over(found):
                return found
        elapsed = clock.monotonic() - began
        pause = poll_delay(timeout=timeout, interval=interval, reads=reads, elapsed=elapsed)
        if pause is None:
            raise wait_timeout_error(
                operation.name,
                object_id,
                state,
                found=seen_at_all,
                timeout=timeout,
                waited=elapsed,
                reads=reads,
            ) from missing
        await clock.async_sleep(pause)
