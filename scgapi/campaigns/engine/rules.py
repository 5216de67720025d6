"""The rules of a campaign, and the limits of its engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS
from scgapi.campaigns.engine.hours import AllowedHours
from scgapi.models.message_requests import MessageRequestFields

Mode = Literal["verified", "two_phase"]
"""The treatment of sends in doubt. verified: they are looked up. two_phase: each request is created paused, recorded,
and then resumed; only the resuming takes effect, and it may be repeated."""

HORIZON_SECONDS = 0.5
"""Time before its turn at which a send is claimed, so that the pace does not wait for the journal."""

MAX_UNDECIDED_LOOK_UPS = 8
"""Number of look-ups of one send that decide nothing, after which a person must decide."""

MAX_LOST_REQUESTS = 10
"""Number of requests for one send that are lost on their way, after which a person must decide."""


class Content(NamedTuple):
    """The content of a recipient's text. Recipients with the same content may share a request."""

    body: str | None
    attachments: tuple[str, ...] = ()


NO_CONTENT = Content(None)
"""Content of work that sends nothing."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that a run of a campaign follows.

    Attributes:
        campaign: its name.
        sender: the sender of its requests. All campaigns of a sender share its rate.
        compose: a function that makes the content from a recipient's fields; its `KeyError` names a missing field.
        options: fields of all requests, the sender among them, without `to`.
        mode: the treatment of sends in doubt.
        rate: texts per second, of all runs and campaigns of the sender together; None for no limit.
        batch: maximum number of recipients of the same text in one request.
        in_flight: maximum number of requests on their way at once.
        hours: hours at which texts may go.
        start: time before which nothing is sent, in seconds since 1970.
        end: time after which nothing new is sent, in seconds since 1970.
        max_errors: number of refusals and doubts after which the campaign halts; None for never.
        request_timeout: time limit of a request, in seconds.
        lease: seconds that a claim lasts; it must be longer than `request_timeout`.
        quarantine: seconds between a lost response and the first look-up, since the gateway may still process the send.
        second_look: seconds between the first and the second look-up. A send counts as absent if both find nothing.
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
    request_timeout: float = 30.0
    lease: float = 120.0
    quarantine: float = FIRST_LOOK_UP_DELAY_SECONDS
    second_look: float = SECOND_LOOK_UP_DELAY_SECONDS

    @property
    def in_hand(self) -> int:
        """Maximum number of sends that a run holds at once: those on their way, and those that are next."""
        return self.in_flight * 4
