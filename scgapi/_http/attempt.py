"""Time limits, headers and error mapping that all transports share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from scgapi._core.deadline import Deadline
from scgapi._core.operation import Operation
from scgapi._core.request import Request
from scgapi._http.decoding import ACCEPTED_ENCODING
from scgapi._http.route import DIRECT, Route
from scgapi._version import __version__
from scgapi.errors import (
    ConfigurationError,
    Outcome,
    RequestTimeoutError,
    ScgError,
)

TransportName: TypeAlias = Literal["httpx", "fast"]
"""Name of a transport: httpx, or the fast transport, which gives the same guarantees and has fewer features."""

CONNECT_TIMEOUT_SECONDS = 10.0
"""Time to connect to the gateway."""
IDLE_TIMEOUT_SECONDS = 30.0
"""Time without a byte sent or received after which an attempt fails."""
MAX_BODY_BYTES = 16 * 1024 * 1024
"""Size of a response body that is held in memory. Downloads have no limit."""
USER_AGENT = f"scgapi/{__version__}"


def request_headers(request: Request, credentials: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of an attempt, with lower-case names. Transports add those of the connection."""
    headers = {
        "user-agent": USER_AGENT,
        "accept": "application/json, */*",
        "accept-encoding": ACCEPTED_ENCODING,
        **credentials,
    }
    content = request.content
    if content is not None:
        headers["content-type"] = request.content_type
        headers["content-length"] = str(len(content) if isinstance(content, bytes) else content.size)
    elif request.operation.method in ("POST", "PUT", "PATCH"):
        headers["content-length"] = "0"
    return headers


def merge_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by lower-case name. Repeated headers become one comma-separated value (RFC 9110, 5.3)."""
    merged: dict[str, str] = {}
    for name, value in headers:
        name = name.lower()
        merged[name] = f"{merged[name]}, {value}" if name in merged else value
    return merged


def transport_error(
    operation: Operation,
    error: Exception,
    outcome: Outcome,
    deadline: Deadline,
    *,
    timed_out: bool,
    reason: str = "",
    url: str = "",
    route: Route = DIRECT,
) -> ScgError:
    """Return the error of an attempt without a complete response. Its cause is a copy of the system's own error.

    `reason` replaces the reason that is found in `error`.
    """
    # Imported on the first failure only.
    from scgapi._http.connection_errors import connection_error, safe_cause

    if deadline.remaining() <= 0:
        failed = timeout_error(operation, deadline, outcome)
    else:
        failed = connection_error(
            operation, error, outcome, timed_out=timed_out, reason=reason, url=url, route=route
        )
    failed.__cause__ = safe_cause(error)
    return failed


def error_location(error: BaseException) -> str:
    """Return an unforeseen error's type, and the module and line that raised it. Its text may hold secrets."""
    name, trace = type(error).__name__, error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return name
    return f"{name} in {trace.tb_frame.f_globals.get('__name__')}, line {trace.tb_lineno}"


def timeout_error(operation: Operation, deadline: Deadline, outcome: Outcome, detail: str = "") -> ScgError:
    """Return the error of a call url_name deadline has passed."""
    from scgapi._http.connection_errors import CHECK_FIRST_ADVICE, error_message, leaves_doubt

    advice = "Try again, or pass a longer timeout to the client or to with_options()"
    if leaves_doubt(operation, outcome):
        advice = CHECK_FIRST_ADVICE
    return RequestTimeoutError(
        error_message(operation, f"timed out after {deadline.limit:g} s{detail}", outcome, advice),
        operation=operation.name,
        outcome=outcome,
        attempts=1,
    )


def pool_timeout_error(operation: Operation, deadline: Deadline, busy: int, limit: int) -> ScgError:
    """Return the error of a call for which no connection became free before its deadline."""
    detail = f" while {busy} other calls held all {limit} connections"
    return timeout_error(operation, deadline, "NOT_SENT", detail)


def invalid_url_error(operation: str) -> ConfigurationError:
    """Return the error of a call url_name URL no HTTP request can carry. It does not repeat the URL, which may be secret."""
    return ConfigurationError(
        f"{operation}: no request can be made of its URL; nothing was sent. Check the client's url, "
        "or shorten ids and filters.",
        operation=operation,
    )
