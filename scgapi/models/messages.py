"""Messages: one for each recipient of a request, and those that came in."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, SubModel
from scgapi._core.model.fields import (
    SENSITIVE,
    AttachmentFilters,
    ChoiceFilter,
    ConsentRequirement,
    DateFilter,
    IntFilter,
    Items,
    ListOptions,
    MessageType,
    RequiredConsent,
    TextFilter,
    Timestamp,
    TimestampInput,
)
from scgapi._core.operation import Operation
from scgapi.models._addresses import (
    AddressOfContact,
    AddressOfSender,
    AttachmentRef,
    IdOfAttachment,
    Sender,
    SingleRecipient,
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


class Fragment(SubModel):
    """One of the parts that a long message is sent in."""

    fragment_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the fragment."""
    fragment_state: Final[Annotated[MessageState | None, Field(default=None)]]
    """State of the fragment; see `Message.state`."""
    charge: Final[Annotated[float | None, Field(default=None)]]
    """Price of the fragment in the account's currency."""
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    """Code of the failure; see `Message.failure_code`."""
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    """Reason of the failure in the gateway's words."""
    protocol_error: Final[Annotated[str | None, Field(default=None)]]
    """Error of the operator's or platform's protocol."""
    external_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the fragment at the operator or platform."""
    delivery_report_reference: Final[Annotated[str | None, Field(default=None)]]
    """Reference by which its delivery receipt is matched."""


# Not `list` itself: pydantic would inspect its signature, which takes milliseconds.
def _no_fragments() -> list[Fragment]:
    return []


class MessageData(ResourceModel):
    """A message's fields (GET `/messaging/messages/{id}`). Events change it, not updates."""

    conversation_id: str | None = None
    """Your own id of the conversation that the message belongs to; messages can be listed by it."""
    campaign_id: str | None = None
    """Your own id of the campaign or programme that the message belongs to; messages can be listed by
    it."""
    subject: Annotated[str | None, SENSITIVE] = None
    """Subject of an MMS or e-mail."""
    body: Annotated[str | None, SENSITIVE] = None
    """Text as it was sent to the recipient, or as it came in."""
    attachments: list[IdOfAttachment] | None = None
    """Ids of the attachments that it carries."""
    scheduled_delivery_time: Timestamp | None = None
    """Time to send at, in UTC; None to send at once."""
    scheduled_delivery_time_zone: Literal["UTC", "LOCAL"] | str | None = None
    """Zone that `scheduled_delivery_time` is in: `UTC` (the default), or `LOCAL` for the recipient's
    own, found by the contact's postal code."""
    options: Annotated[JsonValue, SENSITIVE] = None
    """Push options: an object in requests, a string in responses."""
    body_extensions: Annotated[JsonValue, SENSITIVE] = None
    """Extended body: objects in requests, a string in responses."""
    expiry_time: Timestamp | None = None
    """Time after which an unsent message expires, in UTC."""
    external_id: str | None = None
    """Your own id of the send; it can be looked up by it."""
    contact_delivery_address_priority: list[Literal["MDN", "PUSH"] | str] | str | None = None
    """Kinds of a contact's address to use, best first: `MDN` (the mobile number), `PUSH`."""
    failover: Literal["SMS"] | str | None = None
    """`SMS` sends the text as an SMS where an MMS, RCS or chat message cannot be delivered. Not with
    attachments (code 40014)."""
    verify_number: bool | None = None
    """True to check first that recipients are mobile or virtual numbers."""
    verify_sms: bool | None = None
    """True to let Google's messages app confirm your name and logo to the recipient."""
    sender_id_sort_criteria: list[Literal["DELIVERY_ADDRESS", "PRICE"] | str] | str | None = None
    """Criteria for choosing among a channel's sender ids, most important first: `DELIVERY_ADDRESS`,
    `PRICE`."""
    from_: Annotated[
        AddressOfSender | None, Field(validation_alias="from", serialization_alias="from", repr=False)
    ] = None
    """Sender: `sender_id:ID`, `channel:ID`, a bare sender id, or an address. `from` in JSON."""
    price_threshold: int | float | None = None
    """Highest price that the send may cost, in the account's currency; the gateway's default is no
    limit."""
    to: Annotated[AddressOfContact | list[str] | None, SENSITIVE] = None
    """The recipient's address or contact."""
    src_language: str | None = None
    """Language that the text is written in, such as `en` (the default)."""
    dst_language: str | None = None
    """Language to translate the text to, such as `es`. If absent, only contacts with a preferred
    language get a translation. Needs `translate=True`."""
    translate: bool | None = None
    """True to translate the text for each recipient; see `dst_language`."""
    consent_requirement: ConsentRequirement | None = None
    """Consent that a recipient must have given: `NONE` (the default), `OPT_IN` or `OPT_OUT`. For sender
    ids whose consent you manage yourself; recipients without it get nothing."""
    message_request_id: Final[Annotated[str | None, Field(default=None)]]
    """The request that the message belongs to."""
    external_message_request_id: Final[Annotated[str | None, Field(default=None)]]
    """Your own id of the request that made it."""
    external_transaction_ids: Final[Annotated[list[str] | None, Field(default=None)]]
    """Ids of it in other systems."""
    application_tracking_id: Final[Annotated[str | None, Field(default=None)]]
    """Your own tracking id."""
    direction: Final[Annotated[Direction | None, Field(default=None)]]
    """MT for messages that were sent, MO for those that were received."""
    customer_sender_id: Final[Annotated[str | None, Field(default=None)]]
    """The sender id that the message went, or came, through."""
    from_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Address that it came from."""
    to_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Address that it went to."""
    state: Final[Annotated[MessageState | None, Field(default=None)]]
    """State of the message. On its way: CREATED (in the gateway's queue), SCHEDULED (waits for its
    time), PAUSED (waits for `resume()`), SENT (handed to the operator or platform). Final: DELIVERED
    (on the handset), FAILED (see `failure_code`), EXPIRED (too old to be sent), TEST (a test message),
    DELETED. After delivery: READ, CLICKTHRU, MEDIA_REQUESTED, CONVERTED (the recipient acted on it).
    Incoming: RECEIVED, then PROCESSED. Other values are possible."""
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    """Code of the failure: a word (`NO_CONSENT`) or a number, such as 1002."""
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    """Reason of the failure in the gateway's words."""
    failed_origin_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the message whose failure led to this one."""
    sent_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when it was handed to the operator or platform, in UTC."""
    delivered_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time of delivery, in UTC."""
    converted_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the recipient acted on it, in UTC."""
    conversion_info_source: Final[Annotated[str | None, Field(default=None)]]
    """Source of the information about the conversion."""
    reply_to: Final[Annotated[str | None, Field(default=None)]]
    """Id of the message that this one replies to."""
    type: Final[Annotated[MessageType | None, Field(default=None)]]
    """Kind of message, such as `SMS`."""
    contact_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the contact that it went to or came from."""
    price: Final[Annotated[float | None, Field(default=None)]]
    """Price in the account's currency."""
    language: Final[Annotated[str | None, Field(default=None)]]
    """Language of the text as sent."""
    failed_translation: Final[
        Annotated[
            str | None,
            Field(default=None, validation_alias=AliasChoices("failedTranslation", "failed_translation")),
        ]
    ]
    """Reason why the translation failed."""
    request_body: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The body as it was requested, before templates and translation."""
    pause_before_transmit: Final[Annotated[bool | None, Field(default=None)]]
    """True to create the messages but send them only after `resume()`; see `pause_expiry_time`."""
    pause_expiry_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when a PAUSED message expires, in UTC."""
    channel_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the channel that it went through."""
    destination_country: Final[Annotated[str | None, Field(default=None)]]
    """Country of the recipient: ISO 3166 alpha-3 in published responses."""
    content_type: Final[Annotated[str | None, Field(default=None)]]
    """Content type of `body`; plain text if None."""
    sender_id_alias: Final[Annotated[str | None, Field(default=None)]]
    """Alias of the sender id that it went through."""
    protocol_error: Final[Annotated[str | None, Field(default=None)]]
    """Error of the operator's or platform's protocol."""
    fragment_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of parts that it was sent in."""
    fragments_info: Final[
        Annotated[list[Fragment], BeforeValidator(_or_empty), Field(default_factory=_no_fragments)]
    ]
    """The parts of the message; empty if the gateway reports none."""
    media_urls: Final[Annotated[list[str] | None, Field(default=None, repr=False)]]
    """Public URLs of the files that were attached."""
    media_url_attachment_ids: Final[
        Annotated[list[str] | None, Field(default=None, validation_alias="mediaURL_attachIds")]
    ]
    """Ids of the attachments made from `media_urls`."""
    number_type: Final[Annotated[str | None, Field(default=None)]]
    """Kind of number that it went to."""
    group_to: Final[Annotated[list[str] | None, Field(default=None, repr=False)]]
    """All recipients of the group MMS that it belongs to."""
    shortcode_address_type: Final[Annotated[Literal["STANDARD", "FTEU"] | str | None, Field(default=None)]]
    """Billing of a short code: `STANDARD` (the recipient's plan) or `FTEU` (free to the end user)."""
    standalone: Final[Annotated[bool | None, Field(default=None)]]
    """True if it was sent by itself, not by a request."""
    failover_reference: Final[Annotated[str | None, Field(default=None)]]
    """Reference to the send that replaced a failed one."""
    test_message_flag: Final[Annotated[bool | None, Field(default=None)]]
    """True for a test message, which is not delivered."""
    recipient_verified_sms_enabled: Final[
        Annotated[bool | None, Field(default=None, validation_alias="recipient_verifiedSms_enabled")]
    ]
    """True if the recipient's messages app shows verified senders."""
    message_delivery_provider: Final[
        Annotated[
            str | None,
            Field(default=None, validation_alias=AliasChoices("message_delivery_provider", "provider")),
        ]
    ]
    """Operator or platform that delivers it."""


