"""A journal in a file: what is damaged, foreign or cut is refused with the reason, or taken for what it is."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS
from scgapi.campaigns.journal.claims import Take
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock, offset_of
from scgapi.campaigns.journal.mark import Mark
from scgapi.campaigns.journal.sqlite import file_system_of, is_mounted_alone
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.errors import JournalError
from tests.campaigns.simulated_clock import SimulatedClock

COUNT = 300


def planned(path: Path) -> None:
    with Journal(path) as journal:
        journal.begin("sale", {})
        journal.add(Recipient(f"+1555{number:07}", {"a": "x" * 50}, (), number) for number in range(COUNT))


def claim(journal: Journal, count: int) -> list[int]:
    with journal.transaction():
        claims = journal.claims()
        rows = claims.due("PLANNED", claims.now(), count)
        claims.take("a", [Take([row], "INTENT") for row in rows], claims.now() + 60)
    return [row.id for row in rows]


def test_an_sqlite_that_is_too_old_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 26, 0))
    with pytest.raises(JournalError, match=r"needs SQLite 3\.33, this Python has .* Nothing was sent"):
        Journal(tmp_path / "campaigns.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE users (id)")
    other.close()
    with pytest.raises(JournalError, match="another program"):
        Journal(path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "guests.csv"
    path.write_text("name,mobile\n" * 100)
    with pytest.raises(JournalError, match="damaged: file is not a database"):
        Journal(path)
    assert path.read_text().startswith("name,mobile\n")


def test_a_journal_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE scgapi_meta SET value = '7' WHERE key = 'version'")
    other.close()
    with pytest.raises(JournalError, match="has version 7, this scgapi reads version 1"):
        Journal(path)


def test_a_file_in_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal(tmp_path / "nowhere" / "campaigns.db")


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_file_that_was_cut_is_refused(tmp_path: Path, part: float) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(JournalError, match="damaged"):
        Journal(path)


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_file_with_a_torn_page_is_refused(tmp_path: Path, part: float) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    content = bytearray(path.read_bytes())
    page = int(len(content) / 4096 * part) * 4096
    content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)
    with pytest.raises(JournalError, match="damaged"):
        Journal(path)


@pytest.mark.parametrize("left", [None, b""])
def test_a_journal_that_is_gone_is_not_begun_anew(tmp_path: Path, left: bytes | None) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    with Journal(path) as journal:
        journal.select("sale")
        claim(journal, 3)
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    with pytest.raises(JournalError, match="texts were sent from it"):
        Journal(path)


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.8, 0.95])
def test_no_recipient_is_planned_in_a_journal_that_has_lost_its_end(tmp_path: Path, part: float) -> None:
    path, cut = tmp_path / "campaigns.db", tmp_path / "cut" / "campaigns.db"
    cut.parent.mkdir()
    planned(path)
    with Journal(path) as journal:
        journal.select("sale")
        for _ in range(5):
            claim(journal, 10)
        for name in ("campaigns.db", "campaigns.db-wal", "campaigns.db-mark"):
            shutil.copy(tmp_path / name, cut.parent / name)
    log = cut.with_name("campaigns.db-wal")
    log.write_bytes(log.read_bytes()[: int(log.stat().st_size * part)])
    with Journal(cut) as journal:
        journal.select("sale")
        assert journal.counts().states == {"INTENT": COUNT}
        with journal.transaction():
            rows = journal.claims().due("INTENT", journal.claims().now() + 60, COUNT)
        assert {row.code for row in rows} == {"LOST"}
    # It is said once: what is planned from then on is.
    with Journal(cut) as journal:
        journal.select("sale")
        journal.add([Recipient("+1", {}, (), COUNT + 1)])
        assert journal.counts().states == {"INTENT": COUNT, "PLANNED": 1}


def test_a_copy_without_its_mark_is_looked_up_before_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    with Journal(path) as journal:
        journal.select("sale")
        claim(journal, 10)
    path.with_name("campaigns.db-mark").unlink()
    with Journal(path) as journal:
        journal.select("sale")
        assert journal.counts().states == {"INTENT": COUNT}


def test_a_journal_that_was_closed_well_has_lost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    for _ in range(2):
        with Journal(path) as journal:
            journal.select("sale")
            claim(journal, 10)
    with Journal(path) as journal:
        journal.select("sale")
        assert journal.counts().states == {"INTENT": 20, "PLANNED": COUNT - 20}


def test_a_mark_only_rises(tmp_path: Path) -> None:
    one, two = Mark(tmp_path / "a"), Mark(tmp_path / "a")
    two.write(7)
    one.write(6)
    assert Mark(tmp_path / "a").read() == 7
    for mark in (one, two):
        mark.close()


def test_a_mark_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "a-mark").write_bytes(b"\0" * 20)
    assert (Mark(tmp_path / "a").read() or 0) > 1_000_000


@pytest.mark.parametrize(
    ("path", "kind"), [("/home/ann/a.db", "ext4"), ("/mnt/share/x/a.db", "nfs4"), ("/mnt/a b/c.db", "cifs")]
)
def test_the_file_system_of_a_path_is_the_innermost(path: str, kind: str) -> None:
    mounts = "/dev/sda / ext4 rw 0 0\nhost:/x /mnt/share nfs4 rw 0 0\n//host/y /mnt/a\\040b cifs rw 0 0\n"
    assert file_system_of(Path(path), mounts) == kind


def test_a_journal_that_is_mounted_without_its_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = "/dev/sda / ext4 rw 0 0\n/dev/sda /data/my\\040campaigns.db ext4 rw 0 0\n"
    assert is_mounted_alone(Path("/data/my campaigns.db"), mounts)
    assert not is_mounted_alone(Path("/data/other.db"), mounts)

    def mounted(path: Path, mounts: str) -> bool:
        return path == tmp_path / "campaigns.db"

    monkeypatch.setattr("scgapi.campaigns.journal.sqlite.is_mounted_alone", mounted)
    with pytest.raises(JournalError, match="Mount its folder"):
        Journal(tmp_path / "campaigns.db")
    assert not (tmp_path / "campaigns.db").exists()


def test_a_journal_on_a_network_file_system_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_share(path: Path, mounts: str) -> str:
        return "nfs4"

    monkeypatch.setattr("scgapi.campaigns.journal.sqlite.file_system_of", on_a_share)
    with pytest.warns(UserWarning, match="network file system"):
        Journal(tmp_path / "campaigns.db").close()


def test_the_clock_goes_on_after_the_machine_was_started_anew() -> None:
    today = 1_700_000_000.0
    assert offset_of(Clock(lambda: 50.0, lambda: today), stored=None, last=0) == today - 50
    # Started anew, and the time of day was set back, too.
    assert offset_of(Clock(lambda: 5.0, lambda: today - 99), stored=today - 50, last=today) == today - 5


def test_a_live_claim_is_not_looked_up_before_it_has_run_out(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    clock = SimulatedClock()
    times = Clock(clock.monotonic, clock.time_of_day)
    with Journal(path, clock=times) as journal:
        journal.select("sale")
        claim(journal, 10)
        # Another process finds a reason to look all up, while this one is at work.
        path.with_name("campaigns.db-mark").unlink()
        with Journal(path, clock=times) as other:
            other.select("sale")
            for seconds, due in ((FIRST_LOOK_UP_DELAY_SECONDS + 1, COUNT - 10), (60, COUNT)):
                clock.go_on(seconds)
                with other.transaction():
                    assert len(other.claims().due("INTENT", other.claims().now(), COUNT)) == due


def test_on_another_machine_nothing_is_looked_up_before_the_quarantine_is_over(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.db"
    planned(path)
    here, there = SimulatedClock(), SimulatedClock()
    # The other machine has run for long, and its time of day is ahead.
    there.elapsed += 1e6
    there.set_time_of_day(3600)
    with Journal(path, clock=Clock(here.monotonic, here.time_of_day, lambda: "here")) as journal:
        journal.select("sale")
        claim(journal, 10)
    for _ in range(2):
        with Journal(path, clock=Clock(there.monotonic, there.time_of_day, lambda: "there")) as journal:
            journal.select("sale")
            with journal.transaction():
                claims = journal.claims()
                claims.abandon(claims.now(), FIRST_LOOK_UP_DELAY_SECONDS)
                assert claims.due("INTENT", claims.now(), COUNT) == []
    there.go_on(2 * FIRST_LOOK_UP_DELAY_SECONDS + 1)
    with Journal(path, clock=Clock(there.monotonic, there.time_of_day, lambda: "there")) as journal:
        journal.select("sale")
        with journal.transaction():
            claims = journal.claims()
            claims.abandon(claims.now(), FIRST_LOOK_UP_DELAY_SECONDS)
        there.go_on(FIRST_LOOK_UP_DELAY_SECONDS + 1)
        with journal.transaction():
            assert len(claims.due("INTENT", claims.now(), COUNT)) == 10


def test_the_same_machine_has_the_same_clock_until_it_is_started_anew() -> None:
    today = 1_700_000_000.0
    clock = Clock(lambda: 5000.0, lambda: today, lambda: "b2")
    assert offset_of(clock, stored=today - 50, last=today - 40, boot="b2") == today - 50
    # By the stored offset, an hour and more would have passed since.
    assert offset_of(clock, stored=today - 50, last=today - 40, boot="b1") == today - 5000
    # Where the system does not tell, a time that goes on is taken to be that of the same machine.
    assert (
        offset_of(clock._replace(boot=lambda: ""), stored=today - 50, last=today - 40, boot="") == today - 50
    )
