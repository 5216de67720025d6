"""Log filters that remove URLs, headers and bodies from the debug logs of the HTTP libraries."""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar

in_attempt: ContextVar[bool] = ContextVar("scgapi_in_attempt", default=False)
"""True while an attempt of this package runs in this thread or task."""

_PROXY_AUTH = re.compile(r" auth=(?!None).*", re.DOTALL)
_RESPONSE = re.compile(r"(receive_response_\w+\.(?:complete return_value|failed exception)=\w*).*", re.DOTALL)


def add_log_filters() -> None:
    """Filter the logs of httpcore and hpack that show credentials. Repeated calls add nothing: logging adds a filter once."""
    for name in ("httpcore.http11", "httpcore.http2", "httpcore2.http11", "httpcore2.http2"):
        logging.getLogger(name).addFilter(_without_response)
    for name in ("httpcore.socks", "httpcore2.socks"):
        logging.getLogger(name).addFilter(_without_password)
    for name in ("hpack.hpack", "hpack.table"):
        logging.getLogger(name).addFilter(_without_headers)


def _without_response(record: logging.LogRecord) -> bool:
    """Remove the response headers from a record about an attempt of this package."""
    if in_attempt.get() and isinstance(record.msg, str):
        record.msg = _RESPONSE.sub(r"\1…", record.msg)
    return True


def _without_password(record: logging.LogRecord) -> bool:
    """Remove user and password from a record about a SOCKS proxy, for other users of httpcore as well."""
    if isinstance(record.msg, str):
        record.msg = _PROXY_AUTH.sub(" auth=…", record.msg)
    return True


def _without_headers(record: logging.LogRecord) -> bool:
    """Keep only the numbers of a record of hpack.

    Requests over the same connection share hpack's table: a record cannot be attributed to one of them.
    """
    if isinstance(record.args, tuple):
        record.args = tuple(value if isinstance(value, int) else "…" for value in record.args)
    return True
