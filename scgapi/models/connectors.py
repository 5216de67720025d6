"""Connectors: what joins a sender id with a bot on another platform."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import (
    SENSITIVE,
    ChoiceFilter,
    DateFilter,
    IntFilter,
    JsonText,
    ListOptions,
    TextFilter,
)
from scgapi._core.operation import Operation
from scgapi.models._addresses import IdOfSenderId, SenderIdRef

ConnectorType = Literal["AZURE_BOT_DIRECT_LINE"] | str


class ConnectorData(ResourceModel):
    """A connector's fields (GET `/connect/connectors/{id}`)."""

    external_id: str | None = None
    """Your own id of the connector."""
    type: ConnectorType | None = None
    """The interface that the bot speaks; one is supported, Direct Line of Microsoft's bot framework."""
    sender_id: IdOfSenderId | None = None
    """Id of the sender id that the bot talks from."""
    credentials: Annotated[JsonText | None, SENSITIVE] = None
    """Credentials for the bot's platform. Write-only by the definition. JSON inside a string."""


class _ConnectorFields(TypedDict, total=False):
    """Keys that ConnectorFields shares with ConnectorUpdate."""

    external_id: str | None
    """Your own id of the connector."""
    type: ConnectorType | None
    """Interface that the bot speaks; one is supported, `AZURE_BOT_DIRECT_LINE`."""
    sender_id: SenderIdRef | None
    """Id of the sender id that the bot talks from."""
    credentials: JsonText | None
    """JSON that the bot's platform asks for. The gateway does not return it; hidden in reprs."""


class ConnectorFields(_ConnectorFields, closed=True):
    """Fields of a connector to create."""


class ConnectorUpdate(_ConnectorFields, Versioned, closed=True):
    """Fields of a connector that an update can change."""


class ConnectorFilters(ListOptions, total=False, closed=True):
    """Filters for connectors; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    external_id: TextFilter
    """Your own id, or several."""
    type: ChoiceFilter[ConnectorType]
    """Interface that the bot speaks."""
    sender_id: TextFilter
    """Id of the sender id, or several."""
    version_number: IntFilter
    """Version, or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


LIST = Operation("connectors.list", "GET", "/connect/connectors", query=ConnectorFilters)
CREATE = Operation("connectors.create", "POST", "/connect/connectors", body=ConnectorFields)
GET = Operation("connectors.get", "GET", "/connect/connectors/{connector_id}")
UPDATE = Operation("connectors.update", "POST", "/connect/connectors/{connector_id}", body=ConnectorUpdate)
DELETE = Operation("connectors.delete", "DELETE", "/connect/connectors/{connector_id}")
