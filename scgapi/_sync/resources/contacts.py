# Generated from scgapi/_async/resources/contacts.py by tools/generate.py: edit that file.
"""Contacts: the people and devices that messages go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Replaceable, Updatable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import contacts as spec
from scgapi.models.contacts import ContactData, ContactFields, ContactFilters, ContactUpdate

if TYPE_CHECKING:
    from scgapi._sync.resources.contact_access_tokens import ContactAccessTokenResource
    from scgapi._sync.resources.contact_application_tokens import ContactApplicationTokenResource


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class Contact(Updatable, Replaceable, ContactData):
    """A person or device that messages go to: `/contacts/{id}`.

    Load one with `get()` or `list()`, change its fields, and call `update()`; or build one and `create()` it.

    The published definition of `replace()` leaves out `preferred_language`, `voice_preference` and the social fields: the
    gateway may drop them.
    """

    Resource: ClassVar[type[ContactResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactFields]) -> None: ...

    def access_tokens(self) -> ContactAccessTokenResource:
        """Return the resource of this contact's access tokens."""
        return ContactResource(self._scg).access_tokens(self.id)

    def application_tokens(self) -> ContactApplicationTokenResource:
        """Return the resource of this contact's installed applications, which receive push messages."""
        return ContactResource(self._scg).application_tokens(self.id)


class ContactResource(Resource):
    """Contacts, through one client: `client.contacts`."""

    def list(self, **filters: Unpack[ContactFilters]) -> Pager[Contact]:
        """List contacts that match all filters, or all contacts (GET `/contacts`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Contact, spec.LIST, options=filters)

    def create(self, contact: ContactData | None = None, /, **fields: Unpack[ContactFields]) -> str:
        """Create a contact from keywords or from an unsaved object (POST `/contacts`).

        Returns:
            The id of the new contact.

        Raises:
            ConflictError: a contact with this `external_id` or `primary_mdn` exists (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, contact, fields)

    def get(self, contact_id: str) -> Contact:
        """Get the contact with this id (GET `/contacts/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(Contact, spec.GET, contact_id)

    def update(self, contact_id: str, **fields: Unpack[ContactUpdate]) -> None:
        """Change the given fields, and no others (POST `/contacts/{id}`).

        Raises:
            ConflictError: `version_number` is not the contact's current one.
            NotFoundError: there is no such contact.
        """
        self._send(spec.UPDATE, contact_id, fields=fields)

    def replace(self, contact_id: str, **fields: Unpack[ContactUpdate]) -> None:
        """Replace the contact: fields that are not given are cleared (PUT `/contacts/{id}`).

        Raises:
            ConflictError: `version_number` is not the contact's current one.
            NotFoundError: there is no such contact.
        """
        self._send(spec.REPLACE, contact_id, fields=fields)

    def delete(self, contact_id: str) -> None:
        """Delete the contact (DELETE `/contacts/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, contact_id)

    def access_tokens(self, contact_id: str) -> ContactAccessTokenResource:
        """Return the resource of a contact's access tokens.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.contact_access_tokens import ContactAccessTokenResource

        return ContactAccessTokenResource(self._client, contact_id)

    def application_tokens(self, contact_id: str) -> ContactApplicationTokenResource:
        """Return the resource of a contact's installed applications, which receive push messages.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.contact_application_tokens import ContactApplicationTokenResource

        return ContactApplicationTokenResource(self._client, contact_id)


Contact.Resource = ContactResource
