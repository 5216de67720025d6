# Generated from scgapi/_async/resources/connectors.py by tools/generate.py: edit that file.
"""Connectors: what joins a sender id with a bot on another platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, Resource
from scgapi.models import connectors as spec
from scgapi.models.connectors import ConnectorData, ConnectorFields, ConnectorFilters, ConnectorUpdate


class Connector(Editable, ConnectorData):
    """What joins a sender id with a bot on another platform."""

    Resource: ClassVar[type[ConnectorResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConnectorFields]) -> None: ...

    def update(self) -> None:
        """Save what changed since the connector was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/connect/connectors/{id}`).

        Raises:
            ConflictError: somebody else changed the connector meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the connector is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read the connector again; unsaved changes are lost (GET `/connect/connectors/{id}`)."""
        self._become(self._scg.connectors.get(self.id))

    def delete(self) -> None:
        """Delete the connector (DELETE `/connect/connectors/{id}`)."""
        self._scg.connectors.delete(self.id)


class ConnectorResource(Resource):
    """Connectors, through one client: `client.connectors`."""

    def list(self, **filters: Unpack[ConnectorFilters]) -> Pager[Connector]:
        """Connectors that match all filters, or all connectors (GET `/connect/connectors`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Connector, spec.LIST, options=filters)

    @overload
    def create(self, connector: ConnectorData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[ConnectorFields]) -> str: ...
    def create(self, connector: ConnectorData | None = None, /, **fields: object) -> str:
        """Create a connector from keywords or from an unsaved object (POST `/connect/connectors`).

        `credentials` are given as the object they hold, or as its JSON.

        Returns:
            The id of the new connector.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, connector, fields)

    def get(self, connector_id: str) -> Connector:
        """The connector with this id, without its credentials (GET `/connect/connectors/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(Connector, spec.GET, connector_id)

    def update(self, connector_id: str, **fields: Unpack[ConnectorUpdate]) -> None:
        """Change the given fields, and no others (POST `/connect/connectors/{id}`).

        Raises:
            ConflictError: `version_number` is not the connector's current one.
            NotFoundError: there is no such connector.
        """
        self._send(spec.UPDATE, connector_id, fields=fields)

    def delete(self, connector_id: str) -> None:
        """Delete the connector (DELETE `/connect/connectors/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, connector_id)


Connector.Resource = ConnectorResource
