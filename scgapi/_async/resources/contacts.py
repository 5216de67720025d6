"""Contacts: the people and devices that messages go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncReplaceable, AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import contacts as spec
from scgapi.models.contacts import ContactData, ContactFields, ContactFilters, ContactUpdate

if TYPE_CHECKING:
    from scgapi._async.resources.contact_access_tokens import AsyncContactAccessTokenResource
    from scgapi._async.resources.contact_application_tokens import AsyncContactApplicationTokenResource


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class AsyncContact(AsyncUpdatable, AsyncReplaceable, ContactData):
    """A person or device that messages go to: `/contacts/{id}`.

    Load one with `get()` or `list()`, change its fields, and call `update()`; or build one and `create()` it.

    The published definition of `replace()` leaves out `preferred_language`, `voice_preference` and the social fields: the
    gateway may drop them.
    """

    Resource: ClassVar[type[AsyncContactResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactFields]) -> None: ...

    def access_tokens(self) -> AsyncContactAccessTokenResource:
        """Return the resource of this contact's access tokens."""
        return AsyncContactResource(self._scg).access_tokens(self.id)

    def application_tokens(self) -> AsyncContactApplicationTokenResource:
        """Return the resource of this contact's installed applications, which receive push messages."""
        return AsyncContactResource(self._scg).application_tokens(self.id)


class AsyncContactResource(AsyncResource):
    """Contacts, through one client: `client.contacts`."""

    def list(self, **filters: Unpack[ContactFilters]) -> AsyncPager[AsyncContact]:
        """List contacts that match all filters, or all contacts (GET `/contacts`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContact, spec.LIST, options=filters)

    async def create(self, contact: ContactData | None = None, /, **fields: Unpack[ContactFields]) -> str:
        """Create a contact from keywords or from an unsaved object (POST `/contacts`).

        Returns:
            The id of the new contact.

        Raises:
            ConflictError: a contact with this `external_id` or `primary_mdn` exists (code 1011).
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, contact, fields)

    async def get(self, contact_id: str) -> AsyncContact:
        """Get the contact with this id (GET `/contacts/{id}`).

        Raises:
            NotFoundError: it does not exist.
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
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, contact_id)

    def access_tokens(self, contact_id: str) -> AsyncContactAccessTokenResource:
        """Return the resource of a contact's access tokens.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._async.resources.contact_access_tokens import AsyncContactAccessTokenResource

        return AsyncContactAccessTokenResource(self._client, contact_id)

    def application_tokens(self, contact_id: str) -> AsyncContactApplicationTokenResource:
        """Return the resource of a contact's installed applications, which receive push messages.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._async.resources.contact_application_tokens import AsyncContactApplicationTokenResource

        return AsyncContactApplicationTokenResource(self._client, contact_id)


AsyncContact.Resource = AsyncContactResource
