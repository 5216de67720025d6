"""Log of the events that a sandbox posted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from scgapi.sandbox.logs.bounded_log import BoundedLog
from scgapi.sandbox.state.changes import ChangeNotifier
from scgapi.sandbox.state.store import Document

MAX_ENTRIES = 2000
"""Number of entries that are kept."""

MAX_BYTES = 8 << 20
"""Total size of the entries that are kept, in bytes."""

State = Literal["PENDING", "RETRY", "SUCCESS", "FAILED"]


@dataclass(frozen=True, slots=True)
class PostedAttempt:
    """One attempt to post an event. `status` is the HTTP status; None if there was no response."""

    number: int
    status: int | None
    time: datetime
    milliseconds: float


@dataclass(frozen=True, slots=True)
class PostedEvent:
    """An event, and its delivery to one receiver."""

    id: int
    """Id in the log."""
    event_id: str
    type: str
    service: str
    """URL of the receiver, without user and path."""
    time: datetime
    state: State
    attempts: tuple[PostedAttempt, ...]
    event: Document


class EventLog:
    """The latest events that event services posted."""

    def __init__(self, clock: Callable[[], float], changes: ChangeNotifier) -> None:
        self._clock = clock
        self._changes = changes
        self._log = BoundedLog[PostedEvent](MAX_ENTRIES, MAX_BYTES)

    def add(self, service: str, event_id: str, kind: str, event: Document) -> int:
        """Add an event that is to be posted; return its number."""
        number = self._log.next_number()
        self._put(PostedEvent(number, event_id, kind, service, self._now(), "PENDING", (), event))
        return number

    def add_attempt(
        self, number: int, attempt: int, status: int | None, milliseconds: float, state: State
    ) -> None:
        """Add an attempt to post an event, and set the state of its delivery."""
        entry = self._log.find(number)
        if entry is not None:
            made = PostedAttempt(attempt, status, self._now(), round(milliseconds, 2))
            self._put(replace(entry, state=state, attempts=(*entry.attempts, made)))

    def entries(self, *, before: int | None = None) -> Iterator[PostedEvent]:
        """Return the events, the newest first; with `before`, only those with a smaller id."""
        return self._log.newest(before=before)

    def clear(self) -> None:
        """Remove all events."""
        self._log.clear()
        self._changes.notify("events")

    def _put(self, entry: PostedEvent) -> None:
        size = 512 + 128 * len(entry.attempts) + len(str(entry.event))
        self._log.put(entry.id, entry, size)
        self._changes.notify("events", str(entry.id))

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)
