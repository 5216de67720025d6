"""Conversion of API responses to HTTP responses."""

from __future__ import annotations

import json

from starlette.responses import Response

from scgapi.sandbox.state.account import APIResponse


def http_response(response: APIResponse) -> Response:
    """Return the HTTP response for an API response."""
    if response.value is None:
        return Response(status_code=response.status)
    if isinstance(response.value, bytes):
        return Response(response.value, response.status, media_type=response.media_type)
    content = json.dumps(response.value, separators=(",", ":")).encode()
    return Response(content, response.status, media_type=response.media_type)
