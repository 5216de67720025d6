"""Stores: of all that want to handle an event one may, and what was handled stays so for a time."""

from __future__ import annotations

import contextlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from scgapi import ConfigurationError, events
from scgapi.events import Claim, MemoryStore, RedisStore, SqliteStore

TTL, LEASE_SECONDS = 100.0, 10.0
Store = MemoryStore | SqliteStore | RedisStore


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="session")
def redis_port() -> Iterator[int]:
    """A Redis of these tests' own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (apt-get install redis-server)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen([program, *options], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert any("Ready to accept connections" in line for line in server.stdout)
            threading.Thread(target=server.stdout.read, daemon=True).start()
            yield port
        finally:
            server.terminate()


@contextlib.contextmanager
def memory(_: pytest.FixtureRequest, clock: Clock) -> Generator[Store, None, None]:
    yield MemoryStore(ttl=TTL, lease=LEASE_SECONDS, clock=clock)


@contextlib.contextmanager
def sqlite(request: pytest.FixtureRequest, clock: Clock) -> Generator[Store, None, None]:
    folder: Path = request.getfixturevalue("tmp_path")
    with SqliteStore(folder / "events.db", ttl=TTL, lease=LEASE_SECONDS, clock=clock) as store:
        yield store


@contextlib.contextmanager
def in_redis(request: pytest.FixtureRequest, _: Clock) -> Generator[Store, None, None]:
    with redis.Redis(port=request.getfixturevalue("redis_port"), socket_timeout=10) as client:
        yield RedisStore(client, ttl=TTL, lease=LEASE_SECONDS, prefix=f"{request.node.name}:")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=[memory, sqlite, in_redis])
def store(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Store]:
    make: Callable[[pytest.FixtureRequest, Clock], contextlib.AbstractContextManager[Store]] = request.param
    with make(request, clock) as made:
        yield made


def test_a_claim_is_one_mans_until_it_is_settled(store: Store) -> None:
    assert store.claim("a") is Claim.NEW
    assert store.claim("a") is Claim.TAKEN
    assert store.claim("b") is Claim.NEW
    store.settle("a", handled=True)
    assert store.claim("a") is Claim.HANDLED
    store.settle("b", handled=False)
    assert store.claim("b") is Claim.NEW


def test_of_many_that_claim_at_once_one_gets_it(store: Store) -> None:
    barrier = threading.Barrier(8)

    def claim(_: int) -> list[Claim]:
        barrier.wait(10)
        return [store.claim(f"event-{number}") for number in range(50)]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(claim, range(8)))
    for claims in zip(*found, strict=True):
        assert sorted(claim.value for claim in claims) == ["new", *["taken"] * 7]


@pytest.mark.parametrize("store", [memory, sqlite], indirect=True)
def test_claims_and_memories_run_out(store: Store, clock: Clock) -> None:
    assert store.claim("a") is Claim.NEW
    clock.now += LEASE_SECONDS - 1
    assert store.claim("a") is Claim.TAKEN
    clock.now += 1
    assert store.claim("a") is Claim.NEW
    store.settle("a", handled=True)
    clock.now += TTL - 1
    assert store.claim("a") is Claim.HANDLED
    clock.now += 1
    assert store.claim("a") is Claim.NEW


def test_redis_is_told_when_claims_and_memories_run_out(redis_port: int) -> None:
    with redis.Redis(port=redis_port, decode_responses=True) as client:
        store = RedisStore(client, ttl=TTL, lease=LEASE_SECONDS, prefix="other:")
        store.claim("a")
        assert LEASE_SECONDS - 5 < client.ttl("other:a") <= LEASE_SECONDS
        store.settle("a", handled=True)
        assert TTL - 5 < client.ttl("other:a") <= TTL
        assert store.claim("a") is Claim.HANDLED
        assert repr(store) == "RedisStore(prefix='other:')"


def test_a_late_failure_does_not_undo_what_another_handled(store: Store) -> None:
    store.claim("a")
    store.settle("a", handled=True)
    store.settle("a", handled=False)
    assert store.claim("a") is Claim.HANDLED


@pytest.mark.parametrize("store", [memory, sqlite], indirect=True)
def test_a_claim_that_ran_out_frees_nothing_that_is_anothers(store: Store, clock: Clock) -> None:
    assert store.claim("a", "first") is Claim.NEW
    clock.now += LEASE_SECONDS
    assert store.claim("a", "second") is Claim.NEW
    store.settle("a", "first", handled=False)
    assert store.claim("a", "third") is Claim.TAKEN
    store.settle("a", "second", handled=False)
    assert store.claim("a", "third") is Claim.NEW
    # It was handled, whoever has it now.
    store.settle("a", "first", handled=True)
    store.settle("a", "third", handled=False)
    assert store.claim("a", "fourth") is Claim.HANDLED


def test_only_the_claims_own_token_frees_it(store: Store) -> None:
    assert store.claim("a", "mine") is Claim.NEW
    store.settle("a", "other", handled=False)
    assert store.claim("a", "other") is Claim.TAKEN
    store.settle("a", "mine", handled=False)
    assert store.claim("a", "other") is Claim.NEW
    store.settle("unheard of", "mine", handled=False)


@pytest.mark.parametrize("store", [memory, sqlite], indirect=True)
def test_a_clock_that_is_set_back_makes_no_claim_last_longer(store: Store, clock: Clock) -> None:
    assert store.claim("taken", "dead") is Claim.NEW
    assert store.claim("handled", "1") is Claim.NEW
    store.settle("handled", "1", handled=True)
    clock.now -= LEASE_SECONDS - 1
    assert store.claim("taken", "2") is Claim.TAKEN
    clock.now -= 24 * 3600
    assert store.claim("taken", "2") is Claim.NEW
    assert store.claim("taken", "3") is Claim.TAKEN
    assert store.claim("handled", "2") is Claim.HANDLED
    clock.now += LEASE_SECONDS
    assert store.claim("taken", "3") is Claim.NEW


def test_a_program_that_holds_the_files_lock_is_waited_for_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.db"
    with SqliteStore(path) as store, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.claim("handled")
        store.settle("handled", handled=True)
        store.claim("taken")
        pauses: list[float] = []

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            # Another thread that comes meanwhile is not kept waiting, and is told what is known.
            known = [
                in_thread(lambda: store.claim("handled")),
                in_thread(lambda: store.claim("taken")),
            ]
            assert known == [Claim.HANDLED, Claim.TAKEN]

        monkeypatch.setattr("scgapi.events.sqlite.time.sleep", pause)
        other.execute("BEGIN IMMEDIATE")
        for use in (lambda: store.claim("new"), lambda: store.settle("taken", handled=False)):
            pauses.clear()
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                use()
            assert 2 < sum(pauses) < 4

        def leave(seconds: float) -> None:
            other.rollback()

        monkeypatch.setattr("scgapi.events.sqlite.time.sleep", leave)
        assert store.claim("new") is Claim.NEW


def in_thread(call: Callable[[], Claim]) -> Claim:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result(20)


def test_a_new_file_that_another_program_locks_is_opened_when_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:

        def leave(seconds: float) -> None:
            other.rollback()

        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("scgapi.events.sqlite.time.sleep", leave)
        with SqliteStore(path) as store:
            assert store.claim("a") is Claim.NEW


def test_memory_keeps_to_its_limit(clock: Clock) -> None:
    store = MemoryStore(max_events=3, clock=clock)
    for number in range(5):
        store.claim(str(number))
        store.settle(str(number), handled=True)
    assert [store.claim(str(number)) for number in range(5)] == [Claim.NEW] * 2 + [Claim.HANDLED] * 3
    assert len(store) == 3


def test_sqlite_remembers_across_restarts_and_sweeps_what_ran_out(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "events.db"
    with SqliteStore(path, ttl=TTL, clock=clock) as store:
        store.claim("a")
        store.settle("a", handled=True)
        store.close()
        assert store.claim("a") is Claim.HANDLED
        assert repr(store) == f"SqliteStore({str(path)!r})"
    clock.now += TTL + 1
    with SqliteStore(path, ttl=TTL, clock=clock) as store:
        assert store.claim("b") is Claim.NEW
        count = store._connect().execute("SELECT count(*) FROM claims").fetchone()
        assert count == (1,)


def test_sqlite_that_cannot_be_opened_says_so_on_each_use(tmp_path: Path) -> None:
    (tmp_path / "events.db").write_text("no database, and long enough to be looked at" * 50)
    store = SqliteStore(tmp_path / "events.db")
    for _ in range(2):
        with pytest.raises(Exception, match="not a database"):
            store.claim("a")


PROCESS = """
import sys
from scgapi.events import SqliteStore
with SqliteStore(sys.argv[1]) as store:
    sys.stdin.readline()
    print(*(number for number in range(200) if store.claim(f"event-{number}").value == "new"))
