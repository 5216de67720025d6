"""Receivers behind real servers, sync and async."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import random
import socket
import threading
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scgapi import events
from scgapi.events.asgi import Receive, Send
from tests.events.samples import AUTHORIZED, PUBLISHED, USER, body, numbered
from tests.events.serving import asgi_served, chunked, connection, raw, send, wsgi_served

EVENT = body(PUBLISHED["E2"])
HEAD = (
    b"POST /scg HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Authorization: " + AUTHORIZED["authorization"].encode() + b"\r\nConnection: close\r\n"
)
Served = Callable[[events.Receiver], contextlib.AbstractContextManager[int]]


@contextlib.contextmanager
def asgi(receiver: events.Receiver) -> Generator[int, None, None]:
    with asgi_served(events.asgi_app(receiver)) as port:
        yield port


@contextlib.contextmanager
def wsgi(receiver: events.Receiver) -> Generator[int, None, None]:
    with wsgi_served(events.wsgi_app(receiver)) as port:
        yield port


both = pytest.mark.parametrize("served", [asgi, wsgi])


@both
def test_an_event_is_posted_and_handled(served: Served) -> None:
    seen: list[events.BaseEvent] = []
    receiver = events.Receiver(basic=USER)
    receiver.on(events.BaseEvent)(seen.append)
    with served(receiver) as port, connection(port) as gateway:
        assert send(gateway, "/any/path?x=1", EVENT, AUTHORIZED) == 200
        assert send(gateway, "/", EVENT, AUTHORIZED) == 200
        assert send(gateway, "/", b"", AUTHORIZED) == 400
        assert send(gateway, "/", EVENT, {"content-type": "application/json"}) == 401
    with served(receiver) as port:
        assert raw(port, HEAD.replace(b"POST", b"GET") + b"\r\n").split()[1] == b"405"
    assert [event.id for event in seen] == ["jX5nAV9USriK2LkS6e0D0g"]


@both
def test_what_is_too_large_is_refused_whatever_it_says_of_itself(served: Served) -> None:
    receiver = events.Receiver(basic=USER)
    with served(receiver) as port:
        assert raw(port, HEAD + b"Content-Length: 999999999\r\n\r\n{").split()[1] == b"413"
        # Who hangs up half-way is told that this was no event, or nothing at all.
        assert raw(port, HEAD + b"Content-Length: 10\r\n\r\n{}", hang_up=True).split()[1:2] in ([b"400"], [])
        assert raw(port, HEAD + b"Authorization: Basic x\r\nContent-Length: 2\r\n\r\n{}").split()[1] == b"401"


def test_a_chunked_body_is_taken_under_asgi_up_to_the_limit() -> None:
    receiver = events.Receiver(basic=USER)
    with asgi(receiver) as port:
        start = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        assert raw(port, start + chunked(*(EVENT[i : i + 1] for i in range(len(EVENT))))).split()[1] == b"200"
        # More than it takes is on its way when it refuses: the connection may end before the answer is read.
        with contextlib.suppress(ConnectionError):
            assert raw(port, start + chunked(*[b"[" * 65536] * 5)).split()[1] == b"413"


def test_a_chunked_body_is_refused_where_a_wsgi_server_cannot_tell_its_end() -> None:
    with wsgi(events.Receiver(basic=USER)) as port:
        assert raw(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(EVENT)).split()[1] == b"411"


def test_a_chunked_body_is_taken_from_a_wsgi_server_that_marks_its_end() -> None:
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/json",
        "HTTP_AUTHORIZATION": AUTHORIZED["authorization"],
        "HTTP_TRANSFER_ENCODING": "chunked",
        "wsgi.input": io.BytesIO(EVENT),
        "wsgi.input_terminated": True,
    }
    seen: list[events.BaseEvent] = []
    receiver = events.Receiver(basic=USER)
    receiver.on(events.BaseEvent)(seen.append)
    answered: list[str] = []

    def start(
        status: str, headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        answered.append(status)
        return lambda _: None

    assert events.wsgi_app(receiver)(environ, start) == [b'{"status":"ok"}']
    assert (answered, len(seen)) == (["200 OK"], 1)


def test_a_chunked_body_is_taken_from_a_wsgi_server_that_decodes_it() -> None:
    seen: list[events.BaseEvent] = []
    receiver = events.Receiver(basic=USER)
    receiver.on(events.BaseEvent)(seen.append)
    with wsgi_served(events.wsgi_app(receiver), decodes_chunks=True) as port:
        head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        assert raw(port, head + chunked(EVENT[:7], EVENT[7:])).split()[1] == b"200"
        assert raw(port, head + b"5\r\n{", hang_up=True).split()[1] == b"400"
    assert len(seen) == 1


@both
def test_a_body_that_ends_early_is_not_handled(served: Served) -> None:
    seen: list[events.BaseEvent] = []
    receiver = events.Receiver(basic=USER)
    receiver.on(events.BaseEvent)(seen.append)
    with served(receiver) as port:
        head = HEAD + b"Content-Length: %d\r\n\r\n" % (len(EVENT) + 1)
        # uvicorn tells an application that its caller is gone, and answers nothing.
        assert raw(port, head + EVENT, hang_up=True).split()[1:2] in ([b"400"], [])
    assert seen == []


@both
def test_a_body_that_comes_too_slowly_is_answered_408(served: Served) -> None:
    receiver = events.Receiver(basic=USER, body_timeout=0.01 if served is asgi else 5)
    times = itertools.count(0, 6)
    receiver._clock = lambda: next(times)
    with served(receiver) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as made:
        made.sendall(
            HEAD + b"Content-Length: %d\r\n\r\n" % len(EVENT) + EVENT[: 5 if served is asgi else None]
        )
        assert made.recv(65536).split()[1] == b"408"


@both
def test_other_methods_are_told_what_is_taken(served: Served) -> None:
    with served(events.Receiver(basic=USER)) as port:
        for method in (b"HEAD", b"OPTIONS", b"PUT"):
            answer = raw(port, HEAD.replace(b"POST", method) + b"\r\n")
            assert answer.split()[1] == b"405"
            assert b"allow: post" in answer.lower()
            assert answer.endswith(b"\r\n\r\n") is (method == b"HEAD")


@pytest.mark.parametrize("is_async", [True, False])
def test_a_server_that_shuts_down_waits_for_handlers_whose_caller_is_gone(is_async: bool) -> None:
    started, release, done = threading.Event(), threading.Event(), list[object]()
    receiver = events.Receiver(basic=USER)

    def slow(event: events.BaseEvent) -> None:
        started.set()
        release.wait(20)
        done.append(event)

    async def slow_async(event: events.BaseEvent) -> None:
        await asyncio.to_thread(started.set)
        await asyncio.to_thread(release.wait, 20)
        # More turns of the event loop than a shutdown takes that waits for nothing.
        for _ in range(1000):
            await asyncio.sleep(0)
        done.append(event)

    receiver.on(events.BaseEvent)(slow_async if is_async else slow)
    app = events.asgi_app(receiver)

    async def releasing(scope: dict[str, object], receive: Receive, send: Send) -> None:
        async def told() -> Mapping[str, object]:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                # Only now may the handler end: the server itself has given it up.
                asyncio.get_running_loop().call_soon(release.set)
            return message

        await app(scope, told, send)

    with (
        asgi_served(releasing, grace=0) as port,
        socket.create_connection(("127.0.0.1", port), timeout=20) as made,
    ):
        made.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(EVENT) + EVENT)
        assert started.wait(20)
    assert len(done) == 1
    assert receiver.handle("POST", AUTHORIZED, [EVENT]).status == 200
    assert len(done) == 1


def test_a_caller_that_waits_for_a_go_ahead_gets_one() -> None:
    with asgi(events.Receiver(basic=USER)) as port:
        head = HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(EVENT)
        assert b" 100 Continue" in raw(port, head + EVENT)


def test_an_asgi_app_answers_the_other_scopes() -> None:
    async def converse(
        scope: dict[str, object], incoming: list[dict[str, object]]
    ) -> list[dict[str, object]]:
        sent: list[dict[str, object]] = []

        async def receive() -> dict[str, object]:
            return incoming.pop(0)

        async def answer(message: dict[str, object]) -> None:
            sent.append(message)

        await events.asgi_app(events.Receiver(basic=USER))(scope, receive, answer)
        return sent

    lifespan: list[dict[str, object]] = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    assert asyncio.run(converse({"type": "lifespan"}, lifespan)) == [
        {"type": "lifespan.startup.complete"},
        {"type": "lifespan.shutdown.complete"},
    ]
    assert asyncio.run(converse({"type": "websocket"}, [])) == [{"type": "websocket.close", "code": 1008}]
    headers = [(name.encode(), value.encode()) for name, value in AUTHORIZED.items()]
    gone: dict[str, object] = {"type": "http", "method": "POST", "headers": headers}
    assert asyncio.run(converse(gone, [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])) == []  # fmt: skip


class Gateway:
    """Posts from several connections; what is answered 503 or 500 is posted again, as the gateway does."""

    def __init__(self, port: int, connections: int) -> None:
        self._port = port
        self._connections = connections
        self.statuses: dict[int, int] = {}
        self._lock = threading.Lock()

    def deliver(self, contents: list[bytes]) -> None:
        shares = [contents[start :: self._connections] for start in range(self._connections)]
        with ThreadPoolExecutor(self._connections) as pool:
            list(pool.map(self._deliver, shares))

    def _deliver(self, contents: list[bytes]) -> None:
        with connection(self._port) as made:
            while contents:
                again: list[bytes] = []
                for content in contents:
                    status = send(made, "/", content, AUTHORIZED)
                    with self._lock:
                        self.statuses[status] = self.statuses.get(status, 0) + 1
                    if status != 200:
                        again.append(content)
                contents = again


def duplicated(count: int, share: float) -> list[bytes]:
    """So many posts, of which a share is of events that are posted once more, in a random order."""
    fresh = round(count * (1 - share))
    order = random.Random(7)
    numbers = [*range(fresh), *(order.randrange(fresh) for _ in range(count - fresh))]
    order.shuffle(numbers)
    return [body(numbered(number)) for number in numbers]


def counting(receiver: events.Receiver) -> tuple[dict[str, int], dict[str, int]]:
    """How often an ordinary and an async handler ran for each id."""
    ran: tuple[dict[str, int], dict[str, int]] = ({}, {})

    @receiver.on(events.MessageReceived)
    def count(event: events.MessageReceived) -> None:
        ran[0][event.key] = ran[0].get(event.key, 0) + 1

    @receiver.on(events.MessageReceived)
    async def count_async(event: events.MessageReceived) -> None:
        ran[1][event.key] = ran[1].get(event.key, 0) + 1

    return ran


@both
def test_a_hundred_posts_of_one_event_at_once_run_its_handler_once(served: Served) -> None:
    receiver = events.Receiver(basic=USER)
    ran = counting(receiver)
    with served(receiver) as port:
        gateway = Gateway(port, 20)
        gateway.deliver([EVENT] * 100)
    assert ran == ({"jX5nAV9USriK2LkS6e0D0g": 1}, {"jX5nAV9USriK2LkS6e0D0g": 1})
    assert gateway.statuses[200] == 100


def test_ten_thousand_posts_with_duplicates_run_each_handler_once_for_each_id() -> None:
    receiver = events.Receiver(basic=USER)
    ran = counting(receiver)
    with asgi(receiver) as port:
        gateway = Gateway(port, 8)
        gateway.deliver(duplicated(10_000, 0.3))
    for counts in ran:
        assert len(counts) == 7_000
        assert set(counts.values()) == {1}
    assert gateway.statuses[200] == 10_000
    assert gateway.statuses.keys() <= {200, 503}


@both
def test_duplicates_on_a_store_on_disk_and_handlers_that_fail(served: Served, tmp_path: Path) -> None:
    with events.SqliteStore(tmp_path / "events.db") as store:
        receiver = events.Receiver(basic=USER, store=store)
        tried: dict[str, int] = {}
        handled: dict[str, int] = {}

        @receiver.on(events.MessageReceived)
        def fails_at_first(event: events.MessageReceived) -> None:
            tried[event.key] = tried.get(event.key, 0) + 1
            if tried[event.key] == 1 and event.key.endswith("7"):
                raise ValueError
            handled[event.key] = handled.get(event.key, 0) + 1

        with served(receiver) as port:
            gateway = Gateway(port, 6)
            gateway.deliver(duplicated(600, 0.5))
        assert len(handled) == 300
        assert set(handled.values()) == {1}
        assert gateway.statuses[500] == 30
