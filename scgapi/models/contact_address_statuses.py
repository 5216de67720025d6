"""Consent: whether an address may be sent to from a sender id."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import Required, TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import (
    SENSITIVE,
    ChoiceFilter,
    DateFilter,
    IntFilter,
    Items,
    ListOptions,
    TextFilter,
)
from scgapi._core.operation import Operation
from scgapi.models._addresses import IdOfSenderId, SenderIdRef

Consent = Literal["NONE", "OPTIN", "OPTOUT", "BLACKLIST", "WHITELIST"]
"""Consent to record. No other value is sent: an opt-out that is not recorded is not obeyed."""

ConsentStatus = Consent | str
"""Consent as the gateway returns it."""

AddressType = Literal["MDN", "EMAIL", "SOCIAL", "PUSH", "LONGCODE"] | str
ConsentChannel = Literal["WEB", "IVR", "APP", "EMAIL", "POS", "SMS", "SINGLE", "MIGRATION"] | str


class ContactAddressStatusData(ResourceModel):
    """Consent of an address (GET `/consent/contact_address_statuses/{id}`)."""

    address_type: AddressType | None = None
    """MDN for phone numbers by the definition; samples send LONGCODE."""
    address: Annotated[str | None, SENSITIVE] = None
    """The recipient's address: for SMS and MMS the phone number."""
    sender_id: IdOfSenderId | None = None
    """The sender id that the consent is about."""
    consent_status: ConsentStatus | None = None
    """OPTIN and OPTOUT are the recipient's wish. BLACKLIST counts as OPTOUT and WHITELIST as OPTIN, and no message
    of the recipient changes these two."""
    from_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The sender id's address."""
    opt_in_type: Final[Annotated[ConsentChannel | None, Field(default=None)]]
    """Method of the opt-in."""
    opt_out_type: Final[Annotated[ConsentChannel | None, Field(default=None)]]
    """Method of the opt-out."""


class ContactAddressStatusFields(TypedDict, total=False, closed=True):
    """Fields of a consent status to create.

    The definition has `address_type` only; published requests send all three.
    """

    address_type: AddressType | None
    """Kind of address: `MDN` for phone numbers."""
    address: str | None
    """Recipient's address: for SMS and MMS the phone number, such as `+15551234567`."""
    sender_id: SenderIdRef | None
    """Id of the sender id that the consent is about."""


class ContactAddressStatusUpdate(Versioned, total=False, closed=True):
    """Fields of a consent status that an update can change."""

    consent_status: Consent | None
    """`OPTIN` or `OPTOUT` as the recipient wishes; `BLACKLIST` and `WHITELIST` count as these and no
    message of the recipient's changes them; `NONE`: nothing is known."""


class ContactAddressOptOut(TypedDict, total=False, closed=True):
    """Whose consent is taken back, and for which sender id."""

    addresses: Required[Items[str]]
    """Addresses, in a list: phone numbers such as `+15551234567`."""
    sender_id: SenderIdRef | None
    """Id of the sender id that the consent is about."""
    consent_status: Consent | None
    """`OPTOUT`, or another consent to set for all of them."""


class ContactAddressStatusFilters(ListOptions, total=False, closed=True):
    """Filters for consent statuses; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    address_type: ChoiceFilter[AddressType]
    """Kind of address, such as `MDN`; or several."""
    address: TextFilter
    """Address, such as `+15551234567`; or several."""
    sender_id: TextFilter
    """Id of the sender id, or several."""
    consent_status: ChoiceFilter[ConsentStatus]
    """Consent, such as `OPTOUT`; or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


_ALL = "/consent/contact_address_statuses"
_ONE = "/consent/contact_address_statuses/{status_id}"

LIST = Operation("contact_address_statuses.list", "GET", _ALL, query=ContactAddressStatusFilters)
CREATE = Operation("contact_address_statuses.create", "POST", _ALL, body=ContactAddressStatusFields)
GET = Operation("contact_address_statuses.get", "GET", _ONE)
UPDATE = Operation("contact_address_statuses.update", "POST", _ONE, body=ContactAddressStatusUpdate)
DELETE = Operation("contact_address_statuses.delete", "DELETE", _ONE)
OPT_OUT = Operation("contact_address_statuses.opt_out", "POST", f"{_ALL}/optout", body=ContactAddressOptOut)
