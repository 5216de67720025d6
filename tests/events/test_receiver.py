"""Responses of a receiver, sync and async, without a server."""

from __future__ import annotations

import asyncio
import base64
import contextvars
import functools
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from scgapi import ConfigurationError, events
from scgapi.events import driving
from scgapi.events.core import Response
from scgapi.events.receiver import Receiver
from tests.events import samples
from tests.events.samples import AUTHORIZED, JSON, PUBLISHED, USER, body
from tests.events.serving import RECEIVER_KINDS, ReceiverKind, each, post

EVENT = body(PUBLISHED["E2"])
both_kinds = pytest.mark.parametrize("receiver_kind", RECEIVER_KINDS)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver(basic=USER)


def basic(text: str | bytes) -> dict[str, str]:
    given = text if isinstance(text, bytes) else text.encode()
    return {**JSON, "authorization": "Basic " + base64.b64encode(given).decode()}


@both_kinds
def test_handlers_get_the_events_of_their_class_and_of_those_below(
    receiver_kind: ReceiverKind, receiver: Receiver
) -> None:
    seen: list[str] = []

    @receiver.on(events.MessageReceived)
    def sync_handler(event: events.MessageReceived) -> None:
        seen.append(f"sync {event.message_body}")

    @receiver.on(events.MessageReceived)
    async def async_handler(event: events.MessageReceived) -> None:
        await asyncio.sleep(0)
        seen.append(f"async {event.message_body}")

    @receiver.on(events.BaseEvent)
    def catch_all(event: events.BaseEvent) -> None:
        seen.append(f"any {event.type}")

    @receiver.on(events.UnknownEvent)
    def unknown(event: events.UnknownEvent) -> None:
        seen.append(f"unknown {event.type}")

    assert post(receiver_kind, receiver, EVENT, AUTHORIZED).status == 200
    assert seen == ["sync Test MO message", "async Test MO message", "any mo_message_received"]
    assert sync_handler(samples_event()) is None
    assert post(receiver_kind, receiver, body(samples.NUMBER_MONITORING), AUTHORIZED).status == 200
    assert seen[-2:] == ["any deactivation_event", "unknown deactivation_event"]


def samples_event() -> events.MessageReceived:
    found = events.parse(EVENT)
    assert isinstance(found, events.MessageReceived)
    return found


class Counter:
    def __init__(self) -> None:
        self.runs = 0

    async def __call__(self, event: events.BaseEvent) -> None:
        self.runs += 1


@both_kinds
def test_objects_and_functions_that_return_coroutines_are_handlers_too(
    receiver_kind: ReceiverKind, receiver: Receiver
) -> None:
    counter = Counter()
    receiver.on(events.BaseEvent)(counter)
    receiver.on(events.BaseEvent)(lambda event: counter(event))
    assert post(receiver_kind, receiver, EVENT, AUTHORIZED).status == 200
    assert counter.runs == 2


def test_async_handlers_run_in_the_servers_loop_and_others_beside_it(receiver: Receiver) -> None:
    where: dict[str, int] = {}

    @receiver.on(events.BaseEvent)
    async def async_handler(event: events.BaseEvent) -> None:
        where["async"] = threading.get_ident()

    @receiver.on(events.BaseEvent)
    def sync_handler(event: events.BaseEvent) -> None:
        where["sync"] = threading.get_ident()

    post("async", receiver, EVENT, AUTHORIZED)
    assert where["async"] == threading.get_ident() != where["sync"]


