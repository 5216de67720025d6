"""Errors of attempts without a complete response: the server's address, the system's reason, and advice."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from scgapi._core.operation import Operation
from scgapi._core.outcome import describe_outcome, iter_causes
from scgapi._http.route import Route
from scgapi.errors import (
    ConnectionFailedError,
    Outcome,
    ProxyRefusedError,
    RequestTimeoutError,
    ScgError,
    UnknownHostError,
    UntrustedServerError,
)

_E = TypeVar("_E", bound=BaseException)

_DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
_TLS_CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
_TOO_MANY_FILES = frozenset({errno.EMFILE, errno.ENFILE})
_CLOSE_FILES_ADVICE = "Close files and connections, or raise the limit of open files"
CHECK_FIRST_ADVICE = "Check whether it was done before you repeat it"
# OpenSSL's reasons for a server url_name first bytes are not TLS.
_NOT_TLS_REASONS = frozenset(
    {
        "BAD_RECORD_TYPE", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE",
        "UNKNOWN_PROTOCOL", "WRONG_SSL_VERSION", "WRONG_VERSION_NUMBER",
    }
)  # fmt: skip
# Codes of OpenSSL's certificate verification.
_DATE_CODES = frozenset({9, 10})
_NAME_CODES = frozenset({62, 64})


class _Failure(NamedTuple):
    """An error type, the text that says what failed, and advice."""

    kind: type[ConnectionFailedError]
    text: str
    advice: str


def connection_error(
    operation: Operation,
    error: Exception,
    outcome: Outcome,
    *,
    timed_out: bool,
    reason: str,
    url: str,
    route: Route,
) -> ScgError:
    """Return the error that explains a transport's error. `reason` replaces the reason that is found in `error`."""
    kind = RequestTimeoutError if timed_out else ConnectionFailedError
    failure = None
    if outcome == "NOT_SENT":
        failure = _tls_failure(error, host_and_port(url)) or _name_failure(error, url, route)
    if failure is None and reason:
        failure = _Failure(kind, reason, "Try again")
    if failure is None and outcome == "NOT_SENT":
        failure = _connect_failure(error, kind, url, route)
    if failure is None:
        failure = _Failure(kind, *_broken_connection(error, timed_out, url))
    kind, text, advice = failure
    if leaves_doubt(operation, outcome):
        advice = advice.replace("Try again", CHECK_FIRST_ADVICE)
    return kind(
        error_message(operation, text, outcome, advice), operation=operation.name, outcome=outcome, attempts=1
    )


def leaves_doubt(operation: Operation, outcome: Outcome) -> bool:
    """Return True if repeating the call could execute it twice."""
    return outcome != "NOT_SENT" and not operation.repeatable


def error_message(operation: Operation, text: str, outcome: Outcome, advice: str) -> str:
    """Build a message. It says whether the call was executed, except for a GET, which changes nothing."""
    effect = "" if operation.method == "GET" else f"; {describe_outcome(outcome)}"
    return f"{operation.name}: {text}{effect}. {advice}."


def host_and_port(url: str) -> str:
    """Return only the host and the port of a URL: the rest may be secret."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{f'[{host}]' if ':' in host else host}:{parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)}"


def system_reason(error: Exception) -> str:
    """Return the operating system's reason, such as "connection refused"; empty if there is none."""
    number = _system_error(error)
    return "" if number is None else _lower_first(os.strerror(number))


def safe_cause(error: Exception) -> OSError | None:
    """Return a copy of the system's error to raise from: the original refers to the request with its token."""
    tls = _find(error, ssl.SSLError)
    if tls is not None and not isinstance(tls, ssl.SSLWantReadError | ssl.SSLWantWriteError):
        return type(tls)(tls.errno, str(tls))
    unknown = _find(error, socket.gaierror)
    if unknown is not None:
        return socket.gaierror(unknown.errno, unknown.strerror)
    number = _system_error(error)
    if number is not None:
        return OSError(number, os.strerror(number))
    return TimeoutError("timed out") if _find(error, TimeoutError) is not None else None


