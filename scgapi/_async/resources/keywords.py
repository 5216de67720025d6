"""Keywords: words in incoming messages that the gateway reacts to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncReplaceable, AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import keywords as spec
from scgapi.models.keywords import (
    KeywordData,
    KeywordFields,
    KeywordFilters,
    KeywordReplace,
    KeywordUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class AsyncKeyword(AsyncUpdatable, AsyncReplaceable, KeywordData):
    """A word in incoming messages, and the gateway's reaction to it: `/messaging/keywords/{id}`."""

    Resource: ClassVar[type[AsyncKeywordResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[KeywordFields]) -> None: ...


class AsyncKeywordResource(AsyncResource):
    """Keywords, through one client: `client.keywords`."""

    def list(self, **filters: Unpack[KeywordFilters]) -> AsyncPager[AsyncKeyword]:
        """List keywords that match all filters, or all of them (GET `/messaging/keywords`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncKeyword, spec.LIST, options=filters)

    async def create(self, keyword: KeywordData | None = None, /, **fields: Unpack[KeywordFields]) -> str:
        """Create a keyword from keyword arguments or from an unsaved object (POST `/messaging/keywords`).

        Returns:
            The id of the new keyword.

        Raises:
            BadRequestError: `value` is no regular expression, or a word that is the gateway's own.
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, keyword, fields)

    async def get(self, keyword_id: str) -> AsyncKeyword:
        """Get the keyword with this id (GET `/messaging/keywords/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncKeyword, spec.GET, keyword_id)

    async def update(self, keyword_id: str, **fields: Unpack[KeywordUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/keywords/{id}`).

        Raises:
            ConflictError: `version_number` is not the keyword's current one.
            NotFoundError: there is no such keyword.
        """
        await self._send(spec.UPDATE, keyword_id, fields=fields)

    async def replace(self, keyword_id: str, **fields: Unpack[KeywordReplace]) -> None:
        """Replace the keyword: fields that are not given are cleared (PUT `/messaging/keywords/{id}`).

        The definition's PUT lacks `attachments` and `search_words_count`: they cannot be given here.

        Raises:
            ConflictError: `version_number` is not the keyword's current one.
            NotFoundError: there is no such keyword.
        """
        await self._send(spec.REPLACE, keyword_id, fields=fields)

    async def delete(self, keyword_id: str) -> None:
        """Delete the keyword (DELETE `/messaging/keywords/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, keyword_id)


AsyncKeyword.Resource = AsyncKeywordResource
