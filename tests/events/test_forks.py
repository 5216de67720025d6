"""Stores in processes that fork: each event is handed out once, the file stays whole, and no process hangs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.events.test_stores import redis_port

__all__ = ["redis_port"]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

COMMON = """
import os, signal, sys, threading
from scgapi import events
from scgapi.events import Claim

def tell(text):
    os.write(1, f"{text}\\n".encode())  # in one piece, beside other processes

def take(store, start, stop):
    for number in range(start, stop):
        if store.claim(f"event-{number}", f"{os.getpid()}-{number}") is Claim.NEW:
            tell(number)
            store.settle(f"event-{number}", f"{os.getpid()}-{number}", handled=True)

def fork(child):
    number = os.fork()
    if not number:
        signal.alarm(30)  # a child that hangs fails the test
        try:
            child()
        except BaseException as error:
            tell(f"error {error!r}")
        os._exit(0)
    return number

def end(child):
    status = os.waitpid(child, 0)[1]
    if status:
        tell(f"error {status}")
"""

# Each prints the events that it was given. A pipe orders what parent and child do: reading waits for the other to write,
# or to end.
ORDERS = {
    "the parent ends first": """
store = events.SqliteStore(sys.argv[1])
take(store, 0, 50)
ended, alive = os.pipe()
begun, beginning = os.pipe()

def child():
    os.close(alive)
    take(store, 25, 100)
    os.write(beginning, b"x")
    os.read(ended, 1)
    take(store, 0, 200)

fork(child)
os.read(begun, 1)
take(store, 75, 150)
""",
    "the parent closes while the child goes on": """
store = events.SqliteStore(sys.argv[1])
take(store, 0, 50)
closed, closing = os.pipe()
begun, beginning = os.pipe()

def child():
    take(store, 25, 100)
    os.write(beginning, b"x")
    os.read(closed, 1)
    take(store, 0, 200)

number = fork(child)
os.read(begun, 1)
store.close()
os.write(closing, b"x")
end(number)
with events.SqliteStore(sys.argv[1]) as again:
    take(again, 0, 200)
""",
    "the child closes while the parent goes on": """
store = events.SqliteStore(sys.argv[1])
take(store, 0, 50)

def child():
    store.close()
    take(store, 0, 100)
    store.close()

number = fork(child)
take(store, 50, 150)
end(number)
take(store, 0, 200)
""",
    "children fork, and nobody closes": """
store = events.SqliteStore(sys.argv[1])
take(store, 0, 50)

def child():
    take(store, 25, 100)
    end(fork(lambda: take(store, 50, 175)))
    take(store, 0, 175)

for number in [fork(child) for _ in range(3)]:
    end(number)
take(store, 0, 200)
""",
    "threads are busy": """
store = events.SqliteStore(sys.argv[1])
over = threading.Event()

def busy():
    number = 0
    while not over.is_set():
        store.claim(f"other-{number % 50}")
        store.settle(f"other-{number % 50}", handled=False)
        number += 1

threads = [threading.Thread(target=busy) for _ in range(4)]
for thread in threads:
    thread.start()
children = [fork(lambda: take(store, 0, 200)) for _ in range(8)]
take(store, 0, 200)
over.set()
for number in children:
    end(number)
""",
}


def run(program: str, *arguments: str) -> list[str]:
    """What a program and its children print."""
    command = [sys.executable, "-c", COMMON + program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize("order", ORDERS)
def test_a_file_survives_forks(order: str, tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    taken = run(ORDERS[order], str(path))
    assert sorted(taken) == sorted(str(number) for number in range(200))
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        handled = connection.execute("SELECT count(*) FROM claims WHERE handled").fetchone()
    connection.close()
    assert handled == (200,)


LOCKED = """
entered, forking = threading.Event(), threading.Event()
seconds = iter(range(10_000))

def clock():
    # The first claim is inside the store when the fork begins.
    if not entered.is_set():
        entered.set()
        forking.wait(30)
    return next(seconds)

store = make(clock)
thread = threading.Thread(target=take, args=(store, 0, 1))
thread.start()
entered.wait(30)
os.register_at_fork(before=forking.set)
end(fork(lambda: take(store, 1, 2)))
thread.join()
take(store, 0, 1)
take(store, 2, 3)
"""


@pytest.mark.parametrize(
    "make",
    [
        "lambda clock: events.MemoryStore(clock=clock)",
        "lambda clock: events.SqliteStore(sys.argv[1], clock=clock)",
    ],
)
def test_a_fork_while_a_thread_is_inside_a_store_hangs_nobody(make: str, tmp_path: Path) -> None:
    taken = run(f"make = {make}{LOCKED}", str(tmp_path / "events.db"))
    assert sorted(taken) == ["0", "1", "2"]


RECEIVER = """
import asyncio
receiver = events.Receiver(allow_unauthenticated=True)
receiver.on(events.BaseEvent)(lambda event: tell(event.id))

async def post(name):
    async def body():
        yield b'{"event": {"evt-tp": "x"}, "event-id": "%s"}' % name
    answer = await receiver.handle_async("POST", {"content-type": "application/json"}, body())
    tell(answer.status)

asyncio.run(post(b"before"))
end(fork(lambda: asyncio.run(post(b"child"))))
asyncio.run(post(b"parent"))
"""


def test_a_receiver_that_has_worked_works_in_a_fork() -> None:
    assert run(RECEIVER) == ["before", "200", "child", "200", "parent", "200"]


REDIS = """
import redis
client = redis.Redis(port=int(sys.argv[1]), socket_timeout=10)
store = events.RedisStore(client, prefix=f"{sys.argv[2]}:")
take(store, 0, 50)
children = [fork(lambda: take(store, 0, 200)) for _ in range(4)]
take(store, 0, 200)
for number in children:
    end(number)
"""


def test_redis_is_shared_by_forks(redis_port: int) -> None:
    taken = run(REDIS, str(redis_port), "forks")
    assert sorted(taken) == sorted(str(number) for number in range(200))


UNSEEN = """
import ctypes
store = events.SqliteStore(sys.argv[1])
take(store, 0, 1)
child = ctypes.PyDLL(None).fork()
if not child:
    for use in (lambda: store.claim("a"), store.close, lambda: store.claim("a")):
        try:
            use()
        except RuntimeError as error:
            tell(str(error).partition(" was ")[2])
    os._exit(0)
end(child)
take(store, 1, 2)
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="a fork that Python does not see is made with the C library of Linux"
)
def test_a_fork_that_python_did_not_see_is_told(tmp_path: Path) -> None:
    before, *told, after = run(UNSEEN, str(tmp_path / "events.db"))
    assert (before, after) == ("0", "1")
    assert len(told) == 2
    assert all("hooks" in text for text in told)
