"""Contacts: the people and devices that messages go to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import Part, ResourceModel, Versioned
from scgapi.models._fields import (
    HIDDEN,
    DateFilter,
    IntFilter,
    Items,
    JsonText,
    ListOptions,
    Moment,
    TextFilter,
    Timestamp,
)

VoicePreference = Literal["NONE", "PREFER_VOICE", "REQUIRE_VOICE"] | str
EntryStatus = Literal["VALID_NEW", "VALID_CONF", "INVALID", "EXPIRED"] | str


class Address(Part):
    """A postal address of a contact."""

    priority: int | None = None
    """1 is the highest."""
    designation: str | None = None
    """`home` or `work`."""
    use: Literal["billing", "shipping"] | str | None = None
    source: str | None = None
    status: EntryStatus | None = None
    line1: Annotated[str | None, HIDDEN] = None
    line2: Annotated[str | None, HIDDEN] = None
    city: str | None = None
    state: str | None = None
    province: str | None = None
    zip: Annotated[str | None, HIDDEN] = None
    country: str | None = None


class Account(Part):
    """An account that a contact holds elsewhere: e-mail, social, web or loyalty."""

    priority: int | None = None
    designation: str | None = None
    source: str | None = None
    state: EntryStatus | None = None
    status: EntryStatus | None = None
    """The published spelling of `state`; sources disagree, so that either may be filled."""
    type: Literal["email", "social", "web", "loyalty"] | str | None = None
    username: Annotated[str | None, HIDDEN] = None
    domain: str | None = None
    access_token: Annotated[str | None, HIDDEN] = None


class Device(Part):
    """A device of a contact."""

    priority: int | None = None
    designation: str | None = None
    source: str | None = None
    state: EntryStatus | None = None
    status: EntryStatus | None = None
    """The published spelling of `state`; sources disagree, so that either may be filled."""
    msisdn: Annotated[str | None, HIDDEN] = None
    carrier: str | None = None
    mac_address: Annotated[str | None, HIDDEN] = None
    uuid: Annotated[str | None, HIDDEN] = None
    imei: Annotated[str | None, HIDDEN] = None
    manufacturer: str | None = None
    model: str | None = None
    os: str | None = None


class Interest(Part):
    """Something that a contact is known to like."""

    code: str | None = None
    name: str | None = None
    source: str | None = None
    score: str | float | None = None
    """How likely it is, 0 to 1."""


class Demographic(Part):
    """A demographic group that a contact is counted to."""

    name: str | None = None
    source: str | None = None
    score: str | float | None = None
    """How likely it is, 0 to 1."""


class ContactData(ResourceModel):
    """A contact's fields (GET `/contacts/{id}`)."""

    address_kind: ClassVar[str] = "contact"

    external_id: str | None = None
    """Your own id of the contact; unique within the company."""
    first_name: Annotated[str | None, HIDDEN] = None
    last_name: Annotated[str | None, HIDDEN] = None
    birth_date: Annotated[date | None, HIDDEN] = None
    """`YYYY-MM-DD` on the wire."""
    first_acquisition_date: Timestamp | None = None
    """When the contact first opted in to any program."""
    last_acquisition_date: Timestamp | None = None
    """When the contact last opted in."""
    primary_mdn: Annotated[str | None, HIDDEN] = None
    """The phone number that the contact is reached at and that double opt-in is tracked for."""
    primary_addr_line1: Annotated[str | None, HIDDEN] = None
    primary_addr_line2: Annotated[str | None, HIDDEN] = None
    primary_addr_city: Annotated[str | None, HIDDEN] = None
    primary_addr_zip: Annotated[str | None, HIDDEN] = None
    """Also decides the time zone of messages scheduled in the recipient's own."""
    primary_addr_state: Annotated[str | None, HIDDEN] = None
    primary_addr_country: Annotated[str | None, HIDDEN] = None
    primary_email_addr: Annotated[str | None, HIDDEN] = None
    primary_social_handle: Annotated[str | None, HIDDEN] = None
    address_list: list[Address] | None = None
    account_list: list[Account] | None = None
    device_list: list[Device] | None = None
    interest_list: list[Interest] | None = None
    demographic_list: list[Demographic] | None = None
    extended_attributes: Annotated[JsonText | None, HIDDEN] = None
    """Your own attributes; a JSON object, which the wire carries inside a string."""
    preferred_language: str | None = None
    """Messages are translated to it when translation is on."""
    voice_preference: VoicePreference | bool | None = None
    social_handles: Annotated[list[str] | None, HIDDEN] = None
    social_profile_lookup_prefix: str | None = None
    """Which social id is used to fill in the contact."""
    social_profile_lookup_override: bool | None = None
    """Whether that overwrites what the contact already holds."""
    fast_access: Final[Annotated[dict[str, JsonValue] | None, Field(default=None, repr=False)]]
    """Values of the fast access attributes, by their friendly names."""
    fast_access_1: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_2: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_3: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_4: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_5: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_6: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_7: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_8: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_9: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_10: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_11: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_12: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_13: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_14: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_15: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_16: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_17: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_18: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_19: Final[Annotated[str | None, Field(default=None, repr=False)]]
    fast_access_20: Final[Annotated[str | None, Field(default=None, repr=False)]]
    timezone: Final[Annotated[str | None, Field(default=None)]]
    gender: Final[Annotated[Literal["female", "male"] | str | None, Field(default=None, repr=False)]]
    profile_picture_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    is_rcs_capable: Final[Annotated[bool | None, Field(default=None)]]


