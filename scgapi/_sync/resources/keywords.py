# Generated from scgapi/_async/resources/keywords.py by tools/generate.py: edit that file.
"""Keywords: words in incoming messages that the gateway reacts to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.objects import Replaceable, Updatable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import keywords as spec
from scgapi.models.keywords import (
    KeywordData,
    KeywordFields,
    KeywordFilters,
    KeywordReplace,
    KeywordUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class Keyword(Updatable, Replaceable, KeywordData):
    """A word in incoming messages, and the gateway's reaction to it: `/messaging/keywords/{id}`."""

    Resource: ClassVar[type[KeywordResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[KeywordFields]) -> None: ...


class KeywordResource(Resource):
    """Keywords, through one client: `client.keywords`."""

    def list(self, **filters: Unpack[KeywordFilters]) -> Pager[Keyword]:
        """List keywords that match all filters, or all of them (GET `/messaging/keywords`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Keyword, spec.LIST, options=filters)

    def create(self, keyword: KeywordData | None = None, /, **fields: Unpack[KeywordFields]) -> str:
        """Create a keyword from keyword arguments or from an unsaved object (POST `/messaging/keywords`).

        Returns:
            The id of the new keyword.

        Raises:
            BadRequestError: `value` is no regular expression, or a word that is the gateway's own.
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, keyword, fields)

    def get(self, keyword_id: str) -> Keyword:
        """Get the keyword with this id (GET `/messaging/keywords/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(Keyword, spec.GET, keyword_id)

    def update(self, keyword_id: str, **fields: Unpack[KeywordUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/keywords/{id}`).

        Raises:
            ConflictError: `version_number` is not the keyword's current one.
            NotFoundError: there is no such keyword.
        """
        self._send(spec.UPDATE, keyword_id, fields=fields)

    def replace(self, keyword_id: str, **fields: Unpack[KeywordReplace]) -> None:
        """Replace the keyword: fields that are not given are cleared (PUT `/messaging/keywords/{id}`).

        The definition's PUT lacks `attachments` and `search_words_count`: they cannot be given here.

        Raises:
            ConflictError: `version_number` is not the keyword's current one.
            NotFoundError: there is no such keyword.
        """
        self._send(spec.REPLACE, keyword_id, fields=fields)

    def delete(self, keyword_id: str) -> None:
        """Delete the keyword (DELETE `/messaging/keywords/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, keyword_id)


Keyword.Resource = KeywordResource