@both_kinds
@pytest.mark.parametrize(
    "error", [ValueError, StopIteration, StopAsyncIteration, GeneratorExit, asyncio.CancelledError]
)
def test_a_handler_that_raises_has_the_event_posted_again(
    receiver_kind: ReceiverKind,
    receiver: Receiver,
    error: type[BaseException],
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs: list[int | None] = []

    @receiver.on(events.MessageReceived)
    def fails_at_first(event: events.MessageReceived) -> None:
        runs.append(event.attempt)
        if len(runs) == 1:
            raise error(event.from_address, event.message_body)

    answer = post(receiver_kind, receiver, EVENT, AUTHORIZED)
    assert answer.status == 500
    assert "fails_at_first" in caplog.text
    assert "jX5nAV9USriK2LkS6e0D0g" in caplog.text
    assert not any(secret in caplog.text + answer.body.decode() for secret in ("4085551212", "Test MO"))
    assert post(receiver_kind, receiver, body({**PUBLISHED["E2"], "attempt": 2}), AUTHORIZED).status == 200
    assert post(receiver_kind, receiver, EVENT, AUTHORIZED).status == 200
    assert runs == [1, 2]


def generator(_: object) -> Iterator[None]:
    yield


async def async_generator(_: object) -> AsyncIterator[None]:
    yield


@both_kinds
@pytest.mark.parametrize("made", [generator, async_generator])
def test_a_handler_whose_result_would_have_to_be_iterated_has_failed(
    receiver_kind: ReceiverKind, receiver: Receiver, made: Callable[[object], object]
) -> None:
    @functools.wraps(made)
    def decorated(event: events.BaseEvent) -> None:
        return made(event)  # type: ignore[return-value]  # pyright: ignore[reportReturnType]

    receiver.on(events.BaseEvent)(decorated)
    assert post(receiver_kind, receiver, EVENT, AUTHORIZED).status == 500
    assert post(receiver_kind, receiver, EVENT, AUTHORIZED).status == 500


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_a_handler_that_is_interrupted_leaves_the_event_unseen(
    receiver: Receiver, error: type[BaseException]
) -> None:
    runs: list[int] = []

    @receiver.on(events.MessageReceived)
    def is_interrupted(event: events.MessageReceived) -> None:
        runs.append(1)
        if len(runs) == 1:
            raise error

    with pytest.raises(error):
        post("sync", receiver, EVENT, AUTHORIZED)
    assert post("sync", receiver, EVENT, AUTHORIZED).status == 200
    assert len(runs) == 2


@pytest.mark.parametrize("error", [SystemExit, asyncio.CancelledError, GeneratorExit])
@pytest.mark.parametrize("is_async", [True, False])
def test_a_handler_that_ends_its_thread_or_task_does_not_end_the_server(
    receiver: Receiver, error: type[BaseException], is_async: bool, caplog: pytest.LogCaptureFixture
) -> None:
    runs: list[int] = []

    def ends(event: events.MessageReceived) -> None:
        runs.append(1)
        if len(runs) == 1:
            raise error

    async def ends_async(event: events.MessageReceived) -> None:
        ends(event)

    receiver.on(events.MessageReceived)(ends_async if is_async else ends)

    async def twice() -> list[int]:
        return [(await receiver.handle_async("POST", AUTHORIZED, each([EVENT]))).status for _ in range(2)]

    assert asyncio.run(twice()) == [500, 200]
    assert f"{ends.__name__}" in caplog.text
    assert error.__name__ in caplog.text


@both_kinds
def test_a_handler_that_cancels_its_own_task_has_failed(
    receiver_kind: ReceiverKind, receiver: Receiver
) -> None:
    runs: list[int] = []

    @receiver.on(events.MessageReceived)
    async def cancels(event: events.MessageReceived) -> None:
        runs.append(1)
        task = asyncio.current_task()
        if task is not None and len(runs) == 1:
            task.cancel()
            await asyncio.sleep(0)

    assert [post(receiver_kind, receiver, EVENT, AUTHORIZED).status for _ in range(2)] == [500, 200]


def test_functions_that_would_never_run_are_no_handlers(receiver: Receiver) -> None:
    def yields(event: events.BaseEvent) -> Iterator[None]:
        yield

    async def yields_async(event: events.BaseEvent) -> AsyncIterator[None]:
        yield

    class Yields:
        def __call__(self, event: events.BaseEvent) -> Iterator[None]:
            yield

    for handler in (yields, yields_async, Yields()):
        with pytest.raises(ConfigurationError, match="yield"):
            receiver.on(events.BaseEvent)(handler)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]  # the mistake


def test_a_coroutine_that_cancels_itself_has_failed_under_wsgi_too(receiver: Receiver) -> None:
    @receiver.on(events.MessageReceived)
    async def cancels(event: events.MessageReceived) -> None:
        raise asyncio.CancelledError

    assert post("sync", receiver, EVENT, AUTHORIZED).status == 500


