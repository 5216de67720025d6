"""Programs that delete and change what they list miss none of it, with either client and with pages fetched ahead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import httpx
import pytest
import respx

import scgapi
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind

CONTACTS = "https://api.syniverse.com/scg-external-api/api/v1/contacts"
COUNT = 250
PREFETCH = [0, 1, 8]

SyncRow = scgapi.Contact | scgapi.MessageRequest
AsyncRow = scgapi.AsyncContact | scgapi.AsyncMessageRequest


def run(
    client_kind: ClientKind,
    gateway: Sandbox,
    rows_of: Callable[[scgapi.Client], Iterator[SyncRow]],
    async_rows_of: Callable[[scgapi.AsyncClient], AsyncIterator[AsyncRow]],
    change: Callable[[SyncRow | AsyncRow, int], str],
) -> list[str]:
    """List, and after each row call its method that `change` names; return the ids as they came."""
    seen: list[str] = []
    if client_kind == "sync":
        with scgapi.Client(gateway.auth) as scg:
            for row in rows_of(scg):
                seen.append(row.id)
                if action := change(row, len(seen)):
                    getattr(row, action)()
        return seen

    async def main() -> None:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            async for row in async_rows_of(scg):
                seen.append(row.id)
                if action := change(row, len(seen)):
                    call: Callable[[], Awaitable[None]] = getattr(row, action)
                    await call()

    asyncio.run(main())
    return seen


def made(gateway: Sandbox, count: int = COUNT) -> list[str]:
    with scgapi.Client(gateway.auth) as scg:
        return [scg.contacts.create(external_id=str(number)) for number in range(count)]


@pytest.mark.parametrize("prefetch", PREFETCH)
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("step", [1, 2])
def test_deleting_what_is_listed_leaves_none_of_it(
    gateway: Sandbox, client_kind: ClientKind, prefetch: int, step: int
) -> None:
    ids = made(gateway)
    seen = run(
        client_kind,
        gateway,
        lambda scg: scg.contacts.list(prefetch=prefetch),
        lambda scg: scg.contacts.list(prefetch=prefetch),
        lambda _, number: "delete" if number % step == 0 else "",
    )
    assert seen == ids
    with scgapi.Client(gateway.auth) as scg:
        assert len([*scg.contacts.list()]) == COUNT - COUNT // step


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("sort", ["created_date", "-external_id"])
def test_deleting_in_an_order_leaves_none(gateway: Sandbox, client_kind: ClientKind, sort: str) -> None:
    ids = made(gateway, 23)
    seen = run(
        client_kind,
        gateway,
        lambda scg: scg.contacts.list(sort=sort, limit=5),
        lambda scg: scg.contacts.list(sort=sort, limit=5),
        lambda _, __: "delete",
    )
    assert sorted(seen) == sorted(ids)


@pytest.mark.parametrize("prefetch", PREFETCH)
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_canceling_what_a_filter_lists_leaves_none(
    gateway: Sandbox, client_kind: ClientKind, prefetch: int
) -> None:
    with scgapi.Client(gateway.auth) as scg:
        sender = gateway_sender(scg)
        ids = [
            scg.message_requests.create(
                from_=sender, to=["+15552461234"], body="Hello", pause_before_transmit=True
            )
            for _ in range(COUNT)
        ]
        (state,) = {request.state for request in scg.message_requests.list()}
    assert state is not None
    seen = run(
        client_kind,
        gateway,
        lambda scg: scg.message_requests.list(state=state, prefetch=prefetch),
        lambda scg: scg.message_requests.list(state=state, prefetch=prefetch),
        lambda _, __: "cancel",
    )
    assert sorted(seen) == sorted(ids)
    with scgapi.Client(gateway.auth) as scg:
        assert [*scg.message_requests.list(state=state)] == []


def gateway_sender(scg: scgapi.Client) -> str:
    return next(sender.id for sender in scg.sender_ids.list() if "SMS" in (sender.capabilities or []))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_what_others_delete_hides_nothing(gateway: Sandbox, client_kind: ClientKind) -> None:
    ids = made(gateway)
    with scgapi.Client(gateway.auth) as other:

        def delete(row: SyncRow | AsyncRow, _: int) -> str:
            other.contacts.delete(row.id)
            return ""

        seen = run(
            client_kind, gateway, lambda scg: scg.contacts.list(), lambda scg: scg.contacts.list(), delete
        )
    assert seen == ids


@pytest.mark.parametrize("prefetch", PREFETCH)
@pytest.mark.parametrize("limit", [1, 2, 100])
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_what_is_added_at_the_front_ends_nothing(
    gateway: Sandbox, client_kind: ClientKind, limit: int, prefetch: int
) -> None:
    ids = made(gateway, 7)
    with scgapi.Client(gateway.auth) as other:

        def add(_: SyncRow | AsyncRow, number: int) -> str:
            if number <= 5:
                other.contacts.create(external_id="")
            return ""

        seen = run(
            client_kind,
            gateway,
            lambda scg: scg.contacts.list(sort="external_id", limit=limit, prefetch=prefetch),
            lambda scg: scg.contacts.list(sort="external_id", limit=limit, prefetch=prefetch),
            add,
        )
    assert [id_ for id_ in seen if id_ in ids] == ids
    assert len(seen) == len({*seen})


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_changes_that_move_nothing_cost_no_request(gateway: Sandbox, client_kind: ClientKind) -> None:
    ids = made(gateway)
    before = gateway.received("contacts.list")

    def rename(row: SyncRow | AsyncRow, number: int) -> str:
        assert isinstance(row, scgapi.Contact | scgapi.AsyncContact)
        row.first_name = str(number)
        return "update"

    seen = run(client_kind, gateway, lambda scg: scg.contacts.list(), lambda scg: scg.contacts.list(), rename)
    assert (seen, gateway.received("contacts.list") - before) == (ids, 3)


@pytest.mark.parametrize("limit", [1, 4])
@respx.mock
def test_pages_without_totals_are_followed_by_what_the_client_itself_deleted(limit: int) -> None:
    rows = [{"id": str(number)} for number in range(25)]

    def answer(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params.get("offset", "0"))
        return httpx.Response(200, json={"list": rows[offset : offset + limit]})

    respx.get(CONTACTS).mock(side_effect=answer)
    respx.delete(url__startswith=CONTACTS).respond(204)
    seen: list[str] = []
    with scgapi.Client(scgapi.AuthInfo(token="t")) as scg:
        for page in scg.contacts.list(limit=limit).pages():
            for contact in page:
                seen.append(contact.id)
                contact.delete()
                rows.remove({"id": contact.id})
    assert seen == [str(number) for number in range(25)]


@pytest.mark.parametrize("prefetch", PREFETCH)
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_replacing_what_is_listed_leaves_none_of_it(
    gateway: Sandbox, client_kind: ClientKind, prefetch: int
) -> None:
    ids = made(gateway, 60)
    seen: list[str] = []
    if client_kind == "sync":
        with scgapi.Client(gateway.auth) as scg:
            for row in scg.contacts.list(prefetch=prefetch, limit=7):
                seen.append(row.id)
                if len(seen) <= len(ids):
                    scg.contacts.create(external_id=f"new {row.external_id}")
                    row.delete()
    else:

        async def main() -> None:
            async with scgapi.AsyncClient(gateway.auth) as scg:
                async for row in scg.contacts.list(prefetch=prefetch, limit=7):
                    seen.append(row.id)
                    if len(seen) <= len(ids):
                        await scg.contacts.create(external_id=f"new {row.external_id}")
                        await row.delete()

        asyncio.run(main())
    assert {*ids} <= {*seen}
    assert len(seen) == len({*seen})
