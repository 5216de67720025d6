"""What `scgapi doctor` checks, one function for each subject."""

from __future__ import annotations

import importlib.metadata
import platform
import socket
import ssl
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import scgapi
from scgapi._core.json import parse_object
from scgapi._io.clock import monotonic, time_of_day
from scgapi._io.network import Network
from scgapi.auth import AuthInfo
from scgapi.cli.credentials import LOOPBACK, Credentials, is_loopback, start_a_sandbox
from scgapi.cli.failures import status_of
from scgapi.cli.session import client_for
from scgapi.cli.wording import in_command_words

Result = Literal["ok", "warning", "failed", "cannot tell"]

_PACKAGES = (
    "httpx",
    "pydantic",
    "tenacity",
    "certifi",
    "cyclopts",
    "rich",
    "starlette",
    "uvicorn",
    "httptools",
)

_TIMEOUT_SECONDS = 10.0
"""Time limit of a connection."""

_MAX_SKEW_SECONDS = 60.0
"""Largest difference between this machine's clock and the gateway's."""

_SLOW_SECONDS = 2.0
"""Duration from which a read is called slow."""

_TOKEN_EXPIRES_SOON_SECONDS = 3600.0
"""Rest of its validity below which a token that cannot be refreshed gets a warning."""

_CERTIFICATE_EXPIRES_SOON_DAYS = 14
"""Rest of its validity below which a certificate gets a warning."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and what to do about it."""

    check: str
    result: Result
    detail: str
    advice: str = ""
    status: int = 1
    """The exit status of the command if the check failed."""


def environment_findings() -> Iterator[Finding]:
    """Tell of versions."""
    yield Finding("python", "ok", f"{platform.python_version()} at {sys.executable}")
    found = {name: _version(name) for name in _PACKAGES}
    present = ", ".join(f"{name} {version}" for name, version in found.items() if version)
    yield Finding("packages", "ok", f"scgapi {scgapi.__version__}, {present}")


