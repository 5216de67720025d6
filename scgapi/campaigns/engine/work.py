"""Pieces of work that a run does, the calls that they make, and how they end."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from scgapi._core.look_up import Sighting
from scgapi.campaigns.engine.rules import NO_CONTENT, Content
from scgapi.campaigns.journal.rows import Finish, State

Kind = Literal["send", "look_up", "commit", "cancel", "discard"]
"""send: make a request. look_up: find out about one in doubt. commit: let a paused one go. cancel: give a paused one
up. discard: the same for one that another run has replaced, and that the journal does not know."""

FirstLookUp = Literal["", "halt", "adopt"]


class Control(NamedTuple):
    """A send that was certainly taken: where a look-up does not show it, an empty look-up proves nothing."""

    external_id: str
    request_id: str


# Not frozen: one is made for each text, and that would take three times as long.
@dataclass(slots=True)
class Work:
    """One claimed send and what is to be done about it.

    Attributes:
        kind: what is to be done.
        ids: rows of its recipients in the journal.
        addresses: its recipients.
        external_id: the id that it is made and looked up under.
        attempt: epoch of the claim.
        state: state that it was claimed in.
        content: what to send.
        tries: requests made before.
        looks: look-ups made before that showed nothing.
        request_id: the gateway's id of the request, if it is known.
        code: outcome of the request in doubt.
        at: moment before which it must not begin, by the run's monotonic clock, in seconds.
        until: moment at which the claim ends, by the same clock.
        controls: sends that a look-up must show.
        may_wait: True if other sends are to come that may serve as controls.
        first_look: what to do if a look-up before the send shows that it was made already. halt: this is not the journal
            that the campaign was sent from last. adopt: a request of an earlier try has had its effect after all. Empty
            if it need not be looked up.
        batch_id: the id that it would be sent under together with others, and is looked up by, too; empty if it goes as
            it would have gone.
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
    """A piece of work and how it ended.

    Attributes:
        work: the work.
        finish: what its send becomes.
        halt: why the whole campaign must stop; empty if it need not.
        throttled: seconds that the gateway asked to wait; None if it did not refuse for haste.
        is_error: True if it counts as an error of the campaign.
        in_trouble: True if the gateway could not be reached, or failed; False if it was; None if that is not known.
    """

    work: Work
    finish: Finish
    halt: str = ""
    throttled: float | None = None
    is_error: bool = False
    in_trouble: bool | None = False


class Create(NamedTuple):
    """Make the request; a paused one has no effect yet. The answer is its id."""

    work: Work
    paused: bool


class LookUp(NamedTuple):
    """Look a send up by its external id. The answer is a sighting."""

    external_id: str


class Resume(NamedTuple):
    """Let a paused request go."""

    request_id: str


class Cancel(NamedTuple):
    """Give a paused request up."""

    request_id: str


class Read(NamedTuple):
    """Read a request. The answer is a view of it."""

    request_id: str


class View(NamedTuple):
    """A request as it was read: its state, and of its messages how many were sent and whether all have expired."""

    state: str
    sent: int = 0
    expired: bool = False


Call = Create | LookUp | Resume | Cancel | Read
Answer = str | Sighting | View | None
Procedure = Generator[Call, Answer, Done]
"""Yields calls, is sent their answers (or their `ScgError` is thrown into it), and returns how the work ended."""
