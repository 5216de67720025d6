"""The journal: a list is added once, a claim ends once, and what differs is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.identity import external_id
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.rows import Added, Claimed, Finish
from scgapi.campaigns.recipients.recipient import Recipient, SetAside
from scgapi.errors import CampaignError, JournalError
from tests.campaigns.conftest import Opened
from tests.campaigns.simulated_clock import SimulatedClock

LEASE = 60.0


def guests(count: int, first: int = 0) -> list[Recipient]:
    return [
        Recipient(f"+1555{number:07}", {"name": f"Ann {number}"}, ("America/New_York",), number + 1)
        for number in range(first, first + count)
    ]


def begun(opened: Opened, count: int = 3) -> Journal:
    journal = opened()
    journal.begin("sale", {"body": "Hi {name}", "sender": "1"})
    journal.add(guests(count))
    return journal


def claim(journal: Journal, owner: str, count: int = 10) -> list[Claimed]:
    with journal.transaction():
        claims = journal.claims()
        rows = claims.due("PLANNED", claims.now(), count)
        claims.take(owner, [Take([row], "INTENT") for row in rows], claims.now() + LEASE)
    return rows


def finish(journal: Journal, owner: str, row: Claimed, attempt: int = 1) -> bool:
    with journal.transaction():
        end = Finish((row.id,), attempt, "INTENT", "ACCEPTED", request_id=f"r{row.id}")
        claims = journal.claims()
        return claims.finish(owner, [end], claims.now(), LEASE)[0]


def test_a_list_that_is_added_twice_is_there_once(opened: Opened) -> None:
    journal = begun(opened)
    assert journal.add(guests(4)) == Added(planned=1, known=3)
    assert journal.counts().states == {"PLANNED": 4}


def test_an_address_of_two_lines_is_set_aside_with_the_line_of_the_first(opened: Opened) -> None:
    journal = begun(opened)
    twice = Recipient("+15550000001", {}, (), 9)
    assert journal.add([twice]) == Added(duplicates=1)
    assert journal.add([twice]) == Added(duplicates=1)
    (row,) = (row for row in journal.rows() if row.state == "DUPLICATE")
    assert (row.line, row.error) == (9, "the same recipient as line 2")


def test_what_is_set_aside_is_in_the_report_with_its_reason(opened: Opened) -> None:
    journal = begun(opened, 1)
    journal.add([SetAside("12", 2, "INVALID", "too short for a number")])
    assert [(row.line, row.state, row.error) for row in journal.rows()] == [
        (1, "PLANNED", ""),
        (2, "INVALID", "too short for a number"),
    ]


def test_before_a_send_the_text_may_change_and_the_list_begins_anew(opened: Opened) -> None:
    journal = begun(opened)
    journal.begin("sale", {"body": "Dear {name}", "sender": "1"})
    assert journal.counts().states == {}
    assert journal.settings()["body"] == "Dear {name}"


def test_a_changed_text_is_refused_once_sending_has_begun(opened: Opened) -> None:
    journal = begun(opened)
    claim(journal, "a", 1)
    journal.begin("sale", {"body": "Hi {name}", "sender": "1"})
    with pytest.raises(CampaignError, match="was planned with another body and list") as caught:
        journal.begin("sale", {"body": "secret", "sender": "1", "list": "2"})
    assert "secret" not in str(caught.value)


def test_two_campaigns_of_one_journal_have_nothing_to_do_with_each_other(opened: Opened) -> None:
    journal, other = begun(opened), opened()
    other.begin("other", {})
    other.add(guests(2))
    other.set_control("CANCELLED")
    assert journal.counts().states == {"PLANNED": 3}
    assert other.counts().states == {"CANCELLED": 2}
    assert [row.id for row in claim(journal, "a")] == [1, 2, 3]


def test_a_recipient_is_claimed_by_one_of_two_runs(opened: Opened) -> None:
    one, two = begun(opened), opened()
    two.select("sale")
    assert len(claim(one, "a", 2)) == 2
    assert len(claim(two, "b", 2)) == 1
    assert claim(two, "b", 2) == []


def test_a_claim_ends_only_by_its_owner_and_once(opened: Opened) -> None:
    journal = begun(opened)
    first, second, third = claim(journal, "a")
    assert not finish(journal, "b", first)
    assert finish(journal, "a", first)
    assert not finish(journal, "a", first)
    assert not finish(journal, "a", second, attempt=2)
    assert finish(journal, "a", third)
    assert journal.counts().states == {"ACCEPTED": 2, "INTENT": 1}


def test_many_claims_end_at_once_and_each_is_told_whether_it_was_held(opened: Opened) -> None:
    count = 2300
    journal = begun(opened, count)
    rows = claim(journal, "a", count)
    # Every seventh claim has ended meanwhile; the sends have one, two or three recipients.
    with journal.transaction():
        lost = [Finish((row.id,), 1, "INTENT", "FAILED") for row in rows[::7]]
        claims = journal.claims()
        assert all(claims.finish("a", lost, claims.now(), LEASE))
    groups: list[tuple[int, ...]] = []
    rest = [row.id for row in rows]
    while rest:
        size = len(groups) % 3 + 1
        groups.append(tuple(rest[:size]))
        rest = rest[size:]
    gone = {one.ids[0] for one in lost}
    with journal.transaction():
        claims = journal.claims()
        ends = [Finish(ids, 1, "INTENT", "ACCEPTED", request_id=f"r{ids[0]}") for ids in groups]
        assert claims.finish("a", ends, claims.now(), LEASE) == [gone.isdisjoint(ids) for ids in groups]
        assert claims.finish("a", [], claims.now(), LEASE) == []
    assert journal.counts().states == {"ACCEPTED": count - len(gone), "FAILED": len(gone)}


def test_an_owner_that_wakes_up_after_its_lease_has_no_say(opened: Opened, clock: SimulatedClock) -> None:
    journal = begun(opened, 1)
    if "Postgres" in type(journal._database).__name__:
        pytest.skip("the server's own clock cannot be set")
    (row,) = claim(journal, "a")
    clock.go_on(LEASE + 1)
    with journal.transaction():
        claims = journal.claims()
        claims.abandon(claims.now(), 30)
        assert claims.due("INTENT", claims.now(), 10) == []
    assert not finish(journal, "a", row)
    clock.go_on(30)
    with journal.transaction():
        (found,) = journal.claims().due("INTENT", journal.claims().now(), 10)
    assert (found.code, found.attempt) == ("UNKNOWN", 2)


def test_a_lease_does_not_end_because_the_time_of_day_was_set(
    tmp_path: Path, opened: Opened, clock: SimulatedClock
) -> None:
    journal = begun(opened, 1)
    claim(journal, "a")
    clock.set_time_of_day(+86_400)
    other = opened()
    other.select("sale")
    with other.transaction():
        claims = other.claims()
        claims.abandon(claims.now(), 0)
        assert claims.due("INTENT", claims.now(), 10) == []


def test_a_rate_is_one_for_all_that_send(opened: Opened) -> None:
    one, two = begun(opened), opened()
    two.select("sale")
    with one.transaction():
        rate = one.claims().rate("155")
        one.claims().set_rate("155", rate._replace(next=17.5))
    with two.transaction():
        assert two.claims().rate("155").next == 17.5
        assert two.claims().rate("156").next == 0


def test_errors_are_counted_until_the_campaign_is_resumed(opened: Opened) -> None:
    journal = begun(opened)
    with journal.transaction():
        journal.claims().count_errors(2)
        assert journal.claims().count_errors(3) == 5
    journal.set_control("HALTED", "5 errors")
    assert journal.standing() == ("HALTED", "5 errors", 5)
    journal.set_control("READY")
    assert journal.standing() == ("READY", "", 0)


def test_a_cancelled_campaign_stays_cancelled(opened: Opened) -> None:
    journal = begun(opened)
    claim(journal, "a", 1)
    journal.set_control("CANCELLED")
    journal.set_control("READY")
    assert journal.standing().control == "CANCELLED"
    assert journal.counts().states == {"CANCELLED": 2, "INTENT": 1}


def test_a_person_decides_on_all_recipients_of_one_request(opened: Opened) -> None:
    journal = begun(opened)
    with journal.transaction():
        claims = journal.claims()
        rows = claims.due("PLANNED", claims.now(), 3)
        claims.take("a", [Take(rows[:2], "INTENT"), Take(rows[2:], "INTENT")], claims.now() + LEASE)
    with journal.transaction():
        ids = [(1, 2), (3,)]
        ends = [Finish(some, 1, "INTENT", "IN_DOUBT") for some in ids]
        assert journal.claims().finish("a", ends, claims.now(), LEASE) == [True, True]
    assert journal.decide("ACCEPTED", "+15550000001", ("IN_DOUBT",)) == 2
    assert journal.counts().states == {"ACCEPTED": 2, "IN_DOUBT": 1}
    together = external_id("sale", ["+15550000000", "+15550000001"])
    alone = external_id("sale", ["+15550000002"])
    assert [row.external_id for row in journal.rows()] == [together, together, alone]


def test_an_external_id_is_short_plain_and_the_same_for_ever() -> None:
    assert external_id("sale", ["+15550000001"]) == external_id("sale", ["+15550000001"])
    found = {external_id(name, [address]) for name in ("a", "b") for address in ("c", "d")}
    assert len(found) == 4
    assert all(len(one) == 28 and one.isalnum() and one.islower() for one in found)


def test_a_campaign_that_is_not_there_is_named(opened: Opened) -> None:
    with pytest.raises(CampaignError, match="no campaign 'sail'"):
        begun(opened).select("sail")


def test_an_unknown_kind_of_database_is_named() -> None:
    with pytest.raises(JournalError, match="mysql:// is not supported"):
        Journal("mysql://user:secret@host/db")
