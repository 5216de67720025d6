"""HTTP/1.1 response parser over httptools, which is Node's parser in C. Ambiguous framing is an error."""

from __future__ import annotations

from collections import deque

from scgapi._http.attempt import merge_headers
from scgapi.errors import ConfigurationError

try:
    import httptools
except ImportError:
    raise ConfigurationError("transport='fast' needs httptools: pip install 'scgapi[fast]'") from None

CONNECTION_ERRORS = (OSError, EOFError, httptools.HttpParserError, httptools.HttpParserUpgrade)
"""Errors of a connection that failed or broke the protocol."""
MAX_HEAD_BYTES = 128 * 1024
"""Limit on the bytes of a response before its body, between two chunks, or in its trailer."""


class ResponseParser:
    """Parser of the responses on one connection, one at a time.

    Attributes:
        status: status of the response; 0 until its head is complete.
        headers: headers of the response.
        buffered: bytes of the body that were parsed and not read.
        complete: True when the response is complete.
        error: the error that stops the parser; None while there is none.
    """

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._body: deque[bytes] = deque()
        self.error: Exception | None = None
        self.begin()

    def begin(self) -> None:
        """Reset the state for the next response."""
        self._fields: list[tuple[bytes, bytes]] = []
        self.headers: dict[str, str] = {}
        self.status = self.buffered = self._bytes_without_body = 0
        self.complete = self._keep_alive = self._ends_at_eof = False

    def feed(self, data: bytes) -> None:
        """Parse bytes. Malformed, surplus or oversized input sets `error`; data before it stays readable."""
        self._bytes_without_body += len(data)
        try:
            self._parser.feed_data(data)
            if self._bytes_without_body > MAX_HEAD_BYTES:
                raise httptools.HttpParserError("the head or trailer is too large")
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.error = error

    def feed_eof(self) -> bool:
        """End the input. Return True if the response is complete: one without a length ends with the connection."""
        self.complete = self.complete or self._ends_at_eof
        return self.complete

    def read_body(self) -> bytes:
        """Return the bytes of the body that are buffered."""
        body = self._body.popleft() if len(self._body) == 1 else b"".join(self._body)
        self._body.clear()
        self.buffered = 0
        return body

    @property
    def reusable(self) -> bool:
        """True if the response was read to its end and the connection may carry another request."""
        return self.complete and self._keep_alive and not self._body and self.error is None

    # Called by httptools:

    def on_message_begin(self) -> None:
        if self.complete:
            # A second response to one request.
            self._keep_alive = False

    def on_header(self, name: bytes, value: bytes) -> None:
        # Trailers, which come after the status, are ignored.
        if not self.status:
            self._fields.append((name, value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if 100 <= status < 200:
            # An interim response comes before the final one.
            self._fields.clear()
            return
        if self.status or status < 100:
            raise httptools.HttpParserError("a second response, or an invalid status")
        if sum(len(name) + len(value) for name, value in self._fields) > MAX_HEAD_BYTES:
            raise httptools.HttpParserError("the head is too large")
        headers = merge_headers((k.decode("latin-1"), v.decode("latin-1")) for k, v in self._fields)
        coding = headers.get("transfer-encoding")
        if coding is not None and coding.lower() != "chunked":
            raise httptools.HttpParserError("a transfer-encoding that was not asked for")
        self._keep_alive = self._parser.should_keep_alive()
        self._ends_at_eof = coding is None and "content-length" not in headers
        self.headers, self.status = headers, status

    def on_body(self, body: bytes) -> None:
        if not self.status:
            raise httptools.HttpParserError("an interim response with a body")
        self._bytes_without_body = 0
        self._body.append(body)
        self.buffered += len(body)

    def on_message_complete(self) -> None:
        self.complete = bool(self.status)
