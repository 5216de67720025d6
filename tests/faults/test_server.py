"""The fault server does what its scripts say; each fault is judged by a bare socket, without the client."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults import faults
from tests.faults.ports import dead_port, full_port
from tests.faults.server import Answer, Exchange, Play, Received, Server
from tests.limits import LATE, PATIENCE

KEY = ("GET", "/a")
GET = b"GET /a?x=1 HTTP/1.1\r\nhost: h\r\n\r\n"


def world(_: Received) -> Answer:
    return Answer(200, b"well")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(world) as running:
        yield running


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)


def all_of(sock: socket.socket) -> bytes:
    """What comes until the end; a RST is an end that can be told."""
    found = b""
    try:
        while chunk := sock.recv(1 << 16):
            found += chunk
    except ConnectionResetError:
        found += b"RST"
    return found


def exchanged(server: Server, request: bytes = GET) -> bytes:
    with connected(server) as sock:
        sock.sendall(request)
        return all_of(sock)


@pytest.mark.parametrize(
    ("play", "starts", "ends", "executed"),
    [
        (faults.reset, b"RST", b"RST", 0),
        (faults.finish, b"", b"", 0),
        (faults.reset_after_request, b"RST", b"RST", 0),
        (faults.execute_and_reset, b"RST", b"RST", 1),
        (faults.execute_and_finish, b"", b"", 1),
        (faults.finish_after_request, b"", b"", 0),
        (faults.reset_in_head, b"HTTP/1.1 200", b"RST", 1),
        (faults.cut(faults.reset), b"HTTP/1.1 200", b"halfRST", 1),
        (faults.cut(faults.finish), b"HTTP/1.1 200", b"half", 1),
        (faults.cut_chunk, b"HTTP/1.1 200", b'"id":\r\n', 1),
        (faults.garbage, b"\x00\xff", b"\r\n", 1),
        (faults.status(503, b"no", {"connection": "close"}), b"HTTP/1.1 503", b"\r\n\r\nno", 0),
        (faults.execute_and(500, b"no", {"connection": "close"}), b"HTTP/1.1 500", b"\r\n\r\nno", 1),
        (faults.close_after, b"HTTP/1.1 200", b"\r\n\r\nwell", 1),
    ],
)
def test_a_fault_does_what_it_says(
    server: Server, play: Play, starts: bytes, ends: bytes, executed: int
) -> None:
    server.script(KEY, play)
    found = exchanged(server)
    assert found.startswith(starts)
    assert found.endswith(ends)
    assert (server.executed[KEY], server.attempts(KEY)) == (executed, 1)
    assert server.received[0].query == {"x": "1"}


def test_the_last_fault_of_a_script_repeats_and_other_paths_work(server: Server) -> None:
    server.script(KEY, faults.execute_and_reset, faults.close_after)
    assert [exchanged(server)[-4:] for _ in range(3)] == [b"RST", b"well", b"well"]
    server.script(("GET", "/b"), faults.reset)
    assert exchanged(server).endswith(b"well")
    server.forget()
    assert (server.received, server.executed, server.attempts(KEY)) == ([], {}, 0)


def test_bodies_are_read_by_length_and_by_chunks(server: Server) -> None:
    for head, body in (
        (b"content-length: 4\r\n\r\n", b"body"),
        (b"transfer-encoding: chunked\r\n\r\n", b"1\r\nb\r\n3\r\nody\r\n0\r\n\r\n"),
    ):
        server.script(("POST", "/a"), faults.close_after)
        assert exchanged(server, b"POST /a HTTP/1.1\r\n" + head + body).endswith(b"well")
        assert server.received.pop().body == b"body"


def test_what_meets_an_arrival_reads_nothing_and_leaves_a_kept_connection_in_doubt(server: Server) -> None:
    server.on_arrival(None, faults.reset)
    with connected(server) as sock:
        sock.sendall(GET)
        assert sock.recv(1 << 16).endswith(b"well")
        sock.sendall(GET)
        assert all_of(sock) == b"RST"
    assert (server.unread, server.executed[KEY], server.attempts(KEY)) == (1, 1, 2)


def test_a_connection_can_be_reset_before_anything_comes(server: Server) -> None:
    server.on_accept(faults.reset)
    with connected(server) as sock:
        assert all_of(sock) == b"RST"
    assert exchanged_well(server)


def exchanged_well(server: Server) -> bool:
    server.script(KEY, faults.close_after)
    return exchanged(server).endswith(b"well")


def test_what_is_late_is_executed_when_the_test_says_so(server: Server) -> None:
    server.script(KEY, faults.late(faults.finish))
    assert exchanged(server) == b""
    assert server.executed[KEY] == 0
    server.release()
    server.release()
    assert server.executed[KEY] == 1


def test_a_port_refuses_until_it_listens() -> None:
    with Server(world) as server:
        assert exchanged_well(server)
        server.refuse()
        with pytest.raises(ConnectionRefusedError):
            connected(server)
        server.listen()
        assert exchanged_well(server)
        server.settle()
    with dead_port() as port, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    with full_port() as port, pytest.raises(TimeoutError):
        socket.create_connection(("127.0.0.1", port), timeout=0.1)


@pytest.mark.parametrize("play", [faults.hang, faults.execute_and_hang, faults.drip_head, faults.drip_body])
def test_stopping_ends_whoever_waits_at_once(play: Play) -> None:
    threads = threading.active_count()
    with Server(world) as server:
        server.script(KEY, play)
        sock = connected(server)
        sock.sendall(GET)
        assert sock.recv(1) if play in (faults.drip_head, faults.drip_body) else True
        began = time.monotonic()
    assert time.monotonic() - began < LATE
    assert threading.active_count() == threads
    sock.close()


def test_a_reset_leaves_nothing_of_before(server: Server) -> None:
    arrived = threading.Event()

    def hang(exchange: Exchange) -> None:
        arrived.set()
        faults.hang(exchange)

    server.script(KEY, hang)
    with connected(server) as sock:
        sock.sendall(GET)
        assert arrived.wait(PATIENCE)
        server.on_arrival(faults.reset)
        server.reset(lambda _: Answer(200, b"other"))
        assert all_of(sock) in (b"", b"RST")
    server.script(KEY, faults.close_after)
    assert exchanged(server).endswith(b"other")
    assert server.accepted == 1


def test_a_bug_in_a_fault_is_no_silence() -> None:
    def wrong(_: object) -> None:
        raise ZeroDivisionError

    server = Server(world)
    server.script(KEY, wrong)
    server.listen()
    exchanged(server)
    with pytest.raises(AssertionError, match="did not play"):
        server.stop()


def test_the_bomb_is_small_on_the_wire_and_large_behind_it() -> None:
    packed = list(faults.gzipped_zeros(256))
    assert sum(map(len, packed)) < 1 << 19
    assert struct.unpack("<I", packed[-1][-4:])[0] == 256 << 20
    answer = faults.stacked(b"{}", 6)
    assert answer.headers["content-encoding"].count("gzip") == 6
