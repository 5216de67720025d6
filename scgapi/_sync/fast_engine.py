# Generated from scgapi/_async/fast_engine.py by tools/generate.py: edit that file.
"""The fast transport: HTTP/1.1 over connections of our own, read by a parser in C."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from scgapi._core.attempt import failure, impossible
from scgapi._core.outcome import outcome_of
from scgapi._core.response import Response
from scgapi._fast.answer import BROKEN
from scgapi._fast.head import head_of
from scgapi._fast.place import place_of
from scgapi._sync.connections import Connections
from scgapi._sync.receiving import receive
from scgapi._threads.concurrency import Homes
from scgapi._threads.line import Line

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Download
    from scgapi._core.request import Request
    from scgapi._fast.place import Place


class FastEngine:
    """Sends over connections of its own."""

    is_closed = False

    def __init__(self, url: str) -> None:
        self._url = url
        self._homes = Homes(functools.partial(Connections[Line], Line))

    def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """
        place = place_of(self._url)
        head = None if place is None else head_of(request.operation.method, request.url, place, headers)
        if place is None or head is None:
            raise impossible(request.operation.name)
        use = functools.partial(_exchange, place, head, request, deadline, target)
        return self._homes.here().lend(request.operation.name, deadline, use)

    def close(self) -> None:
        """Close the connections."""
        for connections in self._homes.all():
            connections.close()


def _exchange(
    place: Place,
    head: bytes,
    request: Request,
    deadline: Deadline,
    target: Download | None,
    line: Line,
) -> Response:
    status: int | None = None
    try:
        status, headers = line.ask(place, head, request.content, deadline)
        begun = Response(status, headers, b"")
        encoding = headers.get("content-encoding", "")
        response = receive(request, begun, encoding, line.read, deadline, target, BROKEN)
        line.settle()
    except BROKEN as error:
        outcome = outcome_of(status, left=line.left, readable=False)
        late = isinstance(error, TimeoutError)
        failed = failure(request.operation.name, error, outcome, deadline, late=late)
    else:
        return response
    # Raised out here, as all transports do: no other library's error comes with it.
    raise failed
