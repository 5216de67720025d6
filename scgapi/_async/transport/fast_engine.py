"""The fast transport: HTTP/1.1 over plain sockets, with a parser in C."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from scgapi._async.transport.body import read_response
from scgapi._async.transport.pool import AsyncConnectionPool
from scgapi._core.outcome import classify_outcome
from scgapi._core.progress import CallbackError
from scgapi._core.response import Response
from scgapi._fast.head import encode_head
from scgapi._fast.origin import parse_origin
from scgapi._fast.parser import CONNECTION_ERRORS
from scgapi._fast.tasks.connection import AsyncHTTP11Connection
from scgapi._http.attempt import error_location, invalid_url_error, transport_error
from scgapi._io.tasks.concurrency import PerLoop
from scgapi.errors import ConfigurationError, ScgError

if TYPE_CHECKING:
    from scgapi._core.deadline import Deadline
    from scgapi._core.request import Request
    from scgapi._fast.origin import Origin
    from scgapi._io.content import Download
    from scgapi._io.network import Network


class AsyncFastEngine:
    """Engine that sends over its own connections, directly to the gateway."""

    is_closed = False

    def __init__(self, network: Network) -> None:
        if network.proxy is not None:
            raise ConfigurationError("transport='fast' goes through no proxy: leave transport out for that")
        self._network = network
        new = functools.partial(AsyncHTTP11Connection, network)
        self._pools = PerLoop(functools.partial(AsyncConnectionPool[AsyncHTTP11Connection], new))

    async def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once, and return its response.

        Raises:
            ConnectionFailedError: there is no complete response; `outcome` says whether the request may have been sent.
        """
        origin = parse_origin(self._network.url)
        head = None if origin is None else encode_head(request.operation.method, request.url, origin, headers)
        if origin is None or head is None:
            raise invalid_url_error(request.operation.name)
        use = functools.partial(_exchange, origin, head, request, self._network, deadline, target)
        return await self._pools.get().use(request.operation, deadline, use)

    async def aclose(self) -> None:
        """Close the connections."""
        for pool in self._pools.owned():
            await pool.aclose()


async def _exchange(
    origin: Origin,
    head: bytes,
    request: Request,
    network: Network,
    deadline: Deadline,
    target: Download | None,
    connection: AsyncHTTP11Connection,
) -> Response:
    status: int | None = None
    try:
        status, headers = await connection.send(origin, head, request.content, deadline)
        begun = Response(status, headers, b"")
        encoding = headers.get("content-encoding", "")
        response = await read_response(request, begun, encoding, connection.read, deadline, target)
        connection.release()
    except (ScgError, CallbackError):
        raise
    except Exception as error:  # noqa: BLE001 - event loops and TLS libraries raise errors of every kind
        outcome = classify_outcome(
            status,
            method=request.operation.method,
            may_have_sent=connection.may_have_sent,
            readable=False,
        )
        is_expected = isinstance(error, CONNECTION_ERRORS)
        failed = transport_error(
            request.operation,
            error,
            outcome,
            deadline,
            timed_out=isinstance(error, TimeoutError),
            reason="" if is_expected else f"the connection failed ({error_location(error)})",
            url=request.url,
            route=network.route(),
        )
    else:
        return response
    # Raised outside the except block: another library's error would become its context.
    raise failed
