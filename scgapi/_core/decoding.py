"""Bodies that were compressed for the way, unpacked a piece at a time: a kilobyte may hold a gigabyte."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

PIECE = 64 * 1024
"""Bytes that are unpacked at once, at most."""
ACCEPTED = "gzip"
_GZIP = 16 + zlib.MAX_WBITS


class UnreadableBody(Exception):
    """A body that is not to be had; the text says why, and holds nothing of it."""


class Decoder:
    """Takes the bytes of a body as they came, gives them as they were meant.

    Raises:
        UnreadableBody: the body is packed in a way that was not asked for; later, that it cannot be unpacked.
    """

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", ACCEPTED):
            raise UnreadableBody("a content-encoding that was not asked for")
        self._inflate = zlib.decompressobj(_GZIP) if encoding == ACCEPTED else None
        self._begun = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The next bytes, in pieces."""
        inflate = self._inflate
        if inflate is None:
            yield chunk
            return
        self._begun = self._begun or bool(chunk)
        while True:
            try:
                piece = inflate.decompress(chunk, PIECE)
            except zlib.error:
                raise UnreadableBody("a body that cannot be unpacked") from None
            chunk = inflate.unconsumed_tail
            if piece:
                yield piece
            if not chunk and len(piece) < PIECE:
                return

    def end(self) -> None:
        """No further bytes came."""
        if self._inflate is not None and self._begun and not self._inflate.eof:
            raise UnreadableBody("a body that cannot be unpacked to its end")
