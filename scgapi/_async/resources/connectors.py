"""Connectors: what joins a sender id with a bot on another platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncResource
from scgapi.models import connectors as spec
from scgapi.models.connectors import ConnectorData, ConnectorFields, ConnectorFilters, ConnectorUpdate


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE)
class AsyncConnector(AsyncUpdatable, ConnectorData):
    """A connection of a sender id with a bot on another platform: `/connect/connectors/{id}`."""

    Resource: ClassVar[type[AsyncConnectorResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConnectorFields]) -> None: ...


class AsyncConnectorResource(AsyncResource):
    """Connectors, through one client: `client.connectors`."""

    def list(self, **filters: Unpack[ConnectorFilters]) -> AsyncPager[AsyncConnector]:
        """List connectors that match all filters, or all connectors (GET `/connect/connectors`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncConnector, spec.LIST, options=filters)

    async def create(
        self, connector: ConnectorData | None = None, /, **fields: Unpack[ConnectorFields]
    ) -> str:
        """Create a connector from keywords or from an unsaved object (POST `/connect/connectors`).

        `credentials` are given as the object they hold, or as its JSON.

        Returns:
            The id of the new connector.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, connector, fields)

    async def get(self, connector_id: str) -> AsyncConnector:
        """Get the connector with this id, without its credentials (GET `/connect/connectors/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncConnector, spec.GET, connector_id)

    async def update(self, connector_id: str, **fields: Unpack[ConnectorUpdate]) -> None:
        """Change the given fields, and no others (POST `/connect/connectors/{id}`).

        Raises:
            ConflictError: `version_number` is not the connector's current one.
            NotFoundError: there is no such connector.
        """
        await self._send(spec.UPDATE, connector_id, fields=fields)

    async def delete(self, connector_id: str) -> None:
        """Delete the connector (DELETE `/connect/connectors/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, connector_id)


AsyncConnector.Resource = AsyncConnectorResource
