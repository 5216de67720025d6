"""Texts of connection errors: the address, the system's reason, and what to do next."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from scgapi._core.deadline import Deadline
from scgapi._core.operation import Operation
from scgapi._http.attempt import transport_error
from scgapi._http.connection_errors import host_and_port
from scgapi._http.route import DIRECT, Route
from scgapi._io.clock import SystemClock
from scgapi.errors import (
    ConnectionFailedError,
    Outcome,
    ProxyRefusedError,
    RequestTimeoutError,
    ScgError,
    UnknownHostError,
    UntrustedServerError,
)
from scgapi.models import contacts

URL = "https://gateway.test/contacts?token=s3cr3t"
PROXY = Route("http://user:s3cr3t@proxy.test:3128")
UNUSED = Route(unused_proxy="HTTPS_PROXY")
IN_TIME = Deadline(SystemClock(monotonic=lambda: 100.0), 105.0, 60.0)
TOO_LATE = Deadline(SystemClock(monotonic=lambda: 100.0), 100.0, 1.0)
HINT = (
    ". HTTPS_PROXY is set, but the environment's proxies are not used by default: pass trust_env=True, or proxy=, "
    "to the client."
)
ISSUER = "Check the url, or pass the certificate's issuer as verify= (a CA file or an ssl.SSLContext)."


class ProxyError(Exception):
    """As httpx calls it."""


def told(
    error: Exception,
    outcome: Outcome = "NOT_SENT",
    *,
    operation: Operation = contacts.GET,
    timed_out: bool = False,
    reason: str = "",
    url: str = URL,
    route: Route = DIRECT,
    deadline: Deadline = IN_TIME,
) -> ScgError:
    return transport_error(
        operation, error, outcome, deadline, timed_out=timed_out, reason=reason, url=url, route=route
    )


def tls(reason: str, message: str = "", code: int = 0) -> ssl.SSLError:
    error = (
        ssl.SSLCertVerificationError(1, f"[SSL: {reason}]")
        if message
        else ssl.SSLError(1, f"[SSL: {reason}]")
    )
    error.reason = reason
    if isinstance(error, ssl.SSLCertVerificationError):
        error.verify_message, error.verify_code = message, code
    return error


def from_(cause: BaseException, error: Exception | None = None) -> Exception:
    error = error or RuntimeError("ConnectError with s3cr3t")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "route", "kind", "text"),
    [
        (
            ConnectionRefusedError(errno.ECONNREFUSED, "s3cr3t"),
            DIRECT,
            ConnectionFailedError,
            "could not connect to gateway.test:443: connection refused. Check host and port in the url.",
        ),
        (
            from_(OSError(errno.EHOSTUNREACH, "s3cr3t")),
            UNUSED,
            ConnectionFailedError,
            (
                "could not connect to gateway.test:443: no route to host. Check host and port in the url, the network "
                f"and any firewall{HINT}"
            ),
        ),
        (
            from_(ExceptionGroup("several", [OSError("no number"), OSError(errno.ECONNREFUSED, "x")])),
            DIRECT,
            ConnectionFailedError,
            "could not connect to gateway.test:443: connection refused. Check host and port in the url.",
        ),
        (
            ConnectionRefusedError(errno.ECONNREFUSED, "x"),
            PROXY,
            ConnectionFailedError,
            (
                "could not connect to the proxy proxy.test:3128: connection refused. Check host and port in the proxy's "
                "URL."
            ),
        ),
        (
            RuntimeError("s3cr3t"),
            DIRECT,
            ConnectionFailedError,
            (
                "the connection to gateway.test:443 failed (RuntimeError). Check host and port in the url, the network "
                "and any firewall."
            ),
        ),
        (
            from_(socket.gaierror(socket.EAI_NONAME, "Name or service not known")),
            DIRECT,
            UnknownHostError,
            "no host is named gateway.test. Check the url.",
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "x"),
            UNUSED,
            UnknownHostError,
            f"no host is named gateway.test. Check the url{HINT}",
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "x"),
            PROXY,
            UnknownHostError,
            "no host is named proxy.test. Check the proxy's URL.",
        ),
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
            DIRECT,
            ConnectionFailedError,
            (
                "the name gateway.test could not be looked up: temporary failure in name resolution. Check the network "
                "and its name server."
            ),
        ),
        (
            socket.gaierror(socket.EAI_AGAIN),
            DIRECT,
            ConnectionFailedError,
            "the name gateway.test could not be looked up: no reason given. Check the network and its name server.",
        ),
        (
            tls("WRONG_VERSION_NUMBER"),
            DIRECT,
            UntrustedServerError,
            (
                "the server at gateway.test:443 does not speak TLS (WRONG_VERSION_NUMBER). Check the port, or begin the "
                "url with http:// if the server is meant to be unencrypted."
            ),
        ),
        (
            from_(tls("RECORD_LAYER_FAILURE")),
            DIRECT,
            UntrustedServerError,
            (
                "the server at gateway.test:443 does not speak TLS (RECORD_LAYER_FAILURE). Check the port, or begin the "
                "url with http:// if the server is meant to be unencrypted."
            ),
        ),
        (
            tls("CERTIFICATE_VERIFY_FAILED", "self-signed certificate", 18),
            DIRECT,
            UntrustedServerError,
            f"the certificate of gateway.test:443 cannot be trusted: self-signed certificate. {ISSUER}",
        ),
        (
            tls(
                "CERTIFICATE_VERIFY_FAILED",
                "Hostname mismatch, certificate is not valid for 'gateway.test'.",
                62,
            ),
            DIRECT,
            UntrustedServerError,
            (
                "the certificate of gateway.test:443 cannot be trusted: hostname mismatch, certificate is not valid for "
                "'gateway.test'. Check the host in the url; verify= takes an ssl.SSLContext that accepts other names."
            ),
        ),
        (
            tls("CERTIFICATE_VERIFY_FAILED", "certificate has expired", 10),
            DIRECT,
            UntrustedServerError,
            (
                "the certificate of gateway.test:443 cannot be trusted: certificate has expired. Check this machine's "
                "clock; verify= takes an ssl.SSLContext that accepts the certificate."
            ),
        ),
        (
            tls("CERTIFICATE_VERIFY_FAILED"),
            DIRECT,
            UntrustedServerError,
            f"the certificate of gateway.test:443 cannot be trusted: CERTIFICATE_VERIFY_FAILED. {ISSUER}",
        ),
        (
            tls("UNSUPPORTED_PROTOCOL"),
            DIRECT,
            UntrustedServerError,
            (
                "the TLS handshake with gateway.test:443 failed (UNSUPPORTED_PROTOCOL). Check the url, and which versions "
                "of TLS the server takes."
            ),
        ),
        (
            OSError(errno.EMFILE, "x"),
            DIRECT,
            ConnectionFailedError,
            (
                "could not connect to gateway.test:443: too many open files. Close files and connections, or raise "
                "the limit of open files."
            ),
        ),
        (
            ProxyError("407 s3cr3t"),
            PROXY,
            ProxyRefusedError,
            "the proxy proxy.test:3128 answered 407. Put its user and password into the proxy's URL.",
        ),
        (
            ProxyError("403 s3cr3t"),
            PROXY,
            ProxyRefusedError,
            "the proxy proxy.test:3128 answered 403. Ask the proxy's operator whether it lets this host through.",
        ),
        (
            ProxyError("407 s3cr3t"),
            DIRECT,
            ProxyRefusedError,
            "the proxy answered 407. Put its user and password into the proxy's URL.",
        ),
        (
            ProxyError("429 s3cr3t"),
            PROXY,
            ConnectionFailedError,
            "the proxy proxy.test:3128 answered 429. Ask the proxy's operator whether it lets this host through.",
        ),
        (
            ProxyError("s3cr3t"),
            PROXY,
            ConnectionFailedError,
            "the proxy proxy.test:3128 refused. Ask the proxy's operator whether it lets this host through.",
        ),
    ],
    ids=range(23),
)
def test_what_kept_a_request_from_leaving(
    error: Exception, route: Route, kind: type[ScgError], text: str
) -> None:
    found = told(error, route=route)
    assert type(found) is kind
    assert str(found) == f"contacts.get: {text}"
    assert (found.operation, found.outcome) == ("contacts.get", "NOT_SENT")
    assert "s3cr3t" not in f"{found!r} {found.__cause__!r}"


@pytest.mark.parametrize(
    ("error", "timed_out", "url", "text"),
    [
        (TimeoutError(), True, URL, "gateway.test:443 sent nothing in time (TimeoutError). Try again."),
        (
            ConnectionResetError(errno.ECONNRESET, "s3cr3t"),
            False,
            URL,
            "the connection to gateway.test:443 failed: connection reset by peer. Try again.",
        ),
        (
            EOFError("s3cr3t"),
            False,
            URL,
            "the connection to gateway.test:443 ended before the response was complete (EOFError). Try again.",
        ),
        (
            EOFError(),
            False,
            "http://[::1]:8080/x",
            (
                "the connection to [::1]:8080 ended before the response was complete (EOFError). Try again; if the server "
                "expects TLS, begin the url with https://."
            ),
        ),
        (
            OSError(errno.EMFILE, "x"),
            False,
            "http://gateway.test/x",
            (
                "the connection to gateway.test:80 failed: too many open files. Close files and connections, or raise "
                "the limit of open files."
            ),
        ),
        (
            OSError(errno.ENETDOWN, "x"),
            False,
            "http://gateway.test/x",
            "the connection to gateway.test:80 failed: network is down. Try again.",
        ),
    ],
    ids=["timed_out", "reset", "end", "plain", "files", "network"],
)
def test_what_kept_an_answer_from_coming(error: Exception, timed_out: bool, url: str, text: str) -> None:
    found = told(error, "UNKNOWN", timed_out=timed_out, url=url)
    assert type(found) is (RequestTimeoutError if timed_out else ConnectionFailedError)
    assert str(found) == f"contacts.get: {text}"


def test_a_connection_that_is_not_made_in_time() -> None:
    found = told(TimeoutError(), timed_out=True)
    assert type(found) is RequestTimeoutError
    assert str(found) == (
        "contacts.get: could not connect to gateway.test:443 in time (TimeoutError). Check host and port in the url, "
        "the network and any firewall."
    )


def test_a_reason_that_is_known_takes_the_place_of_the_errors_own() -> None:
    found = told(TimeoutError(), timed_out=True, reason="no connection became free")
    assert str(found) == "contacts.get: no connection became free. Try again."


@pytest.mark.parametrize(
    ("operation", "effect"),
    [
        (contacts.GET, "Try again."),
        (contacts.LIST, "Try again."),
        (contacts.DELETE, "; the request may have had its effect. Try again."),
        (contacts.UPDATE, "; the request may have had its effect. Try again."),
        (
            contacts.CREATE,
            "; the request may have had its effect. Check whether it was done before you repeat it.",
        ),
    ],
)
def test_only_calls_that_change_something_speak_of_effects(operation: Operation, effect: str) -> None:
    found = str(told(EOFError(), "UNKNOWN", operation=operation))
    assert found.endswith(effect)
    assert ("effect" in found) is (operation.method != "GET")
    sent_nothing = str(told(ConnectionRefusedError(errno.ECONNREFUSED, ""), operation=operation))
    assert ("; nothing was sent. Check" in sent_nothing) is (operation.method != "GET")


@pytest.mark.parametrize(
    ("operation", "outcome", "text"),
    [
        (
            contacts.GET,
            "UNKNOWN",
            ". Try again, or pass a longer timeout to the client or to with_options().",
        ),
        (
            contacts.CREATE,
            "UNKNOWN",
            "; the request may have had its effect. Check whether it was done before you repeat it.",
        ),
        (
            contacts.CREATE,
            "NOT_SENT",
            "; nothing was sent. Try again, or pass a longer timeout to the client or to with_options().",
        ),
        (
            contacts.UPDATE,
            "UNKNOWN",
            (
                "; the request may have had its effect. Try again, or pass a longer timeout to the client or to "
                "with_options()."
            ),
        ),
    ],
)
def test_a_call_whose_time_is_over(operation: Operation, outcome: Outcome, text: str) -> None:
    found = told(EOFError(), outcome, operation=operation, deadline=TOO_LATE)
    assert str(found) == f"{operation.name}: timed out after 1 s{text}"


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (
            from_(ConnectionRefusedError(errno.ECONNREFUSED, "s3cr3t")),
            ConnectionRefusedError,
            "onnection refused",
        ),
        (from_(socket.gaierror(socket.EAI_NONAME, "not known")), socket.gaierror, "not known"),
        (from_(tls("BAD", "self-signed", 18)), ssl.SSLCertVerificationError, "[SSL: BAD]"),
        (from_(ssl.SSLEOFError(8, "EOF occurred")), ssl.SSLEOFError, "EOF occurred"),
        (from_(TimeoutError("s3cr3t")), TimeoutError, "timed out"),
        (from_(TimeoutError(), ssl.SSLWantReadError(2, "s3cr3t")), TimeoutError, "timed out"),
    ],
)
def test_the_systems_error_is_the_cause(error: Exception, kind: type[OSError], text: str) -> None:
    for outcome, deadline in (("NOT_SENT", IN_TIME), ("UNKNOWN", IN_TIME), ("UNKNOWN", TOO_LATE)):
        cause = told(error, "NOT_SENT" if outcome == "NOT_SENT" else "UNKNOWN", deadline=deadline).__cause__
        assert cause is not None
        assert type(cause) is kind
        assert text in str(cause)
        assert "s3cr3t" not in str(cause)
        assert (cause.__cause__, cause.__context__, cause.__traceback__) == (None, None, None)


def test_an_error_of_another_library_is_no_cause() -> None:
    assert told(RuntimeError("s3cr3t")).__cause__ is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:s3cr3t@host.test/a?b#c", "host.test:443"),
        ("http://host.test", "host.test:80"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("socks5://proxy", "proxy:1080"),
    ],
)
def test_of_a_url_only_host_and_port_are_shown(url: str, shown: str) -> None:
    assert host_and_port(url) == shown
