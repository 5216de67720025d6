"""The receiver: it knows who may post, which functions handle what, and which events were handled."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import inspect
import time
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from scgapi.errors import ConfigurationError
from scgapi.events.core import Answer, Body, Handler, Refused, Step, Steps, check_head, handling, too_slow
from scgapi.events.credentials import Credentials, UserAndPassword
from scgapi.events.models import BaseEvent
from scgapi.events.parsing import Event
from scgapi.events.stores import MemoryStore, Store

E = TypeVar("E", bound=BaseEvent)
R = TypeVar("R", bound=Awaitable[object] | None)


class Receiver:
    """Receives what the gateway posts, and has each event handled once.

    `asgi_app(receiver)` and `wsgi_app(receiver)` are applications to serve or to mount; `starlette_route`,
    `flask_view` and `django_view` fit it into an application that is there.

    A handler that raises has the gateway post the event again (500), and all handlers of that event run again. Keep
    handlers short: the gateway waits for the answer. Log lines name events by id and type, and nothing else of them.

    Args:
        basic: user and password that the gateway shows, or several such pairs.
        bearer: a token that the gateway shows, or several.
        allow_unauthenticated: take events from anybody; only for where nobody else can post.
        store: which events were handled; in memory if left out (see `SqliteStore` and `RedisStore`).
        max_body: bytes that a body may have.
        body_timeout: seconds in which a body must have come. Under WSGI it is looked at between reads: the
            server's own limit must end a read that waits.

    Raises:
        ConfigurationError: there are no credentials and `allow_unauthenticated` is not said, or they are malformed.
    """

    def __init__(
        self,
        *,
        basic: UserAndPassword | Sequence[UserAndPassword] = (),
        bearer: str | Sequence[str] = (),
        allow_unauthenticated: bool = False,
        store: Store | None = None,
        max_body: int = 256 * 1024,
        body_timeout: float = 10.0,
    ) -> None:
        self._credentials = Credentials(basic, bearer, none=allow_unauthenticated)
        if not (max_body > 0 and body_timeout > 0):
            raise ConfigurationError("max_body and body_timeout are more than 0")
        self._store: Store = MemoryStore() if store is None else store
        self._max_body = max_body
        self._body_timeout = body_timeout
        self._handlers: list[Handler] = []
        self._running: set[asyncio.Task[Answer]] = set()
        self._clock = time.monotonic

    def on(self, kind: type[E]) -> Registration[E]:
        """Have a function handle the events of a class: `@receiver.on(MessageReceived)`.

        It may be a coroutine function or an ordinary one, whatever serves the receiver: under ASGI ordinary ones run
        in a thread, under WSGI coroutines run in a loop of their own. Several may handle one class; `BaseEvent`
        gets every event, `UnknownEvent` those of other types.
        """
        if not (isinstance(kind, type) and issubclass(kind, BaseEvent)):
            raise ConfigurationError("on() takes a class of events, such as MessageReceived or BaseEvent")
        return Registration(self._handlers, kind)

    def handle(self, method: str, headers: Mapping[str, str], body: Iterable[bytes]) -> Answer:
        """Answer one post: handlers have run when it returns. Names of headers are in lower case."""
        try:
            check_head(self._credentials, self._max_body, method, headers)
            content, limit = Body(self._max_body), self._clock() + self._body_timeout
            for chunk in body:
                content.add(chunk)
                if self._clock() > limit:
                    raise Refused(too_slow())
            events, refusal = content.events()
        except Refused as refused:
            return refused.answer
        return _drive(self._steps(events, refusal))

    async def handle_async(
        self, method: str, headers: Mapping[str, str], body: AsyncIterable[bytes]
    ) -> Answer:
        """Answer one post: handlers have run when it returns. Names of headers are in lower case."""
        try:
            check_head(self._credentials, self._max_body, method, headers)
            content = Body(self._max_body)
            async with asyncio.timeout(self._body_timeout):
                async for chunk in body:
                    content.add(chunk)
            events, refusal = content.events()
        except Refused as refused:
            return refused.answer
        except TimeoutError:
            return too_slow()
        # A task of its own: a caller who hangs up must not stop a handler half-way.
        task = asyncio.create_task(_drive_async(self._steps(events, refusal)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self._handlers)} handlers, {type(self._store).__name__})"

    def _steps(self, events: Sequence[Event], refusal: Answer | None) -> Steps:
        return handling(events, refusal, tuple(self._handlers), self._store)


class Registration(Generic[E]):
    """What `@receiver.on(…)` decorates with."""

    def __init__(self, handlers: list[Handler], kind: type[E]) -> None:
        self._handlers = handlers
        self._kind = kind

    def __call__(self, handler: Callable[[E], R]) -> Callable[[E], R]:
        """Register the function; it stays what it is."""
        kind = self._kind

        def call(event: object) -> object:
            assert isinstance(event, kind)  # noqa: S101 - the core asked before
            try:
                return handler(event)
            except StopIteration as error:  # which would end whoever drives, and say nothing
                raise RuntimeError("the handler let a StopIteration out") from error

        function: object = handler
        name = getattr(handler, "__qualname__", type(handler).__qualname__)
        is_async = inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
            getattr(function, "__call__", None)  # noqa: B004 - an object whose call is a coroutine function
        )
        self._handlers.append(Handler(kind, call, name, is_async))
        return handler


def _drive(steps: Steps) -> Answer:
    try:
        step = next(steps)
        while True:
            try:
                result = step.call()
                if inspect.isawaitable(result):
                    result = asyncio.run(_awaited(result))
            except BaseException as error:  # noqa: BLE001 - the steps decide what it means
                step = steps.throw(error)
            else:
                step = steps.send(result)
    except StopIteration as end:
        answer: Answer = end.value
        return answer


async def _drive_async(steps: Steps) -> Answer:
    try:
        step = next(steps)
        while True:
            try:
                result = await _called(step)
            except BaseException as error:  # noqa: BLE001 - the steps decide what it means
                step = steps.throw(error)
            else:
                step = steps.send(result)
    except StopIteration as end:
        answer: Answer = end.value
        return answer


async def _called(step: Step) -> object:
    result = await _in_thread(step.call) if step.waits else step.call()
    return await result if inspect.isawaitable(result) else result


async def _in_thread(call: Callable[[], object]) -> object:
    loop = asyncio.get_running_loop()
    running = loop.run_in_executor(None, contextvars.copy_context().run, call)
    while not running.done():  # a thread cannot be stopped, and what it does must not be undone behind it
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait([running])
    return running.result()


async def _awaited(result: Awaitable[object]) -> object:
    return await result
