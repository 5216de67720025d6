"""A journal whose file was cut or torn at any place: it is refused with the reason, or nobody is sent to twice."""

from __future__ import annotations

import copy
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from scgapi.campaigns.engine.rules import Content, Mode, Rules
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.errors import JournalError
from tests.campaigns.simulation import Events, Gateway, Mix, Run

COUNT = 120
FILES = ("campaigns.db", "campaigns.db-wal", "campaigns.db-mark")
LOSING = Mix(
    "some answers are lost", {"ok": 85.0, "lost after": 10.0, "lost before": 5.0}, denied=0.0, lag=1.0
)
MODES: tuple[Mode, ...] = ("verified", "two_phase")


def rules(mode: Mode, batch: int = 1) -> Rules:
    return Rules(
        "sale",
        "155",
        lambda fields: Content("Hi"),
        {"from_": "155", "to": []},
        mode=mode,
        rate=20,
        in_flight=8,
        batch=batch,
    )


@dataclass
class Snapshot:
    """The files of a journal in the middle of a campaign, and what the gateway had taken by then."""

    folder: Path
    events: Events
    gateway: Gateway
    earlier: Path

    def restored(self, folder: Path) -> tuple[Events, Gateway]:
        """Copy the files, and make a gateway that knows what this one knows."""
        folder.mkdir()
        for name in FILES:
            shutil.copy(self.folder / name, folder / name)
        events = Events()
        events.clock.elapsed = self.events.clock.elapsed
        gateway = Gateway(events, LOSING, Random(5))
        gateway.requests = copy.deepcopy(self.gateway.requests)
        for request in gateway.requests.values():
            gateway.by_external_id[request.external_id].append(request)
        gateway.sent = copy.deepcopy(self.gateway.sent)
        return events, gateway


def snapshot(folder: Path, goes_by: Rules) -> Snapshot:
    """Run half a campaign, and take the files while it runs."""
    events = Events()
    gateway = Gateway(events, LOSING, Random(3))
    clock = Clock(events.clock.monotonic, events.clock.time_of_day)
    running, taken, earlier = folder / "running", folder / "taken", folder / "earlier"
    for place in (running, taken, earlier):
        place.mkdir()
    with Journal(running / "campaigns.db", clock=clock) as journal:
        journal.begin("sale", {})
        journal.add(Recipient(f"+1555{line:07}", {}, (), line) for line in range(COUNT))
        journal._database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        Run(events, gateway, journal, goes_by, clock)
        while sum(gateway.sent.values()) < COUNT // 3:
            events.go_on()
        # A checkpoint has written into the file itself; what came after it is in the log.
        journal._database.run("PRAGMA wal_checkpoint(PASSIVE)")
        shutil.copy(running / "campaigns.db", earlier / "campaigns.db")
        while sum(gateway.sent.values()) < COUNT // 2:
            events.go_on()
        for name in FILES:
            shutil.copy(running / name, taken / name)
    return Snapshot(taken, events, gateway, earlier / "campaigns.db")


def outcome(folder: Path, taken: Snapshot, goes_by: Rules, spoil: Callable[[Path], object]) -> str:
    """Spoil a copy and go on with it; return what became of it."""
    events, gateway = taken.restored(folder)
    spoil(folder)
    clock = Clock(events.clock.monotonic, events.clock.time_of_day)
    try:
        with Journal(folder / "campaigns.db", clock=clock) as journal:
            journal.select("sale")
            run = Run(events, gateway, journal, goes_by, clock)
            while not run.is_over:
                events.go_on()
            states = Counter(row.state for row in journal.rows())
            unsent = [row for row in journal.rows() if not gateway.sent[row.address]]
    except JournalError:
        assert gateway.sent == taken.gateway.sent
        return "refused"
    finally:
        shutil.rmtree(folder)
    assert max(gateway.sent.values()) == 1
    assert {row.state for row in unsent} <= {"IN_DOUBT"}
    assert states.total() == COUNT
    assert states.keys() <= {"ACCEPTED", "IN_DOUBT"}
    return "recovered"


def cuts(path: Path, step: int) -> Iterator[int]:
    yield from range(0, path.stat().st_size, step)


def check_cuts(memory: Path, name: str, goes_by: Rules, pieces: int) -> Counter[str]:
    taken = snapshot(memory, goes_by)
    size = (taken.folder / name).stat().st_size
    step = max(1, size // pieces)
    found: Counter[str] = Counter()
    for cut in cuts(taken.folder / name, step):

        def spoil(folder: Path, cut: int = cut) -> None:
            with (folder / name).open("r+b") as file:
                file.truncate(cut)

        found[outcome(memory / f"cut{cut}", taken, goes_by, spoil)] += 1
    print(
        f"\n{goes_by.mode}, batches of {goes_by.batch}: {name} of {size} bytes cut every {step}: {dict(found)}"
    )
    return found


@pytest.mark.parametrize("batch", [1, 5])
@pytest.mark.parametrize("mode", MODES)
def test_a_log_that_was_cut_anywhere_makes_nobody_get_two_texts(memory: Path, mode: Mode, batch: int) -> None:
    assert check_cuts(memory, "campaigns.db-wal", rules(mode, batch), 40)["recovered"] > 30


@pytest.mark.parametrize("mode", MODES)
def test_a_file_that_was_cut_anywhere_makes_nobody_get_two_texts(memory: Path, mode: Mode) -> None:
    assert check_cuts(memory, "campaigns.db", rules(mode), 20).total() >= 20


@pytest.mark.nightly
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", FILES[:2])
def test_files_that_were_cut_at_each_512_bytes(memory: Path, name: str, mode: Mode) -> None:
    check_cuts(memory, name, rules(mode), 1000)


@pytest.mark.parametrize("mode", MODES)
def test_a_mark_that_was_cut_anywhere_makes_nobody_get_two_texts(memory: Path, mode: Mode) -> None:
    check_cuts(memory, "campaigns.db-mark", rules(mode), 4)


@pytest.mark.parametrize("mode", MODES)
def test_a_page_that_is_as_it_was_before_makes_nobody_get_two_texts(memory: Path, mode: Mode) -> None:
    taken = snapshot(memory, rules(mode))
    found: Counter[str] = Counter()
    for page in range(taken.earlier.stat().st_size // 4096):

        def spoil(folder: Path, page: int = page) -> None:
            content = taken.earlier.read_bytes()[page * 4096 : page * 4096 + 4096]
            # Let SQLite write its log into the file first: the page is then torn for good.
            with Journal(folder / "campaigns.db"):
                pass
            with (folder / "campaigns.db").open("r+b") as file:
                file.seek(page * 4096)
                file.write(content)

        found[outcome(memory / f"page{page}", taken, rules(mode), spoil)] += 1
    print(f"\n{mode}: {dict(found)}")
    assert found["refused"]