class BodyExtension(TypedDict, total=False):
    """An item of an extended body; other keys are allowed."""

    type: str
    """Kind of the part."""
    content: JsonValue
    """Any JSON that this kind of part takes."""


class SendOptions(TypedDict, total=False):
    """Options that messages and message requests share."""

    attachments: Items[AttachmentRef] | None
    """Ids of uploaded attachments, or the attachments themselves: they make an SMS an MMS (see
    `client.attachments.create_and_upload()`)."""
    body_extensions: Items[BodyExtension] | None
    """Parts of a message beyond its text, for channels that have them."""
    campaign_id: str | None
    """Your own id of the campaign or programme that the message belongs to; messages can be listed by
    it."""
    consent_requirement: RequiredConsent | None
    """Consent that a recipient must have given: `NONE` (the default), `OPT_IN` or `OPT_OUT`. For sender
    ids whose consent you manage yourself; recipients without it get nothing."""
    conversation_id: str | None
    """Your own id of the conversation that the message belongs to; messages can be listed by it."""
    dst_language: str | None
    """Language to translate the text to, such as `es`. If absent, only contacts with a preferred
    language get a translation. Needs `translate=True`."""
    expiry_time: TimestampInput | None
    """Time after which the message is not sent any more: an aware `datetime`, ISO 8601 text or epoch
    milliseconds. Unsent messages become EXPIRED."""
    external_id: str | None
    """Your own id of the send, unique among your sends. A send can be looked up by it when its response
    was lost."""
    failover: Literal["SMS"] | str | None
    """`SMS` sends the text as an SMS where an MMS, RCS or chat message cannot be delivered. Not with
    attachments (code 40014)."""
    options: dict[str, JsonValue] | None
    """Push options: `push:badge`, `push:notify_type` and `push:sound`."""
    price_threshold: int | float | None
    """Highest price that the send may cost, in the account's currency; the gateway's default is no
    limit."""
    scheduled_delivery_time: TimestampInput | None
    """Time to send at: an aware `datetime`, ISO 8601 text or epoch milliseconds. By default, the
    message is sent at once. A time too far ahead is rejected (code 4008)."""
    scheduled_delivery_time_zone: Literal["UTC", "LOCAL"] | str | None
    """Zone that `scheduled_delivery_time` is in: `UTC` (the default), or `LOCAL` for the recipient's
    own, found by the contact's postal code."""
    sender_id_sort_criteria: Items[Literal["DELIVERY_ADDRESS", "PRICE"] | str] | str | None
    """Criteria for choosing among a channel's sender ids, most important first: `DELIVERY_ADDRESS`,
    `PRICE`."""
    src_language: str | None
    """Language that the text is written in, such as `en` (the default)."""
    subject: str | None
    """Subject of an MMS or e-mail: a short summary."""
    translate: bool | None
    """True to translate the text for each recipient; see `dst_language`."""
    verify_number: bool | None
    """True to check first that recipients are mobile or virtual numbers."""
    verify_sms: bool | None
    """True to let Google's messages app confirm your name and logo to the recipient."""
    contact_delivery_address_priority: Items[Literal["MDN", "PUSH"] | str] | str | None
    """Kinds of a contact's address to use, best first: `MDN` (the mobile number), `PUSH`."""


