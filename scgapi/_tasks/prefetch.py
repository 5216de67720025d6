"""Pages that are on their way before they are asked for, in tasks: the twin of `scgapi._threads.prefetch`."""

from __future__ import annotations

import asyncio
import contextlib
import weakref
from typing import Generic, TypeVar

from scgapi._core.paging import AsyncFetch, Lookahead, Page

T = TypeVar("T")

_TURNS = 4  # of the event loop: three are enough for httpx to write a request


class AsyncAhead(Generic[T]):
    """Fetches pages, and in at most `most` tasks those that follow. Tasks end with the listing, or with this."""

    def __init__(self, fetch: AsyncFetch[T], most: int) -> None:
        self._fetch = fetch
        self._lookahead = Lookahead(most)
        self._pages: dict[int, asyncio.Future[Page[T]]] = {}
        # Whoever breaks out of a listing drops it. What is on its way is held until then: a loop does not hold its tasks.
        weakref.finalize(self, _cancel, self._pages).atexit = False

    async def page(self, offset: int) -> Page[T]:
        """The page that begins at this offset; those behind it are on their way when it is there.

        Raises:
            ScgError: it could not be fetched. Nothing is on its way any more.
        """
        try:
            fetched = self._pages.get(offset)
            if fetched is not None and fetched.get_loop() is not asyncio.get_running_loop():
                self.stop()  # what an earlier event loop was to fetch will not come
                fetched = None
            page = await (self._fetch(offset) if fetched is None else fetched)
            self._follow(self._lookahead.after(page))
            # A program that awaits nothing while it consumes the page would leave the requests unwritten until it is done.
            for _ in range(_TURNS):
                await asyncio.sleep(0)
        except BaseException:
            self.stop()
            raise
        return page

    def stop(self) -> None:
        """Cancel what is on its way."""
        _cancel(self._pages)

    def _follow(self, offsets: range) -> None:
        _cancel(self._pages, offsets)
        for offset in offsets:
            if offset not in self._pages:
                fetched = self._pages[offset] = asyncio.ensure_future(self._fetch(offset))
                fetched.add_done_callback(_heed)


def _cancel(pages: dict[int, asyncio.Future[Page[T]]], but: range = range(0)) -> None:
    """Let go of all pages but these; from any thread, for a listing may be dropped by the garbage collector."""
    for offset in [offset for offset in pages if offset not in but]:
        fetched = pages.pop(offset)
        if not fetched.done():
            with contextlib.suppress(RuntimeError):  # its loop is closed
                fetched.get_loop().call_soon_threadsafe(fetched.cancel)


def _heed(fetched: asyncio.Future[Page[T]]) -> None:
    if not fetched.cancelled():
        fetched.exception()  # nobody may ask for it any more
