"""Stores: of all that want to handle an event one may, and what was handled stays so for a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from scgapi import ConfigurationError, events
from scgapi.events import Claim, MemoryStore, RedisStore, SqliteStore, Store

TTL, LEASE = 100.0, 10.0


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
    yield MemoryStore(ttl=TTL, lease=LEASE, clock=clock)


@contextlib.contextmanager
def sqlite(request: pytest.FixtureRequest, clock: Clock) -> Generator[Store, None, None]:
    folder: Path = request.getfixturevalue("tmp_path")
    with SqliteStore(folder / "events.db", ttl=TTL, lease=LEASE, clock=clock) as store:
        yield store


@contextlib.contextmanager
def in_redis(request: pytest.FixtureRequest, _: Clock) -> Generator[Store, None, None]:
    with redis.Redis(port=request.getfixturevalue("redis_port"), socket_timeout=10) as client:
        yield RedisStore(client, ttl=TTL, lease=LEASE, prefix=f"{request.node.name}:")


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
    clock.now += LEASE - 1
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
        store = RedisStore(client, ttl=TTL, lease=LEASE, prefix="other:")
        store.claim("a")
        assert LEASE - 5 < client.ttl("other:a") <= LEASE
        store.settle("a", handled=True)
        assert TTL - 5 < client.ttl("other:a") <= TTL
        assert store.claim("a") is Claim.HANDLED
        assert repr(store) == "RedisStore(prefix='other:')"


def test_a_late_failure_does_not_undo_what_another_handled(store: Store) -> None:
    store.claim("a")
    store.settle("a", handled=True)
    store.settle("a", handled=False)
    assert store.claim("a") is Claim.HANDLED


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
        count = store._connected().execute("SELECT count(*) FROM events").fetchone()
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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_fork_opens_the_file_for_itself(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "events.db") as store:
        assert store.claim("a") is Claim.NEW
        parents = store._connected()
        child = os.fork()
        if not child:
            claims = [store.claim("a"), store.claim("b")]
            own = store._connected() is not parents
            os._exit(0 if own and claims == [Claim.TAKEN, Claim.NEW] else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert store.claim("b") is Claim.TAKEN


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
            with pytest.raises(ConfigurationError, match="more than 0 seconds"):
                make()
