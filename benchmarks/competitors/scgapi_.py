"""This package: with its own transport, with the fast one, and with pages fetched ahead."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import TypeVar

import scgapi
from benchmarks.competitor import MESSAGE_ID, AsyncCall, Call, Competitor, Listing, Unavailable

T = TypeVar("T")

FAST = "pyreqwest"


def auth(url: str) -> scgapi.AuthInfo:
    """Credentials for the server."""
    return scgapi.AuthInfo(token="t", url=url)


def client(url: str, **options: object) -> scgapi.Client:
    """A client with options that this version may not know."""
    return _made(scgapi.Client, auth(url), options)


def _made(make: Callable[..., T], auth: scgapi.AuthInfo, options: dict[str, object]) -> T:
    with _refusals(options):
        return make(auth, **options)


@contextmanager
def _refusals(options: dict[str, object]) -> Generator[None, None, None]:
    try:
        yield
    except (TypeError, scgapi.InvalidArgumentError, scgapi.ConfigurationError) as refusal:
        named = ", ".join(f"{name}={value!r}" for name, value in options.items())
        raise Unavailable(f"{named} is refused by this version") from refusal


def get(url: str, **options: object) -> Call:
    """Get a message."""
    return partial(client(url, **options).messages.get, MESSAGE_ID)


def send(url: str, **options: object) -> Call:
    """Create a message request."""
    create = client(url, **options).message_requests.create
    return lambda: create(from_="sender_id:s", to=["+15551234567"], body="Hello")


def listing(url: str, **options: object) -> Listing:
    """List messages; the filter tells the server how many there are."""
    return _listing(client(url).messages.list, options)


def _listing(messages: Callable[..., Iterable[object]], options: dict[str, object]) -> Listing:
    with _refusals(options):
        messages(**options)  # fetches nothing yet
    return lambda count: messages(limit=100, application_id=count, **options)


@asynccontextmanager
async def sends(url: str, _: int, **options: object) -> AsyncGenerator[AsyncCall, None]:
    """Create message requests from many tasks."""
    async with _made(scgapi.AsyncClient, auth(url), options) as scg:
        create = scg.message_requests.create
        yield lambda: create(from_="sender_id:s", to=["+15551234567"], body="Hello")


def threads(url: str, count: int) -> Sequence[Call]:
    """All threads share one client."""
    return [send(url)] * count


FIRST_CALL = f"""
import sys, scgapi
with scgapi.Client(scgapi.AuthInfo(token="t", url=sys.argv[1])) as scg:
    assert scg.messages.get("{MESSAGE_ID}").state == "DELIVERED"
"""

COMPETITORS = {
    "scgapi": Competitor(
        label="scgapi",
        module="scgapi",
        first_call=FIRST_CALL,
        get=get,
        send=send,
        listing=listing,
        sends=sends,
        threads=threads,
    ),
    "scgapi-fast": Competitor(
        label=f"scgapi, {FAST}",
        module="scgapi",
        get=partial(get, transport=FAST),
        send=partial(send, transport=FAST),
        sends=partial(sends, transport=FAST),
    ),
    "scgapi-ahead": Competitor(
        label="scgapi, prefetch=8", module="scgapi", listing=partial(listing, prefetch=8)
    ),
}