class MessageInit(SendOptions, total=False, closed=True):
    """Keywords of an unsaved message: all that can be set, nothing required yet."""

    from_: Sender | None
    """Sender: `sender_id:ID`, `channel:ID`, a bare sender id, or an address."""
    to: SingleRecipient
    """One recipient: a number such as `+15551234567`, or `contact:ID`."""
    body: str | None
    """Text to send. The gateway evaluates template variables and directives in it: pass text from other
    sources through `literal_body()`."""


class MessageFields(SendOptions, total=False):
    """Keywords of `messages.create()` without the text, for functions of yours that pass the rest on."""

    from_: Required[Sender]
    """Sender: a sender id or channel object, Sender: `sender_id:ID`, `channel:ID`, a bare sender id, or
    an address. `from` in JSON."""
    to: Required[SingleRecipient]
    """One recipient: a number such as `+15551234567`, `contact:ID`, or a contact. Several:
    `message_requests.create()`."""


class MessageCreate(MessageFields, total=False, closed=True):
    """Keywords of `messages.create()`: `to` is one address, not a list."""

    body: str | None
    """Text to send. The gateway evaluates template variables and directives in it: pass text from other
    sources through `literal_body()`."""


class MessageStateChange(TypedDict, total=False, closed=True):
    """A state that only the application can know."""

    state: Required[Literal["PROCESSED", "CONVERTED"] | str]
    """`PROCESSED` for a received message that was dealt with, `CONVERTED` for a sent one whose
    recipient acted on it."""
    converted_date: TimestampInput
    """Time when the recipient acted: an aware `datetime`, ISO 8601 text or epoch milliseconds."""
    conversion_info_source: str
    """Source of the information, in your own words."""


