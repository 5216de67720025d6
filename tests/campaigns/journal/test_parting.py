"""Recipients of one request that part: those that are sent to again take nobody along, and leave nobody behind."""

from __future__ import annotations

import pytest

from scgapi.campaigns.engine.engine import Engine
from scgapi.campaigns.engine.hours import AllowedHours
from scgapi.campaigns.engine.rules import Content, Rules
from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.deliveries import Delivery
from scgapi.campaigns.journal.identity import external_id
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.rows import Claimed, Finish, State
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from tests.campaigns.conftest import Opened

FIRST, SECOND, THIRD = GUESTS = tuple(f"+1212555000{number}" for number in range(3))
RULES = Rules("sale", "155", lambda _: Content("Hi"), {"from_": "155", "to": []}, batch=5)


@pytest.fixture
def journal(opened: Opened) -> Journal:
    journal = opened()
    journal.begin("sale", {"mode": "verified"})
    journal.add(Recipient(address, {}, (), line) for line, address in enumerate(GUESTS, 1))
    return journal


def claimed(journal: Journal) -> list[Claimed]:
    """Claim all as one request."""
    with journal.transaction():
        claims = journal.claims()
        rows = claims.due("PLANNED", claims.now(), 10)
        claims.take("me", [Take(rows, "INTENT")], claims.now() + 60)
    return rows


def together(journal: Journal, state: State, request_id: str = "") -> None:
    """Let all be in one request, and that in a state."""
    rows = claimed(journal)
    end = Finish(tuple(row.id for row in rows), 1, "INTENT", state, request_id=request_id)
    with journal.transaction():
        assert journal.claims().finish("me", [end], journal.claims().now(), 60) == [True]


def record(journal: Journal, *deliveries: Delivery) -> None:
    with journal.transaction():
        journal.deliveries().record(deliveries)


def states(journal: Journal) -> dict[str, str]:
    return {row.address: row.state for row in journal.rows() if row.state != "OPTED_OUT"}


def sent_by(journal: Journal, rules: Rules = RULES) -> list[str]:
    """Those that a run sends to at once."""
    turn = Engine(journal, rules, Clock()).turn([])
    return [address for work in turn.work if work.kind == "send" for address in work.addresses]


@pytest.mark.parametrize("failed", GUESTS)
@pytest.mark.parametrize("is_named", [True, False])
def test_a_text_that_failed_is_sent_again_to_its_recipient_alone(
    failed: str, is_named: bool, journal: Journal
) -> None:
    together(journal, "ACCEPTED", "r1")
    record(
        journal,
        *(Delivery("FAILED" if one == failed else "DELIVERED", one, "r1", code="9") for one in GUESTS),
    )
    assert journal.decide("PLANNED", failed if is_named else None, ("FAILED",)) == 1
    assert sent_by(journal) == [failed]
    others = {address: state for address, state in states(journal).items() if address != failed}
    assert set(others.values()) == {"DELIVERED"}


def test_a_recipient_that_is_named_is_sent_to_again_without_the_others_that_failed(journal: Journal) -> None:
    together(journal, "ACCEPTED", "r1")
    record(journal, *(Delivery("FAILED", one, "r1", code="9") for one in GUESTS))
    assert journal.decide("PLANNED", SECOND, ("FAILED", "IN_DOUBT")) == 1
    assert sent_by(journal) == [SECOND]
    assert journal.decide("PLANNED", None, ("FAILED",)) == 2


def test_a_request_that_is_made_again_after_its_texts_failed_has_an_id_of_its_own(journal: Journal) -> None:
    together(journal, "ACCEPTED", "r1")
    ids = {external_id("sale", GUESTS)}
    for number in range(1, 4):
        record(journal, Delivery("FAILED", FIRST, f"r{number}", code="9"))
        assert journal.decide("PLANNED", FIRST, ("FAILED",)) == 1
        (work,) = Engine(journal, RULES, Clock()).turn([]).work
        ids.add(work.external_id)
        # A receipt finds it by this id, before the journal knows its request.
        record(journal, Delivery("SENT", FIRST, f"r{number + 1}", work.external_id))
        (row,) = (row for row in journal.rows() if row.address == FIRST)
        assert (row.state, row.request_id, row.external_id) == ("SENT", f"r{number + 1}", work.external_id)
    assert len(ids) == 4


def test_a_request_that_was_refused_is_made_again_under_its_id(journal: Journal) -> None:
    together(journal, "FAILED")
    assert journal.decide("PLANNED", FIRST, ("FAILED",)) == 1
    (work,) = Engine(journal, RULES, Clock()).turn([]).work
    assert work.external_id == external_id("sale", [FIRST])


def test_a_recipient_that_failed_before_any_request_can_be_named(journal: Journal) -> None:
    with journal.transaction():
        journal.claims().refuse([(row.id, "no hour") for row in journal.claims().due("PLANNED", 1e12, 9)])
    assert journal.decide("PLANNED", SECOND, ("FAILED", "IN_DOUBT")) == 1
    assert sent_by(journal) == [SECOND]


@pytest.mark.parametrize("out", GUESTS)
def test_who_opts_out_of_a_request_that_is_to_be_made_again_leaves_the_others_to_be_sent_to(
    out: str, journal: Journal
) -> None:
    together(journal, "PLANNED")
    line = GUESTS.index(out) + 1
    journal.add([SetAside(out, line, "OPTED_OUT", "opted out at the gateway")])
    assert states(journal)[out] == "CANCELLED"
    _send_all(journal, RULES)
    assert states(journal) == {one: "CANCELLED" if one == out else "ACCEPTED" for one in GUESTS}


def test_who_is_refused_of_a_request_that_is_to_be_made_again_leaves_the_others_to_be_sent_to(
    opened: Opened,
) -> None:
    journal = opened()
    journal.begin("sale", {"mode": "verified"})
    journal.add(
        Recipient(address, {}, () if line == 1 else ("America/New_York",), line)
        for line, address in enumerate(GUESTS, 1)
    )
    together(journal, "PLANNED")
    _send_all(
        journal,
        Rules(
            "sale", "155", lambda _: Content("Hi"), {"from_": "155", "to": []}, batch=5,
            hours=AllowedHours("00:00", "24:00"),
        ),
    )  # fmt: skip
    assert states(journal) == {FIRST: "FAILED", SECOND: "ACCEPTED", THIRD: "ACCEPTED"}


def test_a_receipt_without_a_request_id_settles_all_of_its_request(journal: Journal) -> None:
    claimed(journal)
    record(journal, Delivery("DELIVERED", SECOND, "", external_id("sale", GUESTS)))
    assert states(journal) == {FIRST: "ACCEPTED", SECOND: "DELIVERED", THIRD: "ACCEPTED"}


def test_recipients_that_were_claimed_before_may_share_a_request_with_new_ones(journal: Journal) -> None:
    together(journal, "PLANNED")
    with journal.transaction():
        journal._database.run("UPDATE scgapi_recipients SET send = NULL")
        journal._database.run("UPDATE scgapi_recipients SET attempt = 7 WHERE line = 2")
    _send_all(journal, RULES)
    assert set(states(journal).values()) == {"ACCEPTED"}


def _send_all(journal: Journal, rules: Rules) -> None:
    from scgapi.campaigns.engine import decisions

    engine = Engine(journal, rules, Clock())
    turn = engine.turn([])
    for number in range(10):
        turn = engine.turn([decisions.accepted(work, f"r{number}{work.ids[0]}") for work in turn.work])
    assert turn.wait is None, "somebody is left"
