"""The attempts of one call: what is known of their effect, and whether another one is made."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from scgapi._core.budget import RetryBudget
from scgapi._core.deadline import Deadline
from scgapi._core.doubt import IN_DOUBT_OUTCOMES, is_in_doubt, mark_in_doubt
from scgapi._core.observing import Observation
from scgapi._core.operation import Operation
from scgapi._core.retry import RetryPolicy, draw_delay, has_retry_after, may_repeat
from scgapi.errors import ApiError, ConflictError, Outcome, ScgError

if TYPE_CHECKING:
    from tenacity import RetryCallState

log = logging.getLogger("scgapi.calls")


class Attempts:
    """The failed attempts of one call."""

    def __init__(self) -> None:
        self._made = 0
        self._before_last: Outcome = "NOT_SENT"
        self._outcome: Outcome = "NOT_SENT"

    @property
    def in_doubt(self) -> bool:
        """True if an attempt may have had its effect."""
        return self._outcome in IN_DOUBT_OUTCOMES

    def add(self, error: ScgError) -> None:
        """Count a failed attempt."""
        self._made += error.attempts
        self._before_last = self._outcome
        if is_in_doubt(error) and self._outcome != "ACCEPTED_UNPARSED":
            self._outcome = error.outcome

    def complete(self, error: ScgError) -> None:
        """Complete the last attempt's error by what the attempts before it may have done."""
        error.attempts = self._made
        was_in_doubt = self._before_last in IN_DOUBT_OUTCOMES
        if isinstance(error, ConflictError):
            error.in_doubt = was_in_doubt
        if was_in_doubt:
            mark_in_doubt(error, self._before_last)


class RetryRules(NamedTuple):
    """The decisions about another attempt of a call, as the callables that tenacity takes."""

    policy: RetryPolicy
    operation: Operation
    deadline: Deadline
    budget: RetryBudget
    jitter: Callable[[], float]
    """Return a random number from 0 to 1."""
    observation: Observation | None = None

    def retry(self, state: RetryCallState) -> bool:
        """Return True if another attempt can help and does no harm."""
        error = _error_in(state)
        return error is not None and may_repeat(
            error, repeatable=self.operation.repeatable, attempt=state.attempt_number
        )

    def wait(self, state: RetryCallState) -> float:
        """Return the seconds to wait before the next attempt."""
        error = _error_in(state)
        assert error is not None  # noqa: S101 - tenacity asks after `retry` has said yes
        return draw_delay(self.policy, error, attempt=state.attempt_number, jitter=self.jitter())

    def stop(self, state: RetryCallState) -> bool:
        """Return True if attempts, time or budget have run out."""
        if state.attempt_number >= self.policy.attempts or state.upcoming_sleep >= self.deadline.remaining():
            return True
        error = _error_in(state)
        if error is None or has_retry_after(error) or self.budget.take():
            return False
        error.add_note("not tried again: too many calls of this client have failed, see RetryPolicy.budget")
        return True

    def note(self, state: RetryCallState) -> None:
        """Log that another attempt follows."""
        error = _error_in(state)
        assert error is not None  # noqa: S101 - tenacity says so after `retry` has said yes
        log.info(
            "%s: attempt %d: %s, next in %.2f s",
            self.operation, state.attempt_number, error.outcome, state.upcoming_sleep,
            extra={
                "scg_operation": self.operation.name,
                "scg_attempts": state.attempt_number,
                "scg_outcome": error.outcome,
                "scg_error": type(error).__name__,
                "scg_status": error.status if isinstance(error, ApiError) else None,
                "scg_pause": round(state.upcoming_sleep, 3),
            },
        )  # fmt: skip
        if self.observation is not None:
            self.observation.note_retry(error, state.upcoming_sleep)


def _error_in(state: RetryCallState) -> ScgError | None:
    error = None if state.outcome is None else state.outcome.exception()
    return error if isinstance(error, ScgError) else None
