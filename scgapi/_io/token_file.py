"""Stores of the latest token: a file that processes share, or memory. All functions may block for a moment."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Protocol

from scgapi._core.token_state import StoredToken
from scgapi._io.threads.concurrency import PerProcess
from scgapi.errors import ConfigurationError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

log = logging.getLogger("scgapi.tokens")

MAX_FILE_BYTES = 65536
"""Bytes that are read of a token file."""

# Symbolic links are not followed, and opening a pipe does not block.
_OPEN_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
# File descriptors of the locks that this process holds.
_LOCK_DESCRIPTORS: set[int] = set()


class TokenStore(Protocol):
    """A store of one token."""

    def read(self) -> StoredToken:
        """Return what is stored now. A process that holds the lock may be about to change it."""
        ...

    def write(self, stored: StoredToken) -> None:
        """Store a token durably. The caller holds the lock."""
        ...

    def write_or_buffer(self, seen: StoredToken, new: StoredToken) -> None:
        """Replace the token `seen` by `new`, at least in this process. The caller holds the lock."""
        ...

    @property
    def is_unsaved(self) -> bool:
        """True if a token is in the memory of this process only, because it could not be written."""
        ...

    def save(self) -> StoredToken | None:
        """Write the unsaved token, and return what is stored; None if it still cannot be written. The caller holds the lock."""
        ...

    def lock(self) -> Callable[[], None] | None:
        """Take the lock that all users of the store share. Return the function that releases it; None if it is taken."""
        ...


class StoreLock:
    """The store's lock for one refresh, and access to the store while the lock is held.

    A method may still run in a thread after its refresh was given up: after `release`, no method changes the store.
    """

    def __init__(self, store: TokenStore) -> None:
        self._store = store
        self._mutex = threading.Lock()
        self._unlock: Callable[[], None] | None = None
        self._released = False

    def acquire(self) -> bool:
        """Try to take the lock without waiting. Return True if it is held."""
        with self._exclusive():
            if not self._released:
                self._unlock = self._store.lock()
            return self._unlock is not None

    def read(self) -> StoredToken:
        """Return what is stored."""
        return self._store.read()

    def write(self, stored: StoredToken) -> None:
        """Store a token, unless the lock was released."""
        with self._exclusive():
            if not self._released:
                self._store.write(stored)

    def replace(self, seen: StoredToken, new: StoredToken) -> StoredToken:
        """Replace the token `seen` by `new`. Return what is stored: a third token stays, for then the lock was broken."""
        with self._exclusive():
            found = self._store.read()
            if found.token not in (None, seen.token):
                return found
            if not self._released:
                self._store.write_or_buffer(seen, new)
            return new

    def save(self) -> StoredToken | None:
        """Write the token that could not be written before. Return what is stored; None if it still cannot be written."""
        with self._exclusive():
            return self._store.save() if not self._released else None

    def release(self) -> None:
        """Release the lock if it is held, without waiting. A method that still runs releases it at its end."""
        self._released = True
        self._unlock_if_released()

    @contextlib.contextmanager
    def _exclusive(self) -> Generator[None]:
        try:
            with self._mutex:
                yield
        finally:
            self._unlock_if_released()

    def _unlock_if_released(self) -> None:
        # Checked after each method and in release(): one of the two sees both `_released` and the lock.
        while self._released and self._unlock is not None and self._mutex.acquire(blocking=False):
            try:
                unlock, self._unlock = self._unlock, None
                if unlock is not None:
                    unlock()
            finally:
                self._mutex.release()


class TokenMemory:
    """The store of one client's token in memory."""

    def __init__(self, token: str | None) -> None:
        self._stored = StoredToken(token)
        self._locks = PerProcess(threading.Lock)

    def read(self) -> StoredToken:
        """Return what is stored."""
        return self._stored

    def write(self, stored: StoredToken) -> None:
        """Store a token."""
        self._stored = stored

    is_unsaved = False

    def write_or_buffer(self, seen: StoredToken, new: StoredToken) -> None:
        """Store a token."""
        self._stored = new

    def save(self) -> StoredToken | None:
        """Return what is stored: memory needs no writing."""
        return self._stored

    def lock(self) -> Callable[[], None] | None:
        """Take the lock that the threads and event loops of this process share."""
        lock = self._locks.get()
        return lock.release if lock.acquire(blocking=False) else None


