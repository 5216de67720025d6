"""An error of any kind below the client ends a call as a ConnectionFailedError whose outcome is true."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import io
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import anyio
import h11
import httpx
import pytest

import scgapi
from scgapi._async.transport import httpx_engine as of_tasks
from scgapi._fast.tasks import connection as fast_tasks
from scgapi._fast.threads import connection as fast_threads
from scgapi._fast.threads.socket_stream import SocketStream
from scgapi._http.attempt import TransportName
from scgapi._io.network import Network
from scgapi._sync.transport import httpx_engine as of_threads
from scgapi.errors import Outcome
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind
from tests.faults import faults
from tests.faults.driver import TOKEN, AnyClient, auth, play, settled
from tests.faults.server import Server
from tests.faults.world import Gateway

Phase = Literal["connect", "sent", "body", "refusal", "close"]

KINDS: list[BaseException] = [
    AttributeError("'NoneType' object has no attribute 'getpeername'"),
    RuntimeError("Event loop is closed"),
    OSError(errno.EMFILE, "Too many open files"),
    ConnectionResetError(errno.ECONNRESET, "reset"),
    ssl.SSLError(1, "APPLICATION_DATA_AFTER_CLOSE_NOTIFY"),
    ValueError("file descriptor cannot be a negative integer"),
    UnicodeDecodeError("ascii", b"\xff", 0, 1, "ordinal not in range"),
    anyio.ClosedResourceError(),
    h11.LocalProtocolError("too much data"),
    ExceptionGroup("several", [OSError(), KeyError()]),
    AssertionError("canary"),
    RecursionError(),
    MemoryError(),
    EOFError(),
]
OUTCOMES: dict[Phase, Outcome] = {
    "connect": "NOT_SENT",
    "sent": "UNKNOWN",
    "body": "ACCEPTED_UNPARSED",
    "close": "ACCEPTED_UNPARSED",
}
by_kind = pytest.mark.parametrize("error", KINDS, ids=repr)
both_clients = pytest.mark.parametrize("client_kind", CLIENT_KINDS)


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off, or that cannot be closed."""

    def __init__(self, phase: Phase, error: BaseException) -> None:
        self._phase, self._error = phase, error

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"id":'
        if self._phase != "close":
            raise self._error
        yield b'"c"}'

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        if self._phase == "close":
            raise self._error

    async def aclose(self) -> None:
        self.close()


