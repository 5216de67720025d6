"""A call has one time limit, and nothing stretches it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import httpx
import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

import scgapi
from scgapi._core.deadline import Deadline
from scgapi._fast.origin import parse_origin
from scgapi._fast.tasks.connection import AsyncHTTP11Connection
from scgapi._io.clock import SystemClock
from scgapi._io.network import Network
from scgapi._io.tasks.trace import AsyncTrace
from scgapi._io.threads.trace import Trace
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.limits import LATE, PATIENCE, patiently

LIMIT = 0.4  # seconds
HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\ncontent-type: application/json\r\n\r\n"


@contextmanager
def peer(behave: Callable[[socket.socket, threading.Event], None]) -> Generator[str, None, None]:
    """A server that does to each connection what it is told, until the test ends."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def one(connection: socket.socket) -> None:
        with connection:
            try:
                behave(connection, over)
            except OSError:
                pass

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=[connection], daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(PATIENCE)


def dripping(start: bytes, drop: bytes, every: float) -> Callable[[socket.socket, threading.Event], None]:
    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(start)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not over.wait(every):
            connection.sendall(drop)

    return behave


def silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait(PATIENCE)


def asking_to_wait(connection: socket.socket, over: threading.Event) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and connection.recv(65536):
        connection.sendall(b"HTTP/1.1 429 No\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n")


PEERS = {
    "says nothing": silent,
    "drips its head": dripping(b"HTTP/1.1 200 OK\r\nx: ", b"x", 0.02),
    "drips its head without a pause": dripping(b"HTTP/1.1 200 OK\r\nx: ", b"x", 0.0001),
    "drips its body": dripping(HEAD, b" ", 0.02),
    "drips its body without a pause": dripping(HEAD, b" ", 0.0001),
    "has no room for ever": asking_to_wait,
}


def called(
    client_kind: ClientKind, url: str, *, own: bool = False, proxy: str | None = None, limit: float = LIMIT
) -> scgapi.ScgError:
    """The error of a call, over our connections or through a caller's client."""
    auth, retry = scgapi.AuthInfo(token="t", url=url), scgapi.RetryPolicy(attempts=1000)

    def one() -> None:
        with httpx.Client(proxy=proxy) as theirs:
            http = theirs if own or proxy else None
            with scgapi.Client(auth, timeout=limit, retry=retry, http_client=http) as scg:
                scg.contacts.get("c")

    async def another() -> None:
        async with httpx.AsyncClient(proxy=proxy) as theirs:
            http = theirs if own or proxy else None
            async with scgapi.AsyncClient(auth, timeout=limit, retry=retry, http_client=http) as scg:
                await scg.contacts.get("c")

    with pytest.raises(scgapi.ScgError) as caught:
        one() if client_kind == "sync" else asyncio.run(another())
    return caught.value


