"""A journal in PostgreSQL that is away in the middle of a run: the run goes on, nobody is texted twice or forgotten."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

import psycopg
import pytest

import scgapi
from scgapi.campaigns import Campaign, Recipients
from scgapi.campaigns.engine import decisions
from scgapi.campaigns.engine.rules import Mode, Rules
from scgapi.campaigns.engine.run_state import RunState
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.postgres import PostgresDatabase
from scgapi.errors import CampaignHaltedError, JournalError
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.campaigns.loopback import Running, running
from tests.campaigns.postgres import Server, emptied, own_server, wait_for_lock
from tests.limits import PATIENCE

COUNT = 60

DISTURBANCES = 8
"""More would keep a slow machine from ever sending the rest."""


class ShortCampaign(Campaign):
    """A campaign whose claims run out soon after its journal was away."""

    def _rules(self, in_flight: int) -> Rules:
        return replace(
            super()._rules(in_flight), request_timeout=0.7, lease=2.0, quarantine=0.4, second_look=0.2
        )


def campaign(dsn: str, mode: Mode = "verified", in_flight: int = 8) -> Campaign:
    return ShortCampaign(
        "sale",
        sender="155528999",
        body="Hi",
        recipients=Recipients.rows([f"+1212555{number:04}" for number in range(COUNT)]),
        rate=60,
        journal=dsn,
        mode=mode,
        check_opt_outs=False,
        in_flight=in_flight,
    )


@pytest.fixture
def gateway() -> Iterator[Running]:
    with running(seed=1, latency=0.05) as found:
        yield found


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    with own_server() as found:
        yield found


@pytest.fixture
def dsn(own: Server) -> str:
    return emptied(own.dsn)


def run(kind: ClientKind, made: Campaign, gateway: Running) -> None:
    """Run to the end."""
    auth = scgapi.AuthInfo(token="t", url=gateway.url)

    async def run_async() -> None:
        async with scgapi.AsyncClient(auth) as scg:
            async for _ in made.run(scg, every=0.1):
                pass

    if kind == "async":
        asyncio.run(run_async())
        return
    with scgapi.Client(auth) as scg:
        for _ in made.run(scg, every=0.1):
            pass


def plan(made: Campaign, gateway: Running) -> None:
    with scgapi.Client(scgapi.AuthInfo(token="t", url=gateway.url)) as scg:
        made.plan(scg)


@contextlib.contextmanager
def meanwhile(act: Callable[[], None]) -> Generator[None]:
    """Do something again and again while the block runs."""
    over = threading.Event()
    failures: list[BaseException] = []

    def repeat() -> None:
        try:
            while not over.wait(0.15):
                act()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(PATIENCE)
    assert failures == []


def check(made: Campaign, gateway: Running) -> None:
    assert made.status().states == {"ACCEPTED": COUNT}
    assert set(gateway.sent.values()) == {1}
    assert len(gateway.sent) == COUNT


def cut(dsn: str) -> None:
    """End all connections but this one."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.mark.parametrize("mode", ["verified", "two_phase"])
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_run_goes_on_when_its_connection_was_cut(
    kind: ClientKind, mode: Mode, dsn: str, gateway: Running
) -> None:
    made = campaign(dsn, mode)
    left = itertools.repeat(None, DISTURBANCES)

    def cut_off() -> None:
        if sum(gateway.sent.values()) and next(left, 0) is None:
            cut(dsn)

    with meanwhile(cut_off):
        run(kind, made, gateway)
    check(made, gateway)


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_run_goes_on_when_the_server_was_started_anew(
    kind: ClientKind, own: Server, dsn: str, gateway: Running
) -> None:
    made = campaign(dsn)
    left = itertools.repeat(None, DISTURBANCES)

    def restart() -> None:
        if 0 < sum(gateway.sent.values()) < COUNT and next(left, 0) is None:
            own.stop()
            own.start()

    with meanwhile(restart):
        run(kind, made, gateway)
    check(made, gateway)


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_claims_are_on_disk_before_a_request_leaves_whatever_the_database_is_set_to(
    kind: ClientKind, own: Server, dsn: str, gateway: Running
) -> None:
    made = campaign(dsn)
    plan(made, gateway)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("ALTER ROLE scgapi SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
    made.close()
    is_killed: list[bool] = []

    def kill() -> None:
        if not is_killed and sum(gateway.sent.values()) >= COUNT // 2:
            is_killed.append(True)
            own.stop()
            own.start()

    try:
        with meanwhile(kill):
            run(kind, made, gateway)
    finally:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("ALTER ROLE scgapi RESET synchronous_commit")
            connection.execute("ALTER SYSTEM RESET wal_writer_delay")
            connection.execute("SELECT pg_reload_conf()")
    assert is_killed
    check(made, gateway)


@pytest.mark.parametrize("mode", ["verified", "two_phase"])
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_commit_whose_answer_was_lost_may_be_repeated(
    kind: ClientKind, mode: Mode, dsn: str, gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = campaign(dsn, mode)
    plan(made, gateway)
    transaction = PostgresDatabase.transaction
    lost: list[int] = []

    @contextlib.contextmanager
    def cut_after_commit(self: PostgresDatabase) -> Generator[None]:
        with transaction(self):
            yield
        lost.append(0)
        if len(lost) % 7 == 0:
            raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(PostgresDatabase, "transaction", cut_after_commit)
    run(kind, made, gateway)
    monkeypatch.undo()
    assert len(lost) > 7
    check(made, gateway)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("sync", "40001"),
        ("async", "40001"),
        ("sync", "40P01"),
        ("async", "40P01"),
        ("sync", "55P03"),
        ("sync", "57014"),
        ("sync", "57P01"),
        ("sync", "25006"),
    ],
)
def test_a_run_repeats_a_transaction_that_the_server_gave_up(
    kind: ClientKind, state: str, dsn: str, gateway: Running
) -> None:
    made = campaign(dsn)
    plan(made, gateway)
    with psycopg.connect(dsn, autocommit=True) as connection:
        # One change of recipients in sixty fails, whichever transaction it is part of.
        connection.execute("CREATE SEQUENCE chance")
        connection.execute("CREATE TABLE failure AS SELECT %s::text AS code", [state])
        connection.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "DECLARE found text := (SELECT code FROM failure); BEGIN "
            "IF nextval('chance') % 61 = 0 THEN RAISE EXCEPTION 'given up' USING ERRCODE = found; END IF; "
            "RETURN NEW; END $$"
        )
        connection.execute(
            "CREATE TRIGGER failing BEFORE UPDATE ON scgapi_recipients FOR EACH STATEMENT EXECUTE FUNCTION fail()"
        )
    run(kind, made, gateway)
    check(made, gateway)


