"""A connection of threads: a socket that keeps within a call's time; the twin of `scgapi._tasks.line`."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from scgapi._fast.answer import Answers
from scgapi._threads.wire import Wire

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Upload
    from scgapi._fast.place import Place


class Line:
    """One connection to the gateway, opened when it is needed.

    Attributes:
        left: whether a byte of the current request may have left.
    """

    def __init__(self) -> None:
        self._wire: Wire | None = None
        self._answers = Answers()
        self._whole = False  # all of the request was sent

    @property
    def left(self) -> bool:
        return self._wire is not None and self._wire.left

    def ask(
        self, place: Place, head: bytes, content: bytes | Upload | None, deadline: Deadline
    ) -> tuple[int, dict[str, str]]:
        """Send the request, and read the head of its answer: status and headers."""
        if self._wire is None or self._wire.is_stale():
            self.close()
            self._wire, self._answers = Wire(place, deadline), Answers()
        wire = self._wire
        wire.begin(deadline)
        self._answers.begin()
        self._whole = False
        try:
            self._whole = _send(wire, head, content)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            pass  # whoever refuses a content may close before all of it came, and have answered
        while not self._answers.status:
            self._hear(wire)
        return self._answers.status, self._answers.headers

    def read(self) -> bytes:
        """The next bytes of the body, none after its end."""
        while self._wire is not None and not self._answers.ahead and not self._answers.complete:
            self._hear(self._wire)
        return self._answers.take()

    def settle(self) -> None:
        """The answer has been read; what cannot serve another call is closed."""
        if not (self._whole and self._answers.serves_on):
            self.close()

    def close(self) -> None:
        """Close it; the next request opens it again."""
        if self._wire is not None:
            self._wire.close()
        self._wire = None

    def _hear(self, wire: Wire) -> None:
        if self._answers.error is not None:
            raise self._answers.error
        data = wire.receive()
        if data:
            self._answers.feed(data)
        elif not self._answers.ends():
            raise EOFError


def _send(wire: Wire, head: bytes, content: bytes | Upload | None) -> bool:
    if content is None or isinstance(content, bytes):
        return wire.send(head + (content or b""))
    wire.send(head)
    content.rewind()
    content.report()
    while chunk := content.read():
        if not wire.send(chunk):
            return False
        content.report()
    return True
