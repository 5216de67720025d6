"""Conference members: the calls that are in a conference."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import ListOptions, TextFilter

MemberState = Literal["active", "completed"] | str


class ConferenceMemberData(ResourceModel):
    """A conference member's fields (GET `/calling/conferences/{conference_id}/members/{id}`)."""

    external_id: str | None = None
    """Your own id of the member."""
    call_id: Annotated[str | None, Field(validation_alias=AliasChoices("call_id", "callId"))] = None
    """The call that is in the conference."""
    hold: bool | None = None
    """Whether the member neither hears nor speaks."""
    mute: bool | None = None
    """Whether the member only hears."""
    conference_id: Final[Annotated[str | None, Field(default=None)]]
    state: Final[Annotated[MemberState | None, Field(default=None)]]
    """Known as a filter and from events; answers may lack it."""


class MemberStatus(TypedDict, total=False):
    """What a member can do in the conference."""

    hold: bool | None
    mute: bool | None


class ConferenceMemberFields(MemberStatus, total=False):
    """The fields of a conference member that can be set."""

    external_id: str | None
    call_id: str


class ConferenceMemberCreate(MemberStatus, total=False):
    """What a conference member is created from."""

    external_id: str | None
    call_id: Required[str]


class ConferenceMemberUpdate(MemberStatus, total=False):
    """What an update of a conference member takes."""


class ConferenceMemberFilters(ListOptions, total=False):
    """What conference members can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    state: TextFilter


_MEMBERS = "/calling/conferences/{conference_id}/members"

LIST = Operation("conferences.members.list", "GET", _MEMBERS, query=ConferenceMemberFilters)
CREATE = Operation("conferences.members.create", "POST", _MEMBERS, body=ConferenceMemberCreate)
GET = Operation("conferences.members.get", "GET", f"{_MEMBERS}/{{member_id}}")
UPDATE = Operation(
    "conferences.members.update", "POST", f"{_MEMBERS}/{{member_id}}", body=ConferenceMemberUpdate
)
DELETE = Operation("conferences.members.delete", "DELETE", f"{_MEMBERS}/{{member_id}}")
