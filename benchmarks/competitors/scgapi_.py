"""scgapi with the default transport, with the fast one, and with prefetched pages."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Literal

import scgapi
from benchmarks.competitor import MESSAGE_ID, AsyncCall, Call, Competitor, Listing


def auth(url: str) -> scgapi.AuthInfo:
    """Return credentials for the server."""
    return scgapi.AuthInfo(token="t", url=url)


def get(url: str, transport: Literal["httpx", "fast"] = "httpx") -> Call:
    """Get a message."""
    return partial(scgapi.Client(auth(url), transport=transport).messages.get, MESSAGE_ID)


def send(url: str, transport: Literal["httpx", "fast"] = "httpx") -> Call:
    """Create a message request."""
    create = scgapi.Client(auth(url), transport=transport).message_requests.create
    return lambda: create(from_="sender_id:s", to=["+15551234567"], body="Hello")


def listing(url: str, prefetch: int = 0) -> Listing:
    """List messages; the filter tells the server how many there are."""
    messages = scgapi.Client(auth(url)).messages
    return lambda count: messages.list(limit=100, application_id=count, prefetch=prefetch)


@asynccontextmanager
async def sends(
    url: str, _: int, transport: Literal["httpx", "fast"] = "httpx"
) -> AsyncGenerator[AsyncCall, None]:
    """Create message requests from many tasks."""
    async with scgapi.AsyncClient(auth(url), transport=transport) as scg:
        create = scg.message_requests.create
        yield lambda: create(from_="sender_id:s", to=["+15551234567"], body="Hello")


def threads(url: str, count: int) -> Sequence[Call]:
    """Share one client among all threads."""
    return [send(url)] * count


FIRST_CALL = f"""
import sys, scgapi
with scgapi.Client(scgapi.AuthInfo(token="t", url=sys.argv[1]), transport="TRANSPORT") as scg:
    assert scg.messages.get("{MESSAGE_ID}").state == "DELIVERED"
"""

COMPETITORS = {
    "scgapi": Competitor(
        label="scgapi",
        module="scgapi",
        first_call=FIRST_CALL.replace("TRANSPORT", "httpx"),
        get=get,
        send=send,
        listing=listing,
        sends=sends,
        threads=threads,
    ),
    "scgapi-fast": Competitor(
        label="scgapi, fast transport",
        module="scgapi",
        first_call=FIRST_CALL.replace("TRANSPORT", "fast"),
        get=partial(get, transport="fast"),
        send=partial(send, transport="fast"),
        sends=partial(sends, transport="fast"),
    ),
    "scgapi-ahead": Competitor(
        label="scgapi, prefetch=8", module="scgapi", listing=partial(listing, prefetch=8)
    ),
}
