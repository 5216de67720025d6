"""Files that hold secrets, and the lock of one that only one process may use."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextlib.contextmanager
def locked(path: Path) -> Generator[None, None, None]:
    """Keep other processes from using a file while the block lasts, by a lock on `NAME.lock` beside it.

    The lock file stays: a process that waits for it might have it open. The system frees the lock of one that dies.

    Raises:
        BlockingIOError: another process uses the file.
        OSError: the lock file cannot be made.
    """
    path = path.resolve()
    number = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            if sys.platform == "win32":
                msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            raise BlockingIOError(error.errno, "another process uses it") from None
        yield
    finally:
        os.close(number)


def write_private(path: Path, content: bytes) -> None:
    """Write a file atomically, readable by its owner only.

    Raises:
        OSError: the file cannot be written. It is left unchanged.
    """
    # The temporary file's mode is 0600. Symbolic links are followed.
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
