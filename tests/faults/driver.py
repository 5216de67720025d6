"""One scenario for both clients, and a clock whose pauses take no time."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

import httpx

import scgapi
from scgapi._core.doubt import OnUnknown
from scgapi._io.clock import SystemClock
from tests.both_clients import ClientKind

T = TypeVar("T")
AnyClient = scgapi.Client | scgapi.AsyncClient
TOKEN, KEY, SECRET = "token-0", "the-key", "the-secret"


class Pauses(list[float]):
    """Pauses are written down and not slept; beside them, time passes as it does."""

    def __init__(self, on_pause: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._on_pause = on_pause
        self.clock = SystemClock(
            monotonic=lambda: time.monotonic() + sum(self),
            sleep=self._note,
            async_sleep=self._note_async,
            random=lambda: 1.0,
        )

    def _note(self, seconds: float) -> None:
        self.append(seconds)
        if self._on_pause is not None:
            self._on_pause()

    async def _note_async(self, seconds: float) -> None:
        self._note(seconds)


def auth(url: str) -> scgapi.AuthInfo:
    """Credentials that can be refreshed."""
    return scgapi.AuthInfo(key=KEY, secret=SECRET, token=TOKEN, url=url)


def play(client_kind: ClientKind, scenario: Coroutine[object, object, T]) -> T:
    """Run a scenario: in an event loop, or in no loop at all, where nothing in it may have to wait for one."""
    if client_kind == "async":
        return asyncio.run(_whole(scenario))
    try:
        scenario.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise AssertionError("a synchronous call waits for an event loop")


async def _whole(scenario: Coroutine[object, object, T]) -> T:
    return await scenario


async def settled(value: object) -> object:
    """What a call of either client returns in the end."""
    return await value if inspect.isawaitable(value) else value


@asynccontextmanager
async def opened(
    client_kind: ClientKind,
    credentials: scgapi.AuthInfo | str,
    pauses: Pauses,
    *,
    timeout: float | None = None,
    read_limit: float | None = None,
    proxy: str | None = None,
    retry: scgapi.RetryPolicy | None = None,
    on_unknown: OnUnknown = "raise",
) -> AsyncGenerator[AnyClient]:
    """A client of the client; with a `read_limit` or a proxy, over an httpx client of the caller's own."""
    credentials = auth(credentials) if isinstance(credentials, str) else credentials
    brings_its_own = read_limit is not None or proxy is not None
    limits = httpx.Timeout(5, read=read_limit)
    async with AsyncExitStack() as stack:
        client: AnyClient
        if client_kind == "async":
            mine = httpx.AsyncClient(timeout=limits, proxy=proxy) if brings_its_own else None
            if mine is not None:
                await stack.enter_async_context(mine)
            client = scgapi.AsyncClient(
                credentials, timeout=timeout, retry=retry, http_client=mine, on_unknown=on_unknown
            )
            await stack.enter_async_context(client)
        else:
            own = stack.enter_context(httpx.Client(timeout=limits, proxy=proxy)) if brings_its_own else None
            client = scgapi.Client(
                credentials, timeout=timeout, retry=retry, http_client=own, on_unknown=on_unknown
            )
            stack.enter_context(client)
        client._pipeline.clock = pauses.clock
        yield client
