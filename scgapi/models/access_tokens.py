"""Access tokens: each grants access to one attachment or contact."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import (
    DateFilter,
    IntFilter,
    ListOptions,
    TextFilter,
    Timestamp,
    TimestampInput,
)
from scgapi._core.operation import Operation
from scgapi.models._addresses import IdOfTokenResource, TokenResourceRef

TokenResource = Literal["ATTACHMENT", "CONTACT"] | str


class TokenData(ResourceModel):
    """Fields of all access tokens. The id is the token itself, a secret: no repr shows it."""

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        return [(name, value) for name, value in super().__repr_args__() if name != "id"]


class AccessTokenData(TokenData):
    """An access token's fields (GET `/access_tokens/{id}`)."""

    resource: TokenResource | None = None
    """Kind of object that the token grants access to. Responses may lack it."""
    resource_id: IdOfTokenResource | None = None
    """The object that it opens. Answers may lack it."""
    expiry_time: Timestamp | None = None
    """Time after which the token no longer grants access."""


class AccessTokenFields(TypedDict, total=False, closed=True):
    """Fields of an access token to create."""

    resource: TokenResource | None
    """Kind of object that the token opens: `ATTACHMENT` or `CONTACT`."""
    resource_id: TokenResourceRef | None
    """Id of that object."""
    expiry_time: TimestampInput | None
    """Time until which it opens the object: an aware `datetime`, ISO 8601 text or epoch milliseconds;
    always, if absent."""


class AccessTokenFilters(ListOptions, total=False, closed=True):
    """Filters for access tokens; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    expiry_time: DateFilter
    """Expiry time: one time, or a range `(from, to)` including both ends."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


LIST = Operation("access_tokens.list", "GET", "/access_tokens", query=AccessTokenFilters)
CREATE = Operation("access_tokens.create", "POST", "/access_tokens", body=AccessTokenFields)
GET = Operation("access_tokens.get", "GET", "/access_tokens/{token_id}")
DELETE = Operation("access_tokens.delete", "DELETE", "/access_tokens/{token_id}")