def network_findings(network: Network) -> Iterator[Finding]:
    """Look the host up, or the proxy in between, connect, and compare clocks; end at the first failure."""
    url = network.url if network.proxy is None else network.proxy
    parts = urlsplit(url)
    if network.proxy is None:
        yield Finding("proxy", "ok", "none")
    else:
        yield Finding(
            "proxy", "ok", f"{parts.scheme}://{parts.hostname}, by a variable; the gateway is behind it"
        )
    host = parts.hostname or ""
    is_secure = parts.scheme.lower() == "https"
    port = parts.port or (443 if is_secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        yield Finding(
            "dns", "failed", f"{host}: {error.strerror}", "check the url, the network and the resolver"
        )
        return
    yield Finding("dns", "ok", f"{host}: {', '.join(sorted({str(row[4][0]) for row in found}))}")
    began = monotonic()
    try:
        with socket.create_connection((host, port), timeout=_TIMEOUT_SECONDS) as connection:
            took = (monotonic() - began) * 1000
            yield Finding("connection", "ok", f"port {port} answers in {took:.0f} ms")
            if network.proxy is not None:
                # What is behind it is seen by the read that follows.
                return
            if is_secure:
                yield _tls(connection, host, network)
            else:
                yield _without_tls(host)
    except ssl.SSLError as error:
        yield Finding(
            "tls",
            "failed",
            f"{host}: {getattr(error, 'verify_message', None) or error.reason}",
            "a proxy that opens TLS, or a wrong clock, shows like this; its certificate is not trusted",
        )
        return
    except OSError as error:
        reason = error.strerror or type(error).__name__
        is_here = network.proxy is None and is_loopback(url)
        advice = start_a_sandbox(url) if is_here else "check firewall, port and url"
        yield Finding("connection", "failed", f"{host}:{port}: {reason}", advice)
        return
    yield _clock(network)


def account_findings(found: Credentials) -> Iterator[Finding]:
    """Look at the token, and read one page."""
    yield _token(found.auth)
    with client_for(found.auth, found.url) as scg:
        try:
            first, _ = _timed_read(scg)
            second, total = _timed_read(scg)
        except scgapi.ScgError as error:
            yield _failed_read(error)
            return
        yield Finding("read", "ok", f"sender ids are listed: {'some' if total is None else total}")
        yield Finding(
            "latency",
            "ok" if second < _SLOW_SECONDS else "warning",
            f"{first * 1000:.0f} ms for the first call, {second * 1000:.0f} ms over the same connection",
            "" if second < _SLOW_SECONDS else "the gateway, or the way to it, is slow",
        )


def _timed_read(scg: scgapi.Client) -> tuple[float, int | None]:
    """Read a page; return how many seconds that took, and how many sender ids there are."""
    began = monotonic()
    total = next(scg.sender_ids.list(limit=1).pages()).total
    return monotonic() - began, total


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _tls(connection: socket.socket, host: str, network: Network) -> Finding:
    with network.ssl_context(True).wrap_socket(connection, server_hostname=host) as secured:
        certificate = secured.getpeercert() or {}
        ends = ssl.cert_time_to_seconds(str(certificate.get("notAfter")))
        days = int((ends - time_of_day()) / 86400)
        detail = f"{secured.version()}, certificate good for {days} days"
    if days < _CERTIFICATE_EXPIRES_SOON_DAYS:
        return Finding("tls", "warning", detail, "the certificate must be renewed soon")
    return Finding("tls", "ok", detail)


def _without_tls(host: str) -> Finding:
    if host in LOOPBACK:
        return Finding("tls", "ok", "none, on this machine")
    return Finding("tls", "warning", "none: the token can be read on its way", "use an https url")


def _clock(network: Network) -> Finding:
    began = time_of_day()
    # Only http and https reach this place, and no proxy is asked.
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=network.ssl_context(True))
    )
    question = urllib.request.Request(f"{network.url.rstrip('/')}/", method="HEAD")  # noqa: S310 - a checked url
    try:
        with opener.open(question, timeout=_TIMEOUT_SECONDS) as answer:
            date = answer.headers.get("date")
    except urllib.error.HTTPError as error:
        date = error.headers.get("date")
    except (OSError, ValueError) as error:
        return Finding("clock", "warning", f"no answer to compare with: {type(error).__name__}")
    try:
        told = parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return Finding("clock", "warning", "the gateway tells no time")
    # The date was made between the two moments, and has whole seconds.
    skew = max(0.0, began - told - 1, told - time_of_day())
    if skew > _MAX_SKEW_SECONDS:
        return Finding(
            "clock", "warning", f"{skew:.0f} s apart from the gateway's", "set this machine's clock (NTP)"
        )
    return Finding("clock", "ok", "agrees with the gateway's")


def _token(auth: AuthInfo) -> Finding:
    if auth.is_internal:
        return Finding("token", "ok", "none: internal headers")
    left = _seconds_left(auth.token_file)
    refresh = "refreshed when it expires" if auth.can_refresh else "nothing refreshes it"
    if left is None:
        advice = "" if auth.can_refresh else "add the consumer key and secret, so that it is refreshed"
        return Finding("token", "ok", f"validity not known before it is refreshed; {refresh}", advice)
    if left == 0:
        return Finding("token", "ok", f"does not expire; {refresh}")
    detail = f"{left / 3600:.1f} h left; {refresh}" if left > 0 else f"expired; {refresh}"
    if left < _TOKEN_EXPIRES_SOON_SECONDS and not auth.can_refresh:
        return Finding("token", "warning", detail, "add the consumer key and secret, so that it is refreshed")
    return Finding("token", "ok", detail)


def _seconds_left(token_file: str | None) -> float | None:
    """Return the seconds that the token in the file is valid, 0 for ever, None if that is not known."""
    if token_file is None:
        return None
    try:
        stored = parse_object(Path(token_file).read_bytes())
    except OSError:
        return None
    obtained, validity = stored.get("obtained"), stored.get("validity")
    if not isinstance(obtained, int | float) or not isinstance(validity, int | float):
        return None
    if validity == 0:
        return 0.0
    return (obtained + validity - datetime.now(UTC).timestamp()) or -1.0


def _failed_read(error: scgapi.ScgError) -> Finding:
    advice = {
        4: "the token, or the key and secret, are refused: make new ones, then `scgapi login`",
    }.get(status_of(error), "see the message; the gateway's status page may tell more")
    return Finding("read", "failed", in_command_words(str(error)), advice, status_of(error))
