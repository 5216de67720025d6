"""Routes of the page: its files, pictures of messages, and the stream of changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.handsets.images import image_type
from scgapi.sandbox.handsets.views import MEDIA_PATH
from scgapi.sandbox.http.responses import http_response
from scgapi.sandbox.state.account import APIResponse
from scgapi.sandbox.web.stream import STREAM_PATH, change_events

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_PAGE_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MEDIA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def page_routes(gateway: Gateway) -> list[Route]:
    """Return the routes, for the application in front of the gateway."""

    def media(request: Request) -> Response:
        try:
            content = gateway.phones.media(str(request.path_params["attachment_id"]))
        except LookupError as error:
            return http_response(APIResponse.from_error(GatewayError(404, "404", str(error.args[0]))))
        kind = image_type(content)
        headers = {**_HEADERS, "content-security-policy": _MEDIA_POLICY}
        # Anything but a picture, such as HTML, is offered as a download: a browser must not run it here.
        headers["content-disposition"] = "attachment" if kind is None else "inline"
        return Response(content, headers=headers, media_type=kind or "application/octet-stream")

    def stream(_request: Request) -> Response:
        return StreamingResponse(
            change_events(gateway.changes), headers=_HEADERS, media_type="text/event-stream"
        )

    return [
        Route("/", _file(_STATIC / "index.html"), methods=["GET"]),
        # Browsers ask for this icon beside responses that are not HTML.
        Route("/favicon.ico", _file(_STATIC / "icon.svg"), methods=["GET"]),
        *(
            Route(f"/web/{path.name}", _file(path), methods=["GET"])
            for path in sorted(_STATIC.iterdir())
            if path.suffix in _TYPES
        ),
        Route(f"{MEDIA_PATH}/{{attachment_id}}", media, methods=["GET"]),
        Route(STREAM_PATH, stream, methods=["GET"]),
    ]


def _file(path: Path) -> Callable[[Request], Response]:
    content = path.read_bytes()
    headers = {**_HEADERS, "content-security-policy": _PAGE_POLICY, "content-type": _TYPES[path.suffix]}

    def serve(_request: Request) -> Response:
        return Response(content, headers=headers)

    return serve
