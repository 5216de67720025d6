"""Bare aiohttp, async only, with as many connections as concurrent calls."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from typing import Protocol

from benchmarks.competitor import SEND, SEND_PATH, AsyncCall, Competitor


class _Answer(Protocol):
    def read(self) -> Awaitable[bytes]: ...


class _Session(Protocol):
    def post(
        self, url: str, *, json: object, headers: dict[str, str]
    ) -> AbstractAsyncContextManager[_Answer]: ...


@asynccontextmanager
async def sends(url: str, connections: int) -> AsyncGenerator[AsyncCall, None]:
    """Send from many tasks through one session."""
    from benchmarks.plain import Created

    aiohttp = import_module("aiohttp")
    address, headers = url + SEND_PATH, {"authorization": "Bearer t"}
    entered: AbstractAsyncContextManager[_Session] = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections)
    )
    async with entered as session:

        async def call() -> object:
            async with session.post(address, json=SEND, headers=headers) as answer:
                return Created.model_validate_json(await answer.read())

        yield call


COMPETITORS = {"aiohttp": Competitor(label="bare aiohttp", module="aiohttp", sends=sends)}
