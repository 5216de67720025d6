"""A receiver in a Flask application."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import flask

from scgapi.events.core import Refused, no_length
from scgapi.events.receiver import Receiver

_CHUNK = 64 * 1024


def flask_view(receiver: Receiver) -> Callable[[], flask.Response]:
    """A view for a receiver: `app.add_url_rule("/scg", view_func=flask_view(receiver), methods=["POST"])`."""

    def scgapi_events() -> flask.Response:
        request = flask.request
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = receiver.handle(request.method, headers, _chunks(request))
        return flask.Response(answer.body, answer.status, answer.all_headers)

    return scgapi_events


def _chunks(request: flask.Request) -> Iterator[bytes]:
    terminated = request.environ.get("wsgi.input_terminated")
    if not request.content_length and "Transfer-Encoding" in request.headers and not terminated:
        raise Refused(no_length())
    chunk = request.stream.read(_CHUNK) or request.get_data()  # which a hook of the application may have read
    while chunk:
        yield chunk
        chunk = request.stream.read(_CHUNK)
