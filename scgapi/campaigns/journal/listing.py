"""Add the lines of a list to a campaign."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scgapi.campaigns.journal.claims import Claims
from scgapi.campaigns.journal.databases import Database, as_int
from scgapi.campaigns.journal.rows import Added
from scgapi.campaigns.recipients.recipient import Recipient, SetAside

_encode = json.JSONEncoder(ensure_ascii=False).encode


class Listing:
    """The list of one campaign. Each method is used within a transaction."""

    def __init__(self, database: Database, campaign: int, claims: Claims) -> None:
        self._database, self._campaign, self._claims = database, campaign, claims

    def add(self, rows: list[Recipient]) -> Added:
        """Add recipients that are new; set those apart whose address another line has."""
        planned = self._database.change_all(
            "INSERT INTO scgapi_recipients (campaign, address, fields, time_zones, line) "
            "VALUES (:campaign, :address, :fields, :zones, :line) ON CONFLICT (campaign, address) DO NOTHING",
            [
                {
                    "campaign": self._campaign,
                    "address": row.address,
                    "fields": _encode(dict(row.fields)),
                    "zones": " ".join(row.time_zones),
                    "line": row.line,
                }
                for row in rows
            ],
        )
        # Most batches are all new, and need no look at what was there before.
        duplicates = [*self._duplicates(rows)] if planned < len(rows) else []
        self.set_aside(duplicates)
        return Added(planned, len(rows) - planned - len(duplicates), len(duplicates))

    def follow_opt_outs(self, recipients: list[Recipient], others: list[SetAside]) -> None:
        """Take out what was added before and is no longer true: consent comes and goes between two plans."""
        self._part_opted_out(others)
        self._database.change_all(
            "DELETE FROM scgapi_recipients WHERE campaign = :campaign AND address = :address AND state = 'PLANNED' "
            "AND attempt = 0",
            [
                {"campaign": self._campaign, "address": row.address}
                for row in others
                if row.state == "OPTED_OUT"
            ],
        )
        self._database.change_all(
            "UPDATE scgapi_recipients SET state = 'CANCELLED', error = :reason WHERE campaign = :campaign "
            "AND address = :address AND state = 'PLANNED'",
            [
                {"campaign": self._campaign, "address": row.address, "reason": row.reason}
                for row in others
                if row.state == "OPTED_OUT"
            ],
        )
        opted_out = self._database.run(
            "SELECT 1 FROM scgapi_set_aside WHERE campaign = :campaign AND state = 'OPTED_OUT' LIMIT 1",
            {"campaign": self._campaign},
        )
        if opted_out:
            self._database.change_all(
                "DELETE FROM scgapi_set_aside WHERE campaign = :campaign AND line = :line AND state = 'OPTED_OUT'",
                [{"campaign": self._campaign, "line": row.line} for row in recipients],
            )

    def _part_opted_out(self, others: list[SetAside]) -> None:
        """Let those go on alone that were to be sent to in one request with somebody who has opted out."""
        if not self._claims.has_batches():
            return
        found = [
            self._database.run(
                "SELECT id FROM scgapi_recipients WHERE campaign = :campaign AND address = :address "
                "AND state = 'PLANNED' AND attempt > 0",
                {"campaign": self._campaign, "address": row.address},
            )
            for row in others
            if row.state == "OPTED_OUT"
        ]
        self._claims.part(as_int(rows[0][0]) for rows in found if rows)

    def _duplicates(self, rows: list[Recipient]) -> Iterator[SetAside]:
        """Yield the rows whose address another line has given."""
        for row in rows:
            found = self._database.run(
                "SELECT line FROM scgapi_recipients WHERE campaign = :campaign AND address = :address",
                {"campaign": self._campaign, "address": row.address},
            )
            first = as_int(found[0][0])
            if first != row.line:
                yield SetAside(row.address, row.line, "DUPLICATE", f"the same recipient as line {first}")

    def set_aside(self, rows: list[SetAside]) -> int:
        """Add lines that are set aside, and return how many were new."""
        return self._database.change_all(
            "INSERT INTO scgapi_set_aside VALUES (:campaign, :line, :address, :state, :reason) "
            "ON CONFLICT (campaign, line) DO NOTHING",
            [
                {
                    "campaign": self._campaign,
                    "line": row.line,
                    "address": row.address,
                    "state": row.state,
                    "reason": row.reason,
                }
                for row in rows
            ],
        )
