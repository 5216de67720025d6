"""Real processes that are killed and stopped at any moment: nobody twice, and nobody forgotten."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.recipients.recipient import Recipient
from tests.campaigns.loopback import ROOT, Running, running
from tests.campaigns.postgres import emptied
from tests.limits import PATIENCE

Options = Mapping[str, object]

MODES: tuple[Options, ...] = (
    {"mode": "verified", "kind": "async"},
    {"mode": "two_phase", "kind": "async"},
    {"mode": "verified", "kind": "sync"},
)


def planned(target: str, count: int) -> list[str]:
    addresses = [f"+1555{number:07}" for number in range(count)]
    with Journal(target) as journal:
        journal.begin("sale", {})
        journal.add(Recipient(address, {}, (), line) for line, address in enumerate(addresses, 1))
    return addresses


class Workers:
    """Runs of the campaign in processes of their own."""

    def __init__(self, url: str, target: str, options: Options, count: int) -> None:
        self._command = [sys.executable, "-m", "tests.campaigns.worker", url, target, json.dumps(options)]
        self.processes = [self._start() for _ in range(count)]

    def kill(self, place: int) -> None:
        """Kill one and start another in its place."""
        self.processes[place].kill()
        self.processes[place].wait()
        self.processes[place] = self._start()

    def stop_for(self, place: int, seconds: float) -> None:
        """Stop one, and let it wake up late."""
        process = self.processes[place]
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGSTOP)
            time.sleep(seconds)
            os.kill(process.pid, signal.SIGCONT)

    def end(self) -> None:
        """Wait until all are over."""
        for process in self.processes:
            assert process.wait(timeout=4 * PATIENCE) == 0

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.DEVNULL)


def disturbed(
    target: str,
    options: Options,
    count: int,
    disturbances: int,
    disturb: Callable[[Workers, random.Random], None],
) -> tuple[Counter[str], Counter[str]]:
    """Run a campaign, disturb it evenly over its sends; return the texts by recipient and the states."""
    chance = random.Random(7)
    addresses = planned(target, count)
    with running(seed=1, latency=0.05, lost_before=0.02, lost_after=0.02) as gateway:
        workers = Workers(gateway.url, target, options, 2)
        try:
            for number in range(1, disturbances + 1):
                wait_for(gateway, workers, count * number // (disturbances + 1))
                disturb(workers, chance)
            workers.end()
        finally:
            for process in workers.processes:
                process.kill()
        sent = gateway.sent
    with Journal(target) as journal:
        journal.select("sale")
        states = Counter(row.state for row in journal.rows())
    print(f"\n{options}: {count} sends, {disturbances} disturbances: {states}, {Counter(sent.values())}")
    return Counter({address: sent[address] for address in addresses}), states


def wait_for(gateway: Running, workers: Workers, sent: int) -> None:
    while sum(gateway.sent.values()) < sent:
        assert any(process.poll() is None for process in workers.processes), "all runs have ended too soon"
        time.sleep(0.02)


def kill(workers: Workers, chance: random.Random) -> None:
    workers.kill(chance.randrange(2))


def stop(workers: Workers, chance: random.Random) -> None:
    workers.stop_for(chance.randrange(2), chance.uniform(2, 4))


@pytest.mark.parametrize("options", MODES, ids=lambda one: " ".join(one.values()))
def test_nobody_is_sent_to_twice_or_forgotten_whatever_is_killed(tmp_path: Path, options: Options) -> None:
    count = 2000 if options == MODES[0] else 500
    kills = count // 100
    sent, states = disturbed(str(tmp_path / "campaigns.db"), options, count, kills, kill)
    assert states == {"ACCEPTED": count}
    assert set(sent.values()) == {1}


@pytest.mark.nightly
@pytest.mark.parametrize("options", MODES, ids=lambda one: " ".join(one.values()))
def test_fifty_thousand_sends_with_five_hundred_kills(tmp_path: Path, options: Options) -> None:
    sent, states = disturbed(str(tmp_path / "campaigns.db"), options, 50_000, 500, kill)
    assert states == {"ACCEPTED": 50_000}
    assert set(sent.values()) == {1}


# A stop between the last look at the clock and the system call is out of reach of "verified": one text for each stop.
@pytest.mark.parametrize(("options", "unavoidable"), [(MODES[0], 3), (MODES[1], 0)])
def test_a_run_that_wakes_up_late_sends_nobody_a_second_text(
    tmp_path: Path, options: Options, unavoidable: int
) -> None:
    sent, states = disturbed(str(tmp_path / "campaigns.db"), options, 300, 3, stop)
    # Where it happens before a look-up, the look-up finds two, and a person is asked.
    assert states["ACCEPTED"] + states["IN_DOUBT"] == 300
    assert states["IN_DOUBT"] <= unavoidable
    assert sum(sent.values()) <= 300 + unavoidable
    assert min(sent.values()) == 1


def test_several_workers_share_a_journal_in_postgresql(postgres: str) -> None:
    sent, states = disturbed(emptied(postgres), MODES[0], 500, 5, kill)
    assert states == {"ACCEPTED": 500}
    assert set(sent.values()) == {1}
