"""Sender ids: the addresses that messages are sent from."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import AliasChoices, Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import Model, Part, ResourceModel, Versioned
from scgapi.models._fields import (
    HIDDEN,
    DateFilter,
    IntFilter,
    Items,
    JsonText,
    ListOptions,
    TextFilter,
    Timestamp,
)

SenderIdState = (
    Literal[
        "PENDING_IMPLEMENTATION",
        "IMPLEMENTED",
        "ACTIVE",
        "INACTIVE",
        "BROKEN",
        "PENDING_DELETE",
        "PENDING_CONFIRMATION",
    ]
    | str
)
SenderIdOwnership = Literal["PRIVATE", "SHARED", "PREPROVISIONED", "PURCHASED"] | str
ConsentManagedBy = Literal["USER", "SCG", "SCG_UNSOLICITED_OPT_OUT"] | str
RegisterMethod = Literal["sms", "voice"] | str


class SenderIdData(ResourceModel):
    """A sender id's fields (GET `/messaging/sender_ids/{id}`)."""

    address_kind: ClassVar[str] = "sender_id"

    parent_id: str | None = None
    """For shared short codes: the system's sender id that this one was made from."""
    name: str | None = None
    ownership: SenderIdOwnership | None = None
    class_id: Literal["COMMERCIAL"] | str | None = None
    """The sender id class, which decides priority and throughput."""
    type_id: (
        Literal["SHORTCODE", "LONGCODE", "TOLLFREE", "EMAIL", "PUSH", "FACEBOOK", "WECHAT", "WHATSAPP"]
        | str
        | None
    ) = None
    """The sender id type, which decides what can be sent and through which gateway."""
    address: str | None = None
    """The address itself: a short code, a number, an e-mail address, an application's name."""
    content_type: str | None = None
    message_templates: list[str] | None = None
    """Ids of the templates that messages from here must match."""
    country: str | None = None
    """ISO code of the country that can be sent to."""
    credentials: Annotated[JsonText | None, HIDDEN] = None
    """What the provider behind the sender id asks for; JSON, which the wire carries inside a string."""
    consent_managed_by: ConsentManagedBy | None = None
    capabilities: (
        list[Literal["SMS", "MMS", "VOICE", "PSH", "WECHAT", "FACEBOOK", "WHATSAPP"] | str] | None
    ) = None
    """The message types that can be sent from here."""
    check_white_list: Annotated[
        bool | None, Field(validation_alias=AliasChoices("check_white_list", "check_whitelist"))
    ] = None
    """Whether only recipients on the white list can be sent to."""
    register_number: Literal["true", "false"] | str | None = None
    """`"true"` has the number registered with its operator."""
    register_method: RegisterMethod | None = None
    """How the verification code of a WhatsApp sender id is delivered."""
    verification_code: Annotated[str | None, HIDDEN] = None
    state: SenderIdState | None = None
    billing: JsonValue = None
    """Billing details: a string by the definition, an object in samples."""
    use_case: str | None = None
    keep_sender_address: str | bool | None = None
    dr_required: str | bool | None = None
    two_way_required: str | bool | None = None
    operators: str | list[str] | None = None
    """SPIDs of operators; managed by Syniverse."""
    default_greating: Final[Annotated[str | None, Field(default=None)]]
    """The default greeting; the misspelling is the wire's."""
    google_project_id: Final[Annotated[str | None, Field(default=None)]]
    syniverse_chatbot_id: Final[Annotated[str | None, Field(default=None)]]
    applied_charges: Final[Annotated[list[JsonValue] | None, Field(default=None)]]
    alias: Final[Annotated[str | None, Field(default=None)]]
    start_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    end_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    suspend_reason: Final[
        Annotated[Literal["MANUAL", "INSUFFICIENT_FUNDS", "PORTED_OUT"] | str | None, Field(default=None)]
    ]
    register_provider: Final[
        Annotated[Literal["NETNUMBERS", "NONE", "ZIPWHIP"] | str | None, Field(default=None)]
    ]
    shortcode_address_type: Final[Annotated[Literal["STANDARD", "FTEU"] | str | None, Field(default=None)]]
    foreign_id: Final[Annotated[str | None, Field(default=None)]]
    restriction_id: Final[Annotated[str | None, Field(default=None)]]
    verify_sms_agent_id: Final[Annotated[str | None, Field(default=None)]]


