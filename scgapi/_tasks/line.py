"""A connection of tasks: one of the event loop's own; the twin of `scgapi._threads.line`."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from scgapi._core.attempt import CONNECT, SILENCE
from scgapi._fast.answer import Answers
from scgapi._tasks.concurrency import in_thread
from scgapi._threads.wire import HasFileno, is_readable
from scgapi._trust import trust
from scgapi.errors import ConfigurationError

try:
    # Its addresses are tuples of anything.
    from aiohappyeyeballs import start_connection  # pyright: ignore[reportUnknownVariableType]
except ImportError:
    raise ConfigurationError(
        "transport='fast' of AsyncClient needs aiohappyeyeballs: pip install 'scgapi[fast]'"
    ) from None

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Upload
    from scgapi._fast.place import Place

_SLICE = 64 * 1024  # bytes that are written at once: within SILENCE most of them must be gone
_WAITING = 256 * 1024  # bytes that came and that nobody has read yet, before no more are taken
_ALONE = 0.25  # seconds that an address is tried before the next one is, too (RFC 8305)
_SHUTDOWN = 1.0  # seconds that a peer has to end TLS in good form


class AsyncLine:
    """One connection to the gateway, opened when it is needed.

    Attributes:
        left: whether a byte of the current request may have left.
    """

    def __init__(self) -> None:
        self._peer: _Peer | None = None
        self.left = False

    async def ask(
        self, place: Place, head: bytes, content: bytes | Upload | None, deadline: Deadline
    ) -> tuple[int, dict[str, str]]:
        """Send the request, and read the head of its answer: status and headers."""
        self.left = False
        if self._peer is None or self._peer.is_stale():
            await self.aclose()
            self._peer = await _connected(place, deadline)
        peer = self._peer
        peer.begin(deadline)
        self.left = True
        if content is None or isinstance(content, bytes):
            peer.whole = await peer.send(head + (content or b""))
        else:
            await peer.send(head)
            async with asyncio.timeout(deadline.left()):  # its source may stand still
                peer.whole = await _upload(peer, content)
        while not peer.answers.status:
            await peer.happens()
        return peer.answers.status, peer.answers.headers

    async def read(self) -> bytes:
        """The next bytes of the body, none after its end."""
        peer = self._peer
        while peer is not None and not peer.answers.ahead and not peer.answers.complete:
            await peer.happens()
        return b"" if peer is None else peer.take()

    def settle(self) -> None:
        """The answer has been read; what cannot serve another call is closed."""
        if self._peer is not None and not self._peer.serves_on():
            self._peer.transport.abort()
            self._peer = None

    async def aclose(self) -> None:
        """Close it; the next request opens it again."""
        if self._peer is not None:
            self._peer.transport.abort()
            self._peer = None
            await asyncio.sleep(0)  # the event loop closes the socket in its next round


@runtime_checkable
class _Transport(Protocol):
    """What is asked of a connection of the event loop's; uvloop's are no `asyncio.Transport`."""

    def write(self, data: bytes, /) -> None: ...
    def abort(self) -> None: ...
    def is_closing(self) -> bool: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def set_write_buffer_limits(self, high: int) -> None: ...


class _Peer(asyncio.Protocol):
    """What comes over one connection.

    Attributes:
        answers: what it says.
        whole: whether all of the request was written.
    """

    transport: _Transport

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None
        self._error: Exception | None = None
        self._busy = self._full = self._paused = self.whole = False
        self.answers = Answers()

    def begin(self, deadline: Deadline) -> None:
        """The next request goes out, and keeps to this time."""
        self.answers.begin()
        self.whole = False
        self._deadline = deadline
        self._busy = True

    async def send(self, data: bytes) -> bool:
        """Write it, unless the answer comes before its end: then the rest would be for nobody. True for all of it."""
        for start in range(0, len(data), _SLICE):
            if self.answers.status:
                return False
            if self._error is not None:
                raise self._error
            self.transport.write(data[start : start + _SLICE])
            while self._full and not self.answers.status:
                await self.happens()
        return True

    async def happens(self) -> None:
        """Wait for whatever comes next.

        Raises:
            TimeoutError: nothing came in time.
            OSError, EOFError, HttpParserError: the connection has failed.
        """
        if self._error is not None:
            raise self._error
        left = self._deadline.left()
        if left <= 0:
            raise TimeoutError
        waiter = self._waiter = self._loop.create_future()
        timer = self._loop.call_later(min(left, SILENCE), _late, waiter)
        try:
            await waiter
        finally:
            timer.cancel()
            self._waiter = None

    def take(self) -> bytes:
        """What came of the body."""
        if self._paused:
            self._paused = False
            self.transport.resume_reading()
        return self.answers.take()

    def is_stale(self) -> bool:
        """Whether it has ended, even if the event loop has not noticed yet."""
        if self._error is not None or self.transport.is_closing():
            return True
        return self._socket is None or is_readable(self._socket)

    def serves_on(self) -> bool:
        """Whether the answer has ended, and another request may follow."""
        self._busy = False
        # Else the next request, or its answer, would be taken for the rest of this one.
        written = self.whole and not self.transport.get_write_buffer_size()
        return written and self.answers.serves_on and self._error is None

    # Called by the event loop:

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, _Transport):
            self.transport = transport
        self._socket: HasFileno | None = transport.get_extra_info("socket")
        self._tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")

    def data_received(self, data: bytes) -> None:
        if not self._busy or self.answers.complete:  # nobody asked
            self._fail(EOFError())
            return
        self.answers.feed(data)
        if self.answers.error is not None:
            self._fail(self.answers.error)
        if self.answers.ahead > _WAITING and not self._paused and not self.transport.is_closing():
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        if self._error is None and (self._tls is None or _is_vouched_for(self._tls)) and self.answers.ends():
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._error = self._error or exc or EOFError()
        self._wake()

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        self._wake()

    def _fail(self, error: Exception) -> None:
        self._error = self._error or error
        self.transport.abort()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _is_vouched_for(tls: ssl.SSLObject) -> bool:
    """Whether the gateway itself has ended it: whoever can cut a connection could cut an answer."""
    try:
        return not tls.read(1)
    except ssl.SSLError:
        return False


def _late(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())


async def _connected(place: Place, deadline: Deadline) -> _Peer:
    loop = asyncio.get_running_loop()
    tls = trust(secure=True) if place.secure else None
    async with asyncio.timeout(min(deadline.left(), CONNECT)):
        found = await loop.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        # Not the event loop's own race of addresses: on Python 3.11 it loses the winner if it is cancelled.
        connection = await start_connection(found, happy_eyeballs_delay=_ALONE)
        _, peer = await loop.create_connection(
            _Peer,
            sock=connection,
            ssl=tls,
            server_hostname=place.host if place.secure else None,
            ssl_shutdown_timeout=_SHUTDOWN if place.secure else None,
        )
    peer.transport.set_write_buffer_limits(_SLICE)
    return peer


async def _upload(peer: _Peer, content: Upload) -> bool:
    content.rewind()
    content.report()
    while chunk := await in_thread(content.read):
        if not await peer.send(chunk):
            return False
        content.report()
    return True
