"""Places for workers of a task queue. Each method is used within a transaction."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from scgapi.campaigns.journal.databases import Database, as_int, as_text

_FREE = """
SELECT w.slot FROM scgapi_workers w JOIN scgapi_campaigns c ON c.id = w.campaign
WHERE w.campaign = :campaign AND w.due <= :now
AND ((c.control = 'READY' AND EXISTS (SELECT 1 FROM scgapi_recipients r
        WHERE r.campaign = c.id AND r.state IN ('PLANNED', 'INTENT', 'PREPARED')))
    OR (c.control = 'CANCELLED' AND EXISTS (SELECT 1 FROM scgapi_recipients r
        WHERE r.campaign = c.id AND r.state IN ('INTENT', 'PREPARED'))))
ORDER BY w.slot
"""

_HAND_ON = """
UPDATE scgapi_workers SET token = :next, due = :due WHERE campaign = :campaign AND slot = :slot AND token = :token
"""


class Ticket(NamedTuple):
    """The right of one task to work in a slot: the first task that shows it has it."""

    campaign: str
    slot: int
    token: str


class Slots:
    """Slots of one campaign: as many tasks work on it at once. Each has one ticket that is valid."""

    def __init__(self, database: Database, campaign: int, name: str) -> None:
        self._database, self._campaign, self._name = database, campaign, name

    def open(self, count: int) -> None:
        """Let so many tasks work at once; slots that are there stay as they are."""
        self._database.run(
            "DELETE FROM scgapi_workers WHERE campaign = :campaign AND slot > :count",
            {"campaign": self._campaign, "count": count},
        )
        self._database.change_all(
            "INSERT INTO scgapi_workers VALUES (:campaign, :slot, '', 0) ON CONFLICT (campaign, slot) DO NOTHING",
            [{"campaign": self._campaign, "slot": slot} for slot in range(1, count + 1)],
        )

    def hand_out(self, hold: float) -> list[Ticket]:
        """Return a new ticket for each slot that nobody works in, if the campaign has work left.

        Args:
            hold: seconds after which a ticket that was not shown is replaced.
        """
        now = self._database.now()
        rows = self._database.run(
            _FREE + self._database.skip_locked.replace("UPDATE", "UPDATE OF w"),
            {"campaign": self._campaign, "now": now},
        )
        tickets = [self._ticket(as_int(row[0])) for row in rows]
        self._database.change_all(
            "UPDATE scgapi_workers SET token = :token, due = :due WHERE campaign = :campaign AND slot = :slot",
            [
                {"token": one.token, "due": now + hold, "campaign": self._campaign, "slot": one.slot}
                for one in tickets
            ],
        )
        return tickets

    def exchange(self, ticket: Ticket, seconds: float) -> Ticket | None:
        """Replace a ticket by one that is valid for so many seconds; None if it is valid no more."""
        following = self._ticket(ticket.slot)
        return following if self._hand_on(ticket, following.token, seconds) else None

    def renew(self, ticket: Ticket, seconds: float) -> bool:
        """Let a ticket be valid for so many seconds from now; return False if it is valid no more."""
        return self._hand_on(ticket, ticket.token, seconds)

    def leave(self, ticket: Ticket, seconds: float) -> None:
        """Free a slot; a ticket for it is handed out again after so many seconds."""
        self._hand_on(ticket, "", seconds)

    def next_due(self) -> float | None:
        """Return the seconds until a recipient needs attention; None if all are done."""
        rows = self._database.run(
            "SELECT MIN(due) FROM scgapi_recipients WHERE campaign = :campaign "
            "AND state IN ('PLANNED', 'INTENT', 'PREPARED')",
            {"campaign": self._campaign},
        )
        return None if rows[0][0] is None else float(as_text(rows[0][0])) - self._database.now()

    def _hand_on(self, ticket: Ticket, token: str, seconds: float) -> bool:
        values = {"campaign": self._campaign, "slot": ticket.slot, "token": ticket.token, "next": token}
        return self._database.change(_HAND_ON, {**values, "due": self._database.now() + seconds}) == 1

    def _ticket(self, slot: int) -> Ticket:
        return Ticket(self._name, slot, uuid.uuid4().hex)
