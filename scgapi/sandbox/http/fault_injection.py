"""Execution of faults: the wrong responses, resets and delays that a rule asks for."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from http.client import responses
from typing import assert_never

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from scgapi._core.operation import Service
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.faults.kinds import (
    Altered,
    Bomb,
    Close,
    Disconnect,
    Executed,
    Garbage,
    Hang,
    Hidden,
    Later,
    Redirect,
    Refuse,
    Reset,
    Slow,
    Truncate,
    WrongBody,
)
from scgapi.sandbox.faults.rules import InjectedFault
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.http.connection import ClientConnection, connection_of
from scgapi.sandbox.http.responses import http_response
from scgapi.sandbox.state.account import APIRequest, APIResponse
from scgapi.sandbox.state.store import document

_SLOW_PARTS = 20
"""Number of parts that a slow response is sent in."""
_CHUNK_BYTES = 1 << 20
"""Size of one chunk of a generated body."""
_PLACEHOLDER = APIResponse(200, {"id": "discarded by the sandbox"})
"""Response to a request that is not executed; faults discard it or cut it off."""
_PARTIAL_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: applica"
# For other statuses the error code is the status.
_ERROR_CODES = {
    409: "1001",
    500: "SCG_ERROR_5000",
    503: "SCG_ERROR_5030",
}


@dataclass(frozen=True)
class Exchange:
    """A request over HTTP, and the ways to respond to it.

    `respond` decodes the request, executes it with the function that it is given, and returns the response.
    """

    gateway: Gateway
    service: Service
    respond: Callable[[Callable[[APIRequest], APIResponse]], APIResponse]
    scope: Scope
    receive: Receive
    send: Send

    @property
    def connection(self) -> ClientConnection:
        """The connection that the request came in by."""
        return connection_of(self.scope["state"])

    def handle(self) -> APIResponse:
        """Handle the request as without a fault."""
        return self.respond(self.gateway.handle)

    async def send_response(self, response: Response) -> None:
        """Send an HTTP response."""
        await response(self.scope, self.receive, self.send)

    async def wait_closed(self) -> None:
        """Wait until the connection is closed. The server would report an error if the endpoint returned earlier."""
        while (await self.receive())["type"] != "http.disconnect":
            pass


async def inject(exchange: Exchange, injected: InjectedFault) -> None:
    """Respond to one request with a fault."""
    exchange.connection.check_support(injected.fault)
    match fault := injected.fault:
        case Refuse():
            _execute(exchange, injected, fault.executed)
            await exchange.send_response(_refusal(fault, exchange.service))
        case Reset() | Close():
            await _cut(exchange, injected, fault)
        case Disconnect():
            await exchange.send_response(http_response(exchange.handle()))
            exchange.connection.close()
        case Hang():
            _execute(exchange, injected, fault.executed)
            await exchange.connection.wait_ended()
            exchange.connection.reset()
            await exchange.wait_closed()
        case Garbage():
            _execute(exchange, injected, fault.executed)
            exchange.connection.write(fault.content)
            exchange.connection.close()
            await exchange.wait_closed()
        case Slow():
            await _send_slowly(exchange, fault)
        case WrongBody():
            _execute(exchange, injected, fault.executed)
            await exchange.send_response(Response(fault.content, media_type=fault.media_type))
        case Truncate():
            whole = http_response(exchange.handle())
            body = bytes(whole.body)[: fault.length]
            await exchange.send_response(Response(body, whole.status_code, media_type=whole.media_type))
        case Altered():
            response = exchange.handle()
            fields = document(response.value)
            altered = response if fields is None else replace(response, value={**fields, **fault.fields})
            await exchange.send_response(http_response(altered))
        case Redirect():
            location = {"location": fault.url}
            await exchange.send_response(Response(status_code=fault.status, headers=location))
        case Bomb():
            _execute(exchange, injected, fault.executed)
            headers = {"content-encoding": "gzip"} if fault.compressed else {}
            body_parts = _zero_bytes(fault)
            await exchange.send_response(
                StreamingResponse(body_parts, headers=headers, media_type="application/json")
            )
        case Hidden():
            hidden = exchange.respond(
                lambda request: exchange.gateway.handle_hidden(request, injected.rule, fault)
            )
            await exchange.send_response(http_response(hidden))
        case _ as never:
            assert_never(never)


def _execute(exchange: Exchange, injected: InjectedFault, executed: Executed) -> APIResponse:
    """Execute the request now, later or not at all."""
    if isinstance(executed, Later):
        return exchange.respond(lambda request: exchange.gateway.postpone(request, injected.rule, executed))
    return exchange.handle() if executed else _PLACEHOLDER


def _refusal(fault: Refuse, service: Service) -> Response:
    phrase = responses.get(fault.status, "Error")
    headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
    if fault.body is not None:
        return Response(fault.body, fault.status, headers, media_type="text/html")
    if service == "token":
        value: dict[str, object] = {
            "errorCode": 1,
            "moreInfo": phrase,
            "userMsg": "The token could not be refreshed",
        }
    else:
        code = fault.code or _ERROR_CODES.get(fault.status, str(fault.status))
        value = GatewayError(fault.status, code, phrase).body
    response = http_response(APIResponse(fault.status, value))
    response.headers.update(headers)
    return response


async def _cut(exchange: Exchange, injected: InjectedFault, fault: Reset | Close) -> None:
    whole = http_response(_execute(exchange, injected, fault.executed))
    connection = exchange.connection
    if fault.at == "head":
        connection.write(_PARTIAL_HEAD)
    elif fault.at == "body":
        whole = http_response(_PLACEHOLDER) if not whole.body else whole
        await _send_head(exchange, whole)
        half = bytes(whole.body)[: len(whole.body) // 2]
        await exchange.send({"type": "http.response.body", "body": half, "more_body": True})
    if isinstance(fault, Reset):
        connection.reset()
    else:
        connection.close()
    await exchange.wait_closed()


async def _send_slowly(exchange: Exchange, fault: Slow) -> None:
    whole = http_response(exchange.handle())
    pause = fault.seconds / (_SLOW_PARTS + 1)
    await exchange.connection.pause(pause)
    await _send_head(exchange, whole)
    body = bytes(whole.body)
    for number in range(_SLOW_PARTS):
        await exchange.connection.pause(pause)
        part = body[len(body) * number // _SLOW_PARTS : len(body) * (number + 1) // _SLOW_PARTS]
        more = number < _SLOW_PARTS - 1
        await exchange.send({"type": "http.response.body", "body": part, "more_body": more})


async def _send_head(exchange: Exchange, response: Response) -> None:
    await exchange.send(
        {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
    )


async def _zero_bytes(fault: Bomb) -> AsyncIterator[bytes]:
    compressor = zlib.compressobj(wbits=31) if fault.compressed else None
    for start in range(0, fault.size, _CHUNK_BYTES):
        # Let the event loop run: a disconnect would otherwise be noticed only at the end.
        await asyncio.sleep(0)
        part = bytes(min(_CHUNK_BYTES, fault.size - start))
        compressed = compressor.compress(part) if compressor else part
        if compressed:
            yield compressed
    if compressor:
        yield compressor.flush()
