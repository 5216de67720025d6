"""Bare httpx: JSON as it is, or validated by one hand-written pydantic model; headers are built once."""

from __future__ import annotations

import ssl
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from benchmarks.competitor import (
    MESSAGE_PATH,
    MESSAGES_PATH,
    SEND,
    SEND_PATH,
    AsyncCall,
    Call,
    Competitor,
    Listing,
)

HEADERS = {"authorization": "Bearer t"}


def get_json(url: str) -> Call:
    """Get a message as dicts and lists."""
    import httpx

    client, address, headers = httpx.Client(), url + MESSAGE_PATH, httpx.Headers(HEADERS)
    return lambda: client.get(address, headers=headers).json()


def get_model(url: str) -> Call:
    """Get a message and validate its bytes."""
    import httpx

    from benchmarks.plain import Message

    client, address, headers = httpx.Client(), url + MESSAGE_PATH, httpx.Headers(HEADERS)
    return lambda: Message.model_validate_json(client.get(address, headers=headers).content)


def send_json(url: str) -> Call:
    """Post a message request and parse the response into dicts."""
    import httpx

    client, address, headers = httpx.Client(), url + SEND_PATH, httpx.Headers(HEADERS)
    return lambda: client.post(address, json=SEND, headers=headers).json()


def send_model(url: str) -> Call:
    """Post a message request and validate the response."""
    import httpx

    from benchmarks.plain import Created

    client, address, headers = httpx.Client(), url + SEND_PATH, httpx.Headers(HEADERS)
    return lambda: Created.model_validate_json(client.post(address, json=SEND, headers=headers).content)


def list_json(url: str) -> Listing:
    """Loop over pages of dicts."""
    import httpx

    client, headers = httpx.Client(), httpx.Headers(HEADERS)

    def messages(count: int) -> Iterator[object]:
        for offset in range(0, count, 100):
            query = f"?limit=100&offset={offset}&application_id={count}"
            yield from client.get(url + MESSAGES_PATH + query, headers=headers).json()["list"]

    return messages


def list_model(url: str) -> Listing:
    """Loop over pages, each validated by one TypeAdapter."""
    import httpx
    from pydantic import TypeAdapter

    from benchmarks.plain import Page

    client, headers, adapter = httpx.Client(), httpx.Headers(HEADERS), TypeAdapter(Page)

    def messages(count: int) -> Iterator[object]:
        for offset in range(0, count, 100):
            query = f"?limit=100&offset={offset}&application_id={count}"
            content = client.get(url + MESSAGES_PATH + query, headers=headers).content
            yield from adapter.validate_json(content).list

    return messages


@asynccontextmanager
async def sends(url: str, _: int, kept: int = 100) -> AsyncGenerator[AsyncCall, None]:
    """Send from many tasks through one client of 100 connections, without a pool timeout."""
    import httpx

    from benchmarks.plain import Created

    address, headers = url + SEND_PATH, httpx.Headers(HEADERS)
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=kept, keepalive_expiry=None)
    async with httpx.AsyncClient(limits=limits, timeout=httpx.Timeout(5, pool=None)) as client:

        async def call() -> object:
            answer = await client.post(address, json=SEND, headers=headers)
            return Created.model_validate_json(answer.content)

        yield call


def threads(url: str, count: int) -> Sequence[Call]:
    """Create a client for each thread; they share the TLS context, which is slow to create."""
    import httpx

    from benchmarks.plain import Created

    address, headers = url + SEND_PATH, httpx.Headers(HEADERS)
    context = ssl.create_default_context()

    def make() -> Call:
        client = httpx.Client(verify=context)
        return lambda: Created.model_validate_json(client.post(address, json=SEND, headers=headers).content)

    return [make() for _ in range(count)]


FIRST_CALL = f"""
import sys, httpx
from benchmarks.plain import Message
with httpx.Client(OPTIONS) as client:
    content = client.get(sys.argv[1] + "{MESSAGE_PATH}", headers={HEADERS}).content
assert Message.model_validate_json(content).state == "DELIVERED"
"""

COMPETITORS = {
    "httpx": Competitor(
        label="bare httpx, one pydantic model",
        module="httpx",
        first_call=FIRST_CALL.replace("OPTIONS", ""),
        get=get_model,
        send=send_model,
        listing=list_model,
        sends=sends,
        threads=threads,
    ),
    "httpx-default": Competitor(
        label="bare httpx, its default limits", module="httpx", sends=partial(sends, kept=20)
    ),
    "httpx-no-tls": Competitor(
        label="the same without certificates, which http: does not need",
        module="httpx",
        first_call=FIRST_CALL.replace("OPTIONS", "verify=False"),
    ),
    "httpx-json": Competitor(
        label="bare httpx, json()", module="httpx", get=get_json, send=send_json, listing=list_json
    ),
}
