"""Contact application tokens: the installed applications that a contact gets push messages in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncNestedResource
from scgapi.models import contact_application_tokens as spec
from scgapi.models.contact_application_tokens import (
    ContactApplicationTokenData,
    ContactApplicationTokenFields,
    ContactApplicationTokenFilters,
    ContactApplicationTokenUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class AsyncContactApplicationToken(AsyncUpdatable, ContactApplicationTokenData):
    """An application on a device of a contact, as its push provider knows it.

    Its path is `/contacts/{contact_id}/application_tokens/{id}`.
    """

    Resource: ClassVar[type[AsyncContactApplicationTokenResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactApplicationTokenFields]) -> None: ...


class AsyncContactApplicationTokenResource(AsyncNestedResource):
    """The application tokens of one contact: `client.contacts.application_tokens(contact_id)`."""

    def list(
        self, **filters: Unpack[ContactApplicationTokenFilters]
    ) -> AsyncPager[AsyncContactApplicationToken]:
        """List tokens that match all filters, or all tokens (GET `/contacts/{contact_id}/application_tokens`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactApplicationToken, spec.LIST, self._parent, options=filters)

    async def create(
        self,
        unsaved: ContactApplicationTokenData | None = None,
        /,
        **fields: Unpack[ContactApplicationTokenFields],
    ) -> str:
        """Register an application on a device (POST `/contacts/{contact_id}/application_tokens`).

        Returns:
            The id of the new application token.

        Raises:
            NotFoundError: there is no such contact.
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, unsaved, fields, self._parent)

    async def get(self, token_id: str) -> AsyncContactApplicationToken:
        """Get the application token with this id (GET `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            NotFoundError: it does not exist.
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
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, self._parent, token_id)


AsyncContactApplicationToken.Resource = AsyncContactApplicationTokenResource
