"""Delivery receipts into a journal, in any process that has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scgapi.campaigns.following.reading import read_receipt
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.per_process import ProcessJournal

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
        self._journal = ProcessJournal(journal)

    def __repr__(self) -> str:
        return "<Receipts>"

    def __call__(self, event: MessageStateChanged) -> None:
        """Record a receipt.

        Raises:
            JournalError: the journal cannot be opened or written; the gateway then posts the event again.
        """
        record_receipt(self._journal.get(), event)

    def close(self) -> None:
        """Close the journal; it is opened again by the next receipt."""
        self._journal.close()


def record_receipt(journal: Journal, event: MessageStateChanged) -> bool:
    """Record a receipt, and return True if a recipient has changed."""
    delivery = read_receipt(event)
    if delivery is None:
        return False
    with journal.transaction():
        return bool(journal.deliveries().record([delivery]))
