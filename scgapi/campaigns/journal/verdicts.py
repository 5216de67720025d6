"""A person's verdicts on recipients. Each method is used within a transaction."""

from __future__ import annotations

from collections.abc import Sequence

from scgapi.campaigns.journal.claims import Claims
from scgapi.campaigns.journal.databases import Database, as_int
from scgapi.campaigns.journal.local_clock import Clock

_DECIDE = """
UPDATE scgapi_recipients SET state = :state, owner = '', due = :now, attempt = attempt + 1, tries = :tries, looks = 0,
code = '', error = '', changed = :today, send = CASE :failed WHEN 1 THEN id ELSE send END,
again = again + CASE WHEN :failed = 1 AND request_id IS NOT NULL THEN 1 ELSE 0 END
WHERE campaign = :campaign AND state = :old AND (:all = 1 OR address = :address OR
(:failed = 0 AND send = (SELECT send FROM scgapi_recipients WHERE campaign = :campaign AND address = :address)))
"""

_DOUBT_PLANNED = """
UPDATE scgapi_recipients SET state = 'INTENT', send = COALESCE(send, id), owner = '', due = :now, attempt = attempt + 1,
looks = 0, code = 'LOST', error = 'the journal was lost' WHERE campaign = :campaign AND state = 'PLANNED'
"""

_FAILED = """
SELECT id FROM scgapi_recipients WHERE campaign = :campaign AND state = 'FAILED' AND (:all = 1 OR address = :address)
"""


class Verdicts:
    """Verdicts on the recipients of one campaign."""

    def __init__(self, database: Database, campaign: int, claims: Claims, clock: Clock) -> None:
        self._database, self._campaign, self._claims, self._clock = database, campaign, claims, clock

    def decide(self, state: str, address: str | None, before: Sequence[str]) -> int:
        """Record a decision; see `Journal.decide`."""
        return sum(self._decide(state, address, old) for old in before)

    def doubt_planned(self) -> int:
        """Have all recipients looked up before they are sent to, and return how many there are."""
        return self._database.change(
            _DOUBT_PLANNED, {"campaign": self._campaign, "now": self._database.now()}
        )

    def _decide(self, state: str, address: str | None, old: str) -> int:
        which = {"campaign": self._campaign, "all": int(address is None), "address": address or ""}
        has_failed = old == "FAILED"
        if has_failed and self._claims.has_batches():
            self._claims.part(as_int(row[0]) for row in self._database.run(_FAILED, which))
        return self._database.change(
            _DECIDE,
            {
                **which,
                "state": state,
                "old": old,
                "failed": int(has_failed),
                # A request was made before, which is looked up unless that is known to be in vain.
                "tries": int(state == "PLANNED"),
                "now": self._database.now(),
                "today": self._clock.time_of_day(),
            },
        )
