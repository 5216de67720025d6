"""The connections of threads: sockets that keep within a call's time, read by the standard library's http.client."""

from __future__ import annotations

import contextlib
import http.client
from typing import TYPE_CHECKING

from scgapi._core.attempt import joined
from scgapi._fast.wire import Wire

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Upload
    from scgapi._fast.place import Place

BROKEN = (OSError, http.client.HTTPException)
"""What a connection raises that does not do what it should."""

_CHUNK = 256 * 1024  # bytes


class Line:
    """One connection to the gateway, opened when it is needed.

    Attributes:
        left: whether a byte of the current request may have left.
    """

    def __init__(self) -> None:
        self._wire: Wire | None = None
        self._answer: _Answer | None = None

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
        self._wire.begin(deadline)
        _send(self._wire, head, content)
        self._answer = answer = _Answer(self._wire)
        answer.begin()
        if self._wire.ended:  # it takes an end for the end of a head, too
            raise http.client.IncompleteRead(b"")
        return answer.status, joined(answer.getheaders())

    def read(self) -> bytes:
        """The next bytes of the body, none after its end."""
        answer = self._answer
        chunk = b"" if answer is None else answer.read1(_CHUNK)
        if not chunk and answer is not None and answer.length:  # it takes an end for the end
            raise http.client.IncompleteRead(b"", answer.length)
        return chunk

    def settle(self) -> None:
        """The answer has been read; what cannot serve another call is closed."""
        answer = self._answer
        if answer is None or answer.will_close or not (answer.isclosed() or answer.length == 0):
            self.close()
        elif not answer.isclosed():
            answer.close()

    def close(self) -> None:
        """Close it; the next request opens it again."""
        if self._answer is not None:
            self._answer.close()
        if self._wire is not None:
            self._wire.close()
        self._answer = self._wire = None


class _Answer(http.client.HTTPResponse):
    """An answer; what a server hints before it is passed over."""

    def __init__(self, wire: Wire) -> None:
        # Of a socket it wants makefile() only.
        super().__init__(wire)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    def begin(self) -> None:
        """Read the head."""
        super().begin()
        while 100 < self.status < 200 and self.status != http.client.SWITCHING_PROTOCOLS:
            # It reads the next head only if it seems to have none.
            setattr(self, "headers", None)  # noqa: B010 - typed as never None
            super().begin()


def _send(wire: Wire, head: bytes, content: bytes | Upload | None) -> None:
    # Whoever refuses a content may close before all of it came, and have answered.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        if content is None or isinstance(content, bytes):
            wire.sendall(head + (content or b""))
            return
        wire.sendall(head)
        content.rewind()
        content.report()
        while chunk := content.read():
            wire.sendall(chunk)
            content.report()