"""


def test_processes_that_share_a_file_share_the_events(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROCESS, str(tmp_path / "events.db")]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    won = [number for process in processes for number in process.communicate(timeout=60)[0].split()]
    assert sorted(won, key=int) == [str(number) for number in range(200)]


KILLED = """
import os, sys
from scgapi import events
receiver = events.Receiver(allow_unauthenticated=True, store=events.SqliteStore(sys.argv[1], lease=0.001))
receiver.on(events.BaseEvent)(lambda event: os.kill(os.getpid(), 9))
receiver.handle("POST", {"content-type": "application/json"}, [sys.stdin.buffer.read()])
"""


def test_an_event_whose_handler_was_killed_is_handled_when_it_comes_again(tmp_path: Path) -> None:
    content = b'{"event": {"evt-tp": "x"}, "event-id": "a"}'
    path = tmp_path / "events.db"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], input=content, timeout=60)
    assert killed.returncode == -9
    with SqliteStore(path) as store:
        seen: list[events.BaseEvent] = []
        receiver = events.Receiver(allow_unauthenticated=True, store=store)
        receiver.on(events.BaseEvent)(seen.append)
        headers = {"content-type": "application/json"}
        assert [receiver.handle("POST", headers, [content]).status for _ in range(2)] == [200, 200]
    assert len(seen) == 1


def test_times_must_be_positive(tmp_path: Path) -> None:
    with redis.Redis() as client:
        for make in (
            lambda: MemoryStore(lease=0),
            lambda: SqliteStore(tmp_path / "x", ttl=-1),
            lambda: RedisStore(client, ttl=float("nan")),
        ):
            with pytest.raises(ConfigurationError, match="must be a number of seconds, more than 0"):
                make()
