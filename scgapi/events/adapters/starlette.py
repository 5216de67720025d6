"""A receiver in a Starlette or FastAPI application."""

from __future__ import annotations

from starlette.routing import Route

from scgapi.events.asgi import AsgiApp
from scgapi.events.receiver import Receiver


def starlette_route(path: str, receiver: Receiver) -> Route:
    """A route to a receiver, for both frameworks: `app.router.routes.append(starlette_route("/scg", receiver))`."""
    return Route(path, AsgiApp(receiver), name="scgapi-events", include_in_schema=False)
