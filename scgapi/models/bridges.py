"""Bridges: calls joined with one another."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import ChoiceFilter, DateFilter, Items, ListOptions, TextFilter, Timestamp
from scgapi._core.operation import Operation
from scgapi.models._addresses import CallRef, IdOfCall
from scgapi.models.calls import CallFilters

BridgeState = Literal["CREATED", "ACTIVE", "HOLD", "COMPLETED", "ERROR"] | str

# The published definition spells them so, as properties and as filters; older clients read the plain names.
_COMPLETED = AliasChoices("completed_time - date", "completed_time")
_ACTIVATED = AliasChoices("activated_time - date", "activated_time")


class BridgeData(ResourceModel):
    """A bridge's fields (GET `/calling/bridges/{id}`)."""

    external_id: str | None = None
    """Your own id of the bridge."""
    call_ids: list[IdOfCall] | None = None
    """Ids of the calls to join. Answers may lack them: see `list_calls()`."""
    bridge_audio: bool | None = None
    """Audio between the calls. Known from the 2017 SDKs only."""
    state: Final[Annotated[BridgeState | None, Field(default=None)]]
    """CREATED, ACTIVE while calls are joined, then COMPLETED."""
    completed_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias=_COMPLETED)]]
    """End time, in UTC."""
    activated_time: Final[Annotated[Timestamp | None, Field(default=None, validation_alias=_ACTIVATED)]]
    """Time when two calls were first joined, in UTC."""


class _BridgeAudio(TypedDict, total=False):
    """Keys that BridgeAudio shares with BridgeFields and BridgeUpdate."""

    bridge_audio: bool | None
    """True if the calls hear one another; known from older clients only."""


class BridgeAudio(_BridgeAudio, closed=True):
    """Audio between the calls of a bridge."""


class BridgeFields(_BridgeAudio, total=False, closed=True):
    """Fields of a bridge to create."""

    external_id: str | None
    """Your own id of the bridge."""
    call_ids: Items[CallRef] | None
    """Ids of the calls to join."""


class BridgeUpdate(_BridgeAudio, closed=True):
    """Fields of a bridge that an update can change; `call_ids` lists all its calls, present ones included."""

    call_ids: Items[CallRef]
    """Ids of the calls to join, in place of those that are joined now."""


class BridgeFilters(ListOptions, total=False, closed=True):
    """Filters for bridges; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    external_id: TextFilter
    """Your own id, or several."""
    call_ids: TextFilter
    """Id of a call that is in it, or several."""
    bridge_audio: bool | None
    """True for those whose calls hear one another."""
    state: ChoiceFilter[BridgeState]
    """State, such as `ACTIVE`; or several."""
    completed_time: Annotated[DateFilter, Field(alias="completed_time - date")]
    """Time of the end: one time, or a range `(from, to)` including both ends."""
    activated_time: Annotated[DateFilter, Field(alias="activated_time - date")]
    """Time when two calls were first joined: one time, or a range `(from, to)` including both ends."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


LIST = Operation("bridges.list", "GET", "/calling/bridges", query=BridgeFilters)
CREATE = Operation("bridges.create", "POST", "/calling/bridges", body=BridgeFields)
GET = Operation("bridges.get", "GET", "/calling/bridges/{bridge_id}")
UPDATE = Operation("bridges.update", "POST", "/calling/bridges/{bridge_id}", body=BridgeUpdate)
DELETE = Operation("bridges.delete", "DELETE", "/calling/bridges/{bridge_id}")
LIST_CALLS = Operation("bridges.list_calls", "GET", "/calling/bridges/{bridge_id}/calls", query=CallFilters)
ADD_CALLS = Operation("bridges.add_calls", "POST", "/calling/bridges/{bridge_id}", body=BridgeUpdate)
