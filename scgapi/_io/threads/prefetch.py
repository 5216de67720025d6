"""Prefetching of a listing's pages, in threads. Mirrors `scgapi._io.tasks.prefetch`."""

from __future__ import annotations

import contextvars
import os
import weakref
from typing import TYPE_CHECKING, Generic, TypeVar

from scgapi._core.paging import Fetch, Lookahead, Page

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Prefetcher(Generic[T]):
    """Page fetcher that requests up to `limit` following pages in advance. Its threads end with the listing."""

    def __init__(self, fetch: Fetch[T], limit: int) -> None:
        self._fetch = fetch
        self._limit = limit
        self._lookahead = Lookahead(limit)
        self._pages: dict[int, Future[Page[T]]] = {}
        # Holds one executor while it is needed.
        self._executors: list[ThreadPoolExecutor] = []
        self._process = os.getpid()
        # A caller that breaks out of a listing drops this object: pages that no thread fetches yet are cancelled then.
        weakref.finalize(self, _shut_down, self._executors).atexit = False

    def page(self, offset: int, overlap: int = 0) -> Page[T]:
        """Return the page at this offset; request the following ones when it has arrived.

        Each of those repeats `overlap` rows of the one before it.

        Raises:
            ScgError: the page could not be fetched. All prefetching is cancelled.
        """
        if self._process != os.getpid():
            # A forked child has its parent's memory, and none of its threads.
            self._process = os.getpid()
            self._executors.clear()
            self._pages.clear()
        try:
            fetched = self._pages.get(offset)
            page = self._fetch(offset) if fetched is None else fetched.result()
            self._lookahead.overlap = overlap
            self._follow(self._lookahead.after(page))
        except BaseException:
            self.stop()
            raise
        return page

    def stop(self) -> None:
        """Cancel the requests that have not begun. Results of those under way are discarded."""
        self._pages.clear()
        _shut_down(self._executors)

    def _follow(self, offsets: range) -> None:
        if not offsets:
            self.stop()
        for offset in [offset for offset in self._pages if offset not in offsets]:
            self._pages.pop(offset).cancel()
        for offset in offsets:
            if offset not in self._pages:
                try:
                    self._pages[offset] = self._begin(offset)
                except RuntimeError:
                    # No thread can be started while Python shuts down: pages are fetched when they are needed.
                    return

    def _begin(self, offset: int) -> Future[Page[T]]:
        if not self._executors:
            # Cannot be imported any more while Python shuts down.
            from concurrent.futures import ThreadPoolExecutor

            self._executors.append(ThreadPoolExecutor(self._limit, "scgapi-prefetch"))
        return self._executors[0].submit(contextvars.copy_context().run, self._fetch, offset)


def _shut_down(executors: list[ThreadPoolExecutor]) -> None:
    """Let the threads end after their current request."""
    while executors:
        executors.pop().shutdown(wait=False, cancel_futures=True)
