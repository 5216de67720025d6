"""Message requests: one text to one or many recipients."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import AliasChoices, Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import (
    SENSITIVE,
    ChoiceFilter,
    ConsentRequirement,
    DateFilter,
    IntFilter,
    Items,
    ListOptions,
    MessageType,
    TextFilter,
    Timestamp,
    TimestampInput,
)
from scgapi._core.operation import Operation
from scgapi.models._addresses import AddressOfRecipient, AddressOfSender, IdOfAttachment, Recipient, Sender
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

    from_: Annotated[
        AddressOfSender | None, Field(validation_alias="from", serialization_alias="from", repr=False)
    ] = None
    """Sender: `sender_id:ID`, `channel:ID`, a bare sender id, or an address. `from` in JSON."""
    to: Annotated[list[AddressOfRecipient] | None, SENSITIVE] = None
    """Recipients: numbers such as `+15551234567`, `contact:ID`, `group:ID`."""
    body: Annotated[str | None, SENSITIVE] = None
    """Text as it was given, before templates and translation."""
    attachments: list[IdOfAttachment] | None = None
    """Ids of the attachments that it carries."""
    media_urls: Annotated[list[str] | None, SENSITIVE] = None
    """Public URLs of files that the gateway attaches."""
    subject: Annotated[str | None, SENSITIVE] = None
    """Subject of an MMS or e-mail."""
    external_id: str | None = None
    """Your own id of the send; it can be looked up by it."""
    consent_requirement: ConsentRequirement | None = None
    """Consent that a recipient must have given: `NONE` (the default), `OPT_IN` or `OPT_OUT`. For sender
    ids whose consent you manage yourself; recipients without it get nothing."""
    criteria: str | None = None
    """Criteria that choose recipients among the contacts, as the gateway's bulk sends take them."""
    verify_number: bool | None = None
    """True to check first that recipients are mobile or virtual numbers."""
    failover: Literal["SMS"] | str | None = None
    """`SMS` sends the text as an SMS where an MMS, RCS or chat message cannot be delivered. Not with
    attachments (code 40014)."""
    src_language: str | None = None
    """Language that the text is written in, such as `en` (the default)."""
    dst_language: str | None = None
    """Language to translate the text to, such as `es`. If absent, only contacts with a preferred
    language get a translation. Needs `translate=True`."""
    translate: bool | None = None
    """True to translate the text for each recipient; see `dst_language`."""
    content_type: str | None = None
    """Content type of `body`, such as `application/vnd.scg.grcs.raw-message` for a rich message."""
    options: Annotated[JsonValue, SENSITIVE] = None
    """Push options: an object in requests, a string in responses."""
    body_extensions: Annotated[JsonValue, SENSITIVE] = None
    """Extended body: objects in requests, a string in responses."""
    expiry_time: Timestamp | None = None
    """Time after which unsent messages expire, in UTC."""
    scheduled_delivery_time: Timestamp | None = None
    """Time to send at, in UTC; None to send at once."""
    scheduled_delivery_time_zone: Literal["UTC", "LOCAL"] | str | None = None
    """Zone that `scheduled_delivery_time` is in: `UTC` (the default), or `LOCAL` for the recipient's
    own, found by the contact's postal code."""
    contact_delivery_address_priority: list[Literal["MDN", "PUSH"] | str] | str | None = None
    """Kinds of a contact's address to use, best first: `MDN` (the mobile number), `PUSH`."""
    conversation_id: str | None = None
    """Your own id of the conversation that the message belongs to; messages can be listed by it."""
    campaign_id: str | None = None
    """Your own id of the campaign or programme that the message belongs to; messages can be listed by
    it."""
    program_id: str | None = None
    """Your own id of the programme that the request belongs to; requests can be listed by it."""
    group_mms: bool | None = None
    """True to make one conversation of all recipients: at most 10, from a US long code (codes 40011 and
    40017)."""
    verify_sms: bool | None = None
    """True to let Google's messages app confirm your name and logo to the recipient."""
    message_type: MessageType | None = None
    """Kind of message, such as `SMS`."""
    test_message_flag: bool | None = None
    """True to create the messages in state TEST and not deliver them."""
    pause_before_transmit: bool | None = None
    """True to create the messages but send them only after `resume()`; see `pause_expiry_time`."""
    pause_expiry_time: Timestamp | None = None
    """Time when its paused messages expire, in UTC."""
    price_threshold: int | float | None = None
    """Highest price that the send may cost, in the account's currency; the gateway's default is no
    limit."""
    sender_id_sort_criteria: list[Literal["DELIVERY_ADDRESS", "PRICE"] | str] | str | None = None
    """Criteria for choosing among a channel's sender ids, most important first: `DELIVERY_ADDRESS`,
    `PRICE`."""
    state: Final[Annotated[RequestState | None, Field(default=None)]]
    """State of the request. SUBMITTED, ACCEPTED and PREPARING: it makes its messages. PAUSED: it waits
    for `resume()`. TRANSMITTING: messages go out. Final: COMPLETED (all messages were handed on, not
    yet delivered), REJECTED (see `failure_code`), CANCELED. A request to one recipient may show its
    message's state instead."""
    recipient_count: Final[
        Annotated[
            int | None,
            Field(default=None, validation_alias=AliasChoices("recipient_count", "recipient_ count")),
        ]
    ]
    """Number of recipients, after groups and criteria were resolved."""
    sent_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of messages handed to an operator or platform; grows while it transmits."""
    delivered_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of messages with a delivery receipt; grows while receipts come."""
    media_requested_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of messages whose media the recipient fetched."""
    read_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of messages that were read, on channels that report it."""
    click_thru_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of messages whose link was followed."""
    converted_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of messages whose recipient acted on them."""
    canceled_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of messages that were not sent because the request was canceled."""
    failed_count: Final[Annotated[int | None, Field(default=None)]]
    """Messages that failed or expired."""
    channel_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the channel that it went through."""
    response_description: Final[Annotated[str | None, Field(default=None)]]
    """Gateway's description of the request."""
    media_url_attachment_ids: Final[
        Annotated[list[str] | None, Field(default=None, validation_alias="mediaURL_attachIds")]
    ]
    """Ids of the attachments made from `media_urls`."""
    scheduled: Final[Annotated[bool | None, Field(default=None)]]
    """True if it waits for its time."""
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    """Code of the failure, if the whole request failed."""
    failure_details: Final[Annotated[str | None, Field(default=None)]]
    """Reason of the failure in the gateway's words."""
    failover_reference: Final[Annotated[str | None, Field(default=None)]]
    """Reference to the send that replaced a failed one."""
    translations_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of translations that were needed."""
    translations_failed_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of translations that failed."""
    translations_performed_count: Final[Annotated[int | None, Field(default=None)]]
    """Number of translations that were made."""
    request_start_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when the gateway started to process it, in UTC."""


class RequestOptions(SendOptions, total=False):
    """Options of a message request beside sender and recipients."""

    media_urls: Items[str] | None
    """Public URLs of media files that the gateway fetches and attaches."""
    criteria: str | None
    """Criteria that choose recipients among the contacts, as the gateway's bulk sends take them."""
    content_type: str | None
    """Content type of `body`, such as `application/vnd.scg.grcs.raw-message` for a rich message; plain
    text if absent."""
    program_id: str | None
    """Your own id of the programme that the request belongs to; requests can be listed by it."""
    group_mms: bool | None
    """True to make one conversation of all recipients: at most 10, from a US long code (codes 40011 and
    40017)."""
    message_type: MessageType | None
    """Kind of message to send; chosen by the sender id and the attachments if absent."""
    test_message_flag: bool | None
    """True to create the messages in state TEST and not deliver them."""
    pause_before_transmit: bool | None
    """True to create the messages but send them only after `resume()`; see `pause_expiry_time`."""
    pause_expiry_time: TimestampInput | None
    """Time when paused messages expire: at most 24 hours ahead, otherwise the request fails."""
    application_id: str | int | None
    """Id of the application that sends, if the account has several."""


