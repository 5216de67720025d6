"""Plans and runs of one campaign at the same moment: what is sent is what was planned, to those that are on the list."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import scgapi
from scgapi.campaigns import Campaign, Recipients
from scgapi.campaigns.engine import decisions
from scgapi.campaigns.engine.engine import Engine
from scgapi.campaigns.engine.rules import Content, Rules
from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.errors import CampaignError
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.campaigns.conftest import Opened
from tests.campaigns.postgres import emptied, wait_for_lock
from tests.limits import PATIENCE

RULES = Rules("sale", "155", lambda _: Content("Hi"), {"from_": "155", "to": []})


def guests(count: int, first: int = 0) -> Iterator[Recipient]:
    return (Recipient(f"+1555{number:07}", {}, (), number + 1) for number in range(first, first + count))


def planned(journal: Journal, body: str, first: int = 0) -> None:
    journal.begin("sale", {"body": body})
    journal.add(guests(4, first))


def addresses(journal: Journal) -> set[str]:
    return {row.address for row in journal.rows()}


def test_a_run_that_waits_does_not_send_the_old_text_to_a_new_list(opened: Opened) -> None:
    waiting, planning = opened(), opened()
    planned(waiting, "old")
    engine = Engine(waiting, RULES, Clock())
    planned(planning, "new", 100)
    with pytest.raises(CampaignError, match="another body"):
        engine.turn([])
    assert planning.counts().states == {"PLANNED": 4}


def test_a_plan_that_is_overtaken_by_another_adds_nothing_to_it(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scgapi.campaigns.journal.journal._LINES_PER_TRANSACTION", 2)
    first, second = opened(), opened()
    first.begin("sale", {"body": "old"})

    def overtaken() -> Iterator[Recipient]:
        yield from guests(3)
        planned(second, "new", 100)
        yield from guests(3, 50)

    with pytest.raises(CampaignError, match="planned anew"):
        first.add(overtaken())
    assert addresses(second) == {row.address for row in guests(4, 100)}
    assert second.is_listed("sale")


def test_a_plan_that_is_overtaken_at_its_end_does_not_say_that_the_other_is_whole(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scgapi.campaigns.journal.journal._LINES_PER_TRANSACTION", 2)
    first, second = opened(), opened()
    first.begin("sale", {"body": "old"})

    def overtaken() -> Iterator[Recipient]:
        yield from guests(2)
        second.begin("sale", {"body": "new"})

    with pytest.raises(CampaignError, match="planned anew"):
        first.add(overtaken())
    assert not second.is_listed("sale")


def test_a_plan_does_not_take_away_what_a_run_claims_at_the_same_moment(postgres: str) -> None:
    dsn = emptied(postgres)
    failures: list[BaseException] = []
    with Journal(dsn) as running, Journal(dsn) as planning:
        planned(running, "old")

        def plan() -> None:
            try:
                planned(planning, "new")
            except CampaignError as error:
                failures.append(error)

        thread = threading.Thread(target=plan)
        with running.transaction():
            claims = running.claims()
            (row,) = claims.due("PLANNED", claims.now(), 1)
            claims.take("me", [Take([row], "INTENT")], claims.now() + 60)
            thread.start()
            wait_for_lock(dsn, "DELETE FROM scgapi_recipients")
        thread.join(PATIENCE)
        assert "another body" in str(failures[0])
        assert running.counts().states == {"INTENT": 1, "PLANNED": 3}
        assert running.settings() == {"body": "old"}


def campaign(journal: Path, recipients: Recipients) -> Campaign:
    return Campaign(
        "sale", sender="155528999", body="Hi", recipients=recipients, rate=1000, journal=journal, check_opt_outs=False
    )  # fmt: skip


def run(kind: ClientKind, made: Campaign, sandbox: Sandbox) -> None:
    async def run_async() -> None:
        async with scgapi.AsyncClient(sandbox.auth) as scg:
            async for _ in made.run(scg, every=0.1):
                pass

    if kind == "async":
        asyncio.run(run_async())
    else:
        with scgapi.Client(sandbox.auth) as scg:
            for _ in made.run(scg, every=0.1):
                pass
    made.close()


@pytest.mark.parametrize("is_file", [True, False])
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_run_says_that_the_list_has_changed_since_it_was_planned(
    kind: ClientKind, is_file: bool, gateway: Sandbox, tmp_path: Path
) -> None:
    numbers = [f"+1212555{number:04}" for number in range(3)]

    def listed(count: int) -> Recipients:
        if not is_file:
            return Recipients.rows(numbers[:count])
        (tmp_path / "guests.csv").write_text("\n".join(["mobile", *numbers[:count], ""]))
        return Recipients.csv(tmp_path / "guests.csv", address="mobile")

    run(kind, campaign(tmp_path / "campaigns.db", listed(2)), gateway)
    run(kind, campaign(tmp_path / "campaigns.db", listed(2)), gateway)
    with pytest.warns(UserWarning, match="has changed since campaign 'sale' was planned"):
        run(kind, campaign(tmp_path / "campaigns.db", listed(3)), gateway)
    assert gateway.executed("message_requests.create") == 2


def test_a_run_goes_on_when_its_list_is_gone(gateway: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("mobile\n+12125550001\n")
    run("sync", campaign(tmp_path / "campaigns.db", Recipients.csv(path, address="mobile")), gateway)
    path.unlink()
    run("sync", campaign(tmp_path / "campaigns.db", Recipients.csv(path, address="mobile")), gateway)


def test_a_run_that_was_planned_by_itself_reads_its_list_once(gateway: Sandbox, tmp_path: Path) -> None:
    class Counted(list[str]):
        reads = 0

        def __iter__(self) -> Iterator[str]:
            Counted.reads += 1
            return super().__iter__()

    made = campaign(tmp_path / "campaigns.db", Recipients.rows(Counted(["+12125550001"])))
    for _ in range(3):
        run("sync", made, gateway)
    assert Counted.reads == 1


def test_the_look_at_the_settings_ends_once_sending_has_begun(opened: Opened) -> None:
    journal = opened()
    planned(journal, "old")
    engine = Engine(journal, RULES, Clock())
    (work,) = engine.turn([]).work
    assert len(engine.turn([decisions.accepted(work, "r1")]).work) == 3
