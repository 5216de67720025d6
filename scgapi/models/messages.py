"""Messages: one for each recipient of a request, and those that came in."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._addresses import Sender, SingleRecipient
from scgapi.models._base import Part, ResourceModel
from scgapi.models._fields import (
    HIDDEN,
    AttachmentFilters,
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

MessageState = (
    Literal[
        "CREATED",
        "SENT",
        "DELIVERED",
        "READ",
        "CONVERTED",
        "FAILED",
        "EXPIRED",
        "SCHEDULED",
        "TEST",
        "PAUSED",
        "DELETED",
        "CLICKTHRU",
        "CLICKTHROUGH",
        "MEDIA_REQUESTED",
        "RECEIVED",
        "PROCESSED",
    ]
    | str
)
Direction = Literal["MO", "MT"] | str


def _or_empty(value: object) -> object:
    return [] if value is None else value


class Fragment(Part):
    """One of the parts that a long message is sent in."""

    fragment_id: Final[Annotated[str | None, Field(default=None)]]
    fragment_state: Final[Annotated[MessageState | None, Field(default=None)]]
    charge: Final[Annotated[float | None, Field(default=None)]]
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    protocol_error: Final[Annotated[str | None, Field(default=None)]]
    external_id: Final[Annotated[str | None, Field(default=None)]]
    delivery_report_reference: Final[Annotated[str | None, Field(default=None)]]


def _no_fragments() -> list[Fragment]:  # of `list` itself, pydantic asks its signature: milliseconds of it
    return []


class MessageData(ResourceModel):
    """A message's fields (GET `/messaging/messages/{id}`). Events change it, not updates."""

    conversation_id: str | None = None
    campaign_id: str | None = None
    subject: Annotated[str | None, HIDDEN] = None
    body: Annotated[str | None, HIDDEN] = None
    """The text as it was sent to the recipient."""
    attachments: list[str] | None = None
    """Ids of the attachments."""
    scheduled_delivery_time: Timestamp | None = None
    scheduled_delivery_time_zone: Literal["UTC", "LOCAL"] | str | None = None
    options: Annotated[JsonValue, HIDDEN] = None
    """Push options: an object when sent, a string in answers."""
    body_extensions: Annotated[JsonValue, HIDDEN] = None
    """Extended body: objects when sent, a string in answers."""
    expiry_time: Timestamp | None = None
    """After this the message is no longer sent."""
    external_id: str | None = None
    """Your own id of the message."""
    contact_delivery_address_priority: list[Literal["MDN", "PUSH"] | str] | str | None = None
    failover: Literal["SMS"] | str | None = None
    verify_number: bool | None = None
    verify_sms: bool | None = None
    sender_id_sort_criteria: list[Literal["DELIVERY_ADDRESS", "PRICE"] | str] | str | None = None
    from_: Annotated[str | None, Field(validation_alias="from", serialization_alias="from", repr=False)] = (
        None
    )
    """`sender_id:ID`, `channel:ID`, a bare sender id, or an address. `from` on the wire."""
    price_threshold: int | float | None = None
    to: Annotated[str | list[str] | None, HIDDEN] = None
    """The recipient's address or contact."""
    src_language: str | None = None
    dst_language: str | None = None
    translate: bool | None = None
    consent_requirement: ConsentRequirement | None = None
    message_request_id: Final[Annotated[str | None, Field(default=None)]]
    """The request that the message belongs to."""
    external_message_request_id: Final[Annotated[str | None, Field(default=None)]]
    external_transaction_ids: Final[Annotated[list[str] | None, Field(default=None)]]
    application_tracking_id: Final[Annotated[str | None, Field(default=None)]]
    direction: Final[Annotated[Direction | None, Field(default=None)]]
    """MT for messages that were sent, MO for those that were received."""
    customer_sender_id: Final[Annotated[str | None, Field(default=None)]]
    """The sender id that the message went, or came, through."""
    from_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    to_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    state: Final[Annotated[MessageState | None, Field(default=None)]]
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    """A word by the definition (`NO_CONSENT`), a number such as 1002 in practice."""
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    failed_origin_id: Final[Annotated[str | None, Field(default=None)]]
    sent_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    delivered_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    converted_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    conversion_info_source: Final[Annotated[str | None, Field(default=None)]]
    reply_to: Final[Annotated[str | None, Field(default=None)]]
    """The message that this one answers."""
    type: Final[Annotated[MessageType | None, Field(default=None)]]
    contact_id: Final[Annotated[str | None, Field(default=None)]]
    price: Final[Annotated[float | None, Field(default=None)]]
    language: Final[Annotated[str | None, Field(default=None)]]
    failed_translation: Final[
        Annotated[
            str | None,
            Field(default=None, validation_alias=AliasChoices("failedTranslation", "failed_translation")),
        ]
    ]
    request_body: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The body as it was requested, before templates and translation."""
    pause_before_transmit: Final[Annotated[bool | None, Field(default=None)]]
    pause_expiry_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    channel_id: Final[Annotated[str | None, Field(default=None)]]
    destination_country: Final[Annotated[str | None, Field(default=None)]]
    """ISO 3166 alpha-3 in live answers."""
    content_type: Final[Annotated[str | None, Field(default=None)]]
    sender_id_alias: Final[Annotated[str | None, Field(default=None)]]
    protocol_error: Final[Annotated[str | None, Field(default=None)]]
    fragment_count: Final[Annotated[int | None, Field(default=None)]]
    fragments_info: Final[
        Annotated[list[Fragment], BeforeValidator(_or_empty), Field(default_factory=_no_fragments)]
    ]
    """The parts of the message; empty when the gateway tells none."""
    media_urls: Final[Annotated[list[str] | None, Field(default=None, repr=False)]]
    media_url_attachment_ids: Final[
        Annotated[list[str] | None, Field(default=None, validation_alias="mediaURL_attachIds")]
    ]
    number_type: Final[Annotated[str | None, Field(default=None)]]
    group_to: Final[Annotated[list[str] | None, Field(default=None, repr=False)]]
    shortcode_address_type: Final[Annotated[Literal["STANDARD", "FTEU"] | str | None, Field(default=None)]]
    standalone: Final[Annotated[bool | None, Field(default=None)]]
    failover_reference: Final[Annotated[str | None, Field(default=None)]]
    test_message_flag: Final[Annotated[bool | None, Field(default=None)]]
    recipient_verified_sms_enabled: Final[
        Annotated[bool | None, Field(default=None, validation_alias="recipient_verifiedSms_enabled")]
    ]
    message_delivery_provider: Final[
        Annotated[
            str | None,
            Field(default=None, validation_alias=AliasChoices("message_delivery_provider", "provider")),
        ]
    ]


class BodyExtension(TypedDict, total=False):
    """An item of an extended body; other keys are allowed."""

    type: str
    content: JsonValue


class SendOptions(TypedDict, total=False):
    """What single messages and message requests take alike."""

    attachments: Items[str] | None
    body: str | None
    body_extensions: Items[BodyExtension] | None
    campaign_id: str | None
    consent_requirement: ConsentRequirement | None
    conversation_id: str | None
    dst_language: str | None
    expiry_time: Moment | None
    external_id: str | None
    failover: Literal["SMS"] | str | None
    options: dict[str, JsonValue] | None
    price_threshold: int | float | None
    scheduled_delivery_time: Moment | None
    scheduled_delivery_time_zone: Literal["UTC", "LOCAL"] | str | None
    sender_id_sort_criteria: Items[Literal["DELIVERY_ADDRESS", "PRICE"] | str] | str | None
    src_language: str | None
    subject: str | None
    translate: bool | None
    verify_number: bool | None
    verify_sms: bool | None
    contact_delivery_address_priority: Items[Literal["MDN", "PUSH"] | str] | str | None


class MessageFields(SendOptions, total=False):
    """The fields of a message that can be set."""

    from_: str | None
    to: str


class MessageCreate(SendOptions, total=False):
    """What a single message is created from: `to` is one address, not a list."""

    from_: Required[Sender]
    to: Required[SingleRecipient]


class MessageStateChange(TypedDict, total=False):
    """A state that only the application can know."""

    state: Required[Literal["PROCESSED", "CONVERTED"] | str]
    converted_date: Moment
    conversion_info_source: str


class MessageFilters(ListOptions, total=False):
    """What messages can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    message_request_id: TextFilter
    external_transaction_ids: TextFilter
    application_id: IntFilter
    application_tracking_id: TextFilter
    conversation_id: TextFilter
    campaign_id: TextFilter
    direction: TextFilter
    customer_sender_id: TextFilter
    from_: TextFilter
    from_address: TextFilter
    to: TextFilter
    to_address: TextFilter
    state: TextFilter
    failure_code: TextFilter
    subject: TextFilter
    body: TextFilter
    type: TextFilter
    reply_to: TextFilter
    pause_before_transmit: bool | None
    pause_expiry_time: DateFilter
    sent_date: DateFilter
    delivered_date: DateFilter
    converted_date: DateFilter
    created_date: DateFilter
    last_updated_date: DateFilter
    scheduled_delivery_time: DateFilter
    expiry_time: DateFilter


LIST = Operation("messages.list", "GET", "/messaging/messages", query=MessageFilters)
CREATE = Operation("messages.create", "POST", "/messaging/messages", body=MessageCreate)
GET = Operation("messages.get", "GET", "/messaging/messages/{message_id}")
DELETE = Operation("messages.delete", "DELETE", "/messaging/messages/{message_id}")
LIST_ATTACHMENTS = Operation(
    "messages.list_attachments",
    "GET",
    "/messaging/messages/{message_id}/attachments",
    query=AttachmentFilters,
)
DELETE_SCHEDULED = Operation(
    "messages.delete_scheduled", "DELETE", "/messaging/messages/scheduled/{message_id}"
)
SET_STATE = Operation(
    "messages.set_state", "POST", "/messaging/messages/{message_id}", body=MessageStateChange
)
