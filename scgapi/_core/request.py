"""From an operation and its arguments to a request that a transport can send."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from scgapi._core.operation import Operation
from scgapi._core.text import path_segment, query_string
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    from scgapi._core.content import Upload

DEFAULT_URL = "https://api.syniverse.com"
API_PREFIX = "/scg-external-api/api/v1"
ATTACHMENT_PREFIX = "/scg-attachment/api/v1"
TOKEN_PREFIX = "/saop-rest-data/v1"  # noqa: S105 - a path
EVENTS_PREFIX = "/ess/v1"

_HOST = re.compile(r"https?://[^\s/?#@\\]+/?", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the services are: one scheme and host, a path prefix for each service (wire facts 1.1)."""

    url: str = DEFAULT_URL
    api: str = API_PREFIX
    attachment: str = ATTACHMENT_PREFIX
    token: str = TOKEN_PREFIX
    events: str = EVENTS_PREFIX

    def __post_init__(self) -> None:
        if not is_host(self.url):  # which is not repeated here: it may hold a password
            raise ConfigurationError(
                f"url must be a scheme and a host such as {DEFAULT_URL!r}, without user, query or fragment; "
                "paths go into api_prefix, attachment_prefix and token_prefix"
            )
        for name in ("api", "attachment", "token"):
            prefix = getattr(self, name)
            if prefix and (
                not prefix.startswith("/") or prefix.endswith("/") or {".", ".."} & set(prefix.split("/"))
            ):
                raise ConfigurationError(
                    f"{name}_prefix must be '' or start with '/' and not end with it: {prefix!r}"
                )

    def base(self, operation: Operation) -> str:
        """The URL that the operation's path is appended to."""
        return self.url.rstrip("/") + str(getattr(self, operation.service))


class Request(NamedTuple):
    """What is sent: everything but the credentials, which are chosen anew for each attempt."""

    operation: Operation
    url: str
    content: bytes | Upload | None = None

    def __repr__(self) -> str:
        return f"Request({self.operation})"  # the rest is nobody's business

    @property
    def secrets(self) -> tuple[str, ...]:
        """What of its path opens a content to whoever has it, as it is sent and as it was given."""
        if self.operation.service != "attachment":
            return ()
        token = self.url.split("/")[-2]
        return token, unquote(token)

    @property
    def content_type(self) -> str:
        """The media type of the body, if there is one."""
        return "application/json" if isinstance(self.content, bytes) else "application/octet-stream"


def build_request(
    endpoints: Endpoints,
    operation: Operation,
    ids: Sequence[object] = (),
    *,
    query: Mapping[str, object] | None = None,
    content: bytes | Upload | None = None,
) -> Request:
    """Put the ids into the path and the filters behind it.

    Raises:
        InvalidArgumentError: an id is empty, not a string, or a dot segment.
    """
    url = endpoints.base(operation) + fill_path(operation, ids)
    if query:
        url += "?" + query_string(query)
    return Request(operation, url, content)


def fill_path(operation: Operation, ids: Sequence[object]) -> str:
    """The operation's path with its ids, percent-encoded, in their places."""
    constants, names = _split(operation.path)
    segments = [
        path_segment(value, name, operation.name) + constant
        for value, name, constant in zip(ids, names, constants[1:], strict=True)
    ]
    return constants[0] + "".join(segments)


def is_host(url: object) -> bool:
    """Whether it is a scheme and a host, to which paths can be appended."""
    if not isinstance(url, str):
        return False
    try:
        return _HOST.fullmatch(url) is not None and urlsplit(url).port != 0
    except ValueError:
        return False


@functools.cache
def _split(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _PLACEHOLDER.split(path)
    return tuple(pieces[0::2]), tuple(pieces[1::2])
