"""Values that go into a journal and come out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

State = Literal[
    "PLANNED",
    "INTENT",
    "PREPARED",
    "ACCEPTED",
    "SENT",
    "DELIVERED",
    "FAILED",
    "IN_DOUBT",
    "CANCELLED",
]
"""State of a recipient. PLANNED: nothing was sent. INTENT: a request is on its way, or must be looked up.
PREPARED: the gateway holds a paused request. ACCEPTED: the gateway took it. SENT, DELIVERED: as receipts say.
FAILED: refused. IN_DOUBT: a person must decide. CANCELLED: not sent, because the campaign was cancelled."""

Control = Literal["READY", "PAUSED", "HALTED", "CANCELLED"]
"""What a campaign may do: READY to send, PAUSED by a person, HALTED by itself (see its reason), CANCELLED."""


class Added(NamedTuple):
    """Result of adding a list to a campaign.

    Attributes:
        planned: recipients that were new.
        known: recipients that the journal had already, from the same line.
        duplicates: recipients that another line of the list has given; they are set aside.
        set_aside: lines that came as set aside and were new.
    """

    planned: int = 0
    known: int = 0
    duplicates: int = 0
    set_aside: int = 0


class Claimed(NamedTuple):
    """One recipient of a claimed send, as the journal holds it; `fields` is JSON."""

    id: int
    address: str
    fields: str
    time_zones: str
    state: State
    send: int | None
    attempt: int
    tries: int
    looks: int
    request_id: str
    code: str
    again: int = 0


class Taken(NamedTuple):
    """A request that the gateway took: its id, its recipients, the first of them first, and their `again`."""

    request_id: str
    addresses: list[str]
    again: int


# Not frozen: one is made for each text, and that would take three times as long.
@dataclass(slots=True)
class Finish:
    """The end of a claim: what one send becomes.

    Attributes:
        ids: recipients of the send.
        attempt: epoch of the claim; the update has no effect if another claim has begun.
        before: state that the claim left the send in.
        state: new state.
        delay: seconds until the send may be claimed again.
        keep: True keeps the claim: the owner goes on with the send in its new state.
        split: True makes each recipient a send of its own.
        tries: requests made so far.
        looks: look-ups made so far that showed nothing.
        request_id: the gateway's id of the request.
        code: the gateway's error code, or the outcome of a request in doubt.
        error: one line for people.
    """

    ids: tuple[int, ...]
    attempt: int
    before: State
    state: State
    delay: float = 0.0
    keep: bool = False
    split: bool = False
    tries: int = 0
    looks: int = 0
    request_id: str = ""
    code: str = ""
    error: str = ""


class Counts(NamedTuple):
    """Number of recipients in each state, and of lines that were set aside."""

    states: dict[str, int]
    codes: dict[str, int]

    def of(self, *states: str) -> int:
        """Return how many are in any of these states."""
        return sum(self.states.get(state, 0) for state in states)


class Standing(NamedTuple):
    """What a campaign may do now, why, and how many errors it has counted since it was resumed."""

    control: Control
    reason: str
    errors: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the list and what became of it.

    Attributes:
        line: where it stood in the list.
        address: where the text went, or would have gone.
        state: a recipient's state, or INVALID, DUPLICATE or OPTED_OUT.
        request_id: the gateway's id of the request; empty if there is none.
        external_id: the id that the request was sent under; empty if none was sent, or if others of the same request
            were sent to again since.
        code: the gateway's error code.
        error: the reason, in one line.
        changed: when the state was entered, in seconds since 1970; 0 if it never changed.
        accepted: when the gateway took the request, in seconds since 1970; 0 if it did not.
    """

    line: int
    address: str = field(repr=False)
    state: str
    request_id: str = ""
    external_id: str = ""
    code: str = ""
    error: str = ""
    changed: float = 0.0
    accepted: float = 0.0
