"""Polling until an object reaches a final state: delays and time limits."""

from __future__ import annotations

from scgapi._core.describe import describe_value, is_number
from scgapi._core.text import mask_numbers, sanitize_text
from scgapi.errors import InvalidArgumentError, WaitTimeoutError

DELAY_FACTOR = 1.5
"""Factor by which each delay between two reads grows."""
MAX_DELAY_SECONDS = 10.0
"""Maximum delay between two reads."""
NOT_FOUND_GRACE_SECONDS = 10.0
"""Time after a create in which a 404 may mean that the object is not visible yet (docs/api-notes.md, note 10)."""

_MIN_SECONDS = 0.001
"""Remaining time that counts as none, because rounding could lose it."""

MESSAGE_FINAL_STATES = frozenset(
    {
        "DELIVERED", "READ", "CONVERTED", "FAILED", "EXPIRED", "TEST", "DELETED", "CLICKTHRU", "CLICKTHROUGH",
        "MEDIA_REQUESTED", "RECEIVED", "PROCESSED",
    }
)  # fmt: skip
"""Final states of a message. SENT is not final, although some carriers report nothing after it."""
REQUEST_FINAL_STATES = MESSAGE_FINAL_STATES | {"COMPLETED", "CANCELED", "REJECTED"}
"""Final states of a message request. A request with one recipient may have its message's state."""
ATTACHMENT_FINAL_STATES = frozenset({"UPLOADED"})
JOB_FINAL_STATES = frozenset({"COMPLETED", "FAILED"})


def check_wait(operation: str, timeout: float, interval: float) -> None:
    """Check the timeout and interval of a wait.

    Raises:
        InvalidArgumentError: the timeout is negative, or the interval is not more than 0.
    """
    for name, value, is_sound, least in (
        ("timeout", timeout, is_number(timeout) and timeout >= 0, "0 or more"),
        ("interval", interval, is_number(interval) and 0 < interval < float("inf"), "more than 0"),
    ):
        if not is_sound:
            raise InvalidArgumentError(
                f"{operation}: {name} must be a number of seconds, {least}, got {describe_value(value)}. Nothing was sent.",
                operation=operation,
                field=name,
            )


def may_still_appear(elapsed: float) -> bool:
    """Return True if an object that is not found after `elapsed` seconds may still appear."""
    return elapsed < NOT_FOUND_GRACE_SECONDS


def poll_delay(*, timeout: float, interval: float, reads: int, elapsed: float) -> float | None:
    """Return the seconds until the next read; None when the timeout has passed.

    `reads` is the number of reads made, `elapsed` the seconds since the first one began. The last delay is shortened so
    that the last read happens at the timeout.
    """
    left = timeout - elapsed
    if left < _MIN_SECONDS:
        return None
    return min(interval * DELAY_FACTOR ** min(reads - 1, 64), MAX_DELAY_SECONDS, left)


def wait_timeout_error(
    operation: str,
    object_id: str,
    state: str | None,
    *,
    found: bool,
    timeout: float,
    waited: float,
    reads: int,
) -> WaitTimeoutError:
    """Return the error for a wait that timed out.

    `state` is the last state seen; `found` is True if the object was found at all.
    """
    kind = operation.partition(".")[0].removesuffix("s").replace("_", " ")
    what = f"{operation}: {kind} {mask_numbers(object_id)} did not"
    seen = None if state is None else sanitize_text(state, 64)
    if found:
        text = f"{what} finish within {timeout:g} s (last state: {seen}). Wait again, with a longer timeout."
    else:
        text = f"{what} appear within {timeout:g} s (last answer: 404). Check the id, or wait again."
    return WaitTimeoutError(text, state=state, waited=waited, operation=operation, attempts=reads)
