"""Units of work of a run, the calls that they make, and their results."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from scgapi._core.look_up import Sighting
from scgapi.campaigns.engine.rules import NO_CONTENT, Content
from scgapi.campaigns.journal.rows import Finish, State

Kind = Literal["send", "look_up", "commit", "cancel", "discard"]
"""Kind of work on a request. send: create it. look_up: find out about one in doubt. commit: resume a paused one.
cancel: cancel a paused one. discard: cancel a paused one that another run has replaced, and the journal does not hold."""

FirstLookUp = Literal["", "halt", "adopt"]


class Control(NamedTuple):
    """A send that the gateway has certainly accepted. If a look-up does not find it, look-ups prove nothing."""

    external_id: str
    request_id: str


# Not frozen: one is made for each text, and that would take three times as long.
@dataclass(slots=True)
class Work:
    """One claimed send, and what to do with it.

    Attributes:
        kind: what to do.
        ids: rows of its recipients in the journal.
        addresses: its recipients.
        external_id: the id that it is created and looked up under.
        attempt: number of the claim.
        state: state of the send when it was claimed.
        content: what to send.
        tries: requests made before.
        looks: look-ups made before that showed nothing.
        request_id: the gateway's id of the request, if it is known.
        code: outcome of the request in doubt.
        at: time before which it must not begin, in seconds of the run's monotonic clock.
        until: time at which the claim ends, in seconds of the same clock.
        controls: sends that a look-up must find.
        may_wait: True if further sends will be made, which may serve as controls.
        first_look: what to do if a look-up before the send finds it already made. halt: stop the campaign, because the
            journal is not the one it was last sent from. adopt: record it, because an earlier try has succeeded. Empty:
            do not look it up.
        batch_id: second id to look up before the send: the one of the batch that the recipient would have been part of.
            Empty if the send itself is that batch.
    """

    kind: Kind
    ids: tuple[int, ...]
    addresses: tuple[str, ...]
    external_id: str
    attempt: int
    state: State
    content: Content = NO_CONTENT
    tries: int = 0
    looks: int = 0
    request_id: str = ""
    code: str = ""
    at: float = 0.0
    until: float = 0.0
    controls: tuple[Control, ...] = ()
    may_wait: bool = False
    first_look: FirstLookUp = ""
    batch_id: str = ""


# Not frozen: one is made for each text, and that would take three times as long.
@dataclass(slots=True)
class Done:
    """A unit of work and its result.

    Attributes:
        work: the work.
        finish: the new state of its send.
        halt: why the whole campaign must stop; empty if it need not.
        throttled: seconds that the gateway asked to wait; None if it did not throttle the call (HTTP 429).
        is_error: True if it counts as an error of the campaign.
        in_trouble: True if the gateway could not be reached, or failed; False if it responded; None if it is not known.
    """

    work: Work
    finish: Finish
    halt: str = ""
    throttled: float | None = None
    is_error: bool = False
    in_trouble: bool | None = False


class Create(NamedTuple):
    """Create the request; a paused one has no effect yet. The result is its id."""

    work: Work
    paused: bool


class LookUp(NamedTuple):
    """Look a send up by its external id. The result is a `Sighting`."""

    external_id: str


class Resume(NamedTuple):
    """Resume a paused request."""

    request_id: str


class Cancel(NamedTuple):
    """Cancel a paused request."""

    request_id: str


class Read(NamedTuple):
    """Read a request. The result is a `View`."""

    request_id: str


class View(NamedTuple):
    """A request as it was read.

    Attributes:
        state: its state; empty if it was not found.
        sent: number of its messages that were sent.
        expired: True if all of its messages have expired.
    """

    state: str
    sent: int = 0
    expired: bool = False


Call = Create | LookUp | Resume | Cancel | Read
"""A call that a driver makes for a unit of work."""

CallResult = str | Sighting | View | None
"""The result of a call; each kind of call says which."""

Procedure = Generator[Call, CallResult, Done]
"""The calls of a unit of work. The driver sends the result of each call in, or throws its `ScgError` in."""
