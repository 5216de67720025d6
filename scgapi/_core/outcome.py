"""What is known of an attempt once it has ended."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["NOT_SENT", "REJECTED", "ACCEPTED", "ACCEPTED_UNPARSED", "UNKNOWN"]
"""NOT_SENT: no byte of the request left. REJECTED: the gateway said that it did nothing. ACCEPTED: it did it.
ACCEPTED_UNPARSED: it did it, and its answer cannot be read. UNKNOWN: it may have done it."""

_LATE = 408  # a gateway may send it after it has begun


def outcome_of(status: int, code: str | None) -> Outcome:
    """Classify a complete response by its status and its normalised error code."""
    if 200 <= status < 300:
        return "ACCEPTED"
    if 300 <= status < 500 and status != _LATE:
        return "REJECTED"
    # A 503 of a proxy says nothing of the gateway behind it; the gateway's own says "not processed".
    if status == 503 and code == "5030":
        return "REJECTED"
    return "UNKNOWN"
