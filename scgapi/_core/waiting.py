"""Waiting for what ends later: when to look again, and when to stop."""

from __future__ import annotations

from scgapi.errors import InvalidArgumentError, WaitTimeoutError

FACTOR = 1.5
"""Each pause is this much longer than the one before,"""
CAP = 10.0
"""but never longer than this many seconds."""
PATIENCE = 10.0
"""Seconds in which a 404 may mean that the object is not to be seen yet (read-after-write, wire facts 1.7)."""

_LEAST = 0.001  # less time than this is none: it could vanish in the rounding of a clock's sum

MESSAGE_ENDS = frozenset(
    {
        "DELIVERED", "READ", "CONVERTED", "FAILED", "EXPIRED", "TEST", "DELETED", "CLICKTHRU", "CLICKTHROUGH",
        "MEDIA_REQUESTED", "RECEIVED", "PROCESSED",
    }
)  # fmt: skip
"""States of a message that no delivery follows. SENT is none: many a carrier tells nothing after it."""
REQUEST_ENDS = MESSAGE_ENDS | {"COMPLETED", "CANCELED", "REJECTED"}
"""A request with a single recipient may show its message's state."""
ATTACHMENT_ENDS = frozenset({"UPLOADED"})
JOB_ENDS = frozenset({"COMPLETED", "FAILED"})


def check_wait(operation: str, timeout: float, interval: float) -> None:
    """Refuse times that no wait can have.

    Raises:
        InvalidArgumentError: the timeout is negative, or the interval is not more than 0.
    """
    for name, value, is_sound in (
        ("timeout", timeout, timeout >= 0),
        ("interval", interval, 0 < interval < float("inf")),
    ):
        if not is_sound:
            raise InvalidArgumentError(
                f"{operation}: cannot wait with {name}={value}; nothing was sent",
                operation=operation,
                field=name,
            )


def may_appear(elapsed: float) -> bool:
    """Whether what is not found after so many seconds may still appear."""
    return elapsed < PATIENCE


def pause_before_read(*, timeout: float, interval: float, reads: int, elapsed: float) -> float | None:
    """Seconds until the next read, or None when time is out.

    `reads` counts the reads made, `elapsed` the seconds since the first began. The last pause is cut short, so
    that the last read comes when the time runs out.
    """
    left = timeout - elapsed
    if left < _LEAST:
        return None
    return min(interval * FACTOR ** min(reads - 1, 64), CAP, left)


def timed_out(operation: str, state: str | None, *, waited: float, reads: int) -> WaitTimeoutError:
    """The error of a wait whose time is out; `state` is the last one seen."""
    seen = "no state was seen" if state is None else f"its last state is {state}"
    return WaitTimeoutError(
        f"{operation}: not ended after {waited:.1f} s; {seen}",
        state=state,
        waited=waited,
        operation=operation,
        attempts=reads,
    )
