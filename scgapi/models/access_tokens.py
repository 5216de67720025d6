"""Access tokens: each opens one attachment or contact to whoever has it."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import DateFilter, IntFilter, ListOptions, Moment, TextFilter, Timestamp

TokenResource = Literal["ATTACHMENT", "CONTACT"] | str


class TokenData(ResourceModel):
    """What all access tokens have. The id is the token itself, a secret: no repr shows it."""

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        return [(name, value) for name, value in super().__repr_args__() if name != "id"]


class AccessTokenData(TokenData):
    """An access token's fields (GET `/access_tokens/{id}`)."""

    resource: TokenResource | None = None
    """What kind of object it opens. Answers may lack it."""
    resource_id: str | None = None
    """The object that it opens. Answers may lack it."""
    expiry_time: Timestamp | None = None
    """From then on it opens nothing."""


class AccessTokenFields(TypedDict, total=False):
    """What an access token is created from."""

    resource: TokenResource | None
    resource_id: str | None
    expiry_time: Moment | None


class AccessTokenFilters(ListOptions, total=False):
    """What access tokens can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    expiry_time: DateFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


LIST = Operation("access_tokens.list", "GET", "/access_tokens", query=AccessTokenFilters)
CREATE = Operation("access_tokens.create", "POST", "/access_tokens", body=AccessTokenFields)
GET = Operation("access_tokens.get", "GET", "/access_tokens/{token_id}")
DELETE = Operation("access_tokens.delete", "DELETE", "/access_tokens/{token_id}")
