"""Contacts: the people and devices that messages go to."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, SubModel, Versioned
from scgapi._core.model.fields import (
    SENSITIVE,
    Date,
    DateFilter,
    IntFilter,
    Items,
    JsonText,
    ListOptions,
    TextFilter,
    Timestamp,
    TimestampInput,
)
from scgapi._core.operation import Operation

VoicePreference = Literal["NONE", "PREFER_VOICE", "REQUIRE_VOICE"] | str
EntryStatus = Literal["VALID_NEW", "VALID_CONF", "INVALID", "EXPIRED"] | str


class Address(SubModel):
    """A postal address of a contact."""

    priority: int | None = None
    """Rank among the contact's items of this kind; 1 comes first."""
    designation: str | None = None
    """Your own label, such as `home`."""
    use: Literal["billing", "shipping"] | str | None = None
    """Use, such as `billing`."""
    source: str | None = None
    """Source of the value."""
    status: EntryStatus | None = None
    """Validity of the value: VALID_NEW, VALID_CONF (confirmed), INVALID or EXPIRED."""
    line1: Annotated[str | None, SENSITIVE] = None
    """First line of the street address."""
    line2: Annotated[str | None, SENSITIVE] = None
    """Second line of the street address."""
    city: str | None = None
    """City."""
    state: str | None = None
    """State, such as `CA`."""
    province: str | None = None
    """Province, where there are no states."""
    zip: Annotated[str | None, SENSITIVE] = None
    """Postal code."""
    country: str | None = None
    """ISO 3166 code of the country, such as `US`."""


class Account(SubModel):
    """An account that a contact holds elsewhere: e-mail, social, web or loyalty."""

    priority: int | None = None
    """Rank among the contact's items of this kind; 1 comes first."""
    designation: str | None = None
    """Your own label, such as `home`."""
    source: str | None = None
    """Source of the value."""
    state: EntryStatus | None = None
    """State of the account, in your own words."""
    status: EntryStatus | None = None
    """Validity of the value: VALID_NEW, VALID_CONF (confirmed), INVALID or EXPIRED."""
    type: Literal["email", "social", "web", "loyalty"] | str | None = None
    """Kind of account, such as a network's name."""
    username: Annotated[str | None, SENSITIVE] = None
    """User name of the account."""
    domain: str | None = None
    """Domain or host of the account."""
    access_token: Annotated[str | None, SENSITIVE] = None
    """Access token of the account; hidden in reprs."""


class Device(SubModel):
    """A device of a contact."""

    priority: int | None = None
    """Rank among the contact's items of this kind; 1 comes first."""
    designation: str | None = None
    """Your own label, such as `home`."""
    source: str | None = None
    """Source of the value."""
    state: EntryStatus | None = None
    """State of the device, in your own words."""
    status: EntryStatus | None = None
    """Validity of the value: VALID_NEW, VALID_CONF (confirmed), INVALID or EXPIRED."""
    msisdn: Annotated[str | None, SENSITIVE] = None
    """Number of the device, such as `+15551234567`."""
    carrier: str | None = None
    """Operator of the device's number."""
    mac_address: Annotated[str | None, SENSITIVE] = None
    """MAC address."""
    uuid: Annotated[str | None, SENSITIVE] = None
    """Unique id of the device."""
    imei: Annotated[str | None, SENSITIVE] = None
    """IMEI."""
    manufacturer: str | None = None
    """Manufacturer."""
    model: str | None = None
    """Model."""
    os: str | None = None
    """Operating system."""


class Interest(SubModel):
    """Something that a contact is known to like."""

    code: str | None = None
    """Code of the interest, in your own scheme."""
    name: str | None = None
    """Name of the interest."""
    source: str | None = None
    """Source of the information."""
    score: str | float | None = None
    """Strength, on your own scale."""


class Demographic(SubModel):
    """A demographic group that a contact is counted to."""

    name: str | None = None
    """Name of the trait."""
    source: str | None = None
    """Source of the information."""
    score: str | float | None = None
    """Certainty or strength, on your own scale."""