class Failing(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport that fails in one phase; it tells the client's trace of its steps, as httpcore does."""

    def __init__(self, phase: Phase, error: BaseException) -> None:
        self._phase: Phase = phase
        self._error = error

    def _steps(self) -> list[str]:
        return ["connection.connect_tcp.started"] + ["http11.send_request_headers.started"] * (
            self._phase != "connect"
        )

    def _response(self) -> httpx.Response:
        if self._phase in ("connect", "sent"):
            raise self._error
        return httpx.Response(403 if self._phase == "refusal" else 200, stream=Body(self._phase, self._error))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for step in self._steps():
            request.extensions["trace"](step, {})
        return self._response()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        for step in self._steps():
            await request.extensions["trace"](step, {})
        return self._response()

    def close(self) -> None:
        raise self._error

    async def aclose(self) -> None:
        raise self._error


def connect_through(monkeypatch: pytest.MonkeyPatch, phase: Phase, error: BaseException) -> None:
    """Give clients connections that fail."""

    def connection(network: Network) -> Failing:
        return Failing(phase, error)

    make_connections_by(monkeypatch, connection)


def make_connections_by(monkeypatch: pytest.MonkeyPatch, new: Callable[[Network], Failing]) -> None:
    """Have clients send through httpx, whatever the whole run is to use."""

    def for_threads(_: object, transport: TransportName, network: Network) -> of_threads.HttpxEngine:
        return of_threads.HttpxEngine(network)

    def for_tasks(_: object, transport: TransportName, network: Network) -> of_tasks.AsyncHttpxEngine:
        return of_tasks.AsyncHttpxEngine(network)

    monkeypatch.setattr("scgapi._sync.transport.transport._engine", for_threads)
    monkeypatch.setattr("scgapi._async.transport.transport._engine", for_tasks)
    for engine in (of_threads, of_tasks):
        monkeypatch.setattr(engine, "_new_connection", new)


def opened(
    client_kind: ClientKind,
    url: str = "http://127.0.0.1:9",
    transport: TransportName = "httpx",
    timeout: float = 10,
) -> AnyClient:
    if client_kind == "sync":
        return scgapi.Client(auth(url), retry=ONCE, transport=transport, timeout=timeout)
    return scgapi.AsyncClient(auth(url), retry=ONCE, transport=transport, timeout=timeout)


async def failed(scg: AnyClient) -> scgapi.ScgError:
    try:
        with pytest.raises(scgapi.ScgError) as caught:
            await settled(scg.contacts.get("c"))
    finally:
        await settled(scg.close())
    return caught.value


@both_clients
@by_kind
@pytest.mark.parametrize("phase", OUTCOMES)
def test_errors_of_our_own_connections(
    client_kind: ClientKind, phase: Phase, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect_through(monkeypatch, phase, error)
    found = play(client_kind, failed(opened(client_kind)))
    assert isinstance(found, scgapi.ConnectionFailedError)
    assert (found.operation, found.outcome) == ("contacts.get", OUTCOMES[phase])
    told = type(error).__name__
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) and error.errno:
        told = os.strerror(error.errno).lower()
    assert told in str(found)
    assert "canary" not in str(found)


@both_clients
@by_kind
def test_a_refusal_whose_text_breaks_off_is_still_a_refusal(
    client_kind: ClientKind, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect_through(monkeypatch, "refusal", error)
    assert isinstance(play(client_kind, failed(opened(client_kind))), scgapi.PermissionDeniedError)


@both_clients
@by_kind
def test_a_connection_that_cannot_be_made_was_not_used(
    client_kind: ClientKind, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(network: Network) -> Failing:
        raise error

    make_connections_by(monkeypatch, refuse)
    found = play(client_kind, failed(opened(client_kind)))
    assert isinstance(found, scgapi.ConnectionFailedError)
    assert found.outcome == "NOT_SENT"


async def failed_through(client_kind: ClientKind, transport: Failing) -> scgapi.ScgError:
    if client_kind == "sync":
        scg: AnyClient = scgapi.Client(
            auth("http://h"), retry=ONCE, http_client=httpx.Client(transport=transport)
        )
    else:
        mine = httpx.AsyncClient(transport=transport)
        scg = scgapi.AsyncClient(auth("http://h"), retry=ONCE, http_client=mine)
    return await failed(scg)


@both_clients
@by_kind
@pytest.mark.parametrize("phase", OUTCOMES)
def test_errors_of_a_client_of_the_callers(
    client_kind: ClientKind, phase: Phase, error: BaseException
) -> None:
    found = play(client_kind, failed_through(client_kind, Failing(phase, error)))
    assert isinstance(found, scgapi.ConnectionFailedError)
    assert found.outcome == OUTCOMES[phase]


@both_clients
@by_kind
@pytest.mark.parametrize("phase", ["connect", "sent"])
def test_a_transport_that_tells_nothing_may_have_sent(
    client_kind: ClientKind, phase: Phase, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_: Failing) -> list[str]:
        return []

    monkeypatch.setattr(Failing, "_steps", nothing)
    assert play(client_kind, failed_through(client_kind, Failing(phase, error))).outcome == "UNKNOWN"


@both_clients
@by_kind
@pytest.mark.parametrize("phase", ["connect", "sent"])
def test_errors_of_the_fast_transport(
    client_kind: ClientKind, phase: Phase, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise error

    async def refuse_async(*_: object) -> None:
        raise error

    if phase == "connect":
        monkeypatch.setattr(fast_threads, "SocketStream", refuse)
        monkeypatch.setattr(fast_tasks, "_connect", refuse_async)
    else:
        monkeypatch.setattr(SocketStream, "receive", refuse)
        monkeypatch.setattr(fast_tasks._HTTP11Protocol, "wait", refuse_async)
    with Server(Gateway(TOKEN)) as server:
        found = play(client_kind, failed(opened(client_kind, server.url, "fast")))
    assert isinstance(found, scgapi.ConnectionFailedError)
    assert found.outcome == OUTCOMES[phase]


@both_clients
@by_kind
@pytest.mark.parametrize("phase", OUTCOMES)
def test_errors_while_the_token_is_refreshed(
    client_kind: ClientKind, phase: Phase, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect_through(monkeypatch, phase, error)
    credentials = scgapi.AuthInfo("the-key", "the-secret", url="http://127.0.0.1:9")

    async def scenario() -> scgapi.ScgError:
        kind = scgapi.Client if client_kind == "sync" else scgapi.AsyncClient
        return await failed(kind(credentials, retry=ONCE, timeout=0.2))

    found = play(client_kind, scenario())
    assert isinstance(found, scgapi.ConnectionFailedError)
    assert (found.operation, found.outcome) == ("contacts.get", "NOT_SENT")


@both_clients
@pytest.mark.parametrize("early", [True, False])
def test_a_thread_that_cannot_be_started_for_the_token_file(
    client_kind: ClientKind, early: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(
        "scgapi._io.token_file.TokenFile.read" if early else "scgapi._io.token_file.StoreLock.acquire", refuse
    )
    credentials = scgapi.AuthInfo("k", "s", url="http://127.0.0.1:9", token_file=tmp_path / "t")

    async def scenario() -> scgapi.ScgError:
        return await failed((scgapi.Client if client_kind == "sync" else scgapi.AsyncClient)(credentials))

    found = play(client_kind, scenario())
    assert isinstance(found, scgapi.ConnectionFailedError)
    assert (found.operation, found.outcome) == ("contacts.get", "NOT_SENT")


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, asyncio.CancelledError, GeneratorExit])
@both_clients
def test_what_ends_a_program_or_a_task_passes_through(
    client_kind: ClientKind, kind: type[BaseException]
) -> None:
    async def scenario() -> None:
        with pytest.raises(kind):
            await failed_through(client_kind, Failing("sent", kind()))

    if client_kind == "sync":
        play(client_kind, scenario())
    else:
        with contextlib.suppress(kind):
            asyncio.run(scenario())


class Bug(Exception):
    """A mistake in the caller's own code."""


class Source(io.BytesIO):
    """A file object of the caller's with a mistake in it."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size == 0:
            return b""
        raise Bug


def raise_bug(_: scgapi.Transfer) -> None:
    raise Bug


def upload_with_progress(scg: AnyClient) -> object:
    return scg.attachments.upload("a", b"content", on_progress=raise_bug)


def upload(scg: AnyClient) -> object:
    return scg.attachments.upload("a", Source(b"content"))


def create_and_upload(scg: AnyClient) -> object:
    return scg.attachments.create_and_upload(Source(b"content"), type="text/plain")


def download(scg: AnyClient) -> object:
    return scg.attachments.download("a", on_progress=raise_bug)


TRANSFERS = [upload_with_progress, upload, create_and_upload, download]


@both_clients
@pytest.mark.parametrize("transport", ["httpx", "fast"])
@pytest.mark.parametrize("transfer", TRANSFERS)
def test_mistakes_of_the_callers_stay_their_own(
    client_kind: ClientKind, transport: TransportName, transfer: Callable[[AnyClient], object]
) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.script(
            ("POST", "/scg-external-api/api/v1/messaging/attachments"), faults.status(200, b'{"id": "a"}')
        )

        async def scenario() -> None:
            scg = opened(client_kind, server.url, transport)
            with pytest.raises(Bug):
                await settled(transfer(scg))
            await settled(scg.contacts.get("c"))
            await settled(scg.close())

        play(client_kind, scenario())


@contextmanager
def no_descriptor_left() -> Generator[None]:
    """Let this process open nothing further."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = [os.dup(0)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[0] + 1, hard))
    try:
        while True:
            try:
                taken.append(os.dup(0))
            except OSError:
                break
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for number in taken:
            os.close(number)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@both_clients
@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_without_a_free_descriptor_nothing_was_sent(
    client_kind: ClientKind, transport: TransportName
) -> None:
    with Server(Gateway(TOKEN)) as server:

        async def scenario() -> scgapi.ScgError:
            scg = opened(client_kind, server.url, transport)
            with no_descriptor_left(), pytest.raises(scgapi.ConnectionFailedError) as caught:
                await settled(scg.contacts.get("c"))
            await settled(scg.contacts.get("c"))
            await settled(scg.close())
            return caught.value

        assert play(client_kind, scenario()).outcome == "NOT_SENT"


@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_uvloop_and_a_peer_that_resets_at_once(transport: TransportName) -> None:
    uvloop = pytest.importorskip("uvloop")

    async def main(url: str) -> list[object]:
        async with scgapi.AsyncClient(auth(url), retry=ONCE, transport=transport) as scg:
            calls = (scg.contacts.get("c") for _ in range(300))
            return list(await asyncio.gather(*calls, return_exceptions=True))

    with Server(Gateway(TOKEN)) as server:
        server.on_accept(*[faults.reset] * 300)
        found = uvloop.run(main(server.url))
    assert {isinstance(error, scgapi.ConnectionFailedError) for error in found} == {True}


@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_uvloop_and_a_port_that_nobody_serves(transport: TransportName) -> None:
    uvloop = pytest.importorskip("uvloop")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}"
        found = uvloop.run(failed(opened("async", url, transport)))
    assert (type(found), found.outcome) == (scgapi.ConnectionFailedError, "NOT_SENT")
