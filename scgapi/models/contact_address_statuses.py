"""Consent: whether an address may be sent to from a sender id."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field
from typing_extensions import Required, TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import HIDDEN, DateFilter, IntFilter, Items, ListOptions, TextFilter

ConsentStatus = Literal["NONE", "OPTIN", "OPTOUT", "BLACKLIST", "WHITELIST"] | str
AddressType = Literal["MDN", "EMAIL", "SOCIAL", "PUSH", "LONGCODE"] | str
ConsentChannel = Literal["WEB", "IVR", "APP", "EMAIL", "POS", "SMS", "SINGLE", "MIGRATION"] | str


class ContactAddressStatusData(ResourceModel):
    """What an address consents to (GET `/consent/contact_address_statuses/{id}`)."""

    address_type: AddressType | None = None
    """MDN for phone numbers by the definition; samples send LONGCODE."""
    address: Annotated[str | None, HIDDEN] = None
    """The recipient's address: for SMS and MMS the phone number."""
    sender_id: str | None = None
    """The sender id that the consent is about."""
    consent_status: ConsentStatus | None = None
    """OPTIN and OPTOUT are the recipient's wish. BLACKLIST counts as OPTOUT and WHITELIST as OPTIN, and no message
    of the recipient changes these two."""
    from_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The sender id's address."""
    opt_in_type: Final[Annotated[ConsentChannel | None, Field(default=None)]]
    """How the recipient opted in."""
    opt_out_type: Final[Annotated[ConsentChannel | None, Field(default=None)]]
    """How the recipient opted out."""


class ContactAddressStatusFields(TypedDict, total=False):
    """What a consent status is created from. The definition has `address_type` only; samples send all three."""

    address_type: AddressType | None
    address: str | None
    sender_id: str | None


class ContactAddressStatusUpdate(Versioned, total=False):
    """What an update of a consent status takes."""

    consent_status: ConsentStatus | None


class ContactAddressOptOut(TypedDict, total=False):
    """Whose consent is taken back, and for which sender id."""

    addresses: Required[Items[str]]
    sender_id: str | None
    consent_status: ConsentStatus | None


class ContactAddressStatusFilters(ListOptions, total=False):
    """What consent statuses can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    address_type: TextFilter
    address: TextFilter
    sender_id: TextFilter
    consent_status: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


_ALL = "/consent/contact_address_statuses"
_ONE = "/consent/contact_address_statuses/{status_id}"

LIST = Operation("contact_address_statuses.list", "GET", _ALL, query=ContactAddressStatusFilters)
CREATE = Operation("contact_address_statuses.create", "POST", _ALL, body=ContactAddressStatusFields)
GET = Operation("contact_address_statuses.get", "GET", _ONE)
UPDATE = Operation("contact_address_statuses.update", "POST", _ONE, body=ContactAddressStatusUpdate)
DELETE = Operation("contact_address_statuses.delete", "DELETE", _ONE)
OPT_OUT = Operation("contact_address_statuses.opt_out", "POST", f"{_ALL}/optout", body=ContactAddressOptOut)
