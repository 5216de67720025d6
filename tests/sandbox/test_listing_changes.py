"""Listings while objects are deleted, canceled or created: none skipped, none twice."""

from __future__ import annotations

import asyncio

import pytest

import scgapi
from scgapi.sandbox import Sandbox


def fill(scg: scgapi.Client, count: int = 250) -> list[str]:
    return [scg.contacts.create(external_id=str(number)) for number in range(count)]


@pytest.mark.parametrize("prefetch", [0, 4])
@pytest.mark.parametrize("step", [1, 2])
def test_deleting_what_is_listed_leaves_none_of_it(scg: scgapi.Client, prefetch: int, step: int) -> None:
    made = fill(scg)
    listed = list[str]()
    for number, contact in enumerate(scg.contacts.list(limit=50, prefetch=prefetch)):
        listed.append(contact.id)
        if number % step == 0:
            contact.delete()
    assert sorted(listed) == sorted(made)
    assert len(list(scg.contacts.list())) == 250 - len(made[::step])


@pytest.mark.parametrize("prefetch", [0, 4])
def test_the_async_client_deletes_them_all(gateway: Sandbox, prefetch: int) -> None:
    async def main() -> int:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            for number in range(120):
                await scg.contacts.create(external_id=str(number))
            async for contact in scg.contacts.list(limit=25, prefetch=prefetch):
                await contact.delete()
            return len([contact async for contact in scg.contacts.list()])

    assert asyncio.run(main()) == 0


def test_objects_that_stop_matching_the_filter_hide_no_others(scg: scgapi.Client) -> None:
    for _ in range(25):
        scg.message_requests.create(
            from_="155528999", to=["+15552461234"], body="Hi", pause_before_transmit=True
        )
    for request in scg.message_requests.list(state="PAUSED", limit=10):
        request.cancel()
    assert list(scg.message_requests.list(state="PAUSED")) == []


def test_an_object_that_comes_in_at_the_front_ends_nothing(scg: scgapi.Client) -> None:
    made = fill(scg, 4)
    listed = list[str]()
    for contact in scg.contacts.list(limit=1, sort="-external_id"):
        listed.append(contact.id)
        if len(listed) == 1:
            scg.contacts.create(external_id="9")
    assert listed == made[::-1]


def test_pages_leave_no_object_out_either(scg: scgapi.Client) -> None:
    fill(scg, 60)
    for page in scg.contacts.list(limit=20).pages():
        for contact in page:
            contact.delete()
    assert list(scg.contacts.list()) == []
