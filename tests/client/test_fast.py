"""Client(transport="fast"): the same requests as by default, over connections that are used again, cut nowhere unnoticed."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scgapi
from scgapi import RetryPolicy
from scgapi._fast.head import encode_head
from scgapi._fast.origin import Origin, parse_origin
from scgapi._http.attempt import TransportName
from tests.both_clients import CLIENT_KINDS, ClientKind, is_async_iterator, is_iterator
from tests.faults.driver import TOKEN, AnyClient, auth, play, settled
from tests.faults.server import Answer, Received, Server
from tests.faults.world import Gateway

ONCE = RetryPolicy(attempts=1)
TRANSPORTS: tuple[TransportName, ...] = ("httpx", "fast")


def opened(
    client_kind: ClientKind, url: str, transport: TransportName = "fast", timeout: float | None = 10
) -> AnyClient:
    if client_kind == "sync":
        return scgapi.Client(auth(url), transport=transport, retry=ONCE, timeout=timeout)
    return scgapi.AsyncClient(auth(url), transport=transport, retry=ONCE, timeout=timeout)


def with_client(
    client_kind: ClientKind,
    url: str,
    use: Callable[[AnyClient], object],
    *,
    transport: TransportName = "fast",
    timeout: float | None = 10,
) -> object:
    """What this comes to: a result, an error of ours, or the rows of a listing."""

    async def scenario() -> object:
        scg = opened(client_kind, url, transport, timeout)
        try:
            found = use(scg)
            if is_async_iterator(found):
                return [row async for row in found]
            return [*found] if is_iterator(found) else await settled(found)
        except scgapi.ScgError as error:
            return error
        finally:
            await settled(scg.close())

    return play(client_kind, scenario())


def get(scg: AnyClient) -> object:
    return scg.contacts.get("c")


def of(request: Received) -> tuple[object, ...]:
    """What a gateway sees of a request."""
    managing = {"connection", "host"}
    headers = {name: value for name, value in request.headers.items() if name not in managing}
    return request.method, request.path, dict(request.query), headers, request.body


CALLS: dict[str, Callable[[AnyClient], object]] = {
    "get": get,
    "get, an id to be quoted": lambda scg: scg.contacts.get("a b/ü%?#&+'"),
    "list": lambda scg: scg.contacts.list(first_name="Jo & Ann=ü +/?#%'\"", limit=2),
    "create": lambda scg: scg.contacts.create(first_name="Zoë", last_name="x" * 100_000),
    "update": lambda scg: scg.contacts.update("c", last_name="New", version_number=3),
    "delete": lambda scg: scg.contacts.delete("c"),
    "send": lambda scg: scg.message_requests.create(
        from_="1", to=["+15551234567"], body="Hi", external_id="mine"
    ),
    "upload": lambda scg: scg.attachments.upload("a", bytes(range(256)) * 4096),
    "upload nothing": lambda scg: scg.attachments.upload("a", b""),
    "download": lambda scg: scg.attachments.download("a"),
}


def requests_of(
    client_kind: ClientKind, call: Callable[[AnyClient], object], transport: TransportName
) -> list[tuple[object, ...]]:
    with Server(Gateway(TOKEN)) as server:
        with_client(client_kind, server.url, call, transport=transport)
        hosts = {request.headers["host"] for request in server.received}
        assert hosts == {f"127.0.0.1:{server.port}"}
        return [of(request) for request in server.received]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("call", CALLS)
def test_what_goes_over_the_wire_is_the_same_on_both_transports(client_kind: ClientKind, call: str) -> None:
    by_default, fast = (requests_of(client_kind, CALLS[call], transport) for transport in TRANSPORTS)
    assert fast == by_default
    assert fast


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(an_id=st.text(min_size=1).filter(lambda text: text not in (".", "..")), value=st.text(min_size=1))
def test_any_id_and_any_filter_arrive_as_they_do_by_default(
    an_id: str, value: str, both: tuple[Server, list[scgapi.Client]]
) -> None:
    server, clients = both
    seen = [[*sent_by(scg, server, an_id, value)] for scg in clients]
    assert seen[0] == seen[1]


def sent_by(scg: scgapi.Client, server: Server, an_id: str, value: str) -> Iterator[object]:
    """The errors and the requests of a read and a listing."""
    server.forget()
    for call in (lambda: scg.contacts.get(an_id), lambda: [*scg.contacts.list(first_name=value)]):
        try:
            call()
        except scgapi.ScgError as error:
            yield type(error)
    yield from map(of, server.received)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Server, list[scgapi.Client]]]:
    """A server, and a client of each transport."""
    with Server(Gateway(TOKEN)) as server:
        clients = [
            scgapi.Client(auth(server.url), transport=transport, retry=ONCE) for transport in TRANSPORTS
        ]
        yield server, clients
        for client in clients:
            client.close()


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://api.syniverse.com", "api.syniverse.com"),
        ("https://API.Syniverse.com:443/", "api.syniverse.com"),
        ("https://gateway.example:8443", "gateway.example:8443"),
        ("http://gateway.example:443", "gateway.example:443"),
        ("http://[::1]", "[::1]"),
        ("https://[2001:db8::1]:444", "[2001:db8::1]:444"),
        ("https://bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_a_host_is_called_as_the_standard_wants_it(url: str, authority: str) -> None:
    origin = parse_origin(url)
    assert origin is not None
    assert origin.authority == authority


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "url",
    [
        "https://:80",
        "https://a..b",
        "https://.example.com",
        f"https://{'a' * 64}.example",
        "https://999.1.1.1",
        "https://[::g]",
        "https://ex\0ample",
    ],
)
def test_a_host_that_can_be_none_is_said_before_anything_is_sent(client_kind: ClientKind, url: str) -> None:
    try:
        error = with_client(client_kind, url, get)
    except scgapi.ConfigurationError as refused:  # by the client itself
        error = refused
    assert isinstance(error, scgapi.ConfigurationError)


@pytest.mark.parametrize(
    ("path", "value"),
    [("a b", "t"), ("a HTTP/1.1\r\nx: y\r\n", "t"), ("a", "t\r\nx: y"), ("a", "t\0"), ("ü", "t")],
)
def test_no_path_and_no_header_can_hold_another(path: str, value: str) -> None:
    origin = Origin("gateway.example", 443, tls=True)
    assert encode_head("GET", f"https://gateway.example/{path}", origin, {"authorization": value}) is None
    assert encode_head("GET", "https://gateway.example/a", origin, {"authorization": "t"}) is not None


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_an_ipv6_gateway_is_reached(client_kind: ClientKind) -> None:
    with socket.socket(socket.AF_INET6) as listener:
        try:
            listener.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        listener.listen()
        port: int = listener.getsockname()[1]

        def serve() -> None:
            with listener.accept()[0] as connection:
                heads.append(connection.recv(1 << 16))
                connection.sendall(Answer(200, b'{"id": "c"}').encode())

        heads: list[bytes] = []
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        found = with_client(client_kind, f"http://[::1]:{port}", get)
        thread.join(10)
    assert isinstance(found, scgapi.Contact | scgapi.AsyncContact)
    assert f"host: [::1]:{port}".encode() in heads[0]


@pytest.mark.parametrize("absent", ["httptools", "aiohappyeyeballs"])
def test_an_extra_that_is_missing_is_named_with_what_installs_it(absent: str) -> None:
    program = (
        f"import sys; sys.modules[{absent!r}] = None\n"
        "import scgapi\n"
        "auth = scgapi.AuthInfo(token='t', url='http://127.0.0.1:9')\n"
        "for client in (scgapi.Client, scgapi.AsyncClient):\n"
        "    try: client(auth, transport='fast')\n"
        "    except scgapi.ConfigurationError as error: print(error)\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    # Threads need no race of addresses.
    assert (
        told.count(absent) == told.count("pip install 'scgapi[fast]'") == (2 if absent == "httptools" else 1)
    )


def test_an_http_client_goes_with_the_default_only() -> None:
    with httpx.Client() as mine, pytest.raises(scgapi.ConfigurationError, match="http_client"):
        scgapi.Client(auth("http://127.0.0.1:9"), http_client=mine, transport="fast")
    with pytest.raises(scgapi.ConfigurationError, match="http_client"):
        scgapi.AsyncClient(auth("http://127.0.0.1:9"), http_client=httpx.AsyncClient(), transport="fast")


@pytest.mark.parametrize("kind", [scgapi.Client, scgapi.AsyncClient])
def test_a_transport_that_there_is_not_is_refused(
    kind: type[scgapi.Client] | type[scgapi.AsyncClient],
) -> None:
    name: TransportName = json.loads('"quick"')
    with pytest.raises(scgapi.ConfigurationError, match="'httpx' or 'fast', got 'quick'"):
        kind(auth("http://127.0.0.1:9"), transport=name)
