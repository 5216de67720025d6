"""Names, certificates, proxies, pools and limits: what ends before the gateway has read a byte was not sent."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import scgapi
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.columns import change, delete, get, send, update
from tests.faults.driver import TOKEN, AnyClient, Pauses, auth, opened, play, settled
from tests.faults.ports import full_port
from tests.faults.server import Exchange, Key, Play, Server
from tests.faults.world import CONTACT, SENDS, Gateway
from tests.limits import LATE, PATIENCE

LIMIT = 0.4
SEND = ("POST", SENDS)
Act = Callable[[AnyClient, object], Awaitable[object]]


def failed(
    client_kind: ClientKind, url: str, *, timeout: float | None = None, proxy: str | None = None
) -> tuple[scgapi.ScgError, Pauses]:
    """The error of a send."""
    pauses = Pauses()

    async def scenario() -> scgapi.ScgError:
        async with opened(client_kind, url, pauses, timeout=timeout, proxy=proxy) as scg:
            with pytest.raises(scgapi.ScgError) as caught:
                await settled(send(scg))
            return caught.value

    return play(client_kind, scenario()), pauses


def check_not_sent(error: scgapi.ScgError, attempts: int) -> None:
    assert isinstance(error, scgapi.ConnectionFailedError)
    assert (error.outcome, error.attempts) == ("NOT_SENT", attempts)
    assert "nothing was sent" in str(error)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("code", "attempts"),
    [(socket.EAI_NONAME, 2), (socket.EAI_AGAIN, 4)],
    ids=["no such name", "no answer of the name service"],
)
def test_a_name_that_is_not_found_is_given_up_after_one_more_try(
    client_kind: ClientKind, code: int, attempts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_found(*_: object, **__: object) -> None:
        raise socket.gaierror(code, "not found")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    error, _ = failed(client_kind, "http://gateway.invalid")
    check_not_sent(error, attempts)


@pytest.fixture(scope="module")
def certified() -> ssl.SSLContext:
    """A server's side of TLS, with a certificate that nobody trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("untrusted.pem"))
    return context


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_certificate_that_nobody_trusts_is_never_tried_again(
    client_kind: ClientKind, certified: ssl.SSLContext
) -> None:
    with Server(Gateway(TOKEN), tls=certified) as server:
        error, pauses = failed(client_kind, server.url)
        assert (server.accepted, server.attempts(SEND)) == (1, 0)
    check_not_sent(error, 1)
    assert isinstance(error, scgapi.UntrustedServerError)
    assert pauses == []


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_peer_that_speaks_no_tls_is_never_tried_again(client_kind: ClientKind) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.on_arrival(*[in_plain_text] * 8)
        error, pauses = failed(client_kind, server.url.replace("http:", "https:"))
        assert server.unread == 1
    check_not_sent(error, 1)
    assert pauses == []


