"""Access tokens, which open one attachment or contact each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncDeletable, AsyncReadable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import access_tokens as spec
from scgapi.models.access_tokens import AccessTokenData, AccessTokenFields, AccessTokenFilters


@operations(refresh=spec.GET, delete=spec.DELETE)
class AsyncAccessToken(AsyncReadable, AsyncDeletable, AccessTokenData):
    """A token that opens one attachment or contact: `/access_tokens/{id}`.

    Its id is the token itself, a secret. Once deleted, it no longer grants access.
    """

    Resource: ClassVar[type[AsyncAccessTokenResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[AccessTokenFields]) -> None: ...


class AsyncAccessTokenResource(AsyncResource):
    """Access tokens, through one client: `client.access_tokens`."""

    def list(self, **filters: Unpack[AccessTokenFilters]) -> AsyncPager[AsyncAccessToken]:
        """List tokens that match all filters, or all tokens (GET `/access_tokens`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncAccessToken, spec.LIST, options=filters)

    async def create(
        self, token: AccessTokenData | None = None, /, **fields: Unpack[AccessTokenFields]
    ) -> str:
        """Create a token for the ATTACHMENT or CONTACT that `resource` and `resource_id` name (POST `/access_tokens`).

        It is good until `expiry_time`.

        Returns:
            The token, which is its own id. It is a secret: it grants access without other credentials.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, token, fields)

    async def get(self, token_id: str) -> AsyncAccessToken:
        """Get the token with this id (GET `/access_tokens/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncAccessToken, spec.GET, token_id)

    async def delete(self, token_id: str) -> None:
        """Delete the token, which then no longer grants access (DELETE `/access_tokens/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, token_id)


AsyncAccessToken.Resource = AsyncAccessTokenResource