class AddressFields(TypedDict, total=False):
    """An address as a dictionary; other keys are allowed."""

    priority: int
    designation: str
    use: str
    source: str
    status: str
    line1: str
    line2: str
    city: str
    state: str
    province: str
    zip: str
    country: str


class AccountFields(TypedDict, total=False):
    """An account as a dictionary; other keys are allowed."""

    priority: int
    designation: str
    source: str
    state: str
    status: str
    type: str
    username: str
    domain: str
    access_token: str


class DeviceFields(TypedDict, total=False):
    """A device as a dictionary; other keys are allowed."""

    priority: int
    designation: str
    source: str
    state: str
    status: str
    msisdn: str
    carrier: str
    mac_address: str
    uuid: str
    imei: str
    manufacturer: str
    model: str
    os: str


class InterestFields(TypedDict, total=False):
    """An interest as a dictionary; other keys are allowed."""

    code: str
    name: str
    source: str
    score: str | float


class DemographicFields(TypedDict, total=False):
    """A demographic as a dictionary; other keys are allowed."""

    name: str
    source: str
    score: str | float


class ContactFields(TypedDict, total=False):
    """What a contact is created from. `None` is sent as JSON null; what is left out is not sent."""

    external_id: str | None
    first_name: str | None
    last_name: str | None
    birth_date: date | str | None
    first_acquisition_date: Moment | None
    last_acquisition_date: Moment | None
    primary_mdn: str | None
    primary_addr_line1: str | None
    primary_addr_line2: str | None
    primary_addr_city: str | None
    primary_addr_zip: str | None
    primary_addr_state: str | None
    primary_addr_country: str | None
    primary_email_addr: str | None
    primary_social_handle: str | None
    address_list: Items[Address | AddressFields] | None
    account_list: Items[Account | AccountFields] | None
    device_list: Items[Device | DeviceFields] | None
    interest_list: Items[Interest | InterestFields] | None
    demographic_list: Items[Demographic | DemographicFields] | None
    extended_attributes: JsonText | None
    preferred_language: str | None
    voice_preference: VoicePreference | bool | None
    social_handles: Items[str] | None
    social_profile_lookup_prefix: str | None
    social_profile_lookup_override: bool | None


class ContactUpdate(ContactFields, Versioned):
    """What an update of a contact takes: the fields to change, and the version that they change."""


class ContactFilters(ListOptions, total=False):
    """What contacts can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    external_id: TextFilter
    first_name: TextFilter
    last_name: TextFilter
    birth_date: date | str | None
    first_acquisition_date: DateFilter
    last_acquisition_date: DateFilter
    primary_mdn: TextFilter
    primary_addr_line1: TextFilter
    primary_addr_line2: TextFilter
    primary_addr_city: TextFilter
    primary_addr_zip: TextFilter
    primary_addr_state: TextFilter
    primary_addr_country: TextFilter
    primary_email_addr: TextFilter
    primary_social_handle: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


LIST = Operation("contacts.list", "GET", "/contacts", query=ContactFilters)
CREATE = Operation("contacts.create", "POST", "/contacts", body=ContactFields)
GET = Operation("contacts.get", "GET", "/contacts/{contact_id}")
UPDATE = Operation("contacts.update", "POST", "/contacts/{contact_id}", body=ContactUpdate)
REPLACE = Operation("contacts.replace", "PUT", "/contacts/{contact_id}", body=ContactUpdate)
DELETE = Operation("contacts.delete", "DELETE", "/contacts/{contact_id}")
