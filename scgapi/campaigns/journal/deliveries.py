"""Records of texts after the gateway took them. Each method is used within a transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scgapi.campaigns.journal.claims import Claims
from scgapi.campaigns.journal.databases import Database, as_int, as_text, as_texts
from scgapi.campaigns.journal.identity import external_id, is_external_id
from scgapi.campaigns.journal.local_clock import Clock

DeliveryState = Literal["SENT", "DELIVERED", "FAILED"]

_COLUMNS = "id, campaign, address, state, request_id, send, attempt, again"

_RECORD = """
UPDATE scgapi_recipients SET state = :state, code = :code, error = :error, request_id = COALESCE(:request_id, request_id),
owner = '', attempt = attempt + 1, send = COALESCE(send, id), due = CASE :settled WHEN 1 THEN :now ELSE due END,
changed = :today WHERE id = :id AND attempt = :attempt AND state = :before
"""

_ADOPT_OTHERS = """
UPDATE scgapi_recipients SET state = 'ACCEPTED', code = '', error = '', request_id = COALESCE(:request_id, request_id),
owner = '', attempt = attempt + 1, due = :now, changed = :today WHERE send = :send AND id <> :id
AND state IN ('PLANNED', 'INTENT', 'PREPARED', 'IN_DOUBT')
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The state of one text, as a receipt or a look at its request says.

    Attributes:
        state: SENT, DELIVERED or FAILED.
        address: the recipient; empty if not known.
        request_id: the gateway's id of the request; empty if not known.
        external_id: the id that the request was sent under; empty if not known.
        code: the gateway's code of a failure.
        error: the reason of a failure, in one line.
    """

    state: DeliveryState
    address: str = field(repr=False)
    request_id: str = ""
    external_id: str = ""
    code: str = ""
    error: str = field(default="", repr=False)


class OpenRequest(NamedTuple):
    """A request that the gateway took, and those of its recipients whose texts are still on their way."""

    id: str
    addresses: list[str]


class _Recipient(NamedTuple):
    id: int
    campaign: int
    address: str
    state: str
    request_id: str
    send: int | None
    attempt: int
    again: int


class Deliveries:
    """States of texts in all campaigns of a journal."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def record(self, deliveries: Iterable[Delivery]) -> int:
        """Record states; return how many recipients have changed. What the journal does not know is left out.

        A delivery of a text that was in doubt, or on its way, settles it: it was sent, and is not sent again.
        """
        return sum(self._record(one) for one in deliveries)

    def open_requests(self, campaign: int, after: int, count: int) -> tuple[list[OpenRequest], int]:
        """Return requests with texts that are not known to be delivered or to have failed.

        Args:
            campaign: the campaign's row.
            after: the row that the last call ended at; 0 to begin.
            count: rows to read at most.

        Returns:
            The requests, and the row to go on after; 0 if there are no more.
        """
        rows = self._database.run(
            "SELECT id, request_id, address FROM scgapi_recipients WHERE campaign = :campaign AND id > :after "
            "AND state IN ('ACCEPTED', 'SENT') AND request_id IS NOT NULL ORDER BY id LIMIT :count",
            {"campaign": campaign, "after": after, "count": count},
        )
        found: dict[str, list[str]] = {}
        for _, request_id, address in rows:
            found.setdefault(as_text(request_id), []).append(as_text(address))
        requests = [OpenRequest(request_id, addresses) for request_id, addresses in found.items()]
        return requests, as_int(rows[-1][0]) if len(rows) == count else 0

    def _record(self, delivery: Delivery) -> bool:
        row = self._by_request(delivery) or self._by_external_id(delivery)
        if row is None:
            return False
        state = next_state(row.state, row.request_id, delivery, self._mode(row))
        if state is None:
            return False
        settled = row.state not in ("ACCEPTED", "SENT", "DELIVERED")
        now, today = self._database.now(), self._clock.time_of_day()
        request_id = delivery.request_id or None
        failed = state == "FAILED"
        changed = self._database.change(
            _RECORD,
            {
                "state": state,
                "code": delivery.code if failed else "",
                "error": delivery.error if failed else "",
                "request_id": request_id,
                "settled": int(settled),
                "now": now,
                "today": today,
                "id": row.id,
                "attempt": row.attempt,
                "before": row.state,
            },
        )
        if settled and row.send is not None:
            self._database.run(
                _ADOPT_OTHERS,
                {"request_id": request_id, "now": now, "today": today, "send": row.send, "id": row.id},
            )
        return bool(changed)

    def _by_request(self, delivery: Delivery) -> _Recipient | None:
        if not delivery.request_id:
            return None
        found = self._rows("request_id = :request_id", {"request_id": delivery.request_id})
        if len(found) == 1:
            # A contact's own number is not in the journal.
            return found[0] if not _is_other(found[0].address, delivery.address) else None
        return next((row for row in found if _digits(row.address) == _digits(delivery.address)), None)

    def _by_external_id(self, delivery: Delivery) -> _Recipient | None:
        if not is_external_id(delivery.external_id) or not delivery.address:
            return None
        for campaign, name in self._database.run("SELECT id, name FROM scgapi_campaigns ORDER BY id"):
            found = self._rows(
                "campaign = :campaign AND address IN (:plain, :number) AND send IS NOT NULL",
                {
                    "campaign": campaign,
                    "plain": delivery.address,
                    "number": f"+{_digits(delivery.address)}",
                },
            )
            for row in found:
                claims = Claims(self._database, row.campaign, self._clock)
                addresses = claims.addresses_of(row.id if row.send is None else row.send)
                if external_id(as_text(name), addresses, row.again) == delivery.external_id:
                    return row
        return None

    def _rows(self, condition: str, values: dict[str, object]) -> list[_Recipient]:
        rows = self._database.run(
            f"SELECT {_COLUMNS} FROM scgapi_recipients WHERE {condition} ORDER BY id {self._database.lock}",  # noqa: S608 - constants
            values,
        )
        return [
            _Recipient(
                as_int(id_),
                as_int(campaign),
                as_text(address),
                as_text(state),
                as_text(request_id),
                None if send is None else as_int(send),
                as_int(attempt),
                as_int(again),
            )
            for id_, campaign, address, state, request_id, send, attempt, again in rows
        ]

    def _mode(self, row: _Recipient) -> str:
        rows = self._database.run(
            "SELECT settings FROM scgapi_campaigns WHERE id = :campaign", {"campaign": row.campaign}
        )
        return as_texts(rows[0][0]).get("mode", "")


