"""Message requests: one text to one or many recipients."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._addresses import Recipient, Sender
from scgapi.models._base import ResourceModel
from scgapi.models._fields import (
    HIDDEN,
    ConsentRequirement,
    DateFilter,
    IntFilter,
    Items,
    ListOptions,
    MessageType,
    Moment,
    TextFilter,
    Timestamp,
)
from scgapi.models.messages import MessageFilters, MessageState, SendOptions

RequestState = (
    Literal[
        "SUBMITTED", "ACCEPTED", "REJECTED", "PREPARING", "TRANSMITTING", "COMPLETED", "PAUSED", "CANCELED"
    ]
    | MessageState
)
"""The state of a request; one with a single recipient may show its message's state instead."""


class MessageRequestData(ResourceModel):
    """A message request's fields (GET `/messaging/message_requests/{id}`)."""

    from_: Annotated[str | None, Field(validation_alias="from", serialization_alias="from", repr=False)] = (
        None
    )
    """`sender_id:ID`, `channel:ID`, a bare sender id, or an address. `from` on the wire."""
    to: Annotated[list[str] | None, HIDDEN] = None
    """Recipients: `+15551234567`, `contact:ID`, `group:ID` and the like (wire facts 1.10)."""
    body: Annotated[str | None, HIDDEN] = None
    attachments: list[str] | None = None
    """Ids of uploaded attachments."""
    media_urls: Annotated[list[str] | None, HIDDEN] = None
    """Public URLs of files to attach."""
    subject: Annotated[str | None, HIDDEN] = None
    external_id: str | None = None
    """Your own id of the request; it can be found by it."""
    consent_requirement: ConsentRequirement | None = None
    criteria: str | None = None
    verify_number: bool | None = None
    failover: Literal["SMS"] | str | None = None
    src_language: str | None = None
    dst_language: str | None = None
    translate: bool | None = None
    content_type: str | None = None
    """Such as `application/vnd.scg.grcs.raw-message` for a rich message."""
    options: Annotated[JsonValue, HIDDEN] = None
    """Push options: an object when sent, a string in answers."""
    body_extensions: Annotated[JsonValue, HIDDEN] = None
    """Extended body: objects when sent, a string in answers."""
    expiry_time: Timestamp | None = None
    """After this its messages are no longer sent."""
    scheduled_delivery_time: Timestamp | None = None
    scheduled_delivery_time_zone: Literal["UTC", "LOCAL"] | str | None = None
    contact_delivery_address_priority: list[Literal["MDN", "PUSH"] | str] | str | None = None
    conversation_id: str | None = None
    campaign_id: str | None = None
    program_id: str | None = None
    group_mms: bool | None = None
    verify_sms: bool | None = None
    message_type: MessageType | None = None
    test_message_flag: bool | None = None
    """Messages are created in state TEST and delivered to nobody."""
    pause_before_transmit: bool | None = None
    """Messages are created and wait for `resume()`."""
    pause_expiry_time: Timestamp | None = None
    """When paused messages expire; at most 24 hours ahead."""
    price_threshold: int | float | None = None
    sender_id_sort_criteria: list[Literal["DELIVERY_ADDRESS", "PRICE"] | str] | str | None = None
    state: Final[Annotated[RequestState | None, Field(default=None)]]
    recipient_count: Final[
        Annotated[
            int | None,
            Field(default=None, validation_alias=AliasChoices("recipient_count", "recipient_ count")),
        ]
    ]
    sent_count: Final[Annotated[int | None, Field(default=None)]]
    delivered_count: Final[Annotated[int | None, Field(default=None)]]
    media_requested_count: Final[Annotated[int | None, Field(default=None)]]
    read_count: Final[Annotated[int | None, Field(default=None)]]
    click_thru_count: Final[Annotated[int | None, Field(default=None)]]
    converted_count: Final[Annotated[int | None, Field(default=None)]]
    canceled_count: Final[Annotated[int | None, Field(default=None)]]
    failed_count: Final[Annotated[int | None, Field(default=None)]]
    """Messages that failed or expired."""
    channel_id: Final[Annotated[str | None, Field(default=None)]]
    response_description: Final[Annotated[str | None, Field(default=None)]]
    media_url_attachment_ids: Final[
        Annotated[list[str] | None, Field(default=None, validation_alias="mediaURL_attachIds")]
    ]
    scheduled: Final[Annotated[bool | None, Field(default=None)]]
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    failover_reference: Final[Annotated[str | None, Field(default=None)]]
    translations_count: Final[Annotated[int | None, Field(default=None)]]
    translations_failed_count: Final[Annotated[int | None, Field(default=None)]]
    translations_performed_count: Final[Annotated[int | None, Field(default=None)]]
    request_start_time: Final[Annotated[Timestamp | None, Field(default=None)]]


class RequestOptions(SendOptions, total=False):
    """What a message request takes beside sender and recipients."""

    media_urls: Items[str] | None
    criteria: str | None
    content_type: str | None
    program_id: str | None
    group_mms: bool | None
    message_type: MessageType | None
    test_message_flag: bool | None
    pause_before_transmit: bool | None
    pause_expiry_time: Moment | None
    application_id: str | int | None


class MessageRequestFields(RequestOptions, total=False):
    """The fields of a message request that can be set."""

    from_: str | None
    to: Items[str]


class MessageRequestCreate(RequestOptions, total=False):
    """What a message request is created from."""

    from_: Required[Sender]
    to: Required[Items[Recipient]]


class RequestStateChange(TypedDict):
    """What a paused or running request is told."""

    state: Literal["TRANSMITTING", "CANCELED"] | str


class MessageRequestFilters(ListOptions, total=False):
    """What message requests can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    from_: TextFilter
    to: TextFilter
    state: TextFilter
    conversation_id: TextFilter
    campaign_id: TextFilter
    program_id: TextFilter
    subject: TextFilter
    application_id: IntFilter
    external_id: TextFilter
    test_message_flag: bool | None
    pause_before_transmit: bool | None
    pause_expiry_time: DateFilter
    scheduled_delivery_time: DateFilter
    expiry_time: DateFilter
    created_date: DateFilter
    sent_date: DateFilter
    delivered_date: DateFilter


LIST = Operation("message_requests.list", "GET", "/messaging/message_requests", query=MessageRequestFilters)
CREATE = Operation(
    "message_requests.create", "POST", "/messaging/message_requests", body=MessageRequestCreate
)
GET = Operation("message_requests.get", "GET", "/messaging/message_requests/{request_id}")
DELETE = Operation("message_requests.delete", "DELETE", "/messaging/message_requests/{request_id}")
LIST_MESSAGES = Operation(
    "message_requests.list_messages",
    "GET",
    "/messaging/message_requests/{request_id}/messages",
    query=MessageFilters,
)
DELETE_SCHEDULED = Operation(
    "message_requests.delete_scheduled", "DELETE", "/messaging/message_requests/scheduled/{request_id}"
)
RESUME = Operation(
    "message_requests.resume", "POST", "/messaging/message_requests/{request_id}", body=RequestStateChange
)
CANCEL = Operation(
    "message_requests.cancel", "POST", "/messaging/message_requests/{request_id}", body=RequestStateChange
)
