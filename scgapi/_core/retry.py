"""When a failed call is tried again: one policy value, one pure decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from scgapi.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailedError,
    ScgError,
    UnknownHostError,
    UnreadableResponseError,
    UntrustedServerError,
)

_WAIT = frozenset({"4090"})  # 409: the access token is being updated; the text promises that it passes
_NEVER = frozenset({"5001"})  # "Unexpected Non Retriable Server Error"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How hard to try; times in seconds.

    Attributes:
        attempts: tries in all, the first one included; 1 switches retries off.
        base: the first pause is drawn from 0 to `base`, each later one from twice as wide a range.
        cap: no drawn pause is longer than this. A `Retry-After` of the gateway may be, within the call's time limit.
        budget: retries that all calls of a client have in common; each call that succeeds puts a tenth of one back.
            Retries that the gateway asks for, by a `Retry-After`, are not counted.

    Raises:
        ConfigurationError: a value is out of its range.
    """

    attempts: int = 4
    base: float = 0.25
    cap: float = 8.0
    budget: float = 100.0

    def __post_init__(self) -> None:
        for name in ("attempts", "base", "cap", "budget"):
            if not isinstance(getattr(self, name), int | float):
                raise ConfigurationError(f"RetryPolicy: {name} must be a number")
        if self.attempts < 1:
            raise ConfigurationError(f"RetryPolicy: attempts must be at least 1, got {self.attempts}")
        for name in ("base", "cap", "budget"):
            if not getattr(self, name) >= 0:
                raise ConfigurationError(f"RetryPolicy: {name} must be 0 or more, got {getattr(self, name)}")


def pause_before_retry(
    policy: RetryPolicy, error: ScgError, *, repeatable: bool, attempt: int, left: float, jitter: float
) -> float | None:
    """Seconds to wait before the next try, or None to give up.

    `attempt` counts the tries made, `left` the seconds that the call still has, `jitter` is drawn from 0 to 1.
    """
    if attempt >= policy.attempts or not _may_repeat(error, repeatable, attempt):
        return None
    pause = min(policy.cap, policy.base * 2.0 ** min(attempt - 1, 64)) * jitter
    if isinstance(error, ApiError) and error.retry_after is not None:
        pause = max(pause, error.retry_after)
    return pause if pause < left else None


def is_final(error: ScgError) -> bool:
    """Whether the gateway says that trying again does not help."""
    return isinstance(error, ApiError) and error.code in _NEVER


def is_asked_for(error: ScgError) -> bool:
    """Whether the gateway itself said when to come again: such a retry is no burden on it."""
    return isinstance(error, ApiError) and error.retry_after is not None


def _may_repeat(error: ScgError, repeatable: bool, attempt: int) -> bool:
    if isinstance(error, ApiError):
        if is_final(error):
            return False
        if error.outcome == "REJECTED":  # provably not processed, so that even a POST may be sent again
            return error.status in (429, 503) or error.code in _WAIT
        if error.outcome == "ACCEPTED_UNPARSED":
            # A proxy's notice may pass; what comes twice will come again.
            return repeatable and attempt < 2 and not isinstance(error, UnreadableResponseError)
        return repeatable and error.outcome == "UNKNOWN" and error.status >= 400
    if not isinstance(error, ConnectionFailedError) or isinstance(error, UntrustedServerError):
        return False
    if isinstance(error, UnknownHostError):  # a slip of the name service, once; a typing mistake, for ever
        return attempt < 2
    return error.outcome == "NOT_SENT" or (repeatable and error.outcome in ("UNKNOWN", "ACCEPTED_UNPARSED"))


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date; None when absent, negative or garbage."""
    if value is None:
        return None
    if (seconds := value.strip()).isdecimal():
        return float(seconds)
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
