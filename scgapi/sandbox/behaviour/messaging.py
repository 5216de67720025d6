"""State of messages and message requests: how reads and the clock move them, and the counters of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from scgapi.sandbox.behaviour.fragments import with_state
from scgapi.sandbox.errors import invalid
from scgapi.sandbox.resources.query import Query
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.progress import DELIVERED, SENT, ProgressState
from scgapi.sandbox.state.store import Collection, Document, number

LEVELS = ("CREATED", "SENT", "DELIVERED")
WAITING = ("PAUSED", "SCHEDULED")
_FIELDS_CHANGED_BY_READS = frozenset(
    {"state", "sent_date", "delivered_date", "converted_date", "failure_code", "last_updated_date"}
)


class Messaging:
    """All messages and message requests of an account. Delays are evaluated lazily, when an object is looked at."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.messages: Collection = account.collection("messages")
        self.requests: Collection = account.collection("message_requests")
        self._progress: dict[str, ProgressState] = {}
        self._message_ids: dict[str, list[str]] = {}
        self._reads: dict[str, int] = {}
        self._canceled: set[str] = set()
        # Requests whose counters may have changed since they were last computed.
        self._outdated_requests: dict[str, None] = {}

    def add_request(self, fields: Document) -> str:
        """Add a request. Its messages are added afterwards."""
        request_id = self.requests.add(fields)
        self._message_ids[request_id] = []
        self._outdated_requests[request_id] = None
        return request_id

    def finish_request(self, request_id: str) -> None:
        """Compute the counters of a new request, once all its messages are added. It stays in its first version."""
        rows = [self.messages.get(key) for key in self._message_ids[request_id]]
        self.requests.complete(request_id, self._summary(rows, canceled=False))

    def add_message(self, fields: Document) -> str:
        """Add a message, and track its progress if its state can change."""
        message_id = self.messages.add(fields)
        if fields["state"] in ("CREATED", *WAITING):
            self._progress[message_id] = ProgressState(self._account.now())
        request_id = str(fields.get("message_request_id"))
        if request_id in self._message_ids:
            self._message_ids[request_id].append(message_id)
        return message_id

    def messages_of(self, request_id: str, *, update: bool = True) -> list[Document]:
        """Return the request's messages, brought up to date if `update` is true."""
        self._update_all(self._message_ids[request_id] if update else ())
        return [self.messages.get(key) for key in self._message_ids[request_id]]

    def all_messages(self, *, update: bool = True) -> Sequence[Document]:
        """Return all messages, brought up to date if `update` is true."""
        self._update_all(list(self._progress) if update else ())
        return self.messages.rows()

    def all_requests(self, *, update: bool = True) -> Sequence[Document]:
        """Return all requests, brought up to date if `update` is true."""
        for key in list(self._outdated_requests if update else ()):
            self._update_request(key)
        return self.requests.rows()

    def current(self, message_id: str) -> Document:
        """Return the message, brought up to date. This does not count as a read."""
        return self._update(message_id)

    def read(self, message_id: str) -> Document:
        """Return the message for a GET, which counts as a read."""
        row = self._update(message_id)
        if message_id in self._progress and row["state"] in LEVELS:
            self._progress[message_id].reads += 1
            row = self._update(message_id)
        return row

    def read_request(self, request_id: str) -> Document:
        """Return the request for a GET, which counts as a read of all its messages."""
        row = self._update_request(request_id)
        if row["state"] in ("TRANSMITTING", "COMPLETED"):
            self._reads[request_id] = self._reads.get(request_id, 0) + 1
            row = self._update_request(request_id)
        return row

    def change_message(self, message_id: str, changes: Document) -> None:
        """Set a message's fields. A state that is set here is final."""
        self.messages.change(message_id, changes)
        if changes.get("state") not in ("CREATED", "SENT", *WAITING):
            self._progress.pop(message_id, None)
        request_id = str(self.messages.get(message_id).get("message_request_id"))
        if request_id in self._message_ids:
            self._outdated_requests[request_id] = None

    def resume(self, request_id: str) -> None:
        """Resume the paused messages of a request.

        Raises:
            GatewayError: the request is not paused.
        """
        row = self._update_request(request_id)
        if row["state"] != "PAUSED":
            raise invalid("state", f"the request is {row['state']}, not PAUSED")
        self._reads[request_id] = 0
        due = number(row.get("scheduled_delivery_time"))
        state = "SCHEDULED" if due is not None and due > self._account.now() else "CREATED"
        for key in self._message_ids[request_id]:
            if self.messages.get(key)["state"] == "PAUSED":
                self._progress[key] = ProgressState(self._account.now())
                self._set_state(key, state)
        self._update_request(request_id)

    def cancel(self, request_id: str) -> None:
        """Cancel the messages of a request that were not sent yet.

        Raises:
            GatewayError: the request has ended.
        """
        row = self._update_request(request_id)
        if row["state"] in ("COMPLETED", "CANCELED"):
            raise invalid("state", f"the request is {row['state']} already")
        for key in self._message_ids[request_id]:
            if self.messages.get(key)["state"] in ("CREATED", *WAITING):
                self._canceled.add(key)
                self.change_message(key, {"state": "DELETED"})
        self.requests.change(request_id, {"state": "CANCELED", "scheduled": False})
        self._update_request(request_id)

    def remove_request(self, request_id: str) -> None:
        """Remove a request and cancel what it has not sent. Its messages can still be read."""
        if self._update_request(request_id)["state"] not in ("COMPLETED", "CANCELED"):
            self.cancel(request_id)
        self.requests.remove(request_id)
        del self._message_ids[request_id]
        self._outdated_requests.pop(request_id, None)

    def _update_all(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._update(key)

    def _update(self, key: str) -> Document:
        row = self.messages.get(key)
        if key not in self._progress:
            return row
        now = self._account.now()
        expiry = number(row.get("expiry_time"))
        due = number(row.get("scheduled_delivery_time"))
        if row["state"] == "PAUSED":
            limits = [end for end in (expiry, number(row.get("pause_expiry_time"))) if end is not None]
            if limits and min(limits) <= now:
                self._expire(key)
        elif row["state"] == "SCHEDULED" and expiry is not None and expiry <= min(now, due or now):
            self._expire(key)
        elif row["state"] != "SCHEDULED":
            self._advance(key, row, now)
        elif due is None or due <= now:
            self._progress[key] = ProgressState(due or now)
            self._set_state(key, "CREATED")
            self._advance(key, self.messages.get(key), now)
        return self.messages.get(key)

    def _advance(self, key: str, row: Document, now: int) -> None:
        progress_state, progress = self._progress[key], self._account.progress
        progress_state.request_reads = self._reads.get(str(row.get("message_request_id")), 0)
        level, stored = min(progress.level(progress_state, now), DELIVERED), LEVELS.index(str(row["state"]))
        expiry = number(row.get("expiry_time"))
        if stored < SENT and expiry is not None and expiry <= now:
            in_time = level >= SENT and progress.reached(SENT, progress_state, now) < expiry
            if not in_time:
                return self._expire(key)
        if level <= stored:
            return None
        dates: Document = {
            name: progress.reached(step, progress_state, now)
            for step, name in ((SENT, "sent_date"), (DELIVERED, "delivered_date"))
            if stored < step <= level
        }
        return self._set_state(key, LEVELS[level], dates)

    def _expire(self, key: str) -> None:
        self._set_state(key, "EXPIRED", {"failure_code": "1007", "failure_details": "Message expired"})

    def _set_state(self, key: str, state: str, dates: Document | None = None) -> None:
        parts = with_state(self.messages.get(key).get("fragments_info"), state)
        self.change_message(key, {**(dates or {}), "state": state, "fragments_info": parts})
        if state == LEVELS[DELIVERED]:
            self._progress.pop(key, None)

    def _update_request(self, request_id: str) -> Document:
        row = self.requests.get(request_id)
        if request_id not in self._outdated_requests:
            return row
        messages = self.messages_of(request_id)
        shown = self._summary(messages, canceled=row.get("state") == "CANCELED")
        if any(row.get(name) != value for name, value in shown.items()):
            self.requests.change(request_id, shown)
        if not any(key in self._progress for key in self._message_ids[request_id]):
            self._outdated_requests.pop(request_id, None)
        return self.requests.get(request_id)

    def _summary(self, messages: list[Document], *, canceled: bool) -> Document:
        states = [str(row["state"]) for row in messages]
        return {
            "state": "CANCELED" if canceled else _request_state(states),
            "scheduled": "SCHEDULED" in states,
            "recipient_count": len(messages),
            "sent_count": sum("sent_date" in row for row in messages),
            "delivered_count": sum("delivered_date" in row for row in messages),
            "read_count": states.count("READ"),
            "converted_count": sum("converted_date" in row for row in messages),
            "canceled_count": sum(row["id"] in self._canceled for row in messages),
            "failed_count": states.count("FAILED") + states.count("EXPIRED"),
            "media_requested_count": 0,
            "click_thru_count": 0,
        }


class _Rows(Protocol):
    def __call__(self, *, update: bool) -> Sequence[Document]: ...


def read_page(query: Query, rows: _Rows, read_row: Callable[[str], Document]) -> Document:
    """Return a page of a listing whose rows change when they are read.

    If a filter depends on such a change, the first page reads all rows that the other filters match, and later
    pages read nothing: otherwise rows would drop out of the listing between two pages.
    """
    changing = _FIELDS_CHANGED_BY_READS & query.filters.keys()
    if changing and query.offset == 0:
        for row in rows(update=True):
            if query.matches(row, ignoring=changing):
                read_row(str(row["id"]))
    page, total = query.select(rows(update=query.depends_on(_FIELDS_CHANGED_BY_READS)))
    if not changing:
        page = [read_row(str(row["id"])) for row in page]
    return query.page_body(page, total)


def _request_state(states: list[str]) -> str:
    for found, shown in (("PAUSED", "PAUSED"), ("SCHEDULED", "ACCEPTED"), ("CREATED", "TRANSMITTING")):
        if found in states:
            return shown
    return "COMPLETED"