@pytest.mark.parametrize("own", [False, True], ids=["our connections", "the caller's client"])
@pytest.mark.parametrize("behaviour", PEERS)
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_no_call_outlasts_its_limit(client_kind: ClientKind, behaviour: str, own: bool) -> None:
    # Refused over and over, the last attempt may end before or after it is sent.
    outcomes = {"UNKNOWN", "NOT_SENT"} if "room" in behaviour else {"UNKNOWN"}
    outcomes = {"ACCEPTED_UNPARSED"} if "body" in behaviour else outcomes

    def attempt(limit: float) -> scgapi.ScgError:
        began = time.monotonic()
        error = called(client_kind, url, own=own, limit=limit)
        assert time.monotonic() - began < limit + LATE
        assert isinstance(error, scgapi.RequestTimeoutError | scgapi.RateLimitError)
        assert isinstance(error, scgapi.RateLimitError) or f"timed out after {limit:g} s" in str(error)
        return error

    def is_enough(error: scgapi.ScgError) -> bool:
        return isinstance(error, scgapi.RateLimitError) or error.outcome in outcomes

    with peer(PEERS[behaviour]) as url:
        error = patiently(LIMIT, attempt, is_enough)
    assert is_enough(error)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_handshake_that_does_not_end_is_cut_short(client_kind: ClientKind) -> None:
    def record(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"\x16\x03\x03\x40\x00")  # a TLS record of 16 KiB, a byte at a time
        while not over.wait(0.02):
            connection.sendall(b"\x02")

    with peer(record) as url:
        began = time.monotonic()
        error = called(client_kind, url.replace("http:", "https:"))
        assert time.monotonic() - began < LATE
    assert isinstance(error, scgapi.RequestTimeoutError)
    assert error.outcome == "NOT_SENT"


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_peer_that_speaks_no_tls_is_not_tried_again(client_kind: ClientKind) -> None:
    def plain(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")

    with peer(plain) as url:
        error = called(client_kind, url.replace("http:", "https:"))
    assert isinstance(error, scgapi.UntrustedServerError)
    assert (error.outcome, error.attempts) == ("NOT_SENT", 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_name_that_nobody_has_is_tried_twice_and_named_as_the_cause(
    client_kind: ClientKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def unknown(host: object, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = called(client_kind, "http://no-such-host.example")
    assert isinstance(error, scgapi.UnknownHostError)
    assert "Check the url" in str(error)
    assert (error.outcome, error.attempts) == ("NOT_SENT", 2)
    assert len(asked) in (2, 4)  # once or twice an attempt: some count the addresses first


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_proxy_that_refuses_has_kept_the_request_from_leaving(client_kind: ClientKind) -> None:
    def no(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n")

    with peer(no) as url:
        assert called(client_kind, "https://gateway.example", proxy=url).outcome == "NOT_SENT"


def test_a_slow_reader_does_not_hold_an_upload_beyond_its_limit() -> None:
    def sips(connection: socket.socket, over: threading.Event) -> None:
        head = connection.recv(65536)
        if b"access_tokens" in head:
            body = b'{"id": "t"}'
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
        while not over.wait(0.02):
            connection.recv(1)

    with peer(sips) as url, scgapi.Client(scgapi.AuthInfo(token="t", url=url), timeout=LIMIT) as scg:
        began = time.monotonic()
        with pytest.raises(scgapi.RequestTimeoutError):
            scg.attachments.upload("a", bytes(50_000_000))
        assert time.monotonic() - began < LATE


def test_a_step_is_understood_with_either_client() -> None:
    for trace in (Trace(), AsyncTrace()):
        assert not trace.has_events
        trace.on_event("connection.connect_tcp.started", {})
        assert (trace.has_events, trace.may_have_sent) == (True, False)
        trace.on_event("http2.send_request_headers.started", {})
        assert trace.may_have_sent


@pytest.mark.parametrize("event", ["http11.send_request_headers.started", "http2.send_request_body.started"])
def test_nothing_is_written_after_the_deadline_whenever_the_process_wakes_up(event: str) -> None:
    # Timers alone do not do: a process that was stopped may write before they are looked at.
    now = [0.0]
    deadline = Deadline(SystemClock(monotonic=lambda: now[0]), 1.0, 1.0)
    for trace in (Trace(deadline), AsyncTrace(deadline)):
        now[0] = 0.5
        trace.on_event("http11.send_request_headers.started", {})
        now[0] = 3.0
        with pytest.raises(TimeoutError):
            trace.on_event(event, {})
    late = AsyncTrace(deadline)
    with pytest.raises(TimeoutError):
        late.on_event("http11.send_request_headers.started", {})
    assert not late.may_have_sent


def test_the_fast_transport_writes_nothing_after_the_deadline() -> None:
    now, asked, over = [0.0], [0], asyncio.Event()
    deadline = Deadline(SystemClock(monotonic=lambda: now[0]), 1.0, 1.0)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readline():
            await reader.readline()
            asked[0] += 1
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        over.set()

    async def scenario() -> bool:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            origin = parse_origin(url)
            assert origin is not None
            connection = AsyncHTTP11Connection(Network(url))
            head = b"GET / HTTP/1.1\r\n\r\n"
            assert (await connection.send(origin, head, None, deadline))[0] == 200
            connection.release()
            now[0] = 3.0
            with pytest.raises(TimeoutError):
                await connection.send(origin, head, None, deadline)
            await connection.aclose()
            await over.wait()
            return connection.may_have_sent

    assert asyncio.run(scenario()) is False
    assert asked == [1]


def test_certificates_are_read_once() -> None:
    from scgapi._io.network import default_context

    assert default_context(True) is default_context(True)
    assert default_context(True).verify_mode == default_context(False).verify_mode == ssl.CERT_REQUIRED


def test_all_addresses_of_a_host_share_the_time_to_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    def four(*_: object, **__: object) -> list[object]:
        return [object()] * 4

    monkeypatch.setattr(socket, "getaddrinfo", four)
    info: dict[str, object] = {"host": "gateway.example", "port": 443, "timeout": 8.0}
    Trace()("connection.connect_tcp.started", info)
    assert info["timeout"] == 2.0


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_an_upload_with_its_token_is_one_call(client_kind: ClientKind) -> None:
    def slow(connection: socket.socket, over: threading.Event) -> None:
        while connection.recv(65536):
            over.wait(LIMIT * 0.7)
            connection.sendall(b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"id": "t"}')

    with peer(slow) as url:
        auth = scgapi.AuthInfo(token="t", url=url)
        began = time.monotonic()
        if client_kind == "sync":
            with scgapi.Client(auth, timeout=LIMIT) as scg, pytest.raises(scgapi.RequestTimeoutError):
                scg.attachments.upload("a", b"content")
        else:

            async def main() -> None:
                async with scgapi.AsyncClient(auth, timeout=LIMIT) as scg:
                    with pytest.raises(scgapi.RequestTimeoutError):
                        await scg.attachments.upload("a", b"content")

            asyncio.run(main())
        assert time.monotonic() - began < LATE


DROPS = 150  # at 0.02 s each: a client that is not stopped ends all the same


def first_well(then: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Answer the first request of a connection well, and drip the answer to the second."""

    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        connection.recv(65536)
        connection.sendall(then)
        for _ in range(DROPS):
            connection.sendall(b"x")
            over.wait(0.02)

    return behave


def first_well_over_http2(connection: socket.socket, over: threading.Event) -> None:
    h2 = H2Connection(H2Configuration(client_side=False))
    h2.initiate_connection()
    answered = 0
    while data := connection.recv(65536):
        for event in h2.receive_data(data):
            if isinstance(event, RequestReceived):
                answered += 1
                long = [("x", "y" * DROPS)] if answered > 1 else []
                h2.send_headers(event.stream_id, [(":status", "200"), *long], end_stream=True)
        if answered < 2:
            connection.sendall(h2.data_to_send())
            continue
        for byte in h2.data_to_send():
            connection.sendall(bytes([byte]))
            over.wait(0.02)


REUSED = {
    "drips its head": (first_well(b"HTTP/1.1 200 OK\r\nx: "), False),
    "drips its body": (first_well(HEAD), False),
    "drips its head over HTTP/2": (first_well_over_http2, True),
}


@pytest.mark.parametrize("behaviour", REUSED)
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_connection_that_the_caller_opened_keeps_to_the_limit(
    client_kind: ClientKind, behaviour: str
) -> None:
    behave, http2 = REUSED[behaviour]
    with peer(behave) as url:
        auth = scgapi.AuthInfo(token="t", url=url)

        def sync() -> float:
            with httpx.Client(http1=not http2, http2=http2) as mine:
                mine.get(url)
                with scgapi.Client(auth, timeout=LIMIT, http_client=mine) as scg:
                    scg.contacts  # noqa: B018 - loads the models, which takes time
                    began = time.monotonic()
                    with pytest.raises(scgapi.RequestTimeoutError):
                        scg.contacts.get("c")
                    return time.monotonic() - began

        async def asynchronous() -> float:
            async with httpx.AsyncClient(http1=not http2, http2=http2) as mine:
                await mine.get(url)
                async with scgapi.AsyncClient(auth, timeout=LIMIT, http_client=mine) as scg:
                    scg.contacts  # noqa: B018 - loads the models, which takes time
                    began = time.monotonic()
                    with pytest.raises(scgapi.RequestTimeoutError):
                        await scg.contacts.get("c")
                    return time.monotonic() - began

        took = sync() if client_kind == "sync" else asyncio.run(asynchronous())
    assert took < LATE


def test_a_stream_that_takes_no_attributes_is_left_as_it_is() -> None:
    class Stream:
        __slots__ = ()

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return b""

        def write(self, buffer: bytes, timeout: float | None = None) -> None: ...
        def start_tls(self) -> None: ...

    stream = Stream()
    Trace()("connection.connect_tcp.complete", {"return_value": stream})
    assert stream.read(1) == b""


def test_a_stream_that_no_frame_holds_is_not_missed() -> None:
    trace = Trace()
    trace("http11.send_request_headers.started", {})
    assert trace.may_have_sent
