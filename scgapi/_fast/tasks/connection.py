"""An HTTP/1.1 connection for asyncio tasks. Mirrors `scgapi._fast.threads.connection`."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from scgapi._fast.parser import ResponseParser
from scgapi._fast.threads.socket_stream import HasFileno, is_readable
from scgapi._http.attempt import CONNECT_TIMEOUT_SECONDS, IDLE_TIMEOUT_SECONDS
from scgapi._io.tasks.concurrency import in_thread
from scgapi.errors import ConfigurationError

try:
    # Its addresses are tuples of anything.
    from aiohappyeyeballs import start_connection  # pyright: ignore[reportUnknownVariableType]
except ImportError:
    raise ConfigurationError(
        "transport='fast' of AsyncClient needs aiohappyeyeballs: pip install 'scgapi[fast]'"
    ) from None

if TYPE_CHECKING:
    from scgapi._core.deadline import Deadline
    from scgapi._core.request import FileContent
    from scgapi._fast.origin import Origin
    from scgapi._io.network import Network

_WRITE_BYTES = 64 * 1024
"""Bytes that are written at a time. Most of them must be sent within the idle timeout."""
_MAX_BUFFERED_BYTES = 256 * 1024
"""Bytes of a body that are buffered before reading from the socket is paused."""
_HAPPY_EYEBALLS_DELAY_SECONDS = 0.25
"""Time that an address is tried before the next one is tried as well (RFC 8305)."""
_TLS_SHUTDOWN_SECONDS = 1.0
"""Time that the gateway has to close TLS."""


class AsyncHTTP11Connection:
    """One connection to the gateway, opened on first use.

    Attributes:
        may_have_sent: True once a byte of the current request may have been sent.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._protocol: _HTTP11Protocol | None = None
        self.may_have_sent = False

    async def send(
        self, origin: Origin, head: bytes, content: bytes | FileContent | None, deadline: Deadline
    ) -> tuple[int, dict[str, str]]:
        """Send a request, and return the status and headers of its response."""
        self.may_have_sent = False
        if self._protocol is None or self._protocol.is_stale():
            await self.aclose()
            self._protocol = await _connect(origin, self._network, deadline)
        protocol = self._protocol
        if deadline.remaining() <= 0:
            # The process was stopped, or the event loop was busy: timers have not ended the attempt yet.
            raise TimeoutError
        protocol.begin(deadline)
        self.may_have_sent = True
        if content is None or isinstance(content, bytes):
            protocol.request_complete = await protocol.send(head + (content or b""))
        else:
            await protocol.send(head)
            # Reading the content's source may block.
            async with asyncio.timeout(deadline.remaining()):
                protocol.request_complete = await _upload(protocol, content)
        while not protocol.parser.status:
            await protocol.wait()
        return protocol.parser.status, protocol.parser.headers

    async def read(self) -> bytes:
        """Return the next bytes of the body; empty at its end."""
        protocol = self._protocol
        while protocol is not None and not protocol.parser.buffered and not protocol.parser.complete:
            await protocol.wait()
        return b"" if protocol is None else protocol.read_body()

    def release(self) -> None:
        """End the current request; close the connection if it cannot carry another."""
        if self._protocol is not None and not self._protocol.end():
            self._protocol.transport.abort()
            self._protocol = None

    async def aclose(self) -> None:
        """Close the connection. The next request opens it again."""
        if self._protocol is not None:
            self._protocol.transport.abort()
            self._protocol = None
            # The event loop closes the socket in its next iteration.
            await asyncio.sleep(0)


@runtime_checkable
class _Transport(Protocol):
    """The methods that are used of an event loop's transport. uvloop's are not an `asyncio.Transport`."""

    def write(self, data: bytes, /) -> None: ...
    def abort(self) -> None: ...
    def is_closing(self) -> bool: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def set_write_buffer_limits(self, high: int) -> None: ...


