"""A response that nobody asked for is not taken for the response to the next request over its connection."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal

import httpx
import pytest

import scgapi
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults.driver import AnyClient, play, settled
from tests.faults.server import Answer, Exchange, Play, Server
from tests.faults.world import SENDS, Gateway

TOKEN = "t"
CERTIFICATE = Path(__file__).with_name("untrusted.pem")  # of localhost
SURPLUS = Answer(200, b'{"id":"surplus"}').encode()
SEND = ("POST", SENDS)

Carrier = Literal["httpx", "fast", "own"]


def at_once(exchange: Exchange) -> None:
    exchange.send(exchange.execute().encode() + SURPLUS)


def its_start(exchange: Exchange) -> None:
    exchange.send(exchange.execute().encode() + SURPLUS[:20])


async def sends(client_kind: ClientKind, carrier: Carrier, url: str, trusted: ssl.SSLContext) -> list[object]:
    """The ids of two sends, one after the other."""
    auth = scgapi.AuthInfo(token=TOKEN, url=url)
    scg: AnyClient
    async with AsyncExitStack() as stack:
        transport: Literal["httpx", "fast"] = "fast" if carrier == "fast" else "httpx"
        own = carrier == "own"
        verify = None if own else trusted
        if client_kind == "async":
            mine = await stack.enter_async_context(httpx.AsyncClient(verify=trusted)) if own else None
            scg = scgapi.AsyncClient(auth, transport=transport, http_client=mine, verify=verify)
            await stack.enter_async_context(scg)
        else:
            theirs = stack.enter_context(httpx.Client(verify=trusted)) if own else None
            scg = scgapi.Client(auth, transport=transport, http_client=theirs, verify=verify)
            stack.enter_context(scg)
        send: Callable[[], object] = lambda: scg.message_requests.create(from_="1", to=["+1"], body="x")  # noqa: E731
        return [await settled(send()), await settled(send())]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("carrier", ["httpx", "fast", "own"])
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("surplus", [at_once, its_start])
def test_a_surplus_response_answers_nothing(
    surplus: Play, scheme: str, carrier: Carrier, client_kind: ClientKind
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    trusted = ssl.create_default_context(cafile=CERTIFICATE)
    gateway = Gateway(TOKEN)
    with Server(gateway, tls=context if scheme == "https" else None) as server:
        server.script(SEND, surplus)
        url = server.url.replace("127.0.0.1", "localhost")
        assert play(client_kind, sends(client_kind, carrier, url, trusted)) == ["r0", "r1"]
        assert server.accepted == 2
    assert len(gateway.sends) == 2
