"""A journal in an SQLite file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import warnings
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS
from scgapi.campaigns.journal.databases import Row, Values, as_float, as_int, as_text, given_tables
from scgapi.campaigns.journal.local_clock import Clock, offset_of
from scgapi.campaigns.journal.mark import Mark
from scgapi.campaigns.journal.schema import APPLICATION_ID, TABLES, VERSION
from scgapi.errors import JournalError

_TIMEOUT_SECONDS = 30.0
"""Time to wait while another process writes."""

_CACHE_KIB = 16_000
"""Memory for pages of the file; with the default of 2 MB, adding a long list takes an eighth more CPU time."""

_OLDEST_SQLITE = (3, 33)
"""The first version with `UPDATE … FROM`, of August 2020."""

_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.s3fs")
"""File systems, by the start of their type, whose locks SQLite cannot rely on."""

_ADVICE = "restore it from a backup, or ask a person to compare it with the gateway's message requests"


class SqliteDatabase:
    """An SQLite file: write-ahead log, each commit on disk, one writer at a time.

    Raises:
        JournalError: the file is damaged, of another version or program, or has lost its end and cannot be used.
    """

    serial = "INTEGER PRIMARY KEY"
    errors: tuple[type[Exception], ...] = (sqlite3.Error, OSError)
    skip_locked = ""
    lock = ""
    restarts: int = 0

    def __init__(self, path: Path, clock: Clock) -> None:
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise JournalError(
                f"a journal in a file needs SQLite {'.'.join(map(str, _OLDEST_SQLITE))}, this Python has "
                f"{sqlite3.sqlite_version}: use a newer Python, or PostgreSQL. Nothing was sent."
            )
        if str(path) == ":memory:":
            raise JournalError("a journal must be a file: what is in memory is lost with the process")
        self._path, self._clock = path, clock
        self._places: list[tuple[Path, os.stat_result]] = []
        self._mark = Mark(path)
        self._claims: int | None = None
        _check_mounts(path)
        marked = self._mark.read()
        if marked and (not path.exists() or path.stat().st_size == 0):
            raise JournalError(
                f"the journal {path} is gone, but {self._mark.path.name} beside it says that texts were sent from it: "
                f"{_ADVICE}. To begin anew, delete {self._mark.path.name}. Nothing was sent."
            )
        try:
            self._connection = sqlite3.connect(
                path, timeout=_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise JournalError(f"the journal {path} cannot be opened: {error}. Nothing was sent.") from error
        try:
            _refuse_second_names(path)
            self._open(marked)
            self._note_places()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise JournalError(
                f"the journal {path} is damaged: {error}; {_ADVICE}. Nothing was sent."
            ) from error
        except BaseException:
            self._connection.close()
            raise

    def now(self) -> float:
        """Return the machine's time."""
        return self._clock.monotonic() + self._offset

    def is_interruption(self, error: Exception) -> bool:
        """Return False: a file that cannot be written needs a person."""
        return False

    @contextlib.contextmanager
    def transaction(self) -> Generator[None]:
        """Begin a transaction that holds the file's write lock."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._check_places()
            yield
            self._connection.execute("COMMIT")
            if self._claims is not None:
                self._mark.write(self._claims)
        except BaseException:
            # A full disk may have ended the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._claims = None

    def run(self, sql: str, values: Values | None = None) -> list[Row]:
        """Run one statement and return its rows."""
        return self._connection.execute(sql, values or {}).fetchall()

    def change(self, sql: str, values: Values | None = None) -> int:
        """Run one statement and return how many rows it changed."""
        return self._connection.execute(sql, values or {}).rowcount

    def run_given(self, sql: str, rows: Sequence[Row]) -> list[Row]:
        """Run one statement with a table of given rows, and return its rows."""
        found: list[Row] = []
        for table, values in given_tables(rows, "?"):
            found += self._connection.execute(sql.format(given=table), values).fetchall()
        return found

    def change_all(self, sql: str, rows: Iterable[Values]) -> int:
        """Run one statement for all of `rows` and return how many rows they changed together."""
        return max(0, self._connection.executemany(sql, rows).rowcount)

    def count_claims(self) -> None:
        """Count one more claim, here and, once it is committed, in the mark beside the file."""
        known = as_int(self._meta("claims") or 0)
        if (self._mark.read() or 0) > known:
            raise JournalError(
                f"the journal {self._path} has fallen back to an earlier state while it was in use: what it does not know is "
                "looked up by the next run. Nothing more was sent"
            )
        self._claims = known + 1
        self._set("claims", str(self._claims))
        self._set("last", repr(self.now()))

    def close(self) -> None:
        """Close the file and its mark."""
        self._mark.close()
        self._connection.close()

    def _open(self, marked: int | None) -> None:
        application = as_int(self.run("PRAGMA application_id")[0][0])
        tables = {as_text(row[0]) for row in self.run("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if application not in (0, APPLICATION_ID) or (tables and "scgapi_meta" not in tables):
            raise JournalError(
                f"{self._path} is a database of another program: give the journal a file of its own. Nothing was sent."
            )
        if tables:
            self._check()
        elif marked:
            raise JournalError(
                f"the journal {self._path} is empty, but {self._mark.path.name} beside it says that texts were sent "
                f"from it: {_ADVICE}. To begin anew, delete {self._mark.path.name}. Nothing was sent."
            )
        self.run("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = FULL")
        self.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        with self.transaction():
            if not tables:
                self.run(f"PRAGMA application_id = {APPLICATION_ID}")
            for table in TABLES:
                self.run(table.format(serial=self.serial))
            self._set("version", VERSION, replace=False)
            stored, last = self._meta("offset"), as_float(self._meta("last") or 0)
            boot = self._meta("boot") or ""
            self._offset = offset_of(self._clock, None if stored is None else float(stored), last, boot)
            self._set("offset", repr(self._offset))
            if stored is not None and self._clock.boot() != boot:
                # The clock of another start, or machine, tells how long ago that was only roughly.
                self.change(
                    "UPDATE scgapi_recipients SET due = :due WHERE state = 'INTENT' AND due < :due",
                    {"due": self.now() + FIRST_LOOK_UP_DELAY_SECONDS},
                )
            self._set("boot", self._clock.boot())
            claims = as_int(self._meta("claims") or 0)
            if not claims and marked is None:
                # Before the first claim is committed: from then on, a journal has its mark.
                self._mark.write(0)
            has_lost = claims > 0 if marked is None else marked > claims
            if has_lost:
                # Which requests are out is not known: each must be looked up before it is sent. A journal without its
                # mark may be a copy that was taken before the last of them.
                self._set("claims", str(claims + 1))
                self.change(
                    "UPDATE scgapi_recipients SET state = 'INTENT', send = COALESCE(send, id), owner = '', "
                    # A run that is alive may still make the request until its claim has run out.
                    "due = :pause + CASE WHEN owner <> '' AND due > :now THEN due ELSE :now END, attempt = attempt + 1, looks = 0, request_id = NULL, code = 'LOST', error = 'the journal had lost "
                    "its end' WHERE state IN ('PLANNED', 'INTENT', 'PREPARED')",
                    {"now": self.now(), "pause": FIRST_LOOK_UP_DELAY_SECONDS},
                )
        if has_lost:
            self._mark.reset(claims + 1)

    def _note_places(self) -> None:
        """Note which files these are: SQLite goes on with files that were taken away, and others begin without them."""
        real = self._path.resolve()
        for path in (real, real.with_name(real.name + "-wal")):
            self._places.append((path, path.stat()))

    def _check_places(self) -> None:
        for path, noted in self._places:
            try:
                found = path.stat()
            except OSError:
                found = None
            if found is None or not os.path.samestat(found, noted):
                raise _taken_away(path)
            if path == self._places[0][0] and found.st_nlink > 1:
                _refuse_second_names(path)
        if not self._mark.is_in_place():
            raise _taken_away(self._mark.path)

    def _check(self) -> None:
        """Raise if the file is not as SQLite wrote it, or is of another version."""
        found = as_text(self.run("PRAGMA integrity_check(1)")[0][0])
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        version = self._meta("version")
        if version != VERSION:
            raise JournalError(
                f"the journal {self._path} has version {version}, this scgapi reads version {VERSION}: use the scgapi "
                "that wrote it, or another file. Nothing was sent."
            )

    def _meta(self, key: str) -> str | None:
        rows = self.run("SELECT value FROM scgapi_meta WHERE key = :key", {"key": key})
        return as_text(rows[0][0]) if rows else None

    def _set(self, key: str, value: str, *, replace: bool = True) -> None:
        then = "UPDATE SET value = :value" if replace else "NOTHING"
        self.run(
            f"INSERT INTO scgapi_meta VALUES (:key, :value) ON CONFLICT (key) DO {then}",  # noqa: S608 - constants
            {"key": key, "value": value},
        )


def _taken_away(path: Path) -> JournalError:
    return JournalError(
        f"{path} was moved, replaced or deleted while it was in use: put it back, and run the campaign again. Nothing more "
        "was sent"
    )


def _refuse_second_names(path: Path) -> None:
    # Under each name, SQLite would keep a log of its own, and know nothing of the other.
    with contextlib.suppress(FileNotFoundError):
        names = path.stat().st_nlink
        if names > 1:
            raise JournalError(
                f"the journal {path} has {names} names (hard links), and each would have a log of its own: remove the others, "
                "or make copies of them. Nothing was sent."
            )


def is_mounted_alone(path: Path, mounts: str) -> bool:
    """Return True if a file is mounted by itself, from the text of /proc/mounts."""
    return any(_mount_point(line) == path for line in mounts.splitlines())


def file_system_of(path: Path, mounts: str) -> str:
    """Return the type of the file system that holds a path, from the text of /proc/mounts; empty if unknown."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        place = _mount_point(line)
        if place is not None and (place == path or place in path.parents) and len(place.parts) >= best:
            best, kind = len(place.parts), line.split(" ")[2]
    return kind


def _mount_point(line: str) -> Path | None:
    fields = line.split(" ")
    return Path(fields[1].replace("\\040", " ")) if len(fields) > 2 else None


def _check_mounts(path: Path) -> None:
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        mounts = Path("/proc/mounts").read_text(errors="replace")
        if is_mounted_alone(path.resolve(), mounts):
            raise JournalError(
                f"the journal {path} is a file that is mounted by itself, as containers do: its log would be elsewhere, and lost "
                "with the container. Mount its folder. Nothing was sent."
            )
        kind = file_system_of(path.resolve(), mounts)
        if kind.startswith(_NETWORK):
            warnings.warn(
                f"the journal {path} is on a network file system ({kind}), where SQLite's locks may fail and a text may "
                "be sent twice: put it on a local disk, or use PostgreSQL",
                stacklevel=6,
            )