class SenderIdSummary(Model):
    """What a search by name tells of a sender id (GET `/messaging/sender_ids/list`)."""

    id: Final[Annotated[str, Field(default=None)]]
    name: Final[Annotated[str | None, Field(default=None)]]
    type_id: Final[Annotated[str | None, Field(default=None)]]
    address: Final[Annotated[str | None, Field(default=None)]]
    country: Final[Annotated[str | None, Field(default=None)]]
    countries: Final[Annotated[list[str] | None, Field(default=None)]]
    capabilities: Final[Annotated[list[str] | None, Field(default=None)]]
    state: Final[Annotated[SenderIdState | None, Field(default=None)]]
    version_number: Final[Annotated[int | None, Field(default=None)]]
    application_id: Final[Annotated[int | None, Field(default=None)]]
    company_id: Final[Annotated[int | None, Field(default=None)]]


class DeletedSenderIds(Part):
    """What the gateway tells of a deletion by filter. Its own answer is documented as strings."""

    del_qty: int | None = None
    """How many were deleted."""
    err_qty: int | None = None
    """How many could not be."""
    err_msg: str | None = None


class SenderIdFields(TypedDict, total=False):
    """What a sender id is created from. Its state cannot be set then: activate it afterwards."""

    parent_id: str | None
    name: str | None
    ownership: SenderIdOwnership | None
    class_id: str | None
    type_id: str | None
    address: str | None
    content_type: str | None
    message_templates: Items[str] | None
    country: str | None
    credentials: JsonText | None
    consent_managed_by: ConsentManagedBy | None
    capabilities: Items[str] | None
    check_white_list: bool | None
    register_number: Literal["true", "false"] | str | None
    register_method: RegisterMethod | None
    verification_code: str | None
    billing: JsonValue
    use_case: str | None
    keep_sender_address: str | bool | None
    dr_required: str | bool | None
    two_way_required: str | bool | None
    operators: str | Items[str] | None


class SenderIdUpdate(SenderIdFields, Versioned, total=False):
    """What an update of a sender id takes."""

    state: SenderIdState | None


class SenderIdPurchase(TypedDict):
    """Which preprovisioned sender id to buy."""

    parent_id: str


class SenderIdSelection(TypedDict, total=False):
    """What sender ids can be told apart by."""

    id: TextFilter
    parent_id: TextFilter
    name: TextFilter
    ownership: TextFilter
    class_id: TextFilter
    type_id: TextFilter
    state: TextFilter
    country: TextFilter
    operators: TextFilter
    two_way_required: TextFilter
    keep_sender_address: TextFilter
    dr_required: TextFilter
    consent_managed_by: TextFilter
    capabilities: TextFilter
    check_white_list: bool | None
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter
    register_number: TextFilter


class SenderIdFilters(SenderIdSelection, ListOptions, total=False):
    """What sender ids can be found by; see `ListOptions` for the rest."""


class SenderIdSearch(ListOptions, total=False):
    """A part of the name to look for."""

    name: str


LIST = Operation("sender_ids.list", "GET", "/messaging/sender_ids", query=SenderIdFilters)
CREATE = Operation("sender_ids.create", "POST", "/messaging/sender_ids", body=SenderIdFields)
DELETE_MANY = Operation("sender_ids.delete_many", "DELETE", "/messaging/sender_ids", query=SenderIdSelection)
PURCHASE = Operation("sender_ids.purchase", "POST", "/messaging/sender_ids/purchase", body=SenderIdPurchase)
GET = Operation("sender_ids.get", "GET", "/messaging/sender_ids/{sender_id}")
UPDATE = Operation("sender_ids.update", "POST", "/messaging/sender_ids/{sender_id}", body=SenderIdUpdate)
DELETE = Operation("sender_ids.delete", "DELETE", "/messaging/sender_ids/{sender_id}")
LIST_SUMMARIES = Operation(
    "sender_ids.list_summaries", "GET", "/messaging/sender_ids/list", query=SenderIdSearch
)
ACTIVATE = Operation("sender_ids.activate", "POST", "/messaging/sender_ids/{sender_id}", body=SenderIdUpdate)
DEACTIVATE = Operation(
    "sender_ids.deactivate", "POST", "/messaging/sender_ids/{sender_id}", body=SenderIdUpdate
)
REQUEST_VERIFICATION = Operation(
    "sender_ids.request_verification", "POST", "/messaging/sender_ids/{sender_id}", body=SenderIdUpdate
)
