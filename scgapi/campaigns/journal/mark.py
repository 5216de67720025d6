"""A file beside an SQLite journal that tells whether the journal has lost its end.

SQLite drops the end of a write-ahead log that was cut, and opens at an earlier state: recipients whose request is out
would be PLANNED again. The mark counts the claims that were committed, and is on disk before their requests leave.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator
from pathlib import Path

_FILE_BYTES = 20
"""Length of the file, which holds one number in ASCII digits."""


class Mark:
    """The number of committed claims, in a file of its own.

    Args:
        path: the journal's path.
    """

    def __init__(self, path: Path) -> None:
        # Beside the file itself: a link to it elsewhere is the same journal.
        real = path.resolve()
        self.path: Path = real.with_name(real.name + "-mark")
        self._file: int | None = None

    def read(self) -> int | None:
        """Return the number of claims; None if there is no mark."""
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return None
        # A mark that cannot be read proves nothing: the journal is then taken to have lost its end.
        return int(text) if len(text) == _FILE_BYTES and text.isdigit() else sys.maxsize

    def write(self, claims: int) -> None:
        """Raise the mark to this number, on disk."""
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with _locked(self._file):
            os.lseek(self._file, 0, os.SEEK_SET)
            known = os.read(self._file, _FILE_BYTES)
            if not (known.isdigit() and int(known) >= claims):
                # The same length each time: the file never shrinks, and is written in one sector.
                os.lseek(self._file, 0, os.SEEK_SET)
                os.write(self._file, b"%0*d" % (_FILE_BYTES, claims))
                os.fsync(self._file)

    def is_in_place(self) -> bool:
        """Return False if the file was moved, replaced or deleted since it was opened."""
        return self._file is None or is_at(self.path, self._file)

    def reset(self, claims: int) -> None:
        """Set the mark to this number, higher or lower."""
        self.close()
        self.path.unlink(missing_ok=True)
        self.write(claims)

    def close(self) -> None:
        """Close the file; it is opened again by its next use."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def is_at(path: Path, file: int) -> bool:
    """Return True if an open file is the one at a path."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except OSError:
        return False


@contextlib.contextmanager
def _locked(file: int) -> Generator[None]:
    if sys.platform == "win32":
        yield
        return
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
