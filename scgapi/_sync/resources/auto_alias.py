# Generated from scgapi/_async/resources/auto_alias.py by tools/generate.py: edit that file.
"""Auto alias: messages sent from an address that the gateway picks and remembers by an alias."""

from __future__ import annotations

from typing import ClassVar, Unpack

from scgapi._core.loading import load
from scgapi._core.model.base import ResourceModel
from scgapi._core.text import is_id
from scgapi._sync.base_client import BaseClient
from scgapi._sync.objects import Deletable, Readable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi.models import auto_alias as spec
from scgapi.models.auto_alias import (
    AutoAliasHistoryData,
    AutoAliasHistoryFilters,
    AutoAliasMessageRequestFields,
)


@operations(refresh=spec.GET, delete=spec.DELETE)
class AutoAliasHistory(Readable, Deletable, AutoAliasHistoryData):
    """The sender id that an alias was given: `/assistant/auto_alias/history/{id}`."""

    Resource: ClassVar[type[AutoAliasHistoryResource]]


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
        """Get the entry with this id (GET `/assistant/auto_alias/history/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(AutoAliasHistory, spec.GET, history_id)

    def delete(self, history_id: str) -> None:
        """Delete the entry (DELETE `/assistant/auto_alias/history/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, history_id)


class AutoAliasMessageRequestResource(Resource):
    """Sending under an alias, through one client: `client.auto_alias.message_requests`."""

    def create(self, **fields: Unpack[AutoAliasMessageRequestFields]) -> str | None:
        """Send a text from an address that the gateway picks (POST `/assistant/auto_alias/message_requests`).

        Args:
            **fields: `to` (a list of recipients) and `body` or `attachments`; `from_` is the channel, sender id or
                alias; `external_id` is your own id, by which `message_requests.list()` finds what was made.
                The gateway runs template instructions in a body: pass text that you did not write yourself through
                `scgapi.literal_body()`.

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
        found: object = load(ResourceModel, spec.CREATE_MESSAGE_REQUEST, response).id
        return found if is_id(found) else None


class AutoAlias:
    """Messages sent under an alias, through one client: `client.auto_alias`."""

    history: AutoAliasHistoryResource
    """The sender id that each alias was given."""
    message_requests: AutoAliasMessageRequestResource
    """Sends under an alias."""

    def __init__(self, client: BaseClient) -> None:
        self.history = AutoAliasHistoryResource(client)
        self.message_requests = AutoAliasMessageRequestResource(client)


AutoAliasHistory.Resource = AutoAliasHistoryResource
