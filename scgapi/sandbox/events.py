"""The sandbox's event subscription service: it posts what happens, as the real one does."""

from __future__ import annotations

import asyncio
import base64
import heapq
import http.client
import itertools
import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal
from urllib.parse import urlsplit

from typing_extensions import Self

from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.happenings import MESSAGES, event, tell
from scgapi.sandbox.server import Sandbox
from scgapi.sandbox.store import Document, document
from scgapi.sandbox.world import World

_log = logging.getLogger("scgapi.sandbox")

Shape = Literal["usual", "event_id", "text_attempt", "carrier", "array", "lines", "malformed"]
"""How an event is written: as usual; with `event_id` for `event-id`; with `attempt` as a text; in the carriers'
envelope (only what it says tells its type there); in an array; one a line; or with commas and braces missing."""
State = Literal["PENDING", "RETRY", "SUCCESS", "FAILED"]
_SETTLING = 0.02  # seconds between two looks at the clock


@dataclass(frozen=True, slots=True)
class Attempt:
    """One post of one event, and the answer: an HTTP status, or None if none came."""

    event_id: str
    type: str
    number: int
    status: int | None


class EventService:
    """Posts what happens in a sandbox to a URL, while the `with` block lasts.

        with Sandbox(progress=AfterSeconds(0.1)) as gateway:
            with EventService(gateway, "http://127.0.0.1:8000/scg", basic=("gateway", "secret")) as service:
                ...
                service.wait()

    Where the receiver runs in the same event loop it takes `async with`, and `wait` in a thread.
    Told are the states of messages, requests and calls, incoming messages and calls, digits, and members of
    conferences; what is played is not. A message moves as the sandbox's `progress` says: with `AfterReads`, the
    default, only when it is read. An answer other than 2xx, or none, has the event posted again.

    Args:
        gateway: the sandbox, or its gateway.
        url: where to post to.
        basic: user and password to show.
        bearer: a token to show instead.
        topics: which topics are subscribed to.
        attempts: how often an event is posted before it is FAILED.
        pause: seconds before the second attempt; twice as long before each further one.
        duplicates: how many more times each event is posted although it was taken.
        connections: how many posts may be under way at once.
        shapes: how events are written, in turn.
        timeout: seconds to wait for an answer.
    """

    def __init__(
        self,
        gateway: Sandbox | Gateway,
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
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("events are posted to an http or https URL")
        if attempts < 1 or connections < 1 or duplicates < 0 or pause < 0 or not shapes:
            raise ValueError("attempts and connections are 1 or more, duplicates and pause 0 or more")
        self._gateway = gateway.gateway if isinstance(gateway, Sandbox) else gateway
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
        self._threads.append(threading.Thread(target=self._settle, name="scgapi-clock", daemon=True))

    @property
    def history(self) -> list[Attempt]:
        """Every attempt so far, in the order in which they ended."""
        with self._changed:
            return list(self._history)

    @property
    def states(self) -> dict[str, State]:
        """The state of each event's delivery, by event id."""
        with self._changed:
            return dict(self._states)

    def post(self, kind: str, fields: Document, *, topic: str = MESSAGES) -> str:
        """Have an event posted that did not happen, of any type; return its id."""
        made = event(topic, kind, fields, int(time.time() * 1000))
        self._note(made)
        return str(made["event-id"])

    def wait(self, timeout: float = 30.0) -> None:
        """Wait until all that happened so far was posted, and taken or given up.

        Raises:
            TimeoutError: it takes longer than `timeout` seconds.
        """
        self._gateway.settle()
        with self._changed:
            if not self._changed.wait_for(lambda: not (self._queue or self._under_way), timeout):
                raise TimeoutError(f"{len(self._queue) + self._under_way} events are still to be posted")

    def __enter__(self) -> Self:
        self._is_open = True
        self._gateway.watch(self._attend)
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
        # In a thread: a post that is under way may be waiting for a receiver in this very loop.
        await asyncio.to_thread(self.__exit__, kind, error, trace)

    def __repr__(self) -> str:
        # Without user and path, which may hold secrets.
        port = "" if self._target.port is None else f":{self._target.port}"
        return f"EventService({self._target.scheme}://{self._host}{port})"

    def _attend(self, world: World) -> None:
        if not self._closing.is_set():
            tell(world, self._note)

    def _note(self, made: Document) -> None:
        with self._changed:
            if self._is_open and made["topic"] in self._topics:
                self._states[str(made["event-id"])] = "PENDING"
                shape = next(self._shapes)
                for _ in range(1 + self._duplicates):
                    self._put(_Post(made, shape, 1), 0.0)

    def _put(self, post: _Post, pause: float) -> None:
        heapq.heappush(self._queue, (time.monotonic() + pause, next(self._order), post))
        self._changed.notify_all()

    def _settle(self) -> None:
        while not self._closing.wait(_SETTLING):
            self._gateway.settle()

    def _work(self) -> None:
        while (post := self._next()) is not None:
            status = self._sent(post)
            with self._changed:
                self._under_way -= 1
                self._history.append(Attempt(post.id, post.type, post.attempt, status))
                taken = status is not None and 200 <= status < 300
                if taken:
                    self._states[post.id] = "SUCCESS"
                elif post.attempt < self._attempts and self._is_open:
                    self._put(post.again(), self._pause * 2 ** (post.attempt - 1))
                if self._states[post.id] != "SUCCESS":  # as it stays, when a duplicate is refused
                    self._states[post.id] = "RETRY" if post.attempt < self._attempts else "FAILED"
                self._changed.notify_all()

    def _next(self) -> _Post | None:
        with self._changed:
            while self._is_open:
                now = time.monotonic()
                if self._queue and self._queue[0][0] <= now:
                    self._under_way += 1
                    return heapq.heappop(self._queue)[2]
                self._changed.wait(self._queue[0][0] - now if self._queue else None)
            return None

    def _sent(self, post: _Post) -> int | None:
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
            _log.info("event %s: no answer: %s", post.id, type(error).__name__)
            return None
        finally:
            connection.close()
        return response.status


@dataclass(frozen=True, slots=True)
class _Post:
    """An event to be posted."""

    event: Document
    shape: Shape
    attempt: int

    def again(self) -> _Post:
        return _Post(self.event, self.shape, self.attempt + 1)

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
        usual: Document = {**self.event, "attempt": self.attempt}
        if self.shape == "event_id":
            usual["event_id"] = usual.pop("event-id")
        elif self.shape == "text_attempt":
            usual["attempt"] = str(self.attempt)
        elif self.shape == "carrier":
            usual = {"id": self.id, "topicID": self.event["topic"], "fields": self.inner["fld-val-list"]}
        text = json.dumps([usual] if self.shape == "array" else usual)
        if self.shape == "lines":
            text = f"{text}\n\n{text}\n"
        elif self.shape == "malformed":
            text = text.replace('"event": {', '"event": ', 1).replace(", ", " ", 1)
        return text.encode()


def _authorization(basic: tuple[str, str] | None, bearer: str | None) -> dict[str, str]:
    if basic is not None:
        return {"Authorization": "Basic " + base64.b64encode(":".join(basic).encode()).decode()}
    return {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
