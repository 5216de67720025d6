"""Celery's workers on real brokers, killed and stopped at any moment: nobody twice, and nobody forgotten."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.campaigns import postgres
from tests.campaigns.loopback import ROOT, running
from tests.campaigns.workers.processes import Workers, disturb, sent_in_spite_of, wait_until_quiet
from tests.limits import PATIENCE

pytest.importorskip("celery", reason="celery is not installed")

from tests.campaigns.workers import brokers

APP = "tests.campaigns.workers.app"
NAIVE = "tests.campaigns.workers.naive"


@pytest.fixture(scope="module")
def server() -> Generator[str]:
    with postgres.server() as dsn:
        yield dsn


@contextlib.contextmanager
def broker(kind: str, folder: Path) -> Generator[str]:
    with brokers.redis() if kind == "redis" else brokers.rabbitmq(folder) as url:
        yield url


def command(app: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", app, "worker", "--concurrency=1", "--loglevel=WARNING"]


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
        start = f"import {APP} as a\nc = a.campaign()\nc.plan(a.client())\na.sending.start(c, workers=2)"
        subprocess.run([sys.executable, "-c", start], cwd=ROOT, env=environment, check=True, timeout=PATIENCE)
        workers = Workers(command(APP), environment, log, 2)
        texts = sent_in_spite_of(workers, gateway, dsn, count, disturbances, log)
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
            f"import {NAIVE} as n; from {APP.rpartition('.')[0]}.campaign import addresses\n"
            f"for one in addresses({count}): n.task.delay(one)"
        )
        subprocess.run([sys.executable, "-c", start], cwd=ROOT, env=environment, check=True, timeout=PATIENCE)
        workers = Workers(command(NAIVE), environment, log, 2)
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
