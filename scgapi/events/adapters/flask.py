"""A receiver in a Flask application."""

from __future__ import annotations

from collections.abc import Callable

import flask
from werkzeug.wrappers import Response

from scgapi.events.receiver import Receiver
from scgapi.events.wsgi import WsgiApp


def flask_view(receiver: Receiver) -> Callable[[], Response]:
    """A view for a receiver: `app.add_url_rule("/scg", view_func=flask_view(receiver), methods=["POST"])`."""
    app = WsgiApp(receiver)

    def scgapi_events() -> Response:
        return Response.from_app(app, flask.request.environ)

    return scgapi_events
