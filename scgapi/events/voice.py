"""What the gateway tells of calls: one class for each type of event."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, Literal, overload

from pydantic import AliasChoices, Field

from scgapi.events.models import BaseEvent, Price, Text, _Reasoned
from scgapi.models._fields import HIDDEN
from scgapi.models.calls import CallState

if TYPE_CHECKING:
    from scgapi._async.client import AsyncClient
    from scgapi._async.resources.bridges import AsyncBridge
    from scgapi._async.resources.calls import AsyncCall
    from scgapi._async.resources.conferences import AsyncConference
    from scgapi._sync.client import Client
    from scgapi._sync.resources.bridges import Bridge
    from scgapi._sync.resources.calls import Call
    from scgapi._sync.resources.conferences import Conference


class _OfCall(BaseEvent, frozen=True):
    """An event of one call."""

    call_id: str
    external_call_id: Annotated[
        Text, Field(validation_alias=AliasChoices("external_call_id", "call_external_id"))
    ] = None
    """Your own id of the call; the wire has two spellings."""

    @overload
    def call(self, client: Client) -> Call: ...
    @overload
    def call(self, client: AsyncClient) -> Coroutine[object, object, AsyncCall]: ...
    def call(self, client: Client | AsyncClient) -> Call | Coroutine[object, object, AsyncCall]:
        """The call as the gateway has it now, by a client of either colour.

        Raises:
            NotFoundError: there is none.
        """
        return client.calls.get(self.call_id)


class _OfBridge(BaseEvent, frozen=True):
    """An event of one bridge."""

    bridge_id: str
    state: str
    bridge_external_id: Text = None

    @overload
    def bridge(self, client: Client) -> Bridge: ...
    @overload
    def bridge(self, client: AsyncClient) -> Coroutine[object, object, AsyncBridge]: ...
    def bridge(self, client: Client | AsyncClient) -> Bridge | Coroutine[object, object, AsyncBridge]:
        """The bridge as the gateway has it now, by a client of either colour.

        Raises:
            NotFoundError: there is none.
        """
        return client.bridges.get(self.bridge_id)


class _OfMember(_OfCall, frozen=True):
    """An event of one member of a conference."""

    conference_id: str
    member_id: str
    state: str
    conference_external_id: Text = None
    member_external_id: Text = None

    @overload
    def conference(self, client: Client) -> Conference: ...
    @overload
    def conference(self, client: AsyncClient) -> Coroutine[object, object, AsyncConference]: ...
    def conference(
        self, client: Client | AsyncClient
    ) -> Conference | Coroutine[object, object, AsyncConference]:
        """The conference as the gateway has it now, by a client of either colour.

        Raises:
            NotFoundError: there is none.
        """
        return client.conferences.get(self.conference_id)


class CallReceived(_Reasoned, _OfCall, frozen=True):
    """A call comes in and rings: accept it with `client.calls`, or end it."""

    type: Literal["call_incoming_received"] = "call_incoming_received"
    from_address: Annotated[str | None, HIDDEN] = None
    """Who calls."""
    to_address: Annotated[str | None, HIDDEN] = None
    """The address that is called."""


class CallStateChanged(_Reasoned, _OfCall, frozen=True):
    """A call came into another state."""

    type: Literal["call_state_change"] = "call_state_change"
    new_state: CallState
    previous_state: CallState | None = None
    from_address: Annotated[str | None, HIDDEN] = None
    to_address: Annotated[str | None, HIDDEN] = None
    call_price: Price = None
    call_duration: int | None = None
    """Seconds."""


class CallPlaybackChanged(_OfCall, frozen=True):
    """What is played to a call began or ended."""

    type: Literal["call_playback_state_change"] = "call_playback_state_change"
    state: str


class CallTtsChanged(_OfCall, frozen=True):
    """What is spoken to a call began or ended."""

    type: Literal["call_tts_state_change"] = "call_tts_state_change"
    state: str


class CollectorStateChanged(_OfCall, frozen=True):
    """A digits collector has what it waited for, or gave up."""

    type: Literal["collector_state_change"] = "collector_state_change"
    collect_id: str
    """The digits collector's id."""
    external_collect_id: Text = None
    reason: str | None = None
    """Why it ended, such as `TERMINATING_DIGIT`."""
    digits: Annotated[str, HIDDEN] = ""
    """The keys that were pressed."""


class BridgePlaybackChanged(_OfBridge, frozen=True):
    """What is played to a bridge began or ended."""

    type: Literal["bridge_playback_state_change"] = "bridge_playback_state_change"


class BridgeTtsChanged(_OfBridge, frozen=True):
    """What is spoken to a bridge began or ended."""

    type: Literal["bridge_tts_state_change"] = "bridge_tts_state_change"


class ConferenceMemberPlaybackChanged(_OfMember, frozen=True):
    """What is played to a member of a conference began or ended."""

    type: Literal["conference_member_play_state_change"] = "conference_member_play_state_change"


class ConferenceMemberStateChanged(_OfMember, frozen=True):
    """A call joined a conference, left it, or was muted."""

    type: Literal["conference_member_state_change"] = "conference_member_state_change"
    active_members: int | None = None
    mute: bool | None = None
