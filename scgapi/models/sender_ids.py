"""Sender ids: the addresses that messages are sent from."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import AliasChoices, Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.model.base import Model, ResourceModel, SubModel, Versioned
from scgapi._core.model.fields import (
    SENSITIVE,
    Capability,
    ChoiceFilter,
    DateFilter,
    IntFilter,
    Items,
    JsonText,
    ListOptions,
    TextFilter,
    Timestamp,
    TrueOrFalse,
)
from scgapi._core.operation import Operation
from scgapi.models._ownership import SenderIdOwnership
from scgapi.models._template_reference import IdOfTemplate, TemplateRef

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
ConsentManagedBy = Literal["USER", "SCG", "SCG_UNSOLICITED_OPT_OUT"] | str
RegisterMethod = Literal["sms", "voice"] | str
SenderIdClassName = Literal["COMMERCIAL"] | str
SenderIdTypeName = (
    Literal["SHORTCODE", "LONGCODE", "TOLLFREE", "EMAIL", "PUSH", "FACEBOOK", "WECHAT", "WHATSAPP"] | str
)


class SenderIdData(ResourceModel):
    """A sender id's fields (GET `/messaging/sender_ids/{id}`)."""

    address_kind: ClassVar[str] = "sender_id"

    parent_id: str | None = None
    """For shared short codes: the system's sender id that this one was made from."""
    name: str | None = None
    """Your own name for it."""
    ownership: SenderIdOwnership | None = None
    """Ownership of a short code: PRIVATE (one company), SHARED, PREPROVISIONED or PURCHASED."""
    class_id: SenderIdClassName | None = None
    """The sender id class, which decides priority and throughput."""
    type_id: SenderIdTypeName | None = None
    """The sender id type, which decides what can be sent and through which gateway."""
    address: str | None = None
    """The address itself: a short code, a number, an e-mail address, an application's name."""
    content_type: str | None = None
    """Content type that the platform behind the sender id requires."""
    message_templates: list[IdOfTemplate] | None = None
    """Ids of the templates that messages from here must match."""
    country: str | None = None
    """ISO code of the country that can be sent to."""
    credentials: Annotated[JsonText | None, SENSITIVE] = None
    """Credentials for the platform behind the sender id. JSON inside a string."""
    consent_managed_by: ConsentManagedBy | None = None
    """Manager of the recipients' consent: USER (you, the default), SCG, or SCG_UNSOLICITED_OPT_OUT."""
    capabilities: list[Capability] | None = None
    """The message types that can be sent from here."""
    check_white_list: Annotated[
        bool | None, Field(validation_alias=AliasChoices("check_white_list", "check_whitelist"))
    ] = None
    """True if sends are limited to recipients on the white list."""
    register_number: TrueOrFalse | None = None
    """`"true"` has the number registered with its operator."""
    register_method: RegisterMethod | None = None
    """Delivery of the verification code of a WhatsApp sender id: `sms` or `voice`."""
    verification_code: Annotated[str | None, SENSITIVE] = None
    """Code that verifies a WhatsApp sender id. Write-only; hidden in reprs."""
    state: SenderIdState | None = None
    """State: PENDING_IMPLEMENTATION, IMPLEMENTED, then ACTIVE (it can send) or INACTIVE;
    PENDING_CONFIRMATION waits for its code, BROKEN cannot send, PENDING_DELETE is on its way out. Other
    values are possible."""
    billing: JsonValue = None
    """Billing details: a string by the definition, an object in samples."""
    use_case: str | None = None
    """Registered use of the sender id."""
    keep_sender_address: str | bool | None = None
    """True if recipients see this address itself; a string in JSON."""
    dr_required: str | bool | None = None
    """True if delivery receipts are required; a string in JSON."""
    two_way_required: str | bool | None = None
    """Replies required: `YES` or `NO`; a string in JSON."""
    operators: str | list[str] | None = None
    """SPIDs of operators; managed by Syniverse."""
    default_greating: Final[Annotated[str | None, Field(default=None)]]
    """Default greeting; the misspelling is the API's."""
    google_project_id: Final[Annotated[str | None, Field(default=None)]]
    """Google project of an Android sender."""
    syniverse_chatbot_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the RCS chatbot."""
    applied_charges: Final[Annotated[list[JsonValue] | None, Field(default=None)]]
    """Charges that apply, such as `SETUP`."""
    alias: Final[Annotated[str | None, Field(default=None)]]
    """Alias that it sends under."""
    start_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Start of its validity, in UTC."""
    end_date: Final[Annotated[Timestamp | None, Field(default=None)]]
    """End of its validity, in UTC."""
    suspend_reason: Final[
        Annotated[Literal["MANUAL", "INSUFFICIENT_FUNDS", "PORTED_OUT"] | str | None, Field(default=None)]
    ]
    """Why it is suspended: MANUAL, INSUFFICIENT_FUNDS or PORTED_OUT."""
    register_provider: Final[
        Annotated[Literal["NETNUMBERS", "NONE", "ZIPWHIP"] | str | None, Field(default=None)]
    ]
    """Registrar of the number: NETNUMBERS, ZIPWHIP or NONE."""
    shortcode_address_type: Final[Annotated[Literal["STANDARD", "FTEU"] | str | None, Field(default=None)]]
    """Billing of a short code: STANDARD (the recipient's plan) or FTEU (free to the end user)."""
    foreign_id: Final[Annotated[str | None, Field(default=None)]]
    """Id at the platform behind it."""
    restriction_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the restriction that applies."""
    verify_sms_agent_id: Final[Annotated[str | None, Field(default=None)]]
    """Agent of Google's verified SMS."""


