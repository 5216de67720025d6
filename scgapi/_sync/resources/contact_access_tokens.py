# Generated from scgapi/_async/resources/contact_access_tokens.py by tools/generate.py: edit that file.
"""Contact access tokens: each opens one contact to whoever has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Deletable, Readable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import NestedResource
from scgapi.models import contact_access_tokens as spec
from scgapi.models.contact_access_tokens import (
    ContactAccessTokenData,
    ContactAccessTokenFields,
    ContactAccessTokenFilters,
)


@operations(refresh=spec.GET, delete=spec.DELETE)
class ContactAccessToken(Readable, Deletable, ContactAccessTokenData):
    """A token that opens one contact: `/contacts/{contact_id}/access_tokens/{id}`.

    Its id is the token itself, a secret. Once deleted, it no longer grants access.
    """

    Resource: ClassVar[type[ContactAccessTokenResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactAccessTokenFields]) -> None: ...


class ContactAccessTokenResource(NestedResource):
    """The tokens that open one contact: `client.contacts.access_tokens(contact_id)`."""

    def list(self, **options: Unpack[ContactAccessTokenFilters]) -> Pager[ContactAccessToken]:
        """All tokens that open the contact (GET `/contacts/{contact_id}/access_tokens`).

        Known from older clients; the published definition lacks it. Lazy: pages of `limit` objects are fetched
        as they are consumed.

        Raises:
            InvalidArgumentError: an option is unknown or of a wrong type.
        """
        return self._list(ContactAccessToken, spec.LIST, self._parent, options=options)

    def create(
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
        return self._create(spec.CREATE, token, fields, self._parent)

    def get(self, token_id: str) -> ContactAccessToken:
        """Get the token with this id (GET `/contacts/{contact_id}/access_tokens/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(ContactAccessToken, spec.GET, self._parent, token_id)

    def delete(self, token_id: str) -> None:
        """Delete the token, which then no longer grants access (DELETE `/contacts/{contact_id}/access_tokens/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, self._parent, token_id)


ContactAccessToken.Resource = ContactAccessTokenResource