def in_plain_text(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 400 X\r\ncontent-length: 0\r\n\r\n")
    exchange.finish()


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fault", [faults.reset, faults.finish])
def test_a_handshake_that_breaks_off_is_tried_again(client_kind: ClientKind, fault: Play) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.on_arrival(*[fault] * 8)
        error, pauses = failed(client_kind, server.url.replace("http:", "https:"))
        assert server.unread == 4
    check_not_sent(error, 4)
    assert len(pauses) == 3


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_handshake_that_hangs_ends_with_the_limit(client_kind: ClientKind) -> None:
    with Server(Gateway(TOKEN)) as server:
        over = threading.Event()

        def silence(exchange: Exchange) -> None:
            over.wait(PATIENCE)
            exchange.reset()

        server.on_arrival(*[silence] * 8)
        began = time.monotonic()
        error, _ = failed(client_kind, server.url.replace("http:", "https:"), timeout=LIMIT)
        over.set()
    assert time.monotonic() - began < LATE
    assert isinstance(error, scgapi.RequestTimeoutError)
    check_not_sent(error, 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_connection_that_is_not_made_ends_with_the_limit(client_kind: ClientKind) -> None:
    with full_port() as port:
        began = time.monotonic()
        error, _ = failed(client_kind, f"http://127.0.0.1:{port}", timeout=LIMIT)
    assert time.monotonic() - began < LATE
    assert isinstance(error, scgapi.RequestTimeoutError)
    check_not_sent(error, 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "fault",
    [
        faults.status(502, faults.HTML),
        faults.reset,
        faults.finish,
        faults.reset_after_request,
        faults.garbage,
    ],
    ids=["502", "reset", "end", "reset after", "garbage"],
)
def test_what_a_proxy_does_not_connect_was_not_sent(client_kind: ClientKind, fault: Play) -> None:
    tunnel = ("CONNECT", "gateway.test:443")
    with Server(Gateway(TOKEN)) as server:
        server.script(tunnel, fault)
        error, _ = failed(client_kind, "https://gateway.test", proxy=server.url)
        assert server.attempts(tunnel) == 4
    check_not_sent(error, 4)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("status", [403, 407])
def test_a_proxy_that_refuses_is_asked_once(client_kind: ClientKind, status: int) -> None:
    tunnel = ("CONNECT", "gateway.test:443")
    with Server(Gateway(TOKEN)) as server:
        server.script(tunnel, faults.status(status))
        error, _ = failed(client_kind, "https://gateway.test", proxy=server.url)
        assert server.attempts(tunnel) == 1
    assert isinstance(error, scgapi.ProxyRefusedError)
    check_not_sent(error, 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_what_a_proxy_passes_on_may_have_had_its_effect(client_kind: ClientKind) -> None:
    with Server(Gateway(TOKEN)) as server:
        whole = ("POST", f"http://gateway.test{SENDS}")
        server.script(whole, faults.status(502, faults.HTML))
        error, _ = failed(client_kind, "http://gateway.test", proxy=server.url)
        assert server.attempts(whole) == 1
    assert isinstance(error, scgapi.OutcomeUnknownError)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_connection_that_is_reset_as_it_is_accepted_costs_no_second_send(client_kind: ClientKind) -> None:
    """Whether a byte had left is for the kernel to say: both answers are true, and neither sends twice."""
    for _ in range(5):
        world, pauses = Gateway(TOKEN), Pauses()
        with Server(world) as server:
            server.on_accept(faults.reset)

            async def scenario(url: str = server.url, pauses: Pauses = pauses) -> object:
                async with opened(client_kind, url, pauses) as scg:
                    try:
                        return await send(scg)
                    except scgapi.OutcomeUnknownError:
                        return None

            sent = play(client_kind, scenario())
        assert len(world.sends) == (0 if sent is None else 1)


def test_a_full_pool_ends_with_the_limit_and_has_sent_nothing() -> None:
    arrived, leave = threading.Event(), threading.Event()

    def occupy(exchange: Exchange) -> None:
        arrived.set()
        leave.wait(PATIENCE)
        exchange.answer(exchange.execute())

    with (
        Server(Gateway(TOKEN)) as server,
        httpx.Client(limits=httpx.Limits(max_connections=1)) as mine,
        scgapi.Client(auth(server.url), http_client=mine, timeout=PATIENCE) as patient,
        scgapi.Client(auth(server.url), http_client=mine, timeout=LIMIT) as hasty,
        ThreadPoolExecutor(1) as beside,
    ):
        server.script(("GET", CONTACT), occupy)
        first = beside.submit(patient.contacts.get, "c")
        assert arrived.wait(PATIENCE)
        began = time.monotonic()
        with pytest.raises(scgapi.RequestTimeoutError) as caught:
            hasty.message_requests.create(from_="1", to=["+15551234567"], body="Hi")
        took = time.monotonic() - began
        leave.set()
        assert first.result(PATIENCE).id == "c"
        assert server.attempts(SEND) == 0
    assert took < LATE
    check_not_sent(caught.value, 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("act", "key"),
    [(get, ("GET", CONTACT)), (delete, ("DELETE", CONTACT)), (send, SEND), (update, ("POST", CONTACT))],
    ids=["get", "delete", "send", "update"],
)
def test_the_limit_spans_all_attempts_and_pauses(client_kind: ClientKind, act: Act, key: Key) -> None:
    """40 s have room for two pauses of 15 s; what would pass them is not begun."""
    pauses = Pauses()
    with Server(Gateway(TOKEN)) as server:

        async def scenario() -> scgapi.RateLimitError:
            async with opened(client_kind, server.url, pauses, timeout=40) as scg:
                subject = await change(scg)
                server.forget()
                server.script(key, faults.status(429, headers={"retry-after": "15"}))
                with pytest.raises(scgapi.RateLimitError) as caught:
                    await act(scg, subject)
                return caught.value

        error = play(client_kind, scenario())
        assert (server.attempts(key), error.attempts, pauses) == (3, 3, [15, 15])
    assert (error.outcome, error.retry_after) == ("REJECTED", 15)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_all_connections_at_once_fail_as_one(client_kind: ClientKind) -> None:
    """The idle connections of a pool are closed together: each call finds that out, and makes a new one."""
    pauses = Pauses()
    with Server(Gateway(TOKEN)) as server:
        server.script(("GET", CONTACT), faults.close_after)

        async def scenario() -> None:
            async with opened(client_kind, server.url, pauses) as scg:
                for _ in range(5):
                    await get(scg, None)
                    server.settle()

        play(client_kind, scenario())
        assert (server.attempts(("GET", CONTACT)), server.accepted, pauses) == (5, 5, [])
