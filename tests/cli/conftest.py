"""Commands as real processes, against one sandbox that all tests share."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from scgapi.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "scgapi.cli"]
FROM, TO = "155528999", "+15552461234"


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What it printed, as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        """The one line that it printed, as JSON."""
        (row,) = self.rows
        return row


class Run(Protocol):
    """Runs a command to its end."""

    def __call__(self, *words: str, stdin: str = "", **variables: str) -> Done: ...


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """The environment of a command: nothing of the developer's own account reaches it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SCG_")}
    own = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    return {**kept, **own, "COLUMNS": "200", "PYTHONWARNINGS": "error", **variables}


@pytest.fixture
def scg_url(gateway: Sandbox) -> str:
    """The address of a sandbox that is as it was when it started."""
    return gateway.url


@pytest.fixture
def away(tmp_path: Path) -> Run:
    """Run commands where there are no credentials."""

    def run(*words: str, stdin: str = "", **variables: str) -> Done:
        done = subprocess.run(
            [*COMMAND, *words],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            cwd=tmp_path,
            env=environment(tmp_path, **variables),
        )
        assert "Traceback" not in done.stderr or "--debug" in words, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def run(away: Run, scg_url: str) -> Run:
    """Run commands against the shared sandbox."""

    def run(*words: str, stdin: str = "", **variables: str) -> Done:
        return away(*words, stdin=stdin, **{"SCG_URL": scg_url, **variables})

    return run
