# Generated from scgapi/_async/resources/access_tokens.py by tools/generate.py: edit that file.
"""Access tokens: each opens one attachment or contact to whoever has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Object, Resource
from scgapi.models import access_tokens as spec
from scgapi.models.access_tokens import AccessTokenData, AccessTokenFields, AccessTokenFilters


class AccessToken(Object, AccessTokenData):
    """A token that opens one attachment or contact. Its id is the token: a secret."""

    Resource: ClassVar[type[AccessTokenResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[AccessTokenFields]) -> None: ...

    def refresh(self) -> None:
        """Read the token again (GET `/access_tokens/{id}`)."""
        self._become(self._scg.access_tokens.get(self.id))

    def delete(self) -> None:
        """Delete the token: it opens nothing any more (DELETE `/access_tokens/{id}`)."""
        self._scg.access_tokens.delete(self.id)


class AccessTokenResource(Resource):
    """Access tokens, through one client: `client.access_tokens`."""

    def list(self, **filters: Unpack[AccessTokenFilters]) -> Pager[AccessToken]:
        """Tokens that match all filters, or all tokens (GET `/access_tokens`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AccessToken, spec.LIST, options=filters)

    @overload
    def create(self, token: AccessTokenData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[AccessTokenFields]) -> str: ...
    def create(self, token: AccessTokenData | None = None, /, **fields: object) -> str:
        """A token for the object `resource_id` of kind `resource`, ATTACHMENT or CONTACT (POST `/access_tokens`).

        It is good until `expiry_time`.

        Returns:
            The token, which is its own id. It is a secret: it needs no other credentials.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, token, fields)

    def get(self, token_id: str) -> AccessToken:
        """The token with this id (GET `/access_tokens/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(AccessToken, spec.GET, token_id)

    def delete(self, token_id: str) -> None:
        """Delete the token: it opens nothing any more (DELETE `/access_tokens/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, token_id)


AccessToken.Resource = AccessTokenResource
