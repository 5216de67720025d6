"""Retry policy: the decision to repeat a failed call, and the delay before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scgapi._core import error_codes
from scgapi._core.describe import describe_value
from scgapi.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailedError,
    ProxyRefusedError,
    ScgError,
    UnknownHostError,
    UnreadableResponseError,
    UntrustedServerError,
)

_SECONDS = re.compile(r"\d+(\.\d+)?")
_ASCTIME = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d{2}:\d{2}:\d{2} \d{4}")
_TWO_DIGIT_YEAR = re.compile(r"-\d{2} ")

LASTING_FAILURES = UntrustedServerError | ProxyRefusedError
"""Connection failures that every further attempt would end in, too."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Limits on retries; times in seconds.

    Attributes:
        attempts: maximum number of attempts, including the first; 1 disables retries.
        base: upper bound of the first delay, which is random; it doubles with each further attempt.
        cap: maximum of a random delay. A `Retry-After` of the gateway may be longer, within the call's time limit.
        budget: retries that all calls of a client share; each successful call returns a tenth of one. Retries that
            the gateway asks for with a `Retry-After` are not counted.

    Raises:
        ConfigurationError: a value is out of range.
    """

    attempts: int = 4
    base: float = 0.25
    cap: float = 8.0
    budget: float = 100.0

    def __post_init__(self) -> None:
        for name, least in (("attempts", 1), ("base", 0), ("cap", 0), ("budget", 0)):
            value: object = getattr(self, name)
            if not (isinstance(value, int | float) and not isinstance(value, bool) and value >= least):
                raise ConfigurationError(
                    f"RetryPolicy: {name} must be a number, {least} or more, got {describe_value(value)}"
                )


def may_repeat(error: ScgError, *, repeatable: bool, attempt: int) -> bool:
    """Return True if another attempt can help and cannot double the effect of an operation."""
    if isinstance(error, ApiError):
        if is_non_retriable(error):
            return False
        # Provably not processed, so even a POST may be sent again.
        if error.outcome == "REJECTED":
            return error.status in (429, 503) or error.code == error_codes.TOKEN_BUSY
        if error.outcome == "ACCEPTED_UNPARSED":
            # A proxy's notice may be temporary; after the second one a retry does not help.
            return repeatable and attempt < 2 and not isinstance(error, UnreadableResponseError)
        # An error status, or a success whose body reports an error. A redirect would repeat.
        is_error = error.status >= 400 or 200 <= error.status < 300
        return repeatable and error.outcome == "UNKNOWN" and is_error
    if not isinstance(error, ConnectionFailedError) or isinstance(error, LASTING_FAILURES):
        return False
    # One retry for a temporary failure of DNS; a misspelt host fails again.
    if isinstance(error, UnknownHostError):
        return attempt < 2
    return error.outcome == "NOT_SENT" or (repeatable and error.outcome in ("UNKNOWN", "ACCEPTED_UNPARSED"))


def draw_delay(policy: RetryPolicy, error: ScgError, *, attempt: int, jitter: float) -> float:
    """Return the seconds to wait before the next attempt.

    `attempt` is the number of attempts made, `jitter` a random number from 0 to 1. A longer `Retry-After` wins over the policy.
    """
    delay = min(policy.cap, policy.base * 2.0 ** min(attempt - 1, 64)) * jitter
    if isinstance(error, ApiError) and error.retry_after is not None:
        delay = max(delay, error.retry_after)
    return delay


def is_non_retriable(error: ScgError) -> bool:
    """Return True if the gateway says that a retry does not help."""
    return isinstance(error, ApiError) and error.code == error_codes.DO_NOT_RETRY


def has_retry_after(error: ScgError) -> bool:
    """Return True if the gateway asked for the retry with a `Retry-After`."""
    return isinstance(error, ApiError) and error.retry_after is not None


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Parse a Retry-After header, seconds or an HTTP date; None if it is absent, negative or invalid."""
    text = "" if value is None else value.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    try:
        return max(0.0, (_http_date(text, now) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


def _http_date(text: str, now: datetime) -> datetime:
    """Parse a date in any of the three formats of RFC 9110, 5.6.7."""
    moment = parsedate_to_datetime(text)
    if _ASCTIME.fullmatch(text):
        return moment.replace(tzinfo=UTC)
    if _TWO_DIGIT_YEAR.search(text) and moment.year <= now.year - 50:
        return moment.replace(year=moment.year + 100)
    return moment
