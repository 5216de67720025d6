"""Pages of a listing and their offsets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

T = TypeVar("T")

PAGE_SIZE = 100
"""Objects per page: the gateway's maximum (docs/api-notes.md, note 5)."""


# No slots: they would break Page[int](…) on Python 3.11.
@dataclass(frozen=True)
class Page(Iterable[T]):
    """One page of a listing.

    Attributes:
        items: the objects, bound to the client that fetched them.
        total: number of all objects that match, or None if the gateway does not report it.
        offset: index of the first item among all objects that match.
        limit: maximum number of objects per page.
    """

    items: list[T]
    total: int | None
    offset: int
    limit: int

    @property
    def next_offset(self) -> int | None:
        """Offset of the next page, for `list(offset=…)`; None after the last page."""
        following = self.offset + len(self.items)
        if not self.items or (self.total is not None and 0 <= self.total <= following):
            return None
        return following

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


AsyncFetch: TypeAlias = Callable[[int], Awaitable[Page[T]]]
"""A function that fetches the page at an offset."""

Fetch: TypeAlias = Callable[[int], Page[T]]
"""A function that fetches the page at an offset."""


class Lookahead:
    """Predict the offsets of the pages to prefetch.

    Only the next offset is certain; the others assume that all pages have the size of the current one.
    """

    def __init__(self, max_pages: int) -> None:
        self.overlap = 0
        """Number of rows that a page repeats from the previous one."""
        self._max_pages = max_pages
        self._usual_size = 0

    def after(self, page: Page[T]) -> range:
        """Return the offsets of the pages to fetch while this one is consumed."""
        following, size = page.next_offset, len(page)
        # The size of a page that is neither full nor equal to the previous one predicts nothing.
        count = self._max_pages if size == (self._usual_size or page.limit) else 1
        self._usual_size = size
        if following is None:
            return range(0)
        overlap = self.overlap if size > self.overlap else 0
        first, step = following - overlap, size - overlap
        end = first + count * step
        if page.total is not None and page.total >= 0:
            end = min(end, page.total - overlap)
        return range(first, end, step)


def row_id(item: object) -> str | None:
    """Return the id of a row; None without a usable id."""
    found: object = getattr(item, "id", None)
    return found if isinstance(found, str) and found else None


def fingerprint(page: Page[T]) -> tuple[object, ...]:
    """Return a key that identifies a page: the ids of its items, or hashes of items without an id."""
    return tuple(row_id(item) or hash(repr(getattr(item, "__dict__", item))) for item in page.items)
