"""Events of calls: one class for each type."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, Literal, overload

from pydantic import AliasChoices, Field

from scgapi._core.model.fields import SENSITIVE
from scgapi.events.models import BaseEvent, Price, Text, _ReasonedEvent
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


class _CallEvent(BaseEvent, frozen=True):
    """An event of one call."""

    call_id: str
    """Id of the call."""
    external_call_id: Annotated[
        Text, Field(validation_alias=AliasChoices("external_call_id", "call_external_id"))
    ] = None
    """Your own id of the call; the gateway spells the field in two ways."""

    @overload
    def call(self, client: Client) -> Call: ...
    @overload
    def call(self, client: AsyncClient) -> Coroutine[object, object, AsyncCall]: ...
    def call(self, client: Client | AsyncClient) -> Call | Coroutine[object, object, AsyncCall]:
        """Load the call as it is now; accepts a sync or async client.

        Raises:
            NotFoundError: it does not exist.
        """
        return client.calls.get(self.call_id)


class _BridgeEvent(BaseEvent, frozen=True):
    """An event of one bridge."""

    bridge_id: str
    """Id of the bridge."""
    state: str
    """State of what is played, in the gateway's words."""
    bridge_external_id: Text = None
    """Your own id of the bridge."""

    @overload
    def bridge(self, client: Client) -> Bridge: ...
    @overload
    def bridge(self, client: AsyncClient) -> Coroutine[object, object, AsyncBridge]: ...
    def bridge(self, client: Client | AsyncClient) -> Bridge | Coroutine[object, object, AsyncBridge]:
        """Load the bridge as it is now; accepts a sync or async client.

        Raises:
            NotFoundError: it does not exist.
        """
        return client.bridges.get(self.bridge_id)


class _MemberEvent(_CallEvent, frozen=True):
    """An event of one member of a conference."""

    conference_id: str
    """Id of the conference."""
    member_id: str
    """Id of the member in the conference."""
    state: str
    """State of the member, or of what is played to it, in the gateway's words."""
    conference_external_id: Text = None
    """Your own id of the conference."""
    member_external_id: Text = None
    """Your own id of the member."""

    @overload
    def conference(self, client: Client) -> Conference: ...
    @overload
    def conference(self, client: AsyncClient) -> Coroutine[object, object, AsyncConference]: ...
    def conference(
        self, client: Client | AsyncClient
    ) -> Conference | Coroutine[object, object, AsyncConference]:
        """Load the conference as it is now; accepts a sync or async client.

        Raises:
            NotFoundError: it does not exist.
        """
        return client.conferences.get(self.conference_id)


class CallReceived(_ReasonedEvent, _CallEvent, frozen=True):
    """A call comes in and rings: accept it with `client.calls`, or end it."""

    type: Literal["call_incoming_received"] = "call_incoming_received"
    from_address: Annotated[str | None, SENSITIVE] = None
    """The address that calls."""
    to_address: Annotated[str | None, SENSITIVE] = None
    """The address that is called."""


class CallStateChanged(_ReasonedEvent, _CallEvent, frozen=True):
    """A call changed its state."""

    type: Literal["call_state_change"] = "call_state_change"
    new_state: CallState
    """State of the call now; see `Call.state`."""
    previous_state: CallState | None = None
    """State before."""
    from_address: Annotated[str | None, SENSITIVE] = None
    """The address that calls."""
    to_address: Annotated[str | None, SENSITIVE] = None
    """The address that is called."""
    call_price: Price = None
    """Price of the call."""
    call_duration: int | None = None
    """Duration in seconds."""


class CallPlaybackChanged(_CallEvent, frozen=True):
    """Audio that is played to a call began or ended."""

    type: Literal["call_playback_state_change"] = "call_playback_state_change"
    state: str
    """State of the playback, in the gateway's words."""


class CallTtsChanged(_CallEvent, frozen=True):
    """Speech in a call began or ended."""

    type: Literal["call_tts_state_change"] = "call_tts_state_change"
    state: str
    """State of the speech, in the gateway's words."""


class CollectorStateChanged(_CallEvent, frozen=True):
    """A digits collector received its digits, or timed out."""

    type: Literal["collector_state_change"] = "collector_state_change"
    collect_id: str
    """The digits collector's id."""
    external_collect_id: Text = None
    """Your own id of the digits collector."""
    reason: str | None = None
    """Reason of its end, such as `TERMINATING_DIGIT`."""
    digits: Annotated[str, SENSITIVE] = ""
    """The keys that were pressed."""


class BridgePlaybackChanged(_BridgeEvent, frozen=True):
    """Audio that is played to a bridge began or ended."""

    type: Literal["bridge_playback_state_change"] = "bridge_playback_state_change"


class BridgeTtsChanged(_BridgeEvent, frozen=True):
    """Speech in a bridge began or ended."""

    type: Literal["bridge_tts_state_change"] = "bridge_tts_state_change"


class ConferenceMemberPlaybackChanged(_MemberEvent, frozen=True):
    """Audio that is played to a member of a conference began or ended."""

    type: Literal["conference_member_play_state_change"] = "conference_member_play_state_change"


class ConferenceMemberStateChanged(_MemberEvent, frozen=True):
    """A call joined a conference, left it, or was muted."""

    type: Literal["conference_member_state_change"] = "conference_member_state_change"
    active_members: int | None = None
    """Number of members that are in the conference now."""
    mute: bool | None = None
    """True if the member is muted."""
