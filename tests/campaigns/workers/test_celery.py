"""Celery's workers on real brokers, killed and stopped at any moment: nobody twice, and nobody forgotten."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from scgapi.campaigns.journal.journal import Journal
from tests.campaigns import postgres
from tests.campaigns.loopback import ROOT, Running, running
from tests.limits import PATIENCE

pytest.importorskip("celery", reason="celery is not installed")

from tests.campaigns.workers import brokers

APP = "tests.campaigns.workers.app"
NAIVE = "tests.campaigns.workers.naive"


class Workers:
    """Celery's workers, each a process group of its own."""

    def __init__(self, environment: dict[str, str], log: Path, count: int, app: str = APP) -> None:
        self._environment, self._log, self._app = environment, log, app
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
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            self._app,
            "worker",
            "--concurrency=1",
            "--loglevel=WARNING",
        ]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )


@pytest.fixture(scope="module")
def server() -> Generator[str]:
    with postgres.server() as dsn:
        yield dsn


@contextlib.contextmanager
def broker(kind: str, folder: Path) -> Generator[str]:
    with brokers.redis() if kind == "redis" else brokers.rabbitmq(folder) as url:
        yield url


def sent(gateway: Running) -> int:
    return sum(gateway.sent.values())


@pytest.mark.skipif(sys.platform == "win32", reason="these servers do not run there")
@pytest.mark.parametrize("kind", ["redis", "rabbitmq"])
@pytest.mark.parametrize(
    ("count", "disturbances"), [(400, 5), pytest.param(3000, 25, marks=pytest.mark.nightly)]
)
def test_each_gets_one_text_whatever_happens_to_the_workers(
    server: str, kind: str, count: int, disturbances: int, tmp_path: Path
) -> None:
    dsn, log = postgres.emptied(server), tmp_path / "workers.log"
    (tmp_path / "broker").mkdir()
    with (
        running(seed=1, latency=0.1, lost_before=0.01, lost_after=0.01) as gateway,
        broker(kind, tmp_path / "broker") as url,
    ):
        environment = {
            **os.environ, "BROKER": url, "JOURNAL": dsn, "GATEWAY": gateway.url, "COUNT": str(count),
            "C_FORCE_ROOT": "1",
        }  # fmt: skip
        start = (
            f"import scgapi, {APP} as a; c = a.campaign(); c.plan(a.client()); a.sending.start(c, workers=2)"
        )
        subprocess.run([sys.executable, "-c", start], cwd=ROOT, env=environment, check=True, timeout=PATIENCE)
        workers = Workers(environment, log, 2)
        try:
            disturb(workers, gateway, count, disturbances, log)
            with Journal(dsn) as journal:
                journal.select("sale")
                wait_until(lambda: {row.state for row in journal.rows()} == {"ACCEPTED"}, log)
        finally:
            workers.end()
        texts = Counter(gateway.sent.values())
    print(f"\n{kind}: {count} sends, {disturbances} disturbances: {texts}")
    assert texts == {1: count}


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform == "win32", reason="these servers do not run there")
@pytest.mark.parametrize("kind", ["redis", "rabbitmq"])
@pytest.mark.parametrize("acknowledge", ["late", "early"])
def test_a_task_for_each_recipient_sends_twice_or_forgets(
    kind: str, acknowledge: str, tmp_path: Path
) -> None:
    """What the page on several machines says of tasks that carry recipients, under the same disturbances."""
    count, disturbances, log = 3000, 25, tmp_path / "workers.log"
    (tmp_path / "broker").mkdir()
    with (
        running(seed=1, latency=0.1, lost_before=0.01, lost_after=0.01) as gateway,
        broker(kind, tmp_path / "broker") as url,
    ):
        environment = {
            **os.environ, "BROKER": url, "GATEWAY": gateway.url, "ACKNOWLEDGE": acknowledge, "C_FORCE_ROOT": "1",
        }  # fmt: skip
        start = (
            f"import {NAIVE} as n; from {APP.rpartition('.')[0]}.app import addresses\n"
            f"for one in addresses({count}): n.task.delay(one)"
        )
        subprocess.run(
            [sys.executable, "-c", start],
            cwd=ROOT,
            env={**environment, "JOURNAL": "unused", "COUNT": "0"},
            check=True,
            timeout=PATIENCE,
        )
        workers = Workers(environment, log, 2, NAIVE)
        try:
            disturb(workers, gateway, count, disturbances, log)
            wait_until_quiet(gateway)
        finally:
            workers.end()
        texts = Counter(gateway.sent.values())
        lost = count - len(gateway.sent)
    print(
        f"\n{kind}, acknowledged {acknowledge}: {count} sends, {disturbances} disturbances: {texts}, {lost} lost"
    )
    assert lost or set(texts) != {1}


def disturb(workers: Workers, gateway: Running, count: int, disturbances: int, log: Path) -> None:
    """Kill a worker, or stop and wake it, now and then while texts go out."""
    chance = random.Random(3)
    for number in range(1, disturbances + 1):
        wait_until(lambda: sent(gateway) >= count * number // (disturbances + 1), log)  # noqa: B023
        place = chance.randrange(2)
        if number % 3:
            workers.kill(place)
        else:
            # It wakes up after its claims have run out.
            workers.signal(place, signal.SIGSTOP)
            time.sleep(3)
            workers.signal(place, signal.SIGCONT)


def wait_until_quiet(gateway: Running) -> None:
    """Wait until nothing was sent for longer than any of the brokers, and any retry, waits."""
    before, since = -1, time.monotonic()
    while time.monotonic() < since + 40:
        if (now := sent(gateway)) != before:
            before, since = now, time.monotonic()
        time.sleep(0.5)


def wait_until(condition: object, log: Path) -> None:
    assert callable(condition)
    until = time.monotonic() + 6 * PATIENCE
    while not condition():
        assert time.monotonic() < until, log.read_text()[-3000:]
        time.sleep(0.2)
