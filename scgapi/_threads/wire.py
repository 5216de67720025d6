"""A socket whose reads and writes keep within the time of the call that uses it."""

from __future__ import annotations

import select
import socket
import ssl
import sys
from typing import TYPE_CHECKING, Protocol

from scgapi._core.attempt import CONNECT, SILENCE
from scgapi._trust import trust

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._fast.place import Place

_SLICE = 64 * 1024  # bytes that are sent or taken at once: between two the time is looked at
_LEAST = 0.001  # seconds: 0 would have a socket answer at once


class Wire:
    """A connection that requests are written to and answers are read from.

    Attributes:
        left: whether a byte of the current request may have left.

    Raises:
        OSError: the gateway cannot be reached; a TimeoutError, that it cannot be in time.
    """

    def __init__(self, place: Place, deadline: Deadline) -> None:
        tls = trust(secure=True) if place.secure else None
        deadline = deadline.sooner(CONNECT)
        connection = _connected(place, deadline)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                connection.settimeout(_seconds(deadline))
                # An end that nobody vouches for is an error: whoever can cut the connection could cut an answer.
                connection = tls.wrap_socket(
                    connection, server_hostname=place.host, suppress_ragged_eofs=False
                )
        except BaseException:
            connection.close()
            raise
        self._socket = connection
        self._early = b""
        self.begin(deadline)

    def begin(self, deadline: Deadline) -> None:
        """The next request keeps to this time."""
        self._deadline = deadline
        self._sent = 0
        self.left = False

    def is_stale(self) -> bool:
        """Whether something came that nobody asked for, be it the end."""
        return is_readable(self._socket) or bool(
            isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()
        )

    def send(self, data: bytes) -> bool:
        """Send it, unless the answer comes before its end: then the rest would be for nobody. True for all of it."""
        rest = memoryview(data)
        while rest:
            if self._sent >= _SLICE and self._is_answered():
                return False
            try:
                size = self._send(rest)
            except TimeoutError:  # whoever has answered need not read on
                if not self._deadline.left() or not self._is_answered():
                    raise
                return False
            self._sent += size
            rest = rest[size:]
        return True

    def receive(self) -> bytes:
        """The next bytes, none at the end."""
        if self._early:
            early, self._early = self._early, b""
            return early
        self._socket.settimeout(_seconds(self._deadline))
        return self._socket.recv(_SLICE)

    def close(self) -> None:
        """Close it."""
        self._socket.close()

    def _send(self, data: memoryview) -> int:
        self._socket.settimeout(_seconds(self._deadline))
        self.left = True
        return self._socket.send(data[:_SLICE])

    def _is_answered(self) -> bool:
        if not is_readable(self._socket):
            return False
        self._socket.settimeout(0)
        try:
            self._early = self._socket.recv(_SLICE)
        except (BlockingIOError, ssl.SSLWantReadError):  # TLS says things of its own, too
            return False
        return True


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


def _connected(place: Place, deadline: Deadline) -> socket.socket:
    """Try all addresses of a host: they share the time."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    failed: OSError = OSError("no address")
    for tried, (family, kind, protocol, _, address) in enumerate(found):
        try:
            connection = socket.socket(family, kind, protocol)
        except OSError as error:  # this machine has no such addresses
            failed = error
            continue
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
