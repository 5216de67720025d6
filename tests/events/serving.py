"""Real servers around receivers, and callers of them."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import io
import socket
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Mapping
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, BinaryIO, Literal
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import uvicorn

from scgapi import events
from scgapi.events.core import Response
from scgapi.sandbox.server import _listen

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

ReceiverKind = Literal["sync", "async"]
RECEIVER_KINDS: tuple[ReceiverKind, ...] = ("sync", "async")


def post(
    receiver_kind: ReceiverKind,
    receiver: events.Receiver,
    body: bytes,
    headers: Mapping[str, str],
    *,
    method: str = "POST",
) -> Response:
    """One post, sync or async, without a server."""
    chunks = [body[:10], body[10:]]
    if receiver_kind == "sync":
        return receiver.handle(method, headers, chunks)
    return asyncio.run(receiver.handle_async(method, headers, each(chunks)))


async def each(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@contextlib.contextmanager
def asgi_served(app: Callable[..., object], *, grace: int | None = None) -> Generator[int, None, None]:
    """The port at which uvicorn serves an application; it shuts down after so many seconds of waiting for calls."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=grace
    )
    server = _Uvicorn(config)
    listener = _listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert server.is_up.wait(10)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


class _Threads(ThreadingMixIn, WSGIServer):
    request_queue_size = 512
    daemon_threads = False


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Dechunked(io.RawIOBase):
    """A chunked body without its framing, as gunicorn gives it to an application."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        if not self._left and not self._ended:
            self._left = int(self._stream.readline(), 16)
            self._ended = not self._left
        content = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(content)
        if self._left and not content:
            raise OSError("the caller hung up")
        if not self._left:
            self._stream.readline()
        return content


def _decoding_chunks(app: WSGIApplication) -> WSGIApplication:
    def decoding(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input"] = _Dechunked(environ["wsgi.input"])
            environ["wsgi.input_terminated"] = True
        return app(environ, start_response)

    return decoding


@contextlib.contextmanager
def wsgi_served(app: WSGIApplication, *, decodes_chunks: bool = False) -> Generator[int, None, None]:
    """The port at which the standard library's server serves an application, a thread for each post."""
    served = _decoding_chunks(app) if decodes_chunks else app
    server = make_server("127.0.0.1", 0, served, server_class=_Threads, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


@contextlib.contextmanager
def connection(port: int) -> Generator[http.client.HTTPConnection, None, None]:
    """A connection of the gateway's."""
    made = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        yield made
    finally:
        made.close()


def send(
    made: http.client.HTTPConnection, path: str, body: bytes, headers: Mapping[str, str], method: str = "POST"
) -> int:
    """Post; the status of the answer."""
    made.request(method, path, body, dict(headers))
    answer = made.getresponse()
    answer.read()
    return answer.status


def raw(port: int, request: bytes, *, hang_up: bool = False) -> bytes:
    """What a server answers to these bytes before it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as made:
        made.sendall(request)
        if hang_up:
            made.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := made.recv(65536):
            answer += chunk
        return answer


def chunked(*chunks: bytes) -> bytes:
    """A body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
