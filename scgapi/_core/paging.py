"""Pages of a listing and the arithmetic between them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")

PAGE_SIZE = 100  # the gateway's maximum (wire facts 1.4)


@dataclass(frozen=True)  # slots would break Page[int](…) on Python 3.11
class Page(Generic[T]):
    """One page of a listing.

    Attributes:
        items: the objects, bound to the client that fetched them.
        total: how many objects match in all, or None if the gateway does not say.
        offset: index of the first item within all that match.
        limit: how many objects the gateway puts on a page.
    """

    items: list[T]
    total: int | None
    offset: int
    limit: int

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins (`list(offset=…)` continues there), or None after the last."""
        following = self.offset + len(self.items)
        if not self.items or (self.total is not None and 0 <= self.total <= following):
            return None
        return following

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


AsyncFetch: TypeAlias = Callable[[int], Awaitable[Page[T]]]
"""Fetches the page that begins at an offset."""

Fetch: TypeAlias = Callable[[int], Page[T]]
"""Fetches the page that begins at an offset."""


class Lookahead:
    """Tells where the pages begin that may be fetched before they are asked for.

    Only the next one is certain: the others are where they should be if all pages are as large as this one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._usual = 0

    def after(self, page: Page[T]) -> range:
        """The offsets of at most `most` pages that should be on their way while this one is consumed."""
        following, size = page.next_offset, len(page)
        # A page that is neither full nor as large as the one before tells nothing about those that follow.
        count = self._most if size == (self._usual or page.limit) else 1
        self._usual = size
        if following is None:
            return range(0)
        end = following + count * size
        if page.total is not None and page.total >= 0:
            end = min(end, page.total)
        return range(following, end, size)


def fingerprint(page: Page[T]) -> tuple[object, ...]:
    """What tells a page from another without keeping its items: their ids, or their content where they have none."""
    return tuple(
        getattr(item, "id", None) or hash(repr(getattr(item, "__dict__", item))) for item in page.items
    )
