"""A gateway of pages that can be held back, and what to look at while pages are fetched ahead."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Coroutine

from scgapi._core.paging import Page

PATIENCE = 60  # seconds: only a broken build waits for them


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
