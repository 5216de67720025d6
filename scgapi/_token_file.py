"""Where the newest token is kept: in a file that processes share, or in memory. All of it may block for a moment."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from scgapi._core.token_state import Stored
from scgapi._threads.concurrency import Homes
from scgapi.errors import ConfigurationError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MOST = 65536  # bytes of a token file

# No link is followed, and a pipe in the file's place keeps nobody waiting.
_PLAIN = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_HELD: set[int] = set()  # the descriptors of locks that this process holds


class TokenStore(Protocol):
    """Keeps one token."""

    def read(self) -> Stored:
        """What is kept now; whoever holds the lock may be about to change it."""
        ...

    def write(self, stored: Stored) -> None:
        """Keep this from now on: it is there for good when this returns. The lock must be held."""
        ...

    def lock(self) -> Callable[[], None] | None:
        """Take the lock of all who share the store; what it returns lets go. None: somebody else has it."""
        ...


class Hold:
    """The store's lock in the hand of one renewal, and the store while it is held.

    Its methods may run in other threads than the one that has given the renewal up: none works after `release`.
    """

    def __init__(self, store: TokenStore) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._unlock: Callable[[], None] | None = None
        self._over = False

    def take(self) -> bool:
        """Try to take the lock, without waiting for it."""
        with self._turn:
            if not self._over:
                self._unlock = self._store.lock()
            return self._unlock is not None

    def read(self) -> Stored:
        """What is kept."""
        return self._store.read()

    def write(self, stored: Stored) -> None:
        """Keep this."""
        with self._turn:
            if not self._over:
                self._store.write(stored)

    def replace(self, seen: Stored, new: Stored) -> Stored:
        """Keep the new token in place of the one seen. A third one stays, and comes back: the lock was broken."""
        with self._turn:
            found = self._store.read()
            if found.token not in (None, seen.token):
                return found
            if not self._over:
                self._store.write(new)
            return new

    def release(self) -> None:
        """Let go, whether it was taken or not."""
        with self._turn:
            self._over = True
            unlock, self._unlock = self._unlock, None
            if unlock is not None:
                unlock()


class TokenMemory:
    """Keeps the token of one client."""

    def __init__(self, token: str | None) -> None:
        self._stored = Stored(token)
        self._locks = Homes(threading.Lock)

    def read(self) -> Stored:
        """What is kept now."""
        return self._stored

    def write(self, stored: Stored) -> None:
        """Keep this from now on."""
        self._stored = stored

    def lock(self) -> Callable[[], None] | None:
        """Take the lock of the threads and event loops of this process."""
        lock = self._locks.here()
        return lock.release if lock.acquire(blocking=False) else None


class TokenFile:
    """Keeps a token in a file that only its owner can read, replaced as a whole; its lock is a file beside it."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._lock_path = self._path.with_name(self._path.name + ".lock")
        self._ours = (f".{self._path.name}.", ".tmp")

    def read(self) -> Stored:
        """What the file holds; nothing if there is none, or an empty one.

        Raises:
            ConfigurationError: it is not ours, others may read it, or it is no token file.
        """
        try:
            content = _private_content(self._path)
        except FileNotFoundError:
            return Stored()
        except OSError as error:
            raise self._unusable("read", error) from None
        try:
            return Stored.from_json(content)
        except ValueError as error:
            why = str(error)
        raise ConfigurationError(
            f"{self._path}: {why}, and is left as it is. If it was meant for something else, give another token_file; "
            "otherwise remove it: a new one is made from the token, key and secret of the credentials"
        )

    def write(self, stored: Stored) -> None:
        """Replace the file; it is on the disk when this returns.

        Raises:
            ConfigurationError: it cannot be written; the file is as it was.
        """
        try:
            self._sweep()
            self._replace(stored.to_json())
        except OSError as error:
            raise self._unusable("written", error) from None

    def lock(self) -> Callable[[], None] | None:
        """Take the lock of all processes; the kernel takes it back from one that dies.

        Raises:
            ConfigurationError: the lock file cannot be made.
        """
        try:
            number = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | _PLAIN, 0o600)
        except OSError as error:
            raise ConfigurationError(
                f"{self._lock_path}: the lock of the token file cannot be made: {error.strerror}"
            ) from None
        _HELD.add(number)
        try:
            _lock(number)
        except OSError as error:
            _HELD.discard(number)
            os.close(number)
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                return None
            raise ConfigurationError(
                f"{self._lock_path}: cannot be locked: {error.strerror}. Put the token file on a local disk"
            ) from None

        def unlock() -> None:
            if number in _HELD:  # not so in a fork, which has closed its copy
                _HELD.discard(number)
                _unlock(number)
                os.close(number)

        return unlock

    def _sweep(self) -> None:
        """Remove what a process that was killed has left: only who holds the lock writes."""
        start, end = self._ours
        for entry in os.scandir(self._path.parent):
            middle = entry.name.removeprefix(start).removesuffix(end)
            # A dot in it: that of another token file, whose name begins like this one's.
            if entry.name == f"{start}{middle}{end}" and "." not in middle:
                os.unlink(entry.path)

    def _replace(self, content: bytes) -> None:
        start, end = self._ours
        number, name = tempfile.mkstemp(end, start, self._path.parent)  # 0600
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self._path)
        except BaseException:
            os.unlink(name)
            raise
        if sys.platform != "win32":
            folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _unusable(self, verb: str, error: OSError) -> ConfigurationError:
        why = "it is a symbolic link" if error.errno == errno.ELOOP else error.strerror or str(error)
        return ConfigurationError(f"{self._path}: the token file cannot be {verb}: {why}")


def _private_content(path: Path) -> bytes:
    number = os.open(path, os.O_RDONLY | _PLAIN)
    try:
        _refuse_what_is_not_private(os.fstat(number))
        return os.read(number, MOST)
    finally:
        os.close(number)


def _refuse_what_is_not_private(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError("it is no regular file")
    if sys.platform != "win32":
        if found.st_uid != os.geteuid():
            raise OSError("it belongs to another user; give a token_file of your own")
        if found.st_mode & 0o077:
            raise OSError(f"others may read or write it (mode {found.st_mode & 0o777:03o}): chmod 600 it")


if sys.platform == "win32":

    def _lock(number: int) -> None:
        os.lseek(number, 0, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

    def _unlock(number: int) -> None:
        os.lseek(number, 0, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)

else:

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_UN)

    def _forget() -> None:
        """A fork's copy of a descriptor would keep the lock from everybody when its holder has died."""
        for number in _HELD:
            os.close(number)
        _HELD.clear()

    os.register_at_fork(after_in_child=_forget)
