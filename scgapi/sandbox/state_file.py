"""A file that keeps a sandbox's account between two runs."""

from __future__ import annotations

import contextlib
import logging
import threading
from pathlib import Path
from types import TracebackType

from typing_extensions import Self

from scgapi._io.clock import monotonic
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.storage.private_file import locked, write_private

_SAVE_INTERVAL_SECONDS = 1.0
"""Minimum interval between two checks for changes, in seconds."""

_PAUSE_RATIO = 10
"""Ratio of the pause after a save to the save's duration: requests wait during a save."""

_log = logging.getLogger("scgapi.sandbox")


class StateFile:
    """Saves a gateway's account to a file soon after each change, while the `with` block lasts.

    Entering the block loads the file, if it exists. Only one process at a time can use it.

    Raises:
        BlockingIOError: another sandbox keeps its account in this file.
        OSError: the file cannot be read or written.
        ValueError: the file is damaged, or is not a state file.
    """

    def __init__(self, gateway: Gateway, path: Path) -> None:
        self._gateway = gateway
        self._path = path
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep_saving, name="scgapi-state", daemon=True)
        self._saved: tuple[object, ...] = ()
        self._lock = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as lock:
            lock.enter_context(locked(self._path))
            self._load()
            self._lock = lock.pop_all()
        self._thread.start()
        return self

    def _load(self) -> None:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            self.save()
        else:
            self._gateway.load(content)
            self._saved = self._gateway.revision

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._ended.set()
            self._thread.join()
            self.save()

    def save(self) -> None:
        """Save the account if it changed since the last save."""
        revision = self._gateway.revision
        if revision != self._saved:
            write_private(self._path, self._gateway.dump())
            self._saved = revision

    def _keep_saving(self) -> None:
        took = 0.0
        while not self._ended.wait(max(_SAVE_INTERVAL_SECONDS, _PAUSE_RATIO * took)):
            began = monotonic()
            try:
                self.save()
            except OSError as error:
                _log.warning("the account cannot be saved: %s", error.strerror)
            took = monotonic() - began
