"""The text of a failed call, from the first line to the last, with both clients and both transports."""

from __future__ import annotations

import errno
import os
import socket
import ssl
import traceback
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Literal

import pytest

import scgapi
from scgapi._http.attempt import TransportName
from scgapi.sandbox import Sandbox
from scgapi.types import Verify
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind
from tests.faults import faults
from tests.faults.driver import AnyClient, Pauses, play, settled
from tests.faults.ports import dead_port
from tests.faults.server import Answer, Exchange, Server
from tests.faults.world import CONTACT, CONTACTS, SENDS, Gateway

CERTIFICATE = Path(__file__).with_name("untrusted.pem")  # of localhost
# Named, so that a traceback which shows a line of this file does not hold them.
TOKEN, NAME, PASSWORD = "t0k3n-canary", "n4me-canary", "p4ssw0rd-canary"
PROXY = f"http://user:{PASSWORD}@proxy.test:3128"
REFUSED = os.strerror(errno.ECONNREFUSED).lower()
TRANSPORTS: tuple[TransportName, ...] = ("httpx", "fast")
both = pytest.mark.parametrize("client_kind", CLIENT_KINDS)
all_transports = pytest.mark.parametrize("transport", TRANSPORTS)
Call = Callable[[AnyClient], object]


def get(scg: AnyClient) -> object:
    return scg.contacts.get("c")


def create(scg: AnyClient) -> object:
    return scg.contacts.create(first_name=NAME)


def failed(
    client_kind: ClientKind,
    transport: TransportName,
    url: str,
    call: Call = get,
    *,
    timeout: float = 30,
    verify: Verify | None = None,
    proxy: str | None = None,
    trust_env: bool = False,
) -> scgapi.ScgError:
    """The error of a call: it shows no secret, whatever prints it."""

    async def scenario() -> scgapi.ScgError:
        auth = scgapi.AuthInfo(token=TOKEN, url=url)
        scg: AnyClient
        async with AsyncExitStack() as stack:
            if client_kind == "async":
                scg = scgapi.AsyncClient(
                    auth, retry=ONCE, transport=transport, timeout=timeout, verify=verify, proxy=proxy,
                    trust_env=trust_env,
                )  # fmt: skip
                await stack.enter_async_context(scg)
            else:
                scg = scgapi.Client(
                    auth, retry=ONCE, transport=transport, timeout=timeout, verify=verify, proxy=proxy,
                    trust_env=trust_env,
                )  # fmt: skip
                stack.enter_context(scg)
            with pytest.raises(scgapi.ScgError) as caught:
                await settled(call(scg))
        return caught.value

    error = play(client_kind, scenario())
    shown = "".join(traceback.format_exception(error)) + repr(error.__cause__)
    assert not [secret for secret in (TOKEN, NAME, PASSWORD) if secret in shown]
    return error


@pytest.fixture
def no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name service that knows no host."""

    def unknown(*args: object, **kwargs: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.fixture
def secure() -> Iterator[str]:
    """A gateway behind TLS whose certificate nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with Server(Gateway(TOKEN), tls=context) as server:
        yield server.url.replace("127.0.0.1", "localhost")


@both
@all_transports
def test_a_closed_port_is_named_with_the_systems_reason(
    client_kind: ClientKind, transport: TransportName
) -> None:
    with dead_port() as port:
        error = failed(client_kind, transport, f"http://127.0.0.1:{port}")
        text = (
            f"contacts.get: could not connect to 127.0.0.1:{port}: {REFUSED}. Check host and port in the url."
        )
        assert str(error) == text
        assert isinstance(error.__cause__, ConnectionRefusedError)
        assert error.__cause__.errno == errno.ECONNREFUSED
        assert "; nothing was sent. " in str(
            failed(client_kind, transport, f"http://127.0.0.1:{port}", create)
        )


