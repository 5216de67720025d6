"""Counts of a client's changes, by which listings notice that their rows may have moved."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from typing import NamedTuple

from scgapi._core.operation import Operation

# Path segments that many resources share, or that do not name a resource.
_SHARED_STEPS = frozenset({"messaging", "calling", "assistant", "consent", "connect", "list"})


MAX_CREATED_IDS = 4_000
"""Maximum number of remembered ids of created objects per collection."""


class Counts(NamedTuple):
    """Numbers of changes that had begun and ended at one time, and the ids of objects created so far."""

    begun: int
    ended: int
    created: tuple[Collection[str], ...] = ()


class ChangeCounts:
    """Calls of one client that may change a collection, counted per collection.

    Two threads that count at the same time may lose a count; listings also use the totals of the gateway.
    """

    def __init__(self) -> None:
        self._begun: dict[str, int] = {}
        self._ended: dict[str, int] = {}
        # A dict without values, used as an ordered set: the first id is the oldest.
        self._created: dict[str, dict[str, None]] = {}

    def begin(self, operation: Operation) -> None:
        """Count a call that starts."""
        if not operation.creates:
            _count(self._begun, operation)

    def end(self, operation: Operation) -> None:
        """Count a call that has ended, successfully or not."""
        if not operation.creates:
            _count(self._ended, operation)

    def add_created(self, operation: Operation, created_id: str) -> None:
        """Remember the id of an object that a call has created."""
        for name in _collections(operation):
            ids = self._created.setdefault(name, {})
            ids[created_id] = None
            if len(ids) > MAX_CREATED_IDS:
                ids.pop(next(iter(ids)), None)

    def of(self, listing: Operation) -> Callable[[], Counts]:
        """Return a function that returns the counts for the collection of a listing."""
        names = _collections(listing)

        def counts() -> Counts:
            return Counts(
                sum(self._begun.get(name, 0) for name in names),
                sum(self._ended.get(name, 0) for name in names),
                tuple(self._created[name] for name in names if name in self._created),
            )

        return counts


def no_changes() -> Counts:
    """Return the counts of a client that changes nothing."""
    return Counts(0, 0)


def _count(counts: dict[str, int], operation: Operation) -> None:
    if operation.method != "GET":
        for name in _collections(operation):
            counts[name] = counts.get(name, 0) + 1


@functools.cache
def _collections(operation: Operation) -> tuple[str, ...]:
    return tuple(
        step for step in operation.path.split("/") if step and step[0] != "{" and step not in _SHARED_STEPS
    )