@both_kinds
def test_a_batch_is_handled_event_by_event(receiver_kind: ReceiverKind, receiver: Receiver) -> None:
    seen: list[str | None] = []
    broken = True

    @receiver.on(events.BaseEvent)
    def handler(event: events.BaseEvent) -> None:
        if event.id == "second" and broken:
            raise OSError
        seen.append(event.id)

    batch = [{**PUBLISHED["E2"], "event-id": name} for name in ("first", "second", "first", "third")]
    assert post(receiver_kind, receiver, body(batch), AUTHORIZED).status == 500
    broken = False
    lines = b"\n".join(map(body, batch))
    assert (
        post(receiver_kind, receiver, lines, {**AUTHORIZED, "content-type": "application/x-ndjson"}).status
        == 200
    )
    assert seen == ["first", "third", "second"]  # the one that fails keeps nobody back


@both_kinds
def test_what_is_no_event_costs_its_batch_nothing_else(
    receiver_kind: ReceiverKind, receiver: Receiver
) -> None:
    seen: list[str | None] = []

    @receiver.on(events.BaseEvent)
    def handler(event: events.BaseEvent) -> None:
        seen.append(event.id)

    first, second = ({**PUBLISHED["E2"], "event-id": name} for name in ("first", "second"))
    assert post(receiver_kind, receiver, body([first, {"x": 1}, second]), AUTHORIZED).status == 400
    assert seen == ["first", "second"]


@both_kinds
def test_wrong_credentials_are_logged_once_a_minute(
    receiver_kind: ReceiverKind,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1000.0]
    monkeypatch.setattr("scgapi.events.credentials.monotonic", lambda: now[0])
    for moment in (0.0, 1.0, 59.0, 60.0, 61.0):
        now[0] = 1000.0 + moment
        assert post(receiver_kind, receiver, EVENT, basic("gateway:wrong")).status == 401
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2
    assert "wrong" not in caplog.text


@both_kinds
def test_what_nobody_handles_is_taken(receiver_kind: ReceiverKind, receiver: Receiver) -> None:
    assert post(receiver_kind, receiver, EVENT, AUTHORIZED).status == 200


@both_kinds
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (JSON, 401),
        (basic("gateway:wrong"), 401),
        (basic("other:correct horse"), 401),
        (basic("gateway"), 401),
        (basic("gatewäy:correct horse"), 401),
        (basic(b"\xff\xfe:\x00"), 401),
        ({**JSON, "authorization": "Basic \u00e4\u00f6"}, 401),
        ({**JSON, "authorization": "Basic"}, 401),
        ({**JSON, "authorization": "Basic " + "=" * 5}, 401),
        ({**JSON, "authorization": "Bearer correct horse"}, 401),
        ({**JSON, "authorization": "Digest x"}, 401),
        ({**JSON, "authorization": AUTHORIZED["authorization"].replace("Z2", "Z!2")}, 401),
        ({**JSON, "authorization": f"{AUTHORIZED['authorization']}, {AUTHORIZED['authorization']}"}, 401),
        ({**AUTHORIZED, "authorization": AUTHORIZED["authorization"].replace("Basic", "bAsIc")}, 200),
        ({**AUTHORIZED, "content-type": "text/xml"}, 415),
        ({**AUTHORIZED, "content-type": ""}, 415),
        ({**AUTHORIZED, "content-type": "application/json; charset=utf-16"}, 415),
        ({**AUTHORIZED, "content-type": 'Application/JSON;charset="UTF-8"'}, 200),
        ({**AUTHORIZED, "content-encoding": "gzip"}, 415),
        ({**AUTHORIZED, "content-encoding": "identity"}, 200),
        ({**AUTHORIZED, "content-length": "262145"}, 413),
        ({**AUTHORIZED, "content-length": "9" * 30}, 413),
        ({**AUTHORIZED, "content-length": "-1"}, 400),
        ({**AUTHORIZED, "content-length": "\u0661"}, 400),
    ],
)
def test_heads_that_are_refused_before_the_body_is_read(
    receiver_kind: ReceiverKind, headers: dict[str, str], status: int, receiver: Receiver
) -> None:
    seen: list[object] = []
    receiver.on(events.BaseEvent)(seen.append)
    answer = post(receiver_kind, receiver, EVENT, headers)
    assert (answer.status, len(seen)) == (status, status == 200)
    assert isinstance(json.loads(answer.body), dict)
    if status == 401:
        assert ("www-authenticate", 'Basic realm="events", charset="UTF-8"') in answer.headers


