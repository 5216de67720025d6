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

import scgapi
from scgapi._tasks.trace import AsyncTrace
from scgapi._threads.trace import Trace
from tests.colours import COLOURS, Colour

LIMIT = 0.4  # seconds
GRACE = 0.5  # seconds that a call may end late
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
        thread.join(5)


def dripping(start: bytes, drop: bytes, every: float) -> Callable[[socket.socket, threading.Event], None]:
    def behave(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(start)
        while not over.wait(every):
            connection.sendall(drop)

    return behave


def silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait(10)


def asking_to_wait(connection: socket.socket, over: threading.Event) -> None:
    while connection.recv(65536):
        connection.sendall(b"HTTP/1.1 429 No\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n")


PEERS = {
    "says nothing": silent,
    "drips its head": dripping(b"HTTP/1.1 200 OK\r\nx: ", b"x", 0.02),
    "drips its head without a pause": dripping(b"HTTP/1.1 200 OK\r\nx: ", b"x", 0.0001),
    "drips its body": dripping(HEAD, b" ", 0.02),
    "drips its body without a pause": dripping(HEAD, b" ", 0.0001),
    "has no room for ever": asking_to_wait,
}


def called(colour: Colour, url: str, *, own: bool = False, proxy: str | None = None) -> scgapi.ScgError:
    """The error of a call, over our connections or through a caller's client."""
    auth, retry = scgapi.AuthInfo(token="t", url=url), scgapi.RetryPolicy(attempts=1000)

    def one() -> None:
        with httpx.Client(proxy=proxy) as theirs:
            http = theirs if own or proxy else None
            with scgapi.Client(auth, timeout=LIMIT, retry=retry, http_client=http) as scg:
                scg.contacts.get("c")

    async def another() -> None:
        async with httpx.AsyncClient(proxy=proxy) as theirs:
            http = theirs if own or proxy else None
            async with scgapi.AsyncClient(auth, timeout=LIMIT, retry=retry, http_client=http) as scg:
                await scg.contacts.get("c")

    with pytest.raises(scgapi.ScgError) as caught:
        one() if colour == "sync" else asyncio.run(another())
    return caught.value


@pytest.mark.parametrize("own", [False, True], ids=["our connections", "the caller's client"])
@pytest.mark.parametrize("behaviour", PEERS)
@pytest.mark.parametrize("colour", COLOURS)
def test_no_call_outlasts_its_limit(colour: Colour, behaviour: str, own: bool) -> None:
    with peer(PEERS[behaviour]) as url:
        began = time.monotonic()
        error = called(colour, url, own=own)
        assert time.monotonic() - began < LIMIT + GRACE
    assert isinstance(error, scgapi.RequestTimeoutError | scgapi.RateLimitError)
    if isinstance(error, scgapi.RequestTimeoutError):
        assert "time limit of 0.4 s" in str(error)
        assert error.outcome == ("ACCEPTED_UNPARSED" if "body" in behaviour else "UNKNOWN")


@pytest.mark.parametrize("colour", COLOURS)
def test_a_handshake_that_does_not_end_is_cut_short(colour: Colour) -> None:
    def record(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"\x16\x03\x03\x40\x00")  # a TLS record of 16 KiB, a byte at a time
        while not over.wait(0.02):
            connection.sendall(b"\x02")

    with peer(record) as url:
        began = time.monotonic()
        error = called(colour, url.replace("http:", "https:"))
        assert time.monotonic() - began < LIMIT + GRACE
    assert isinstance(error, scgapi.RequestTimeoutError)
    assert error.outcome == "NOT_SENT"


@pytest.mark.parametrize("colour", COLOURS)
def test_a_peer_that_speaks_no_tls_is_not_tried_again(colour: Colour) -> None:
    def plain(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")

    with peer(plain) as url:
        error = called(colour, url.replace("http:", "https:"))
    assert isinstance(error, scgapi.UntrustedServerError)
    assert (error.outcome, error.attempts) == ("NOT_SENT", 1)


@pytest.mark.parametrize("colour", COLOURS)
def test_a_name_that_nobody_has_is_tried_twice_and_named_as_the_cause(
    colour: Colour, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def unknown(host: object, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    error = called(colour, "http://no-such-host.example")
    assert isinstance(error, scgapi.UnknownHostError)
    assert "check the url" in str(error)
    assert (error.outcome, error.attempts) == ("NOT_SENT", 2)
    assert len(asked) in (2, 4)  # once or twice an attempt: some count the addresses first


@pytest.mark.parametrize("colour", COLOURS)
def test_a_proxy_that_refuses_has_kept_the_request_from_leaving(colour: Colour) -> None:
    def no(connection: socket.socket, over: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n")

    with peer(no) as url:
        assert called(colour, "https://gateway.example", proxy=url).outcome == "NOT_SENT"


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
        assert time.monotonic() - began < 2 * (LIMIT + GRACE)


def test_a_step_is_understood_in_either_colour() -> None:
    for heard in (Trace(), AsyncTrace()):
        assert not heard.heard
        heard.hear("connection.connect_tcp.started", {})
        assert (heard.heard, heard.left) == (True, False)
        heard.hear("http2.send_request_headers.started", {})
        assert heard.left


def test_certificates_are_read_once() -> None:
    from scgapi._trust import trust

    assert trust(True) is trust(True)
    assert trust(True).verify_mode == trust(False).verify_mode == ssl.CERT_REQUIRED


def test_all_addresses_of_a_host_share_the_time_to_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    def four(*_: object, **__: object) -> list[object]:
        return [object()] * 4

    monkeypatch.setattr(socket, "getaddrinfo", four)
    info: dict[str, object] = {"host": "gateway.example", "port": 443, "timeout": 8.0}
    Trace()("connection.connect_tcp.started", info)
    assert info["timeout"] == 2.0


@pytest.mark.parametrize("colour", COLOURS)
def test_an_upload_with_its_token_is_one_call(colour: Colour) -> None:
    def slow(connection: socket.socket, over: threading.Event) -> None:
        while connection.recv(65536):
            over.wait(LIMIT * 0.7)
            connection.sendall(b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"id": "t"}')

    with peer(slow) as url:
        auth = scgapi.AuthInfo(token="t", url=url)
        began = time.monotonic()
        if colour == "sync":
            with scgapi.Client(auth, timeout=LIMIT) as scg, pytest.raises(scgapi.RequestTimeoutError):
                scg.attachments.upload("a", b"content")
        else:

            async def main() -> None:
                async with scgapi.AsyncClient(auth, timeout=LIMIT) as scg:
                    with pytest.raises(scgapi.RequestTimeoutError):
                        await scg.attachments.upload("a", b"content")

            asyncio.run(main())
        assert time.monotonic() - began < LIMIT + GRACE