class TokenFile:
    """The store of a token in a file that only its owner can read. It is replaced atomically; a file beside it is the lock."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._lock_path = self._path.with_name(self._path.name + ".lock")
        self._temporary = (f".{self._path.name}.", ".tmp")
        self._unsaved: tuple[str | None, StoredToken] | None = None

    @property
    def is_unsaved(self) -> bool:
        """True if a token is in the memory of this process only, because it could not be written."""
        return self._unsaved is not None

    def read(self) -> StoredToken:
        """Return the file's content, or the token that could not be written; an empty value if there is neither.

        Raises:
            ConfigurationError: the file belongs to another user, others may read it, or it is not a token file.
        """
        found, unsaved = self._read(), self._unsaved
        if unsaved is None:
            return found
        if found.token in (None, unsaved[0]):
            return unsaved[1]
        # Another process has written a newer one.
        self._unsaved = None
        return found

    def _read(self) -> StoredToken:
        try:
            content = _private_content(self._path)
        except FileNotFoundError:
            return StoredToken()
        except OSError as error:
            raise self._unusable("read", error) from None
        try:
            return StoredToken.from_json(content)
        except ValueError as error:
            why = str(error)
        raise ConfigurationError(
            f"{self._path}: {why}, and is left as it is. If it was meant for something else, give another token_file; "
            "otherwise remove it: a new one is made from the token, key and secret of the credentials"
        )

    def write(self, stored: StoredToken) -> None:
        """Replace the file; return when it is on the disk.

        Raises:
            ConfigurationError: the file cannot be written, and is unchanged.
        """
        unsaved = self._unsaved
        if unsaved is None:
            self._write(stored)
        else:
            # The file is outdated already: if this cannot be written either, nothing more is lost.
            self._write_or_buffer(unsaved[0], stored)

    def write_or_buffer(self, seen: StoredToken, new: StoredToken) -> None:
        """Replace the file; if it cannot be written, keep the new token in memory and log that.

        The token service has revoked the old token by now: raising would lose the new one.
        """
        self._write_or_buffer(seen.token if self._unsaved is None else self._unsaved[0], new)

    def save(self) -> StoredToken | None:
        """Write the token that is in memory. Return what is stored; None if it still cannot be written."""
        kept = self.read()
        if self._unsaved is not None:
            self._write_or_buffer(self._unsaved[0], kept)
        return kept if self._unsaved is None else None

    def _write_or_buffer(self, seen: str | None, new: StoredToken) -> None:
        try:
            self._write(new)
        except ConfigurationError as error:
            first, self._unsaved = self._unsaved is None, (seen, new)
            log.log(
                logging.WARNING if first else logging.DEBUG,
                "%s. The refreshed token is held in memory and written later; other processes that share the file "
                "may have to wait for it",
                error.message,
            )
        else:
            if self._unsaved is not None:
                log.info("%s: the refreshed token is written now", self._path)
            self._unsaved = None

    def _write(self, stored: StoredToken) -> None:
        try:
            self._sweep()
            self._replace(stored.to_json())
        except OSError as error:
            raise self._unusable("written", error) from None

    def lock(self) -> Callable[[], None] | None:
        """Take the lock that all processes share. The kernel releases it if its process dies.

        Raises:
            ConfigurationError: the lock file cannot be created.
        """
        try:
            number = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | _OPEN_FLAGS, 0o600)
        except OSError as error:
            raise ConfigurationError(
                f"{self._lock_path}: the lock of the token file cannot be made: {error.strerror}"
            ) from None
        _LOCK_DESCRIPTORS.add(number)
        try:
            _lock(number)
        except OSError as error:
            _LOCK_DESCRIPTORS.discard(number)
            os.close(number)
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                return None
            raise ConfigurationError(
                f"{self._lock_path}: cannot be locked: {error.strerror}. Put the token file on a local disk"
            ) from None

        def unlock() -> None:
            # A forked child has closed its copy.
            if number in _LOCK_DESCRIPTORS:
                _LOCK_DESCRIPTORS.discard(number)
                _unlock(number)
                os.close(number)

        return unlock

    def _sweep(self) -> None:
        """Remove temporary files that a killed process has left. No other process writes now: the lock is held."""
        start, end = self._temporary
        for entry in os.scandir(self._path.parent):
            middle = entry.name.removeprefix(start).removesuffix(end)
            # With a dot, it belongs to another token file whose name begins with this one's.
            if entry.name == f"{start}{middle}{end}" and "." not in middle:
                os.unlink(entry.path)

    def _replace(self, content: bytes) -> None:
        start, end = self._temporary
        # Created with mode 0600.
        number, name = tempfile.mkstemp(end, start, self._path.parent)
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
    number = os.open(path, os.O_RDONLY | _OPEN_FLAGS)
    try:
        _check_private(os.fstat(number))
        return os.read(number, MAX_FILE_BYTES)
    finally:
        os.close(number)


def _check_private(found: os.stat_result) -> None:
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

    def _close_in_child() -> None:
        """Close a forked child's copies of the descriptors: they would keep the lock after its holder has died."""
        for number in _LOCK_DESCRIPTORS:
            os.close(number)
        _LOCK_DESCRIPTORS.clear()

    os.register_at_fork(after_in_child=_close_in_child)
