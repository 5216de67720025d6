"""Both clients behind one function, so that one parametrized test covers sync and async."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Literal, TypeGuard

import httpx
import respx

import scgapi
from scgapi._core.json import is_array

ClientKind = Literal["sync", "async"]
ONCE = scgapi.RetryPolicy(attempts=1)
CLIENT_KINDS: tuple[ClientKind, ...] = ("sync", "async")


def call(
    client_kind: ClientKind,
    auth: scgapi.AuthInfo,
    operation: str,
    /,
    *args: object,
    **kwargs: object,
) -> object:
    """Call `resource.method` on a fresh client; a listing comes back as a list."""
    if client_kind == "async":
        return asyncio.run(_call_async(auth, operation, args, kwargs))
    with scgapi.Client(auth, retry=ONCE) as client:
        result = _method(client, operation)(*args, **kwargs)
        return [*result] if is_iterator(result) else result


async def _call_async(
    auth: scgapi.AuthInfo,
    name: str,
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> object:
    async with scgapi.AsyncClient(auth, retry=ONCE) as client:
        result = _method(client, name)(*args, **kwargs)
        if inspect.isawaitable(result):
            result = await result
        return [item async for item in result] if is_async_iterator(result) else result


def is_iterator(value: object) -> TypeGuard[Iterator[object]]:
    return isinstance(value, Iterator)


def is_async_iterator(value: object) -> TypeGuard[AsyncIterator[object]]:
    return isinstance(value, AsyncIterator)


def sent(route: respx.Route) -> list[httpx.Request]:
    """The requests that a mocked route has seen."""
    # respx leaves its own types open.
    return [found.request for found in route.calls]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def contacts_of(listed: object) -> list[scgapi.Contact | scgapi.AsyncContact]:
    """A listing of contacts with either client."""
    assert is_array(listed)
    return [row for row in listed if isinstance(row, scgapi.Contact | scgapi.AsyncContact)]


def _method(client: object, name: str) -> Callable[..., object]:
    resource, _, method = name.rpartition(".")
    found: Callable[..., object] = getattr(getattr(client, resource), method)
    return found