def _tls_failure(error: Exception, server: str) -> _Failure | None:
    tls = _find(error, ssl.SSLError)
    # The errors of a transport over aiohttp have no reason, but a cause that has one.
    reason = None if tls is None else getattr(tls, "reason", None)
    if tls is None or not reason or isinstance(tls, _TLS_CUT_OFF):
        return None
    if reason in _NOT_TLS_REASONS:
        text = f"the server at {server} does not speak TLS ({reason})"
        advice = "Check the port, or begin the url with http:// if the server is meant to be unencrypted"
    elif reason == "CERTIFICATE_VERIFY_FAILED":
        code = getattr(tls, "verify_code", 0)
        message = _lower_first(getattr(tls, "verify_message", "") or reason).rstrip(".")
        text = f"the certificate of {server} cannot be trusted: {message}"
        advice = (
            "Check the host in the url; verify= takes an ssl.SSLContext that accepts other names"
            if code in _NAME_CODES
            else "Check this machine's clock; verify= takes an ssl.SSLContext that accepts the certificate"
            if code in _DATE_CODES
            else "Check the url, or pass the certificate's issuer as verify= (a CA file or an ssl.SSLContext)"
        )
    else:
        text = f"the TLS handshake with {server} failed ({reason})"
        advice = "Check the url, and which versions of TLS the server takes"
    return _Failure(UntrustedServerError, text, advice)


def _name_failure(error: Exception, url: str, route: Route) -> _Failure | None:
    unknown = _find(error, socket.gaierror)
    if unknown is None:
        return None
    host = host_and_port(route.proxy or url).rpartition(":")[0]
    url_name = "the proxy's URL" if route.proxy else "the url"
    if unknown.errno == socket.EAI_NONAME:
        return _Failure(UnknownHostError, f"no host is named {host}", f"Check {url_name}{_proxy_hint(route)}")
    text = f"the name {host} could not be looked up: {_lower_first(unknown.strerror or 'no reason given')}"
    return _Failure(ConnectionFailedError, text, f"Check the network and its name server{_proxy_hint(route)}")


def _connect_failure(
    error: Exception, kind: type[ConnectionFailedError], url: str, route: Route
) -> _Failure | None:
    proxy = None if route.proxy is None else f"the proxy {host_and_port(route.proxy)}"
    # A caller's own client may have a proxy that is not known here.
    if type(error).__name__ == "ProxyError":
        status = str(error)[:3]
        answered = f"answered {status}" if status.isdecimal() else "refused"
        # 408 and 429 may pass, as a 5xx may.
        if status.startswith("4") and status not in ("408", "429"):
            kind = ProxyRefusedError
        advice = (
            "Put its user and password into the proxy's URL"
            if status == "407"
            else "Ask the proxy's operator whether it lets this host through"
        )
        return _Failure(kind, f"{proxy or 'the proxy'} {answered}", advice)
    server = proxy or host_and_port(url)
    reason = system_reason(error)
    if reason:
        text = f"could not connect to {server}: {reason}"
    elif kind is RequestTimeoutError:
        text = f"could not connect to {server} in time ({type(error).__name__})"
    else:
        text = f"the connection to {server} failed ({type(error).__name__})"
    number = _system_error(error)
    if number in _TOO_MANY_FILES:
        return _Failure(kind, text, _CLOSE_FILES_ADVICE)
    network = "" if number == errno.ECONNREFUSED else ", the network and any firewall"
    url_name = "the proxy's URL" if proxy else "the url"
    return _Failure(kind, text, f"Check host and port in {url_name}{network}{_proxy_hint(route)}")


def _broken_connection(error: Exception, timed_out: bool, url: str) -> tuple[str, str]:
    name, server = type(error).__name__, host_and_port(url)
    if timed_out:
        return f"{server} sent nothing in time ({name})", "Try again"
    reason = system_reason(error)
    text = (
        f"the connection to {server} failed: {reason}"
        if reason
        else f"the connection to {server} ended before the response was complete ({name})"
    )
    number = _system_error(error)
    if number in _TOO_MANY_FILES:
        return text, _CLOSE_FILES_ADVICE
    by_server = number in (None, errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE)
    tls = "; if the server expects TLS, begin the url with https://"
    return text, "Try again" + tls * (by_server and url.lower().startswith("http:"))


def _proxy_hint(route: Route) -> str:
    name = route.unused_proxy
    return name and (
        f". {name} is set, but the environment's proxies are not used by default: pass trust_env=True, or proxy=, "
        "to the client"
    )


def _system_error(error: Exception) -> int | None:
    for one in _chain(error):
        if isinstance(one, OSError) and not isinstance(one, ssl.SSLError | socket.gaierror) and one.errno:
            return one.errno
    return None


def _find(error: Exception, kind: type[_E]) -> _E | None:
    return next((one for one in _chain(error) if isinstance(one, kind)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and its causes, including those in groups: event loops group the errors of several addresses."""
    for one in iter_causes(error):
        yield one
        members: Sequence[BaseException] = getattr(one, "exceptions", ())
        if isinstance(one, BaseExceptionGroup):
            for member in members:
                yield from _chain(member)


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
