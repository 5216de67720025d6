"""The receiver of events: credentials, handlers, and the store of handled events."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from scgapi._core.describe import describe_value, is_number
from scgapi._io.clock import monotonic
from scgapi.errors import ConfigurationError
from scgapi.events.core import (
    Body,
    Handler,
    Refused,
    Response,
    Steps,
    body_incomplete,
    body_too_slow,
    check_head,
    handle_events,
)
from scgapi.events.credentials import Credentials, UserAndPassword
from scgapi.events.driving import AsyncDriver, drive
from scgapi.events.models import BaseEvent
from scgapi.events.parsing import Event
from scgapi.events.stores import MemoryStore, Store

E = TypeVar("E", bound=BaseEvent)
R = TypeVar("R", bound=Awaitable[object] | None)

_log = logging.getLogger("scgapi.events")


class Receiver:
    """A receiver of the gateway's events, which has each event handled once.

    `asgi_app(receiver)` and `wsgi_app(receiver)` are applications to serve or to mount; `starlette_route`,
    `flask_view` and `django_view` fit it into an application that is there.

    A handler that raises has the gateway post the event again (500), and all handlers of that event run again. Keep
    handlers short: the gateway waits for the response. Log lines name events by id and type, and nothing else of them.

    Args:
        basic: user and password that the gateway shows, or several such pairs.
        bearer: a token that the gateway shows, or several.
        allow_unauthenticated: accept posts without credentials; only for a network that others cannot reach.
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
        for name, value in (("max_body", max_body), ("body_timeout", body_timeout)):
            if not (is_number(value) and value > 0):
                raise ConfigurationError(f"{name} must be a number, more than 0, got {describe_value(value)}")
        self._store: Store = MemoryStore() if store is None else store
        self._max_body = max_body
        self._body_timeout = body_timeout
        self._handlers: list[Handler] = []
        self._driver = AsyncDriver()
        self._running: set[asyncio.Task[Response]] = set()
        self._clock = monotonic

    def on(self, kind: type[E]) -> Registration[E]:
        """Have a function handle the events of a class: `@receiver.on(MessageReceived)`.

        It may be a coroutine function or an ordinary one, whatever serves the receiver: under ASGI ordinary ones run
        in a thread, under WSGI coroutines run in an event loop of their own, each call in a new one. Several may handle one class; `BaseEvent`
        gets every event, `UnknownEvent` those of other types.
        """
        if not (isinstance(kind, type) and issubclass(kind, BaseEvent)):
            raise ConfigurationError("on() takes a class of events, such as MessageReceived or BaseEvent")
        return Registration(self._handlers, kind)

    def handle(self, method: str, headers: Mapping[str, str], body: Iterable[bytes]) -> Response:
        """Handle one post, and return the response once handlers have run. Names of headers are in lower case."""
        try:
            length = check_head(self._credentials, self._max_body, method, headers)
            content, limit = Body(self._max_body, length), self._clock() + self._body_timeout
            for chunk in body:
                content.add(chunk)
                if self._clock() > limit:
                    raise Refused(body_too_slow())
            events, refusal = content.events()
        except Refused as refused:
            return refused.response
        except TimeoutError:
            return body_too_slow()
        # Servers raise it when the caller has disconnected, or its chunks are malformed.
        except OSError:
            return body_incomplete()
        return drive(self._steps(events, refusal))

    async def handle_async(
        self, method: str, headers: Mapping[str, str], body: AsyncIterable[bytes]
    ) -> Response:
        """Handle one post, and return the response once handlers have run. Names of headers are in lower case.

        Raises:
            ConfigurationError: it does not run on asyncio (on Trio, for instance).
        """
        _require_asyncio()
        try:
            length = check_head(self._credentials, self._max_body, method, headers)
            content = Body(self._max_body, length)
            async with asyncio.timeout(self._body_timeout):
                async for chunk in body:
                    content.add(chunk)
            events, refusal = content.events()
        except Refused as refused:
            return refused.response
        except TimeoutError:
            return body_too_slow()
        except OSError:
            return body_incomplete()
        # In a task of its own, so that a caller who disconnects does not stop a handler half-way.
        task = asyncio.create_task(self._driver.drive(self._steps(events, refusal)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def aclose(self, timeout: float = 10.0) -> None:
        """Wait for the handlers that are running in this event loop, at most `timeout` seconds.

        `asgi_app` does so when its server shuts down. Where the receiver is a part of another application, await this in
        the shutdown of that one: handlers that still run when the event loop ends are cancelled.
        """
        loop = asyncio.get_running_loop()
        running = [task for task in [*self._running] if task.get_loop() is loop]
        if running:
            _, pending = await asyncio.wait(running, timeout=timeout)
            if pending:
                _log.warning(
                    "%d events are still being handled after %s s of shutdown", len(pending), timeout
                )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self._handlers)} handlers, {type(self._store).__name__})"

    def _steps(self, events: Sequence[Event], refusal: Response | None) -> Steps:
        return handle_events(events, refusal, tuple(self._handlers), self._store)


class Registration(Generic[E]):
    """The decorator that `@receiver.on(…)` returns."""

    def __init__(self, handlers: list[Handler], kind: type[E]) -> None:
        self._handlers = handlers
        self._kind = kind

    def __call__(self, handler: Callable[[E], R]) -> Callable[[E], R]:
        """Register the function, and return it unchanged."""
        kind = self._kind

        def call(event: object) -> object:
            assert isinstance(event, kind)  # noqa: S101 - the core asked before
            try:
                result: object = handler(event)
            # It would silently end the generator that called the handler.
            except StopIteration as error:
                raise RuntimeError("the handler let a StopIteration out") from error
            if inspect.isgenerator(result) or inspect.isasyncgen(result):
                raise ConfigurationError("the handler returned a generator, and nothing of it has run")
            return result

        # An object's __call__ may be a coroutine function or a generator function.
        functions: tuple[object, ...] = (handler, getattr(handler, "__call__", None))  # noqa: B004
        if any(inspect.isgeneratorfunction(one) or inspect.isasyncgenfunction(one) for one in functions):
            raise ConfigurationError(
                "a handler with a yield in it would never run: use a function, or a coroutine function"
            )
        name = getattr(handler, "__qualname__", type(handler).__qualname__)
        is_async = any(map(inspect.iscoroutinefunction, functions))
        self._handlers.append(Handler(kind, call, name, is_async))
        return handler


def _require_asyncio() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(
            "a receiver needs an ASGI server on asyncio, such as uvicorn; use wsgi_app(receiver) on other servers"
        ) from None
