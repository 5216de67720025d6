"""Channels: several sender ids to send from as one."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import DateFilter, IntFilter, Items, ListOptions, TextFilter
from scgapi.models.sender_ids import SenderIdFilters

ChannelPriority = Literal["high", "normal", "low"] | str
ChannelOwnership = Literal["SHARED", "PRIVATE", "PUBLIC"] | str


class ChannelData(ResourceModel):
    """A channel's fields (GET `/messaging/channels/{id}`)."""

    address_kind: ClassVar[str] = "channel"

    name: str | None = None
    priority: ChannelPriority | None = None
    """Messages of high priority channels are delivered first."""
    description: str | None = None
    role: str | None = None
    """Known from older clients only."""
    ownership: Final[Annotated[ChannelOwnership | None, Field(default=None)]]
    message_templates: Final[Annotated[list[str] | None, Field(default=None)]]
    country: Final[Annotated[str | None, Field(default=None)]]


class ChannelFields(TypedDict, total=False):
    """What a channel is created from."""

    name: str | None
    priority: ChannelPriority | None
    description: str | None
    role: str | None


class ChannelUpdate(ChannelFields, Versioned):
    """What an update of a channel takes."""


class ChannelFilters(ListOptions, total=False):
    """What channels can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    name: TextFilter
    priority: TextFilter
    description: TextFilter
    ownership: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


class ChannelMembers(TypedDict):
    """The sender ids to add to a channel, by id."""

    sender_ids: Items[str]


LIST = Operation("channels.list", "GET", "/messaging/channels", query=ChannelFilters)
CREATE = Operation("channels.create", "POST", "/messaging/channels", body=ChannelFields)
GET = Operation("channels.get", "GET", "/messaging/channels/{channel_id}")
UPDATE = Operation("channels.update", "POST", "/messaging/channels/{channel_id}", body=ChannelUpdate)
REPLACE = Operation("channels.replace", "PUT", "/messaging/channels/{channel_id}", body=ChannelUpdate)
DELETE = Operation("channels.delete", "DELETE", "/messaging/channels/{channel_id}")
LIST_SENDER_IDS = Operation(
    "channels.list_sender_ids", "GET", "/messaging/channels/{channel_id}/sender_ids", query=SenderIdFilters
)
ADD_SENDER_ID = Operation(
    "channels.add_sender_id", "POST", "/messaging/channels/{channel_id}/sender_ids", body=ChannelMembers
)
DELETE_SENDER_ID = Operation(
    "channels.delete_sender_id", "DELETE", "/messaging/channels/{channel_id}/sender_ids/{sender_id}"
)
