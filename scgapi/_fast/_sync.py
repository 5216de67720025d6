"""The connections of threads: sockets that keep within a call's time."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from scgapi._fast.answer import Answer, MalformedAnswerError
from scgapi._fast.wire import Wire

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Upload
    from scgapi._fast.place import Place

BROKEN = (OSError, EOFError, MalformedAnswerError)
"""What a connection raises that does not do what it should."""


class Line:
    """One connection to the gateway, opened when it is needed.

    Attributes:
        left: whether a byte of the current request may have left.
    """

    def __init__(self) -> None:
        self._wire: Wire | None = None
        self._answer: Answer | None = None
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
            self._wire = Wire(place, deadline)
        wire = self._wire
        wire.begin(deadline)
        self._whole = False
        try:
            self._whole = _send(wire, head, content)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            pass  # whoever refuses a content may close before all of it came, and have answered
        self._answer = answer = Answer(wire.receive)
        headers = answer.begin()
        return answer.status, headers

    def read(self) -> bytes:
        """The next bytes of the body, none after its end."""
        return b"" if self._answer is None else self._answer.read()

    def settle(self) -> None:
        """The answer has been read; what cannot serve another call is closed."""
        if not (self._whole and self._answer is not None and self._answer.serves_on):
            self.close()
        self._answer = None

    def close(self) -> None:
        """Close it; the next request opens it again."""
        if self._wire is not None:
            self._wire.close()
        self._answer = self._wire = None


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
