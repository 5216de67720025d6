"""A receiver as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TypeGuard

from scgapi.events.core import Response
from scgapi.events.receiver import Receiver

Scope = Mapping[str, object]
Receive = Callable[[], Awaitable[Mapping[str, object]]]
Send = Callable[[dict[str, object]], Awaitable[None]]


def asgi_app(receiver: Receiver) -> AsgiApp:
    """Return the receiver as an application to serve, or to mount at a path: `uvicorn.run(asgi_app(receiver))`."""
    return AsgiApp(receiver)


class _Disconnected(Exception):
    """Raised if the caller disconnects before the body is complete."""


class AsgiApp:
    """An ASGI application that receives events at any path."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's scope."""
        if scope["type"] == "lifespan":
            await _serve_lifespan(self._receiver, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            try:
                response = await self._receiver.handle_async(
                    str(scope["method"]), _headers(scope["headers"]), _body(receive)
                )
            except _Disconnected:
                return
            await _respond(response, scope, send)


async def _serve_lifespan(receiver: Receiver, receive: Receive, send: Send) -> None:
    while True:
        event = (await receive())["type"]
        if event == "lifespan.shutdown":
            await receiver.aclose()
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            return


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Disconnected
        chunk = message.get("body", b"")
        yield chunk if isinstance(chunk, bytes) else b""
        more = bool(message.get("more_body"))


async def _respond(response: Response, scope: Scope, send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.all_headers]
    if response.status == HTTPStatus.REQUEST_TIMEOUT and str(scope.get("http_version", "")).startswith("1"):
        # The unread rest of the body would block the connection. HTTP/2 has no such header, and WSGI servers refuse it.
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


def _headers(pairs: object) -> dict[str, str]:
    """Return the headers by name. Repeated headers are joined, so that a repeated credential is refused."""
    found: dict[str, str] = {}
    for raw_name, raw_value in pairs if _are_pairs(pairs) else ():
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _are_pairs(value: object) -> TypeGuard[Iterable[tuple[bytes, bytes]]]:
    return isinstance(value, Iterable)
