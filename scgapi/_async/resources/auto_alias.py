"""Auto alias: messages sent from an address that the gateway picks and remembers by an alias."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._async.client import AsyncClient
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncObject, AsyncResource
from scgapi._core.loading import load
from scgapi.models import auto_alias as spec
from scgapi.models._base import ResourceModel
from scgapi.models.auto_alias import (
    AutoAliasHistoryData,
    AutoAliasHistoryFilters,
    AutoAliasMessageRequestFields,
)


class AsyncAutoAliasHistory(AsyncObject, AutoAliasHistoryData):
    """Which sender id an alias was given."""

    Resource: ClassVar[type[AsyncAutoAliasHistoryResource]]

    async def refresh(self) -> None:
        """Read the entry again (GET `/assistant/auto_alias/history/{id}`)."""
        self._become(await self._scg.auto_alias.history.get(self.id))

    async def delete(self) -> None:
        """Delete the entry (DELETE `/assistant/auto_alias/history/{id}`)."""
        await self._scg.auto_alias.history.delete(self.id)


class AsyncAutoAliasHistoryResource(AsyncResource):
    """The aliases in use, through one client: `client.auto_alias.history`."""

    def list(self, **filters: Unpack[AutoAliasHistoryFilters]) -> AsyncPager[AsyncAutoAliasHistory]:
        """All entries (GET `/assistant/auto_alias/history`); no filter is documented.

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a keyword is unknown or of a wrong type.
        """
        return self._list(AsyncAutoAliasHistory, spec.LIST, options=filters)

    async def get(self, history_id: str) -> AsyncAutoAliasHistory:
        """The entry with this id (GET `/assistant/auto_alias/history/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncAutoAliasHistory, spec.GET, history_id)

    async def delete(self, history_id: str) -> None:
        """Delete the entry (DELETE `/assistant/auto_alias/history/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, history_id)


class AsyncAutoAliasMessageRequestResource(AsyncResource):
    """Sending under an alias, through one client: `client.auto_alias.message_requests`."""

    async def create(self, **fields: Unpack[AutoAliasMessageRequestFields]) -> str | None:
        """Send a text from an address that the gateway picks (POST `/assistant/auto_alias/message_requests`).

        Args:
            **fields: `to` (a list of recipients) and `body` or `attachments`; `from_` is the channel, sender id or
                alias; `external_id` is your own id, by which `message_requests.list()` finds what was made.

        Returns:
            The id of the request if the gateway tells it. By the definition it tells nothing (204).

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
            BadRequestError: the gateway refused a sender or a recipient.
            ConnectionFailedError: with outcome UNKNOWN it may have been sent: it is not sent again by itself.
        """
        response = await self._send(spec.CREATE_MESSAGE_REQUEST, fields=fields)
        if not response.content:
            return None
        return load(ResourceModel, spec.CREATE_MESSAGE_REQUEST, response).id or None


class AsyncAutoAlias:
    """Messages sent under an alias, through one client: `client.auto_alias`."""

    history: AsyncAutoAliasHistoryResource
    """Which sender id each alias was given."""
    message_requests: AsyncAutoAliasMessageRequestResource
    """What is sent under an alias."""

    def __init__(self, client: AsyncClient) -> None:
        self.history = AsyncAutoAliasHistoryResource(client)
        self.message_requests = AsyncAutoAliasMessageRequestResource(client)


AsyncAutoAliasHistory.Resource = AsyncAutoAliasHistoryResource
