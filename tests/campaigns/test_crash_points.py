"""A campaign of three that is killed after each call of its database and its gateway in turn, and resumed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from scgapi.campaigns.engine.rules import Content, Mode, Rules
from scgapi.campaigns.engine.work import Call, CallResult
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.mark import Mark
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.errors import ScgError
from tests.campaigns.simulation import Events, Gateway, Mix, Run

COUNT = 3
WELL = Mix("none", {"ok": 100.0}, denied=0.0)


class Killed(BaseException):
    """The process is gone."""


class Killer:
    """Kills at the n-th call."""

    def __init__(self, at: int) -> None:
        self.left = at

    def point(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed


class Mortal(Gateway):
    """A gateway whose client may be killed before a request leaves, and after it has left."""

    killer = Killer(0)

    def perform(self, call: Call) -> tuple[float, CallResult | ScgError]:
        self.killer.point()
        found = super().perform(call)
        self.killer.point()
        return found


def kill_within(monkeypatch: pytest.MonkeyPatch, killer: Killer) -> None:
    """Count each statement, before and after, and each mark."""

    class Connection(sqlite3.Connection):
        def execute(self, *arguments: object) -> sqlite3.Cursor:
            killer.point()
            found: sqlite3.Cursor = super().execute(*arguments)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # passed on
            killer.point()
            return found

    write = Mark.write

    def mark(self: Mark, claims: int) -> None:
        killer.point()
        write(self, claims)
        killer.point()

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))
    monkeypatch.setattr(Mark, "write", mark)


def rules(mode: Mode, batch: int) -> Rules:
    return Rules(
        "sale", "155", lambda fields: Content("Hi"), {"from_": "155", "to": []}, mode=mode, batch=batch
    )


def run(path: Path, events: Events, gateway: Mortal, goes_by: Rules, plan: bool) -> None:
    """One process: open the journal, plan, and run to the end."""
    clock = Clock(events.clock.monotonic, events.clock.time_of_day)
    alive: list[Run] = []
    try:
        with Journal(path, clock=clock) as journal:
            journal.begin("sale", {})
            if plan or not journal.is_listed("sale"):
                journal.add(Recipient(f"+1555000000{line}", {}, (), line) for line in range(COUNT))
            alive.append(Run(events, gateway, journal, goes_by, clock))
            while not alive[0].is_over:
                events.go_on()
    finally:
        for one in alive:
            one.is_alive = False


def killed_at(folder: Path, at: int, goes_by: Rules, patch: Callable[[Killer], None]) -> bool:
    """Kill at one point and resume; return False if the campaign was over before."""
    folder.mkdir()
    events, killer = Events(), Killer(at)
    gateway = Mortal(events, WELL, Random(at))
    gateway.killer = killer
    patch(killer)
    is_killed = False
    try:
        run(folder / "campaigns.db", events, gateway, goes_by, True)
    except Killed:
        is_killed = True
    killer.left = 0
    run(folder / "campaigns.db", events, gateway, goes_by, False)
    with Journal(folder / "campaigns.db") as journal:
        journal.select("sale")
        states = Counter(row.state for row in journal.rows())
    assert gateway.sent == {f"+1555000000{line}": 1 for line in range(COUNT)}, f"killed at call {at}"
    assert states == {"ACCEPTED": COUNT}, f"killed at call {at}"
    return is_killed


@pytest.mark.parametrize("batch", [1, 2])
@pytest.mark.parametrize("mode", ["verified", "two_phase"])
def test_each_gets_one_text_wherever_the_process_is_killed(
    mode: Mode, batch: int, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = 1
    while True:
        with monkeypatch.context() as patched:
            is_killed = killed_at(memory / str(at), at, rules(mode, batch), partial(kill_within, patched))
        if not is_killed:
            break
        at += 1
    print(f"\n{mode}, batches of {batch}: killed at each of {at - 1} calls")
    assert at > 100
