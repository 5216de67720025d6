"""Contact access tokens: each opens one contact to whoever has it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._fields import ListOptions, NumberText, Timestamp
from scgapi.models.access_tokens import TokenData


class ContactAccessTokenData(TokenData):
    """A contact access token's fields (GET `/contacts/{contact_id}/access_tokens/{id}`)."""

    duration: NumberText = None
    """Seconds that it opens the contact for."""
    expiry_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """From then on it opens nothing."""


class ContactAccessTokenFields(TypedDict, total=False):
    """What a contact access token is created from. `duration` is in seconds."""

    duration: NumberText


class ContactAccessTokenFilters(ListOptions, total=False):
    """How contact access tokens are listed; filters are not documented. See `ListOptions`."""


_TOKENS = "/contacts/{contact_id}/access_tokens"

LIST = Operation("contacts.access_tokens.list", "GET", _TOKENS, query=ContactAccessTokenFilters)
CREATE = Operation("contacts.access_tokens.create", "POST", _TOKENS, body=ContactAccessTokenFields)
GET = Operation("contacts.access_tokens.get", "GET", f"{_TOKENS}/{{token_id}}")
DELETE = Operation("contacts.access_tokens.delete", "DELETE", f"{_TOKENS}/{{token_id}}")
