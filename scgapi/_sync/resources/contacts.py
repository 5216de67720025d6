# Generated from scgapi/_async/resources/contacts.py by tools/generate.py: edit that file.
"""Contacts: the people and devices that messages go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, Resource
from scgapi.models import contacts as spec
from scgapi.models.contacts import ContactData, ContactFields, ContactFilters, ContactUpdate

if TYPE_CHECKING:
    from scgapi._sync.resources.contact_access_tokens import ContactAccessTokenResource
    from scgapi._sync.resources.contact_application_tokens import ContactApplicationTokenResource


class Contact(Editable, ContactData):
    """A person or device that messages go to.

    Load one with `get()` or `list()`, change its fields, and call `update()`; or build one and `create()` it.
    """

    Resource: ClassVar[type[ContactResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactFields]) -> None: ...

    def update(self) -> None:
        """Save what changed since the contact was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/contacts/{id}`); the object's version follows.

        Raises:
            ConflictError: somebody else changed the contact meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the contact is gone.
        """
        self._update(spec.UPDATE)

    def replace(self) -> None:
        """Save the contact as a whole: fields that are not set here are cleared there (PUT `/contacts/{id}`).

        The published definition of PUT leaves out `preferred_language`, `voice_preference` and the social
        fields: the gateway may drop them.

        Raises:
            ConflictError: somebody else changed the contact meanwhile.
        """
        self._replace(spec.REPLACE)

    def refresh(self) -> None:
        """Read the contact again; unsaved changes are lost (GET `/contacts/{id}`)."""
        self._become(self._scg.contacts.get(self.id))

    def delete(self) -> None:
        """Delete the contact (DELETE `/contacts/{id}`)."""
        self._scg.contacts.delete(self.id)

    def access_tokens(self) -> ContactAccessTokenResource:
        """The tokens that open the contact to whoever has them."""
        return self._scg.contacts.access_tokens(self.id)

    def application_tokens(self) -> ContactApplicationTokenResource:
        """The installed applications that the contact gets push messages in."""
        return self._scg.contacts.application_tokens(self.id)


class ContactResource(Resource):
    """Contacts, through one client: `client.contacts`."""

    def list(self, **filters: Unpack[ContactFilters]) -> Pager[Contact]:
        """Contacts that match all filters, or all contacts (GET `/contacts`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Contact, spec.LIST, options=filters)

    @overload
    def create(self, contact: ContactData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[ContactFields]) -> str: ...
    def create(self, contact: ContactData | None = None, /, **fields: object) -> str:
        """Create a contact from keywords or from an unsaved object (POST `/contacts`).

        Returns:
            The id of the new contact.

        Raises:
            ConflictError: a contact with this `external_id` or `primary_mdn` exists (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, contact, fields)

    def get(self, contact_id: str) -> Contact:
        """The contact with this id (GET `/contacts/{id}`).

        Raises:
            NotFoundError: there is none.
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
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, contact_id)

    def access_tokens(self, contact_id: str) -> ContactAccessTokenResource:
        """The tokens that open this contact to whoever has them.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.contact_access_tokens import ContactAccessTokenResource

        return ContactAccessTokenResource(self._client, contact_id)

    def application_tokens(self, contact_id: str) -> ContactApplicationTokenResource:
        """The installed applications that this contact gets push messages in.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.contact_application_tokens import ContactApplicationTokenResource

        return ContactApplicationTokenResource(self._client, contact_id)


Contact.Resource = ContactResource
