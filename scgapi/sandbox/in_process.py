"""The sandbox as an httpx transport: requests are served in the caller's thread, without a socket."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import AsyncIterator, Iterator

import httpx
from anyio.lowlevel import checkpoint
from starlette.types import ASGIApp, Message, Scope

from scgapi.auth import AuthInfo
from scgapi.errors import ConfigurationError
from scgapi.sandbox.faults.kinds import Disconnect, Garbage, SingleCallFault, Slow
from scgapi.sandbox.http.connection import connection_state

IN_PROCESS_URL = "http://sandbox.invalid"
"""URL of clients that reach a sandbox in process. No host can have this name, so nothing is sent elsewhere."""
_CHUNK_BYTES = 64 << 10
"""Size of the pieces that a response body is read in."""


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """An httpx transport to a sandbox in this process: for `httpx.Client` and for `httpx.AsyncClient`.

    It serves the API at any host. Faults that break connections raise the exceptions that httpx would raise, and
    `Hang` is a `ReadTimeout` at once.

    Attributes:
        auth: credentials for clients with this transport.

    Raises:
        ConfigurationError: the injected fault needs a connection: `Slow`, `Disconnect`, or `Garbage` that is HTTP.
    """

    auth: AuthInfo

    def __init__(self, app: ASGIApp, auth: AuthInfo) -> None:
        self._app = app
        self.auth = auth

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Serve one request."""
        return _Exchange(self._app, request, request.read()).response()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Serve one request."""
        content = await request.aread()
        # Serving never waits, so this is where other tasks run.
        await checkpoint()
        return _Exchange(self._app, request, content).response()


class _Exchange(httpx.SyncByteStream, httpx.AsyncByteStream):
    """One request to an ASGI application, and the stream of its response's body.

    The application is run without an event loop, so that sync clients work in a thread that runs one: endpoints of the
    API do not wait for anything.
    """

    def __init__(self, app: ASGIApp, request: httpx.Request, content: bytes) -> None:
        self._connection = _InProcessConnection()
        self._unread: deque[bytes] = deque([content])
        self._messages: deque[Message] = deque()
        self._steps = app(self._scope(request), self._receive, self._send).__await__()
        self._has_ended = False

    def response(self) -> httpx.Response:
        """Run the application until it responds.

        Raises:
            httpx.TransportError: a fault cut the connection.
        """
        head = self._next_message()
        if head is None:
            raise self._connection.failure()
        return httpx.Response(head["status"], headers=head["headers"], stream=self)

    def __iter__(self) -> Iterator[bytes]:
        is_complete = False
        while not is_complete:
            message = self._next_message()
            if message is None:
                raise self._connection.failure()
            body = bytes(message.get("body", b""))
            for start in range(0, len(body), _CHUNK_BYTES):
                yield body[start : start + _CHUNK_BYTES]
            is_complete = not message.get("more_body", False)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        """End the application, if the body was not read to its end."""
        self._has_ended = True
        self._steps.close()

    async def aclose(self) -> None:
        """End the application, if the body was not read to its end."""
        self.close()

    def _next_message(self) -> Message | None:
        """Run the application until it sends a message; return that, or None if it has ended."""
        while not self._messages and not self._has_ended:
            try:
                awaited = next(self._steps)
            except StopIteration:
                self._has_ended = True
            else:
                # `asyncio.sleep(0)` yields None.
                if awaited is not None:
                    raise RuntimeError(f"an endpoint of the API must not wait, it waits for {awaited!r}")
        return self._messages.popleft() if self._messages else None

    async def _receive(self) -> Message:
        if self._unread:
            return {"type": "http.request", "body": self._unread.popleft(), "more_body": False}
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self._messages.append(message)

    def _scope(self, request: httpx.Request) -> Scope:
        return {
            "type": "http",
            # From version 2.4 on, Starlette streams responses without tasks of its own.
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": request.url.scheme,
            "path": request.url.path,
            "raw_path": request.url.raw_path.partition(b"?")[0],
            "query_string": request.url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "server": (request.url.host, request.url.port),
            "client": None,
            "state": connection_state(self._connection),
        }


class _InProcessConnection:
    """The connection of one request, as faults use it: it records the error that httpx would raise."""

    def __init__(self) -> None:
        self._failure: httpx.TransportError | None = None

    def failure(self) -> httpx.TransportError:
        """Return the error for a response that is not complete."""
        return self._failure or httpx.RemoteProtocolError("the sandbox sent no complete response")

    def check_support(self, fault: SingleCallFault) -> None:
        """Raise ConfigurationError if the fault can be seen on a connection only."""
        if isinstance(fault, Slow | Disconnect) or (
            isinstance(fault, Garbage) and fault.content.startswith(b"HTTP/")
        ):
            raise ConfigurationError(
                f"faults.{type(fault).__name__} needs a connection, and this client reaches the sandbox in process: "
                "make the client with the auth of a started sandbox (`with Sandbox() as sandbox:`)"
            )

    def write(self, content: bytes) -> None:
        """Do nothing: httpx raises an error for a head that is not complete, whatever is in it."""

    def close(self) -> None:
        """Record that the connection was closed in order."""
        self._failure = self._failure or httpx.RemoteProtocolError("the sandbox closed the connection")

    def reset(self) -> None:
        """Record that the connection was reset."""
        if self._failure is None:
            self._failure = httpx.ReadError("the sandbox reset the connection")
            self._failure.__cause__ = ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))

    async def wait_ended(self) -> None:
        """Record that the client's time limit has passed."""
        self._failure = httpx.ReadTimeout("the sandbox does not respond")

    async def pause(self, seconds: float) -> None:
        """Do nothing: faults that pause are not supported."""
