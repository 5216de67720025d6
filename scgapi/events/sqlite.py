"""Handled events in a file, which all processes of a machine may share."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from typing_extensions import Self

from scgapi.events.stores import LEASE, WEEK, Claim, check_times

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (key TEXT PRIMARY KEY, handled INTEGER NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS events_until ON events (until);
"""
_CLAIM = """
INSERT INTO events VALUES (:key, 0, :now + :lease)
ON CONFLICT (key) DO UPDATE SET handled = 0, until = :now + :lease WHERE until <= :now
"""
_SWEEP = 1000


class SqliteStore:
    """Handled events in a SQLite file on a local disk; any number of threads and processes may share it.

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
        ttl: float = WEEK,
        lease: float = LEASE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        check_times(ttl, lease)
        self._path, self._ttl, self._lease, self._clock = path, ttl, lease, clock
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._claims = 0

    def claim(self, key: str) -> Claim:
        """Take the event unless it was handled, or is taken."""
        now = self._clock()
        with self._lock:
            connection = self._connected()
            if self._claims % _SWEEP == 0:
                connection.execute("DELETE FROM events WHERE until <= ?", (now,))
            self._claims += 1
            changed = connection.execute(_CLAIM, {"key": key, "now": now, "lease": self._lease}).rowcount
            if changed:
                return Claim.NEW
            row = connection.execute("SELECT handled FROM events WHERE key = ?", (key,)).fetchone()
        return Claim.HANDLED if row is not None and row[0] else Claim.TAKEN

    def settle(self, key: str, *, handled: bool) -> None:
        """End a claim."""
        with self._lock:
            if handled:
                self._connected().execute(
                    "REPLACE INTO events VALUES (?, 1, ?)", (key, self._clock() + self._ttl)
                )
            else:
                self._connected().execute("DELETE FROM events WHERE key = ? AND NOT handled", (key,))

    def close(self) -> None:
        """Close the file; it is opened again by its next use. Closing twice does no harm."""
        with self._lock:
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({os.fspath(self._path)!r})"

    def _connected(self) -> sqlite3.Connection:
        # A connection may not cross a fork, and servers fork after they have loaded the application.
        if self._connection is None or self._owner != os.getpid():
            made = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
            try:
                made.execute("PRAGMA journal_mode = WAL")
                made.execute("PRAGMA synchronous = NORMAL")
                made.executescript(_SCHEMA)
            except BaseException:
                made.close()
                raise
            self._connection, self._owner = made, os.getpid()
        return self._connection
