"""Observation of calls, events and campaign runs: what observers are told, and what is logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

import pytest

from scgapi._core.observing import (
    NO_HEADERS,
    Attempt,
    CallEnd,
    EventObservation,
    EventResult,
    Observation,
    Observer,
    Observers,
    RunObservation,
    Sending,
)
from scgapi._core.operation import Operation
from scgapi._core.request import Endpoints
from scgapi._io.clock import SystemClock
from scgapi.errors import ConnectionFailedError, ScgError
from scgapi.models import contacts

CLOCK = SystemClock(monotonic=lambda: 0.0)
ENDPOINTS = Endpoints("https://api.example")


class Told:
    """An observer of everything, which keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []
        self.ends: list[CallEnd] = []

    def begin_call(self, operation: Operation, base_url: str, sending: Sending | None, /) -> ObservedCall:
        self.told.append((operation.name, base_url, sending))
        return ObservedCall(self)

    def begin_event(self, name: str, message_id: str | None, request_id: str | None, /) -> ObservedEvent:
        self.told.append((name, message_id, request_id))
        return ObservedEvent(self)

    def begin_run(self, campaign: str, /) -> ObservedRun:
        self.told.append(campaign)
        return ObservedRun(self)


class ObservedCall:
    def __init__(self, to: Told) -> None:
        self._to = to

    @property
    def headers(self) -> Mapping[str, str]:
        return {"traceparent": "1"}

    def on_attempt(self, attempt: Attempt, /) -> None:
        self._to.told.append(attempt)

    def on_retry(self, failure: ScgError, pause_seconds: float, /) -> None:
        self._to.told.append((type(failure), pause_seconds))

    def on_end(self, end: CallEnd, /) -> None:
        self._to.ends.append(end)


class ObservedEvent:
    def __init__(self, to: Told) -> None:
        self._to = to

    def on_end(self, result: EventResult, failure: BaseException | None, /) -> None:
        self._to.told.append((result, failure))


class ObservedRun:
    def __init__(self, to: Told) -> None:
        self._to = to

    @property
    def calls(self) -> Observer:
        return self._to

    def on_progress(self, recipients: Mapping[str, int], /) -> None:
        self._to.told.append(recipients)

    def on_end(self, failure: BaseException | None, /) -> None:
        self._to.told.append(failure)


class Broken(Told):
    """An observer whose every method fails."""

    def begin_call(self, operation: Operation, base_url: str, sending: Sending | None, /) -> ObservedCall:
        raise RuntimeError("+15552461234")


@pytest.fixture
def for_all() -> Iterator[Told]:
    """An observer of all clients."""
    told = Told()
    Observers.for_all = told
    yield told
    Observers.for_all = None


def begun(observers: Observers, sending: Sending | None = None) -> Observation:
    found = observers.begin(contacts.GET, ENDPOINTS, CLOCK, None if sending is None else lambda: sending)
    assert found is not None
    return found


def test_a_call_that_nobody_observes_is_not_observed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "scgapi")
    assert Observers().begin(contacts.GET, ENDPOINTS, CLOCK) is None
    assert Observers().current() is None


def test_an_observer_is_told_of_a_call_from_beginning_to_end() -> None:
    told, error = Told(), ConnectionFailedError("it failed", operation="contacts.get", outcome="NOT_SENT")
    with begun(Observers(told), Sending(2, None)) as observation:
        assert observation.headers == {"traceparent": "1"}
        observation.note_attempt(None, error, 0.5)
        observation.note_retry(error, 0.25)
        observation.note_attempt(200, None, 0.1)
        observation.created_id = "id"
    assert told.told == [
        ("contacts.get", ENDPOINTS.base(contacts.GET), Sending(2, None)),
        Attempt(1, None, error, 0.5),
        (ConnectionFailedError, 0.25),
        Attempt(2, 200, None, 0.1),
    ]
    assert told.ends == [CallEnd(2, 200, "ACCEPTED", None, "id")]


@pytest.mark.parametrize("attempts", [0, 1])
def test_a_call_that_is_interrupted_is_in_doubt_once_it_was_attempted(attempts: int) -> None:
    told = Told()
    observation = begun(Observers(told))
    for _ in range(attempts):
        observation.note_attempt(None, None, 0.1)
    with pytest.raises(KeyboardInterrupt), observation:
        raise KeyboardInterrupt
    assert [end.outcome for end in told.ends] == ["UNKNOWN" if attempts else "NOT_SENT"]


def test_the_outcome_of_a_failure_is_that_of_its_error() -> None:
    told = Told()
    with begun(Observers(told)) as observation:
        observation.failure = ConnectionFailedError("it failed", outcome="UNKNOWN")
    assert [(end.outcome, end.failure) for end in told.ends] == [("UNKNOWN", observation.failure)]


def test_a_call_is_one_line_at_debug_with_its_values(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "scgapi.calls")
    with begun(Observers()) as observation:
        assert observation.headers == NO_HEADERS
        observation.note_attempt(200, None, 0.1)
        observation.note_retry(ConnectionFailedError("it failed"), 0.1)
    with pytest.raises(ConnectionFailedError), begun(Observers()):
        raise ConnectionFailedError("it failed", outcome="NOT_SENT")
    assert caplog.messages == [
        f"{contacts.GET}: ACCEPTED, status 200, attempts 1, 0 ms",
        f"{contacts.GET}: ConnectionFailedError, NOT_SENT, status None, attempts 0, 0 ms",
    ]
    assert [getattr(record, "scg_operation", None) for record in caplog.records] == ["contacts.get"] * 2
    assert [getattr(record, "scg_error", "") for record in caplog.records] == [None, "ConnectionFailedError"]


def test_an_observer_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with begun(Observers(Broken())) as observation:
        observation.note_attempt(200, None, 0.1)
    assert caplog.messages == ["an observer failed: RuntimeError"]


def test_an_event_is_observed_by_the_observer_of_all(for_all: Told, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "scgapi.events")
    with EventObservation("MessageReceived", "message", None) as observation:
        observation.result = "handled"
    assert for_all.told == [("MessageReceived", "message", None), ("handled", None)]
    assert caplog.messages == ["MessageReceived: handled"]


def test_an_event_without_an_observer_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "scgapi.events")
    with pytest.raises(ValueError, match="no"), EventObservation("MessageReceived", None, None):
        raise ValueError("no")
    assert caplog.messages == ["MessageReceived: failed"]


def test_a_run_is_observed_and_logged_with_its_recipients(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "scgapi.campaigns")
    told = Told()
    with RunObservation("sale", told) as run:
        assert run.observers.current() is told
        run.note_progress({"accepted": 3})
    assert told.told == ["sale", {"accepted": 3}, None]
    assert caplog.messages == [
        "campaign 'sale': run begun",
        "campaign 'sale': run ended; recipients: 3 accepted",
    ]


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (GeneratorExit(), "campaign 'sale': run ended; recipients: not counted"),
        (ValueError("+1555"), "campaign 'sale': run ended with ValueError; recipients: not counted"),
    ],
)
def test_a_run_that_is_left_is_no_failure(
    error: BaseException, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "scgapi.campaigns")
    run = RunObservation("sale", None)
    run.note_progress({})
    with pytest.raises(type(error)), run:
        raise error
    assert caplog.messages[-1] == line
