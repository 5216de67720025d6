"""Pages that are fetched ahead: the same listing, sooner, and nothing is left behind."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
import os
import subprocess
import sys
import threading
import tracemalloc
import weakref
from collections.abc import Callable, Coroutine, Iterator

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
from tests.colours import COLOURS, Colour, call, contacts_of, sent

PATIENCE = 10  # seconds: only a broken build waits for them


class Row:
    """An item that can be watched."""

    def __init__(self, number: int) -> None:
        self.id = f"m{number}"


def rows(offset: int, total: int, limit: int) -> list[Row]:
    return [Row(number) for number in range(offset, min(offset + limit, total))]


class Gateway:
    """Answers at once, or when it is told to, and counts what it is asked."""

    def __init__(self, total: int, limit: int = 10, *, told: bool = True) -> None:
        self.total, self.limit, self.told = total, limit, told
        self.asked: list[int] = []
        self.failing: dict[int, BaseException] = {}
        self.changed = threading.Condition()
        self.held = False

    def fetch(self, offset: int) -> Page[Row]:
        with self.changed:
            self.asked.append(offset)
            self.changed.notify_all()
            assert self.changed.wait_for(lambda: not (self.held and offset), PATIENCE)
        return self.page(offset)

    async def async_fetch(self, offset: int) -> Page[Row]:
        self.asked.append(offset)
        await asyncio.sleep(0)
        while self.held and offset:  # noqa: ASYNC110 - the tests that hold it have a time limit of their own
            await asyncio.sleep(0)
        return self.page(offset)

    def page(self, offset: int) -> Page[Row]:
        if offset in self.failing:
            raise self.failing.pop(offset)
        found = rows(offset, self.total, self.limit)
        return Page(found, self.total if self.told else None, offset, self.limit)

    def let_go(self) -> None:
        with self.changed:
            self.held = False
            self.changed.notify_all()

    def was_asked(self, count: int) -> None:
        """Wait until so many pages have been asked for."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.asked) >= count, PATIENCE), self.asked


def within(main: Callable[[], Coroutine[object, object, None]]) -> None:
    """Run it; the loop must have nothing to complain about, neither then nor when all is gone."""
    complaints: list[dict[str, object]] = []

    async def watched() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        await asyncio.wait_for(main(), PATIENCE)

    asyncio.run(watched())
    gc.collect()
    assert complaints == []


