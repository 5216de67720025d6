# Generated from scgapi/_async/resources/contact_groups.py by tools/generate.py: edit that file.
"""Contact groups: contacts to send to as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._core.ids import OneOrMore, collect_ids
from scgapi._core.loading import find_id
from scgapi._sync.objects import Replaceable, Updatable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi._sync.resources.contacts import Contact
from scgapi.models import contact_groups as spec
from scgapi.models.contact_groups import (
    ContactGroupData,
    ContactGroupFields,
    ContactGroupFilters,
    ContactGroupUpdate,
)
from scgapi.models.contacts import ContactData, ContactFilters


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class ContactGroup(Updatable, Replaceable, ContactGroupData):
    """A group of contacts: `/contact_groups/{id}`.

    `to=["group:" + group.id]` sends to all of them. Deleting it does not delete its contacts.
    """

    Resource: ClassVar[type[ContactGroupResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactGroupFields]) -> None: ...

    def list_contacts(self, **filters: Unpack[ContactFilters]) -> Pager[Contact]:
        """List the group's members that match all filters (GET `/contact_groups/{id}/contacts`)."""
        return ContactGroupResource(self._scg).list_contacts(self.id, **filters)

    def add_contact(self, contacts: OneOrMore[ContactData]) -> str | None:
        """Add one contact or several, by id or as objects (POST `/contact_groups/{id}/contacts`).

        Returns:
            The id in the gateway's response, or None if the response has none.

        Raises:
            PartialFailureError: some could not be added; its `errors` names them, the others were.
        """
        return ContactGroupResource(self._scg).add_contact(self.id, contacts)

    def delete_contact(self, contact_id: str) -> None:
        """Take a contact out of the group (DELETE `/contact_groups/{id}/contacts/{contact_id}`)."""
        ContactGroupResource(self._scg).delete_contact(self.id, contact_id)


class ContactGroupResource(Resource):
    """Contact groups, through one client: `client.contact_groups`."""

    def list(self, **filters: Unpack[ContactGroupFilters]) -> Pager[ContactGroup]:
        """List groups that match all filters, or all groups (GET `/contact_groups`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ContactGroup, spec.LIST, options=filters)

    def create(self, group: ContactGroupData | None = None, /, **fields: Unpack[ContactGroupFields]) -> str:
        """Create a group from keywords or from an unsaved object (POST `/contact_groups`).

        Returns:
            The id of the new group.

        Raises:
            BadRequestError: `criteria` is no JSON query (code 1017).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, group, fields)

    def get(self, group_id: str) -> ContactGroup:
        """Get the group with this id (GET `/contact_groups/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(ContactGroup, spec.GET, group_id)

    def update(self, group_id: str, **fields: Unpack[ContactGroupUpdate]) -> None:
        """Change the given fields, and no others (POST `/contact_groups/{id}`).

        Raises:
            ConflictError: `version_number` is not the group's current one.
            NotFoundError: there is no such group.
        """
        self._send(spec.UPDATE, group_id, fields=fields)

    def replace(self, group_id: str, **fields: Unpack[ContactGroupUpdate]) -> None:
        """Replace the group: fields that are not given are cleared (PUT `/contact_groups/{id}`).

        Raises:
            ConflictError: `version_number` is not the group's current one.
            NotFoundError: there is no such group.
        """
        self._send(spec.REPLACE, group_id, fields=fields)

    def delete(self, group_id: str) -> None:
        """Delete the group, not its contacts (DELETE `/contact_groups/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, group_id)

    def list_contacts(self, group_id: str, **filters: Unpack[ContactFilters]) -> Pager[Contact]:
        """List the group's members that match all filters (GET `/contact_groups/{id}/contacts`)."""
        return self._list(Contact, spec.LIST_CONTACTS, group_id, options=filters)

    def add_contact(self, group_id: str, contacts: OneOrMore[ContactData]) -> str | None:
        """Add one contact or several to a STATIC group, by id or as objects (POST `/contact_groups/{id}/contacts`).

        Adding a member again changes nothing.

        Returns:
            The id in the gateway's response, or None if the response has none.

        Raises:
            PartialFailureError: some could not be added; its `errors` names them, the others were.
            NotFoundError: there is no such group.
        """
        members = collect_ids(spec.ADD_CONTACT, "contacts", contacts)
        return self._call(find_id, spec.ADD_CONTACT, [group_id], {"contacts": members})

    def delete_contact(self, group_id: str, contact_id: str) -> None:
        """Take a contact out of a STATIC group (DELETE `/contact_groups/{id}/contacts/{contact_id}`).

        Raises:
            NotFoundError: there is no such group, or the contact is not in it.
        """
        self._send(spec.DELETE_CONTACT, group_id, contact_id)


ContactGroup.Resource = ContactGroupResource
