"""Contact application tokens: the installed applications that a contact gets push messages in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncNestedResource
from scgapi.models import contact_application_tokens as spec
from scgapi.models.contact_application_tokens import (
    ContactApplicationTokenData,
    ContactApplicationTokenFields,
    ContactApplicationTokenFilters,
    ContactApplicationTokenUpdate,
)


class AsyncContactApplicationToken(AsyncEditable, ContactApplicationTokenData):
    """An application on a device of a contact, as its push provider knows it."""

    Resource: ClassVar[type[AsyncContactApplicationTokenResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactApplicationTokenFields]) -> None: ...

    async def update(self) -> None:
        """Save what changed since the token was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            ConflictError: somebody else changed the token meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the token or the contact is gone.
        """
        await self._update(spec.UPDATE)

    async def refresh(self) -> None:
        """Read it again; unsaved changes are lost (GET `/contacts/{contact_id}/application_tokens/{id}`)."""
        self._become(await self._scg.contacts.application_tokens(self._parent_id).get(self.id))

    async def delete(self) -> None:
        """Delete the token (DELETE `/contacts/{contact_id}/application_tokens/{id}`)."""
        await self._scg.contacts.application_tokens(self._parent_id).delete(self.id)


class AsyncContactApplicationTokenResource(AsyncNestedResource):
    """The application tokens of one contact: `client.contacts.application_tokens(contact_id)`."""

    def list(
        self, **filters: Unpack[ContactApplicationTokenFilters]
    ) -> AsyncPager[AsyncContactApplicationToken]:
        """Tokens that match all filters, or all tokens (GET `/contacts/{contact_id}/application_tokens`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactApplicationToken, spec.LIST, self._parent, options=filters)

    @overload
    async def create(self, token: ContactApplicationTokenData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ContactApplicationTokenFields]) -> str: ...
    async def create(self, token: ContactApplicationTokenData | None = None, /, **fields: object) -> str:
        """Register an application on a device (POST `/contacts/{contact_id}/application_tokens`).

        Returns:
            The id of the new application token.

        Raises:
            NotFoundError: there is no such contact.
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, token, fields, self._parent)

    async def get(self, token_id: str) -> AsyncContactApplicationToken:
        """The application token with this id (GET `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncContactApplicationToken, spec.GET, self._parent, token_id)

    async def update(self, token_id: str, **fields: Unpack[ContactApplicationTokenUpdate]) -> None:
        """Change the given fields, and no others (POST `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            ConflictError: `version_number` is not the token's current one.
            NotFoundError: there is no such token.
        """
        await self._send(spec.UPDATE, self._parent, token_id, fields=fields)

    async def delete(self, token_id: str) -> None:
        """Delete the token (DELETE `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, self._parent, token_id)


AsyncContactApplicationToken.Resource = AsyncContactApplicationTokenResource
