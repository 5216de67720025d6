"""Names and attributes of spans and metrics.

They are strings of this package's own: the semantic conventions of messaging are still incubating, and their module is
not part of opentelemetry-api.
"""

from __future__ import annotations

import functools
from typing import NamedTuple
from urllib.parse import urlsplit

METHOD = "http.request.method"
RESEND_COUNT = "http.request.resend_count"
STATUS = "http.response.status_code"
ADDRESS = "server.address"
PORT = "server.port"
TEMPLATE = "url.template"
ERROR_TYPE = "error.type"

SYSTEM = "messaging.system"
OPERATION_TYPE = "messaging.operation.type"
MESSAGE_COUNT = "messaging.batch.message_count"
MESSAGE_ID = "messaging.message.id"
SYSTEM_NAME = "syniverse_scg"

OPERATION = "scgapi.operation"
OUTCOME = "scgapi.outcome"
ERROR_CODE = "scgapi.error.code"
ATTEMPT_NUMBER = "scgapi.attempt.number"
PAUSE_SECONDS = "scgapi.retry.pause"
EVENT = "scgapi.event"
EVENT_RESULT = "scgapi.event.result"
CAMPAIGN = "scgapi.campaign.name"
RECIPIENT_STATE = "scgapi.recipient.state"
RECIPIENTS = "scgapi.campaign.recipients"

_MAX_NAMES = 1024
"""Number of operations whose names are cached."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


class OperationNames(NamedTuple):
    """Attributes of an operation at one gateway: those of its spans, and those of its metrics."""

    span: dict[str, str | int]
    metric: dict[str, str | int]


@functools.lru_cache(maxsize=_MAX_NAMES)
def operation_names(name: str, method: str, path: str, base_url: str) -> OperationNames:
    """Return the attributes of an operation; `base_url` is the URL that its path is appended to."""
    parts = urlsplit(base_url)
    metric: dict[str, str | int] = {METHOD: method, ADDRESS: parts.hostname or ""}
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    if port is not None:
        metric[PORT] = port
    metric[TEMPLATE] = parts.path + path
    return OperationNames({**metric, OPERATION: name}, metric)
