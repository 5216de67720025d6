"""Connections are used again by whatever comes next, are no more than what runs at once, and end with the client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import scgapi
from tests.both_clients import CLIENT_KINDS, ClientKind, contacts_of
from tests.faults import faults
from tests.faults.driver import TOKEN, AnyClient, Pauses, auth, opened, play, settled
from tests.faults.server import Play, Server
from tests.faults.world import CONTACTS, STORED, Gateway
from tests.limits import PATIENCE

CONTENT = bytes(1 << 20)


def page(*ids: str) -> bytes:
    return json.dumps({"list": [{"id": letter} for letter in ids], "total": 6}).encode()


async def listed(scg: AnyClient) -> list[str | None]:
    listing = scg.contacts.list(limit=2)
    rows = [row async for row in listing] if isinstance(listing, AsyncIterator) else [*listing]
    return [row.id for row in contacts_of(rows)]


async def all_kinds(scg: AnyClient) -> None:
    """A read, a listing of three pages, a send, and contents in both directions, one after the other."""
    await settled(scg.contacts.get("c"))
    assert await listed(scg) == [*"abcdef"]
    await settled(scg.message_requests.create(from_="1", to=["+15551234567"], body="Hi"))
    assert await settled(scg.attachments.download("a")) == STORED
    await settled(scg.attachments.upload("a", CONTENT))
    assert await settled(scg.attachments.download("a")) == CONTENT


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_one_connection_serves_all_kinds_of_calls_and_ends_with_the_client(client_kind: ClientKind) -> None:
    world = Gateway(TOKEN)
    with Server(world) as server:
        pages = [faults.status(200, page(*ids)) for ids in ("ab", "cd", "ef")]
        server.script(("GET", CONTACTS), *pages)

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                await all_kinds(scg)
                assert server.open == 1
            server.settle()

        play(client_kind, scenario())
        assert (server.accepted, server.open) == (1, 0)
    assert len(world.sends) == 1
    assert len(server.received) == 11


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fault", [faults.status(404), faults.status(409, b"x" * 100_000)])
def test_a_refusal_leaves_its_connection_to_the_next_call(client_kind: ClientKind, fault: Play) -> None:
    with Server(Gateway(TOKEN)) as server:
        server.script(("GET", CONTACTS), fault)

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                for _ in range(3):
                    with pytest.raises(scgapi.ApiError):
                        await listed(scg)
                await settled(scg.contacts.get("c"))

        play(client_kind, scenario())
        assert server.accepted == 1


def test_tasks_at_once_use_no_more_connections_than_there_are_tasks() -> None:
    async def main() -> None:
        async with scgapi.AsyncClient(auth(server.url)) as scg:

            async def work() -> None:
                for _ in range(5):
                    await scg.contacts.get("c")

            await asyncio.gather(*(work() for _ in range(10)))

    with Server(Gateway(TOKEN)) as server:
        asyncio.run(main())
        server.settle()
        assert 1 <= server.accepted <= 10
        assert len(server.received) == 50


def test_threads_at_once_use_no_more_connections_than_there_are_threads() -> None:
    with Server(Gateway(TOKEN)) as server:
        with scgapi.Client(auth(server.url)) as scg, ThreadPoolExecutor(10) as threads:
            found = [*threads.map(scg.contacts.get, ["c"] * 50)]
        server.settle()
        assert [contact.id for contact in found] == ["c"] * 50
        assert 1 <= server.accepted <= 10


def test_a_client_shares_its_connections_with_those_that_are_used_otherwise() -> None:
    with Server(Gateway(TOKEN)) as server, scgapi.Client(auth(server.url)) as scg:
        scg.contacts.get("c")
        scg.with_options(timeout=PATIENCE).contacts.get("c")
        assert server.accepted == 1
