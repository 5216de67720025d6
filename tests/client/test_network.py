"""Proxies and certificates: arguments of the client, the environment only if it is asked for."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import scgapi
from scgapi._http.attempt import TransportName
from scgapi.sandbox import Sandbox
from scgapi.types import Verify
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.client.proxy import Proxy
from tests.faults.server import Server
from tests.faults.world import Gateway

CERTIFICATE = Path(__file__).parents[1] / "faults" / "untrusted.pem"  # of localhost
ONCE = scgapi.RetryPolicy(attempts=1)
TRANSPORTS: tuple[TransportName, ...] = ("httpx", "fast")


def reach(
    client_kind: ClientKind,
    auth: scgapi.AuthInfo,
    *,
    transport: TransportName = "httpx",
    proxy: str | None = None,
    verify: Verify | None = None,
    trust_env: bool = False,
) -> None:
    """Read a contact; that there is none is an answer, too."""
    with contextlib.suppress(scgapi.NotFoundError):
        if client_kind == "sync":
            with scgapi.Client(
                auth, retry=ONCE, transport=transport, proxy=proxy, verify=verify, trust_env=trust_env
            ) as scg:
                scg.contacts.get("c")
            return

        async def main() -> None:
            async with scgapi.AsyncClient(
                auth, retry=ONCE, transport=transport, proxy=proxy, verify=verify, trust_env=trust_env
            ) as scg:
                await scg.contacts.get("c")

        asyncio.run(main())


@pytest.fixture
def secure() -> Iterator[scgapi.AuthInfo]:
    """A gateway behind TLS whose certificate nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with Server(Gateway("t"), tls=context) as server:
        yield scgapi.AuthInfo(token="t", url=server.url.replace("127.0.0.1", "localhost"))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_requests_go_through_the_proxy(client_kind: ClientKind, gateway: Sandbox) -> None:
    with Proxy() as proxy:
        url = f"http://user:secret@{proxy.address}"
        reach(client_kind, gateway.auth, proxy=url)
    assert proxy.asked == [f"GET {gateway.url}/scg-external-api/api/v1/contacts/c HTTP/1.1"]
    assert proxy.credentials == ["Basic dXNlcjpzZWNyZXQ="]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_https_goes_through_a_tunnel(client_kind: ClientKind, secure: scgapi.AuthInfo) -> None:
    with Proxy() as proxy:
        reach(client_kind, secure, proxy=f"http://{proxy.address}", verify=str(CERTIFICATE))
    assert proxy.asked == [f"CONNECT {(secure.url or '').removeprefix('https://')} HTTP/1.1"]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_proxy_that_refuses_means_that_nothing_was_sent(
    client_kind: ClientKind, secure: scgapi.AuthInfo
) -> None:
    with (
        Proxy(refuse=b"407 Proxy Authentication Required") as proxy,
        pytest.raises(scgapi.ProxyRefusedError) as caught,
    ):
        reach(client_kind, secure, proxy=f"http://user:secret@{proxy.address}", verify=str(CERTIFICATE))
    assert caught.value.outcome == "NOT_SENT"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("form", ["context", "file", "path"])
def test_other_certificates_can_be_trusted(
    client_kind: ClientKind, transport: TransportName, form: str, secure: scgapi.AuthInfo
) -> None:
    forms: dict[str, Verify] = {
        "context": ssl.create_default_context(cafile=CERTIFICATE),
        "file": str(CERTIFICATE),
        "path": CERTIFICATE,
    }
    reach(client_kind, secure, transport=transport, verify=forms[form])
    with pytest.raises(scgapi.UntrustedServerError):
        reach(client_kind, secure, transport=transport)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_the_environments_certificates_are_used_if_asked_for(
    client_kind: ClientKind,
    transport: TransportName,
    secure: scgapi.AuthInfo,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    reach(client_kind, secure, transport=transport, trust_env=True)
    with pytest.raises(scgapi.UntrustedServerError):
        reach(client_kind, secure, transport=transport)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("environment", "used"),
    [
        ({"HTTP_PROXY": "http://{}"}, True),
        ({"http_proxy": "{}"}, True),
        ({"ALL_PROXY": "http://{}"}, True),
        ({"HTTPS_PROXY": "http://{}"}, False),
        ({"HTTP_PROXY": "http://{}", "NO_PROXY": "127.0.0.1"}, False),
        ({}, False),
    ],
)
def test_the_environments_proxy_is_used_if_asked_for(
    client_kind: ClientKind,
    environment: dict[str, str],
    used: bool,
    gateway: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with Proxy() as proxy:
        for name, value in environment.items():
            monkeypatch.setenv(name, value.format(proxy.address))
        reach(client_kind, gateway.auth)
        assert proxy.asked == []
        reach(client_kind, gateway.auth, trust_env=True)
        assert bool(proxy.asked) is used


@pytest.mark.parametrize("client", [scgapi.Client, scgapi.AsyncClient])
@pytest.mark.parametrize(
    ("proxy", "verify", "text"),
    [
        ("proxy:3128", None, "proxy must be a URL such as 'http://proxy:3128'"),
        ("ftp://user:secret@proxy", None, "scheme"),
        ("http://", None, "host"),
        ("http://proxy:x", None, "port"),
        (None, "missing.pem", "verify: no CA certificates can be read from missing.pem: No such file"),
        (None, __file__, "verify: no CA certificates can be read from"),
        (None, False, "verify must be an ssl.SSLContext or the path of a CA file, got False"),
        (3128, None, "got a int"),
        ("http://user:secret\n@proxy", None, "proxy must be a URL"),
        ("http://user:secret @proxy", None, "proxy must be a URL"),
        (None, ("client.pem", "secret"), "got a tuple"),
        (None, b"secret", "got a bytes"),
        (None, "-----BEGIN PRIVATE KEY-----\nsecret", "verify: no CA certificates can be read from …: "),
        (None, "\0secret", "verify: no CA certificates can be read from …: embedded null byte"),
    ],
)
def test_what_cannot_be_used_is_refused_at_once(
    client: type[scgapi.Client] | type[scgapi.AsyncClient], proxy: object, verify: object, text: str
) -> None:
    with pytest.raises(scgapi.ConfigurationError, match=text) as caught:
        client(
            scgapi.AuthInfo(token="t"),
            proxy=proxy,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            verify=verify,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        )
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_socks_proxy_without_its_package_is_refused_at_once(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        assert name == "socksio"

    monkeypatch.setattr("scgapi._io.network.find_spec", absent)
    with pytest.raises(scgapi.ConfigurationError, match=r"pip install 'httpx\[socks\]'"):
        scgapi.Client(scgapi.AuthInfo(token="t"), proxy=f"{scheme}://proxy:1080")


def test_options_that_exclude_each_other_are_named() -> None:
    auth = scgapi.AuthInfo(token="t")
    with pytest.raises(scgapi.ConfigurationError, match="transport='fast' goes through no proxy"):
        scgapi.Client(auth, transport="fast", proxy="http://proxy:3128")
    with (
        httpx.Client() as http,
        pytest.raises(scgapi.ConfigurationError, match="go on the http_client itself"),
    ):
        scgapi.Client(auth, http_client=http, trust_env=True)
