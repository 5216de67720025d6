"""Events of messages: one class for each type.

Only fields without which an event is useless are required; an event without them is an `UnknownEvent`. Fields that this version
does not know are in `model_extra`, and the whole event as it came is in `raw`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Coroutine
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, overload

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    JsonValue,
    SkipValidation,
)
from pydantic_core import CoreSchema, core_schema

from scgapi._core.json import is_array, is_sequence
from scgapi._core.model.fields import SENSITIVE
from scgapi._core.text import is_id, mask_numbers
from scgapi.models.message_requests import RequestState
from scgapi.models.messages import MessageState

if TYPE_CHECKING:
    from scgapi._async.client import AsyncClient
    from scgapi._async.resources.message_requests import AsyncMessageRequest
    from scgapi._async.resources.messages import AsyncMessage
    from scgapi._sync.client import Client
    from scgapi._sync.resources.message_requests import MessageRequest
    from scgapi._sync.resources.messages import Message

_MAX_ID_CHARACTERS = 64
_SEPARATORS = re.compile(r"[,;\s]+")


def _empty_to_none(value: object) -> object:
    return None if value == "" else value


def _blank_id_to_none(value: object) -> object:
    """Return an id, or None for a blank one, which many events could share."""
    return value if not isinstance(value, str) or is_id(value) else None


def _split(value: object) -> object:
    """Split ids. They arrive in one string; its separator is not documented, and stray blanks were seen."""
    if value is None:
        return ()
    if is_array(value):
        value = " ".join(item for item in value if isinstance(item, str))
    return tuple(filter(None, _SEPARATORS.split(value))) if isinstance(value, str) else value


def _mask(value: object) -> object:
    if is_sequence(value):
        return tuple(map(_mask, value))
    return mask_numbers(value) if isinstance(value, str) else value


def _with_zone(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _moment_schema(_source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
    # Tools that freeze time replace datetime by a class for which pydantic has no schema.
    return core_schema.no_info_after_validator_function(_with_zone, core_schema.datetime_schema())


Text = Annotated[str | None, BeforeValidator(_empty_to_none)]
"""A text; an empty one is None."""
Ids = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Ids, which arrive in one string."""
Moment = Annotated[AwareDatetime, GetPydanticSchema(_moment_schema)]
"""A point in time; one without a zone is in UTC."""
Price = Decimal | None
"""An amount, exact."""


class BaseEvent(BaseModel, frozen=True):
    """The common base of all events; `@receiver.on(BaseEvent)` gets every event."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        coerce_numbers_to_str=True,
        hide_input_in_errors=True,
    )

    type: str
    """The type as the gateway calls it (`evt-tp`)."""
    id: Annotated[str | None, BeforeValidator(_blank_id_to_none)] = None
    """Unique among events; the same when an event is posted again."""
    topic: str | None = None
    """The topic that was subscribed to."""
    attempt: int | None = None
    """Number of times that the gateway has tried to post this event."""
    timestamp: Moment | None = None
    """Time of the event."""
    application_id: int | None = None
    """Id of your application at the gateway."""
    company_id: int | None = None
    """Id of your company at the gateway."""
    encrypted_event_fields: Annotated[JsonValue, SENSITIVE] = None
    """Encrypted fields, as they came. This package does not decrypt them."""
    raw: SkipValidation[dict[str, JsonValue]] = Field(
        default_factory=dict[str, JsonValue], repr=False, exclude=True
    )
    """The event as it was posted. It contains phone numbers and texts: keep it out of logs."""

    if TYPE_CHECKING:

        @property
        def model_extra(self) -> dict[str, JsonValue] | None:
            """Fields that this version does not know."""

    @property
    def key(self) -> str:
        """The same text whenever this event is posted: its id, or a digest of it if it has none."""
        if self.id is not None and len(self.id) <= _MAX_ID_CHARACTERS:
            return self.id
        content: object = self.id
        if content is None:
            content = {name: value for name, value in (self.raw or dict(self)).items() if name != "attempt"}
        text = json.dumps(content, sort_keys=True, default=str)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        shown = type(self).model_fields
        return [
            (name, _mask(value))
            for name, value in self.__dict__.items()
            if value not in (None, ()) and name in shown and shown[name].repr
        ]

    def __str__(self) -> str:
        return repr(self)


class _ReasonedEvent(BaseEvent, frozen=True):
    """An event with a reason."""

    reason_code: str | None = None
    """`"200"` for success, else what went wrong, such as `"1002"` (invalid recipient)."""
    reason_description: str | None = None
    """The reason in the gateway's words, such as `"SUCCESS"` or `"Invalid Recipient"`."""

    @property
    def succeeded(self) -> bool | None:
        """True if the reason is success; None if the event gives no reason."""
        return None if self.reason_code is None else self.reason_code == "200"