async def turns(until: Callable[[], bool]) -> None:
    """Let the other tasks go on until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not until():  # noqa: ASYNC110 - it is looked at in each turn
            await asyncio.sleep(0)


def others() -> list[asyncio.Task[object]]:
    known = {asyncio.current_task()}
    return [
        task
        for task in asyncio.all_tasks()
        if task not in known and "fetch" in getattr(task.get_coro(), "__qualname__", "")
    ]


def prefetchers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("scgapi-prefetch")]


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    yield
    gc.collect()
    for thread in prefetchers():
        thread.join(PATIENCE)
        assert not thread.is_alive()


# The same listing.


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize(("limit", "prefetch"), [(1, 8), (5, 2), (7, 32), (100, 1)])
def test_every_object_comes_once_and_in_order(
    gateway: Sandbox, colour: Colour, limit: int, prefetch: int
) -> None:
    with scgapi.Client(gateway.auth) as scg:
        made = [scg.contacts.create(external_id=str(number)) for number in range(23)]
    listed = call(colour, gateway.auth, "contacts.list", limit=limit, prefetch=prefetch)
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


@pytest.mark.parametrize("colour", COLOURS)
@respx.mock
def test_a_gateway_that_repeats_a_page_does_not_trap_the_program(
    colour: Colour, caplog: pytest.LogCaptureFixture
) -> None:
    body = {"list": [{"id": "a"}, {"id": "b"}], "total": 1000, "limit": 2}
    route = respx.get("https://api.syniverse.com/scg-external-api/api/v1/contacts").respond(json=body)
    with caplog.at_level(logging.WARNING, "scgapi"):
        listed = call(colour, scgapi.AuthInfo(token="t"), "contacts.list", limit=2, prefetch=4)
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


# The end.


def test_a_break_stops_the_rest() -> None:
    gateway = Gateway(1000)
    gateway.held = True
    for row in Pager(gateway.fetch, 0, 4):
        assert row.id == "m0"
        gateway.was_asked(5)
        break
    gateway.let_go()
    for thread in prefetchers():
        thread.join(PATIENCE)
    assert prefetchers() == []
    assert sorted(gateway.asked) == [0, 10, 20, 30, 40]


def test_a_break_stops_what_waits_for_a_thread() -> None:
    """Threads may be at pages that are of no use any more: the useful ones wait for them."""
    began = {offset: threading.Event() for offset in (0, 10, 17, 20, 24, 31)}
    may_end = threading.Event()

    def fetch(offset: int) -> Page[Row]:
        began[offset].set()
        if offset == 10:
            assert began[20].wait(PATIENCE)
        if offset in (20, 24):
            assert may_end.wait(PATIENCE)
        return Page(rows(offset, 1000, 7 if offset else 10), None, offset, 10)

    pager = Pager(fetch, 0, 2)
    assert [next(pager).id for _ in range(18)][-1] == "m17"  # of 17 to 23: 24 and 31 are what follows
    assert began[24].wait(PATIENCE)
    del pager
    may_end.set()
    for thread in prefetchers():
        thread.join(PATIENCE)
    assert [offset for offset in began if not began[offset].is_set()] == [31]


def test_a_break_cancels_the_rest() -> None:
    async def main() -> None:
        gateway = Gateway(1000)
        gateway.held = True
        async for row in AsyncPager(gateway.async_fetch, 0, 4):
            assert row.id == "m0"
            assert len(others()) == 4
            break
        await turns(lambda: not others())  # though the gateway never answers
        assert gateway.asked == [0, 10, 20, 30, 40]

    within(main)


def test_a_listing_that_is_kept_after_a_break_begins_nothing_further() -> None:
    async def main() -> None:
        gateway = Gateway(1000)
        pager = AsyncPager(gateway.async_fetch, 0, 4)
        async for _ in pager:
            break
        await turns(lambda: not others())
        assert gateway.asked == [0, 10, 20, 30, 40]
        gateway.held = True
        async for row in pager:
            assert row.id == "m1"
            break

    within(main)


def test_the_loop_ends_while_pages_are_on_their_way() -> None:
    async def main() -> None:
        gateway = Gateway(1000)
        gateway.held = True
        kept.append(AsyncPager(gateway.async_fetch, 0, 4))
        await anext(kept[0])

    kept: list[AsyncPager[Row]] = []
    within(main)
    kept.clear()
    gc.collect()


def in_a_loop_that_cancels_nothing(main: Coroutine[object, object, list[str]]) -> list[str]:
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(
        lambda _loop, _context: None
    )  # that tasks were left is this program's own fault
    try:
        return loop.run_until_complete(main)
    finally:
        loop.close()


@pytest.mark.parametrize("run", [asyncio.run, in_a_loop_that_cancels_nothing])
def test_a_listing_goes_on_in_another_loop(
    run: Callable[[Coroutine[object, object, list[str]]], list[str]],
) -> None:
    gateway, loops = Gateway(30), set[int]()

    async def fetch(offset: int) -> Page[Row]:
        if number in loops:  # what is fetched ahead never comes
            await asyncio.Event().wait()
        loops.add(number)
        return gateway.page(offset)

    async def one_page() -> list[str]:
        return [(await anext(pager)).id for _ in range(10)]

    pager = AsyncPager(fetch, 0, 3)
    found: list[str] = []
    while len(found) < 30:
        number = len(found)
        found += run(asyncio.wait_for(one_page(), PATIENCE))
    assert found == [f"m{number}" for number in range(30)]


def test_a_listing_that_the_garbage_collector_drops_in_another_thread_is_cancelled() -> None:
    async def main() -> None:
        gateway = Gateway(1000)
        gateway.held = True
        pagers = [AsyncPager(gateway.async_fetch, 0, 4)]
        await anext(pagers[0])
        await asyncio.to_thread(pagers.clear)
        await turns(lambda: not others())

    within(main)


@pytest.mark.parametrize("by", ["cancel", "timeout"])
def test_a_consumer_that_is_cancelled_leaves_nothing_and_can_go_on(by: str) -> None:
    async def main() -> None:
        gateway = Gateway(50)
        gateway.held = True
        pager = AsyncPager(gateway.async_fetch, 0, 4)
        found: list[str] = []

        async def consume() -> None:
            async for row in pager:
                found.append(row.id)

        if by == "timeout":
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01):
                    await consume()
        else:
            task = asyncio.create_task(consume())
            await turns(lambda: len(found) == 10)
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()
        await turns(lambda: not others())
        gateway.let_go()
        await consume()
        assert found == [f"m{number}" for number in range(50)]

    within(main)


def test_an_interrupted_consumer_leaves_nothing_and_can_go_on() -> None:
    gateway = Gateway(50)
    gateway.failing[10] = KeyboardInterrupt()
    pager = Pager(gateway.fetch, 0, 4)
    assert len([next(pager) for _ in range(10)]) == 10
    with pytest.raises(KeyboardInterrupt):
        next(pager)
    for thread in prefetchers():
        thread.join(PATIENCE)
    assert [row.id for row in pager] == [f"m{number}" for number in range(10, 50)]


def test_threads_end_with_the_listing_that_is_kept() -> None:
    gateway = Gateway(50)
    pager = Pager(gateway.fetch, 0, 4)
    assert len([*pager]) == 50
    for thread in prefetchers():
        thread.join(PATIENCE)
    assert prefetchers() == []
    assert [*pager] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
def test_a_fork_goes_on_with_the_listing() -> None:
    gateway = Gateway(50)
    gateway.held = True
    pager = Pager(gateway.fetch, 0, 4)
    next(pager)
    gateway.was_asked(5)
    child = os.fork()
    if child == 0:
        gateway.changed, gateway.held = threading.Condition(), False
        signal_after(PATIENCE)
        os._exit(0 if len([*pager]) == 49 else 1)
    assert os.waitpid(child, 0)[1] == 0
    gateway.let_go()
    assert len([*pager]) == 49


def signal_after(seconds: int) -> None:
    import signal

    signal.alarm(seconds)


PROGRAM = """
import sys, threading, asyncio
import scgapi
url, token, how = sys.argv[1:]
auth = scgapi.AuthInfo(token=token)

