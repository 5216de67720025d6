"""A socket whose reads and writes respect a call's deadline."""

from __future__ import annotations

import select
import socket
import ssl
import sys
from typing import TYPE_CHECKING, Protocol

from scgapi._http.attempt import CONNECT_TIMEOUT_SECONDS, IDLE_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from scgapi._core.deadline import Deadline
    from scgapi._fast.origin import Origin
    from scgapi._io.network import Network

_CHUNK_BYTES = 64 * 1024
"""Bytes that are sent or received at a time; the deadline is checked in between."""
_MIN_TIMEOUT_SECONDS = 0.001
"""Shortest timeout that is set: 0 would make a socket non-blocking."""


class SocketStream:
    """A connected socket, with TLS if the origin uses it.

    Attributes:
        may_have_sent: True once a byte of the current request may have been sent.

    Raises:
        OSError: the gateway cannot be reached; TimeoutError if not in time.
    """

    def __init__(self, origin: Origin, network: Network, deadline: Deadline) -> None:
        tls = network.ssl_context(True) if origin.tls else None
        deadline = deadline.capped(CONNECT_TIMEOUT_SECONDS)
        connection = _connect(origin, deadline)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                connection.settimeout(_timeout(deadline))
                # Without a clean TLS close the body may be truncated: that is an error.
                # Early releases of Python 3.11 take it for a clean one.
                tls.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
                connection = tls.wrap_socket(
                    connection, server_hostname=origin.host, suppress_ragged_eofs=False
                )
        except BaseException:
            connection.close()
            raise
        self._socket = connection
        self._received_early = b""
        self.begin(deadline)

    def begin(self, deadline: Deadline) -> None:
        """Begin a request with this deadline."""
        self._deadline = deadline
        self._sent_bytes = 0
        self.may_have_sent = False

    def is_stale(self) -> bool:
        """Return True if data came that belongs to no request, or if the connection has ended."""
        return is_readable(self._socket) or bool(
            isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()
        )

    def send(self, data: bytes) -> bool:
        """Send data; stop if the response arrives first, as with a refused upload. Return True if all of it was sent."""
        rest = memoryview(data)
        while rest:
            if self._sent_bytes >= _CHUNK_BYTES and self._has_response():
                return False
            try:
                size = self._send(rest)
            except TimeoutError:
                # A server that has responded need not read the rest.
                if not self._deadline.remaining() or not self._has_response():
                    raise
                return False
            self._sent_bytes += size
            rest = rest[size:]
        return True

    def receive(self) -> bytes:
        """Return the next bytes; empty at the end of the connection."""
        if self._received_early:
            early, self._received_early = self._received_early, b""
            return early
        self._socket.settimeout(_timeout(self._deadline))
        return self._socket.recv(_CHUNK_BYTES)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def _send(self, data: memoryview) -> int:
        self._socket.settimeout(_timeout(self._deadline))
        self.may_have_sent = True
        return self._socket.send(data[:_CHUNK_BYTES])

    def _has_response(self) -> bool:
        if not is_readable(self._socket):
            return False
        self._socket.settimeout(0)
        try:
            self._received_early = self._socket.recv(_CHUNK_BYTES)
        except (BlockingIOError, ssl.SSLWantReadError):
            # TLS has messages of its own, which are no data.
            return False
        return True


def is_readable(connection: HasFileno) -> bool:
    """Return True if the socket has data to read or has ended."""
    # eventlet removes poll() from the module.
    if sys.platform == "win32" or not hasattr(select, "poll"):
        return bool(select.select([connection], [], [], 0)[0])
    # select() fails for descriptors from 1024.
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


class HasFileno(Protocol):
    """An object with a file descriptor: a socket, or an event loop's view of one."""

    def fileno(self) -> int:
        """Return the file descriptor."""
        ...


def _connect(origin: Origin, deadline: Deadline) -> socket.socket:
    """Connect to the first address of the host that accepts. The addresses share the time."""
    found = socket.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    last_error: OSError = OSError("no address")
    for tried, (family, kind, protocol, _, address) in enumerate(found):
        try:
            connection = socket.socket(family, kind, protocol)
        except OSError as error:
            # This machine does not support the address family.
            last_error = error
            continue
        try:
            connection.settimeout(max(_timeout(deadline) / (len(found) - tried), _MIN_TIMEOUT_SECONDS))
            connection.connect(address)
        except OSError as error:
            connection.close()
            last_error = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise last_error


def _timeout(deadline: Deadline) -> float:
    """Return the timeout of one socket operation, in seconds."""
    remaining = deadline.remaining()
    if remaining <= 0:
        raise TimeoutError
    return max(min(remaining, IDLE_TIMEOUT_SECONDS), _MIN_TIMEOUT_SECONDS)