class ContactData(ResourceModel):
    """A contact's fields (GET `/contacts/{id}`)."""

    address_kind: ClassVar[str] = "contact"

    external_id: str | None = None
    """Your own id of the contact; unique within the company."""
    first_name: Annotated[str | None, SENSITIVE] = None
    """First name."""
    last_name: Annotated[str | None, SENSITIVE] = None
    """Last name."""
    birth_date: Annotated[Date | None, SENSITIVE] = None
    """Date of birth; `YYYY-MM-DD` in JSON."""
    first_acquisition_date: Timestamp | None = None
    """Time of the contact's first opt-in to any program."""
    last_acquisition_date: Timestamp | None = None
    """Time of the contact's last opt-in."""
    primary_mdn: Annotated[str | None, SENSITIVE] = None
    """Mobile number that messages go to, such as `+15551234567`; unique in the account (code 1011 if it
    is taken)."""
    primary_addr_line1: Annotated[str | None, SENSITIVE] = None
    """First line of the street address."""
    primary_addr_line2: Annotated[str | None, SENSITIVE] = None
    """Second line of the street address."""
    primary_addr_city: Annotated[str | None, SENSITIVE] = None
    """City."""
    primary_addr_zip: Annotated[str | None, SENSITIVE] = None
    """Postal code; it also decides the time zone of messages scheduled in the recipient's local time."""
    primary_addr_state: Annotated[str | None, SENSITIVE] = None
    """State, such as `CA`."""
    primary_addr_country: Annotated[str | None, SENSITIVE] = None
    """ISO 3166 code of the country, such as `US`."""
    primary_email_addr: Annotated[str | None, SENSITIVE] = None
    """E-mail address."""
    primary_social_handle: Annotated[str | None, SENSITIVE] = None
    """Handle in the contact's main social network."""
    address_list: list[Address] | None = None
    """Further addresses."""
    account_list: list[Account] | None = None
    """Accounts elsewhere."""
    device_list: list[Device] | None = None
    """Devices."""
    interest_list: list[Interest] | None = None
    """Interests, with scores."""
    demographic_list: list[Demographic] | None = None
    """Demographic traits, with scores."""
    extended_attributes: Annotated[JsonText | None, SENSITIVE] = None
    """Your own attributes: a JSON object inside a string."""
    preferred_language: str | None = None
    """Language that messages are translated to."""
    voice_preference: VoicePreference | bool | None = None
    """Preference for calls over messages: NONE, PREFER_VOICE or REQUIRE_VOICE."""
    social_handles: Annotated[list[str] | None, SENSITIVE] = None
    """Handles in social networks."""
    social_profile_lookup_prefix: str | None = None
    """Prefix of the social id that fills in the contact."""
    social_profile_lookup_override: bool | None = None
    """True if a looked-up profile overwrites the contact's own values."""
    fast_access: Final[Annotated[dict[str, JsonValue] | None, Field(default=None, repr=False)]]
    """Values of the fast access attributes, by their friendly names."""
    fast_access_1: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 1 copies here to be searched."""
    fast_access_2: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 2 copies here to be searched."""
    fast_access_3: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 3 copies here to be searched."""
    fast_access_4: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 4 copies here to be searched."""
    fast_access_5: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 5 copies here to be searched."""
    fast_access_6: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 6 copies here to be searched."""
    fast_access_7: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 7 copies here to be searched."""
    fast_access_8: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 8 copies here to be searched."""
    fast_access_9: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 9 copies here to be searched."""
    fast_access_10: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 10 copies here to be searched."""
    fast_access_11: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 11 copies here to be searched."""
    fast_access_12: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 12 copies here to be searched."""
    fast_access_13: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 13 copies here to be searched."""
    fast_access_14: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 14 copies here to be searched."""
    fast_access_15: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 15 copies here to be searched."""
    fast_access_16: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 16 copies here to be searched."""
    fast_access_17: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 17 copies here to be searched."""
    fast_access_18: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 18 copies here to be searched."""
    fast_access_19: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 19 copies here to be searched."""
    fast_access_20: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Value that fast access rule 20 copies here to be searched."""
    timezone: Final[Annotated[str | None, Field(default=None)]]
    """Time zone of the contact."""
    gender: Final[Annotated[Literal["female", "male"] | str | None, Field(default=None, repr=False)]]
    """Gender, from a social profile."""
    profile_picture_url: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """URL of the profile picture."""
    is_rcs_capable: Final[Annotated[bool | None, Field(default=None)]]
    """True if the handset takes RCS messages."""


