"""Listings that fetch their pages as they are consumed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from typing_extensions import Self

from scgapi._core.change_counts import Counts, no_changes
from scgapi._core.page_tracker import PageTracker
from scgapi._core.paging import AsyncFetch, Page
from scgapi._io.tasks.prefetch import AsyncPrefetcher

T = TypeVar("T")
U = TypeVar("U")


class AsyncPages(AsyncIterator[Page[T]]):
    """The pages of a listing, one request each. One page is in memory at a time, and those that are fetched ahead."""

    def __init__(
        self,
        fetch: AsyncFetch[T],
        offset: int,
        prefetch: int = 0,
        operation: str = "list",
        counts: Callable[[], Counts] = no_changes,
    ) -> None:
        self._tracker: PageTracker[T] = PageTracker(offset, operation, counts)
        self._fetch = _counting(fetch, counts, self._tracker)
        self._prefetcher = AsyncPrefetcher(self._fetch, prefetch) if prefetch else None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Page[T]:
        while (offset := self._tracker.next_offset) is not None:
            if self._prefetcher is None:
                fetched = await self._fetch(offset)
            else:
                fetched = await self._prefetcher.page(offset, self._tracker.overlap)
            page = self._tracker.take(fetched)
            if page is not None:
                return page
        if self._prefetcher is not None:
            self._prefetcher.stop()
        raise StopAsyncIteration


def _counting(page_at: AsyncFetch[T], counts: Callable[[], Counts], tracker: PageTracker[T]) -> AsyncFetch[T]:
    """Let the tracker know what this client changed while a page was fetched."""

    async def fetch(offset: int) -> Page[T]:
        before = counts()
        page = await page_at(offset)
        tracker.fetched(offset, before)
        return page

    return fetch


class AsyncPager(AsyncIterator[T]):
    """The iterator of objects that `list()` returns. The first request is sent when the first object is asked for.

    Iterate over it, or over its `pages()`. A loop over a pager that was read to its end requests everything anew.

    Objects that are deleted, or stop matching the filters, while they are listed do not make the listing skip others:
    it notices by the gateway's total, and by what this client itself changes, and reads that range again. No object
    with an id is returned twice.
    """

    def __init__(
        self,
        fetch: AsyncFetch[T],
        offset: int = 0,
        prefetch: int = 0,
        operation: str = "list",
        counts: Callable[[], Counts] = no_changes,
    ) -> None:
        self._fetch = fetch
        self._offset = offset
        self._prefetch = prefetch
        self._operation = operation
        self._counts = counts
        self._pages = self.pages()
        self._items: Iterator[T] = iter(())
        self._read = 0
        self._ended = False

    @staticmethod
    def from_items(items: Iterable[U]) -> AsyncPager[U]:
        """Return a listing of these objects that requests nothing: what a mocked `list()` may return in a test."""
        rows = [*items]

        async def fetch(offset: int) -> Page[U]:
            return Page(rows[offset:], len(rows), offset, max(1, len(rows)))

        return AsyncPager(fetch)

    def __aiter__(self) -> AsyncIterator[T]:
        if self._ended:
            self._pages, self._read, self._ended = self.pages(), 0, False
        return self

    async def __anext__(self) -> T:
        """Return the next object.

        Raises:
            StopAsyncIteration: the listing has ended.
            ScgError: a page could not be fetched; asking again tries the same page again.
        """
        while True:
            for item in self._items:
                self._read += 1
                return item
            # Frees this page before the next one comes.
            self._items = iter(())
            try:
                self._items = iter((await self._pages.__anext__()).items)
            except StopAsyncIteration:
                self._ended = True
                raise

    async def first(self) -> T | None:
        """Return the first object of the listing, or None if nothing matches. One request; it does not move a loop."""
        async for page in AsyncPages(self._fetch, self._offset):
            for item in page.items:
                return item
        return None

    def pages(self) -> AsyncPages[T]:
        """Return the same listing, from its start, as `Page` objects. A listing that matches nothing has one empty page."""
        return AsyncPages(self._fetch, self._offset, self._prefetch, self._operation, self._counts)

    def __repr__(self) -> str:
        state = f"{self._read} read{', ended' if self._ended else ''}" if self._read else "nothing read yet"
        return f"<{type(self).__name__} of {self._operation}(): {state}>"

    # Type checkers report both by themselves.
    if not TYPE_CHECKING:

        def __len__(self) -> int:
            raise TypeError(
                f"{self!r} has no len(): it is read page by page. "
                "Count its objects in a loop, or take the `total` of its first page, await anext(pager.pages())"
            )

        def __getitem__(self, index: object) -> T:
            raise TypeError(
                f"{self!r} cannot be indexed: it is read page by page, with `async for`. "
                "For its first object, use await pager.first(); for the first n, break out of the loop"
            )

        def __bool__(self) -> bool:
            return True
