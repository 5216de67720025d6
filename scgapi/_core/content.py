"""Bytes that go up and come down: sources that can be read again, targets that are never half-written."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from scgapi._core.progress import OnProgress, tell
from scgapi.errors import InvalidArgumentError

CHUNK = 256 * 1024
"""Bytes that go up in one piece: each costs a change of threads beside an event loop."""


class Upload:
    """Content of known size that can be sent from its start more than once.

    Takes a path, bytes, or a binary file that can seek. A file is sent from where it stands and left open.
    """

    size: int

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        operation: str,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._path: Path | None = None
        self._operation = operation
        self._on_progress = on_progress
        if isinstance(source, bytes):
            self._file: BinaryIO = io.BytesIO(source)
        elif isinstance(source, str | os.PathLike):
            self._path = Path(source)
            self._file = _open(self._path, operation)
        elif callable(getattr(source, "read", None)):
            self._file = source
        else:
            raise InvalidArgumentError(
                f"{operation}: content must be a path, bytes or a binary file, got {type(source).__name__}",
                operation=operation,
                field="source",
            )
        try:
            self._start = self._file.tell()
            self.size = max(0, self._file.seek(0, os.SEEK_END) - self._start)
            self.rewind()
            if not isinstance(self._file.read(0), bytes):
                raise TypeError
        except (OSError, ValueError, AttributeError, TypeError):
            self.close()
            raise InvalidArgumentError(
                f"{operation}: the file must be binary and able to seek, to be sent again after a refused attempt; "
                "pass its path or its bytes",
                operation=operation,
                field="source",
            ) from None

    def rewind(self) -> None:
        """Go back to the start: a new attempt begins."""
        self._file.seek(self._start)
        self._left = self.size

    def read(self) -> bytes:
        """The next bytes, up to the size that was announced; empty at the end."""
        wanted = min(CHUNK, self._left)
        try:
            chunk = self._file.read(wanted)
        except (OSError, ValueError) as error:
            raise self._broken(f"cannot be read on: {error}") from None
        if wanted and not chunk:
            raise self._broken("has become shorter")
        self._left -= len(chunk)
        return chunk

    def report(self) -> None:
        """What was read has been sent: say how far it is."""
        tell(self._on_progress, self.size - self._left, self.size)

    def _broken(self, why: str) -> InvalidArgumentError:
        error = InvalidArgumentError(
            f"{self._operation}: the content {why}", operation=self._operation, field="source"
        )
        error.outcome = "UNKNOWN"
        return error

    def close(self) -> None:
        """Close the file if this object opened it."""
        if self._path is not None:
            self._file.close()


class Download:
    """A target that holds either the whole content or what it held before.

    With a path, the bytes go into a file beside it that takes its name when the content is complete.
    """

    def __init__(
        self,
        target: str | os.PathLike[str] | None,
        operation: str,
        *,
        overwrite: bool = False,
        on_progress: OnProgress | None = None,
    ) -> None:
        if not isinstance(target, str | os.PathLike | None):
            raise InvalidArgumentError(
                f"{operation}: target must be a path, got {type(target).__name__}",
                operation=operation,
                field="target",
            )
        self._target = None if target is None else Path(target)
        self._overwrite = overwrite
        self._operation = operation
        self._on_progress = on_progress
        self._done = 0
        self._total: int | None = None
        if self._target is None:
            self._file: BinaryIO = io.BytesIO()
            return
        if os.path.lexists(self._target) and (not overwrite or self._target.is_dir()):
            raise self._existing()
        # Not tempfile's: it would make the file unreadable to all others, whatever the umask says.
        self._part = self._target.with_name(f".{self._target.name}.{secrets.token_hex(8)}.part")
        try:
            self._file = self._part.open("x+b")
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise self._argument_error(f"cannot write beside {self._target}: {why}") from None

    def restart(self) -> None:
        """Forget what has come so far: a new attempt begins."""
        self._done = 0
        try:
            self._file.seek(0)
            self._file.truncate()
        except OSError as error:
            raise self._unwritable(error) from None

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        try:
            self._file.write(chunk)
        except OSError as error:
            raise self._unwritable(error) from None
        self._done += len(chunk)

    def expect(self, headers: Mapping[str, str]) -> None:
        """An answer has begun, with these headers (names in lower case): say so."""
        length = headers.get("content-length", "")
        # The length of packed content says nothing of what comes out of it.
        packed = headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
        self._total = int(length) if length.isdecimal() and not packed else None
        self.report()

    def report(self) -> None:
        """Say how far it is."""
        tell(self._on_progress, self._done, self._total)

    def arrived(self) -> None:
        """Everything has come: say so if nobody could know before."""
        if self._total is None:
            self._total = self._done
            self.report()

    def complete(self) -> bytes:
        """Give the target its name; return the content if there is no target."""
        if self._target is None:
            self._file.seek(0)
            return self._file.read()
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self._overwrite:
                self._part.replace(self._target)
                return b""
        except OSError as error:
            raise self._unwritable(error) from None
        try:
            os.link(self._part, self._target)  # unlike a rename it fails where a file has appeared meanwhile
        except FileExistsError:
            raise self._existing() from None
        except OSError:  # a file system without hard links
            if os.path.lexists(self._target):
                raise self._existing() from None
            self._part.replace(self._target)
        return b""

    def close(self) -> None:
        """Remove what was not completed."""
        with contextlib.suppress(OSError):  # a full disk refuses once more what is still to be written
            self._file.close()
        if self._target is not None:
            self._part.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> InvalidArgumentError:
        return self._argument_error(f"cannot write beside {self._target}: {error.strerror}")

    def _existing(self) -> InvalidArgumentError:
        is_folder = self._target is not None and self._target.is_dir()
        how = " and is a folder" if is_folder else "; pass overwrite=True to replace it"
        return self._argument_error(f"{self._target} exists{how}")

    def _argument_error(self, text: str) -> InvalidArgumentError:
        return InvalidArgumentError(f"{self._operation}: {text}", operation=self._operation, field="target")


def _open(path: Path, operation: str) -> BinaryIO:
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise InvalidArgumentError(
            f"{operation}: cannot read {path}: {why}; nothing was sent",
            operation=operation,
            field="source",
        ) from None
