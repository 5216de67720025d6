"""The sandbox's event subscription service, which posts events as the gateway does."""

from __future__ import annotations

import asyncio
import base64
import heapq
import http.client
import itertools
import json
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from typing_extensions import Self

from scgapi._io.clock import monotonic, time_of_day
from scgapi.sandbox.behaviour.event_feed import MESSAGES, event, watch_events
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.logs.event_log import State
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, document

_log = logging.getLogger("scgapi.sandbox")

Shape = Literal["usual", "event_id", "text_attempt", "carrier", "array", "lines", "malformed"]
"""Format of a posted event.

`usual`: as the gateway documents it; `event_id`: with `event_id` instead of `event-id`; `text_attempt`: with
`attempt` as text; `carrier`: in the carriers' envelope, which does not name the type; `array`: in an array;
`lines`: as JSON lines; `malformed`: without some commas and braces.
"""
# Seconds between two updates of the gateway's state.
_UPDATE_INTERVAL_SECONDS = 0.02


class HasGateway(Protocol):
    """An object with a gateway, such as a `Sandbox`."""

    gateway: Gateway
    """Its gateway."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to post one event. `status` is the HTTP status; None if there was no response."""

    event_id: str
    type: str
    number: int
    status: int | None


class EventService:
    """Posts the events of a sandbox to a URL, while the `with` block lasts.

        with Sandbox(progress=AfterSeconds(0.1)) as gateway:
            with EventService(gateway, "http://127.0.0.1:8000/scg", basic=("gateway", "secret")) as service:
                ...
                service.wait()

    If the receiver runs in the same event loop, use `async with`, and call `wait` in a thread.

    Events report the states of messages, requests and calls, incoming messages and calls, digits, and members of
    conferences, but not the media played. The sandbox's `progress` decides when a message moves: with `AfterReads`,
    the default, only when it is read. An event is posted again if the response is not 2xx, or does not come.

    Args:
        gateway: the sandbox, or its gateway.
        url: URL of the receiver.
        basic: user and password for basic authentication; those in the URL if left out.
        bearer: token for bearer authentication.
        topics: topics of the posted events.
        attempts: maximum number of attempts before an event is FAILED.
        pause: seconds before the second attempt; doubled before each further one.
        duplicates: number of additional posts of each event.
        connections: maximum number of concurrent posts.
        shapes: formats of the events, used in turn.
        timeout: seconds to wait for a response.
    """

    def __init__(
        self,
        gateway: HasGateway | Gateway,
        url: str,
        *,
        basic: tuple[str, str] | None = None,
        bearer: str | None = None,
        topics: Sequence[str] = ("SCG-Message", "SCG-Voice-Call"),
        attempts: int = 5,
        pause: float = 0.1,
        duplicates: int = 0,
        connections: int = 1,
        shapes: Sequence[Shape] = ("usual",),
        timeout: float = 10.0,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not _has_port(parts):
            raise ValueError("events are posted to an http or https URL")
        if attempts < 1 or connections < 1 or duplicates < 0 or pause < 0 or not shapes:
            raise ValueError("attempts and connections are 1 or more, duplicates and pause 0 or more")
        if basic is None and bearer is None and parts.username is not None:
            basic = unquote(parts.username), unquote(parts.password or "")
        self._gateway = gateway if isinstance(gateway, Gateway) else gateway.gateway
        self._target, self._host = parts, parts.hostname
        self._headers = {"Content-Type": "application/json; charset=UTF-8", **_authorization(basic, bearer)}
        self._topics, self._attempts, self._pause = frozenset(topics), attempts, pause
        self._duplicates, self._timeout = duplicates, timeout
        self._shapes = itertools.cycle(shapes)
        self._changed = threading.Condition()
        self._queue: list[tuple[float, int, _Post]] = []
        self._order = itertools.count()
        self._under_way = 0
        self._is_open = False
        self._closing = threading.Event()
        self._states: dict[str, State] = {}
        self._history: list[Attempt] = []
        self._threads = [
            threading.Thread(target=self._work, name="scgapi-events", daemon=True) for _ in range(connections)
        ]
        self._threads.append(threading.Thread(target=self._update_states, name="scgapi-clock", daemon=True))

    @property
    def history(self) -> list[Attempt]:
        """All attempts so far, in the order in which they ended."""
        with self._changed:
            return list(self._history)

    @property
    def states(self) -> dict[str, State]:
        """State of each event's delivery, by event id."""
        with self._changed:
            return dict(self._states)

    def post(self, kind: str, fields: Document, *, topic: str = MESSAGES) -> str:
        """Post an event of any type that did not happen; return its id."""
        envelope = event(topic, kind, fields, int(time_of_day() * 1000))
        self._enqueue(envelope)
        return str(envelope["event-id"])

    def wait(self, timeout: float = 30.0) -> None:
        """Wait until all events so far were delivered or have failed.

        Raises:
            TimeoutError: some are still pending after `timeout` seconds.
        """
        self._gateway.catch_up()
        with self._changed:
            if not self._changed.wait_for(lambda: not (self._queue or self._under_way), timeout):
                raise TimeoutError(f"{len(self._queue) + self._under_way} events are still to be posted")

    def __enter__(self) -> Self:
        self._is_open = True
        self._gateway.watch(self._watch)
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        with self._changed:
            self._is_open = False
            self._queue.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # In a thread: a post may be waiting for a receiver in this event loop.
        await asyncio.to_thread(self.__exit__, kind, error, trace)

    def __repr__(self) -> str:
        return f"EventService({self._receiver})"

    @property
    def _receiver(self) -> str:
        # User and path are left out: they may hold secrets.
        port = "" if self._target.port is None else f":{self._target.port}"
        return f"{self._target.scheme}://{self._host}{port}"

    def _watch(self, account: Account) -> None:
        if not self._closing.is_set():
            watch_events(account, self._enqueue)

    def _enqueue(self, envelope: Document) -> None:
        with self._changed:
            if self._is_open and envelope["topic"] in self._topics:
                self._states[str(envelope["event-id"])] = "PENDING"
                shape = next(self._shapes)
                inner = document(envelope["event"]) or {}
                event_id, kind = str(envelope["event-id"]), str(inner.get("evt-tp"))
                number = self._gateway.event_log.add(self._receiver, event_id, kind, envelope)
                for _ in range(1 + self._duplicates):
                    self._put(_Post(envelope, shape, 1, number), 0.0)

    def _put(self, post: _Post, pause: float) -> None:
        heapq.heappush(self._queue, (monotonic() + pause, next(self._order), post))
        self._changed.notify_all()

    def _update_states(self) -> None:
        while not self._closing.wait(_UPDATE_INTERVAL_SECONDS):
            self._gateway.catch_up()

    def _work(self) -> None:
        while (post := self._next()) is not None:
            started = monotonic()
            status = self._send(post)
            milliseconds = (monotonic() - started) * 1000
            with self._changed:
                self._under_way -= 1
                self._history.append(Attempt(post.id, post.type, post.attempt, status))
                accepted = status is not None and 200 <= status < 300
                if accepted:
                    self._states[post.id] = "SUCCESS"
                elif post.attempt < self._attempts and self._is_open:
                    self._put(post.again(), self._pause * 2 ** (post.attempt - 1))
                # SUCCESS is final, even if the post of a duplicate is refused.
                if self._states[post.id] != "SUCCESS":
                    self._states[post.id] = "RETRY" if post.attempt < self._attempts else "FAILED"
                self._gateway.event_log.add_attempt(
                    post.number, post.attempt, status, milliseconds, self._states[post.id]
                )
                self._changed.notify_all()

    def _next(self) -> _Post | None:
        with self._changed:
            while self._is_open:
                now = monotonic()
                if self._queue and self._queue[0][0] <= now:
                    self._under_way += 1
                    return heapq.heappop(self._queue)[2]
                self._changed.wait(self._queue[0][0] - now if self._queue else None)
            return None

    def _send(self, post: _Post) -> int | None:
        kind: Callable[..., http.client.HTTPConnection] = (
            http.client.HTTPSConnection if self._target.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(self._host, self._target.port, timeout=self._timeout)
        path = self._target.path or "/"
        path += f"?{self._target.query}" if self._target.query else ""
        timestamp = post.inner["timestamp"]
        headers = {**self._headers, "X-ESS-EVENT-TIMESTAMP": str(timestamp)}
        try:
            connection.request("POST", path, post.content, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            _log.info("event %s: no response: %s", post.id, type(error).__name__)
            return None
        finally:
            connection.close()
        return response.status


@dataclass(frozen=True, slots=True)
class _Post:
    """One pending post of an event."""

    event: Document
    shape: Shape
    attempt: int
    number: int
    """Id of the entry in the event log."""

    def again(self) -> _Post:
        return _Post(self.event, self.shape, self.attempt + 1, self.number)

    @property
    def id(self) -> str:
        return str(self.event["event-id"])

    @property
    def inner(self) -> Document:
        return document(self.event["event"]) or {}

    @property
    def type(self) -> str:
        return str(self.inner["evt-tp"])

    @property
    def content(self) -> bytes:
        content: Document = {**self.event, "attempt": self.attempt}
        if self.shape == "event_id":
            content["event_id"] = content.pop("event-id")
        elif self.shape == "text_attempt":
            content["attempt"] = str(self.attempt)
        elif self.shape == "carrier":
            content = {"id": self.id, "topicID": self.event["topic"], "fields": self.inner["fld-val-list"]}
        text = json.dumps([content] if self.shape == "array" else content)
        if self.shape == "lines":
            text = f"{text}\n\n{text}\n"
        elif self.shape == "malformed":
            text = text.replace('"event": {', '"event": ', 1).replace(", ", " ", 1)
        return text.encode()


def _has_port(parts: SplitResult) -> bool:
    """Return True if the port of a URL exists, or none is given."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _authorization(basic: tuple[str, str] | None, bearer: str | None) -> dict[str, str]:
    if basic is not None:
        return {"Authorization": "Basic " + base64.b64encode(":".join(basic).encode()).decode()}
    return {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
