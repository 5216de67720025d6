"""What is known of an attempt once it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

Outcome = Literal["NOT_SENT", "REJECTED", "ACCEPTED", "ACCEPTED_UNPARSED", "UNKNOWN"]
"""NOT_SENT: no byte of the request left. REJECTED: the gateway said that it did nothing. ACCEPTED: it did it.
ACCEPTED_UNPARSED: it did it, and its answer cannot be read. UNKNOWN: it may have done it."""

_LATE = 408  # a gateway may send it after it has begun


def outcome_of(
    status: int | None, code: str | None = None, *, left: bool = True, readable: bool = True
) -> Outcome:
    """Classify an attempt.

    `status` is that of the answer's head, None if none came, and `code` the normalised error code in its body;
    `left` tells whether a byte of the request may have left, `readable` whether the answer is whole and makes sense.
    """
    if status is None:
        return "UNKNOWN" if left else "NOT_SENT"
    if 200 <= status < 300:
        return "ACCEPTED" if readable else "ACCEPTED_UNPARSED"
    if 300 <= status < 500 and status != _LATE:
        return "REJECTED"
    # A 503 of a proxy says nothing of the gateway behind it; the gateway's own says "not processed".
    if status == 503 and code == "5030":
        return "REJECTED"
    return "UNKNOWN"


def effect_of(outcome: Outcome) -> str:
    """What it means for whoever reads the error."""
    return _EFFECTS[outcome]


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that led to it; a chain that leads back to itself ends."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


_EFFECTS: dict[Outcome, str] = {
    "NOT_SENT": "nothing was sent",
    "REJECTED": "the gateway had refused it",
    "ACCEPTED": "the gateway did it",
    "ACCEPTED_UNPARSED": "the gateway had taken it, and its answer is lost",
    "UNKNOWN": "the request may have had its effect",
}
