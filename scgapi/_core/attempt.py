"""What is the same of an attempt whatever carries it: its limits, its headers, and how its failure is told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from scgapi._core.clock import Deadline
from scgapi._core.decoding import ACCEPTED
from scgapi._core.outcome import Outcome, causes, effect_of
from scgapi._core.request import Request
from scgapi._version import __version__
from scgapi.errors import (
    ConfigurationError,
    ConnectionFailedError,
    RequestTimeoutError,
    ScgError,
    UnknownHostError,
    UntrustedServerError,
)

TransportName: TypeAlias = Literal["httpx", "fast"]
"""What carries the requests: httpx, or the fast transport, which has the same promises and fewer features."""

CONNECT = 10.0
"""Seconds to reach the gateway."""
SILENCE = 30.0
"""Seconds without a byte, up or down."""
MAX_BODY = 16 * 1024 * 1024
"""Bytes of an answer that is held in memory; downloads have no limit."""
USER_AGENT = f"scgapi/{__version__}"

_CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def headers_of(request: Request, credentials: Mapping[str, str]) -> dict[str, str]:
    """All headers but those that the connection needs, with lower-case names."""
    headers = {
        "user-agent": USER_AGENT,
        "accept": "application/json, */*",
        "accept-encoding": ACCEPTED,
        **credentials,
    }
    content = request.content
    if content is not None:
        headers["content-type"] = request.content_type
        headers["content-length"] = str(len(content) if isinstance(content, bytes) else content.size)
    elif request.operation.method in ("POST", "PUT", "PATCH"):
        headers["content-length"] = "0"
    return headers


def joined(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by lower-case name; what came more than once is one value, as RFC 9110 reads it."""
    found: dict[str, str] = {}
    for name, value in headers:
        name = name.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def failure(
    operation: str, error: Exception, outcome: Outcome, deadline: Deadline, *, late: bool, why: str = ""
) -> ScgError:
    """What is raised where no complete answer came; of the original error only its kind is told."""
    if deadline.left() <= 0:
        return out_of_time(operation, deadline, outcome)
    if outcome == "NOT_SENT":
        for cause in causes(error):
            reason: object = getattr(
                cause, "reason", None
            )  # those of an aiohttp transport have none, but a cause
            if isinstance(cause, ssl.SSLError) and reason and not isinstance(cause, _CUT_OFF):
                why = f"the server cannot be trusted ({reason}): check the url and its certificate"
                return UntrustedServerError(_told(operation, why, outcome), operation=operation, attempts=1)
            if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
                why = "no host has this name: check the url"
                return UnknownHostError(_told(operation, why, outcome), operation=operation, attempts=1)
    name = type(error).__name__
    why = why or (f"nothing came in time ({name})" if late else f"the connection failed ({name})")
    kind = RequestTimeoutError if late else ConnectionFailedError
    return kind(_told(operation, why, outcome), operation=operation, outcome=outcome, attempts=1)


def out_of_time(operation: str, deadline: Deadline, outcome: Outcome, why: str = "") -> ScgError:
    """What is raised when the call's time is over."""
    text = f"its time limit of {deadline.limit:g} s was reached{why}"
    return RequestTimeoutError(
        _told(operation, text, outcome), operation=operation, outcome=outcome, attempts=1
    )


def queued_too_long(operation: str, deadline: Deadline, busy: int, most: int) -> ScgError:
    """What is raised when no connection became free before the call's time was over."""
    why = f" while {busy} other calls held all {most} connections"
    return out_of_time(operation, deadline, "NOT_SENT", why)


def impossible(operation: str) -> ConfigurationError:
    """What is raised where no request can be made; the error that said so would hold the URL."""
    return ConfigurationError(
        f"{operation}: no request can be made of its URL: check the client's url, "
        "or shorten ids and filters; nothing was sent",
        operation=operation,
    )


def _told(operation: str, why: str, outcome: Outcome) -> str:
    return f"{operation}: {why}; {effect_of(outcome)}"
