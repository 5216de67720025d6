"""Journals for tests, in both databases."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from tests.campaigns.postgres import emptied, server
from tests.campaigns.simulated_clock import SimulatedClock

Opened = Callable[[], Journal]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with server() as dsn:
        yield dsn


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty journal is to be."""
    if request.param == "sqlite":
        return str(tmp_path / "campaigns.db")
    return emptied(str(request.getfixturevalue("postgres")))


@pytest.fixture
def opened(target: str, clock: SimulatedClock) -> Iterator[Opened]:
    """Opens the journal once more; all are closed at the end."""
    journals: list[Journal] = []

    def make() -> Journal:
        journals.append(Journal(target, clock=Clock(clock.monotonic, clock.time_of_day)))
        return journals[-1]

    yield make
    for journal in journals:
        journal.close()


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: a simulation needs no disk, and writes to it all the time."""
    place = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="scgapi-", dir=place if place.is_dir() else None) as folder:
        yield Path(folder)
