"""Calls operations by their published names, with either client, against the sandbox."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from types import TracebackType

from typing_extensions import Self

import scgapi
from scgapi.sandbox import Sandbox
from tests.both_clients import ClientKind, is_async_iterator, is_iterator


class Do:
    """`do("calls.get", call_id)` calls it; a listing comes back as a list, what must be awaited is.

    A nested resource takes the id of its owner first: `do("calls.digits_collectors.get", call_id, collector_id)`.
    `do.on(call, "hang_up")` calls a method of an object. `do.gateway` is the sandbox behind it all.
    """

    def __init__(self, client_kind: ClientKind, gateway: Sandbox) -> None:
        self.gateway = gateway
        self._runner = asyncio.Runner()
        self._client: scgapi.Client | scgapi.AsyncClient = (
            scgapi.Client(gateway.auth) if client_kind == "sync" else scgapi.AsyncClient(gateway.auth)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._settled(self._client.close())
        self._runner.close()

    def __call__(self, name: str, /, *args: object, **kwargs: object) -> object:
        *path, method = name.split(".")
        found: object = self._client
        for step in path:
            found = getattr(found, step)
            if inspect.ismethod(found):  # a nested resource, of the object whose id comes first
                found, args = found(args[0]), args[1:]
        return self.on(found, method, *args, **kwargs)

    def on(self, found: object, method: str, /, *args: object, **kwargs: object) -> object:
        """Call a method of an object."""
        call: Callable[..., object] = getattr(found, method)
        return self._settled(call(*args, **kwargs))

    def text(self, name: str, /, *args: object, **kwargs: object) -> str:
        """Call what returns an id."""
        result = self(name, *args, **kwargs)
        assert isinstance(result, str)
        return result

    def many(self, name: str, /, *args: object, **kwargs: object) -> list[object]:
        """Call what returns a listing."""
        result = self(name, *args, **kwargs)
        assert isinstance(result, list)
        return [*result]

    def _settled(self, result: object) -> object:
        if inspect.isawaitable(result):
            return self._runner.run(_awaited(result))
        if is_async_iterator(result):
            return self._runner.run(_listed(result))
        return [*result] if is_iterator(result) else result


Scenario = Callable[[Do], None]
"""A story that calls every operation of some resources and checks what they do."""


async def _awaited(result: object) -> object:
    assert inspect.isawaitable(result)
    value: object = await result
    return value


async def _listed(result: AsyncIterator[object]) -> list[object]:
    return [item async for item in result]


def attribute(found: object, name: str) -> object:
    """An attribute of an object of either client."""
    value: object = getattr(found, name)
    return value
