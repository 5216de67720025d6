"""The attempts of one call: what is known about their effect once the last has failed."""

from __future__ import annotations

import logging

import pytest
from tenacity import Future, RetryCallState, Retrying

from scgapi._core.attempts import Attempts, RetryRules
from scgapi._core.budget import RetryBudget
from scgapi._core.deadline import Deadline
from scgapi._core.observing import Observation
from scgapi._core.retry import RetryPolicy
from scgapi._io.clock import SystemClock
from scgapi.errors import ConflictError, ConnectionFailedError, Outcome, ScgError
from scgapi.models import contacts


def failed(outcome: Outcome) -> ScgError:
    return ConnectionFailedError("it failed", operation="contacts.get", outcome=outcome, attempts=1)


def state(error: Exception | None, *, number: int = 1) -> RetryCallState:
    found = RetryCallState(Retrying(), None, (), {})
    found.attempt_number = number
    if error is not None:
        found.outcome = Future.construct(number, error, has_exception=True)
    return found


def rules(*, budget: float = 10.0) -> RetryRules:
    clock = SystemClock(monotonic=lambda: 0.0)
    return RetryRules(
        RetryPolicy(), contacts.GET, Deadline(clock, 60.0, 60.0), RetryBudget(budget), lambda: 1.0
    )


@pytest.mark.parametrize(
    ("outcomes", "outcome", "in_doubt"),
    [
        (["NOT_SENT", "NOT_SENT"], "NOT_SENT", False),
        (["UNKNOWN", "NOT_SENT"], "UNKNOWN", True),
        (["UNKNOWN", "REJECTED"], "UNKNOWN", True),
        (["ACCEPTED_UNPARSED", "UNKNOWN", "NOT_SENT"], "ACCEPTED_UNPARSED", True),
        (["NOT_SENT", "UNKNOWN"], "UNKNOWN", True),
    ],
)
def test_the_last_error_knows_what_earlier_attempts_may_have_done(
    outcomes: list[Outcome], outcome: Outcome, in_doubt: bool
) -> None:
    attempts = Attempts()
    errors = [failed(one) for one in outcomes]
    for error in errors:
        attempts.add(error)
    attempts.complete(errors[-1])
    assert (errors[-1].outcome, errors[-1].attempts) == (outcome, len(outcomes))
    assert attempts.in_doubt is in_doubt


def test_a_conflict_says_whether_an_earlier_attempt_may_have_caused_it() -> None:
    for earlier, in_doubt in ((failed("UNKNOWN"), True), (failed("NOT_SENT"), False)):
        attempts, conflict = Attempts(), ConflictError("stale", status=409, outcome="REJECTED")
        attempts.add(earlier)
        attempts.add(conflict)
        attempts.complete(conflict)
        assert conflict.in_doubt is in_doubt


def test_an_error_of_the_caller_is_not_retried() -> None:
    assert rules().retry(state(ValueError())) is False
    assert rules().retry(state(None)) is False
    assert rules().retry(state(failed("NOT_SENT"))) is True


def test_an_attempt_waits_as_long_as_the_policy_says() -> None:
    assert rules().wait(state(failed("NOT_SENT"))) == 0.25


def test_attempts_end_with_their_number_the_time_or_the_budget() -> None:
    assert rules().stop(state(failed("NOT_SENT"))) is False
    assert rules().stop(state(failed("NOT_SENT"), number=4)) is True
    late = state(failed("NOT_SENT"))
    late.upcoming_sleep = 61.0
    assert rules().stop(late) is True
    error = failed("NOT_SENT")
    assert rules(budget=0.0).stop(state(error)) is True
    assert error.__notes__ == [
        "not tried again: too many calls of this client have failed, see RetryPolicy.budget"
    ]


def test_another_attempt_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "scgapi")
    rules().note(state(failed("UNKNOWN")))
    assert caplog.messages == [f"{contacts.GET}: attempt 1: UNKNOWN, next in 0.00 s"]


def test_an_observed_call_is_told_of_another_attempt() -> None:
    told: list[tuple[ScgError, float]] = []

    class Observing(Observation):
        def note_retry(self, failure: ScgError, pause_seconds: float) -> None:
            told.append((failure, pause_seconds))

    clock, error = SystemClock(monotonic=lambda: 0.0), failed("UNKNOWN")
    rules()._replace(observation=Observing(contacts.GET, clock, None)).note(state(error))
    assert told == [(error, 0.0)]
