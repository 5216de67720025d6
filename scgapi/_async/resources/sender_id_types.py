"""Sender id types: the kinds of messages that sender ids can send, and their gateways."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._async.objects import AsyncObject
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import sender_id_types as spec
from scgapi.models.sender_id_types import SenderIdTypeData, SenderIdTypeFilters


class AsyncSenderIdType(AsyncObject, SenderIdTypeData):
    """The kinds of messages that a sender id can send, and their gateway; set by the gateway, it cannot be changed."""

    Resource: ClassVar[type[AsyncSenderIdTypeResource]]


class AsyncSenderIdTypeResource(AsyncResource):
    """Sender id types, through one client: `client.sender_id_types`."""

    def list(self, **filters: Unpack[SenderIdTypeFilters]) -> AsyncPager[AsyncSenderIdType]:
        """List sender id types that match all filters, or all of them (GET `/messaging/sender_id_types`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncSenderIdType, spec.LIST, options=filters)

    async def get(self, type_id: str) -> AsyncSenderIdType:
        """Get the sender id type with this id (GET `/messaging/sender_id_types/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncSenderIdType, spec.GET, type_id)


AsyncSenderIdType.Resource = AsyncSenderIdTypeResource
