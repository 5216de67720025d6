"""Delivery receipts into a journal, in any process that has it."""

from __future__ import annotations

import os
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from scgapi.campaigns.following.reading import read_receipt
from scgapi.campaigns.journal.journal import Journal, close_in

if TYPE_CHECKING:
    from scgapi.events.models import MessageStateChanged


class Receipts:
    """A handler of delivery receipts that records them for all campaigns of a journal.

        receiver.on(events.MessageStateChanged)(Receipts("campaigns.db"))

    A receipt belongs to a recipient by its request id, or by the id that the campaign sent it under, which also settles
    a send in doubt. Receipts of other sends are left alone. They may come in any order, and more than once.

    Args:
        journal: path of the file, or `postgresql://…`. It is opened by the first receipt, once for each process.
    """

    def __init__(self, journal: str | Path) -> None:
        self._target = journal
        self._lock = threading.Lock()
        self._opened: tuple[int, Journal] | None = None

    def __repr__(self) -> str:
        return "<Receipts>"

    def __call__(self, event: MessageStateChanged) -> None:
        """Record a receipt.

        Raises:
            JournalError: the journal cannot be opened or written; the gateway then posts the event again.
        """
        record_receipt(self._journal(), event)

    def close(self) -> None:
        """Close the journal; it is opened again by the next receipt."""
        with self._lock:
            if self._opened is not None and self._opened[0] == os.getpid():
                self._opened[1].close()
            self._opened = None

    def _journal(self) -> Journal:
        # A child of fork() must not use its parent's connection, nor close it.
        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                journal = Journal(self._target)
                self._opened = os.getpid(), journal
                weakref.finalize(self, close_in, os.getpid(), journal)
            return self._opened[1]


def record_receipt(journal: Journal, event: MessageStateChanged) -> bool:
    """Record a receipt, and return True if a recipient has changed."""
    delivery = read_receipt(event)
    if delivery is None:
        return False
    with journal.transaction():
        return bool(journal.deliveries().record([delivery]))
