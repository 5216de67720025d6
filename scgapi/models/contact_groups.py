"""Contact groups: fixed lists of contacts, and those that a criterion describes."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import DateFilter, IntFilter, Items, ListOptions, TextFilter
from scgapi.models.contacts import ContactFilters

GroupType = Literal["STATIC", "DYNAMIC"] | str
GroupState = Literal["Processing", "Ready"] | str


class ContactGroupData(ResourceModel):
    """A contact group's fields (GET `/contact_groups/{id}`)."""

    address_kind: ClassVar[str] = "group"

    external_id: str | None = None
    """Your own id of the group."""
    name: str | None = None
    description: str | None = None
    criteria: str | None = None
    """A JSON query that contacts must match; a group with criteria is DYNAMIC. Its syntax is not published."""
    type: Final[Annotated[GroupType | None, Field(default=None)]]
    """STATIC groups hold the contacts that were added, DYNAMIC ones those that match `criteria`."""
    state: Final[
        Annotated[GroupState | None, Field(default=None, validation_alias=AliasChoices("state", "status"))]
    ]
    """`Ready`, or `Processing` while members are being worked out. Some sources call it `status`."""
    member_count: Final[Annotated[int | float | None, Field(default=None)]]


class ContactGroupFields(TypedDict, total=False):
    """What a contact group is created from."""

    external_id: str | None
    name: str | None
    description: str | None
    criteria: str | None


class ContactGroupUpdate(ContactGroupFields, Versioned):
    """What an update of a contact group takes."""


class ContactGroupFilters(ListOptions, total=False):
    """What contact groups can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    external_id: TextFilter
    name: TextFilter
    type: TextFilter
    status: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


class ContactGroupMembers(TypedDict):
    """The contacts to add to a group, by id."""

    contacts: Items[str]


LIST = Operation("contact_groups.list", "GET", "/contact_groups", query=ContactGroupFilters)
CREATE = Operation("contact_groups.create", "POST", "/contact_groups", body=ContactGroupFields)
GET = Operation("contact_groups.get", "GET", "/contact_groups/{group_id}")
UPDATE = Operation("contact_groups.update", "POST", "/contact_groups/{group_id}", body=ContactGroupUpdate)
REPLACE = Operation("contact_groups.replace", "PUT", "/contact_groups/{group_id}", body=ContactGroupUpdate)
DELETE = Operation("contact_groups.delete", "DELETE", "/contact_groups/{group_id}")
LIST_CONTACTS = Operation(
    "contact_groups.list_contacts", "GET", "/contact_groups/{group_id}/contacts", query=ContactFilters
)
ADD_CONTACT = Operation(
    "contact_groups.add_contact", "POST", "/contact_groups/{group_id}/contacts", body=ContactGroupMembers
)
DELETE_CONTACT = Operation(
    "contact_groups.delete_contact", "DELETE", "/contact_groups/{group_id}/contacts/{contact_id}"
)
