# Generated from scgapi/_async/resources/auto_alias.py by tools/generate.py: edit that file.
"""Auto alias: messages sent from an address that the gateway picks and remembers by an alias."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._core.loading import load
from scgapi._sync.client import Client
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Object, Resource
from scgapi.models import auto_alias as spec
from scgapi.models._base import ResourceModel
from scgapi.models.auto_alias import (
    AutoAliasHistoryData,
    AutoAliasHistoryFilters,
    AutoAliasMessageRequestFields,
)


class AutoAliasHistory(Object, AutoAliasHistoryData):
    """Which sender id an alias was given."""

    Resource: ClassVar[type[AutoAliasHistoryResource]]

    def refresh(self) -> None:
        """Read the entry again (GET `/assistant/auto_alias/history/{id}`)."""
        self._become(self._scg.auto_alias.history.get(self.id))

    def delete(self) -> None:
        """Delete the entry (DELETE `/assistant/auto_alias/history/{id}`)."""
        self._scg.auto_alias.history.delete(self.id)


class AutoAliasHistoryResource(Resource):
    """The aliases in use, through one client: `client.auto_alias.history`."""

    def list(self, **filters: Unpack[AutoAliasHistoryFilters]) -> Pager[AutoAliasHistory]:
        """All entries (GET `/assistant/auto_alias/history`); no filter is documented.

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a keyword is unknown or of a wrong type.
        """
        return self._list(AutoAliasHistory, spec.LIST, options=filters)

    def get(self, history_id: str) -> AutoAliasHistory:
        """The entry with this id (GET `/assistant/auto_alias/history/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(AutoAliasHistory, spec.GET, history_id)

    def delete(self, history_id: str) -> None:
        """Delete the entry (DELETE `/assistant/auto_alias/history/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, history_id)


class AutoAliasMessageRequestResource(Resource):
    """Sending under an alias, through one client: `client.auto_alias.message_requests`."""

    def create(self, **fields: Unpack[AutoAliasMessageRequestFields]) -> str | None:
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
        response = self._send(spec.CREATE_MESSAGE_REQUEST, fields=fields)
        if not response.content:
            return None
        return load(ResourceModel, spec.CREATE_MESSAGE_REQUEST, response).id or None


class AutoAlias:
    """Messages sent under an alias, through one client: `client.auto_alias`."""

    history: AutoAliasHistoryResource
    """Which sender id each alias was given."""
    message_requests: AutoAliasMessageRequestResource
    """What is sent under an alias."""

    def __init__(self, client: Client) -> None:
        self.history = AutoAliasHistoryResource(client)
        self.message_requests = AutoAliasMessageRequestResource(client)


AutoAliasHistory.Resource = AutoAliasHistoryResource
