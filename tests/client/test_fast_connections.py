"""The connections of the fast transport: kept from one another's answers, within their time, and gone when they are over."""

from __future__ import annotations

import asyncio
import os
import signal
import ssl
import threading
import time
from pathlib import Path

import pytest

import scgapi
from scgapi import RetryPolicy
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.driver import TOKEN, AnyClient, auth, play, settled
from tests.faults.server import Exchange, Key, Play, Server, work_well
from tests.faults.world import CONTACT, CONTENT, SENDS, Gateway
from tests.limits import LATE, PATIENCE, patiently

GET: Key = ("GET", CONTACT)
ONCE = RetryPolicy(attempts=1)
CERTIFICATE = Path(__file__).parents[1] / "faults" / "untrusted.pem"  # of localhost
BODY = b'{"id": "c"}'
EVIL = b'HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{"id": "evil"}'


def opened(client_kind: ClientKind, url: str, timeout: float = 10) -> AnyClient:
    if client_kind == "sync":
        return scgapi.Client(auth(url), transport="fast", retry=ONCE, timeout=timeout)
    return scgapi.AsyncClient(auth(url), transport="fast", retry=ONCE, timeout=timeout)


async def contact_of(scg: AnyClient) -> object:
    try:
        contact = await settled(scg.contacts.get("c"))
    except scgapi.ScgError as error:
        return error.outcome
    assert isinstance(contact, scgapi.Contact | scgapi.AsyncContact)
    return contact.id


async def twice(client_kind: ClientKind, url: str) -> list[object]:
    scg = opened(client_kind, url)
    try:
        return [await contact_of(scg), await contact_of(scg)]
    finally:
        await settled(scg.close())


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's side of TLS; clients trust its certificate."""
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))

    def trust(secure: bool) -> ssl.SSLContext:
        return trusting

    monkeypatch.setattr("scgapi._io.network.default_context", trust)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def named(server: Server) -> str:
    return server.url.replace("127.0.0.1", "localhost")


def says(data: bytes) -> Play:
    def answer(exchange: Exchange) -> None:
        exchange.read()
        exchange.send(data)

    return answer


def cut(exchange: Exchange) -> None:
    """An answer without a length, ended by somebody who has not the key."""
    exchange.read()
    exchange.send(b"HTTP/1.1 200 OK\r\n\r\n" + BODY)
    exchange.finish()


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("size", [200, 8192, 16_000])
def test_what_came_encrypted_behind_an_answer_is_nobodys(
    client_kind: ClientKind, size: int, secure: ssl.SSLContext
) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nx: " % len(BODY)
    padding = b"x" * (size - len(head) - len(BODY) - 4)
    with Server(Gateway(TOKEN), tls=secure) as server:
        server.script(GET, says(head + padding + b"\r\n\r\n" + BODY + EVIL), work_well)
        assert play(client_kind, twice(client_kind, named(server))) == ["c", "c"]
        assert server.accepted == 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_an_encrypted_answer_that_was_cut_is_noticed(client_kind: ClientKind, secure: ssl.SSLContext) -> None:
    with Server(Gateway(TOKEN), tls=secure) as server:
        server.script(GET, cut, work_well)
        assert play(client_kind, twice(client_kind, named(server))) == ["ACCEPTED_UNPARSED", "c"]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_encrypted_connections_are_used_again(client_kind: ClientKind, secure: ssl.SSLContext) -> None:
    with Server(Gateway(TOKEN), tls=secure) as server:

        async def scenario() -> None:
            scg = opened(client_kind, named(server))
            await settled(scg.attachments.upload("a", bytes(1 << 20)))
            assert await settled(scg.attachments.download("a")) == bytes(1 << 20)
            assert await contact_of(scg) == "c"
            await settled(scg.close())

        play(client_kind, scenario())
        assert server.accepted == 1


def stalls(exchange: Exchange) -> None:
    """A peer that says nothing until the other has had enough."""
    exchange._connection._sock.recv(1)
    while exchange._connection._sock.recv(1 << 16):
        pass


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_handshake_that_stalls_keeps_within_the_time(client_kind: ClientKind) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.on_accept(stalls)
        begun = time.monotonic()
        outcome = play(client_kind, timed(client_kind, server.url.replace("http:", "https:")))
        assert outcome == "NOT_SENT"
        assert 0.9 < time.monotonic() - begun < LATE


async def timed(client_kind: ClientKind, url: str) -> object:
    scg = opened(client_kind, url, timeout=1)
    try:
        return await contact_of(scg)
    finally:
        await settled(scg.close())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("encrypted", [False, True])
