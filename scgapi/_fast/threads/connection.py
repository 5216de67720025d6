"""An HTTP/1.1 connection for threads. Mirrors `scgapi._fast.tasks.connection`."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from scgapi._fast.parser import ResponseParser
from scgapi._fast.threads.socket_stream import SocketStream

if TYPE_CHECKING:
    from scgapi._core.deadline import Deadline
    from scgapi._core.request import FileContent
    from scgapi._fast.origin import Origin
    from scgapi._io.network import Network


class HTTP11Connection:
    """One connection to the gateway, opened on first use."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._stream: SocketStream | None = None
        self._parser = ResponseParser()
        self._request_complete = False

    @property
    def may_have_sent(self) -> bool:
        """True once a byte of the current request may have been sent."""
        return self._stream is not None and self._stream.may_have_sent

    def send(
        self, origin: Origin, head: bytes, content: bytes | FileContent | None, deadline: Deadline
    ) -> tuple[int, dict[str, str]]:
        """Send a request, and return the status and headers of its response."""
        if self._stream is None or self._stream.is_stale():
            self.close()
            self._stream, self._parser = SocketStream(origin, self._network, deadline), ResponseParser()
        stream = self._stream
        stream.begin(deadline)
        self._parser.begin()
        self._request_complete = False
        try:
            self._request_complete = _send(stream, head, content)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            # A server that refuses an upload may respond and close before it has received all of it.
            pass
        while not self._parser.status:
            self._receive(stream)
        return self._parser.status, self._parser.headers

    def read(self) -> bytes:
        """Return the next bytes of the body; empty at its end."""
        while self._stream is not None and not self._parser.buffered and not self._parser.complete:
            self._receive(self._stream)
        return self._parser.read_body()

    def release(self) -> None:
        """End the current request; close the connection if it cannot carry another."""
        if not (self._request_complete and self._parser.reusable):
            self.close()

    def close(self) -> None:
        """Close the connection. The next request opens it again."""
        if self._stream is not None:
            self._stream.close()
        self._stream = None

    def _receive(self, stream: SocketStream) -> None:
        if self._parser.error is not None:
            raise self._parser.error
        data = stream.receive()
        if data:
            self._parser.feed(data)
        elif not self._parser.feed_eof():
            raise EOFError


def _send(stream: SocketStream, head: bytes, content: bytes | FileContent | None) -> bool:
    if content is None or isinstance(content, bytes):
        return stream.send(head + (content or b""))
    stream.send(head)
    content.rewind()
    content.report()
    while chunk := content.read():
        if not stream.send(chunk):
            return False
        content.report()
    return True