def test_a_refused_head_leaves_the_body_unread(receiver: Receiver) -> None:
    body = iter([EVENT])
    assert receiver.handle("POST", JSON, body).status == 401
    assert receiver.handle("GET", AUTHORIZED, body).status == 405
    assert next(body) == EVENT


@both_kinds
def test_only_posts_are_taken(receiver_kind: ReceiverKind, receiver: Receiver) -> None:
    for method in ("GET", "PUT", "post", ""):
        answer = post(receiver_kind, receiver, EVENT, AUTHORIZED, method=method)
        assert (answer.status, answer.headers) == (405, (("allow", "POST"),))


@both_kinds
def test_a_body_may_not_be_larger_than_it_said_or_than_is_allowed(receiver_kind: ReceiverKind) -> None:
    receiver = Receiver(basic=USER, max_body=len(EVENT))
    lying = {**AUTHORIZED, "content-length": "5"}
    assert post(receiver_kind, receiver, EVENT, lying).status == 200
    assert post(receiver_kind, receiver, EVENT + b" ", lying).status == 413


@both_kinds
def test_a_body_that_ended_early_is_no_event_even_if_its_start_is_one(
    receiver_kind: ReceiverKind, receiver: Receiver
) -> None:
    seen: list[object] = []
    receiver.on(events.BaseEvent)(seen.append)
    longer = {**AUTHORIZED, "content-length": str(len(EVENT) + 1)}
    answer = post(receiver_kind, receiver, EVENT, longer)
    assert (answer.status, seen) == (400, [])
    assert b"ended early" in answer.body
    assert post(receiver_kind, receiver, EVENT, {**longer, "content-length": "0" * 30 + "1"}).status == 413
    assert seen == []
    # Chunks have an end of their own.
    assert post(receiver_kind, receiver, EVENT, {**longer, "transfer-encoding": "chunked"}).status == 200


@both_kinds
@pytest.mark.parametrize(
    ("error", "status"), [(ConnectionResetError, 400), (OSError, 400), (TimeoutError, 408)]
)
def test_a_body_that_cannot_be_read_is_no_failure_of_the_server(
    receiver_kind: ReceiverKind, receiver: Receiver, error: type[OSError], status: int
) -> None:
    def broken() -> Iterator[bytes]:
        yield EVENT[:10]
        raise error

    async def broken_async() -> AsyncIterator[bytes]:
        for chunk in broken():
            yield chunk

    if receiver_kind == "sync":
        answer = receiver.handle("POST", AUTHORIZED, broken())
    else:
        answer = asyncio.run(receiver.handle_async("POST", AUTHORIZED, broken_async()))
    assert answer.status == status


@both_kinds
@pytest.mark.parametrize(
    "content", [b"", b"no", b"[]", b"[1]", b"{}", b"<event/>", samples.E3_AS_PRINTED.encode()]
)
def test_bodies_that_hold_no_event(receiver_kind: ReceiverKind, content: bytes, receiver: Receiver) -> None:
    answer = post(receiver_kind, receiver, content, AUTHORIZED)
    assert answer.status == 400
    assert json.loads(answer.body)["error"]


def test_a_body_must_come_in_time() -> None:
    receiver = Receiver(basic=USER, body_timeout=5)
    times = iter([0.0, 1.0, 6.0])
    receiver._clock = lambda: next(times)
    assert receiver.handle("POST", AUTHORIZED, [EVENT[:5], EVENT[5:10], EVENT[10:]]).status == 408

    async def stuck() -> AsyncIterator[bytes]:
        yield EVENT[:5]
        await asyncio.Event().wait()

    receiver = Receiver(basic=USER, body_timeout=0.01)
    assert asyncio.run(receiver.handle_async("POST", AUTHORIZED, stuck())).status == 408


