"""What a receiver decides, without doing it: both colours drive the same steps."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from scgapi._core.text import masked
from scgapi.errors import EventError
from scgapi.events.credentials import Credentials
from scgapi.events.models import BaseEvent
from scgapi.events.parsing import Event, sorted_out
from scgapi.events.stores import Claim, Store

_log = logging.getLogger("scgapi")

_LONGEST_TYPE = 64
_TYPES = ("application/json", "application/x-ndjson")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a post is answered: a status, a JSON body that says nothing of the event, and headers."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def all_headers(self) -> list[tuple[str, str]]:
        """The headers with those of the body."""
        own = [("content-type", "application/json"), ("content-length", str(len(self.body)))]
        return [*own, *self.headers]


class Refused(Exception):
    """A post that is not looked at any further."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Handler:
    """A function for one class of events, and for those below it."""

    kind: type[BaseEvent]
    call: Callable[[object], object]
    name: str
    is_async: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be called, by whoever drives; `waits` if it may keep a thread waiting."""

    call: Callable[[], object]
    waits: bool


Steps = Generator[Step, object, Answer]


def check_head(credentials: Credentials, max_body: int, method: str, headers: Mapping[str, str]) -> None:
    """Refuse what can be refused before the body is read. Names of headers are in lower case.

    Raises:
        Refused: the method, the credentials, or the body's kind or size are wrong.
    """
    if method != "POST":
        raise Refused(_problem(405, "events are posted", ("allow", "POST")))
    if not credentials.admit(headers.get("authorization")):
        raise Refused(
            _problem(401, "wrong credentials, or none", ("www-authenticate", credentials.challenge))
        )
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise Refused(_problem(415, "a compressed body is not taken", ("accept-encoding", "identity")))
    media_type, _, parameters = headers.get("content-type", "").lower().partition(";")
    if media_type.strip() not in _TYPES:
        raise Refused(_problem(415, "events are JSON: set the delivery configuration's format to it"))
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refused(_problem(415, "events are in UTF-8"))
    length = headers.get("content-length", "0").strip()
    if not (length.isascii() and length.isdigit()):
        raise Refused(_problem(400, "malformed Content-Length"))
    if len(length) > 18 or int(length) > max_body:
        raise Refused(too_large(max_body))


class Body:
    """What was read of a body so far."""

    def __init__(self, max_body: int) -> None:
        self._max = max_body
        self._content = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take what was read.

        Raises:
            Refused: it is too much.
        """
        self._content += chunk
        if len(self._content) > self._max:
            raise Refused(too_large(self._max))

    def events(self) -> tuple[list[Event], Answer | None]:
        """The events in it, and the answer if not all in it are events.

        Raises:
            Refused: there are none.
        """
        try:
            found, problems = sorted_out(bytes(self._content))
        except EventError as error:
            raise Refused(_problem(400, error.message)) from None
        refusal = _problem(400, problems[0].message) if problems else None
        if not found:
            raise Refused(refusal or _problem(400, "an empty list holds no event"))
        return found, refusal


def handling(
    events: Sequence[Event], refusal: Answer | None, handlers: Sequence[Handler], store: Store
) -> Steps:
    """Run the handlers of each event once for its id; the answer says whether the gateway may forget them."""
    for event in events:
        concerned = [handler for handler in handlers if isinstance(event, handler.kind)]
        if concerned:  # after a refusal too: one event must not keep back those behind it
            answer = yield from _handling_one(event, concerned, store)
            refusal = refusal or answer
    return refusal or Answer(200, b'{"status":"ok"}')


def _handling_one(
    event: Event, handlers: Sequence[Handler], store: Store
) -> Generator[Step, object, Answer | None]:
    try:
        claim = yield Step(partial(store.claim, event.key), store.waits)
    except Exception as error:  # noqa: BLE001 - any store, any fault: the event comes again
        _log.error("event %s was refused: %s cannot be reached: %s", _id(event), _name(store), _name(error))
        return busy("the events seen so far cannot be looked up")
    if claim is Claim.HANDLED:
        return None
    if claim is not Claim.NEW:
        # Not 200: the run that is under way may yet fail, and the event would be lost.
        return busy("the event is being handled")
    failed: str | None = None
    try:
        for handler in handlers:
            failed = handler.name
            yield Step(partial(handler.call, event), not handler.is_async)
        failed = None
    except Exception as error:  # noqa: BLE001 - any handler, any fault: the event comes again
        # Without the error's own text, which may hold what the event says.
        frames = "".join(traceback.format_tb(error.__traceback__))
        _log.error("handler %s failed on event %s: %s\n%s", failed, _id(event), _name(error), frames)
    finally:
        yield from _settling(event, store, handled=failed is None)
    return None if failed is None else _problem(500, "a handler failed; post the event again")


def _settling(event: Event, store: Store, *, handled: bool) -> Generator[Step, object, None]:
    try:
        yield Step(partial(store.settle, event.key, handled=handled), store.waits)
    except Exception as error:  # noqa: BLE001 - the claim runs out by itself
        _log.error("how event %s ended cannot be kept by %s: %s", _id(event), _name(store), _name(error))


def too_large(max_body: int) -> Answer:
    """The answer to a body above the limit."""
    return _problem(413, f"a body may have {max_body} bytes")


def too_slow() -> Answer:
    """The answer to a body that does not come in time."""
    return _problem(408, "the body did not come in time", ("connection", "close"))


def no_length() -> Answer:
    """The answer to a body whose end cannot be known."""
    return _problem(411, "a Content-Length is needed")


def busy(why: str) -> Answer:
    """The answer that has the gateway post the event again."""
    return _problem(503, why, ("retry-after", "10"))


def _problem(status: int, text: str, *headers: tuple[str, str]) -> Answer:
    return Answer(status, json.dumps({"error": text}).encode(), headers)


def _id(event: Event) -> str:
    # As literals: a line break in them must not begin another line of the log.
    return f"{masked(event.key)!a} ({masked(event.type)[:_LONGEST_TYPE]!a})"


def _name(value: object) -> str:
    return type(value).__name__
