"""Contacts: the people and devices that messages go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncResource
from scgapi.models import contacts as spec
from scgapi.models.contacts import ContactData, ContactFields, ContactFilters, ContactUpdate

if TYPE_CHECKING:
    from scgapi._async.resources.contact_access_tokens import AsyncContactAccessTokenResource
    from scgapi._async.resources.contact_application_tokens import AsyncContactApplicationTokenResource


class AsyncContact(AsyncEditable, ContactData):
    """A person or device that messages go to.

    Load one with `get()` or `list()`, change its fields, and call `update()`; or build one and `create()` it.
    """

    Resource: ClassVar[type[AsyncContactResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactFields]) -> None: ...

    async def update(self) -> None:
        """Save what changed since the contact was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/contacts/{id}`); the object's version follows.

        Raises:
            ConflictError: somebody else changed the contact meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the contact is gone.
        """
        await self._update(spec.UPDATE)

    async def replace(self) -> None:
        """Save the contact as a whole: fields that are not set here are cleared there (PUT `/contacts/{id}`).

        The published definition of PUT leaves out `preferred_language`, `voice_preference` and the social
        fields: the gateway may drop them.

        Raises:
            ConflictError: somebody else changed the contact meanwhile.
        """
        await self._replace(spec.REPLACE)

    async def refresh(self) -> None:
        """Read the contact again; unsaved changes are lost (GET `/contacts/{id}`)."""
        self._become(await self._scg.contacts.get(self.id))

    async def delete(self) -> None:
        """Delete the contact (DELETE `/contacts/{id}`)."""
        await self._scg.contacts.delete(self.id)

    def access_tokens(self) -> AsyncContactAccessTokenResource:
        """The tokens that open the contact to whoever has them."""
        return self._scg.contacts.access_tokens(self.id)

    def application_tokens(self) -> AsyncContactApplicationTokenResource:
        """The installed applications that the contact gets push messages in."""
        return self._scg.contacts.application_tokens(self.id)


class AsyncContactResource(AsyncResource):
    """Contacts, through one client: `client.contacts`."""

    def list(self, **filters: Unpack[ContactFilters]) -> AsyncPager[AsyncContact]:
        """Contacts that match all filters, or all contacts (GET `/contacts`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContact, spec.LIST, options=filters)

    @overload
    async def create(self, contact: ContactData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ContactFields]) -> str: ...
    async def create(self, contact: ContactData | None = None, /, **fields: object) -> str:
        """Create a contact from keywords or from an unsaved object (POST `/contacts`).

        Returns:
            The id of the new contact.

        Raises:
            ConflictError: a contact with this `external_id` or `primary_mdn` exists (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, contact, fields)

    async def get(self, contact_id: str) -> AsyncContact:
        """The contact with this id (GET `/contacts/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncContact, spec.GET, contact_id)

    async def update(self, contact_id: str, **fields: Unpack[ContactUpdate]) -> None:
        """Change the given fields, and no others (POST `/contacts/{id}`).

        Raises:
            ConflictError: `version_number` is not the contact's current one.
            NotFoundError: there is no such contact.
        """
        await self._send(spec.UPDATE, contact_id, fields=fields)

    async def replace(self, contact_id: str, **fields: Unpack[ContactUpdate]) -> None:
        """Replace the contact: fields that are not given are cleared (PUT `/contacts/{id}`).

        Raises:
            ConflictError: `version_number` is not the contact's current one.
            NotFoundError: there is no such contact.
        """
        await self._send(spec.REPLACE, contact_id, fields=fields)

    async def delete(self, contact_id: str) -> None:
        """Delete the contact (DELETE `/contacts/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, contact_id)

    def access_tokens(self, contact_id: str) -> AsyncContactAccessTokenResource:
        """The tokens that open this contact to whoever has them.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._async.resources.contact_access_tokens import AsyncContactAccessTokenResource

        return AsyncContactAccessTokenResource(self._client, contact_id)

    def application_tokens(self, contact_id: str) -> AsyncContactApplicationTokenResource:
        """The installed applications that this contact gets push messages in.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._async.resources.contact_application_tokens import AsyncContactApplicationTokenResource

        return AsyncContactApplicationTokenResource(self._client, contact_id)


AsyncContact.Resource = AsyncContactResource
