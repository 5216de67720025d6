"""Sender id classes: what decides a sender id's priority and throughput."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._async.objects import AsyncObject
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import sender_id_classes as spec
from scgapi.models.sender_id_classes import SenderIdClassData, SenderIdClassFilters


class AsyncSenderIdClass(AsyncObject, SenderIdClassData):
    """The priority and throughput of sender ids; set by the gateway, it cannot be changed."""

    Resource: ClassVar[type[AsyncSenderIdClassResource]]


class AsyncSenderIdClassResource(AsyncResource):
    """Sender id classes, through one client: `client.sender_id_classes`."""

    def list(self, **filters: Unpack[SenderIdClassFilters]) -> AsyncPager[AsyncSenderIdClass]:
        """List sender id classes that match all filters, or all of them (GET `/messaging/sender_id_classes`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncSenderIdClass, spec.LIST, options=filters)

    async def get(self, class_id: str) -> AsyncSenderIdClass:
        """Get the sender id class with this id (GET `/messaging/sender_id_classes/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncSenderIdClass, spec.GET, class_id)


AsyncSenderIdClass.Resource = AsyncSenderIdClassResource
