"""What the gateway tells of messages: one class for each type of event.

Only what an event cannot do without is required; one that lacks it is an `UnknownEvent`. Fields that this version
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

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, SkipValidation

from scgapi._core.json import is_array, is_sequence
from scgapi._core.text import masked
from scgapi.models._fields import HIDDEN
from scgapi.models.message_requests import RequestState
from scgapi.models.messages import MessageState

if TYPE_CHECKING:
    from scgapi._async.client import AsyncClient
    from scgapi._async.resources.message_requests import AsyncMessageRequest
    from scgapi._async.resources.messages import AsyncMessage
    from scgapi._sync.client import Client
    from scgapi._sync.resources.message_requests import MessageRequest
    from scgapi._sync.resources.messages import Message

_LONGEST_ID = 64
_SEPARATORS = re.compile(r"[,;\s]+")


def _or_none(value: object) -> object:
    return None if value == "" else value


def _split(value: object) -> object:
    """The wire has one string, its separator is not documented, and stray blanks were seen."""
    if value is None:
        return ()
    if is_array(value):
        value = " ".join(item for item in value if isinstance(item, str))
    return tuple(filter(None, _SEPARATORS.split(value))) if isinstance(value, str) else value


def _shown(value: object) -> object:
    if is_sequence(value):
        return tuple(map(_shown, value))
    return masked(value) if isinstance(value, str) else value


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


Text = Annotated[str | None, BeforeValidator(_or_none)]
"""A text; the wire's empty one means that there is none."""
Ids = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Ids that the wire has in one string."""
Moment = Annotated[datetime, AfterValidator(_aware)]
"""A point in time; one without a zone is in UTC."""
Price = Decimal | None
"""An amount, exact."""


class BaseEvent(BaseModel, frozen=True):
    """What all events have in common; `@receiver.on(BaseEvent)` gets every event."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        coerce_numbers_to_str=True,
        hide_input_in_errors=True,
    )

    type: str
    """The type as the gateway calls it (`evt-tp` on the wire)."""
    id: Annotated[str | None, BeforeValidator(_or_none)] = None
    """Unique among events; the same when an event is posted again."""
    topic: str | None = None
    """The topic that was subscribed to."""
    attempt: int | None = None
    """How many times the gateway has tried to post this event."""
    timestamp: Moment | None = None
    """When it happened."""
    application_id: int | None = None
    company_id: int | None = None
    encrypted_event_fields: Annotated[JsonValue, HIDDEN] = None
    raw: SkipValidation[dict[str, JsonValue]] = Field(
        default_factory=dict[str, JsonValue], repr=False, exclude=True
    )
    """The event as it came. It holds phone numbers and texts: keep it out of logs."""

    if TYPE_CHECKING:

        @property
        def model_extra(self) -> dict[str, JsonValue] | None:
            """The fields that this version does not know."""

    @property
    def key(self) -> str:
        """What this event is known by when it comes again: its id, or a digest of it if it has none."""
        if self.id is not None and len(self.id) <= _LONGEST_ID:
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
            (name, _shown(value))
            for name, value in self.__dict__.items()
            if value not in (None, ()) and name in shown and shown[name].repr
        ]

    def __str__(self) -> str:
        return repr(self)


class _Reasoned(BaseEvent, frozen=True):
    """An event that says how it came about."""

    reason_code: str | None = None
    """`"200"` for success, else what went wrong, such as `"1002"` (invalid recipient)."""
    reason_description: str | None = None

    @property
    def succeeded(self) -> bool | None:
        """Whether the reason is success; None if the event gives none."""
        return None if self.reason_code is None else self.reason_code == "200"


class _OfMessage(BaseEvent, frozen=True):
    """An event of one message."""

    message_id: str
    message_request_id: Text = None
    external_id: Text = None
    sender_id_id: str | None = None
    """The sender id that it went, or came, through."""
    sender_id_alias: str | None = None
    has_attachment: bool | None = None
    attachment_ids: Ids = ()
    fragments_count: int | None = None
    """The parts that the message is sent in."""
    mt_price: Price = None
    """What sending it costs."""
    mo_price: Price = None
    """What receiving it costs."""
    number_type: str | None = None
    carrier_id: str | None = None
    carrier_name: str | None = None
    country: str | None = None
    verify_sms: Annotated[JsonValue, HIDDEN] = None
    media_urls: Annotated[JsonValue, HIDDEN] = None

    @overload
    def message(self, client: Client) -> Message: ...
    @overload
    def message(self, client: AsyncClient) -> Coroutine[object, object, AsyncMessage]: ...
    def message(self, client: Client | AsyncClient) -> Message | Coroutine[object, object, AsyncMessage]:
        """The message as the gateway has it now, by a client of either colour.

        Raises:
            NotFoundError: there is none: it was deleted, or the event was forged.
        """
        return client.messages.get(self.message_id)


class MessageStateChanged(_Reasoned, _OfMessage, frozen=True):
    """A message that was sent came into another state: a delivery receipt."""

    type: Literal["message_state_change"] = "message_state_change"
    from_address: Annotated[str | None, HIDDEN] = None
    """The sender's address."""
    to_address: Annotated[str | None, HIDDEN] = None
    """The recipient."""
    new_state: MessageState
    previous_state: MessageState | None = None
    external_message_request_id: Text = None
    """Your own id of the request that the message belongs to."""


class MessageReceived(_OfMessage, frozen=True):
    """A message came in."""

    type: Literal["mo_message_received"] = "mo_message_received"
    from_address: Annotated[str, HIDDEN]
    """Who sent it: where an answer goes."""
    to_address: Annotated[str, HIDDEN]
    """The address that it came to, without a `+`."""
    message_body: Annotated[str, HIDDEN] = ""
    """The text; a JSON text for a reply to a rich message."""
    message_body_truncated: bool | None = None
    """Whether it is only the start of the text; `message()` has the whole."""
    group_to: Annotated[JsonValue, HIDDEN] = None
    """The others in a group message."""
    anti_virus_scan_status: Literal["OK", "NONE"] | str | None = None


class MessageRequestStateChanged(_Reasoned, frozen=True):
    """A message request came into another state."""

    type: Literal["message_request_state_change"] = "message_request_state_change"
    message_request_id: str
    new_state: RequestState
    previous_state: RequestState | None = None
    external_message_request_id: Text = None
    """Your own id of the request."""
    external_id: Text = None
    mt_price: Price = None
    mo_price: Price = None
    media_urls: Annotated[JsonValue, HIDDEN] = None

    @overload
    def message_request(self, client: Client) -> MessageRequest: ...
    @overload
    def message_request(self, client: AsyncClient) -> Coroutine[object, object, AsyncMessageRequest]: ...
    def message_request(
        self, client: Client | AsyncClient
    ) -> MessageRequest | Coroutine[object, object, AsyncMessageRequest]:
        """The request as the gateway has it now, by a client of either colour.

        Raises:
            NotFoundError: there is none.
        """
        return client.message_requests.get(self.message_request_id)


class UnknownEvent(BaseEvent, frozen=True):
    """An event of a type that this version does not know, or one that lacks what its type needs."""

    fields: SkipValidation[dict[str, JsonValue]] = Field(default_factory=dict[str, JsonValue], repr=False)
    """What the event says, as it came."""
