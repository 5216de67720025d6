"""What a run does to a journal. Each method is used within a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scgapi.campaigns.journal.databases import Database, Row, as_float, as_int, as_text
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.rows import Claimed, Control, Finish, State, Taken

_STATES: dict[str, State] = {"PLANNED": "PLANNED", "INTENT": "INTENT", "PREPARED": "PREPARED"}

_COLUMNS = "id, address, fields, time_zones, state, send, attempt, tries, looks, request_id, code, again"

# Columns of the given rows: id, attempt, state before; then what the claim becomes.
_HELD = """
SELECT id FROM scgapi_recipients, {given} WHERE id = column1 AND attempt = column2 AND state = column3 AND owner = column4
"""

_FINISH = """
UPDATE scgapi_recipients SET owner = column5, state = column6, due = column7,
send = CASE column8 WHEN 1 THEN id ELSE send END, tries = column9, looks = column10, request_id = column11, code = column12,
error = column13, changed = column14
FROM {given} WHERE id = column1 AND attempt = column2 AND state = column3 AND owner = column4
"""

_TAKE = """
UPDATE scgapi_recipients SET code = CASE state WHEN 'PLANNED' THEN '' ELSE code END, send = column2, state = column3,
owner = column4, due = column5, attempt = column6 FROM {given} WHERE id = column1
"""


class Rate(NamedTuple):
    """State of a sender's pace: when its next request may go, and how much refusals have slowed it since when."""

    next: float = 0.0
    slowness: float = 1.0
    since: float = 0.0


class Take(NamedTuple):
    """A send that is claimed: its recipients, the first of them first, and the state that it is claimed in."""

    rows: Sequence[Claimed]
    state: State

    @property
    def attempt(self) -> int:
        """Epoch of the claim: one for all its recipients, and higher than any that they were claimed in before."""
        return max(row.attempt for row in self.rows) + 1