def test_a_peer_that_reads_slowly_cannot_stretch_the_time(
    client_kind: ClientKind, encrypted: bool, secure: ssl.SSLContext
) -> None:
    over = threading.Event()

    def reads_slowly(exchange: Exchange) -> None:
        while not over.wait(0.3) and exchange._connection._sock.recv(16 * 1024):
            pass

    with Server(Gateway(TOKEN), tls=secure if encrypted else None) as server:

        async def scenario(limit: float) -> str | None:
            scg = opened(client_kind, named(server), timeout=limit)
            try:
                await settled(scg.attachments.upload("a", bytes(40 << 20)))
            except scgapi.RequestTimeoutError as error:
                return error.outcome
            finally:
                await settled(scg.close())
            return None

        def attempt(limit: float) -> str | None:
            server.script(("POST", CONTENT), reads_slowly)
            begun = time.monotonic()
            outcome = play(client_kind, scenario(limit))
            assert 0.9 < time.monotonic() - begun < limit + LATE
            return outcome

        assert patiently(1, attempt, lambda outcome: outcome == "UNKNOWN") == "UNKNOWN"
        over.set()


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("kind", ["upload", "send"])
def test_an_early_refusal_is_heard_while_nobody_reads_the_rest(client_kind: ClientKind, kind: str) -> None:
    over = threading.Event()

    def refuses(exchange: Exchange) -> None:  # and neither reads on nor ends
        exchange.send(b"HTTP/1.1 413 X\r\ncontent-length: 2\r\n\r\n{}")
        over.wait(PATIENCE)

    with Server(Gateway(TOKEN)) as server:
        server.script(("POST", CONTENT), refuses)
        server.script(("POST", SENDS), refuses)

        async def scenario() -> str | None:
            scg = opened(client_kind, server.url)
            try:
                if kind == "upload":
                    await settled(scg.attachments.upload("a", bytes(40 << 20)))
                else:
                    body = "x" * (20 << 20)
                    await settled(scg.message_requests.create(from_="1", to=["+15551234567"], body=body))
            except scgapi.ScgError as error:
                return error.outcome
            finally:
                await settled(scg.close())
            return None

        outcome = play(client_kind, scenario())
        over.set()
        assert outcome == "REJECTED"


def test_tasks_that_are_cancelled_anywhere_leave_neither_sockets_nor_places() -> None:
    async def main() -> None:
        async with scgapi.AsyncClient(auth(server.url), transport="fast", retry=ONCE) as scg:
            await scg.contacts.get("c")
            for rounds in range(40):
                tasks = [asyncio.ensure_future(scg.contacts.get("c")) for _ in range(30)]
                for _ in range(rounds % 20):
                    await asyncio.sleep(0)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            found = await asyncio.gather(*(scg.contacts.get("c") for _ in range(150)))
            assert {contact.id for contact in found} == {"c"}

    with Server(Gateway(TOKEN)) as server:
        asyncio.run(main())
        server.settle()
        assert server.open == 0


def test_ctrl_c_leaves_neither_a_socket_nor_a_place() -> None:
    with Server(Gateway(TOKEN)) as server:
        with scgapi.Client(auth(server.url), transport="fast", retry=ONCE) as scg:

            def interrupts(exchange: Exchange) -> None:
                exchange.read()
                os.kill(os.getpid(), signal.SIGINT)
                faults.hang(exchange)

            server.script(GET, interrupts, work_well)
            with pytest.raises(KeyboardInterrupt):
                scg.contacts.get("c")
            server.settle()
            assert scg.contacts.get("c").id == "c"
            assert server.open == 1
        server.settle()


def test_each_event_loop_has_connections_of_its_own() -> None:
    with Server(Gateway(TOKEN)) as server:
        scg = scgapi.AsyncClient(auth(server.url), transport="fast", retry=ONCE)
        with asyncio.Runner() as one, asyncio.Runner() as other:
            assert one.run(contact_of(scg)) == other.run(contact_of(scg)) == one.run(contact_of(scg)) == "c"
            assert server.accepted == 2
            one.run(scg.close())
            other.run(scg.close())
        server.settle()


def test_uvloop_serves_as_well(secure: ssl.SSLContext) -> None:
    uvloop = pytest.importorskip("uvloop")
    for tls in (None, secure):
        with Server(Gateway(TOKEN), tls=tls) as server:
            server.script(
                GET, says(b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n" + BODY + EVIL), work_well
            )
            assert uvloop.run(twice("async", named(server))) == ["c", "c"]