def sync_break():
    global kept
    with scgapi.Client(auth, url=url) as scg:
        kept = scg.contacts.list(limit=1, prefetch=8)
        for contact in kept:
            break

def closed_client():
    with scgapi.Client(auth, url=url) as scg:
        for contact in scg.contacts.list(limit=1, prefetch=8):
            break

def thread_outlives_main():
    def consume():
        threading.main_thread().join()
        with scgapi.Client(auth, url=url) as scg:
            print(len([*scg.contacts.list(limit=1, prefetch=8)]))
    threading.Thread(target=consume).start()

def async_break():
    async def main():
        async with scgapi.AsyncClient(auth, url=url) as scg:
            async for contact in scg.contacts.list(limit=1, prefetch=8):
                break
    asyncio.run(main())

def async_kept():
    async def main():
        async with scgapi.AsyncClient(auth, url=url) as scg:
            kept = scg.contacts.list(limit=1, prefetch=8)
            async for contact in kept:
                break
    asyncio.run(main())

globals()[how]()
"""


@pytest.mark.parametrize(
    ("how", "printed"),
    [
        ("sync_break", ""),
        ("closed_client", ""),
        ("thread_outlives_main", "20\n"),
        ("async_break", ""),
        ("async_kept", ""),
    ],
)
def test_a_program_ends_by_itself_and_in_silence(gateway: Sandbox, how: str, printed: str) -> None:
    with scgapi.Client(gateway.auth) as scg:
        for number in range(20):
            scg.contacts.create(external_id=str(number))
    run = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            PROGRAM,
            gateway.url,
            gateway.auth.token or "",
            how,
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, printed, "")


# Memory.


class Watched(Gateway):
    """Knows how many of its pages are alive, by the last row of each."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.alive: weakref.WeakSet[Row] = weakref.WeakSet()
        self.made = 0

    def page(self, offset: int) -> Page[Row]:
        page = super().page(offset)
        with self.changed:
            self.alive.add(page.items[-1])
            self.made += 1
            self.changed.notify_all()
        return page


def test_as_many_pages_are_in_memory_as_are_fetched_ahead_and_the_one_consumed() -> None:
    gateway = Watched(300)
    for place, _ in enumerate(Pager(gateway.fetch, 0, 3)):
        page = place // 10
        with gateway.changed:
            assert gateway.changed.wait_for(lambda: gateway.made == min(page + 4, 30), PATIENCE)  # noqa: B023
        for _ in range(PATIENCE * 100):  # a thread may be about to let go of a page that it has handed over
            if len(gateway.alive) <= 4:
                break
            threading.Event().wait(0.01)
        assert len(gateway.alive) <= 4
    assert gateway.made == 30


def test_as_many_pages_are_in_memory_as_tasks_fetch_ahead_and_the_one_consumed() -> None:
    async def main() -> None:
        gateway = Watched(300)
        alive: list[int] = []
        async for _ in AsyncPager(gateway.async_fetch, 0, 3):
            await asyncio.sleep(0)
            alive.append(len(gateway.alive))
        assert max(alive) == 4
        assert gateway.made == 30

    within(main)


@pytest.mark.parametrize("prefetch", [0, 8])
def test_a_long_listing_takes_the_memory_of_a_short_one(prefetch: int) -> None:
    def peak(total: int) -> int:
        gateway = Gateway(total, 100)
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        assert sum(1 for _ in Pager(gateway.fetch, 0, prefetch)) == total
        return tracemalloc.get_traced_memory()[1] - before

    peak(1_000)
    tracemalloc.start()
    try:
        short, long = peak(10_000), peak(100_000)
    finally:
        tracemalloc.stop()
    assert long - short < 500_000  # bytes; 90,000 rows are twenty times as much
