"""Contact groups: fixed lists of contacts, and those that a criterion describes."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import ChoiceFilter, DateFilter, IntFilter, Items, ListOptions, TextFilter
from scgapi._core.operation import Operation
from scgapi.models.contacts import ContactFilters

GroupType = Literal["STATIC", "DYNAMIC"] | str
GroupState = Literal["Processing", "Ready"] | str


class ContactGroupData(ResourceModel):
    """A contact group's fields (GET `/contact_groups/{id}`)."""

    address_kind: ClassVar[str] = "group"

    external_id: str | None = None
    """Your own id of the group."""
    name: str | None = None
    """Your own name for it."""
    description: str | None = None
    """Description."""
    criteria: str | None = None
    """A JSON query that contacts must match; a group with criteria is DYNAMIC. Its syntax is not published."""
    type: Final[Annotated[GroupType | None, Field(default=None)]]
    """STATIC groups hold the contacts that were added, DYNAMIC ones those that match `criteria`."""
    state: Final[
        Annotated[GroupState | None, Field(default=None, validation_alias=AliasChoices("state", "status"))]
    ]
    """`Ready`, or `Processing` while members are being worked out. Some sources call it `status`."""
    member_count: Final[Annotated[int | float | None, Field(default=None)]]
    """Number of members."""


class _ContactGroupFields(TypedDict, total=False):
    """Keys that ContactGroupFields shares with ContactGroupUpdate."""

    external_id: str | None
    """Your own id of the group."""
    name: str | None
    """Your own name for it."""
    description: str | None
    """Description."""
    criteria: str | None
    """Makes the group DYNAMIC: the condition that chooses its members among the contacts."""


class ContactGroupFields(_ContactGroupFields, closed=True):
    """Fields of a contact group to create."""


class ContactGroupUpdate(_ContactGroupFields, Versioned, closed=True):
    """Fields of a contact group that an update can change."""


class ContactGroupFilters(ListOptions, total=False, closed=True):
    """Filters for contact groups; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    external_id: TextFilter
    """Your own id, or several."""
    name: TextFilter
    """Name, or several."""
    type: ChoiceFilter[GroupType]
    """`STATIC` (members are added) or `DYNAMIC` (members match the criteria); or several."""
    status: ChoiceFilter[GroupState]
    """`Processing` or `Ready`; or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


class ContactGroupMembers(TypedDict):
    """The contacts to add to a group, by id."""

    contacts: Items[str]
    """Ids of the contacts."""


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