class _MessageEvent(BaseEvent, frozen=True):
    """An event of one message."""

    message_id: str
    """Id of the message, for `client.messages.get()`; the event's own `message()` loads it, too."""
    message_request_id: Text = None
    """Id of the request that made the message, as `message_requests.create()` returned it."""
    external_id: Text = None
    """The field of this name, as it came. A receipt has your own id of the send in `external_message_request_id`."""
    sender_id_id: str | None = None
    """Id of the sender id that it went, or came, through: `from_` of a reply, `sender_id` of `set_consent()`."""
    sender_id_alias: str | None = None
    """Alias of that sender id."""
    has_attachment: bool | None = None
    """True if the message has attachments."""
    attachment_ids: Ids = ()
    """Ids of the attachments."""
    fragments_count: int | None = None
    """The parts that the message is sent in."""
    mt_price: Price = None
    """Price of sending it."""
    mo_price: Price = None
    """Price of receiving it."""
    number_type: str | None = None
    """Kind of the number, in the gateway's words."""
    carrier_id: str | None = None
    """Id of the number's carrier."""
    carrier_name: str | None = None
    """Name of the number's carrier."""
    country: str | None = None
    """Country of the number, such as `"USA"`."""
    verify_sms: Annotated[JsonValue, SENSITIVE] = None
    """Details of a verified SMS, as they came."""
    media_urls: Annotated[JsonValue, SENSITIVE] = None
    """URLs of the media, as they came."""

    @overload
    def message(self, client: Client) -> Message: ...
    @overload
    def message(self, client: AsyncClient) -> Coroutine[object, object, AsyncMessage]: ...
    def message(self, client: Client | AsyncClient) -> Message | Coroutine[object, object, AsyncMessage]:
        """Load the message as it is now; accepts a sync or async client.

        Raises:
            NotFoundError: it does not exist: it was deleted, or the event was forged.
        """
        return client.messages.get(self.message_id)


class MessageStateChanged(_ReasonedEvent, _MessageEvent, frozen=True):
    """A delivery receipt: a sent message changed its state."""

    type: Literal["message_state_change"] = "message_state_change"
    from_address: Annotated[str | None, SENSITIVE] = None
    """The sender's address."""
    to_address: Annotated[str | None, SENSITIVE] = None
    """The recipient."""
    new_state: MessageState
    """State of the message now, such as `SENT`, `DELIVERED` or `FAILED`; see `Message.state`."""
    previous_state: MessageState | None = None
    """State before. Receipts arrive in any order: compare their `timestamp`."""
    external_message_request_id: Text = None
    """Your own id of the send: the `external_id` that `message_requests.create()` was given."""


class MessageReceived(_MessageEvent, frozen=True):
    """An incoming message."""

    type: Literal["mo_message_received"] = "mo_message_received"
    from_address: Annotated[str, SENSITIVE]
    """The sender's address, which a reply goes to."""
    to_address: Annotated[str, SENSITIVE]
    """The address that it came to, without a `+`."""
    message_body: Annotated[str, SENSITIVE] = ""
    """The text; a JSON text for a reply to a rich message."""
    message_body_truncated: bool | None = None
    """True if it is only the start of the text; `message()` gets the whole."""
    group_to: Annotated[JsonValue, SENSITIVE] = None
    """The others in a group message."""
    anti_virus_scan_status: Literal["OK", "NONE"] | str | None = None
    """Result of the virus scan of the attachments."""


class MessageRequestStateChanged(_ReasonedEvent, frozen=True):
    """A message request changed its state."""

    type: Literal["message_request_state_change"] = "message_request_state_change"
    message_request_id: str
    """Id of the request, as `message_requests.create()` returned it."""
    new_state: RequestState
    """State of the request now; see `MessageRequest.state`."""
    previous_state: RequestState | None = None
    """State before."""
    external_message_request_id: Text = None
    """Your own id of the send: the `external_id` that `message_requests.create()` was given."""
    external_id: Text = None
    """The field of this name, as it came. Your own id of the send is in `external_message_request_id`."""
    mt_price: Price = None
    """Price of sending it."""
    mo_price: Price = None
    """Price of receiving it."""
    media_urls: Annotated[JsonValue, SENSITIVE] = None
    """URLs of the media, as they came."""

    @overload
    def message_request(self, client: Client) -> MessageRequest: ...
    @overload
    def message_request(self, client: AsyncClient) -> Coroutine[object, object, AsyncMessageRequest]: ...
    def message_request(
        self, client: Client | AsyncClient
    ) -> MessageRequest | Coroutine[object, object, AsyncMessageRequest]:
        """Load the request as it is now; accepts a sync or async client.

        Raises:
            NotFoundError: it does not exist.
        """
        return client.message_requests.get(self.message_request_id)


class UnknownEvent(BaseEvent, frozen=True):
    """An event of a type that this version does not know, or one that lacks what its type needs."""

    fields: SkipValidation[dict[str, JsonValue]] = Field(default_factory=dict[str, JsonValue], repr=False)
    """The fields of the event, as they came."""
