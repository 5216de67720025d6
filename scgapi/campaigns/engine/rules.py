"""What a campaign goes by, and the limits of its engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS
from scgapi.campaigns.engine.hours import AllowedHours
from scgapi.models.message_requests import MessageRequestFields

Mode = Literal["verified", "two_phase"]
"""How sends in doubt are settled. verified: by look-ups. two_phase: a request is made paused, recorded, and then
let go, which may be repeated."""

HORIZON_SECONDS = 0.5
"""Time before its turn at which a send is claimed, so that the pace does not wait for the journal."""

MAX_UNDECIDED_LOOK_UPS = 8
"""Number of look-ups of one send that decide nothing, after which a person must decide."""

MAX_LOST_REQUESTS = 10
"""Number of requests for one send that are lost on their way, after which a person must decide."""


class Content(NamedTuple):
    """What one recipient is sent; recipients with the same content may share a request."""

    body: str | None
    attachments: tuple[str, ...] = ()


NO_CONTENT = Content(None)
"""Content of work that sends nothing."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a run of a campaign goes by.

    Attributes:
        campaign: its name.
        sender: what its requests are sent from; the rate is counted for it.
        compose: makes the content from a recipient's fields; a `KeyError` names a field that is missing.
        options: fields that all requests have, the sender among them; `to` is each request's own.
        mode: how sends in doubt are settled.
        rate: texts for each second, all runs and campaigns of the sender together; None for no limit.
        batch: recipients of the same text that go in one request, at most.
        in_flight: requests on their way at once.
        hours: hours at which texts may go.
        start: moment before which nothing is sent, in seconds since 1970.
        end: moment after which nothing new is sent.
        max_errors: refusals and doubts after which the campaign halts; None for never.
        limit: seconds that a request may take.
        lease: seconds that a claim lasts; more than a request takes.
        quarantine: seconds after a lost answer before a look-up may be believed.
        second_look: seconds between the two empty look-ups that it takes.
    """

    campaign: str
    sender: str
    compose: Callable[[Mapping[str, str]], Content] = field(repr=False)
    options: MessageRequestFields = field(repr=False)
    mode: Mode = "verified"
    rate: float | None = None
    batch: int = 1
    in_flight: int = 64
    hours: AllowedHours | None = None
    start: float | None = None
    end: float | None = None
    max_errors: int | None = None
    limit: float = 30.0
    lease: float = 120.0
    quarantine: float = FIRST_LOOK_UP_DELAY_SECONDS
    second_look: float = SECOND_LOOK_UP_DELAY_SECONDS

    @property
    def in_hand(self) -> int:
        """Sends that a run holds at once: on their way, and ready to follow."""
        return self.in_flight * 4
