# Generated from scgapi/_async/resources/contact_application_tokens.py by tools/generate.py: edit that file.
"""Contact application tokens: the installed applications that a contact gets push messages in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, NestedResource
from scgapi.models import contact_application_tokens as spec
from scgapi.models.contact_application_tokens import (
    ContactApplicationTokenData,
    ContactApplicationTokenFields,
    ContactApplicationTokenFilters,
    ContactApplicationTokenUpdate,
)


class ContactApplicationToken(Editable, ContactApplicationTokenData):
    """An application on a device of a contact, as its push provider knows it."""

    Resource: ClassVar[type[ContactApplicationTokenResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactApplicationTokenFields]) -> None: ...

    def update(self) -> None:
        """Save what changed since the token was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            ConflictError: somebody else changed the token meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the token or the contact is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read it again; unsaved changes are lost (GET `/contacts/{contact_id}/application_tokens/{id}`)."""
        self._become(self._scg.contacts.application_tokens(self._parent_id).get(self.id))

    def delete(self) -> None:
        """Delete the token (DELETE `/contacts/{contact_id}/application_tokens/{id}`)."""
        self._scg.contacts.application_tokens(self._parent_id).delete(self.id)


class ContactApplicationTokenResource(NestedResource):
    """The application tokens of one contact: `client.contacts.application_tokens(contact_id)`."""

    def list(self, **filters: Unpack[ContactApplicationTokenFilters]) -> Pager[ContactApplicationToken]:
        """Tokens that match all filters, or all tokens (GET `/contacts/{contact_id}/application_tokens`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ContactApplicationToken, spec.LIST, self._parent, options=filters)

    @overload
    def create(self, token: ContactApplicationTokenData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[ContactApplicationTokenFields]) -> str: ...
    def create(self, token: ContactApplicationTokenData | None = None, /, **fields: object) -> str:
        """Register an application on a device (POST `/contacts/{contact_id}/application_tokens`).

        Returns:
            The id of the new application token.

        Raises:
            NotFoundError: there is no such contact.
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, token, fields, self._parent)

    def get(self, token_id: str) -> ContactApplicationToken:
        """The application token with this id (GET `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(ContactApplicationToken, spec.GET, self._parent, token_id)

    def update(self, token_id: str, **fields: Unpack[ContactApplicationTokenUpdate]) -> None:
        """Change the given fields, and no others (POST `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            ConflictError: `version_number` is not the token's current one.
            NotFoundError: there is no such token.
        """
        self._send(spec.UPDATE, self._parent, token_id, fields=fields)

    def delete(self, token_id: str) -> None:
        """Delete the token (DELETE `/contacts/{contact_id}/application_tokens/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, self._parent, token_id)


ContactApplicationToken.Resource = ContactApplicationTokenResource
