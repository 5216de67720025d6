"""Pages that are on their way before they are asked for, in threads: the twin of `scgapi._tasks.prefetch`."""

from __future__ import annotations

import contextvars
import os
import weakref
from typing import TYPE_CHECKING, Generic, TypeVar

from scgapi._core.paging import Fetch, Lookahead, Page

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Ahead(Generic[T]):
    """Fetches pages, and in at most `most` threads those that follow. Threads end with the listing, or with this."""

    def __init__(self, fetch: Fetch[T], most: int) -> None:
        self._fetch = fetch
        self._most = most
        self._lookahead = Lookahead(most)
        self._pages: dict[int, Future[Page[T]]] = {}
        self._threads: list[ThreadPoolExecutor] = []  # one, while it is needed
        self._process = os.getpid()
        # Whoever breaks out of a listing drops it: then what waits for a thread is not begun any more.
        weakref.finalize(self, _dismiss, self._threads).atexit = False

    def page(self, offset: int) -> Page[T]:
        """The page that begins at this offset; those behind it are on their way when it is there.

        Raises:
            ScgError: it could not be fetched. Nothing is on its way any more.
        """
        if self._process != os.getpid():  # a fork has its parent's memory, and none of its threads
            self._process = os.getpid()
            self._threads.clear()
            self._pages.clear()
        try:
            fetched = self._pages.get(offset)
            page = self._fetch(offset) if fetched is None else fetched.result()
            self._follow(self._lookahead.after(page))
        except BaseException:
            self.stop()
            raise
        return page

    def stop(self) -> None:
        """Begin nothing further. What is on its way ends by itself, and nobody sees it."""
        self._pages.clear()
        _dismiss(self._threads)

    def _follow(self, offsets: range) -> None:
        if not offsets:
            self.stop()
        for offset in [offset for offset in self._pages if offset not in offsets]:
            self._pages.pop(offset).cancel()
        for offset in offsets:
            if offset not in self._pages:
                try:
                    self._pages[offset] = self._begin(offset)
                except RuntimeError:  # no new threads, as while Python ends: pages are fetched when needed
                    return

    def _begin(self, offset: int) -> Future[Page[T]]:
        if not self._threads:
            from concurrent.futures import ThreadPoolExecutor  # cannot be loaded any more while Python ends

            self._threads.append(ThreadPoolExecutor(self._most, "scgapi-prefetch"))
        return self._threads[0].submit(contextvars.copy_context().run, self._fetch, offset)


def _dismiss(threads: list[ThreadPoolExecutor]) -> None:
    """Let the threads end when they have done what they are at."""
    while threads:
        threads.pop().shutdown(wait=False, cancel_futures=True)
