"""Replies as HTTP has them."""

from __future__ import annotations

import json

from starlette.responses import Response

from scgapi.sandbox.world import Reply


def response(reply: Reply) -> Response:
    """The response that a reply becomes."""
    if reply.value is None:
        return Response(status_code=reply.status)
    if isinstance(reply.value, bytes):
        return Response(reply.value, reply.status, media_type=reply.media_type)
    content = json.dumps(reply.value, separators=(",", ":")).encode()
    return Response(content, reply.status, media_type=reply.media_type)
