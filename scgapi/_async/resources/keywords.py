"""Keywords: words in incoming messages that the gateway reacts to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncResource
from scgapi.models import keywords as spec
from scgapi.models.keywords import (
    KeywordData,
    KeywordFields,
    KeywordFilters,
    KeywordReplace,
    KeywordUpdate,
)


class AsyncKeyword(AsyncEditable, KeywordData):
    """A word that the gateway looks for in incoming messages, and what it does when it finds it."""

    Resource: ClassVar[type[AsyncKeywordResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[KeywordFields]) -> None: ...

    async def update(self) -> None:
        """Save what changed since the keyword was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/messaging/keywords/{id}`).

        Raises:
            ConflictError: somebody else changed the keyword meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the keyword is gone.
        """
        await self._update(spec.UPDATE)

    async def replace(self) -> None:
        """Save the keyword as a whole: fields that are not set here are cleared there (PUT `/messaging/keywords/{id}`).

        Raises:
            ConflictError: somebody else changed the keyword meanwhile.
        """
        await self._replace(spec.REPLACE)

    async def refresh(self) -> None:
        """Read the keyword again; unsaved changes are lost (GET `/messaging/keywords/{id}`)."""
        self._become(await self._scg.keywords.get(self.id))

    async def delete(self) -> None:
        """Delete the keyword (DELETE `/messaging/keywords/{id}`)."""
        await self._scg.keywords.delete(self.id)


class AsyncKeywordResource(AsyncResource):
    """Keywords, through one client: `client.keywords`."""

    def list(self, **filters: Unpack[KeywordFilters]) -> AsyncPager[AsyncKeyword]:
        """Keywords that match all filters, or all of them (GET `/messaging/keywords`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncKeyword, spec.LIST, options=filters)

    @overload
    async def create(self, keyword: KeywordData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[KeywordFields]) -> str: ...
    async def create(self, keyword: KeywordData | None = None, /, **fields: object) -> str:
        """Create a keyword from keyword arguments or from an unsaved object (POST `/messaging/keywords`).

        Returns:
            The id of the new keyword.

        Raises:
            BadRequestError: `value` is no regular expression, or a word that is the gateway's own.
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, keyword, fields)

    async def get(self, keyword_id: str) -> AsyncKeyword:
        """The keyword with this id (GET `/messaging/keywords/{id}`).

        Raises:
            NotFoundError: there is none.
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
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, keyword_id)


AsyncKeyword.Resource = AsyncKeywordResource
