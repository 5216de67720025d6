"""Conference members: the calls that are in a conference."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import ChoiceFilter, ListOptions, TextFilter
from scgapi._core.operation import Operation
from scgapi.models._addresses import CallRef, IdOfCall

MemberState = Literal["active", "completed"] | str


class ConferenceMemberData(ResourceModel):
    """A conference member's fields (GET `/calling/conferences/{conference_id}/members/{id}`)."""

    external_id: str | None = None
    """Your own id of the member."""
    call_id: Annotated[IdOfCall | None, Field(validation_alias=AliasChoices("call_id", "callId"))] = None
    """The call that is in the conference."""
    hold: bool | None = None
    """True if the member neither hears nor speaks."""
    mute: bool | None = None
    """True if the member only hears."""
    conference_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the conference."""
    state: Final[Annotated[MemberState | None, Field(default=None)]]
    """State of the member. Known as a filter and from events; responses may lack it."""


class MemberStatus(TypedDict, total=False):
    """Rights of a member in the conference."""

    hold: bool | None
    """True: the member neither hears nor speaks."""
    mute: bool | None
    """True: the member only hears."""


class ConferenceMemberFields(MemberStatus, total=False, closed=True):
    """The fields of a conference member that can be set."""

    external_id: str | None
    """Your own id of the member."""
    call_id: CallRef
    """Id of the call to bring into the conference."""


class ConferenceMemberCreate(MemberStatus, total=False, closed=True):
    """Fields of a conference member to create."""

    external_id: str | None
    """Your own id of the member."""
    call_id: Required[CallRef]
    """Id of the call to bring into the conference."""


class ConferenceMemberUpdate(MemberStatus, total=False, closed=True):
    """Fields of a conference member that an update can change."""


class ConferenceMemberFilters(ListOptions, total=False, closed=True):
    """Filters for conference members; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    state: ChoiceFilter[MemberState]
    """`active` or `completed`."""


_MEMBERS = "/calling/conferences/{conference_id}/members"

LIST = Operation("conferences.members.list", "GET", _MEMBERS, query=ConferenceMemberFilters)
CREATE = Operation("conferences.members.create", "POST", _MEMBERS, body=ConferenceMemberCreate)
GET = Operation("conferences.members.get", "GET", f"{_MEMBERS}/{{member_id}}")
UPDATE = Operation(
    "conferences.members.update", "POST", f"{_MEMBERS}/{{member_id}}", body=ConferenceMemberUpdate
)
DELETE = Operation("conferences.members.delete", "DELETE", f"{_MEMBERS}/{{member_id}}")
