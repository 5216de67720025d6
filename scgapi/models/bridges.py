"""Bridges: calls joined with one another."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import DateFilter, Items, ListOptions, TextFilter, Timestamp
from scgapi.models.calls import CallFilters

BridgeState = Literal["CREATED", "ACTIVE", "HOLD", "COMPLETED", "ERROR"] | str

# The published definition spells them so, as properties and as filters; older clients read the plain names.
_COMPLETED = AliasChoices("completed_time - date", "completed_time")
_ACTIVATED = AliasChoices("activated_time - date", "activated_time")


class BridgeData(ResourceModel):
    """A bridge's fields (GET `/calling/bridges/{id}`)."""

    external_id: str | None = None
    """Your own id of the bridge."""
    call_ids: list[str] | None = None
    """Ids of the calls to join. Answers may lack them: see `list_calls()`."""
    bridge_audio: bool | None = None
    """Whether the calls hear one another; known from older clients only."""
    state: Final[Annotated[BridgeState | None, Field(default=None)]]
    """CREATED, ACTIVE while calls are joined, then COMPLETED."""
    completed_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias=_COMPLETED)]]
    activated_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias=_ACTIVATED)]]


class BridgeAudio(TypedDict, total=False):
    """Whether the calls of a bridge hear one another."""

    bridge_audio: bool | None


class BridgeFields(BridgeAudio, total=False):
    """What a bridge is created from."""

    external_id: str | None
    call_ids: Items[str] | None


class BridgeUpdate(BridgeAudio):
    """What an update of a bridge takes: all its calls, those that are in it already among them."""

    call_ids: Items[str]


class BridgeFilters(ListOptions, total=False):
    """What bridges can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    external_id: TextFilter
    call_ids: TextFilter
    bridge_audio: bool | None
    state: TextFilter
    completed_time: Annotated[DateFilter, Field(alias="completed_time - date")]
    activated_time: Annotated[DateFilter, Field(alias="activated_time - date")]
    created_date: DateFilter
    last_updated_date: DateFilter


LIST = Operation("bridges.list", "GET", "/calling/bridges", query=BridgeFilters)
CREATE = Operation("bridges.create", "POST", "/calling/bridges", body=BridgeFields)
GET = Operation("bridges.get", "GET", "/calling/bridges/{bridge_id}")
UPDATE = Operation("bridges.update", "POST", "/calling/bridges/{bridge_id}", body=BridgeUpdate)
DELETE = Operation("bridges.delete", "DELETE", "/calling/bridges/{bridge_id}")
LIST_CALLS = Operation("bridges.list_calls", "GET", "/calling/bridges/{bridge_id}/calls", query=CallFilters)
ADD_CALLS = Operation("bridges.add_calls", "POST", "/calling/bridges/{bridge_id}", body=BridgeUpdate)
