"""Large contents go up and come down in little memory, and whoever wants to know is told how far they are."""

from __future__ import annotations

import asyncio
import threading
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

import scgapi
from scgapi import Transfer
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.driver import TOKEN, AnyClient, Pauses, opened, play, settled
from tests.faults.server import Answer, Exchange, Key, Play, Server
from tests.faults.world import CONTENT, STORED, Gateway

MIB = 1 << 20
LARGE = 100  # MiB
BLOCK = bytes(range(256)) * (MIB // 256)
UP: Key = ("POST", CONTENT)
DOWN: Key = ("GET", CONTENT)
Move = Callable[[AnyClient, Path, Callable[[Transfer], None]], Awaitable[object]]


async def up(scg: AnyClient, folder: Path, on_progress: Callable[[Transfer], None]) -> object:
    return await settled(scg.attachments.upload("a", folder / "source", on_progress=on_progress))


async def down(scg: AnyClient, folder: Path, on_progress: Callable[[Transfer], None]) -> object:
    target = folder / "target"
    return await settled(scg.attachments.download("a", target, overwrite=True, on_progress=on_progress))


async def down_into_memory(scg: AnyClient, _: Path, on_progress: Callable[[Transfer], None]) -> object:
    return await settled(scg.attachments.download("a", on_progress=on_progress))


def pour(mebibytes: int, *, upto: int | None = None) -> Play:
    """So many MiB come down; or it breaks off after some of them."""

    def answer(exchange: Exchange) -> None:
        exchange.read()
        head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % (mebibytes * MIB)
        exchange.send(head)
        for _ in range(mebibytes if upto is None else upto):
            exchange.send(BLOCK)
        if upto is not None:
            exchange.finish()

    return answer


def written(path: Path, mebibytes: int) -> Path:
    with path.open("wb") as file:
        for _ in range(mebibytes):
            file.write(BLOCK)
    return path


def checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while block := file.read(MIB):
            found = zlib.crc32(block, found)
    return found


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_hundred_mebibytes_go_up_and_come_down_in_little_memory(
    client_kind: ClientKind, tmp_path: Path
) -> None:
    source = written(tmp_path / "source", LARGE)
    came = 0

    def take(piece: memoryview) -> None:
        nonlocal came
        came = zlib.crc32(piece, came)

    def swallow(exchange: Exchange) -> None:
        exchange.skip(take)
        exchange.send(Answer(204).encode())

    went_up: list[Transfer] = []
    came_down: list[Transfer] = []
    with Server(Gateway(TOKEN)) as server:
        server.script(UP, swallow)
        server.script(DOWN, pour(LARGE))

        async def scenario() -> int:
            async with opened(client_kind, server.url, Pauses()) as scg:
                await settled(scg.contacts.get("c"))  # loads what a first call loads
                tracemalloc.start()
                try:
                    await up(scg, tmp_path, went_up.append)
                    await down(scg, tmp_path, came_down.append)
                    return tracemalloc.get_traced_memory()[1]
                finally:
                    tracemalloc.stop()

        assert play(client_kind, scenario()) < 8 * MIB
    assert came == checksum(source) == checksum(tmp_path / "target")
    for told in (went_up, came_down):
        check_attempt(told, LARGE * MIB)
        assert len(told) >= LARGE


def check_attempt(told: list[Transfer], total: int) -> None:
    """From nothing to the end, always forward, with the end known from the start."""
    done = [transfer.done for transfer in told]
    assert done == sorted(set(done))
    assert (done[0], done[-1]) == (0, total)
    assert {transfer.total for transfer in told} == {total}


def attempts(told: list[Transfer]) -> list[list[Transfer]]:
    starts = [place for place, transfer in enumerate(told) if transfer.done == 0]
    return [told[start:end] for start, end in zip(starts, [*starts[1:], len(told)], strict=True)]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("move", "key", "faulty", "well"),
    [
        (up, UP, faults.status(429, headers={"retry-after": "1"}), faults.execute_and(204)),
        (up, UP, faults.reset, faults.execute_and(204)),
        (down, DOWN, pour(2, upto=1), pour(2)),
        (down_into_memory, DOWN, pour(2, upto=1), pour(2)),
    ],
    ids=["up, refused", "up, reset", "down, cut", "down into memory, cut"],
)
def test_an_attempt_that_follows_another_begins_at_nothing(
    client_kind: ClientKind, move: Move, key: Key, faulty: Play, well: Play, tmp_path: Path
) -> None:
    written(tmp_path / "source", 2)
    told: list[Transfer] = []
    with Server(Gateway(TOKEN)) as server:
        server.script(key, faulty, well)

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                await move(scg, tmp_path, told.append)

        play(client_kind, scenario())
        assert server.attempts(key) == 2
    first, second = attempts(told)
    assert [transfer.done for transfer in first] == sorted({transfer.done for transfer in first})
    check_attempt(second, 2 * MIB)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_an_answer_that_is_no_content_is_no_progress(client_kind: ClientKind, tmp_path: Path) -> None:
    told: list[Transfer] = []
    with Server(Gateway(TOKEN)) as server:
        server.script(DOWN, faults.status(404, b"x" * 1000))

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                with pytest.raises(scgapi.NotFoundError):
                    await down(scg, tmp_path, told.append)

        play(client_kind, scenario())
    assert told == []


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_what_comes_packed_has_no_total_before_its_end(client_kind: ClientKind, tmp_path: Path) -> None:
    packed = b"".join(faults.gzipped_zeros(2))
    told: list[Transfer] = []
    with Server(Gateway(TOKEN)) as server:
        server.script(DOWN, faults.execute_and(200, packed, {"content-encoding": "gzip"}))

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                await down(scg, tmp_path, told.append)

        play(client_kind, scenario())
    *before, last = told
    assert {transfer.total for transfer in before} == {None}
    assert last == Transfer(2 * MIB, 2 * MIB)
    assert (tmp_path / "target").stat().st_size == 2 * MIB


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("brings_its_own", [False, True], ids=["ours", "theirs"])
@pytest.mark.parametrize(("move", "key"), [(up, UP), (down, DOWN)], ids=["up", "down"])
@pytest.mark.parametrize(
    "reason",
    [
        ValueError("enough"),
        TimeoutError("enough"),
        httpx.ConnectError("enough"),
        scgapi.ConnectionFailedError("enough", operation="mine", outcome="NOT_SENT"),
    ],
    ids=lambda reason: type(reason).__name__,
)
def test_what_a_callback_raises_ends_the_transfer_and_arrives_as_it_is(
    client_kind: ClientKind, brings_its_own: bool, move: Move, key: Key, reason: Exception, tmp_path: Path
) -> None:
    source = written(tmp_path / "source", 4)
    target = tmp_path / "target"
    target.write_bytes(b"precious")

    def refuse(transfer: Transfer) -> None:
        if transfer.done:
            raise reason

    with Server(Gateway(TOKEN)) as server:
        server.script(DOWN, pour(4))

        async def scenario() -> None:
            async with opened(
                client_kind, server.url, Pauses(), read_limit=5 if brings_its_own else None
            ) as scg:
                with pytest.raises(type(reason)) as caught:
                    await move(scg, tmp_path, refuse)
                assert caught.value is reason
                assert (reason.__context__, reason.__cause__) == (None, None)
                assert str(reason).endswith("enough")
                server.settle()  # the connection has ended
                assert (server.attempts(key), server.accepted) == (1, 1)
                await settled(scg.contacts.get("c"))
                assert server.accepted == 2

        play(client_kind, scenario())
        assert server.executed[key] == 0
    assert {path: path.stat().st_size for path in tmp_path.iterdir()} == {source: 4 * MIB, target: 8}


@pytest.mark.parametrize(("move", "size"), [(up, 2 * MIB), (down_into_memory, len(STORED))])
def test_an_asynchronous_client_calls_back_in_its_event_loop(move: Move, size: int, tmp_path: Path) -> None:
    written(tmp_path / "source", 2)
    seen: list[tuple[object, int]] = []

    def note(transfer: Transfer) -> None:
        seen.append((asyncio.get_running_loop(), threading.get_ident()))
        assert transfer.total == size

    with Server(Gateway(TOKEN)) as server:

        async def scenario() -> object:
            async with opened("async", server.url, Pauses()) as scg:
                await move(scg, tmp_path, note)
            return asyncio.get_running_loop()

        loop = play("async", scenario())
    assert set(seen) == {(loop, threading.get_ident())}