def test_credentials_of_both_kinds_and_several_of_each() -> None:
    receiver = Receiver(basic=[USER, ("new", "päss")], bearer=["old-token", "new-token"])
    for headers in (
        AUTHORIZED,
        basic("new:päss"),
        {**JSON, "authorization": "Bearer old-token"},
        {**JSON, "authorization": "bearer new-token"},
    ):
        assert post("sync", receiver, EVENT, headers).status == 200
    for token in ("other", "", "old-tokeñ", "\u20ac"):
        answer = post("sync", receiver, EVENT, {**JSON, "authorization": f"Bearer {token}"})
        assert answer.status == 401
        assert answer.headers[0][1].endswith('Bearer realm="events"')
    assert "old-token" not in repr(vars(receiver)) + repr(vars(receiver._credentials))


def test_an_open_door_must_be_spelled_out() -> None:
    with pytest.raises(ConfigurationError, match="allow_unauthenticated=True"):
        Receiver()
    with pytest.raises(ConfigurationError, match="not both"):
        Receiver(bearer="token", allow_unauthenticated=True)
    assert post("sync", Receiver(allow_unauthenticated=True), EVENT, JSON).status == 200


def test_malformed_settings_are_refused() -> None:
    for user in (("", "p"), ("u", ""), ("u:v", "p")):
        with pytest.raises(ConfigurationError, match="basic"):
            Receiver(basic=user)
    for token in (" t", "t\u00e4", ["ok", ""]):
        with pytest.raises(ConfigurationError, match="bearer"):
            Receiver(bearer=token)
    for size, seconds in ((0, 1), (1, 0)):
        with pytest.raises(ConfigurationError, match="more than 0"):
            Receiver(bearer="token", max_body=size, body_timeout=seconds)
    with pytest.raises(ConfigurationError, match="class of events"):
        Receiver(bearer="token").on(dict)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]  # the mistake
    with pytest.raises(ConfigurationError, match="ttl"):
        events.MemoryStore(ttl=0)


class Unreachable:
    """A store that fails, at first with claims and then with settling."""

    waits = False

    def __init__(self) -> None:
        self.claims_fail = True

    def claim(self, key: str, token: str) -> events.Claim:
        if self.claims_fail:
            raise ConnectionError(key)
        return events.Claim.NEW

    def settle(self, key: str, token: str, *, handled: bool) -> None:
        raise ConnectionError(key)


@both_kinds
def test_a_store_that_fails_has_the_event_posted_again_unless_it_was_handled(
    receiver_kind: ReceiverKind, caplog: pytest.LogCaptureFixture
) -> None:
    store, seen = Unreachable(), list[object]()
    receiver = Receiver(basic=USER, store=store)
    receiver.on(events.BaseEvent)(seen.append)
    answer = post(receiver_kind, receiver, EVENT, AUTHORIZED)
    assert (answer.status, ("retry-after", "10") in answer.headers, seen) == (503, True, [])
    store.claims_fail = False
    assert post(receiver_kind, receiver, EVENT, AUTHORIZED).status == 200
    assert len(seen) == 1
    assert caplog.text.count("Unreachable") == 2


class Watched(events.MemoryStore):
    """A store that says which threads use it."""

    def __init__(self, *, waits: bool) -> None:
        super().__init__()
        self.waits = waits
        self.used_by: set[int] = set()

    def claim(self, key: str, token: str = "") -> events.Claim:
        self.used_by.add(threading.get_ident())
        return super().claim(key, token)

    def settle(self, key: str, token: str = "", *, handled: bool) -> None:
        self.used_by.add(threading.get_ident())
        super().settle(key, token, handled=handled)


@pytest.mark.parametrize("waits", [True, False])
def test_a_store_that_waits_does_not_keep_the_loop_waiting(waits: bool) -> None:
    store = Watched(waits=waits)
    receiver = Receiver(basic=USER, store=store)
    receiver.on(events.BaseEvent)(lambda event: None)
    assert post("async", receiver, EVENT, AUTHORIZED).status == 200
    assert (threading.get_ident() in store.used_by) is not waits


