"""Bodies come unpacked a piece at a time, or not at all."""

from __future__ import annotations

import gzip
import os
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._http.decoding import PIECE_BYTES, Decoder, UnreadableBody
from tests.core.strategies import quick


def unpacked(encoding: str, *chunks: bytes) -> bytes:
    decoder = Decoder(encoding)
    found = b"".join(piece for chunk in chunks for piece in decoder.feed(chunk))
    decoder.end()
    return found


@quick
@given(body=st.binary(max_size=3 * PIECE_BYTES), size=st.integers(1, 5000))
def test_what_was_packed_comes_back_however_it_was_cut(body: bytes, size: int) -> None:
    packed = gzip.compress(body)
    assert unpacked("gzip", *(packed[at : at + size] for at in range(0, len(packed), size))) == body


@pytest.mark.parametrize("encoding", ["", "identity", " Identity"])
def test_what_was_not_packed_stays_as_it_is(encoding: str) -> None:
    assert unpacked(encoding, b"ab", b"c") == b"abc"


def test_nothing_is_nothing_in_any_packing() -> None:
    assert unpacked(" GZip", b"") == b""


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "x"])
def test_a_packing_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(UnreadableBody, match="not asked for"):
        Decoder(encoding)


@pytest.mark.parametrize(
    "body", [b"<html>", gzip.compress(b"a" * 1000)[:-9], b"\x1f\x8b\x08"], ids=["plain", "cut", "head"]
)
def test_a_body_that_is_broken_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableBody, match="cannot be unpacked"):
        unpacked("gzip", body)


def test_a_bomb_is_met_in_pieces() -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    tracemalloc.start()
    try:
        pieces = Decoder("gzip").feed(bomb)
        assert sum(len(next(pieces)) for _ in range(100)) <= 100 * PIECE_BYTES
        assert tracemalloc.get_traced_memory()[1] < 2 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_what_comes_after_a_piece_of_full_size_is_not_forgotten() -> None:
    body = os.urandom(PIECE_BYTES)
    packed = gzip.compress(body * 2)
    decoder = Decoder("gzip")
    pieces = [*decoder.feed(packed)]
    decoder.end()
    assert [len(piece) for piece in pieces] == [PIECE_BYTES, PIECE_BYTES]
    assert b"".join(pieces) == body * 2
