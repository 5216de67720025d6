"""One HTTP exchange of a call, with its observation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scgapi._async.transport.transport import AsyncTransport
from scgapi._core.deadline import Deadline
from scgapi._core.observing import Observation
from scgapi._core.request import Request
from scgapi._core.response import Response

if TYPE_CHECKING:
    from scgapi._io.content import Download


async def exchange(
    transport: AsyncTransport,
    observation: Observation,
    request: Request,
    headers: Mapping[str, str],
    deadline: Deadline,
    target: Download | None = None,
) -> Response:
    """Send a request, and note how the exchange ended.

    Raises:
        ScgError: there was no complete response.
    """
    monotonic = deadline.clock.monotonic
    began = monotonic()
    try:
        response = await transport.send(request, {**headers, **observation.headers}, deadline, target)
    except BaseException as error:
        observation.note_attempt(None, error, monotonic() - began)
        raise
    observation.note_attempt(response.status, None, monotonic() - began)
    return response
