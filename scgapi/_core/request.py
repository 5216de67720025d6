"""Build requests from operations and their arguments."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from typing import TYPE_CHECKING, NamedTuple, Protocol, get_args
from urllib.parse import unquote, urlsplit

from scgapi._core.describe import describe_value
from scgapi._core.operation import Method, Operation
from scgapi._core.text import encode_path_segment, encode_query
from scgapi.errors import ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    from pydantic import JsonValue


DEFAULT_URL = "https://api.syniverse.com"
API_PREFIX = "/scg-external-api/api/v1"
ATTACHMENT_PREFIX = "/scg-attachment/api/v1"
TOKEN_PREFIX = "/saop-rest-data/v1"  # noqa: S105 - a path
EVENTS_PREFIX = "/ess/v1"

_HOST = re.compile(r"https?://[^\s/?#@\\]+/?", re.IGNORECASE)
_PATH = re.compile(r"/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/?\[\]-]*")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Endpoints:
    """URLs of the services: one scheme and host, and a path prefix for each service (docs/api-notes.md, note 1)."""

    url: str = DEFAULT_URL
    api: str = API_PREFIX
    attachment: str = ATTACHMENT_PREFIX
    token: str = TOKEN_PREFIX
    events: str = EVENTS_PREFIX

    def __post_init__(self) -> None:
        # The text does not quote the url, which may hold a password.
        if not is_base_url(self.url):
            raise ConfigurationError(
                f"url must be a scheme and a host such as {DEFAULT_URL!r}, without user, query or fragment; "
                "paths go into api_prefix, attachment_prefix and token_prefix"
                + ("" if isinstance(self.url, str) else f". Got {describe_value(self.url)}")
            )
        for name in ("api", "attachment", "token"):
            prefix: object = getattr(self, name)
            if not isinstance(prefix, str) or (
                prefix
                and (
                    not prefix.startswith("/") or prefix.endswith("/") or {".", ".."} & set(prefix.split("/"))
                )
            ):
                raise ConfigurationError(
                    f"{name}_prefix must be '' or a path that starts with '/' and does not end with it, got {describe_value(prefix)}"
                )

    def base(self, operation: Operation) -> str:
        """Return the URL that the operation's path is appended to."""
        return self.url.rstrip("/") + str(getattr(self, operation.service))


class FileContent(Protocol):
    """A body that is read in pieces and can be rewound for another attempt."""

    @property
    def size(self) -> int:
        """Length in bytes."""
        ...

    @property
    def head(self) -> bytes:
        """First bytes of the content."""
        ...

    def rewind(self) -> None:
        """Go back to the start."""
        ...

    def read(self) -> bytes:
        """Return the next piece; empty at the end."""
        ...

    def report(self) -> None:
        """Report the progress to the caller."""
        ...


class Request(NamedTuple):
    """A request without credentials, which are added to each attempt."""

    operation: Operation
    url: str
    content: bytes | FileContent | None = None

    def __repr__(self) -> str:
        # URL and content may hold private data.
        return f"Request({self.operation})"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Secrets in the URL: the token of an attachment's content, encoded and decoded."""
        if self.operation.service != "attachment":
            return ()
        token = self.url.split("/")[-2]
        return token, unquote(token)

    @property
    def content_type(self) -> str:
        """Media type of the body."""
        return "application/json" if isinstance(self.content, bytes) else "application/octet-stream"


def build_request(
    endpoints: Endpoints,
    operation: Operation,
    ids: Sequence[object] = (),
    *,
    query: Mapping[str, object] | None = None,
    content: bytes | FileContent | None = None,
) -> Request:
    """Build a request from an operation, the ids in its path, filters and content.

    Raises:
        InvalidArgumentError: an id is empty, not a string, or a dot segment.
    """
    url = endpoints.base(operation) + fill_path(operation, ids)
    if query:
        url += "?" + encode_query(query)
    return Request(operation, url, content)


def build_arbitrary_request(endpoints: Endpoints, method: Method, path: str, json: JsonValue) -> Request:
    """Build a request for any path of the API, with `json` as its body unless it is None.

    Raises:
        InvalidArgumentError: the method or the path is malformed, or the body cannot be written as JSON.
    """
    # The operation has a placeholder for the path: logs and errors show it, and a path may hold a phone number.
    operation = Operation("request", method, "/{path}", arbitrary=True)
    problem = _find_call_problem(method, path)
    content: bytes | None = None
    if problem is None and json is not None:
        try:
            content = dumps(json, allow_nan=False).encode()
        except (TypeError, ValueError, RecursionError):
            problem = "json cannot be written as JSON"
    if problem is not None:
        raise InvalidArgumentError(f"request: {problem}. Nothing was sent.", operation="request")
    return Request(operation, endpoints.base(operation) + path, content)


def _find_call_problem(method: object, path: object) -> str | None:
    if method not in get_args(Method):
        return f"method must be one of {', '.join(get_args(Method))}"
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        return (
            "path must begin with one '/' and hold only characters that a URL can, such as /contacts?limit=1"
        )
    if {".", ".."} & {unquote(segment) for segment in path.partition("?")[0].split("/")}:
        return "path must not hold '.' or '..' as a segment"
    return None


def fill_path(operation: Operation, ids: Sequence[object]) -> str:
    """Return the operation's path with its percent-encoded ids."""
    constants, names = _split_path(operation.path)
    segments = [
        encode_path_segment(value, name, operation.name) + constant
        for value, name, constant in zip(ids, names, constants[1:], strict=True)
    ]
    return constants[0] + "".join(segments)


def is_base_url(url: object) -> bool:
    """Return True for a scheme and a host, without path, query or user."""
    if not isinstance(url, str):
        return False
    try:
        return _HOST.fullmatch(url) is not None and urlsplit(url).port != 0
    except ValueError:
        return False


@functools.cache
def _split_path(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _PLACEHOLDER.split(path)
    return tuple(pieces[0::2]), tuple(pieces[1::2])
