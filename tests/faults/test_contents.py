"""Answers without end: bombs, downloads that break off, pages that repeat."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

import scgapi
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.columns import AnyContact, get
from tests.faults.driver import TOKEN, AnyClient, Pauses, opened, play, settled
from tests.faults.server import Answer, Exchange, Play, Server
from tests.faults.world import CONTACT, CONTACTS, CONTENT, STORED, Gateway
from tests.limits import LATE

MIB = 1 << 20


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_bomb_takes_neither_memory_nor_time(client_kind: ClientKind) -> None:
    pauses = Pauses()
    packed = b"".join(faults.gzipped_zeros(256))

    def bomb(exchange: Exchange) -> None:
        exchange.answer(Answer(200, packed, {"content-encoding": "gzip"}))

    with Server(Gateway(TOKEN)) as server:

        async def scenario() -> scgapi.ScgError:
            async with opened(client_kind, server.url, pauses) as scg:
                await get(scg, None)
                server.script(("GET", CONTACT), bomb)
                tracemalloc.start()
                try:
                    with pytest.raises(scgapi.UnexpectedResponseError) as caught:
                        await get(scg, None)
                    assert tracemalloc.get_traced_memory()[1] < 48 * MIB
                finally:
                    tracemalloc.stop()
                return caught.value

        began = time.monotonic()
        error = play(client_kind, scenario())
    assert time.monotonic() - began < LATE
    assert (error.outcome, error.attempts) == ("ACCEPTED_UNPARSED", 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_body_without_end_is_let_go(client_kind: ClientKind) -> None:
    """Not compressed, of no announced length, and never over."""
    pauses = Pauses()
    sent: list[int] = []

    def endless(exchange: Exchange) -> None:
        exchange.send(Answer(200, b"", {"transfer-encoding": "chunked"}).encode())
        for _ in range(128):
            exchange.send(b"100000\r\n" + b" " * MIB + b"\r\n")
            sent.append(MIB)

    with Server(Gateway(TOKEN)) as server:
        server.script(("GET", CONTACT), endless)

        async def scenario() -> None:
            async with opened(client_kind, server.url, pauses) as scg:
                with pytest.raises(scgapi.UnexpectedResponseError):
                    await get(scg, None)

        play(client_kind, scenario())
    assert sum(sent) < 128 * MIB


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "fault",
    [
        faults.cut(faults.reset),
        faults.cut(faults.finish),
        faults.cut_chunk,
        faults.status(503),
        faults.status(302, headers={"location": "/elsewhere"}),
    ],
    ids=["reset", "end", "end in a chunk", "503", "302"],
)
@pytest.mark.parametrize("before", [None, b"precious"], ids=["new", "existing"])
def test_a_download_that_fails_leaves_the_folder_as_it_was(
    client_kind: ClientKind, fault: Play, before: bytes | None, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    if before is not None:
        target.write_bytes(before)
    with Server(Gateway(TOKEN)) as server:
        server.script(("GET", CONTENT), fault)

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                with pytest.raises(scgapi.ScgError):
                    await settled(scg.attachments.download("a", target, overwrite=True))
                assert contents(tmp_path) == [before] * (before is not None)
                server.forget()
                await settled(scg.attachments.download("a", target, overwrite=True))

        play(client_kind, scenario())
    assert contents(tmp_path) == [STORED]


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]


async def listed(scg: AnyClient, most: int) -> list[str | None]:
    """The ids of a listing; it is given up after so many, which no test wants to see."""
    listing = scg.contacts.list(limit=2)
    rows: list[str | None] = []
    while len(rows) < most:
        try:
            row = await settled(anext(listing) if isinstance(listing, AsyncIterator) else next(listing))
        except (StopIteration, StopAsyncIteration):
            return rows
        assert isinstance(row, AnyContact)
        rows.append(row.id)
    raise AssertionError("the listing goes on for ever")


def pages(*ids: str) -> list[Play]:
    """A page for each text, a row for each letter; no total."""
    return [page([{"id": letter} for letter in row]) for row in ids]


def page(rows: Iterable[object] | None, **more: object) -> Play:
    body = json.dumps({"list": None if rows is None else [*rows], **more}).encode()
    return faults.execute_and(200, body, {"content-type": "application/json"})


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("script", "ids"),
    [
        (pages("ab"), "ab"),
        (pages("ab", "cd", "cd"), "abcd"),
        (pages("ab", ""), "ab"),
        (pages(*["ab", "cd"] * 50), "abcd"),
        (pages(*["ab", "cd", "ef"] * 50), "abcdef"),
        ([page(None, total=0)], ""),
        ([page(None)], ""),
        ([faults.execute_and(200, b"{}")], ""),
    ],
    ids=[
        "one for ever",
        "the last for ever",
        "an end",
        "two in turn",
        "three in turn",
        "null",
        "null, no total",
        "absent",
    ],
)
def test_a_listing_ends_though_its_pages_repeat(
    client_kind: ClientKind, script: list[Play], ids: str
) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.script(("GET", CONTACTS), *script)

        async def scenario() -> list[str | None]:
            async with opened(client_kind, server.url, Pauses()) as scg:
                return await listed(scg, 40)

        found = play(client_kind, scenario())
    assert found[: len(ids)] == [*ids]
    assert set(found) <= {*ids}


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_page_that_fails_is_asked_for_again_and_no_row_is_lost(client_kind: ClientKind) -> None:
    first, last = (page([{"id": letter} for letter in text], total=4, limit=2) for text in ("ab", "cd"))
    with Server(Gateway(TOKEN)) as server:
        server.script(
            ("GET", CONTACTS), faults.reset, first, faults.cut(faults.reset), faults.status(502), last
        )

        async def scenario() -> list[str | None]:
            async with opened(client_kind, server.url, Pauses()) as scg:
                return await listed(scg, 40)

        assert play(client_kind, scenario()) == [*"abcd"]
        assert [request.query.get("offset", "0") for request in server.received] == ["0", "0", "2", "2", "2"]
