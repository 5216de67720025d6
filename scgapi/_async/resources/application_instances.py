"""Instances of communication applications: a script at work on a sender id."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncReplaceable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi._async.resources.application_sessions import AsyncApplicationSessionResource
from scgapi.models import application_instances as spec
from scgapi.models.application_instances import (
    ApplicationInstanceData,
    ApplicationInstanceFields,
    ApplicationInstanceFilters,
)


@operations(refresh=spec.GET, replace=spec.REPLACE, delete=spec.DELETE)
class AsyncApplicationInstance(AsyncReplaceable, ApplicationInstanceData):
    """A script at work on a sender id.

    Its path is `/assistant/communication_applications/instances/{id}`. The instance talks in sessions.

    `replace()` is the only way to change it. It takes no version: the last one to write wins. The definition forgot its
    body; what is sent is what a creation takes.
    """

    Resource: ClassVar[type[AsyncApplicationInstanceResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationInstanceFields]) -> None: ...

    def sessions(self) -> AsyncApplicationSessionResource:
        """Return the resource of this instance's conversations."""
        return AsyncApplicationInstanceResource(self._scg).sessions(self.id)


class AsyncApplicationInstanceResource(AsyncResource):
    """Instances of communication applications, through one client: `client.application_instances`."""

    def sessions(self, instance_id: str) -> AsyncApplicationSessionResource:
        """Return the resource of one instance's conversations."""
        return AsyncApplicationSessionResource(self._client, instance_id)

    def list(self, **filters: Unpack[ApplicationInstanceFilters]) -> AsyncPager[AsyncApplicationInstance]:
        """List instances that match all filters, or all (GET `/assistant/communication_applications/instances`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncApplicationInstance, spec.LIST, options=filters)

    async def create(
        self, instance: ApplicationInstanceData | None = None, /, **fields: Unpack[ApplicationInstanceFields]
    ) -> str:
        """Put a script to work on a sender id (POST `/assistant/communication_applications/instances`).

        Returns:
            The id of the new instance.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, instance, fields)

    async def get(self, instance_id: str) -> AsyncApplicationInstance:
        """Get the instance with this id (GET `/assistant/communication_applications/instances/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncApplicationInstance, spec.GET, instance_id)

    async def replace(self, instance_id: str, **fields: Unpack[ApplicationInstanceFields]) -> None:
        """Replace the instance: fields that are not given are cleared.

        PUT `/assistant/communication_applications/instances/{id}`; the only way to change one. The definition
        forgot its body; what is sent is what a creation takes.

        Raises:
            NotFoundError: there is no such instance.
        """
        await self._send(spec.REPLACE, instance_id, fields=fields)

    async def delete(self, instance_id: str) -> None:
        """Delete the instance (DELETE `/assistant/communication_applications/instances/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, instance_id)


AsyncApplicationInstance.Resource = AsyncApplicationInstanceResource