def next_state(state: str, request_id: str, delivery: Delivery, mode: str) -> DeliveryState | None:
    """Return the state that a recipient enters; None if the delivery is late, repeated, or of another request.

    Receipts come in any order, more than once, and also of requests that a campaign has replaced: a request that was
    held and never let go expires, and says nothing about the text that was sent in its place.

    Args:
        state: the recipient's state in the journal.
        request_id: the request that the journal knows of.
        delivery: what was received.
        mode: how the campaign settles doubt.
    """
    is_same = bool(request_id) and delivery.request_id in ("", request_id)
    is_other = bool(request_id) and not is_same
    if state == "DELIVERED" or state == delivery.state:
        return None
    if delivery.state == "DELIVERED":
        return "DELIVERED"
    failed = delivery.state == "FAILED"
    if state in ("ACCEPTED", "SENT"):
        return None if is_other or (state == "SENT" and not failed) else delivery.state
    if state in ("PLANNED", "INTENT") and is_same:
        # It is sent again because this request failed.
        return None
    if state in ("PLANNED", "PREPARED", "CANCELLED"):
        return None if failed else "SENT"
    if state in ("INTENT", "IN_DOUBT"):
        return None if failed and mode == "two_phase" and not is_same else delivery.state
    # FAILED: SENT came late, unless it is of another request.
    return None if is_same else delivery.state


def _digits(address: str) -> str:
    return address.strip().removeprefix("+")


def _is_other(known: str, given: str) -> bool:
    """Return True if both are phone numbers, and differ."""
    return bool(given) and known.startswith("+") and _digits(known) != _digits(given)
