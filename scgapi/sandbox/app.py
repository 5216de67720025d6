"""The ASGI application in front of a gateway."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from scgapi.sandbox.control.table import Control
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.http.api import api_routes
from scgapi.sandbox.http.responses import http_response
from scgapi.sandbox.state.account import APIResponse
from scgapi.sandbox.web.routes import page_routes


def application(gateway: Gateway, control: Control) -> Starlette:
    """Return the application: the API, the control interface and the page."""
    return _starlette([*api_routes(gateway), *control.routes(), *page_routes(gateway)])


def api_application(gateway: Gateway) -> Starlette:
    """Return the application with the API alone."""
    return _starlette(api_routes(gateway))


def _starlette(routes: Sequence[Route]) -> Starlette:
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _http_error,
            Exception: _server_error,
            ClientDisconnect: _client_gone,
        },
    )
    app.router.redirect_slashes = False
    return app


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    text = error.detail if isinstance(error, HTTPException) else "Server Error"
    response = http_response(APIResponse.from_error(GatewayError(status, str(status), text)))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def _server_error(_request: Request, _error: Exception) -> Response:
    # Starlette raises the exception again afterwards, so that it is logged.
    error = GatewayError(500, "SCG_ERROR_5000", "Unexpected Server Error")
    return http_response(APIResponse.from_error(error))


async def _client_gone(_request: Request, _error: Exception) -> Response:
    # The client disconnected during its request, so this response is not sent.
    return Response()
