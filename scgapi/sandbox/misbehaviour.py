"""How faults are carried out on calls that came in."""

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
from scgapi.sandbox.answers import response
from scgapi.sandbox.connection import Connection
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.faults import (
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
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.rules import Firing
from scgapi.sandbox.store import document
from scgapi.sandbox.world import Call, Reply

_DROPS = 20
_CHUNK = 1 << 20
_LOST = Reply(200, {"id": "an answer that nobody gets to read"})
_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: applica"
# What is not here has its status for its code.
_CODES = {
    409: "1001",
    500: "SCG_ERROR_5000",
    503: "SCG_ERROR_5030",
}


@dataclass(frozen=True)
class Exchange:
    """A call that came in, and the ways to answer it.

    `answer` admits and decodes the call, lets it be carried out by what it is given, and returns the reply.
    """

    gateway: Gateway
    service: Service
    answer: Callable[[Callable[[Call], Reply]], Reply]
    scope: Scope
    receive: Receive
    send: Send

    @property
    def connection(self) -> Connection:
        """The connection that it came in by."""
        return Connection.of(self.scope["state"])

    def reply(self) -> Reply:
        """Carry the call out."""
        return self.answer(self.gateway.handle)

    async def respond(self, made: Response) -> None:
        """Send a response."""
        await made(self.scope, self.receive, self.send)

    async def gone(self) -> None:
        """Wait until the connection is no more: to return before would be an error to the server."""
        while (await self.receive())["type"] != "http.disconnect":
            pass


async def misbehave(exchange: Exchange, firing: Firing) -> None:
    """Let one call go wrong."""
    match fault := firing.fault:
        case Refuse():
            _execute(exchange, firing, fault.executed)
            await exchange.respond(_refusal(fault, exchange.service))
        case Reset() | Close():
            await _cut(exchange, firing, fault)
        case Disconnect():
            await exchange.respond(response(exchange.reply()))
            exchange.connection.close()
        case Hang():
            _execute(exchange, firing, fault.executed)
            await exchange.connection.ended.wait()
            exchange.connection.reset()
            await exchange.gone()
        case Garbage():
            _execute(exchange, firing, fault.executed)
            exchange.connection.write(fault.content)
            exchange.connection.close()
            await exchange.gone()
        case Slow():
            await _drip(exchange, fault)
        case WrongBody():
            _execute(exchange, firing, fault.executed)
            await exchange.respond(Response(fault.content, media_type=fault.media_type))
        case Truncate():
            whole = response(exchange.reply())
            body = bytes(whole.body)[: fault.length]
            await exchange.respond(Response(body, whole.status_code, media_type=whole.media_type))
        case Altered():
            reply = exchange.reply()
            fields = document(reply.value)
            altered = reply if fields is None else replace(reply, value={**fields, **fault.fields})
            await exchange.respond(response(altered))
        case Redirect():
            await exchange.respond(Response(status_code=fault.status, headers={"location": fault.url}))
        case Bomb():
            _execute(exchange, firing, fault.executed)
            headers = {"content-encoding": "gzip"} if fault.compressed else {}
            await exchange.respond(
                StreamingResponse(_flood(fault), headers=headers, media_type="application/json")
            )
        case Hidden():
            unseen = exchange.answer(lambda call: exchange.gateway.handle_unseen(call, firing.rule, fault))
            await exchange.respond(response(unseen))
        case _ as never:
            assert_never(never)


def _execute(exchange: Exchange, firing: Firing, executed: Executed) -> Reply:
    """Do what was asked: now, later or not at all."""
    if isinstance(executed, Later):
        return exchange.answer(lambda call: exchange.gateway.postpone(call, firing.rule, executed))
    return exchange.reply() if executed else _LOST


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
        code = fault.code or _CODES.get(fault.status, str(fault.status))
        value = GatewayError(fault.status, code, phrase).body
    made = response(Reply(fault.status, value))
    made.headers.update(headers)
    return made


async def _cut(exchange: Exchange, firing: Firing, fault: Reset | Close) -> None:
    whole = response(_execute(exchange, firing, fault.executed))
    connection = exchange.connection
    if fault.at == "head":
        connection.write(_HEAD)
    elif fault.at == "body":
        whole = response(_LOST) if not whole.body else whole
        await exchange.send(
            {"type": "http.response.start", "status": whole.status_code, "headers": whole.raw_headers}
        )
        half = bytes(whole.body)[: len(whole.body) // 2]
        await exchange.send({"type": "http.response.body", "body": half, "more_body": True})
    if isinstance(fault, Reset):
        connection.reset()
    else:
        connection.close()
    await exchange.gone()


async def _drip(exchange: Exchange, fault: Slow) -> None:
    whole = response(exchange.reply())
    ended, pause = exchange.connection.ended, fault.seconds / (_DROPS + 1)
    await _sleep(pause, ended)
    await exchange.send(
        {"type": "http.response.start", "status": whole.status_code, "headers": whole.raw_headers}
    )
    body = bytes(whole.body)
    for drop in range(_DROPS):
        await _sleep(pause, ended)
        part = body[len(body) * drop // _DROPS : len(body) * (drop + 1) // _DROPS]
        await exchange.send({"type": "http.response.body", "body": part, "more_body": drop < _DROPS - 1})


async def _sleep(seconds: float, ended: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(ended.wait(), seconds)
    except TimeoutError:
        pass


async def _flood(fault: Bomb) -> AsyncIterator[bytes]:
    packer = zlib.compressobj(wbits=31) if fault.compressed else None
    for start in range(0, fault.size, _CHUNK):
        await asyncio.sleep(0)  # or that the caller has gone would not be seen before the end
        part = bytes(min(_CHUNK, fault.size - start))
        packed = packer.compress(part) if packer else part
        if packed:
            yield packed
    if packer:
        yield packer.flush()
