"""Prefetching of a listing's pages, in asyncio tasks. Mirrors `scgapi._io.threads.prefetch`."""

from __future__ import annotations

import asyncio
import contextlib
import weakref
from typing import Generic, TypeVar

from scgapi._core.paging import AsyncFetch, Lookahead, Page

T = TypeVar("T")

_LOOP_ITERATIONS = 4
"""Iterations of the event loop after which prefetch requests are written: httpx needs three."""


class AsyncPrefetcher(Generic[T]):
    """Page fetcher that requests up to `limit` following pages in advance. Its tasks end with the listing."""

    def __init__(self, fetch: AsyncFetch[T], limit: int) -> None:
        self._fetch = fetch
        self._lookahead = Lookahead(limit)
        # Holds the tasks: an event loop has only weak references to them.
        self._pages: dict[int, asyncio.Future[Page[T]]] = {}
        # A caller that breaks out of a listing drops this object: its tasks are cancelled then.
        weakref.finalize(self, _cancel, self._pages).atexit = False

    async def page(self, offset: int, overlap: int = 0) -> Page[T]:
        """Return the page at this offset; request the following ones when it has arrived.

        Each of those repeats `overlap` rows of the one before it.

        Raises:
            ScgError: the page could not be fetched. All prefetching is cancelled.
        """
        try:
            fetched = self._pages.get(offset)
            if fetched is not None and fetched.get_loop() is not asyncio.get_running_loop():
                # The tasks of an earlier event loop never finish.
                self.stop()
                fetched = None
            page = await (self._fetch(offset) if fetched is None else fetched)
            self._lookahead.overlap = overlap
            self._follow(self._lookahead.after(page))
            # A program that awaits nothing while it consumes the page would leave the requests unwritten until it is done.
            for _ in range(_LOOP_ITERATIONS):
                await asyncio.sleep(0)
        except BaseException:
            self.stop()
            raise
        return page

    def stop(self) -> None:
        """Cancel all prefetching."""
        _cancel(self._pages)

    def _follow(self, offsets: range) -> None:
        _cancel(self._pages, keep=offsets)
        for offset in offsets:
            if offset not in self._pages:
                fetched = self._pages[offset] = asyncio.ensure_future(self._fetch(offset))
                fetched.add_done_callback(_retrieve_exception)


def _cancel(pages: dict[int, asyncio.Future[Page[T]]], keep: range = range(0)) -> None:
    """Cancel the tasks of all pages but those in `keep`. Any thread may call it: the garbage collector does."""
    for offset in [offset for offset in pages if offset not in keep]:
        fetched = pages.pop(offset)
        if not fetched.done():
            # Raised if the loop is closed.
            with contextlib.suppress(RuntimeError):
                fetched.get_loop().call_soon_threadsafe(fetched.cancel)


def _retrieve_exception(fetched: asyncio.Future[Page[T]]) -> None:
    """Mark the exception as retrieved: asyncio logs one that is not, and the page may never be asked for."""
    if not fetched.cancelled():
        fetched.exception()
