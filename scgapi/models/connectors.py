"""Connectors: what joins a sender id with a bot on another platform."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import HIDDEN, DateFilter, IntFilter, JsonText, ListOptions, TextFilter

ConnectorType = Literal["AZURE_BOT_DIRECT_LINE"] | str


class ConnectorData(ResourceModel):
    """A connector's fields (GET `/connect/connectors/{id}`)."""

    external_id: str | None = None
    """Your own id of the connector."""
    type: ConnectorType | None = None
    """The interface that the bot speaks; one is supported, Direct Line of Microsoft's bot framework."""
    sender_id: str | None = None
    """Id of the sender id that the bot talks from."""
    credentials: Annotated[JsonText | None, HIDDEN] = None
    """What the bot's platform asks for; sent, and by the definition never answered. JSON inside a string."""


class ConnectorFields(TypedDict, total=False):
    """What a connector is created from."""

    external_id: str | None
    type: ConnectorType | None
    sender_id: str | None
    credentials: JsonText | None


class ConnectorUpdate(ConnectorFields, Versioned):
    """What an update of a connector takes."""


class ConnectorFilters(ListOptions, total=False):
    """What connectors can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    external_id: TextFilter
    type: TextFilter
    sender_id: TextFilter
    version_number: IntFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


LIST = Operation("connectors.list", "GET", "/connect/connectors", query=ConnectorFilters)
CREATE = Operation("connectors.create", "POST", "/connect/connectors", body=ConnectorFields)
GET = Operation("connectors.get", "GET", "/connect/connectors/{connector_id}")
UPDATE = Operation("connectors.update", "POST", "/connect/connectors/{connector_id}", body=ConnectorUpdate)
DELETE = Operation("connectors.delete", "DELETE", "/connect/connectors/{connector_id}")