class SenderIdSummary(Model):
    """Summary of a sender id in a search by name (GET `/messaging/sender_ids/list`)."""

    id: Final[Annotated[str, Field(default=None)]]
    """Id of the sender id."""
    name: Final[Annotated[str | None, Field(default=None)]]
    """Your own name for it."""
    type_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the sender id type, which decides the kinds of messages and the platform (see
    `client.sender_id_types`)."""
    address: Final[Annotated[str | None, Field(default=None)]]
    """Address itself: a short code, a number, an e-mail address, an application's name."""
    country: Final[Annotated[str | None, Field(default=None)]]
    """ISO 3166 code of the country that can be sent to; the gateway sets it."""
    countries: Final[Annotated[list[str] | None, Field(default=None)]]
    """ISO 3166 codes of the countries that can be sent to."""
    capabilities: Final[Annotated[list[str] | None, Field(default=None)]]
    """Kinds of messages that can be sent from here, such as `SMS`."""
    state: Final[Annotated[SenderIdState | None, Field(default=None)]]
    """State: PENDING_IMPLEMENTATION, IMPLEMENTED, then ACTIVE (it can send) or INACTIVE;
    PENDING_CONFIRMATION waits for its code, BROKEN cannot send, PENDING_DELETE is on its way out. Other
    values are possible."""
    version_number: Final[Annotated[int | None, Field(default=None)]]
    """1 on creation, one more with each change."""
    application_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the application that created it."""
    company_id: Final[Annotated[int | None, Field(default=None)]]
    """Id of the company that it belongs to."""


class DeletedSenderIds(SubModel):
    """Result of a deletion by filter. The definition calls all of its values strings."""

    del_qty: int | None = None
    """Number of deleted sender ids."""
    err_qty: int | None = None
    """Number of sender ids that could not be deleted."""
    err_msg: str | None = None
    """Gateway's description of the failures."""


