"""Conferences: calls that hear one another as members."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import DateFilter, ListOptions, TextFilter, Timestamp
from scgapi.models.calls import Audio, Speech

ConferenceState = Literal["created", "active", "completed"] | str


class ConferenceData(ResourceModel):
    """A conference's fields (GET `/calling/conferences/{id}`)."""

    external_id: str | None = None
    """Your own id of the conference."""
    from_: Annotated[str | None, Field(validation_alias="from", serialization_alias="from", repr=False)] = (
        None
    )
    """The address that the conference calls from. `from` on the wire."""
    state: ConferenceState | None = None
    """`created` before it has members, `active` while it has, then `completed`."""
    created_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    completed_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    active_members: Final[Annotated[int | None, Field(default=None)]]
    """How many members are in it now."""


class ConferenceFields(TypedDict, total=False):
    """The fields of a conference that can be set."""

    external_id: str | None
    from_: str
    state: ConferenceState


class ConferenceCreate(TypedDict, total=False):
    """What a conference is created from."""

    external_id: str | None
    from_: Required[str]


class ConferenceUpdate(TypedDict):
    """The state that a conference is to take: `completed` ends it."""

    state: ConferenceState


class ConferenceFilters(ListOptions, total=False):
    """What conferences can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    external_id: TextFilter
    from_: TextFilter
    state: TextFilter
    created_time: DateFilter


LIST = Operation("conferences.list", "GET", "/calling/conferences", query=ConferenceFilters)
CREATE = Operation("conferences.create", "POST", "/calling/conferences", body=ConferenceCreate)
GET = Operation("conferences.get", "GET", "/calling/conferences/{conference_id}")
UPDATE = Operation(
    "conferences.update", "POST", "/calling/conferences/{conference_id}", body=ConferenceUpdate
)
DELETE = Operation("conferences.delete", "DELETE", "/calling/conferences/{conference_id}")
PLAY_TTS = Operation(
    "conferences.play_tts", "POST", "/calling/conferences/{conference_id}/play_tts", body=Speech
)
PLAY_AUDIO = Operation(
    "conferences.play_audio", "POST", "/calling/conferences/{conference_id}/play_audio", body=Audio
)
