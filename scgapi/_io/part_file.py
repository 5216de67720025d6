"""Part files: temporary files of downloads, locked while they are in use."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from scgapi._io.clock import monotonic

if sys.platform != "win32":
    import fcntl

_PART_FILE_NAME = re.compile(r"\.[0-9a-f]{16}\.scgapi-part")
_OPEN_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_SWEEP_INTERVAL_FACTOR = 100
"""Ratio of the time between two sweeps of a folder to the time that a sweep takes."""
_MAX_FOLDERS = 1000
"""Folders whose next sweep is remembered."""

_next_sweeps: dict[Path, float] = {}


class PartFile:
    """A temporary file beside a target, renamed to the target when it is complete.

    Attributes:
        file: the open file.

    Raises:
        OSError, ValueError: no file can be created there.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        while True:
            # tempfile would ignore the umask, and let only the owner read the file.
            self._path = target.with_name(f".{secrets.token_hex(8)}.scgapi-part")
            self.file: BinaryIO = self._path.open("x+b")
            if _lock_new(self.file.fileno()):
                return
            self.file.close()

    def publish(self, *, overwrite: bool) -> None:
        """Rename the file to its target.

        Raises:
            FileExistsError: the target exists by now, and `overwrite` is not set.
            OSError: the file cannot be renamed.
        """
        if sys.platform == "win32":
            # Windows cannot rename an open file.
            self.file.close()
        if overwrite:
            self._path.replace(self._target)
            return
        try:
            # Unlike a rename, a hard link fails if the target exists.
            os.link(self._path, self._target)
        except FileExistsError:
            raise
        except OSError:
            # The file system has no hard links.
            if os.path.lexists(self._target):
                raise FileExistsError from None
            self._path.replace(self._target)

    def discard(self) -> None:
        """Close the file, and remove it if it was not published."""
        # On a full disk, closing fails again on what is still buffered.
        with contextlib.suppress(OSError):
            self.file.close()
        self._path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove part files that killed processes have left in this folder.

        The larger the folder, the rarer a sweep: it takes at most a hundredth of the time.
        """
        folder, began = self._target.parent, monotonic()
        if began < _next_sweeps.get(folder, 0.0):
            return
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if _PART_FILE_NAME.fullmatch(entry.name):
                    _remove_if_unused(entry.path)
        if len(_next_sweeps) >= _MAX_FOLDERS:
            _next_sweeps.clear()
        ended = monotonic()
        _next_sweeps[folder] = ended + _SWEEP_INTERVAL_FACTOR * (ended - began)


if sys.platform == "win32":

    def _lock_new(number: int) -> bool:
        """Return True: on Windows, an open file cannot be removed."""
        return True

    def _remove_if_unused(path: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(path)

else:

    def _lock_new(number: int) -> bool:
        """Lock a new file. Return False if another process has just removed it as unused."""
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # The file system has no locks: sweeps remove nothing there.
            pass
        return os.fstat(number).st_nlink > 0

    def _remove_if_unused(path: str) -> None:
        with contextlib.suppress(OSError):
            number = os.open(path, os.O_RDWR | _OPEN_FLAGS)
            try:
                found = os.fstat(number)
                if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid():
                    fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    os.unlink(path)
            finally:
                os.close(number)
