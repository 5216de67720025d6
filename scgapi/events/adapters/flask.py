"""A receiver in a Flask application. Flask is imported when a view is created."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from scgapi.events.core import Refused, body_incomplete, length_required
from scgapi.events.receiver import Receiver

if TYPE_CHECKING:
    import flask

_CHUNK_BYTES = 64 * 1024


def flask_view(receiver: Receiver) -> Callable[[], flask.Response]:
    """Return a view for a receiver: `app.add_url_rule("/scg", view_func=flask_view(receiver), methods=["POST"])`."""
    import flask

    def scgapi_events() -> flask.Response:
        request = flask.request
        headers = {name.lower(): value for name, value in request.headers.items()}
        response = receiver.handle(request.method, headers, _chunks(request))
        return flask.Response(response.body, response.status, response.all_headers)

    return scgapi_events


def _chunks(request: flask.Request) -> Iterator[bytes]:
    from werkzeug.exceptions import ClientDisconnected

    terminated = request.environ.get("wsgi.input_terminated")
    if not request.content_length and "Transfer-Encoding" in request.headers and not terminated:
        raise Refused(length_required())
    try:
        # A hook of the application may have read the body already: then Flask has cached it.
        chunk = request.stream.read(_CHUNK_BYTES) or request.get_data()
        while chunk:
            yield chunk
            chunk = request.stream.read(_CHUNK_BYTES)
    except ClientDisconnected:
        raise Refused(body_incomplete()) from None
