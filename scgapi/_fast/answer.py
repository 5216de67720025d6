"""An answer as HTTP/1.1 frames it, read strictly: where two readers could differ about its end, it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

from scgapi._core.attempt import joined

HEAD = 128 * 1024
"""Bytes of an answer before its body, or behind it."""
_SIZE_LINE = 4096  # bytes that tell the size of a chunk, and what else a server says there

_FIRST = b"HTTP/1."
_END = re.compile(rb"\n\r?\n")
_STATUS = re.compile(r"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: [^\0\r\n]*)?")
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\0\r\n]*)")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\0\r\n]*)?\r\n")
_LENGTH = re.compile(r"[0-9]{1,18}")


class MalformedAnswerError(Exception):
    """What came is no answer that can be relied on."""


class Answer:
    """Reads one answer from what `receive` gives: the next bytes, none at the end.

    Attributes:
        status: that of the answer, 0 as long as its head has not come.

    Raises:
        MalformedAnswerError: it is not HTTP/1.1, or too large.
        EOFError: it ends too soon.
    """

    def __init__(self, receive: Callable[[], bytes]) -> None:
        self._receive = receive
        self._came: bytes = b""
        self._at = 0  # up to there it is read
        self._left: int | None = 0  # bytes of the body, or of its chunk; None up to the connection's end
        self._keeps = self._chunked = self._complete = False
        self.status = 0

    def begin(self) -> dict[str, str]:
        """The headers; what a server hints before its answer is passed over."""
        size = 0
        while True:
            head = self._head(HEAD - size)
            size += len(head)
            first, *lines = head.decode("latin-1").split("\r\n")[:-2]
            found = _STATUS.fullmatch(first)
            status = int(found[2]) if found else 101
            if found is None or status == 101:  # nobody asked for another protocol
                raise MalformedAnswerError
            if status >= 200:
                headers = joined(map(_header, lines))
                self._frame(status, headers)
                self._keeps = found[1] == "1" and "close" not in headers.get("connection", "").lower()
                self.status = status
                return headers

    def read(self) -> bytes:
        """The next bytes of the body, none after its end."""
        if self._chunked and not self._left and not self._complete:
            self._left = self._next_size()
        if self._left == 0:
            self._complete = True
            return b""
        piece = self._piece()
        if self._left is None:
            self._complete = not piece
        elif not piece:
            raise EOFError
        else:
            self._left -= len(piece)
            if self._chunked and not self._left and self._line(2) != b"\r\n":
                raise MalformedAnswerError
        return piece

    @property
    def serves_on(self) -> bool:
        """Whether all of it was read, nothing came behind it, and another may follow."""
        ended = self._complete or (self._left == 0 and not self._chunked)
        return ended and self._keeps and self._left is not None and self._at == len(self._came)

    def _frame(self, status: int, headers: dict[str, str]) -> None:
        length, coding = headers.get("content-length"), headers.get("transfer-encoding")
        if status in (204, 304):
            return
        if coding is not None:
            if length is not None or coding.lower() != "chunked":
                raise MalformedAnswerError
            self._chunked = True
        elif length is None:
            self._left = None
        elif _LENGTH.fullmatch(length):
            self._left = int(length)
        else:
            raise MalformedAnswerError

    def _next_size(self) -> int:
        found = _SIZE.fullmatch(self._line(_SIZE_LINE))
        if found is None:
            raise MalformedAnswerError
        size = int(found[1], 16)
        room = HEAD
        while not size and (line := self._line(room)) != b"\r\n":
            room -= len(line)
        return size

    def _piece(self) -> bytes:
        if self._at == len(self._came):
            self._came, self._at = self._receive(), 0
        end = len(self._came) if self._left is None else min(len(self._came), self._at + self._left)
        piece = self._came[self._at : end]
        self._at = end
        return piece

    def _head(self, most: int) -> bytes:
        while (found := _END.search(self._came, self._at)) is None:
            self._more(most)
            if not self._came.startswith(_FIRST[: len(self._came)]):  # it may never come to an end
                raise MalformedAnswerError
        return self._taken(found.end(), most)

    def _line(self, most: int) -> bytes:
        while (end := self._came.find(b"\n", self._at)) < 0:
            self._more(most)
        return self._taken(end + 1, most)

    def _more(self, most: int) -> None:
        if len(self._came) - self._at >= most:
            raise MalformedAnswerError
        more = self._receive()
        if not more:
            raise EOFError
        self._came, self._at = self._came[self._at :] + more, 0

    def _taken(self, end: int, most: int) -> bytes:
        taken = self._came[self._at : end]
        if len(taken) > most or not taken.endswith(b"\r\n"):
            raise MalformedAnswerError
        self._at = end
        return taken


def _header(line: str) -> tuple[str, str]:
    found = _HEADER.fullmatch(line)
    if found is None:
        raise MalformedAnswerError
    return found[1], found[2].rstrip(" \t")
