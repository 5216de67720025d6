"""A store of handled events in a file, which all processes of a machine can share."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from typing_extensions import Self

from scgapi._io.clock import time_of_day
from scgapi.events.forking import ForkAware
from scgapi.events.stores import LEASE_SECONDS, WEEK_SECONDS, Claim, check_times

T = TypeVar("T")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS claims (
    key TEXT PRIMARY KEY, token TEXT NOT NULL, handled INTEGER NOT NULL, since REAL NOT NULL, until REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claims_until ON claims (until);
"""
# A claim that lies further ahead than it lasts was made before the clock was set back.
_IS_OVER = "(until <= :now OR (NOT handled AND since - (until - since) >= :now))"
_FIND = f"SELECT handled FROM claims WHERE key = :key AND NOT {_IS_OVER}"  # noqa: S608 - of constants
_CLAIM = f"""
INSERT INTO claims VALUES (:key, :token, 0, :now, :now + :lease)
ON CONFLICT (key) DO UPDATE SET token = :token, handled = 0, since = :now, until = :now + :lease WHERE {_IS_OVER}
"""  # noqa: S608 - of constants
_KEEP = "REPLACE INTO claims VALUES (:key, :token, 1, :now, :now + :ttl)"
_FREE = "DELETE FROM claims WHERE key = :key AND NOT handled AND (:token = '' OR token = :token)"
_SWEEP = "DELETE FROM claims WHERE until <= :now"
_CLAIMS_PER_SWEEP = 1000

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# Seconds between looks at a file that another program writes to; 3 s in all.
_PAUSE_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, *[0.05] * 59)


class SqliteStore(ForkAware):
    """A store of handled events in a SQLite file on a local disk, for any number of threads and processes.

    While another program holds the file's write lock, a call tries again for 3 seconds and then raises.

    Args:
        path: the file; it is made if it is not there.
        ttl: seconds that a handled event is remembered.
        lease: seconds after which a claim that was never settled (its process died) runs out.
        clock: the time in seconds since 1970.
    """

    waits = True

    def __init__(
        self,
        path: str | Path,
        *,
        ttl: float = WEEK_SECONDS,
        lease: float = LEASE_SECONDS,
        clock: Callable[[], float] = time_of_day,
    ) -> None:
        check_times(ttl, lease)
        super().__init__()
        self._path, self._ttl, self._lease, self._clock = path, ttl, lease, clock
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._claims = 0

    def claim(self, key: str, token: str = "") -> Claim:
        """Claim the event unless it was handled or is claimed."""

        def claim(connection: sqlite3.Connection) -> Claim:
            values = {"key": key, "token": token, "now": self._clock(), "lease": self._lease}
            if self._claims % _CLAIMS_PER_SWEEP == 0:
                connection.execute(_SWEEP, values)
            self._claims += 1
            # Read first, which needs no lock: a handled event is recognised while another program writes.
            found = connection.execute(_FIND, values).fetchone()
            if found is None and connection.execute(_CLAIM, values).rowcount:
                return Claim.NEW
            found = found or connection.execute(_FIND, values).fetchone()
            return Claim.HANDLED if found is not None and found[0] else Claim.TAKEN

        return self._with_retries(claim)

    def settle(self, key: str, token: str = "", *, handled: bool) -> None:
        """End a claim. Without a token, end any claim of the event."""

        def settle(connection: sqlite3.Connection) -> None:
            values = {"key": key, "token": token, "now": self._clock(), "ttl": self._ttl}
            connection.execute(_KEEP if handled else _FREE, values)

        self._with_retries(settle)

    def close(self) -> None:
        """Close the file; it is opened again by its next use. Closing twice does no harm."""
        with self._lock:
            self._close_inherited()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({os.fspath(self._path)!r})"

    def _close_inherited(self) -> None:
        # SQLite's locks belong to the process: a child that inherits an open connection takes the
        # parent's locks for its own, and the file is corrupted when one of them closes it.
        if self._connection is not None and self._owner == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _with_retries(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work`, again and again while another program locks the file; other threads run in between.

        Raises:
            sqlite3.OperationalError: the lock was not free in time.
        """
        # SQLite's own waiting would block other threads of this store, and all of a program under gevent.
        for pause in _PAUSE_SECONDS:
            try:
                with self._lock:
                    return work(self._connect())
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in _BUSY:
                    raise
            time.sleep(pause)
        with self._lock:
            return work(self._connect())

    def _connect(self) -> sqlite3.Connection:
        if self._connection is not None and self._owner != os.getpid():
            raise RuntimeError(
                f"{self!r} was open when its process was forked without Python's fork hooks; close() it before the fork, "
                "or have the server call the hooks (uWSGI: --py-call-uwsgi-fork-hooks)"
            )
        if self._connection is None:
            made = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                made.execute("PRAGMA journal_mode = WAL")
                made.execute("PRAGMA synchronous = NORMAL")
                made.executescript(_SCHEMA)
            except BaseException:
                made.close()
                raise
            self._connection, self._owner = made, os.getpid()
        return self._connection
