"""Contact access tokens: each grants access to one contact."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.fields import ListOptions, NumberText, Timestamp
from scgapi._core.operation import Operation
from scgapi.models.access_tokens import TokenData


class ContactAccessTokenData(TokenData):
    """A contact access token's fields (GET `/contacts/{contact_id}/access_tokens/{id}`)."""

    duration: NumberText = None
    """Seconds that it opens the contact for."""
    expiry_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time after which the token no longer grants access."""


class ContactAccessTokenFields(TypedDict, total=False, closed=True):
    """Fields of a contact access token to create. `duration` is in seconds."""

    duration: NumberText
    """Seconds that it opens the contact for."""


class ContactAccessTokenFilters(ListOptions, total=False, closed=True):
    """Keywords of a listing of contact access tokens; filters are not documented. See `ListOptions`."""


_TOKENS = "/contacts/{contact_id}/access_tokens"

LIST = Operation("contacts.access_tokens.list", "GET", _TOKENS, query=ContactAccessTokenFilters)
CREATE = Operation("contacts.access_tokens.create", "POST", _TOKENS, body=ContactAccessTokenFields)
GET = Operation("contacts.access_tokens.get", "GET", f"{_TOKENS}/{{token_id}}")
DELETE = Operation("contacts.access_tokens.delete", "DELETE", f"{_TOKENS}/{{token_id}}")
