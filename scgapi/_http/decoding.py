"""Incremental decoding of compressed response bodies, in small pieces: a kilobyte may decompress to a gigabyte."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

PIECE_BYTES = 64 * 1024
"""Maximum size of a decompressed piece."""
ACCEPTED_ENCODING = "gzip"
_GZIP_WINDOW_BITS = 16 + zlib.MAX_WBITS


class UnreadableBody(Exception):
    """A body that cannot be read. The text says why and repeats nothing of the body."""


class Decoder:
    """Incremental body decoder (identity, gzip).

    Raises:
        UnreadableBody: the encoding was not requested; or later, the body cannot be decompressed.
    """

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", ACCEPTED_ENCODING):
            raise UnreadableBody("a content-encoding that was not asked for")
        self._inflate = zlib.decompressobj(_GZIP_WINDOW_BITS) if encoding == ACCEPTED_ENCODING else None
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Decode the next bytes; yield them in pieces."""
        inflate = self._inflate
        if inflate is None:
            yield chunk
            return
        self._begun = self._begun or bool(chunk)
        while True:
            try:
                piece = inflate.decompress(chunk, PIECE_BYTES)
            except zlib.error:
                raise UnreadableBody("a body that cannot be unpacked") from None
            chunk = inflate.unconsumed_tail
            if piece:
                yield piece
            if not chunk and len(piece) < PIECE_BYTES:
                return

    def end(self) -> None:
        """Check that the body was complete: no more bytes follow."""
        if self._inflate is not None and self._begun and not self._inflate.eof:
            raise UnreadableBody("a body that cannot be unpacked to its end")
