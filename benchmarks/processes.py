"""The processes of a run: the server, a worker for each client, and one-off programs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Server:
    """The server's URLs without and with latency."""

    url: str
    late_url: str


@dataclass(frozen=True)
class Sample:
    """Cost of some calls: CPU seconds, elapsed seconds, and the peak memory in MiB."""

    cpu: float
    wall: float
    peak: float


class Skipped(Exception):
    """Raised with the reason where a client could not be measured."""


@contextmanager
def serving() -> Generator[Server, None, None]:
    """Run a server in its own process."""
    with _python("-m", "benchmarks.server") as (process, answers, _):
        quick, late = answers.readline().split()
        yield Server(f"http://127.0.0.1:{quick}", f"http://127.0.0.1:{late}")
        process.kill()


class Worker:
    """One client in a process of its own; the process sleeps between samples."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self._orders = orders
        self._answers = answers
        self._answer()

    def run(self, count: int, *, warm: int = 0) -> Sample:
        """Measure `count` calls, after a few that are not measured.

        Raises:
            Skipped: a call failed.
        """
        self._orders.write(f"{warm} {count}\n")
        self._orders.flush()
        values = self._answer()
        return Sample(**{key: float(str(value)) for key, value in values.items()})

    def _answer(self) -> dict[str, object]:
        line = self._answers.readline()
        values: dict[str, object] = json.loads(line or '{"failed": "the process ended"}')
        for word in ("skipped", "failed"):
            if word in values:
                raise Skipped(str(values[word]))
        return values


@contextmanager
def worker(name: str, kind: str, url: str, at_once: int) -> Generator[Worker, None, None]:
    """Start a worker, and wait until it is ready.

    Raises:
        Skipped: the client is not installed, or does not do that.
    """
    arguments = ("-m", "benchmarks.worker", name, kind, url, str(at_once))
    with _python(*arguments) as (_, answers, orders):
        yield Worker(orders, answers)


@contextmanager
def _python(*arguments: str) -> Generator[tuple[subprocess.Popen[str], IO[str], IO[str]], None, None]:
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process, process.stdout, process.stdin
        finally:
            process.kill()


def timed(program: str, url: str) -> float:
    """Return the milliseconds that a fresh interpreter takes to reach a program's end, without its own shutdown.

    Raises:
        Skipped: it ended with an error.
    """
    began = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport os\nos._exit(0)", url],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    took = time.perf_counter() - began
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["ended with an error"])[-1]
        raise Skipped("not installed" if reason.startswith("ModuleNotFoundError") else reason[:200])
    return took * 1000


def printed(program: str) -> str:
    """Return what a program prints in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