class _HTTP11Protocol(asyncio.Protocol):
    """The asyncio protocol of one connection.

    Attributes:
        transport: the event loop's transport.
        parser: parser of the responses.
        request_complete: True when all of the request was written.
    """

    transport: _Transport

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None
        self._error: Exception | None = None
        self._busy = self._write_paused = self._read_paused = self.request_complete = False
        self.parser = ResponseParser()

    def begin(self, deadline: Deadline) -> None:
        """Begin a request with this deadline."""
        self.parser.begin()
        self.request_complete = False
        self._deadline = deadline
        self._busy = True

    async def send(self, data: bytes) -> bool:
        """Send data; stop if the response arrives first, as with a refused upload. Return True if all of it was sent."""
        for start in range(0, len(data), _WRITE_BYTES):
            if self.parser.status:
                return False
            if self._error is not None:
                raise self._error
            self.transport.write(data[start : start + _WRITE_BYTES])
            while self._write_paused and not self.parser.status:
                await self.wait()
        return True

    async def wait(self) -> None:
        """Wait for the next event of the connection.

        Raises:
            TimeoutError: there was none in time.
            OSError, EOFError, HttpParserError: the connection has failed.
        """
        if self._error is not None:
            raise self._error
        remaining = self._deadline.remaining()
        if remaining <= 0:
            raise TimeoutError
        waiter = self._waiter = self._loop.create_future()
        timer = self._loop.call_later(min(remaining, IDLE_TIMEOUT_SECONDS), _time_out, waiter)
        try:
            await waiter
        finally:
            timer.cancel()
            self._waiter = None

    def read_body(self) -> bytes:
        """Return the bytes of the body that are buffered, and resume reading from the socket."""
        if self._read_paused:
            self._read_paused = False
            self.transport.resume_reading()
        return self.parser.read_body()

    def is_stale(self) -> bool:
        """Return True if the connection has ended, even if the event loop has not noticed yet."""
        if self._error is not None or self.transport.is_closing():
            return True
        return self._socket is None or is_readable(self._socket)

    def end(self) -> bool:
        """End the current request. Return True if the connection can carry another."""
        self._busy = False
        # Bytes of this request that are still to be written would be read as part of the next one.
        written = self.request_complete and not self.transport.get_write_buffer_size()
        return written and self.parser.reusable and self._error is None

    # Called by the event loop:

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, _Transport):
            self.transport = transport
        self._socket: HasFileno | None = transport.get_extra_info("socket")
        self._tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")

    def data_received(self, data: bytes) -> None:
        if not self._busy or self.parser.complete:
            # Data that belongs to no request.
            self._fail(EOFError())
            return
        self.parser.feed(data)
        if self.parser.error is not None:
            self._fail(self.parser.error)
        too_much = self.parser.buffered > _MAX_BUFFERED_BYTES
        if too_much and not self._read_paused and not self.transport.is_closing():
            self._read_paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        is_trusted = self._tls is None or _is_closed_cleanly(self._tls)
        if self._error is None and is_trusted and self.parser.feed_eof():
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._error = self._error or exc or EOFError()
        self._wake()

    def pause_writing(self) -> None:
        self._write_paused = True

    def resume_writing(self) -> None:
        self._write_paused = False
        self._wake()

    def _fail(self, error: Exception) -> None:
        self._error = self._error or error
        self.transport.abort()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _is_closed_cleanly(tls: ssl.SSLObject) -> bool:
    """Return True if the gateway closed TLS; otherwise the body may be truncated."""
    try:
        return not tls.read(1)
    except ssl.SSLError:
        return False


def _time_out(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())


async def _connect(origin: Origin, network: Network, deadline: Deadline) -> _HTTP11Protocol:
    loop = asyncio.get_running_loop()
    tls = network.ssl_context(True) if origin.tls else None
    async with asyncio.timeout(min(deadline.remaining(), CONNECT_TIMEOUT_SECONDS)):
        found = await loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
        # On Python 3.11, asyncio's own Happy Eyeballs leaks the connected socket if it is cancelled.
        connection = await start_connection(found, happy_eyeballs_delay=_HAPPY_EYEBALLS_DELAY_SECONDS)
        _, protocol = await loop.create_connection(
            _HTTP11Protocol,
            sock=connection,
            ssl=tls,
            server_hostname=origin.host if origin.tls else None,
            ssl_shutdown_timeout=_TLS_SHUTDOWN_SECONDS if origin.tls else None,
        )
    protocol.transport.set_write_buffer_limits(_WRITE_BYTES)
    return protocol


async def _upload(protocol: _HTTP11Protocol, content: FileContent) -> bool:
    content.rewind()
    content.report()
    while chunk := await in_thread(content.read):
        if not await protocol.send(chunk):
            return False
        content.report()
    return True
