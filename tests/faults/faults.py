"""The faults that a gateway, or a proxy before it, can inject into an exchange."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Iterator, Mapping

from tests.faults.server import Answer, Exchange, Play
from tests.limits import PATIENCE

HTML = b"<html><body>Bad gateway</body></html>"
DRIP = 0.06  # seconds between two bytes
DROPS = 1000


def envelope(code: str, text: str = "It failed") -> bytes:
    """An error as the gateway words it."""
    return json.dumps({"error_code": f"SCG_ERROR_{code}", "error_description": text}).encode()


def reset(exchange: Exchange) -> None:
    """RST, whatever has been read so far: nothing where it is played on accept or arrival."""
    exchange.reset()


def finish(exchange: Exchange) -> None:
    """FIN, whatever has been read so far."""
    exchange.finish()


def reset_after_request(exchange: Exchange) -> None:
    """The request is read to its end, and nothing done."""
    exchange.read()
    exchange.reset()


def execute_and_reset(exchange: Exchange) -> None:
    """The classic: done, and nobody is told."""
    exchange.execute()
    exchange.reset()


def execute_and_finish(exchange: Exchange) -> None:
    """Done, and a polite end instead of an answer."""
    exchange.execute()
    exchange.finish()


def finish_after_request(exchange: Exchange) -> None:
    """The request is read to its end, nothing is done, and the connection ends politely."""
    exchange.read()
    exchange.finish()


def reset_in_head(exchange: Exchange) -> None:
    """Done; the answer breaks off inside its head."""
    exchange.execute()
    exchange.send(b"HTTP/1.1 200 OK\r\ncontent-type: applica")
    exchange.reset()


def cut(how: Play, status: int = 200) -> Play:
    """Done; the answer breaks off inside its body, whose announced length was longer."""

    def play(exchange: Exchange) -> None:
        exchange.execute()
        body = b'{"id": "half'
        exchange.send(Answer(status, body, {"content-length": str(len(body) + 100)}).encode())
        how(exchange)

    return play


def cut_chunk(exchange: Exchange) -> None:
    """Done; the answer, of unknown length, ends without its last chunk."""
    exchange.execute()
    exchange.send(Answer(200, b'6\r\n{"id":\r\n', {"transfer-encoding": "chunked"}).encode())
    exchange.finish()


def hang(exchange: Exchange) -> None:
    """Nothing is done, nothing is said; a client without a time limit is sent away in the end."""
    exchange.wait(PATIENCE)
    exchange.reset()


def execute_and_hang(exchange: Exchange) -> None:
    """Done, and silence."""
    exchange.execute()
    hang(exchange)


def drip_head(exchange: Exchange) -> None:
    """Done; the head of the answer comes byte by byte, and the rest in one piece at last."""
    answer = exchange.execute()
    head = Answer(answer.status, answer.body, {"x-long": "x" * DROPS, **answer.headers}).encode()
    exchange.drip(head[:DROPS], DRIP)
    exchange.send(head[DROPS:])


def drip_body(exchange: Exchange) -> None:
    """Done; a long body comes byte by byte."""
    exchange.execute()
    exchange.send(Answer(200, b"", {"content-length": str(DROPS)}).encode())
    exchange.drip(b" " * DROPS, DRIP)


def late(then: Play) -> Play:
    """Taken now, executed when the test says so; meanwhile another fault ends the exchange."""

    def play(exchange: Exchange) -> None:
        exchange.execute_later()
        then(exchange)

    return play


def garbage(exchange: Exchange) -> None:
    """Done; what comes back is no HTTP."""
    exchange.execute()
    exchange.send(b"\x00\xffSMTP ready\r\n\r\n")
    exchange.finish()


def huge_header(exchange: Exchange) -> None:
    """Done; the answer has a header of 300 kB."""
    answer = exchange.execute()
    exchange.answer(Answer(answer.status, answer.body, {**answer.headers, "x-huge": "x" * 300_000}))


def status(code: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Play:
    """Nothing is done, and an answer says anything."""
    said = Answer(code, body, headers or {})

    def play(exchange: Exchange) -> None:
        exchange.answer(said)

    return play


def execute_and(code: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Play:
    """Done, and an answer says anything."""
    said = Answer(code, body, headers or {})

    def play(exchange: Exchange) -> None:
        exchange.execute()
        exchange.answer(said)

    return play


def close_after(exchange: Exchange) -> None:
    """Done and answered well; then the connection ends, though it was to be kept."""
    exchange.answer(exchange.execute())
    exchange.finish()


def gzip_bomb(exchange: Exchange) -> None:
    """Done; the answer is 256 MiB of zeros, in a quarter of a megabyte."""
    exchange.execute()
    head = Answer(200, b"", {"content-encoding": "gzip", "transfer-encoding": "chunked"})
    exchange.send(head.encode())
    for piece in _bomb():
        exchange.send(b"%x\r\n%s\r\n" % (len(piece), piece))
    exchange.send(b"0\r\n\r\n")


@functools.cache
def _bomb() -> tuple[bytes, ...]:
    return tuple(gzipped_zeros(256))


def gzipped_zeros(mebibytes: int) -> Iterator[bytes]:
    """So many MiB of zeros as a gzip stream, never more than one of them in memory."""
    packer = zlib.compressobj(wbits=31)
    block = bytes(1 << 20)
    for _ in range(mebibytes):
        yield packer.compress(block) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def stacked(body: bytes, times: int) -> Answer:
    """A small body, compressed again and again."""
    for _ in range(times):
        packer = zlib.compressobj(wbits=31)
        body = packer.compress(body) + packer.flush()
    return Answer(200, body, {"content-encoding": ", ".join(["gzip"] * times)})
