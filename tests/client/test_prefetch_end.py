"""Pages that are fetched before they are asked for: what is left of them, and what they take."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import threading
import tracemalloc
import weakref
from collections.abc import Callable, Coroutine

import pytest

import scgapi
from scgapi._async.pager import AsyncPager
from scgapi._core.paging import Page
from scgapi._sync.pager import Pager
from scgapi.sandbox import Sandbox
from tests.client.paged import PATIENCE, Gateway, Row, others, prefetchers, rows, turns, within

pytestmark = pytest.mark.usefixtures("no_thread_stays")


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
    assert next(pager, None) is None


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