class _SenderIdFields(TypedDict, total=False):
    """Keys that SenderIdFields shares with SenderIdUpdate."""

    parent_id: str | None
    """Id of the shared short code that this one was made from, if it is one."""
    name: str | None
    """Your own name for it."""
    ownership: SenderIdOwnership | None
    """Ownership of a short code: PRIVATE (one company), SHARED, PREPROVISIONED or PURCHASED."""
    class_id: str | None
    """Id of the sender id class, which decides priority and throughput (see
    `client.sender_id_classes`)."""
    type_id: str | None
    """Id of the sender id type, which decides the kinds of messages and the platform (see
    `client.sender_id_types`)."""
    address: str | None
    """Address itself: a short code, a number, an e-mail address, an application's name."""
    content_type: str | None
    """Content type that the platform behind the sender id requires."""
    message_templates: Items[TemplateRef] | None
    """Ids of the templates that messages from here must match; objects are accepted where this is sent."""
    country: str | None
    """ISO 3166 code of the country that can be sent to; the gateway sets it."""
    credentials: JsonText | None
    """Credentials for the platform behind the sender id, such as tokens and certificates, as JSON;
    hidden in reprs."""
    consent_managed_by: ConsentManagedBy | None
    """Manager of the recipients' consent: USER (you, the default), SCG, or SCG_UNSOLICITED_OPT_OUT."""
    capabilities: Items[str] | None
    """Kinds of messages that can be sent from here, such as `SMS`."""
    check_white_list: bool | None
    """True to limit sends to recipients on the white list."""
    register_number: TrueOrFalse | None
    """`"true"` to register the number with its operator; a string in JSON."""
    register_method: RegisterMethod | None
    """Delivery of the code that verifies a WhatsApp sender id: `sms` or `voice`."""
    verification_code: str | None
    """Code that verifies a WhatsApp sender id. Write-only; hidden in reprs."""
    billing: JsonValue
    """Billing data, such as `expiration_date`."""
    use_case: str | None
    """Registered use of the sender id."""
    keep_sender_address: str | bool | None
    """True if recipients see this address itself; a string in JSON."""
    dr_required: str | bool | None
    """True if delivery receipts are required; a string in JSON."""
    two_way_required: str | bool | None
    """Replies required: `YES` or `NO`; a string in JSON."""
    operators: str | Items[str] | None
    """Ids of the operators that can be reached, set by the gateway."""


class SenderIdFields(_SenderIdFields, closed=True):
    """Fields of a sender id to create. Its state cannot be set then: activate it afterwards."""


class SenderIdUpdate(_SenderIdFields, Versioned, total=False, closed=True):
    """Fields of a sender id that an update can change."""

    state: SenderIdState | None
    """`ACTIVE` or `INACTIVE`; for WhatsApp, `PENDING_CONFIRMATION` asks for a code (see
    `register_method`)."""


class SenderIdPurchase(TypedDict):
    """Preprovisioned sender id to buy."""

    parent_id: str
    """Id of the preprovisioned sender id to buy."""


class _SenderIdSelection(TypedDict, total=False):
    """Keys that SenderIdSelection shares with SenderIdFilters."""

    id: TextFilter
    """Id, or several of which any may match."""
    parent_id: TextFilter
    """Id of the shared short code that they were made from, or several."""
    name: TextFilter
    """Name, or several."""
    ownership: ChoiceFilter[SenderIdOwnership]
    """Ownership of a short code, such as `PRIVATE`; or several."""
    class_id: ChoiceFilter[SenderIdClassName]
    """Sender id class, such as `COMMERCIAL`; or several."""
    type_id: ChoiceFilter[SenderIdTypeName]
    """Sender id type, such as `LONGCODE`; or several."""
    state: ChoiceFilter[SenderIdState]
    """State, such as `ACTIVE`; or several."""
    country: TextFilter
    """ISO 3166 code of the country that can be sent to, or several."""
    operators: TextFilter
    """Id of an operator that can be reached, or several."""
    two_way_required: TextFilter
    """Replies required: `YES` or `NO`."""
    keep_sender_address: TextFilter
    """True if recipients see this address itself."""
    dr_required: TextFilter
    """True if delivery receipts are required."""
    consent_managed_by: ChoiceFilter[ConsentManagedBy]
    """Manager of the recipients' consent, such as `SCG`; or several."""
    capabilities: ChoiceFilter[Capability]
    """Kind of message that can be sent, such as `MMS`; or several."""
    check_white_list: bool | None
    """True for sender ids that are limited to the white list."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""
    register_number: ChoiceFilter[TrueOrFalse]
    """`"true"` for those whose number is registered with its operator."""


class SenderIdSelection(_SenderIdSelection, closed=True):
    """Filters for sender ids."""


class SenderIdFilters(_SenderIdSelection, ListOptions, total=False, closed=True):
    """Filters for sender ids; see `ListOptions` for the other keywords."""


class SenderIdSearch(ListOptions, total=False, closed=True):
    """A part of the name to look for."""

    name: str
    """Part of the name to look for."""


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
