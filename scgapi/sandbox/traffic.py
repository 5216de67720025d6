"""Messages on their way: what reads and the clock do to them, and what a request shows of its messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from scgapi.sandbox.errors import invalid
from scgapi.sandbox.fragments import restated
from scgapi.sandbox.progress import DELIVERED, SENT, Sight
from scgapi.sandbox.query import Query
from scgapi.sandbox.store import Collection, Document, number
from scgapi.sandbox.world import World

LEVELS = ("CREATED", "SENT", "DELIVERED")
WAITING = ("PAUSED", "SCHEDULED")
_MOVING = frozenset(
    {"state", "sent_date", "delivered_date", "converted_date", "failure_code", "last_updated_date"}
)


class Traffic:
    """All messages and requests of an account. Nothing moves by itself: `settle` catches up with the clock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.messages: Collection = world.collection("messages")
        self.requests: Collection = world.collection("message_requests")
        self._open: dict[str, Sight] = {}
        self._of: dict[str, list[str]] = {}
        self._reads: dict[str, int] = {}
        self._canceled: set[str] = set()
        # Requests whose counters may have changed since they were last summed up.
        self._unsettled: dict[str, None] = {}

    def open_request(self, fields: Document) -> str:
        """Keep a new request; its messages follow."""
        request_id = self.requests.add(fields)
        self._of[request_id] = []
        self._unsettled[request_id] = None
        return request_id

    def seal_request(self, request_id: str) -> None:
        """All messages of a new request are there: it shows them, and is in its first version still."""
        rows = [self.messages.get(key) for key in self._of[request_id]]
        self.requests.complete(request_id, self._summary(rows, canceled=False))

    def post(self, fields: Document) -> str:
        """Keep a new message, and let it go its way if its state has one."""
        message_id = self.messages.add(fields)
        if fields["state"] in ("CREATED", *WAITING):
            self._open[message_id] = Sight(self._world.now())
        request_id = str(fields.get("message_request_id"))
        if request_id in self._of:
            self._of[request_id].append(message_id)
        return message_id

    def messages_of(self, request_id: str, *, settled: bool = True) -> list[Document]:
        """The request's messages as they are now, or as they were last seen."""
        self._settle_all(self._of[request_id] if settled else ())
        return [self.messages.get(key) for key in self._of[request_id]]

    def all_messages(self, *, settled: bool = True) -> list[Document]:
        """All messages as they are now, or as they were last seen."""
        self._settle_all(list(self._open) if settled else ())
        return self.messages.rows()

    def all_requests(self, *, settled: bool = True) -> list[Document]:
        """All requests as they are now, or as they were last seen."""
        for key in list(self._unsettled if settled else ()):
            self._sum_up(key)
        return self.requests.rows()

    def look(self, message_id: str) -> Document:
        """The message as a reader sees it: that it is read counts."""
        row = self._settle(message_id)
        if message_id in self._open and row["state"] in LEVELS:
            self._open[message_id].reads += 1
            row = self._settle(message_id)
        return row

    def look_at_request(self, request_id: str) -> Document:
        """The request as a reader sees it: that it is read counts for all its messages."""
        row = self._sum_up(request_id)
        if row["state"] in ("TRANSMITTING", "COMPLETED"):
            self._reads[request_id] = self._reads.get(request_id, 0) + 1
            row = self._sum_up(request_id)
        return row

    def change(self, message_id: str, changes: Document) -> None:
        """Set a message's fields; a state that is set here is its last."""
        self.messages.change(message_id, changes)
        if changes.get("state") not in ("CREATED", "SENT", *WAITING):
            self._open.pop(message_id, None)
        request_id = str(self.messages.get(message_id).get("message_request_id"))
        if request_id in self._of:
            self._unsettled[request_id] = None

    def resume(self, request_id: str) -> None:
        """Let paused messages go.

        Raises:
            GatewayError: the request is not paused.
        """
        row = self._sum_up(request_id)
        if row["state"] != "PAUSED":
            raise invalid("state", f"the request is {row['state']}, not PAUSED")
        self._reads[request_id] = 0
        due = number(row.get("scheduled_delivery_time"))
        state = "SCHEDULED" if due is not None and due > self._world.now() else "CREATED"
        for key in self._of[request_id]:
            if self.messages.get(key)["state"] == "PAUSED":
                self._open[key] = Sight(self._world.now())
                self._move(key, state)
        self._sum_up(request_id)

    def cancel(self, request_id: str) -> None:
        """Give up the messages that were not sent yet.

        Raises:
            GatewayError: the request has ended.
        """
        row = self._sum_up(request_id)
        if row["state"] in ("COMPLETED", "CANCELED"):
            raise invalid("state", f"the request is {row['state']} already")
        for key in self._of[request_id]:
            if self.messages.get(key)["state"] in ("CREATED", *WAITING):
                self._canceled.add(key)
                self.change(key, {"state": "DELETED"})
        self.requests.change(request_id, {"state": "CANCELED", "scheduled": False})
        self._sum_up(request_id)

    def forget_request(self, request_id: str) -> None:
        """Remove a request; what it has not sent is given up, its messages stay to be read."""
        if self._sum_up(request_id)["state"] not in ("COMPLETED", "CANCELED"):
            self.cancel(request_id)
        self.requests.remove(request_id)
        del self._of[request_id]
        self._unsettled.pop(request_id, None)

    def _settle_all(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._settle(key)

    def _settle(self, key: str) -> Document:
        row = self.messages.get(key)
        if key not in self._open:
            return row
        now = self._world.now()
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
            self._open[key] = Sight(due or now)
            self._move(key, "CREATED")
            self._advance(key, self.messages.get(key), now)
        return self.messages.get(key)

    def _advance(self, key: str, row: Document, now: int) -> None:
        sight, progress = self._open[key], self._world.progress
        sight.request_reads = self._reads.get(str(row.get("message_request_id")), 0)
        level, stored = min(progress.level(sight, now), DELIVERED), LEVELS.index(str(row["state"]))
        expiry = number(row.get("expiry_time"))
        if stored < SENT and expiry is not None and expiry <= now:
            in_time = level >= SENT and progress.reached(SENT, sight, now) < expiry
            if not in_time:
                return self._expire(key)
        if level <= stored:
            return None
        dates: Document = {
            name: progress.reached(step, sight, now)
            for step, name in ((SENT, "sent_date"), (DELIVERED, "delivered_date"))
            if stored < step <= level
        }
        return self._move(key, LEVELS[level], dates)

    def _expire(self, key: str) -> None:
        self._move(key, "EXPIRED", {"failure_code": "1007", "failure_details": "Message expired"})

    def _move(self, key: str, state: str, more: Document | None = None) -> None:
        parts = restated(self.messages.get(key).get("fragments_info"), state)
        self.change(key, {**(more or {}), "state": state, "fragments_info": parts})
        if state == LEVELS[DELIVERED]:
            self._open.pop(key, None)

    def _sum_up(self, request_id: str) -> Document:
        row = self.requests.get(request_id)
        if request_id not in self._unsettled:
            return row
        messages = self.messages_of(request_id)
        shown = self._summary(messages, canceled=row.get("state") == "CANCELED")
        if any(row.get(name) != value for name, value in shown.items()):
            self.requests.change(request_id, shown)
        if not any(key in self._open for key in self._of[request_id]):
            self._unsettled.pop(request_id, None)
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
    def __call__(self, *, settled: bool) -> list[Document]: ...


def observed_page(query: Query, rows: _Rows, look: Callable[[str], Document]) -> Document:
    """The page of a list whose rows move by being read.

    Where a filter looks at what moves, the first page reads all that the other filters match, and later pages
    read nothing: rows would otherwise slip out of the list between two pages.
    """
    moving = _MOVING & query.filters.keys()
    if moving and query.offset == 0:
        for row in rows(settled=True):
            if query.matches(row, but=moving):
                look(str(row["id"]))
    page, total = query.select(rows(settled=query.watches(_MOVING)))
    if not moving:
        page = [look(str(row["id"])) for row in page]
    return query.envelope(page, total)


def _request_state(states: list[str]) -> str:
    for found, shown in (("PAUSED", "PAUSED"), ("SCHEDULED", "ACCEPTED"), ("CREATED", "TRANSMITTING")):
        if found in states:
            return shown
    return "COMPLETED"
