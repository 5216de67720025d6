"""Observation of calls, events and campaign runs: their log lines, and the interface of observers such as tracing.

An observer gets names, counts, states and opaque ids of messages. It gets no bodies, addresses, URLs or fields.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import ClassVar, Literal, NamedTuple, ParamSpec, Protocol, TypeVar

from typing_extensions import Self

from scgapi._core.clock import Clock
from scgapi._core.operation import Operation
from scgapi._core.request import Endpoints
from scgapi.errors import Outcome, ScgError

P = ParamSpec("P")
T = TypeVar("T")

EventResult = Literal["handled", "duplicate", "busy", "failed"]
"""Result of an event. `busy` and `failed` have the gateway post it again."""

UNOBSERVED: contextlib.nullcontext[None] = contextlib.nullcontext()
"""Context of a call that is not observed."""

NO_HEADERS: Mapping[str, str] = {}

_log = logging.getLogger("scgapi")
_calls_log = logging.getLogger("scgapi.calls")
_events_log = logging.getLogger("scgapi.events")
_campaigns_log = logging.getLogger("scgapi.campaigns")


class Sending(NamedTuple):
    """Size of a send.

    Attributes:
        recipients: number of addresses; a group counts as one.
        segments: SMS segments for all of them; None if they cannot be counted.
    """

    recipients: int
    segments: int | None


class Attempt(NamedTuple):
    """One HTTP exchange of a call.

    Attributes:
        number: 1 for the first exchange of the call.
        status: status of the response; None if there was no response.
        failure: the error that took the response's place; None if there was a response.
        seconds: duration.
    """

    number: int
    status: int | None
    failure: BaseException | None
    seconds: float


class CallEnd(NamedTuple):
    """The end of a call.

    Attributes:
        attempts: number of HTTP exchanges.
        status: status of the last response; None if there was no response.
        outcome: effect of the call.
        failure: the error that the call raises; None if it succeeded.
        created_id: id of what the call created; None if it created nothing.
    """

    attempts: int
    status: int | None
    outcome: Outcome
    failure: BaseException | None
    created_id: str | None


class CallObserver(Protocol):
    """Observer of one call. Its methods return at once."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers to send with each attempt."""
        ...

    def on_attempt(self, attempt: Attempt, /) -> None:
        """Note an attempt that has ended."""
        ...

    def on_retry(self, failure: ScgError, pause_seconds: float, /) -> None:
        """Note a failure after which there is another attempt."""
        ...

    def on_end(self, end: CallEnd, /) -> None:
        """Note the end, in the thread or task of the beginning."""
        ...


class EventObserver(Protocol):
    """Observer of one event that is being handled."""

    def on_end(self, result: EventResult, failure: BaseException | None, /) -> None:
        """Note the result, and the error of the handler or the store."""
        ...


class RunObserver(Protocol):
    """Observer of one run of a campaign."""

    @property
    def calls(self) -> Observer:
        """Observer of the calls that the run makes."""
        ...

    def on_progress(self, recipients: Mapping[str, int], /) -> None:
        """Note the number of recipients in each state."""
        ...

    def on_end(self, failure: BaseException | None, /) -> None:
        """Note the end."""
        ...


class Observer(Protocol):
    """Observer of calls, events and campaign runs."""

    def begin_call(self, operation: Operation, base_url: str, sending: Sending | None, /) -> CallObserver:
        """Note the beginning of a call; `base_url` is the URL that the operation's path is appended to."""
        ...

    def begin_event(self, name: str, message_id: str | None, request_id: str | None, /) -> EventObserver:
        """Note an event by the name of its class, and the ids of its message and message request."""
        ...

    def begin_run(self, campaign: str, /) -> RunObserver:
        """Note the beginning of a run."""
        ...


class Observers:
    """Observer of one client: its own one, or that of all clients."""

    for_all: ClassVar[Observer | None] = None
    """Observer of all clients that have none of their own, and of event receivers."""

    def __init__(self, own: Observer | None = None) -> None:
        self.own = own

    def current(self) -> Observer | None:
        """Return the observer, or None."""
        return self.own or self.for_all

    def begin(
        self,
        operation: Operation,
        endpoints: Endpoints,
        clock: Clock,
        sending: Callable[[], Sending] | None = None,
    ) -> Observation | None:
        """Begin a call; return None if it is neither observed nor logged."""
        observer = self.own or self.for_all
        if observer is None:
            return Observation(operation, clock, None) if _calls_log.isEnabledFor(logging.DEBUG) else None
        url = endpoints.base(operation)
        size = None if sending is None else sending()
        return Observation(operation, clock, shielded(observer.begin_call, operation, url, size))