class Claims:
    """Claims on the sends of one campaign."""

    def __init__(self, database: Database, campaign: int, clock: Clock) -> None:
        self._database, self._campaign, self._clock = database, campaign, clock

    def now(self) -> float:
        """Return the time by the database's clock, which leases go by."""
        return self._database.now()

    def finish(self, owner: str, finishes: Sequence[Finish], now: float, lease: float) -> list[bool]:
        """End claims; return for each whether it was still held. One that is kept gets a new lease."""
        today = self._clock.time_of_day()
        rows: list[Row] = [
            (
                id_,
                one.attempt,
                one.before,
                owner,
                owner if one.keep else "",
                one.state,
                now + (lease if one.keep else one.delay),
                int(one.split),
                one.tries,
                one.looks,
                one.request_id or None,
                one.code,
                one.error,
                today,
            )
            for one in finishes
            for id_ in one.ids
        ]
        held = {as_int(row[0]) for row in self._database.run_given(_HELD + self._database.lock, rows)}
        self._database.run_given(_FINISH, rows)
        return [held.issuperset(one.ids) for one in finishes]

    def take(self, owner: str, sends: Sequence[Take], until: float) -> None:
        """Claim sends until a moment; their attempt counts up."""
        if not sends:
            return
        self._database.count_claims()
        self._database.run_given(
            _TAKE,
            [
                (row.id, send.rows[0].id, send.state, owner, until, send.attempt)
                for send in sends
                for row in send.rows
            ],
        )

    def abandon(self, now: float, quarantine: float | None) -> None:
        """Free sends whose owner has let its lease run out.

        Args:
            now: the database's time.
            quarantine: seconds before they are looked up, from now on: a server's clock that was set ahead ends leases
                early. None if a request that is not recorded has no effect, so that another may be made at once.
        """
        again = "CASE WHEN code = '' THEN 'PLANNED' ELSE state END" if quarantine is None else "state"
        for state, pause in (("INTENT", quarantine or 0.0), ("PREPARED", 0.0)):
            self._database.run(
                "UPDATE scgapi_recipients SET owner = '', attempt = attempt + 1, due = :now + :pause, "  # noqa: S608
                f"state = {again if state == 'INTENT' else 'state'}, "
                "code = CASE code WHEN '' THEN 'UNKNOWN' ELSE code END, error = 'its process ended' "
                "WHERE id IN (SELECT id FROM scgapi_recipients WHERE campaign = :campaign AND state = :state "
                f"AND due <= :now AND owner <> '' {self._database.skip_locked})",
                {"campaign": self._campaign, "state": state, "now": now, "pause": pause},
            )

    def due(self, state: State, now: float, count: int) -> list[Claimed]:
        """Return the first recipients of sends that are due and free, the longest due first; they are locked."""
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM scgapi_recipients WHERE campaign = :campaign AND state = :state "  # noqa: S608
            "AND due <= :now AND owner = '' AND (send IS NULL OR send = id) ORDER BY due, id LIMIT :count "
            + self._database.skip_locked,
            {"campaign": self._campaign, "state": state, "now": now, "count": count},
        )
        return [_claimed(row) for row in rows]

    def others(self, first: Claimed) -> list[Claimed]:
        """Return the other recipients of a send; of one that was not made, those that are still to be sent to."""
        if first.send is None:
            return []
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM scgapi_recipients WHERE send = :send AND send <> id "  # noqa: S608
            "AND (state = :state OR :state <> 'PLANNED') ORDER BY id",
            {"send": first.send, "state": first.state},
        )
        return [_claimed(row) for row in rows]

    def addresses_of(self, send: int) -> list[str]:
        """Return the addresses of a send's recipients, the first of them first."""
        rows = self._database.run(
            "SELECT id, address FROM scgapi_recipients WHERE id = :send "
            "UNION ALL SELECT id, address FROM scgapi_recipients WHERE send = :send AND send <> id ORDER BY id",
            {"send": send},
        )
        return [as_text(row[1]) for row in rows]

    def has_batches(self) -> bool:
        """Return True if several recipients share a send."""
        return bool(
            self._database.run(
                "SELECT 1 FROM scgapi_recipients WHERE send <> id AND campaign = :campaign LIMIT 1",
                {"campaign": self._campaign},
            )
        )

    def postpone(self, ids: Iterable[int], due: float) -> None:
        """Claim these recipients not before a moment."""
        self._database.change_all(
            "UPDATE scgapi_recipients SET due = :due WHERE id = :id", ({"due": due, "id": id_} for id_ in ids)
        )

    def refuse(self, refused: Iterable[tuple[int, str]]) -> None:
        """Let recipients fail that cannot be sent to, each with the reason."""
        today = self._clock.time_of_day()
        rows = [*refused]
        self._database.change_all(
            "UPDATE scgapi_recipients SET state = 'FAILED', error = :error, changed = :today WHERE id = :id",
            [{"error": error, "today": today, "id": id_} for id_, error in rows],
        )
        self.part(id_ for id_, _ in rows)

    def part(self, ids: Iterable[int]) -> None:
        """Let each recipient of the requests that these are part of go on alone.

        A recipient that takes another way than the others, such as one that failed, must neither take them along nor
        leave them behind.
        """
        if not self.has_batches():
            return
        for id_ in ids:
            shared = self._database.run(
                "SELECT send FROM scgapi_recipients one WHERE id = :id AND EXISTS "
                "(SELECT 1 FROM scgapi_recipients other WHERE other.send = one.send AND other.send <> other.id)",
                {"id": id_},
            )
            # Two statements, each of which an index serves.
            for members in ("id = :send AND send = id", "send = :send AND send <> id") if shared else ():
                self._database.run(
                    "UPDATE scgapi_recipients SET send = CASE state WHEN 'PLANNED' THEN id END "  # noqa: S608 - constants
                    f"WHERE {members} AND state NOT IN ('INTENT', 'PREPARED')",
                    {"send": as_int(shared[0][0])},
                )

    def next_due(self) -> float | None:
        """Return when a recipient that is not done needs attention next; None if all are done."""
        rows = self._database.run(
            " UNION ALL ".join(
                "SELECT MIN(due) FROM scgapi_recipients "  # noqa: S608 - constants
                f"WHERE campaign = :campaign AND state = '{state}'"
                for state in _STATES
            ),
            {"campaign": self._campaign},
        )
        return min((as_float(row[0]) for row in rows if row[0] is not None), default=None)

    def has_planned(self) -> bool:
        """Return True if there is a recipient that nothing was sent to."""
        return bool(
            self._database.run(
                "SELECT 1 FROM scgapi_recipients WHERE campaign = :campaign AND state = 'PLANNED' LIMIT 1",
                {"campaign": self._campaign},
            )
        )

    def has_open(self) -> bool:
        """Return True if a send is on its way, in doubt, or prepared."""
        return bool(
            self._database.run(
                "SELECT 1 FROM scgapi_recipients WHERE campaign = :campaign AND state IN ('INTENT', 'PREPARED') LIMIT 1",
                {"campaign": self._campaign},
            )
        )

    def accepted(self, before: float, count: int) -> list[Taken]:
        """Return sends that the gateway took before a moment, the last of them first."""
        found: list[Taken] = []
        for state in ("ACCEPTED", "SENT", "DELIVERED"):
            rows = self._database.run(
                "SELECT id, request_id, again FROM scgapi_recipients WHERE campaign = :campaign AND state = :state "
                "AND due <= :before AND request_id IS NOT NULL AND send = id ORDER BY due DESC LIMIT :count",
                {"campaign": self._campaign, "state": state, "before": before, "count": count},
            )
            found.extend(
                Taken(as_text(request_id), self.addresses_of(as_int(id_)), as_int(again))
                for id_, request_id, again in rows
            )
        return found[:count]

    def keep(self, owner: str, finish: Finish, now: float, lease: float) -> bool:
        """Lengthen a claim on a send that was prepared and is kept; return False if the journal does not say so."""
        return bool(
            self._database.change_all(
                "UPDATE scgapi_recipients SET due = :due WHERE id = :id AND owner = :owner AND attempt = :attempt "
                "AND state = 'PREPARED' AND request_id = :request_id",
                [
                    {
                        "due": now + lease,
                        "id": id_,
                        "owner": owner,
                        "attempt": finish.attempt,
                        "request_id": finish.request_id,
                    }
                    for id_ in finish.ids
                ],
            )
        )

    def is_known(self, request_id: str, send: int = 0) -> bool:
        """Return True if another send than this one has this request id."""
        return bool(
            self._database.run(
                "SELECT 1 FROM scgapi_recipients WHERE request_id = :request_id AND send <> :send LIMIT 1",
                {"request_id": request_id, "send": send},
            )
        )

    def cancel_planned(self) -> None:
        """Cancel all that nothing was sent for, but for those that a run is just claiming."""
        self._database.run(
            "UPDATE scgapi_recipients SET state = 'CANCELLED', changed = :today WHERE id IN "  # noqa: S608
            "(SELECT id FROM scgapi_recipients WHERE campaign = :campaign AND state = 'PLANNED' "
            f"{self._database.skip_locked})",
            {"campaign": self._campaign, "today": self._clock.time_of_day()},
        )

    def set_control(self, control: Control, reason: str) -> None:
        """Set what the campaign may do; errors are counted anew once it is READY."""
        self._database.run(
            "UPDATE scgapi_campaigns SET control = :control, reason = :reason, "
            "errors = CASE :control WHEN 'READY' THEN 0 ELSE errors END "
            "WHERE id = :campaign AND control <> 'CANCELLED'",
            {"control": control, "reason": reason, "campaign": self._campaign},
        )

    def count_errors(self, count: int) -> int:
        """Add to the campaign's errors and return them."""
        self._database.run(
            "UPDATE scgapi_campaigns SET errors = errors + :count WHERE id = :campaign",
            {"count": count, "campaign": self._campaign},
        )
        rows = self._database.run(
            "SELECT errors FROM scgapi_campaigns WHERE id = :campaign", {"campaign": self._campaign}
        )
        return as_int(rows[0][0])

    def rate(self, sender: str) -> Rate:
        """Return the sender's pace; it is locked until the transaction ends."""
        self._database.run(
            "INSERT INTO scgapi_rates VALUES (:sender, 0, 1, 0) ON CONFLICT (sender) DO NOTHING",
            {"sender": sender},
        )
        rows = self._database.run(
            "SELECT next, slowness, since FROM scgapi_rates "  # noqa: S608 - constants
            f"WHERE sender = :sender {self._database.lock}",
            {"sender": sender},
        )
        return Rate(*(as_float(value) for value in rows[0]))

    def set_rate(self, sender: str, rate: Rate) -> None:
        """Set the sender's pace."""
        self._database.run(
            "UPDATE scgapi_rates SET next = :next, slowness = :slowness, since = :since WHERE sender = :sender",
            {"sender": sender, **rate._asdict()},
        )


def _claimed(row: Row) -> Claimed:
    id_, address, fields, zones, state, send, attempt, tries, looks, request_id, code, again = row
    return Claimed(
        as_int(id_),
        as_text(address),
        as_text(fields),
        as_text(zones),
        _STATES[as_text(state)],
        None if send is None else as_int(send),
        as_int(attempt),
        as_int(tries),
        as_int(looks),
        as_text(request_id),
        as_text(code),
        as_int(again),
    )
