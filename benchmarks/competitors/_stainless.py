"""What openai's and telnyx's clients share: both are generated, with `get(path, cast_to=…)` for any resource.

They read the same bytes as the others into a model of their own base class with the fields of `plain.Message`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Protocol

from benchmarks.competitor import MESSAGE_PATH, SEND, SEND_PATH, AsyncCall, Call, Listing


class Client(Protocol):
    """The part of a synchronous client that is used."""

    def get(self, path: str, *, cast_to: type[object]) -> object: ...
    def post(self, path: str, *, cast_to: type[object], body: object) -> object: ...
    def get_api_list(
        self, path: str, *, model: type[object], page: type[object], options: dict[str, object]
    ) -> Iterable[object]: ...


class AsyncClient(Protocol):
    """The part of an asynchronous client that is used."""

    def post(self, path: str, *, cast_to: type[object], body: object) -> Awaitable[object]: ...


def model(base: type[object], name: str) -> type[object]:
    """The model of that name in `benchmarks.plain`, on the base class of a client's own models."""
    from pydantic import BaseModel, create_model

    from benchmarks import plain

    assert issubclass(base, BaseModel)
    like: type[BaseModel] = getattr(plain, name)
    fields = {key: (field.annotation, field) for key, field in like.model_fields.items()}
    return _made(create_model, name, base, fields)


def _made(
    make: Callable[..., type[object]], name: str, base: type[object], fields: Mapping[str, object]
) -> type[object]:
    return make(name, __base__=base, **fields)


def get(client: Client, message: type[object]) -> Call:
    """Get a message."""
    return partial(client.get, MESSAGE_PATH, cast_to=message)


def send(client: Client, created: type[object]) -> Call:
    """Post a message request."""
    return partial(client.post, SEND_PATH, cast_to=created, body=SEND)


def listing(client: Client, message: type[object], page: type[object]) -> Listing:
    """List messages with the client's own pager."""
    return lambda count: client.get_api_list(
        "/data", model=message, page=page, options={"params": {"limit": 100, "application_id": count}}
    )


@asynccontextmanager
async def sends(
    entered: AbstractAsyncContextManager[AsyncClient], created: type[object]
) -> AsyncGenerator[AsyncCall, None]:
    """Post message requests from many tasks."""
    async with entered as client:
        yield partial(client.post, SEND_PATH, cast_to=created, body=SEND)