class MessageFilters(ListOptions, total=False, closed=True):
    """Filters for messages; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    message_request_id: TextFilter
    """Id of the request that made it, or several."""
    external_transaction_ids: TextFilter
    """Ids of it in other systems, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    application_tracking_id: TextFilter
    """Your own tracking id, or several."""
    conversation_id: TextFilter
    """Your id of the conversation, or several."""
    campaign_id: TextFilter
    """Your id of the campaign, or several."""
    direction: ChoiceFilter[Direction]
    """`MT` for messages that were sent, `MO` for those that came in."""
    customer_sender_id: TextFilter
    """Id of the sender id that it went or came through, or several."""
    from_: TextFilter
    """Sender: an address, `sender_id:ID` or `channel:ID`; or several."""
    from_address: TextFilter
    """Address that it came from, or several."""
    to: TextFilter
    """Recipient, as it was given when sending; or several."""
    to_address: TextFilter
    """Address that it went to, such as `+15551234567`, or several."""
    state: ChoiceFilter[MessageState]
    """State, such as `DELIVERED`, or several."""
    failure_code: TextFilter
    """Code of the failure, or several."""
    subject: TextFilter
    """Whole subject, or several."""
    body: TextFilter
    """Whole text, or several."""
    type: ChoiceFilter[MessageType]
    """Kind of message, such as `SMS`, or several."""
    reply_to: TextFilter
    """Id of the message that it replies to, or several."""
    pause_before_transmit: bool | None
    """True for those that were created paused, False for the others."""
    pause_expiry_time: DateFilter
    """Expiry time of a paused send: one time, or a range `(from, to)` including both ends."""
    sent_date: DateFilter
    """Time of sending: one time, or a range `(from, to)` including both ends."""
    delivered_date: DateFilter
    """Time of delivery: one time, or a range `(from, to)` including both ends."""
    converted_date: DateFilter
    """Time of conversion: one time, or a range `(from, to)` including both ends."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""
    scheduled_delivery_time: DateFilter
    """Scheduled delivery time: one time, or a range `(from, to)` including both ends."""
    expiry_time: DateFilter
    """Expiry time: one time, or a range `(from, to)` including both ends."""


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
