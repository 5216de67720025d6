"""Plans and the journal: a list is planned anew as often as anybody likes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import scgapi
from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.planning.plan import Plan
from scgapi.campaigns.planning.planner import Planning
from scgapi.campaigns.recipients.recipients import Recipients
from scgapi.campaigns.text.messages import Message
from scgapi.errors import CampaignError
from tests.campaigns.conftest import Opened

ROWS: list[Mapping[str, object]] = [
    {"address": "+15552461234", "name": "Ann"},
    {"address": "+15552461235", "name": "Bob"},
    {"address": "5552461234", "name": "Ann again"},
    {"address": "none", "name": "Eve"},
]


def plan(
    scg: scgapi.Client,
    journal: Journal,
    rows: list[Mapping[str, object]] = ROWS,
    *,
    text: str = "Hi {name}",
    out: tuple[str, ...] = (),
) -> Plan:
    recipients = Recipients.rows(rows, region="US")
    return Planning("spring", recipients, Message(text), "155528999", 30, out).plan(scg, journal)


def states(journal: Journal) -> dict[int, str]:
    return {row.line: row.state for row in journal.rows()}


def begin_sending(journal: Journal) -> None:
    with journal.transaction():
        claims = journal.claims()
        (row,) = claims.due("PLANNED", claims.now(), 1)
        claims.take("me", [Take([row], "INTENT")], claims.now() + 60)


def test_planning_again_changes_nothing(scg: scgapi.Client, opened: Opened) -> None:
    journal = opened()
    first = plan(scg, journal)
    assert states(journal) == {1: "PLANNED", 2: "PLANNED", 3: "DUPLICATE", 4: "INVALID"}
    assert journal.counts().states == {"PLANNED": first.recipients, **first.set_aside}
    assert plan(scg, journal) == first
    assert len(states(journal)) == len([*journal.rows()]) == 4


def test_before_sending_another_list_replaces_the_first(scg: scgapi.Client, opened: Opened) -> None:
    journal = opened()
    plan(scg, journal)
    plan(scg, journal, ROWS[1:2])
    assert states(journal) == {1: "PLANNED"}


@pytest.mark.parametrize(
    ("rows", "text", "differing"), [(ROWS[:1], "Hi {name}", "recipients"), (ROWS, "Ho {name}", "body")]
)
def test_after_sending_has_begun_another_text_or_list_is_refused(
    scg: scgapi.Client, opened: Opened, rows: list[Mapping[str, object]], text: str, differing: str
) -> None:
    journal = opened()
    plan(scg, journal)
    begin_sending(journal)
    before = [*journal.rows()]
    with pytest.raises(CampaignError, match=f"planned with another {differing}"):
        plan(scg, journal, rows, text=text)
    assert [*journal.rows()] == before
    plan(scg, journal)


def test_who_opts_out_between_two_plans_is_not_sent_to(scg: scgapi.Client, opened: Opened) -> None:
    journal = opened()
    plan(scg, journal)
    plan(scg, journal, out=("+15552461235",))
    assert states(journal) == {1: "PLANNED", 2: "OPTED_OUT", 3: "DUPLICATE", 4: "INVALID"}
    plan(scg, journal)
    assert states(journal) == {1: "PLANNED", 2: "PLANNED", 3: "DUPLICATE", 4: "INVALID"}
    assert len([*journal.rows()]) == 4


def test_an_opt_out_does_not_hide_what_was_sent_already(scg: scgapi.Client, opened: Opened) -> None:
    journal = opened()
    plan(scg, journal)
    begin_sending(journal)
    plan(scg, journal, out=("+15552461234", "+15552461235"))
    assert {
        row.address: row.state for row in journal.rows() if row.line == 1 and row.state != "OPTED_OUT"
    } == {"+15552461234": "INTENT"}
    assert [row.state for row in journal.rows() if row.line == 2] == ["OPTED_OUT"]
