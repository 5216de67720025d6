"""Contents of attachments: uploads that can be sent again, downloads that are never half-written."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar

from scgapi._core.progress import CallbackError, OnProgress, report_progress
from scgapi._core.text import describe_path
from scgapi._http.decoding import UnreadableBody
from scgapi._io.part_file import PartFile
from scgapi.errors import InvalidArgumentError

T = TypeVar("T")

CHUNK_BYTES = 256 * 1024
"""Bytes that are uploaded at a time. Under an event loop, each chunk costs a switch of threads."""
MAX_IN_MEMORY_BYTES = 64 * 1024 * 1024
"""Default limit of a download that is returned as bytes. A download into a file has no limit."""

_HEAD_BYTES = 1000
"""Bytes at the start of an upload that are kept to recognise them in an error."""


class Upload:
    """Content of known size that can be sent from its start more than once.

    The source is a path, bytes, or a seekable binary file. A file is sent from its current position and left open.
    """

    size: int
    head: bytes
    """The first bytes that were read, to recognise them in an error that repeats them."""

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        operation: str,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._path: Path | None = None
        self.head = b""
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
            self._file.seek(self._start)
            self._remaining = self.size
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
        """Go back to the start, for a new attempt."""
        self._use_file(lambda: self._file.seek(self._start), "again")
        self._remaining = self.size

    def read(self) -> bytes:
        """Return the next bytes, up to the announced size; empty at the end."""
        wanted = min(CHUNK_BYTES, self._remaining)
        chunk = self._use_file(lambda: self._file.read(wanted), "on")
        if not isinstance(chunk, bytes):
            raise self._source_error("is no longer binary")
        if wanted and not chunk:
            raise self._source_error("has become shorter")
        self.head = self.head or chunk[:_HEAD_BYTES]
        self._remaining -= len(chunk)
        return chunk

    def report(self) -> None:
        """Report the progress: all bytes that were read have been sent."""
        report_progress(self._on_progress, self.size - self._remaining, self.size)

    def _use_file(self, use: Callable[[], T], how: str) -> T:
        """Call a function that uses the file, which may be the user's own object.

        Raises:
            InvalidArgumentError: the file cannot be read.
            CallbackError: the user's object raised an error of its own, which the user must see.
        """
        try:
            return use()
        except (OSError, ValueError) as error:
            raise self._source_error(f"cannot be read {how}: {error}") from None
        except Exception as error:  # noqa: BLE001 - the user's own error, of any kind
            reason = error
        # Raised outside the except block: it must not become the context of the user's own error.
        raise CallbackError(reason)

    def _source_error(self, why: str) -> InvalidArgumentError:
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
    """The target of a download: a file, or memory.

    The file is written beside its path, and renamed to it when the content is complete.
    """

    def __init__(
        self,
        target: str | os.PathLike[str] | None,
        operation: str,
        *,
        overwrite: bool = False,
        max_bytes: int | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._operation = operation
        if not isinstance(target, str | os.PathLike | None):
            raise self._argument_error(f"target must be a path, got {type(target).__name__}")
        self._max_bytes = self._checked_limit(target, max_bytes)
        self._target = None if target is None else Path(target)
        self._overwrite = overwrite
        self._on_progress = on_progress
        self._done = 0
        self._total: int | None = None
        if self._target is None:
            self._file: BinaryIO = io.BytesIO()
            return
        if os.path.lexists(self._target) and (not overwrite or self._target.is_dir()):
            raise self._existing()
        try:
            self._part = PartFile(self._target)
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise self._argument_error(f"cannot write beside {self._target}: {why}") from None
        self._file = self._part.file

    def restart(self) -> None:
        """Discard the bytes so far, for a new attempt."""
        self._done = 0
        if self._target is not None:
            self._part.sweep()
        try:
            self._file.seek(0)
            self._file.truncate()
        except OSError as error:
            raise self._unwritable(error) from None

    def write(self, chunk: bytes) -> None:
        """Write the next bytes.

        Raises:
            UnreadableBody: they exceed the limit.
        """
        self._check_limit(self._done + len(chunk))
        try:
            self._file.write(chunk)
        except OSError as error:
            raise self._unwritable(error) from None
        self._done += len(chunk)

    def expect(self, headers: Mapping[str, str]) -> None:
        """Report the start of a response with these headers; names are in lower case.

        Raises:
            UnreadableBody: it announces a body that exceeds the limit.
        """
        length = headers.get("content-length", "")
        # The length of a compressed body does not say how long it is decompressed.
        compressed = headers.get("content-encoding", "identity").strip().lower() not in ("", "identity")
        self._total = int(length) if length.isdecimal() and not compressed else None
        self._check_limit(self._total or 0)
        self.report()

    def report(self) -> None:
        """Report the progress."""
        report_progress(self._on_progress, self._done, self._total)

    def finish(self) -> None:
        """Report the end of the download, if its length was not known before."""
        if self._total is None:
            self._total = self._done
            self.report()

    def complete(self) -> bytes:
        """Rename the file to its target; without a target, return the content."""
        if self._target is None:
            self._file.seek(0)
            return self._file.read()
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._part.publish(overwrite=self._overwrite)
        except FileExistsError:
            raise self._existing() from None
        except OSError as error:
            raise self._unwritable(error) from None
        return b""

    def close(self) -> None:
        """Close the target, and remove an incomplete file."""
        # On a full disk, closing fails again on what is still buffered.
        with contextlib.suppress(OSError):
            self._file.close()
        if self._target is not None:
            self._part.discard()

    def _checked_limit(self, target: object, max_bytes: int | None) -> int | None:
        if max_bytes is None:
            return MAX_IN_MEMORY_BYTES if target is None else None
        if target is not None:
            raise self._argument_error("max_bytes goes without a target: a file has no limit", "max_bytes")
        if type(max_bytes) is not int or max_bytes < 1:
            raise self._argument_error(f"max_bytes must be a positive int, got {max_bytes!r}", "max_bytes")
        return max_bytes

    def _check_limit(self, size: int) -> None:
        if self._max_bytes is not None and size > self._max_bytes:
            raise UnreadableBody(
                f"content of more than {self._max_bytes} bytes, too much to return: "
                "pass a target to download it into a file, or a larger max_bytes"
            )

    def _unwritable(self, error: OSError) -> InvalidArgumentError:
        return self._argument_error(f"cannot write beside {self._target}: {error.strerror}")

    def _existing(self) -> InvalidArgumentError:
        is_folder = self._target is not None and self._target.is_dir()
        how = " and is a folder" if is_folder else "; pass overwrite=True to replace it"
        return self._argument_error(f"{self._target} exists{how}")

    def _argument_error(self, text: str, field: str = "target") -> InvalidArgumentError:
        return InvalidArgumentError(f"{self._operation}: {text}", operation=self._operation, field=field)


def _open(path: Path, operation: str) -> BinaryIO:
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise InvalidArgumentError(
            f"{operation}: cannot read {describe_path(path)}: {why}; nothing was sent",
            operation=operation,
            field="source",
        ) from None
