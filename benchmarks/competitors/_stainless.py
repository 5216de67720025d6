"""The common interface of openai's and telnyx's clients: `get(path, cast_to=…)` for any resource.

They read the same bytes as the others into a model of their own base class with the fields of `plain.Message`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from typing import Protocol

from benchmarks.competitor import (
    MESSAGE_ID,
    MESSAGE_PATH,
    SEND,
    SEND_PATH,
    AsyncCall,
    Call,
    Competitor,
    Listing,
)


class Client(Protocol):
    """The methods of a sync client that are used."""

    def get(self, path: str, *, cast_to: type[object]) -> object: ...
    def post(self, path: str, *, cast_to: type[object], body: object) -> object: ...
    def get_api_list(
        self, path: str, *, model: type[object], page: type[object], options: dict[str, object]
    ) -> Iterable[object]: ...


class AsyncClient(Protocol):
    """The methods of an async client that are used."""

    def post(self, path: str, *, cast_to: type[object], body: object) -> Awaitable[object]: ...


@dataclass(frozen=True)
class Generated:
    """A client with this interface.

    Attributes:
        module: of the client.
        name: of its client class; the asynchronous one is called so behind `Async`.
        page: of the class of a page, in the module's `pagination`.
        resource: one that a first call reads an object of.
    """

    module: str
    name: str
    page: str
    resource: str

    def competitor(self) -> Competitor:
        """Return the competitor of the table."""
        return Competitor(
            label=f"{self.module}'s client",
            module=self.module,
            first_call=_FIRST_CALL.format(**asdict(self)),
            get=self.get,
            send=self.send,
            listing=self.listing,
            sends=self.sends,
        )

    def get(self, url: str) -> Call:
        """Get a message."""
        return partial(self._client(url).get, MESSAGE_PATH, cast_to=self._model("Message"))

    def send(self, url: str) -> Call:
        """Post a message request."""
        return partial(self._client(url).post, SEND_PATH, cast_to=self._model("Created"), body=SEND)

    def listing(self, url: str) -> Listing:
        """List messages with the client's own pager."""
        client, message = self._client(url), self._model("Message")
        page: type[object] = getattr(import_module(f"{self.module}.pagination"), self.page)[message]
        return lambda count: client.get_api_list(
            "/data", model=message, page=page, options={"params": {"limit": 100, "application_id": count}}
        )

    @asynccontextmanager
    async def sends(self, url: str, _: int) -> AsyncGenerator[AsyncCall, None]:
        """Post message requests from many tasks."""
        make: Callable[..., AbstractAsyncContextManager[AsyncClient]]
        make = getattr(import_module(self.module), f"Async{self.name}")
        async with make(api_key="t", base_url=url) as client:
            yield partial(client.post, SEND_PATH, cast_to=self._model("Created"), body=SEND)

    def _client(self, url: str) -> Client:
        make: Callable[..., Client] = getattr(import_module(self.module), self.name)
        return make(api_key="t", base_url=url)

    def _model(self, name: str) -> type[object]:
        """Return the model of that name in `benchmarks.plain`, on the base class of the client's own models."""
        from pydantic import BaseModel, create_model

        from benchmarks import plain

        base: type[object] = import_module(self.module).BaseModel
        assert issubclass(base, BaseModel)
        like: type[BaseModel] = getattr(plain, name)
        fields = {key: (field.annotation, field) for key, field in like.model_fields.items()}
        return _made(create_model, name, base, fields)


def _made(
    make: Callable[..., type[object]], name: str, base: type[object], fields: Mapping[str, object]
) -> type[object]:
    return make(name, __base__=base, **fields)


_FIRST_CALL = f"""
import sys, {{module}}
with {{module}}.{{name}}(api_key="t", base_url=sys.argv[1]) as client:
    client.{{resource}}.retrieve("{MESSAGE_ID}")
"""
