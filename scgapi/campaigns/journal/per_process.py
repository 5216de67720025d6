"""A journal that each process opens for itself."""

from __future__ import annotations

import os
import threading
import weakref
from pathlib import Path

from scgapi.campaigns.journal.journal import Journal


class ProcessJournal:
    """A journal that is opened at its first use in a process, and again in a child of fork().

    Args:
        target: path of the file, or `postgresql://…`.
    """

    def __init__(self, target: str | Path) -> None:
        self.target: str | Path = target
        self._opened: tuple[int, Journal] | None = None
        # One for each process: a thread of the parent may have held the parent's while it forked.
        self._locks: dict[int, threading.Lock] = {}

    def get(self) -> Journal:
        """Return the journal of this process.

        Raises:
            JournalError: it cannot be opened.
        """
        process = os.getpid()
        with self._lock(process):
            # A child of fork() must not use its parent's connection, nor close it.
            if self._opened is None or self._opened[0] != process:
                journal = Journal(self.target)
                self._opened = process, journal
                weakref.finalize(self, _close_in, process, journal)
            return self._opened[1]

    def close(self) -> None:
        """Close the journal of this process; the next use opens it again."""
        process = os.getpid()
        with self._lock(process):
            if self._opened is not None and self._opened[0] == process:
                self._opened[1].close()
            self._opened = None

    def _lock(self, process: int) -> threading.Lock:
        return self._locks.setdefault(process, threading.Lock())


def _close_in(process: int, journal: Journal) -> None:
    """Close a journal, if this is the process that has opened it."""
    # A child of fork() would end its parent's connection, or wait for a lock that a thread of the parent held.
    if os.getpid() == process:
        journal.close()
