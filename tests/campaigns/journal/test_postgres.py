"""A journal in PostgreSQL that several workers, and the user's own transactions, share."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from scgapi import AsyncClient, AuthInfo, Client
from scgapi.campaigns import Campaign, Recipients
from scgapi.campaigns.engine import decisions
from scgapi.campaigns.engine.engine import Engine
from scgapi.campaigns.engine.rules import Content, Rules
from scgapi.campaigns.engine.work import Done
from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.rows import Finish
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.errors import InvalidArgumentError, JournalError
from tests.campaigns.postgres import emptied, wait_for_lock
from tests.limits import PATIENCE

LEASE = 60.0


@pytest.fixture
def dsn(postgres: str) -> str:
    return emptied(postgres)


@pytest.fixture
def opened(dsn: str) -> Iterator[Callable[..., Journal]]:
    """Opens the journal once more; all are closed at the end."""
    journals: list[Journal] = []

    def make(clock: Clock | None = None) -> Journal:
        journal = Journal(dsn, clock=clock)
        journals.append(journal)
        journal.begin("sale", {})
        return journal

    yield make
    for journal in journals:
        journal.close()


def fill(journal: Journal, count: int) -> None:
    journal.add(Recipient(f"+1555{number:07}", {}, (), number + 1) for number in range(count))


def rules(limit: int | None = None) -> Rules:
    return Rules("sale", "155", lambda _: Content("Hi"), {"from_": "155", "to": []}, max_errors=limit)


def campaign(journal: str | Path) -> Campaign:
    return Campaign(
        "sale",
        sender="155528999",
        body="Hi",
        recipients=Recipients.rows(["+12125550123", "+12125550124"]),
        rate=30,
        journal=journal,
        check_opt_outs=False,
    )


@pytest.fixture
def scg() -> Iterator[Client]:
    with Client(AuthInfo(token="t")) as client:
        yield client


def test_workers_that_claim_at_the_same_moment_claim_different_recipients(
    opened: Callable[..., Journal],
) -> None:
    one, other = opened(), opened()
    fill(one, 10)
    with one.transaction(), other.transaction():
        first = one.claims().due("PLANNED", one.claims().now(), 4)
        second = other.claims().due("PLANNED", other.claims().now(), 10)
    assert (len(first), len(second)) == (4, 6)
    assert not {row.id for row in first} & {row.id for row in second}


def test_leases_go_by_the_clock_of_the_database_whatever_the_workers_clocks_say(
    opened: Callable[..., Journal],
) -> None:
    one = opened()
    fast = opened(Clock(lambda: time.monotonic() + 1e6, lambda: time.time() + 1e6))
    fill(one, 1)
    with one.transaction():
        rows = one.claims().due("PLANNED", one.claims().now(), 1)
        one.claims().take("one", [Take(rows, "INTENT")], one.claims().now() + LEASE)
    Engine(fast, rules(), Clock(lambda: time.monotonic() + 1e6, lambda: time.time() + 1e6)).turn([])
    with one.transaction():
        end = Finish((rows[0].id,), 1, "INTENT", "ACCEPTED", request_id="r1")
        assert one.claims().finish("one", [end], one.claims().now(), LEASE) == [True]


def test_runs_that_count_errors_and_slow_down_at_once_do_not_block_each_other(
    dsn: str, opened: Callable[..., Journal]
) -> None:
    one, other = opened(), opened()
    fill(one, 2)
    engine = Engine(other, rules(), Clock())
    (work,) = engine.turn([]).work
    failed = decisions.in_doubt(work, "no answer")
    failures: list[BaseException] = []

    def turn() -> None:
        try:
            engine.turn([Done(work, failed.finish, throttled=0.0, is_error=True)], claiming=False)
        except JournalError as error:
            failures.append(error)

    thread = threading.Thread(target=turn)
    with one.transaction():
        one.claims().count_errors(1)
        thread.start()
        wait_for_lock(dsn, "UPDATE scgapi_campaigns")
        one.claims().rate("155")
    thread.join(PATIENCE)
    assert failures == []
    assert one.standing().errors == 2


def test_a_pause_is_seen_by_a_worker_on_another_connection(opened: Callable[..., Journal]) -> None:
    one, other = opened(), opened()
    fill(one, 10)
    engine = Engine(other, rules(), Clock())
    one.set_control("PAUSED", "lunch")
    turn = engine.turn([])
    assert (turn.work, turn.standing[:2]) == ([], ("PAUSED", "lunch"))
    one.set_control("READY")
    assert len(engine.turn([]).work) == 1


def test_a_campaign_that_two_processes_plan_at_once_is_there_once(
    dsn: str, opened: Callable[..., Journal]
) -> None:
    failures: list[BaseException] = []

    def begin() -> None:
        try:
            opened()
        except JournalError as error:
            failures.append(error)

    thread = threading.Thread(target=begin)
    one = opened()
    with one.transaction():
        one._database.run("DELETE FROM scgapi_campaigns")
        one.begin("sale", {})
        thread.start()
        wait_for_lock(dsn, "INSERT INTO scgapi_campaigns")
    thread.join(PATIENCE)
    assert failures == []


def test_a_plan_is_part_of_the_users_own_transaction(dsn: str, scg: Client) -> None:
    planned = campaign(dsn)
    with psycopg.Connection[DictRow].connect(dsn, row_factory=dict_row) as connection:
        connection.execute("CREATE TABLE bills (id int)")
        plan = planned.plan(scg, connection=connection)
        assert plan.recipients == 2
        connection.execute("INSERT INTO bills VALUES (1)")
        connection.rollback()
        assert connection.execute("SELECT to_regclass('bills') AS found").fetchall() == [{"found": None}]
        with Journal(dsn) as journal:
            assert not journal.is_listed("sale")

        connection.rollback()
        planned.plan(scg, connection=connection)
        connection.commit()
    assert planned.status().states == {"PLANNED": 2}


def test_an_async_client_plans_in_the_users_own_transaction(dsn: str) -> None:
    planned = campaign(dsn)

    async def plan() -> None:
        async with AsyncClient(AuthInfo(token="t")) as scg:
            with psycopg.connect(dsn, autocommit=True) as connection, connection.transaction():
                await planned.plan(scg, connection=connection)

    asyncio.run(plan())
    assert planned.status().states == {"PLANNED": 2}


def test_an_error_of_the_plan_leaves_the_users_transaction_usable(dsn: str, scg: Client) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE scgapi_meta (key TEXT)")
        with pytest.raises(JournalError):
            campaign(dsn).plan(scg, connection=connection)
        assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_a_transaction_that_plans_keeps_no_other_worker_from_the_journal(
    dsn: str, opened: Callable[..., Journal], scg: Client
) -> None:
    opened()
    with psycopg.connect(dsn) as connection:
        campaign(dsn).plan(scg, connection=connection)
        with psycopg.connect(dsn, autocommit=True) as other:
            locks = other.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchall()
        assert locks == [(0,)]
        connection.rollback()


def test_a_connection_without_a_transaction_is_refused(dsn: str, scg: Client) -> None:
    with (
        psycopg.connect(dsn, autocommit=True) as connection,
        pytest.raises(InvalidArgumentError, match=r"with connection\.transaction\(\)"),
    ):
        campaign(dsn).plan(scg, connection=connection)


def test_a_connection_to_a_journal_in_a_file_is_refused(dsn: str, scg: Client, tmp_path: Path) -> None:
    with (
        psycopg.connect(dsn) as connection,
        pytest.raises(InvalidArgumentError, match="the journal is not in PostgreSQL"),
    ):
        campaign(tmp_path / "campaigns.db").plan(scg, connection=connection)


def test_a_connection_that_is_not_of_psycopg_is_refused(scg: Client) -> None:
    class Other:
        autocommit = False

        def transaction(self) -> nullcontext[None]:
            return nullcontext()

        def commit(self) -> None:
            pass

    with pytest.raises(InvalidArgumentError, match=r"must be a psycopg\.Connection, got .*Other"):
        campaign("postgresql://nowhere").plan(scg, connection=Other())
