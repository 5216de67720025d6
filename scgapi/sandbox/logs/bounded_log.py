"""A log that drops its oldest entries, so that a sandbox can run for days."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class BoundedLog(Generic[T]):
    """Entries by number, the newest last, limited by count and by size. Safe to use from any thread."""

    def __init__(self, max_entries: int, max_bytes: int) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._lock = threading.RLock()
        self._entries: dict[int, tuple[T, int]] = {}
        self._bytes = 0
        self._last = 0

    def next_number(self) -> int:
        """Return the number for a new entry."""
        with self._lock:
            self._last += 1
            return self._last

    def put(self, number: int, entry: T, size: int) -> None:
        """Add an entry of `size` bytes, or replace the one with this number."""
        with self._lock:
            self._bytes += size - self._entries.get(number, (entry, 0))[1]
            self._entries[number] = entry, size
            while len(self._entries) > self._max_entries or (
                self._bytes > self._max_bytes and len(self._entries) > 1
            ):
                oldest = next(iter(self._entries))
                self._bytes -= self._entries.pop(oldest)[1]

    def find(self, number: int) -> T | None:
        """Return the entry with this number; None if the log does not hold it."""
        with self._lock:
            return self._entries.get(number, (None, 0))[0]

    def newest(self, *, before: int | None = None) -> Iterator[T]:
        """Return the entries, the newest first; with `before`, only those with a smaller number."""
        with self._lock:
            entries = list(self._entries.items())
        return (entry for number, (entry, _) in reversed(entries) if before is None or number < before)

    def clear(self) -> None:
        """Remove all entries. Numbers continue."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0
