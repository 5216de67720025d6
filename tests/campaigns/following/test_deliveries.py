"""States of texts in the journal: in any order, repeated, by either id, and for sends in doubt."""

from __future__ import annotations

from itertools import permutations

import pytest

from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.deliveries import Delivery, DeliveryState, next_state
from scgapi.campaigns.journal.identity import external_id
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.rows import Claimed, Finish, State
from scgapi.campaigns.recipients.recipient import Recipient
from tests.campaigns.conftest import Opened
from tests.campaigns.simulated_clock import SimulatedClock

FIRST, SECOND, THIRD = (f"+1555246000{number}" for number in range(3))


@pytest.fixture
def journal(opened: Opened) -> Journal:
    journal = opened()
    journal.begin("sale", {"mode": "verified"})
    journal.add(Recipient(address, {}, (), line) for line, address in enumerate((FIRST, SECOND, THIRD), 1))
    return journal


def claim(journal: Journal, *, together: bool = False) -> list[Claimed]:
    with journal.transaction():
        claims = journal.claims()
        rows = claims.due("PLANNED", claims.now(), 10)
        sends = [rows] if together else [[row] for row in rows]
        claims.take("me", [Take(send, "INTENT") for send in sends], claims.now() + 60)
    return rows


def finish(journal: Journal, rows: list[Claimed], state: State, request_id: str = "") -> bool:
    end = Finish(tuple(row.id for row in rows), rows[0].attempt + 1, "INTENT", state, request_id=request_id)
    with journal.transaction():
        claims = journal.claims()
        return claims.finish("me", [end], claims.now(), 60)[0]


def record(journal: Journal, *deliveries: Delivery) -> int:
    with journal.transaction():
        return journal.deliveries().record(deliveries)


def states(journal: Journal) -> dict[str, str]:
    return {row.address: row.state for row in journal.rows()}


def test_receipts_in_any_order_and_repeated_end_in_the_same_state(journal: Journal) -> None:
    rows = claim(journal)
    received = [Delivery("SENT", FIRST[1:], "r1"), Delivery("DELIVERED", FIRST, "r1")]
    finish(journal, rows[:1], "ACCEPTED", "r1")
    for order in permutations([*received, *received]):
        record(journal, *order)
        assert states(journal)[FIRST] == "DELIVERED"


def test_a_failure_has_its_code_and_the_time_of_acceptance_stays(
    journal: Journal, clock: SimulatedClock
) -> None:
    finish(journal, claim(journal)[:1], "ACCEPTED", "r1")
    (before, *_) = journal.rows()
    clock.go_on(5)
    assert record(journal, Delivery("FAILED", FIRST, "r1", code="1002", error="no such number")) == 1
    (row, *_) = journal.rows()
    assert (row.state, row.code, row.error) == ("FAILED", "1002", "no such number")
    assert row.accepted == before.accepted > 0
    assert journal.counts().codes == {"1002": 1}


@pytest.mark.parametrize("state", ["SENT", "DELIVERED"])
def test_a_receipt_settles_a_send_in_doubt_and_its_late_owner_changes_nothing(
    state: DeliveryState, journal: Journal
) -> None:
    rows = claim(journal)
    assert record(journal, Delivery(state, FIRST, "r1", external_id("sale", [FIRST]))) == 1
    assert not finish(journal, rows[:1], "PLANNED")
    (row, *_) = journal.rows()
    assert (row.state, row.request_id) == (state, "r1")


def test_a_receipt_for_one_of_a_batch_in_doubt_shows_that_all_were_sent(journal: Journal) -> None:
    rows = claim(journal, together=True)
    sent_under = external_id("sale", [row.address for row in rows])
    record(journal, Delivery("DELIVERED", SECOND, "r1", sent_under))
    assert states(journal) == {FIRST: "ACCEPTED", SECOND: "DELIVERED", THIRD: "ACCEPTED"}
    record(journal, Delivery("FAILED", THIRD, "r1", code="1"), Delivery("SENT", FIRST, "r1"))
    assert states(journal) == {FIRST: "SENT", SECOND: "DELIVERED", THIRD: "FAILED"}


