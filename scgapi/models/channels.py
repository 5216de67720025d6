"""Channels: several sender ids to send from as one."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import ChoiceFilter, DateFilter, IntFilter, Items, ListOptions, TextFilter
from scgapi._core.operation import Operation
from scgapi.models.sender_ids import SenderIdFilters

ChannelPriority = Literal["high", "normal", "low"] | str
ChannelOwnership = Literal["SHARED", "PRIVATE", "PUBLIC"] | str


class ChannelData(ResourceModel):
    """A channel's fields (GET `/messaging/channels/{id}`)."""

    address_kind: ClassVar[str] = "channel"

    name: str | None = None
    """Your own name for it."""
    priority: ChannelPriority | None = None
    """Messages of high priority channels are delivered first."""
    description: str | None = None
    """Description."""
    role: str | None = None
    """Known from older clients only."""
    ownership: Final[Annotated[ChannelOwnership | None, Field(default=None)]]
    """Ownership: SHARED, PRIVATE or PUBLIC."""
    message_templates: Final[Annotated[list[str] | None, Field(default=None)]]
    """Ids of the templates that apply."""
    country: Final[Annotated[str | None, Field(default=None)]]
    """ISO 3166 code of the country that can be sent to; the gateway sets it."""


class _ChannelFields(TypedDict, total=False):
    """Keys that ChannelFields shares with ChannelUpdate."""

    name: str | None
    """Your own name for it."""
    priority: ChannelPriority | None
    """Priority of the messages: `high`, `normal` or `low`."""
    description: str | None
    """Description."""
    role: str | None
    """Role of the channel, in your own words."""


class ChannelFields(_ChannelFields, closed=True):
    """Fields of a channel to create."""


class ChannelUpdate(_ChannelFields, Versioned, closed=True):
    """Fields of a channel that an update can change."""


class ChannelFilters(ListOptions, total=False, closed=True):
    """Filters for channels; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    name: TextFilter
    """Name, or several."""
    priority: ChoiceFilter[ChannelPriority]
    """`high`, `normal` or `low`; or several."""
    description: TextFilter
    """Description, or several."""
    ownership: ChoiceFilter[ChannelOwnership]
    """SHARED, PRIVATE or PUBLIC; or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


class ChannelMembers(TypedDict):
    """The sender ids to add to a channel, by id."""

    sender_ids: Items[str]
    """Ids of the sender ids."""


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
