"""A receiver as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import TypeGuard

from scgapi.events.core import Answer
from scgapi.events.receiver import Receiver

Scope = Mapping[str, object]
Receive = Callable[[], Awaitable[Mapping[str, object]]]
Send = Callable[[dict[str, object]], Awaitable[None]]


def asgi_app(receiver: Receiver) -> AsgiApp:
    """The receiver as an application to serve, or to mount at a path: `uvicorn.run(asgi_app(receiver))`."""
    return AsgiApp(receiver)


class _Gone(Exception):
    """The caller hung up before the body was complete."""


class AsgiApp:
    """An ASGI application that answers what is posted to it, at any path."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's scope."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            try:
                answer = await self._receiver.handle_async(
                    str(scope["method"]), _headers(scope["headers"]), _body(receive)
                )
            except _Gone:
                return
            await _respond(answer, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        event = (await receive())["type"]
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            return


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        chunk = message.get("body", b"")
        yield chunk if isinstance(chunk, bytes) else b""
        more = bool(message.get("more_body"))


async def _respond(answer: Answer, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.all_headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _headers(pairs: object) -> dict[str, str]:
    """By name; what was sent twice is joined, and then is no credential and no type that anybody knows."""
    found: dict[str, str] = {}
    for raw_name, raw_value in pairs if _are_pairs(pairs) else ():
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _are_pairs(value: object) -> TypeGuard[Iterable[tuple[bytes, bytes]]]:
    return isinstance(value, Iterable)
