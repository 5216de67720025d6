"""A receiver as a WSGI application."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from scgapi.events.core import Refused, no_length
from scgapi.events.receiver import Receiver

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

_CHUNK = 64 * 1024


def wsgi_app(receiver: Receiver) -> WsgiApp:
    """The receiver as an application to serve, or to mount at a path."""
    return WsgiApp(receiver)


class WsgiApp:
    """A WSGI application that answers what is posted to it, at any path."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def __call__(self, environ: Mapping[str, object], start_response: StartResponse) -> list[bytes]:
        """Answer one request."""
        answer = self._receiver.handle(str(environ["REQUEST_METHOD"]), _headers(environ), _body(environ))
        status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
        start_response(status, [(name.title(), value) for name, value in answer.all_headers])
        return [answer.body]


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


def _body(environ: Mapping[str, object]) -> Iterator[bytes]:
    read: Callable[[int], bytes] = getattr(environ["wsgi.input"], "read")  # noqa: B009 - of no type that is known
    length = environ.get("CONTENT_LENGTH")
    if not length and environ.get("wsgi.input_terminated"):
        while chunk := read(_CHUNK):
            yield chunk
    elif not length and environ.get("HTTP_TRANSFER_ENCODING"):
        raise Refused(no_length())
    left = int(str(length or 0))
    while left > 0 and (chunk := read(min(_CHUNK, left))):
        yield chunk
        left -= len(chunk)