def test_a_log_line_cannot_be_forged(receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    @receiver.on(events.BaseEvent)
    def fails(event: events.BaseEvent) -> None:
        raise ValueError

    inner: samples.Fields = {"evt-tp": "x\nERROR forged" + "y" * 1000, "fld-val-list": {}}
    assert post("sync", receiver, body({"event": inner, "event-id": "a\r\nforged"}), AUTHORIZED).status == 500
    (record,) = caplog.records
    assert len(record.getMessage().splitlines()[0]) < 250
    assert not any(line.startswith(("ERROR forged", "forged")) for line in record.getMessage().splitlines())


def test_an_event_that_is_being_handled_is_not_taken_for_done(receiver: Receiver) -> None:
    async def main() -> list[int]:
        entered, leave = asyncio.Event(), asyncio.Event()

        @receiver.on(events.BaseEvent)
        async def slow(event: events.BaseEvent) -> None:
            entered.set()
            await leave.wait()

        first = asyncio.create_task(receiver.handle_async("POST", AUTHORIZED, each([EVENT])))
        await entered.wait()
        async with asyncio.timeout(10):
            second = await receiver.handle_async("POST", AUTHORIZED, each([EVENT]))
        leave.set()
        third = await first
        return [second.status, third.status]

    assert asyncio.run(main()) == [503, 200]


def test_a_caller_who_hangs_up_does_not_stop_a_handler(receiver: Receiver) -> None:
    async def main() -> None:
        entered, leave, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

        @receiver.on(events.BaseEvent)
        async def slow(event: events.BaseEvent) -> None:
            entered.set()
            await leave.wait()
            done.set()

        first = asyncio.create_task(receiver.handle_async("POST", AUTHORIZED, each([EVENT])))
        await entered.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        leave.set()
        await asyncio.wait_for(done.wait(), 10)
        await asyncio.gather(*receiver._running)
        assert (await receiver.handle_async("POST", AUTHORIZED, each([EVENT]))).status == 200

    asyncio.run(main())


def test_a_receiver_shows_nothing_private(receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.on(events.BaseEvent)(print)
    for event in PUBLISHED.values():
        post("sync", receiver, body(event), AUTHORIZED)
    assert repr(receiver) == "Receiver(1 handlers, MemoryStore)"
    assert not any(text in caplog.text for text in ("5551212", "Test MO", "58052", "horse"))


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_failure_after_the_lease_ran_out_does_not_free_the_next_claim() -> None:
    async def main() -> list[int]:
        clock = Clock()
        receiver = Receiver(basic=USER, store=events.MemoryStore(lease=10, clock=clock))
        entered: asyncio.Queue[asyncio.Future[None]] = asyncio.Queue()

        @receiver.on(events.BaseEvent)
        async def slow(event: events.BaseEvent) -> None:
            leave: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            await entered.put(leave)
            await leave

        def begin() -> asyncio.Task[Response]:
            return asyncio.create_task(receiver.handle_async("POST", AUTHORIZED, each([EVENT])))

        first = begin()
        leave_first = await entered.get()
        clock.now += 10
        second = begin()
        leave_second = await entered.get()
        leave_first.set_exception(ValueError())
        statuses = [(await first).status, (await begin()).status]
        leave_second.set_result(None)
        return [*statuses, (await second).status, (await begin()).status]

    assert asyncio.run(main()) == [500, 503, 200, 200]


@pytest.mark.parametrize("in_context", [True, False])
def test_coroutines_run_where_an_event_loop_runs_already(receiver: Receiver, in_context: bool) -> None:
    where = contextvars.ContextVar("where", default="nowhere")
    seen: list[str] = []

    @receiver.on(events.BaseEvent)
    async def handler(event: events.BaseEvent) -> None:
        await asyncio.sleep(0)
        seen.append(where.get())

    async def main() -> Response:
        where.set("here")
        return receiver.handle("POST", AUTHORIZED, [EVENT])

    if in_context:
        assert asyncio.run(main()).status == 200
        assert seen == ["here"]
    else:
        assert receiver.handle("POST", AUTHORIZED, [EVENT]).status == 200
        assert seen == ["nowhere"]


def test_without_asyncio_a_receiver_says_what_it_needs(receiver: Receiver) -> None:
    with pytest.raises(ConfigurationError, match="uvicorn"):
        receiver.handle_async("POST", AUTHORIZED, each([EVENT])).send(None)


def test_handlers_that_wait_keep_neither_claims_nor_settling_waiting(tmp_path: Path) -> None:
    async def main() -> list[int]:
        with events.SqliteStore(tmp_path / "events.db") as store:
            receiver = Receiver(basic=USER, store=store)
            release, started = threading.Event(), threading.Semaphore(0)

            @receiver.on(events.MessageReceived)
            def waits(event: events.MessageReceived) -> None:
                started.release()
                if event.id != "quick":
                    release.wait(30)

            def begin(name: str) -> asyncio.Task[Response]:
                content = body({**PUBLISHED["E2"], "event-id": name})
                return asyncio.create_task(receiver.handle_async("POST", AUTHORIZED, each([content])))

            slow = [begin(f"slow-{number}") for number in range(driving.MAX_THREADS - 1)]
            for _ in slow:
                await asyncio.to_thread(started.acquire)
            async with asyncio.timeout(20):
                # All but one thread are taken: a new event, the same again, and one that is being handled.
                statuses = [(await begin("quick")).status, (await begin("quick")).status]
                statuses.append((await begin("slow-0")).status)
            release.set()
            return [*statuses, *{(await task).status for task in slow}]

    assert asyncio.run(main()) == [200, 200, 503, 200]


def test_a_handler_that_gets_no_thread_has_the_event_posted_again(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driving, "MAX_THREADS", 1)
    monkeypatch.setattr(driving, "HANDLER_QUEUE_SECONDS", 0.01)

    async def main() -> list[int]:
        release, started = threading.Event(), threading.Event()

        @receiver.on(events.BaseEvent)
        def waits(event: events.BaseEvent) -> None:
            started.set()
            release.wait(30)

        other = body({**PUBLISHED["E2"], "event-id": "other"})
        first = asyncio.create_task(receiver.handle_async("POST", AUTHORIZED, each([EVENT])))
        await asyncio.to_thread(started.wait, 30)
        second = await receiver.handle_async("POST", AUTHORIZED, each([other]))
        release.set()
        await first
        third = await receiver.handle_async("POST", AUTHORIZED, each([other]))
        return [second.status, third.status]

    assert asyncio.run(main()) == [503, 200]


@pytest.mark.parametrize("is_async", [True, False])
def test_closing_waits_for_handlers(receiver: Receiver, is_async: bool) -> None:
    done: list[object] = []

    async def main() -> None:
        started, release = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()

        async def slow_async(event: events.BaseEvent) -> None:
            started.set()
            await asyncio.to_thread(release.wait, 30)
            done.append(event)

        def slow(event: events.BaseEvent) -> None:
            loop.call_soon_threadsafe(started.set)
            release.wait(30)
            done.append(event)

        receiver.on(events.BaseEvent)(slow_async if is_async else slow)
        first = asyncio.create_task(receiver.handle_async("POST", AUTHORIZED, each([EVENT])))
        await started.wait()
        # As a server that has no patience with its connections.
        first.cancel()
        closing = asyncio.create_task(receiver.aclose())
        await asyncio.sleep(0)
        assert not closing.done()
        release.set()
        await closing

    asyncio.run(main())
    assert len(done) == 1
    assert post("sync", receiver, EVENT, AUTHORIZED).status == 200
    assert len(done) == 1


def test_closing_does_not_wait_for_ever(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(driving, "_LAST_WAIT_SECONDS", 0.01)
    release = threading.Event()

    async def main() -> None:
        started, loop = asyncio.Event(), asyncio.get_running_loop()

        @receiver.on(events.BaseEvent)
        def hangs(event: events.BaseEvent) -> None:
            loop.call_soon_threadsafe(started.set)
            release.wait(30)

        first = asyncio.create_task(receiver.handle_async("POST", AUTHORIZED, each([EVENT])))
        await started.wait()
        await receiver.aclose(0.01)
        first.cancel()

    asyncio.run(main())
    assert "1 events are still being handled" in caplog.text
    # The thread goes on, so that the event is still its own.
    assert post("sync", receiver, EVENT, AUTHORIZED).status == 503
    release.set()


def test_closing_an_idle_receiver_is_done_at_once(receiver: Receiver) -> None:
    asyncio.run(receiver.aclose())
