"""Bare pyreqwest, a client in Rust."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from typing import Protocol

from typing_extensions import Self

from benchmarks.competitor import MESSAGE_PATH, SEND, SEND_PATH, AsyncCall, Call, Competitor

HEADERS = {"authorization": "Bearer t"}


class _Answer(Protocol):
    def bytes(self) -> bytes: ...


class _Request(Protocol):
    def send(self) -> _Answer: ...


class _Builder(Protocol):
    def headers(self, headers: dict[str, str]) -> Self: ...
    def body_json(self, body: object) -> Self: ...
    def build(self) -> _Request: ...


class _Client(Protocol):
    def get(self, url: str) -> _Builder: ...
    def post(self, url: str) -> _Builder: ...


class _AsyncAnswer(Protocol):
    def bytes(self) -> Awaitable[bytes]: ...


class _AsyncRequest(Protocol):
    def send(self) -> Awaitable[_AsyncAnswer]: ...


class _AsyncBuilder(Protocol):
    def headers(self, headers: dict[str, str]) -> Self: ...
    def body_json(self, body: object) -> Self: ...
    def build(self) -> _AsyncRequest: ...


class _AsyncClient(Protocol):
    def post(self, url: str) -> _AsyncBuilder: ...


def _client() -> _Client:
    client: _Client = import_module("pyreqwest.client").SyncClientBuilder().build()
    return client


def get(url: str) -> Call:
    """Get a message and validate its bytes."""
    from benchmarks.plain import Message

    client, address = _client(), url + MESSAGE_PATH
    return lambda: Message.model_validate_json(
        bytes(client.get(address).headers(HEADERS).build().send().bytes())
    )


def send(url: str) -> Call:
    """Post a message request and validate the response."""
    from benchmarks.plain import Created

    client, address = _client(), url + SEND_PATH
    return lambda: Created.model_validate_json(
        bytes(client.post(address).headers(HEADERS).body_json(SEND).build().send().bytes())
    )


@asynccontextmanager
async def sends(url: str, _: int) -> AsyncGenerator[AsyncCall, None]:
    """Send from many tasks through one client."""
    from benchmarks.plain import Created

    address = url + SEND_PATH
    entered: AbstractAsyncContextManager[_AsyncClient] = (
        import_module("pyreqwest.client").ClientBuilder().build()
    )
    async with entered as client:

        async def call() -> object:
            answer = await client.post(address).headers(HEADERS).body_json(SEND).build().send()
            return Created.model_validate_json(bytes(await answer.bytes()))

        yield call


COMPETITORS = {
    "pyreqwest": Competitor(label="bare pyreqwest", module="pyreqwest", get=get, send=send, sends=sends)
}