class AddressFields(TypedDict, total=False):
    """An address as a dictionary; other keys are allowed."""

    priority: int
    """Rank among the contact's items of this kind; 1 comes first."""
    designation: str
    """Your own label, such as `home`."""
    use: str
    """Use, such as `billing`."""
    source: str
    """Source of the value."""
    status: str
    """Validity of the value: VALID_NEW, VALID_CONF (confirmed), INVALID or EXPIRED."""
    line1: str
    """First line of the street address."""
    line2: str
    """Second line of the street address."""
    city: str
    """City."""
    state: str
    """State, such as `CA`."""
    province: str
    """Province, where there are no states."""
    zip: str
    """Postal code."""
    country: str
    """ISO 3166 code of the country, such as `US`."""


class AccountFields(TypedDict, total=False):
    """An account as a dictionary; other keys are allowed."""

    priority: int
    """Rank among the contact's items of this kind; 1 comes first."""
    designation: str
    """Your own label, such as `home`."""
    source: str
    """Source of the value."""
    state: str
    """State of the account, in your own words."""
    status: str
    """Validity of the value: VALID_NEW, VALID_CONF (confirmed), INVALID or EXPIRED."""
    type: str
    """Kind of account, such as a network's name."""
    username: str
    """User name of the account."""
    domain: str
    """Domain or host of the account."""
    access_token: str
    """Access token of the account; hidden in reprs."""


class DeviceFields(TypedDict, total=False):
    """A device as a dictionary; other keys are allowed."""

    priority: int
    """Rank among the contact's items of this kind; 1 comes first."""
    designation: str
    """Your own label, such as `home`."""
    source: str
    """Source of the value."""
    state: str
    """State of the device, in your own words."""
    status: str
    """Validity of the value: VALID_NEW, VALID_CONF (confirmed), INVALID or EXPIRED."""
    msisdn: str
    """Number of the device, such as `+15551234567`."""
    carrier: str
    """Operator of the device's number."""
    mac_address: str
    """MAC address."""
    uuid: str
    """Unique id of the device."""
    imei: str
    """IMEI."""
    manufacturer: str
    """Manufacturer."""
    model: str
    """Model."""
    os: str
    """Operating system."""


class InterestFields(TypedDict, total=False):
    """An interest as a dictionary; other keys are allowed."""

    code: str
    """Code of the interest, in your own scheme."""
    name: str
    """Name of the interest."""
    source: str
    """Source of the information."""
    score: str | float
    """Strength, on your own scale."""


class DemographicFields(TypedDict, total=False):
    """A demographic as a dictionary; other keys are allowed."""

    name: str
    """Name of the trait."""
    source: str
    """Source of the information."""
    score: str | float
    """Certainty or strength, on your own scale."""


