"""Answers as HTTP/1.1 frames them, read by httptools, which is Node's parser in C: what is ambiguous is refused."""

from __future__ import annotations

from collections import deque

from scgapi._core.attempt import joined
from scgapi.errors import ConfigurationError

try:
    import httptools
except ImportError:
    raise ConfigurationError("transport='fast' needs httptools: pip install 'scgapi[fast]'") from None

BROKEN = (OSError, EOFError, httptools.HttpParserError, httptools.HttpParserUpgrade)
"""What is raised of a connection that does not do what it should."""
HEAD = 128 * 1024
"""Bytes of an answer before its body, between its pieces, or behind it."""


class Answers:
    """What comes over one connection, an answer at a time.

    Attributes:
        status: that of the answer, 0 as long as its head has not come.
        headers: of the answer.
        ahead: bytes of its body that came and were not taken.
        complete: whether all of it came.
        error: what was wrong with what came; then nothing further can be understood.
    """

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._body: deque[bytes] = deque()
        self.error: Exception | None = None
        self.begin()

    def begin(self) -> None:
        """The next answer is awaited."""
        self._fields: list[tuple[bytes, bytes]] = []
        self.headers: dict[str, str] = {}
        self.status = self.ahead = self._size = 0
        self.complete = self._keeps = self._open_ended = False

    def feed(self, data: bytes) -> None:
        """Read what came. What is no answer, or more than one, or too large is an `error`, once what was good is taken."""
        self._size += len(data)
        try:
            self._parser.feed_data(data)
            if self._size > HEAD:  # and nothing of a body
                raise httptools.HttpParserError("more than a head, or a trailer, can be")
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.error = error

    def ends(self) -> bool:
        """Nothing more comes: whether that is how this answer ends."""
        self.complete = self.complete or self._open_ended
        return self.complete

    def take(self) -> bytes:
        """What came of the body."""
        found = self._body.popleft() if len(self._body) == 1 else b"".join(self._body)
        self._body.clear()
        self.ahead = 0
        return found

    @property
    def serves_on(self) -> bool:
        """Whether all of it was read, and another may follow."""
        return self.complete and self._keeps and not self._body and self.error is None

    # Called by the parser:

    def on_message_begin(self) -> None:
        if self.complete:
            self._keeps = False  # one request, two answers

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.status:  # a trailer is for nobody
            self._fields.append((name, value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if 100 <= status < 200:  # a hint before the answer
            self._fields.clear()
            return
        if self.status or status < 100:
            raise httptools.HttpParserError("a second answer, or none")
        if sum(len(name) + len(value) for name, value in self._fields) > HEAD:
            raise httptools.HttpParserError("a head that is too large")
        headers = joined((k.decode("latin-1"), v.decode("latin-1")) for k, v in self._fields)
        coding = headers.get("transfer-encoding")
        if coding is not None and coding.lower() != "chunked":
            raise httptools.HttpParserError("a coding that was not asked for")
        self._keeps = self._parser.should_keep_alive()
        self._open_ended = coding is None and "content-length" not in headers
        self.headers, self.status = headers, status

    def on_body(self, body: bytes) -> None:
        if not self.status:
            raise httptools.HttpParserError("a hint with a body")
        self._size = 0
        self._body.append(body)
        self.ahead += len(body)

    def on_message_complete(self) -> None:
        self.complete = bool(self.status)
