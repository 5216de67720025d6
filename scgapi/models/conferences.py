"""Conferences: calls that hear one another as members."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import ChoiceFilter, DateFilter, ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation
from scgapi.models.calls import Audio, Speech

ConferenceState = Literal["created", "active", "completed"] | str


class ConferenceData(ResourceModel):
    """A conference's fields (GET `/calling/conferences/{id}`)."""

    external_id: str | None = None
    """Your own id of the conference."""
    from_: Annotated[str | None, Field(validation_alias="from", serialization_alias="from", repr=False)] = (
        None
    )
    """The address that the conference calls from. `from` in JSON."""
    state: ConferenceState | None = None
    """`created` before it has members, `active` while it has, then `completed`."""
    created_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time of creation, in UTC."""
    completed_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """End time, in UTC."""
    active_members: Final[Annotated[int | None, Field(default=None)]]
    """Number of current members."""


class ConferenceFields(TypedDict, total=False, closed=True):
    """The fields of a conference that can be set."""

    external_id: str | None
    """Your own id of the conference."""
    from_: str
    """Address that the conference calls from. `from` in JSON."""
    state: ConferenceState
    """State of the conference."""


class ConferenceCreate(TypedDict, total=False, closed=True):
    """Fields of a conference to create."""

    external_id: str | None
    """Your own id of the conference."""
    from_: Required[str]
    """Address that the conference calls from. `from` in JSON."""


class ConferenceUpdate(TypedDict, closed=True):
    """The state that a conference is to take: `completed` ends it."""

    state: ConferenceState
    """`completed` ends the conference."""


class ConferenceFilters(ListOptions, total=False, closed=True):
    """Filters for conferences; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    external_id: TextFilter
    """Your own id, or several."""
    from_: TextFilter
    """Address that it calls from, or several."""
    state: ChoiceFilter[ConferenceState]
    """`created`, `active` or `completed`; or several."""
    created_time: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""


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
