"""Procrastinate's workers on PostgreSQL, killed and stopped at any moment: nobody twice, and nobody forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.campaigns import postgres
from tests.campaigns.loopback import ROOT, running
from tests.campaigns.workers.processes import Workers, sent_in_spite_of
from tests.limits import PATIENCE

pytest.importorskip("procrastinate", reason="procrastinate is not installed")

APP = "tests.campaigns.workers.procrastinate_app"
COMMAND = [sys.executable, "-m", "procrastinate", "--app", f"{APP}.app"]

START = f"""
import {APP} as a
c = a.campaign()
c.plan(a.client())
with a.app.open():
    a.sending.start(c, workers=2)
"""


@pytest.fixture(scope="module")
def server() -> Generator[str]:
    with postgres.server() as dsn:
        yield dsn


@pytest.mark.parametrize(
    ("count", "disturbances"), [(400, 5), pytest.param(3000, 25, marks=pytest.mark.nightly)]
)
def test_each_gets_one_text_whatever_happens_to_the_workers(
    server: str, count: int, disturbances: int, tmp_path: Path
) -> None:
    dsn, log = postgres.emptied(server), tmp_path / "workers.log"
    with running(seed=1, latency=0.1, lost_before=0.01, lost_after=0.01) as gateway:
        environment = {**os.environ, "JOURNAL": dsn, "GATEWAY": gateway.url, "COUNT": str(count)}

        def finished(*command: str) -> None:
            subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=PATIENCE)

        finished(*COMMAND, "schema", "--apply")
        finished(sys.executable, "-c", START)
        workers = Workers([*COMMAND, "worker"], environment, log, 2)
        texts = sent_in_spite_of(workers, gateway, dsn, count, disturbances, log)
    print(f"\nprocrastinate: {count} sends, {disturbances} disturbances: {texts}")
    assert texts == {1: count}
