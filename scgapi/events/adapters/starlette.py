"""A receiver in a Starlette or FastAPI application. Starlette is imported when a route is created."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scgapi.events.asgi import AsgiApp
from scgapi.events.receiver import Receiver

if TYPE_CHECKING:
    from starlette.routing import Route


def starlette_route(path: str, receiver: Receiver) -> Route:
    """Return a route to a receiver, for both frameworks: `app.router.routes.append(starlette_route("/scg", receiver))`."""
    from starlette.routing import Route

    return Route(path, AsgiApp(receiver), name="scgapi-events", include_in_schema=False)