@both
@all_transports
@pytest.mark.usefixtures("no_such_host")
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", None])
def test_an_unknown_host_is_named_and_the_proxy_that_is_not_used(
    variable: str | None, client_kind: ClientKind, transport: TransportName, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable is not None:
        monkeypatch.setenv(variable, PROXY)
    error = failed(client_kind, transport, "https://gateway.test")
    assert type(error) is scgapi.UnknownHostError
    assert isinstance(error.__cause__, socket.gaierror)
    assert str(error).startswith("contacts.get: no host is named gateway.test. Check the url.")
    hint = f" {(variable or '').upper()} is set, but the environment's proxies are not used by default: pass trust_env"
    assert (hint in str(error)) is (variable is not None)


@both
@pytest.mark.usefixtures("no_such_host")
def test_a_proxy_that_is_used_is_what_cannot_be_found(
    client_kind: ClientKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    for error in (
        failed(client_kind, "httpx", "https://gateway.test", trust_env=True),
        failed(client_kind, "httpx", "https://gateway.test", proxy=PROXY),
    ):
        assert str(error) == "contacts.get: no host is named proxy.test. Check the proxy's URL."


@both
def test_a_proxy_that_refuses_connections_is_named(client_kind: ClientKind) -> None:
    with dead_port() as port:
        error = failed(
            client_kind, "httpx", "https://gateway.test", proxy=f"http://user:{PASSWORD}@127.0.0.1:{port}"
        )
    assert (
        f"could not connect to the proxy 127.0.0.1:{port}: {REFUSED}. Check host and port in the proxy"
        in str(error)
    )


@both
@all_transports
def test_https_to_a_port_without_tls(
    client_kind: ClientKind, transport: TransportName, gateway: Sandbox
) -> None:
    error = failed(client_kind, transport, gateway.url.replace("http:", "https:"))
    assert type(error) is scgapi.UntrustedServerError
    assert f"the server at {gateway.url.removeprefix('http://')} does not speak TLS (" in str(error)
    assert str(error).endswith("begin the url with http:// if the server is meant to be unencrypted.")
    assert isinstance(error.__cause__, ssl.SSLError)


@both
@all_transports
def test_http_to_a_port_with_tls(client_kind: ClientKind, transport: TransportName, secure: str) -> None:
    error = failed(client_kind, transport, secure.replace("https:", "http:"))
    assert str(error).endswith("egin the url with https://.")


@both
@all_transports
def test_http_to_a_port_that_answers_with_an_alert_of_tls(
    client_kind: ClientKind, transport: TransportName, shared: Server
) -> None:
    shared.reset(Gateway(TOKEN))

    def alert(exchange: Exchange) -> None:
        exchange.send(b"\x15\x03\x03\x00\x02\x02\x0a")
        exchange.finish()

    shared.script(("GET", CONTACT), alert)
    error = failed(client_kind, transport, shared.url)
    assert f"the connection to {shared.url.removeprefix('http://')} ended before" in str(error)
    assert str(error).endswith("if the server expects TLS, begin the url with https://.")


@both
@all_transports
def test_a_certificate_that_cannot_be_trusted_says_why(
    client_kind: ClientKind, transport: TransportName, secure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = failed(client_kind, transport, secure)
    where = secure.removeprefix("https://")
    assert f"the certificate of {where} cannot be trusted: self-signed certificate. Check the url, or" in str(
        error
    )
    assert "verify=" in str(error)
    assert isinstance(error.__cause__, ssl.SSLCertVerificationError)
    real = socket.getaddrinfo

    def local(host: object, port: int, *args: int, **kwargs: int) -> object:
        return real("127.0.0.1", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", local)
    error = failed(client_kind, transport, secure.replace("localhost", "other.test"), verify=CERTIFICATE)
    reason = "hostname mismatch, certificate is not valid for 'other.test'"
    assert f"cannot be trusted: {reason}. Check the host in the url; verify= " in str(error)
    assert "verify=" in str(error)


@both
@all_transports
def test_a_call_that_times_out(client_kind: ClientKind, transport: TransportName, shared: Server) -> None:
    shared.reset(Gateway(TOKEN))
    shared.script(("GET", CONTACT), faults.hang)
    shared.script(("POST", CONTACTS), faults.hang)
    error = failed(client_kind, transport, shared.url, timeout=0.2)
    assert str(error) == (
        "contacts.get: timed out after 0.2 s. Try again, or pass a longer timeout to the client or to with_options()."
    )
    error = failed(client_kind, transport, shared.url, create, timeout=0.2)
    assert str(error) == (
        "contacts.create: timed out after 0.2 s; the request may have had its effect. Check whether it was done before "
        "you repeat it."
    )


@both
@all_transports
@pytest.mark.parametrize(
    ("status", "code", "headers", "kind", "text"),
    [
        (400, "4001", {}, scgapi.BadRequestError, "Pass the parameter that it names."),
        (401, "4010", {}, scgapi.AuthenticationError, "ask Syniverse for access."),
        (401, "401", {}, scgapi.AuthenticationError, "Check the token, or pass key and secret"),
        (402, "4021", {}, scgapi.InsufficientCreditError, "ask Syniverse for a larger one."),
        (403, "403", {}, scgapi.PermissionDeniedError, "ask Syniverse for access."),
        (404, "4040", {}, scgapi.NotFoundError, "Check the id;"),
        (409, "1001", {}, scgapi.ConflictError, "Load the object again with refresh()"),
        (409, "1011", {}, scgapi.ConflictError, "choose another key."),
        (422, "4220", {}, scgapi.UnprocessableError, "Check that the URL can be downloaded"),
        (429, None, {"retry-after": "7"}, scgapi.RateLimitError, "Wait 7 s before the next call."),
        (500, "5001", {}, scgapi.ServerError, "Do not repeat it: report it to Syniverse."),
    ],
)
def test_a_refusal_holds_the_gateways_words_and_what_to_do_next(
    status: int,
    code: str | None,
    headers: dict[str, str],
    kind: type[scgapi.ApiError],
    text: str,
    client_kind: ClientKind,
    transport: TransportName,
    shared: Server,
) -> None:
    shared.reset(Gateway(TOKEN))
    body = f'{{"error_code": "SCG_ERROR_{code}", "error_description": "The gateway says so"}}'.encode()
    answer = Answer(status, body if code else b'{"error_description": "The gateway says so"}', headers)
    shared.script(("GET", CONTACT), lambda exchange: exchange.answer(answer))
    error = failed(client_kind, transport, shared.url)
    assert type(error) is kind
    told = f"{status}, code {code}" if code else f"{status}"
    assert f"contacts.get: the gateway answered {told}: The gateway says so. " in str(error)
    assert text in str(error)


@both
@all_transports
def test_a_bad_number_of_many_is_told_by_its_place(
    client_kind: ClientKind, transport: TransportName, shared: Server
) -> None:
    numbers = [f"+1555123{count:04}" for count in range(300)]
    shared.reset(Gateway(TOKEN))
    body = b'{"error_code": "40024", "error_description": "Invalid Recipient +15551230037"}'
    shared.script(("POST", SENDS), faults.status(400, body))
    error = failed(
        client_kind,
        transport,
        shared.url,
        lambda scg: scg.message_requests.create(from_="1", to=numbers, body=NAME),
    )
    assert ": Invalid Recipient to[37]: ***37. Check the numbers, contacts and groups in `to`." in str(error)
    assert "5551230037" not in f"{error!r} {vars(error)}"


@both
@all_transports
def test_a_closed_client_says_so(client_kind: ClientKind, transport: TransportName, gateway: Sandbox) -> None:
    async def closed() -> AnyClient:
        scg: AnyClient
        if client_kind == "async":
            scg = scgapi.AsyncClient(gateway.auth, transport=transport)
        else:
            scg = scgapi.Client(gateway.auth, transport=transport)
        await settled(scg.close())
        with pytest.raises(scgapi.ConfigurationError) as caught:
            await settled(get(scg))
        assert str(caught.value) == (
            "contacts.get: the client is closed; nothing was sent. Create a new one, or make calls before close() and "
            "inside the with block."
        )
        assert caught.value.operation == "contacts.get"
        return scg

    play(client_kind, closed())


Option = Literal[
    "timeout", "retry", "url", "api_prefix", "attachment_prefix", "token_prefix", "on_unknown", "transport"
]


@pytest.mark.parametrize("client", [scgapi.Client, scgapi.AsyncClient])
@pytest.mark.parametrize(
    ("option", "value", "text"),
    [
        ("timeout", "5", "timeout must be a number of seconds, more than 0, or None, got '5', a str"),
        ("timeout", 0, "timeout must be a number of seconds, more than 0, or None, got 0, an int"),
        ("timeout", True, "timeout must be a number of seconds, more than 0, or None, got True, a bool"),
        ("timeout", (5, 5), "timeout must be a number of seconds, more than 0, or None, got a tuple"),
        ("retry", 3, "retry must be a RetryPolicy, such as RetryPolicy(attempts=3), got 3, an int"),
        ("on_unknown", "retry", "on_unknown must be 'raise' or 'verify', got 'retry', a str"),
        ("on_unknown", [], "on_unknown must be 'raise' or 'verify', got a list"),
        ("transport", "requests", "transport must be 'httpx' or 'fast', got 'requests', a str"),
        ("transport", None, "transport must be 'httpx' or 'fast', got None"),
        ("url", 5, "Got 5, an int"),
        ("api_prefix", 5, "api_prefix must be '' or a path that starts with '/' and does not end with it, got 5, an int"),
        ("attachment_prefix", "x", ("attachment_prefix must be '' or a path that starts with '/' and does not end with "
         "it, got 'x', a str")),
        ("token_prefix", "/x/", ("token_prefix must be '' or a path that starts with '/' and does not end with it, got "
         "'/x/', a str")),
    ],
)  # fmt: skip
def test_a_wrong_option_is_shown_with_its_type(
    client: type[scgapi.Client] | type[scgapi.AsyncClient], option: Option, value: object, text: str
) -> None:
    options: dict[str, object] = {option: value}
    with pytest.raises(scgapi.ConfigurationError) as caught:
        client(scgapi.AuthInfo(token="t"), **options)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(caught.value).endswith(text)


@pytest.mark.parametrize("name", ["attempts", "base", "cap", "budget"])
@pytest.mark.parametrize(
    ("value", "shown"), [("3", "'3', a str"), (-1, "-1, an int"), (True, "True, a bool")]
)
def test_a_wrong_value_of_a_retry_policy_is_shown(name: str, value: object, shown: str) -> None:
    least = 1 if name == "attempts" else 0
    fields: dict[str, object] = {name: value}
    with pytest.raises(scgapi.ConfigurationError) as caught:
        scgapi.RetryPolicy(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(caught.value) == f"RetryPolicy: {name} must be a number, {least} or more, got {shown}"


@pytest.mark.parametrize("client", [scgapi.Client, scgapi.AsyncClient])
def test_a_token_in_place_of_credentials_is_not_repeated(
    client: type[scgapi.Client] | type[scgapi.AsyncClient],
) -> None:
    with pytest.raises(scgapi.ConfigurationError) as caught:
        client(TOKEN)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(caught.value) == "auth must be an AuthInfo, such as AuthInfo(token=…), got a str"


def test_a_resource_of_the_wrong_client_says_what_to_use() -> None:
    auth = scgapi.AuthInfo(token="t")
    resource = type(scgapi.Client(auth).contacts)
    with pytest.raises(scgapi.ConfigurationError) as caught:
        resource(scgapi.AsyncClient(auth))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(caught.value) == (
        "ContactResource needs a Client, got an AsyncClient: use the client's attribute instead, such as client.contacts"
    )


@both
def test_an_impossible_wait_is_shown(client_kind: ClientKind, gateway: Sandbox) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            scg: AnyClient
            if client_kind == "async":
                scg = await stack.enter_async_context(scgapi.AsyncClient(gateway.auth))
            else:
                scg = stack.enter_context(scgapi.Client(gateway.auth))
            scg._pipeline.clock = Pauses().clock
            wait: Callable[..., object] = getattr(scg.message_requests, "wait")  # noqa: B009 - past the type checkers
            with pytest.raises(scgapi.InvalidArgumentError) as caught:
                await settled(wait("x", timeout="5"))
            assert str(caught.value) == (
                "message_requests.get: timeout must be a number of seconds, 0 or more, got '5', a str. Nothing was sent."
            )
            with pytest.raises(scgapi.WaitTimeoutError) as missing:
                await settled(wait("x", timeout=2))
            assert str(missing.value).startswith(
                "message_requests.get: message request x did not appear within 2 s (last answer: 404). Check the id"
            )

    play(client_kind, scenario())
