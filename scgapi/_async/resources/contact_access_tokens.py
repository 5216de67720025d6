"""Contact access tokens: each opens one contact to whoever has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncDeletable, AsyncReadable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncNestedResource
from scgapi.models import contact_access_tokens as spec
from scgapi.models.contact_access_tokens import (
    ContactAccessTokenData,
    ContactAccessTokenFields,
    ContactAccessTokenFilters,
)


@operations(refresh=spec.GET, delete=spec.DELETE)
class AsyncContactAccessToken(AsyncReadable, AsyncDeletable, ContactAccessTokenData):
    """A token that opens one contact: `/contacts/{contact_id}/access_tokens/{id}`.

    Its id is the token itself, a secret. Once deleted, it no longer grants access.
    """

    Resource: ClassVar[type[AsyncContactAccessTokenResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactAccessTokenFields]) -> None: ...


class AsyncContactAccessTokenResource(AsyncNestedResource):
    """The tokens that open one contact: `client.contacts.access_tokens(contact_id)`."""

    def list(self, **options: Unpack[ContactAccessTokenFilters]) -> AsyncPager[AsyncContactAccessToken]:
        """All tokens that open the contact (GET `/contacts/{contact_id}/access_tokens`).

        Known from older clients; the published definition lacks it. Lazy: pages of `limit` objects are fetched
        as they are consumed.

        Raises:
            InvalidArgumentError: an option is unknown or of a wrong type.
        """
        return self._list(AsyncContactAccessToken, spec.LIST, self._parent, options=options)

    async def create(
        self, token: ContactAccessTokenData | None = None, /, **fields: Unpack[ContactAccessTokenFields]
    ) -> str:
        """Create a token that opens the contact for `duration` seconds (POST `/contacts/{contact_id}/access_tokens`).

        That it is seconds is known from the published samples.

        Returns:
            The token, which is its own id. It is a secret.

        Raises:
            NotFoundError: there is no such contact.
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, token, fields, self._parent)

    async def get(self, token_id: str) -> AsyncContactAccessToken:
        """Get the token with this id (GET `/contacts/{contact_id}/access_tokens/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncContactAccessToken, spec.GET, self._parent, token_id)

    async def delete(self, token_id: str) -> None:
        """Delete the token, which then no longer grants access (DELETE `/contacts/{contact_id}/access_tokens/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, self._parent, token_id)


AsyncContactAccessToken.Resource = AsyncContactAccessTokenResource
