"""The decisions of a receiver, without I/O: sync and async drivers run the same steps."""

from __future__ import annotations

import json
import logging
import traceback
import uuid
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from scgapi._core.observing import EventObservation
from scgapi._core.text import mask_numbers
from scgapi.errors import EventError
from scgapi.events.credentials import Credentials
from scgapi.events.models import BaseEvent
from scgapi.events.parsing import Event, parse_rows
from scgapi.events.stores import Claim, Store

_log = logging.getLogger("scgapi.events")

_MAX_TYPE_CHARACTERS = 64
_MEDIA_TYPES = ("application/json", "application/x-ndjson")


@dataclass(frozen=True, slots=True)
class Response:
    """The response to a post: a status, a JSON body that repeats nothing of the event, and headers."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def all_headers(self) -> list[tuple[str, str]]:
        """Return the headers with those of the body."""
        own = [("content-type", "application/json"), ("content-length", str(len(self.body)))]
        return [*own, *self.headers]


class Refused(Exception):
    """Raised for a post that is refused."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


@dataclass(frozen=True, slots=True)
class Handler:
    """A function for one class of events and its subclasses."""

    kind: type[BaseEvent]
    call: Callable[[object], object]
    name: str
    is_async: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A function for the driver to call.

    `pool` names the threads that the function may block; in "loop" it must not block, or returns a coroutine.
    """

    call: Callable[[], object]
    pool: Literal["loop", "claim", "handler", "settle"]


class Busy(Exception):
    """Raised if no thread becomes free for a step in time; the step was not begun."""


class Stopped(Exception):
    """Raised for an `error` of a handler that would have ended the server's task or the server."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(type(error).__name__)
        self.error = error


class Abandoned(BaseException):
    """Raised if the program ends while the step is still running in its thread."""


Steps = Generator[Step, object, Response]


def check_head(
    credentials: Credentials, max_body: int, method: str, headers: Mapping[str, str]
) -> int | None:
    """Refuse a post by its head; return the length of the body in bytes, if the head gives it.

    Names of headers are in lower case.

    Raises:
        Refused: the method, the credentials, or the body's kind or size are wrong.
    """
    if method != "POST":
        refusal = _error_response(405, "events are posted", ("allow", "POST"))
        # Not every server drops the body of a response to HEAD.
        raise Refused(replace(refusal, body=b"") if method == "HEAD" else refusal)
    if not credentials.admit(headers.get("authorization")):
        credentials.warn_of_refusal()
        raise Refused(
            _error_response(401, "wrong credentials, or none", ("www-authenticate", credentials.challenge))
        )
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise Refused(_error_response(415, "a compressed body is not taken", ("accept-encoding", "identity")))
    media_type, _, parameters = headers.get("content-type", "").lower().partition(";")
    if media_type.strip() not in _MEDIA_TYPES:
        raise Refused(_error_response(415, "events are JSON: set the delivery configuration's format to it"))
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(_error_response(415, "events are in UTF-8"))
    length = headers.get("content-length", "").strip()
    if not length:
        return None
    if not (length.isascii() and length.isdigit()):
        raise Refused(_error_response(400, "malformed Content-Length"))
    if len(length) > 18 or int(length) > max_body:
        raise Refused(body_too_large(max_body))
    # Chunks mark their own end, whatever length the head gives.
    return None if "transfer-encoding" in headers else int(length)


class Body:
    """The part of a body that was read so far."""

    def __init__(self, max_body: int, length: int | None) -> None:
        self._max = max_body
        self._length = length
        self._content = bytearray()

    def add(self, chunk: bytes) -> None:
        """Add a chunk that was read.

        Raises:
            Refused: it is too much.
        """
        self._content += chunk
        if len(self._content) > self._max:
            raise Refused(body_too_large(self._max))

    def events(self) -> tuple[list[Event], Response | None]:
        """Return the events in it, and a response if some of it is not an event.

        Raises:
            Refused: the body has no event, or ended early.
        """
        if self._length is not None and len(self._content) < self._length:
            raise Refused(body_incomplete())
        try:
            found, problems = parse_rows(bytes(self._content))
        except EventError as error:
            raise Refused(_error_response(400, error.message)) from None
        refusal = _error_response(400, problems[0].message) if problems else None
        if not found:
            raise Refused(refusal or _error_response(400, "an empty list holds no event"))
        return found, refusal


