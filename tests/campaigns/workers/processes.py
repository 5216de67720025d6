"""Processes of workers that are killed and stopped while they send a campaign."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from scgapi.campaigns.journal.journal import Journal
from tests.campaigns.loopback import ROOT, Running
from tests.limits import PATIENCE


class Workers:
    """Workers of a task queue, each a process group of its own."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], log: Path, count: int) -> None:
        self._command, self._environment, self._log = command, environment, log
        self.processes = [self._start() for _ in range(count)]

    def kill(self, place: int) -> None:
        """Kill one with its children, and start another in its place."""
        self.signal(place, signal.SIGKILL)
        self.processes[place].wait()
        self.processes[place] = self._start()

    def signal(self, place: int, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.processes[place].pid, number)

    def end(self) -> None:
        for place, process in enumerate(self.processes):
            self.signal(place, signal.SIGKILL)
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def sent_in_spite_of(
    workers: Workers, gateway: Running, dsn: str, count: int, disturbances: int, log: Path
) -> Counter[int]:
    """Disturb workers until all is sent; return how many recipients got how many texts."""
    try:
        disturb(workers, gateway, count, disturbances, log)
        with Journal(dsn) as journal:
            journal.select("sale")
            wait_until(lambda: {row.state for row in journal.rows()} == {"ACCEPTED"}, log)
    finally:
        workers.end()
    return Counter(gateway.sent.values())


def disturb(workers: Workers, gateway: Running, count: int, disturbances: int, log: Path) -> None:
    """Kill a worker, or stop and wake it, now and then while texts go out."""
    chance = random.Random(3)
    for number in range(1, disturbances + 1):
        wait_until(lambda: _sent(gateway) >= count * number // (disturbances + 1), log)  # noqa: B023
        place = chance.randrange(len(workers.processes))
        if number % 3:
            workers.kill(place)
        else:
            # It wakes up after its claims have run out.
            workers.signal(place, signal.SIGSTOP)
            time.sleep(3)
            workers.signal(place, signal.SIGCONT)


def wait_until_quiet(gateway: Running, seconds: float = 40.0) -> None:
    """Wait until nothing was sent for longer than brokers and retries wait."""
    before, since = -1, time.monotonic()
    while time.monotonic() < since + seconds:
        if (now := _sent(gateway)) != before:
            before, since = now, time.monotonic()
        time.sleep(0.5)


def _sent(gateway: Running) -> int:
    return sum(gateway.sent.values())


def wait_until(condition: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + 6 * PATIENCE
    while not condition():
        assert time.monotonic() < until, log.read_text()[-3000:]
        time.sleep(0.2)
