"""httpcore's trace of an attempt, and values that are created for each call."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from pathlib import Path

import pytest

from scgapi._core.request import Request
from scgapi._core.response import Response
from scgapi._http.connect_trace import ConnectTrace
from scgapi._io.clock import SystemClock
from scgapi.models import contacts

CONNECTION = object()
CERTIFICATE = Path(__file__).parents[1] / "faults" / "untrusted.pem"  # of localhost


class ToProxy:
    method = b"CONNECT"


class Own:
    method = b"POST"


@pytest.mark.parametrize("version", ["http11", "http2"])
def test_a_request_may_have_left_once_its_headers_are_being_written(version: str) -> None:
    trace = ConnectTrace()
    assert (trace.has_events, trace.may_have_sent, trace.unused_stream) == (False, False, None)
    trace.on_event("connection.connect_tcp.started", {})
    trace.on_event("connection.connect_tcp.complete", {"return_value": CONNECTION})
    assert (trace.has_events, trace.may_have_sent, trace.unused_stream) == (True, False, CONNECTION)
    trace.on_event(f"{version}.send_request_headers.started", {"request": Own()})
    assert (trace.may_have_sent, trace.unused_stream) == (True, None)


def test_what_a_proxy_is_asked_is_not_the_request() -> None:
    trace = ConnectTrace()
    trace.on_event("http11.send_request_headers.started", {"request": ToProxy()})
    assert (trace.has_events, trace.may_have_sent) == (True, False)


class Peer:
    """Both ends of a TLS connection in memory."""

    def __init__(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.wire = back
        trusted = ssl.create_default_context(cafile=CERTIFICATE)
        self.client = trusted.wrap_bio(back, there, server_hostname="localhost")
        self.server = context.wrap_bio(there, back, server_side=True)
        for end in (self.client, self.server, self.client, self.server):
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()

    def get_extra_info(self, name: str) -> object:
        return self.client if name == "ssl_object" else None


class HTTP11:
    """What httpcore has for each connection, so far as it is looked at."""

    def __init__(self, buffered: bytes = b"", stream: object = None) -> None:
        self.trailing_data = (buffered, False)
        self.is_broken = False
        self._network_stream = stream
        self._h11_state = self

    def send_failed(self) -> None:
        self.is_broken = True

    def serve(self, trace: ConnectTrace) -> bool:
        """Have one response, and return whether the connection serves on."""
        trace.on_event("http11.send_request_headers.started", {"request": Own()})
        assert trace.connection is self
        trace.on_event("http11.response_closed.started", {})
        return not self.is_broken


def test_a_connection_with_more_than_the_response_does_not_serve_on() -> None:
    assert HTTP11().serve(ConnectTrace())
    assert not HTTP11(b"HTTP/1.1 200 OK").serve(ConnectTrace())


def test_a_connection_with_more_in_its_tls_does_not_serve_on() -> None:
    peer = Peer()
    peer.server.write(b"response")
    assert peer.client.read(100) == b"response"
    assert HTTP11(stream=peer).serve(ConnectTrace())
    peer.server.write(b"response")
    peer.server.write(b"surplus")
    assert peer.client.read(100) == b"response"
    assert not HTTP11(stream=peer).serve(ConnectTrace())


def test_a_connection_whose_tls_has_ended_does_not_serve_on() -> None:
    peer = Peer()
    with contextlib.suppress(ssl.SSLWantReadError):
        peer.server.unwrap()
    assert not HTTP11(stream=peer).serve(ConnectTrace())


def test_a_connection_whose_tls_is_broken_does_not_serve_on() -> None:
    peer = Peer()
    peer.wire.write(b"HTTP/1.1 400 in plain text")
    assert not HTTP11(stream=peer).serve(ConnectTrace())


def test_connections_of_other_makes_are_left_alone() -> None:
    trace = ConnectTrace()
    trace.on_event("http11.send_request_headers.started", {"request": Own()})
    trace.on_event("http11.response_closed.started", {})
    assert trace.connection is None


def test_a_request_and_a_response_show_nothing_private() -> None:
    request = Request(contacts.GET, "https://gateway.test/contacts/tel:15559876543", b"body")
    assert repr(request) == "Request(contacts.get (GET /contacts/{contact_id}))"
    assert repr(Response(200, {"set-cookie": "secret"}, b"body")) == "Response(200)"


def test_a_clock_waits_in_tasks() -> None:
    async def main() -> None:
        await SystemClock().async_sleep(0)

    asyncio.run(main())
