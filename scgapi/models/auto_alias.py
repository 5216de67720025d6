"""Auto alias: messages sent from an address that the gateway picks and remembers by an alias."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._addresses import Recipient, Sender
from scgapi.models._base import ResourceModel
from scgapi.models._fields import Items, ListOptions


class AutoAliasHistoryData(ResourceModel):
    """Which sender id an alias was given (GET `/assistant/auto_alias/history/{id}`)."""

    alias: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The sender's alias."""
    sender_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the sender id that the alias was given."""
    sender_id_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address of that sender id."""


class AutoAliasHistoryFilters(ListOptions, total=False):
    """No filter of the history is known; see `ListOptions` for page size, order and `extra_filters`."""


class AutoAliasMessageRequestFields(TypedDict, total=False):
    """What is sent under an alias."""

    from_: Sender | None
    to: Items[Recipient]
    body: str | None
    attachments: Items[str] | None
    campaign_id: str | None
    subject: str | None
    application_id: str | int | None
    external_id: str | None


LIST = Operation(
    "auto_alias.history.list", "GET", "/assistant/auto_alias/history", query=AutoAliasHistoryFilters
)
GET = Operation("auto_alias.history.get", "GET", "/assistant/auto_alias/history/{history_id}")
DELETE = Operation("auto_alias.history.delete", "DELETE", "/assistant/auto_alias/history/{history_id}")
CREATE_MESSAGE_REQUEST = Operation(
    "auto_alias.message_requests.create",
    "POST",
    "/assistant/auto_alias/message_requests",
    body=AutoAliasMessageRequestFields,
)