class MessageRequestInit(RequestOptions, total=False, closed=True):
    """Keywords of an unsaved message request: all that can be set, nothing required yet."""

    from_: Sender | None
    """Sender: `sender_id:ID`, `channel:ID`, a bare sender id, or an address."""
    to: Items[Recipient]
    """Recipients: numbers such as `+15551234567`, `contact:ID`, `group:ID`."""
    body: str | None
    """Text to send. The gateway evaluates template variables and directives in it: pass text from other
    sources through `literal_body()`."""


class _MessageRequestFields(RequestOptions, total=False):
    """Keys that MessageRequestFields shares with MessageRequestCreate."""

    from_: Required[Sender]
    """Sender: a sender id or channel object, Sender: `sender_id:ID`, `channel:ID`, a bare sender id, or
    an address. `from` in JSON."""
    to: Required[Items[Recipient]]
    """Recipients, in a list: numbers such as `+15551234567`, `contact:ID`, `group:ID`, contacts,
    contact groups. Each gets one message."""


class MessageRequestFields(_MessageRequestFields, closed=True):
    """Keywords of `message_requests.create()` without the text, for functions of yours that pass the rest on.

    `def notify(text: str, **fields: Unpack[MessageRequestFields])` can call `create(body=text, **fields)`.
    """


class MessageRequestCreate(_MessageRequestFields, total=False, closed=True):
    """Keywords of `message_requests.create()`."""

    body: str | None
    """Text to send. The gateway evaluates template variables and directives in it: pass text from other
    sources through `literal_body()`."""


class RequestStateChange(TypedDict):
    """Change of the state of a paused or running request."""

    state: Literal["TRANSMITTING", "CANCELED"] | str
    """`TRANSMITTING` sends what waits, `CANCELED` stops what was not sent yet."""


class MessageRequestFilters(ListOptions, total=False, closed=True):
    """Filters for message requests; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    from_: TextFilter
    """Sender: an address, `sender_id:ID` or `channel:ID`; or several."""
    to: TextFilter
    """Recipient, as it was given when sending; or several."""
    state: ChoiceFilter[RequestState]
    """State, such as `COMPLETED`, or several."""
    conversation_id: TextFilter
    """Your id of the conversation, or several."""
    campaign_id: TextFilter
    """Your id of the campaign, or several."""
    program_id: TextFilter
    """Your id of the programme, or several."""
    subject: TextFilter
    """Whole subject, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    external_id: TextFilter
    """Your own id of the send, or several. It cannot hold a comma: the gateway would read two values."""
    test_message_flag: bool | None
    """True for test requests, False for real ones."""
    pause_before_transmit: bool | None
    """True for those that were created paused, False for the others."""
    pause_expiry_time: DateFilter
    """Expiry time of a paused send: one time, or a range `(from, to)` including both ends."""
    scheduled_delivery_time: DateFilter
    """Scheduled delivery time: one time, or a range `(from, to)` including both ends."""
    expiry_time: DateFilter
    """Expiry time: one time, or a range `(from, to)` including both ends."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    sent_date: DateFilter
    """Time of sending: one time, or a range `(from, to)` including both ends."""
    delivered_date: DateFilter
    """Time of delivery: one time, or a range `(from, to)` including both ends."""


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
