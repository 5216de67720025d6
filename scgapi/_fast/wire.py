"""A socket whose reads and writes keep within the time of the call that uses it."""

from __future__ import annotations

import io
import select
import socket
import sys
from typing import TYPE_CHECKING, Protocol

from scgapi._core.attempt import CONNECT, SILENCE
from scgapi._trust import trust

if TYPE_CHECKING:
    from typing_extensions import Buffer

    from scgapi._core.clock import Deadline
    from scgapi._fast.place import Place

_SLICE = 64 * 1024  # bytes: between two of them the time is looked at
_LEAST = 0.001  # seconds: 0 would have a socket answer at once


class Wire:
    """What an answer of http.client is read from.

    Attributes:
        left: whether a byte of the current request may have left.
        ended: whether the gateway has said its last byte.

    Raises:
        OSError: the gateway cannot be reached; a TimeoutError, that it cannot be in time.
    """

    def __init__(self, place: Place, deadline: Deadline) -> None:
        deadline = deadline.sooner(CONNECT)
        connection = _connected(place, deadline)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if place.secure:
                connection.settimeout(_seconds(deadline))
                connection = trust(secure=True).wrap_socket(connection, server_hostname=place.host)
        except BaseException:
            connection.close()
            raise
        self._socket = connection
        self._readers = 0
        self.ended = False
        self._closing = False
        self.begin(deadline)

    def begin(self, deadline: Deadline) -> None:
        """The next request keeps to this time."""
        self._deadline = deadline
        self.left = False

    def is_stale(self) -> bool:
        """Whether something came that nobody asked for, be it the end."""
        return is_readable(self._socket)

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        for start in range(0, len(data), _SLICE):
            self._socket.settimeout(_seconds(self._deadline))
            self.left = True
            self._socket.sendall(data[start : start + _SLICE])

    def recv_into(self, buffer: Buffer) -> int:
        """The next bytes, 0 at the end."""
        self._socket.settimeout(_seconds(self._deadline))
        size = self._socket.recv_into(buffer)
        self.ended = not size
        return size

    def makefile(self, _: str) -> io.BufferedReader:
        """What an answer is read from; the socket stays open until it is closed, too."""
        self._readers += 1
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        """Close it, once nothing is read from it any more."""
        self._closing = True
        if not self._readers:
            self._socket.close()

    def leave(self) -> None:
        """A reader is closed."""
        self._readers -= 1
        if self._closing:
            self.close()


def is_readable(connection: HasFileno) -> bool:
    """Whether something has come, be it the end."""
    if sys.platform == "win32":
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()  # select() refuses descriptors from 1024
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


class HasFileno(Protocol):
    """Sockets, and what event loops show of theirs."""

    def fileno(self) -> int:
        """Its descriptor."""
        ...


class _Reader(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        return self._wire.recv_into(buffer)

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._wire.leave()


def _connected(place: Place, deadline: Deadline) -> socket.socket:
    """Try all addresses of a host: they share the time."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    failed: OSError = OSError("no address")
    for tried, (family, kind, protocol, _, address) in enumerate(found):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(max(_seconds(deadline) / (len(found) - tried), _LEAST))
            connection.connect(address)
        except OSError as error:
            connection.close()
            failed = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise failed


def _seconds(deadline: Deadline) -> float:
    left = deadline.left()
    if left <= 0:
        raise TimeoutError
    return max(min(left, SILENCE), _LEAST)
