"""Log of the API requests that a sandbox served."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from scgapi.sandbox.logs.bounded_log import BoundedLog
from scgapi.sandbox.state.changes import ChangeNotifier

MAX_ENTRIES = 2000
"""Number of entries that are kept."""
MAX_BYTES = 16 << 20
"""Total size of the entries that are kept, in bytes."""
MAX_BODY_BYTES = 64 << 10
"""Number of bytes that are kept of each body."""
_ENTRY_BYTES = 512
"""Estimated size of an entry without its bodies, in bytes."""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """An API request and its response."""

    id: int
    time: datetime
    """Time of arrival by the sandbox's clock."""
    method: str
    path: str
    query: str
    """Empty for the token service, whose queries hold secrets."""
    operation: str | None
    """Name of the operation; None if the path is not one of the API."""
    status: int | None
    """Status of the response; None if a fault left the request without one."""
    milliseconds: float
    fault: str | None
    """Class of the injected fault, if there was one."""
    request_bytes: int
    response_bytes: int


@dataclass(frozen=True, slots=True)
class LoggedBodies:
    """Beginnings of the bodies of an API request. Bytes that are not text are shown as replacement characters."""

    request_body: str
    response_body: str


@dataclass(frozen=True, slots=True)
class RepeatedRequest:
    """Repeated reads without another request between them, as their latest one; or one other request."""

    latest: LoggedRequest
    first_id: int
    count: int


def merge_reads(entries: Iterable[LoggedRequest]) -> Iterator[RepeatedRequest]:
    """Merge repeated reads of one path with one status, up to the next other request. The newest entries come first."""
    reads: dict[tuple[str, int | None], RepeatedRequest] = {}
    for entry in entries:
        if entry.method == "GET" and entry.fault is None:
            key = entry.path, entry.status
            found = reads.get(key)
            reads[key] = RepeatedRequest(
                found.latest if found else entry, entry.id, found.count + 1 if found else 1
            )
        else:
            yield from reads.values()
            reads.clear()
            yield RepeatedRequest(entry, entry.id, 1)
    yield from reads.values()


class RequestLog:
    """The latest API requests. The bodies of the token service, which hold secrets, are left out."""

    def __init__(self, clock: Callable[[], float], changes: ChangeNotifier) -> None:
        self._clock = clock
        self._changes = changes
        self._log = BoundedLog[tuple[LoggedRequest, bytes, bytes]](MAX_ENTRIES, MAX_BYTES)

    def now(self) -> datetime:
        """Return the time by the sandbox's clock."""
        return datetime.fromtimestamp(self._clock(), UTC)

    def next_id(self) -> int:
        """Return the id for a new entry."""
        return self._log.next_number()

    def add(self, entry: LoggedRequest, request_body: bytes, response_body: bytes) -> None:
        """Add a request that has ended."""
        size = _ENTRY_BYTES + len(request_body) + len(response_body)
        self._log.put(entry.id, (entry, request_body, response_body), size)
        self._changes.notify("requests", str(entry.id))

    def entries(self, *, before: int | None = None) -> Iterator[LoggedRequest]:
        """Return the requests, the newest first; with `before`, only those with a smaller id."""
        return (entry for entry, _, _ in self._log.newest(before=before))

    def find(self, request_id: int) -> tuple[LoggedRequest, LoggedBodies]:
        """Return a request with its bodies.

        Raises:
            LookupError: the log does not hold the request, or no longer does.
        """
        found = self._log.find(request_id)
        if found is None:
            raise LookupError(f"no request {request_id} is in the log")
        entry, request_body, response_body = found
        bodies = LoggedBodies(request_body.decode(errors="replace"), response_body.decode(errors="replace"))
        return entry, bodies

    def clear(self) -> None:
        """Remove all requests."""
        self._log.clear()
        self._changes.notify("requests")