def test_receipts_of_other_sends_are_left_alone(journal: Journal) -> None:
    finish(journal, claim(journal)[:1], "ACCEPTED", "r1")
    others = [
        Delivery("DELIVERED", SECOND, "r1"),
        Delivery("DELIVERED", FIRST, "r9"),
        Delivery("DELIVERED", SECOND, "r9", external_id("another campaign", [SECOND])),
        Delivery("DELIVERED", "", "", external_id("sale", [SECOND])),
        Delivery("DELIVERED", "+19995550000", "r9", external_id("sale", ["+19995550000"])),
    ]
    assert record(journal, *others) == 0
    assert states(journal) == {FIRST: "ACCEPTED", SECOND: "INTENT", THIRD: "INTENT"}


def test_a_contact_is_known_by_its_request(opened: Opened) -> None:
    journal = opened()
    journal.begin("sale", {"mode": "verified"})
    journal.add([Recipient("contact:abc", {}, (), 1)])
    finish(journal, claim(journal), "ACCEPTED", "r1")
    record(journal, Delivery("DELIVERED", FIRST, "r1"))
    assert states(journal) == {"contact:abc": "DELIVERED"}


def test_a_recipient_who_is_sent_to_again_is_not_taken_out_by_receipts_of_the_first_request(
    journal: Journal,
) -> None:
    finish(journal, claim(journal)[:1], "ACCEPTED", "r1")
    record(journal, Delivery("FAILED", FIRST, "r1", code="9"))
    assert journal.decide("PLANNED", FIRST, ("FAILED",)) == 1
    record(journal, Delivery("FAILED", FIRST, "r1"), Delivery("SENT", FIRST, "r1"))
    assert states(journal)[FIRST] == "PLANNED"
    # Delivered after all: nobody needs it twice.
    record(journal, Delivery("DELIVERED", FIRST, "r1"))
    assert states(journal)[FIRST] == "DELIVERED"


@pytest.mark.parametrize(
    ("state", "request_id", "received", "mode", "expected"),
    [
        ("PLANNED", "", "SENT", "verified", "SENT"),
        ("PLANNED", "", "FAILED", "verified", None),
        ("INTENT", "", "FAILED", "verified", "FAILED"),
        # The request that was held and replaced has expired.
        ("INTENT", "", "FAILED", "two_phase", None),
        ("PREPARED", "r1", "FAILED", "two_phase", None),
        ("PREPARED", "r1", "SENT", "two_phase", "SENT"),
        ("ACCEPTED", "r9", "FAILED", "two_phase", None),
        ("ACCEPTED", "r9", "SENT", "two_phase", None),
        ("ACCEPTED", "r9", "DELIVERED", "two_phase", "DELIVERED"),
        ("IN_DOUBT", "", "FAILED", "verified", "FAILED"),
        ("IN_DOUBT", "r1", "FAILED", "two_phase", "FAILED"),
        ("FAILED", "r1", "SENT", "verified", None),
        ("FAILED", "", "SENT", "verified", "SENT"),
        ("FAILED", "r1", "DELIVERED", "verified", "DELIVERED"),
        ("DELIVERED", "r1", "FAILED", "verified", None),
        ("CANCELLED", "", "DELIVERED", "verified", "DELIVERED"),
        ("CANCELLED", "r1", "FAILED", "two_phase", None),
    ],
)
def test_the_state_that_a_receipt_leads_to(
    state: str, request_id: str, received: DeliveryState, mode: str, expected: str | None
) -> None:
    assert next_state(state, request_id, Delivery(received, FIRST, "r1"), mode) == expected


def test_its_repr_has_no_number() -> None:
    assert "555" not in repr(Delivery("SENT", FIRST, "r1", error=f"no route to {FIRST}"))
