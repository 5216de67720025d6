"""Auto alias: messages sent from an address that the gateway picks and remembers by an alias."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import Items, ListOptions
from scgapi._core.operation import Operation
from scgapi.models._addresses import AttachmentRef, Recipient, Sender


class AutoAliasHistoryData(ResourceModel):
    """Assignment of a sender id to an alias (GET `/assistant/auto_alias/history/{id}`)."""

    alias: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The sender's alias."""
    sender_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the sender id that the alias was given."""
    sender_id_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address of that sender id."""


class AutoAliasHistoryFilters(ListOptions, total=False, closed=True):
    """No filter of the history is known; see `ListOptions` for page size, order and `extra_filters`."""


class AutoAliasMessageRequestFields(TypedDict, total=False, closed=True):
    """Message to send under an alias."""

    from_: Sender | None
    """Sender: `sender_id:ID`, `channel:ID`, or an address. `from` in JSON."""
    to: Items[Recipient]
    """Recipients, in a list: numbers such as `+15551234567`, `contact:ID`, `group:ID`."""
    body: str | None
    """Text to send. Template variables and directives in it are carried out by the gateway."""
    attachments: Items[AttachmentRef] | None
    """Ids of uploaded attachments."""
    campaign_id: str | None
    """Your own id of the campaign."""
    subject: str | None
    """Subject of an MMS."""
    application_id: str | int | None
    """Id of the application that sends, if the account has several."""
    external_id: str | None
    """Your own id of the send."""


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