@pytest.mark.parametrize("mode", ["verified", "two_phase"])
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_database_that_comes_back_at_an_earlier_state_halts_the_campaign(
    kind: ClientKind, mode: Mode, own: Server, dsn: str, gateway: Running
) -> None:
    made = campaign(dsn, mode, in_flight=2)
    moments = [COUNT // 3, COUNT // 3 * 2]

    def fall_back() -> None:
        if moments and sum(gateway.sent.values()) >= moments[0]:
            moments.pop(0)
            own.stop()
            if moments:
                own.save()
            else:
                own.restore()
            own.start()

    with meanwhile(fall_back), pytest.raises(CampaignHaltedError, match=r"call recover\(\)"):
        run(kind, made, gateway)
    assert set(gateway.sent.values()) == {1}
    assert made.recover() > 0
    run(kind, made, gateway)
    check(made, gateway)


def test_a_turn_that_was_given_up_in_a_deadlock_is_taken_again(dsn: str, gateway: Running) -> None:
    made = campaign(dsn)
    plan(made, gateway)
    journal = Journal(dsn)
    journal.select("sale")
    rules = made._rules(8)
    state = RunState(journal, rules, Clock(), 1.0)
    (first,) = state.turn([]).work
    works = state.turn([decisions.accepted(first, "r0")]).work
    low, high = works[0].ids[0], works[-1].ids[0]
    done = [decisions.accepted(work, f"r{work.ids[0]}") for work in works]
    turning = threading.Thread(target=state.turn, args=[done])
    with psycopg.connect(dsn) as connection:
        # The run has waited longest: it looks for a deadlock first, and is given up.
        connection.execute("SET deadlock_timeout = '1min'")
        lock = "SELECT id FROM scgapi_recipients WHERE id = %s FOR UPDATE"
        connection.execute(lock, [high])
        turning.start()
        wait_for_lock(dsn, "SELECT id FROM scgapi_recipients, (VALUES")
        connection.execute(lock, [low])
        connection.rollback()
    turning.join(PATIENCE)
    assert not turning.is_alive()
    assert journal.counts().of("ACCEPTED") == len(works) + 1
    with psycopg.connect(dsn) as connection:
        found = connection.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchall()
    assert found[0][0] == 1
    journal.close()


def test_a_journal_that_stays_away_ends_the_run_with_the_reason(
    own: Server, dsn: str, gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scgapi.campaigns.engine.run_state.PATIENCE_SECONDS", 1.0)
    made = campaign(dsn)
    try:
        with scgapi.Client(scgapi.AuthInfo(token="t", url=gateway.url)) as scg:
            progress = made.run(scg, every=0.1)
            next(progress)
            own.stop()
            with pytest.raises(JournalError, match="cannot be read or written"):
                for _ in progress:
                    pass
    finally:
        own.start()
    run("sync", made, gateway)
    check(made, gateway)


def test_a_journal_that_was_cut_off_between_two_uses_is_connected_to_anew(dsn: str, gateway: Running) -> None:
    made = campaign(dsn)
    run("sync", made, gateway)
    cut(dsn)
    assert made.status().accepted == COUNT
    cut(dsn)
    made.pause("lunch")
    assert made.status().reason == "lunch"


def test_a_cut_in_the_middle_of_a_transaction_undoes_all_of_it(dsn: str) -> None:
    with Journal(dsn) as journal:
        journal.begin("sale", {})

        def change() -> None:
            with journal.transaction():
                journal._database.run("UPDATE scgapi_campaigns SET reason = 'half'")
                cut(dsn)
                journal._database.run("UPDATE scgapi_campaigns SET reason = 'other half'")

        with pytest.raises(JournalError, match="cannot be read or written"):
            change()
        assert journal.standing().reason == ""
