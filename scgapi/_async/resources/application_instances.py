"""Instances of communication applications: a script at work on a sender id."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncResource
from scgapi._async.resources.application_sessions import AsyncApplicationSessionResource
from scgapi.models import application_instances as spec
from scgapi.models.application_instances import (
    ApplicationInstanceData,
    ApplicationInstanceFields,
    ApplicationInstanceFilters,
)


class AsyncApplicationInstance(AsyncEditable, ApplicationInstanceData):
    """A script at work on a sender id; it talks in sessions."""

    Resource: ClassVar[type[AsyncApplicationInstanceResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ApplicationInstanceFields]) -> None: ...

    def sessions(self) -> AsyncApplicationSessionResource:
        """The instance's conversations."""
        return self._scg.application_instances.sessions(self.id)

    async def replace(self) -> None:
        """Save the instance as a whole: fields that are not set here are cleared there.

        PUT `/assistant/communication_applications/instances/{id}`. It takes no version: the last one to write
        wins. The definition forgot its body; what is sent is what a creation takes.

        Raises:
            NotFoundError: the instance is gone.
        """
        await self._replace(spec.REPLACE)

    async def refresh(self) -> None:
        """Read the instance again; unsaved changes are lost.

        GET `/assistant/communication_applications/instances/{id}`.
        """
        self._become(await self._scg.application_instances.get(self.id))

    async def delete(self) -> None:
        """Delete the instance (DELETE `/assistant/communication_applications/instances/{id}`)."""
        await self._scg.application_instances.delete(self.id)


class AsyncApplicationInstanceResource(AsyncResource):
    """Instances of communication applications, through one client: `client.application_instances`."""

    def sessions(self, instance_id: str) -> AsyncApplicationSessionResource:
        """The conversations of one instance."""
        return AsyncApplicationSessionResource(self._client, instance_id)

    def list(self, **filters: Unpack[ApplicationInstanceFilters]) -> AsyncPager[AsyncApplicationInstance]:
        """Instances that match all filters, or all (GET `/assistant/communication_applications/instances`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncApplicationInstance, spec.LIST, options=filters)

    @overload
    async def create(self, instance: ApplicationInstanceData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ApplicationInstanceFields]) -> str: ...
    async def create(self, instance: ApplicationInstanceData | None = None, /, **fields: object) -> str:
        """Put a script to work on a sender id (POST `/assistant/communication_applications/instances`).

        Returns:
            The id of the new instance.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, instance, fields)

    async def get(self, instance_id: str) -> AsyncApplicationInstance:
        """The instance with this id (GET `/assistant/communication_applications/instances/{id}`).

        Raises:
            NotFoundError: there is none.
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
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, instance_id)


AsyncApplicationInstance.Resource = AsyncApplicationInstanceResource
