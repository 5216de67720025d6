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
        if not self.items or (self.total is not None and following >= self.total):
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


def repeats(page: Page[T], last: Page[T]) -> bool:
    """Whether a server that ignores `offset` has sent the page before once more."""
    ids = [getattr(item, "id", None) for item in page.items]
    return None not in ids and ids == [getattr(item, "id", None) for item in last.items]
