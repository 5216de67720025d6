"""Listings that fetch their pages as they are consumed."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from typing import Generic, TypeVar

from typing_extensions import Self

from scgapi._core.paging import AsyncFetch, Page, fingerprint
from scgapi._tasks.prefetch import AsyncAhead

T = TypeVar("T")

log = logging.getLogger("scgapi")


class AsyncPages(Generic[T]):
    """The pages of a listing, one request each; in memory is one at a time, and those that are fetched ahead."""

    def __init__(self, fetch: AsyncFetch[T], offset: int, prefetch: int = 0) -> None:
        self._ahead = AsyncAhead(fetch, prefetch) if prefetch else None
        self._fetch = fetch if self._ahead is None else self._ahead.page
        self._next: int | None = offset
        self._seen: set[int] = set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Page[T]:
        if self._next is None:
            raise StopAsyncIteration
        page = await self._fetch(self._next)
        self._next = page.next_offset
        if not page.items and self._seen:
            raise StopAsyncIteration
        mark = hash(fingerprint(page))  # of all pages: some gateways send a few in turn
        if mark in self._seen:
            self._next = None
            if self._ahead is not None:
                self._ahead.stop()
            log.warning("a listing stopped at offset %d: the gateway sent that page before", page.offset)
            raise StopAsyncIteration
        self._seen.add(mark)
        return page


class AsyncPager(Generic[T]):
    """What `list()` returns: an iterator of objects. Nothing is requested before the first is asked for.

    Iterate over it, or over its `pages()`. It can be consumed once; call `list()` again for another run.
    """

    def __init__(self, fetch: AsyncFetch[T], offset: int, prefetch: int = 0) -> None:
        self._fetch = fetch
        self._offset = offset
        self._prefetch = prefetch
        self._pages = self.pages()
        self._items: Iterator[T] = iter(())

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        """The next object.

        Raises:
            StopAsyncIteration: there is no further one.
            ScgError: a page could not be fetched; asking again tries the same page again.
        """
        while True:
            for item in self._items:
                return item
            self._items = iter(())  # the page is let go of before the next one comes
            self._items = iter((await self._pages.__anext__()).items)

    def pages(self) -> AsyncPages[T]:
        """The same listing, from its start, as `Page` objects. One that matches nothing has one empty page."""
        return AsyncPages(self._fetch, self._offset, self._prefetch)
