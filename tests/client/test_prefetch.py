"""Pages that are fetched before they are asked for: the same listing, sooner."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading

import httpx
import pytest
import respx
from hypothesis import given, settings
from hypothesis import strategies as st

import scgapi
from scgapi._async.pager import AsyncPager
from scgapi._core.paging import Page
from scgapi._sync.pager import Pager
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind, call, contacts_of, sent
from tests.client.paged import PATIENCE, Gateway, Row, others, turns, within

pytestmark = pytest.mark.usefixtures("no_thread_stays")


# The same listing.


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(("limit", "prefetch"), [(1, 8), (5, 2), (7, 32), (100, 1)])
def test_every_object_comes_once_and_in_order(
    gateway: Sandbox, client_kind: ClientKind, limit: int, prefetch: int
) -> None:
    with scgapi.Client(gateway.auth) as scg:
        made = [scg.contacts.create(external_id=str(number)) for number in range(23)]
    listed = call(client_kind, gateway.auth, "contacts.list", limit=limit, prefetch=prefetch)
    assert [contact.id for contact in contacts_of(listed)] == made


def test_a_gateway_that_caps_the_page_size_loses_nothing(gateway: Sandbox) -> None:
    with scgapi.Client(gateway.auth) as scg:
        made = [scg.contacts.create(external_id=str(number)) for number in range(230)]
        pages = [*scg.contacts.list(limit=1000, prefetch=3).pages()]
    assert [contact.id for page in pages for contact in page] == made
    assert [len(page) for page in pages] == [100, 100, 30]


sizes = st.lists(st.integers(0, 6) | st.just(4), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None)
@given(
    sizes=sizes,
    total=st.none() | st.integers(-1, 80),
    start=st.integers(0, 5),
    repeats=st.integers(1, 100),
    failing=st.sets(st.integers(0, 40), max_size=4),
    prefetch=st.integers(1, 9),
)
def test_whatever_the_gateway_does_the_listing_is_the_sequential_one(
    sizes: list[int], total: int | None, start: int, repeats: int, failing: set[int], prefetch: int
) -> None:
    def page(offset: int) -> Page[Row]:
        """Any size at any offset, at some of them an error, and the same rows again and again."""
        if offset in failing:
            raise scgapi.ScgError(f"at {offset}")
        size = sizes[offset % len(sizes)]
        return Page([Row((offset + place) % repeats) for place in range(size)], total, offset, 4)

    async def async_page(offset: int) -> Page[Row]:
        await asyncio.sleep(0)
        return page(offset)

    async def async_story(prefetch: int) -> list[str]:
        pager = AsyncPager(async_page, start, prefetch)
        told: list[str] = []
        while len(told) < 300:
            try:
                told.append((await pager.__anext__()).id)
            except StopAsyncIteration:
                break
            except scgapi.ScgError as error:
                told.append(str(error))
                failing.discard(int(str(error).split()[-1]))
        return told

    def story(prefetch: int) -> list[str]:
        pager = Pager(page, start, prefetch)
        told: list[str] = []
        while len(told) < 300:
            try:
                told.append(next(pager).id)
            except StopIteration:
                break
            except scgapi.ScgError as error:
                told.append(str(error))
                failing.discard(int(str(error).split()[-1]))
        return told

    bad = frozenset(failing)
    sequential = story(0)
    failing |= bad
    assert story(prefetch) == sequential
    failing |= bad
    assert asyncio.run(async_story(prefetch)) == sequential


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_gateway_that_repeats_a_page_does_not_trap_the_program(
    client_kind: ClientKind, caplog: pytest.LogCaptureFixture
) -> None:
    body = {"list": [{"id": "a"}, {"id": "b"}], "total": 1000, "limit": 2}
    route = respx.get("https://api.syniverse.com/scg-external-api/api/v1/contacts").respond(json=body)
    with caplog.at_level(logging.WARNING, "scgapi"):
        listed = call(client_kind, scgapi.AuthInfo(token="t"), "contacts.list", limit=2, prefetch=4)
    assert [contact.id for contact in contacts_of(listed)] == ["a", "b"]
    assert route.call_count <= 1 + 4 + 1
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "a listing stopped at offset 2: the gateway sent that page before"
    ]
    assert all("prefetch" not in str(request.url) for request in sent(route))


@respx.mock
def test_what_cannot_be_is_refused_before_anything_is_sent() -> None:
    route = respx.get(url__startswith="https://api.syniverse.com").mock(return_value=httpx.Response(500))
    with scgapi.Client(scgapi.AuthInfo(token="t")) as scg:
        for prefetch in (-1, 33, True):
            with pytest.raises(scgapi.InvalidArgumentError, match=r"prefetch.*Nothing was sent\.$"):
                scg.messages.list(prefetch=prefetch)
            with pytest.raises(scgapi.InvalidArgumentError, match="prefetch"):
                scg.event_topics.list(prefetch=prefetch)
    assert route.call_count == 0


# What is on its way, and when.


def test_while_a_page_is_consumed_so_many_are_on_their_way() -> None:
    gateway = Gateway(100)
    gateway.held = True
    pager = Pager(gateway.fetch, 0, 3)
    assert gateway.asked == []
    assert next(pager).id == "m0"
    gateway.was_asked(4)
    assert sorted(gateway.asked) == [0, 10, 20, 30]
    gateway.let_go()
    assert [row.id for row in pager] == [f"m{number}" for number in range(1, 100)]
    assert sorted(gateway.asked) == [*range(0, 100, 10)]  # none twice, none beyond the total


def test_while_a_page_is_consumed_so_many_tasks_are_on_their_way() -> None:
    async def main() -> None:
        gateway = Gateway(100)
        gateway.held = True
        pager = AsyncPager(gateway.async_fetch, 0, 3)
        assert (await anext(pager)).id == "m0"
        assert gateway.asked == [0, 10, 20, 30]  # begun already, though the program has awaited nothing since
        gateway.let_go()
        assert [row.id async for row in pager] == [f"m{number}" for number in range(1, 100)]
        assert gateway.asked == [*range(0, 100, 10)]

    within(main)


def test_requests_are_written_though_the_program_awaits_nothing(gateway: Sandbox) -> None:
    with scgapi.Client(gateway.auth) as scg:
        for number in range(10):
            scg.contacts.create(external_id=str(number))

    async def main() -> None:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            pager = scg.contacts.list(limit=1, prefetch=2)
            for _ in range(3):  # for that there are connections, which take more turns
                await anext(pager)
            for _ in range(PATIENCE * 100):  # the loop stands still meanwhile
                if gateway.received("contacts.list") == 5:
                    break
                threading.Event().wait(0.01)
            assert gateway.received("contacts.list") == 5

    within(main)


@pytest.mark.parametrize("limit", [10, 50])
def test_a_gateway_that_tells_no_total_is_asked_for_little_behind_the_end(limit: int) -> None:
    gateway = Gateway(40, limit, told=False)
    assert len([*Pager(gateway.fetch, 0, 3)]) == 40
    assert max(gateway.asked) <= 40 + 3 * limit
    if limit > 40:
        assert gateway.asked == [0, 40]  # a page that is not full is taken for the last


def test_context_variables_reach_what_is_fetched_ahead() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable")
    found: list[str | None] = []
    gateway = Gateway(50)

    def fetch(offset: int) -> Page[Row]:
        found.append(variable.get(None))
        return gateway.fetch(offset)

    variable.set("kept")
    assert len([*Pager(fetch, 0, 2)]) == 50
    assert found == ["kept"] * 5


# Errors.


def test_an_error_comes_in_its_place_and_the_page_can_be_asked_for_again() -> None:
    gateway = Gateway(50)
    gateway.failing[20] = scgapi.ScgError("broken")
    pager = Pager(gateway.fetch, 0, 4)
    assert [next(pager).id for _ in range(20)] == [f"m{number}" for number in range(20)]
    with pytest.raises(scgapi.ScgError, match="broken"):
        next(pager)
    assert [row.id for row in pager] == [f"m{number}" for number in range(20, 50)]


def test_an_error_comes_in_its_place_in_tasks_too() -> None:
    async def main() -> None:
        gateway = Gateway(50)
        gateway.failing[20] = scgapi.ScgError("broken")
        pager = AsyncPager(gateway.async_fetch, 0, 4)
        assert [(await anext(pager)).id for _ in range(20)] == [f"m{number}" for number in range(20)]
        with pytest.raises(scgapi.ScgError, match="broken"):
            await anext(pager)
        assert [row.id async for row in pager] == [f"m{number}" for number in range(20, 50)]

    within(main)


def test_an_error_behind_a_break_is_nobodys() -> None:
    async def main() -> None:
        gateway = Gateway(50)
        gateway.failing[20] = scgapi.ScgError("broken")
        pager = AsyncPager(gateway.async_fetch, 0, 4)
        await anext(pager)
        await turns(lambda: not others())

    within(main)  # "Task exception was never retrieved" would be a complaint