class _ContactFields(TypedDict, total=False):
    """Keys that ContactFields shares with ContactUpdate."""

    external_id: str | None
    """Your own id of the contact, unique in the account (code 1011 if it is taken)."""
    first_name: str | None
    """First name."""
    last_name: str | None
    """Last name."""
    birth_date: Date | str | None
    """Day of birth: a `date`, or text such as `1990-12-31`."""
    first_acquisition_date: TimestampInput | None
    """Time when you first got to know the contact: an aware `datetime`, ISO 8601 text or epoch
    milliseconds."""
    last_acquisition_date: TimestampInput | None
    """Time of the last contact: an aware `datetime`, ISO 8601 text or epoch milliseconds."""
    primary_mdn: str | None
    """Mobile number that messages go to, such as `+15551234567`; unique in the account (code 1011 if it
    is taken)."""
    primary_addr_line1: str | None
    """First line of the street address."""
    primary_addr_line2: str | None
    """Second line of the street address."""
    primary_addr_city: str | None
    """City."""
    primary_addr_zip: str | None
    """Postal code; messages scheduled in LOCAL time go by it."""
    primary_addr_state: str | None
    """State, such as `CA`."""
    primary_addr_country: str | None
    """ISO 3166 code of the country, such as `US`."""
    primary_email_addr: str | None
    """E-mail address."""
    primary_social_handle: str | None
    """Handle in the contact's main social network."""
    address_list: Items[Address | AddressFields] | None
    """Further addresses."""
    account_list: Items[Account | AccountFields] | None
    """Accounts elsewhere."""
    device_list: Items[Device | DeviceFields] | None
    """Devices."""
    interest_list: Items[Interest | InterestFields] | None
    """Interests, with scores."""
    demographic_list: Items[Demographic | DemographicFields] | None
    """Demographic traits, with scores."""
    extended_attributes: JsonText | None
    """Any JSON of your own about the contact; fast access rules make parts of it searchable."""
    preferred_language: str | None
    """Language that texts are translated to, such as `es`."""
    voice_preference: VoicePreference | bool | None
    """Preference for calls over messages: NONE, PREFER_VOICE or REQUIRE_VOICE."""
    social_handles: Items[str] | None
    """Handles in social networks."""
    social_profile_lookup_prefix: str | None
    """Prefix of the handles that profiles are looked up by."""
    social_profile_lookup_override: bool | None
    """True lets a looked-up profile overwrite what is set here."""


class ContactFields(_ContactFields, closed=True):
    """Fields of a contact to create. `None` is sent as JSON null; what is left out is not sent."""


class ContactUpdate(_ContactFields, Versioned, closed=True):
    """Fields of a contact that an update can change, and the version that the change is based on."""


class ContactFilters(ListOptions, total=False, closed=True):
    """Filters for contacts; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    external_id: TextFilter
    """Your own id, or several."""
    first_name: TextFilter
    """First name, or several."""
    last_name: TextFilter
    """Last name, or several."""
    birth_date: Date | str | None
    """Day of birth: a `date` or text such as `1990-12-31`."""
    first_acquisition_date: DateFilter
    """Time when you first got to know the contact: one time, or a range `(from, to)` including both
    ends."""
    last_acquisition_date: DateFilter
    """Time of the last contact: one time, or a range `(from, to)` including both ends."""
    primary_mdn: TextFilter
    """Mobile number, such as `+15551234567`, or several."""
    primary_addr_line1: TextFilter
    """First line of the street address, or several."""
    primary_addr_line2: TextFilter
    """Second line of the street address, or several."""
    primary_addr_city: TextFilter
    """City, or several."""
    primary_addr_zip: TextFilter
    """Postal code, or several."""
    primary_addr_state: TextFilter
    """State, or several."""
    primary_addr_country: TextFilter
    """ISO 3166 code of the country, or several."""
    primary_email_addr: TextFilter
    """E-mail address, or several."""
    primary_social_handle: TextFilter
    """Handle in the main social network, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


LIST = Operation("contacts.list", "GET", "/contacts", query=ContactFilters)
CREATE = Operation("contacts.create", "POST", "/contacts", body=ContactFields)
GET = Operation("contacts.get", "GET", "/contacts/{contact_id}")
UPDATE = Operation("contacts.update", "POST", "/contacts/{contact_id}", body=ContactUpdate)
REPLACE = Operation("contacts.replace", "PUT", "/contacts/{contact_id}", body=ContactUpdate)
DELETE = Operation("contacts.delete", "DELETE", "/contacts/{contact_id}")
