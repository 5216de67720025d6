"""A receiver as a WSGI application."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from scgapi.events.core import Refused, length_required
from scgapi.events.receiver import Receiver

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

_CHUNK_BYTES = 64 * 1024


def wsgi_app(receiver: Receiver) -> WsgiApp:
    """Return the receiver as an application to serve, or to mount at a path."""
    return WsgiApp(receiver)


class WsgiApp:
    """A WSGI application that receives events at any path."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def __call__(self, environ: Mapping[str, object], start_response: StartResponse) -> list[bytes]:
        """Handle one request."""
        response = self._receiver.handle(
            str(environ["REQUEST_METHOD"]), _headers(environ), read_body(environ)
        )
        status = f"{response.status} {HTTPStatus(response.status).phrase}"
        start_response(status, [(name.title(), value) for name, value in response.all_headers])
        return [response.body]


def _headers(environ: Mapping[str, object]) -> dict[str, str]:
    found = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            found[name.replace("_", "-").lower()] = str(environ[name])
    return found


def read_body(environ: Mapping[str, object]) -> Iterator[bytes]:
    """Read the body of a WSGI request.

    Raises:
        Refused: it comes in chunks, and the server does not mark their end.
    """
    read: Callable[[int], bytes] = getattr(environ["wsgi.input"], "read")  # noqa: B009 - of no type that is known
    if is_chunked(environ):
        if not environ.get("wsgi.input_terminated"):
            raise Refused(length_required())
        while chunk := read(_CHUNK_BYTES):
            yield chunk
        return
    left = int(str(environ.get("CONTENT_LENGTH") or 0))
    while left > 0 and (chunk := read(min(_CHUNK_BYTES, left))):
        yield chunk
        left -= len(chunk)


def is_chunked(environ: Mapping[str, object]) -> bool:
    """Return True if the body is chunked: it has no length in its head."""
    return not environ.get("CONTENT_LENGTH") and bool(
        environ.get("HTTP_TRANSFER_ENCODING") or environ.get("wsgi.input_terminated")
    )