class Observation:
    """One call that is observed, logged or both: a context that begins and ends with the call.

    Attributes:
        created_id: id of what the call created.
        failure: error to report in place of the one that leaves the context.
    """

    __slots__ = ("_began", "_clock", "_made", "_observer", "_operation", "_status", "created_id", "failure")

    def __init__(self, operation: Operation, clock: Clock, observer: CallObserver | None) -> None:
        self._operation, self._clock, self._observer = operation, clock, observer
        self._began = clock.monotonic()
        self._made = 0
        self._status: int | None = None
        self.created_id: str | None = None
        self.failure: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        failure = self.failure or error
        end = CallEnd(self._made, self._status, self._outcome(failure), failure, self.created_id)
        if self._observer is not None:
            shielded(self._observer.on_end, end)
        if _calls_log.isEnabledFor(logging.DEBUG):
            self._log(end)

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers to send with each attempt."""
        return NO_HEADERS if self._observer is None else self._observer.headers

    def note_attempt(self, status: int | None, failure: BaseException | None, seconds: float) -> None:
        """Note an HTTP exchange."""
        self._made += 1
        self._status = status
        if self._observer is not None:
            shielded(self._observer.on_attempt, Attempt(self._made, status, failure, seconds))

    def note_retry(self, failure: ScgError, pause_seconds: float) -> None:
        """Note that another attempt follows after a pause."""
        if self._observer is not None:
            shielded(self._observer.on_retry, failure, pause_seconds)

    def _outcome(self, failure: BaseException | None) -> Outcome:
        if failure is None:
            return "ACCEPTED"
        if isinstance(failure, ScgError):
            return failure.outcome
        # Cancelled, or interrupted.
        return "UNKNOWN" if self._made else "NOT_SENT"

    def _log(self, end: CallEnd) -> None:
        took = (self._clock.monotonic() - self._began) * 1000
        error = None if end.failure is None else type(end.failure).__name__
        result = end.outcome if error is None else f"{error}, {end.outcome}"
        _calls_log.debug(
            "%s: %s, status %s, attempts %d, %.0f ms",
            self._operation, result, end.status, end.attempts, took,
            extra={
                "scg_operation": self._operation.name,
                "scg_status": end.status,
                "scg_attempts": end.attempts,
                "scg_ms": round(took, 1),
                "scg_outcome": end.outcome,
                "scg_error": error,
            },
        )  # fmt: skip


class EventObservation:
    """One event that is being handled: a context that begins and ends with the handling.

    Attributes:
        result: the result so far.
        failure: error of a handler or of the store.
    """

    def __init__(self, name: str, message_id: str | None, request_id: str | None) -> None:
        self.result: EventResult = "failed"
        self.failure: BaseException | None = None
        self._name = name
        observer = Observers.for_all
        self._observer = (
            None if observer is None else shielded(observer.begin_event, name, message_id, request_id)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._observer is not None:
            shielded(self._observer.on_end, self.result, self.failure or error)
        _events_log.debug(
            "%s: %s", self._name, self.result, extra={"scg_event": self._name, "scg_result": self.result}
        )


class RunObservation:
    """One run of a campaign: a context that begins and ends with the run.

    Attributes:
        observers: the observers of the calls that the run makes.
    """

    def __init__(self, campaign: str, observer: Observer | None) -> None:
        self._campaign = campaign
        self._recipients: Mapping[str, int] = {}
        self._observer = None if observer is None else shielded(observer.begin_run, campaign)
        self.observers = Observers(None if self._observer is None else self._observer.calls)
        _campaigns_log.info("campaign %r: run begun", campaign, extra={"scg_campaign": campaign})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The caller may stop iterating at any time: that is no failure.
        failure = None if isinstance(error, GeneratorExit) else error
        if self._observer is not None:
            shielded(self._observer.on_end, failure)
        _campaigns_log.log(
            logging.INFO if failure is None else logging.WARNING,
            "campaign %r: run ended%s; recipients: %s",
            self._campaign,
            "" if failure is None else f" with {type(failure).__name__}",
            ", ".join(f"{count} {state}" for state, count in self._recipients.items()) or "not counted",
            extra={
                "scg_campaign": self._campaign,
                "scg_error": None if failure is None else type(failure).__name__,
                "scg_recipients": dict(self._recipients),
            },
        )

    def note_progress(self, recipients: Mapping[str, int]) -> None:
        """Note the number of recipients in each state."""
        self._recipients = recipients
        if self._observer is not None:
            shielded(self._observer.on_progress, recipients)


def shielded(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Call an observer; log an error of it instead of raising it."""
    try:
        return call(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - any observer, any fault: the call itself goes on
        _log.warning("an observer failed: %s", type(error).__name__)
        return None