def handle_events(
    events: Sequence[Event], refusal: Response | None, handlers: Sequence[Handler], store: Store
) -> Steps:
    """Run the handlers of each event once for its id; the response says whether the gateway may forget the events."""
    for event in events:
        concerned = [handler for handler in handlers if isinstance(event, handler.kind)]
        # Also after a refusal: one event must not block those behind it.
        if concerned:
            with _observe(event) as observation:
                response = yield from _handle_event(event, concerned, store, observation)
            refusal = refusal or response
    return refusal or Response(200, b'{"status":"ok"}')


def _handle_event(
    event: Event, handlers: Sequence[Handler], store: Store, observation: EventObservation
) -> Generator[Step, object, Response | None]:
    token = uuid.uuid4().hex
    try:
        claim = yield Step(partial(store.claim, event.key, token), "claim" if store.waits else "loop")
    except Exception as error:  # noqa: BLE001 - any store, any fault: the event comes again
        _log.error(
            "event %s was refused: %s cannot be reached: %s",
            _event_label(event),
            _type_name(store),
            _type_name(error),
            extra={"scg_event": _type_name(event), "scg_error": _type_name(error)},
        )
        observation.failure = error
        return try_again_later("the events seen so far cannot be looked up")
    if claim is Claim.HANDLED:
        observation.result = "duplicate"
        return None
    if claim is not Claim.NEW:
        observation.result = "busy"
        # Not 200: the run that is under way may yet fail, and the event would be lost.
        return try_again_later("the event is being handled")
    try:
        response = yield from _run_handlers(event, handlers, observation)
    except Abandoned:
        # The handler may still end well: the claim stays until it runs out.
        raise
    except BaseException:
        yield from _settle(event, token, store, handled=False)
        raise
    yield from _settle(event, token, store, handled=response is None)
    return response


def _run_handlers(
    event: Event, handlers: Sequence[Handler], observation: EventObservation
) -> Generator[Step, object, Response | None]:
    for handler in handlers:
        try:
            yield Step(partial(handler.call, event), "loop" if handler.is_async else "handler")
        except Busy:
            observation.result = "busy"
            return try_again_later("as many handlers as may are running")
        except Exception as error:  # noqa: BLE001 - any handler, any fault: the event comes again
            cause = error.error if isinstance(error, Stopped) else error
            # Without the error's own text, which may hold what the event says.
            frames = "".join(traceback.format_tb(cause.__traceback__))
            _log.error(
                "handler %s failed on event %s: %s\n%s",
                handler.name,
                _event_label(event),
                _type_name(cause),
                frames,
                extra={
                    "scg_event": _type_name(event),
                    "scg_error": _type_name(cause),
                    "scg_handler": handler.name,
                },
            )
            observation.failure = cause
            return _error_response(500, "a handler failed; post the event again")
    observation.result = "handled"
    return None


def _settle(event: Event, token: str, store: Store, *, handled: bool) -> Generator[Step, object, None]:
    try:
        settle = partial(store.settle, event.key, token, handled=handled)
        yield Step(settle, "settle" if store.waits else "loop")
    except Exception as error:  # noqa: BLE001 - the claim runs out by itself
        _log.error(
            "how event %s ended cannot be kept by %s: %s",
            _event_label(event),
            _type_name(store),
            _type_name(error),
            extra={"scg_event": _type_name(event), "scg_error": _type_name(error)},
        )


def body_too_large(max_body: int) -> Response:
    """Return the response to a body above the limit."""
    return _error_response(413, f"a body may have {max_body} bytes")


def body_too_slow() -> Response:
    """Return the response to a body that does not arrive in time."""
    return _error_response(408, "the body did not come in time")


def body_incomplete() -> Response:
    """Return the response to an incomplete body."""
    return _error_response(400, "the body ended early")


def length_required() -> Response:
    """Return the response to a body without a length."""
    return _error_response(411, "a Content-Length is needed")


def try_again_later(why: str) -> Response:
    """Return the response that makes the gateway post the event again."""
    return _error_response(503, why, ("retry-after", "10"))


def _error_response(status: int, text: str, *headers: tuple[str, str]) -> Response:
    return Response(status, json.dumps({"error": text}).encode(), headers)


def _observe(event: Event) -> EventObservation:
    # Events are of many classes, and not all of them are of a message.
    ids = (getattr(event, name, None) for name in ("message_id", "message_request_id"))
    message_id, request_id = (value if isinstance(value, str) else None for value in ids)
    return EventObservation(_type_name(event), message_id, request_id)


def _event_label(event: Event) -> str:
    # As Python literals: a line break must not begin another line of the log.
    return f"{mask_numbers(event.key)!a} ({mask_numbers(event.type)[:_MAX_TYPE_CHARACTERS]!a})"


def _type_name(value: object) -> str:
    return type(value).__name__
