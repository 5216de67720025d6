# Generated from scgapi/_async/resources/channels.py by tools/generate.py: edit that file.
"""Channels: several sender ids to send from as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._core.ids import OneOrMore, collect_ids
from scgapi._core.loading import find_id
from scgapi._sync.objects import Replaceable, Updatable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Resource
from scgapi._sync.resources.sender_ids import SenderId
from scgapi.models import channels as spec
from scgapi.models.channels import ChannelData, ChannelFields, ChannelFilters, ChannelUpdate
from scgapi.models.sender_ids import SenderIdData, SenderIdFilters


@operations(refresh=spec.GET, update=spec.UPDATE, replace=spec.REPLACE, delete=spec.DELETE)
class Channel(Updatable, Replaceable, ChannelData):
    """Several sender ids to send from as one: `/messaging/channels/{id}`.

    `from_="channel:" + channel.id` sends from it. Deleting it does not delete its sender ids.
    """

    Resource: ClassVar[type[ChannelResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ChannelFields]) -> None: ...

    def list_sender_ids(self, **filters: Unpack[SenderIdFilters]) -> Pager[SenderId]:
        """List the channel's sender ids that match all filters (GET `/messaging/channels/{id}/sender_ids`)."""
        return ChannelResource(self._scg).list_sender_ids(self.id, **filters)

    def add_sender_id(self, sender_ids: OneOrMore[SenderIdData]) -> str | None:
        """Add one sender id or several, by id or as objects (POST `/messaging/channels/{id}/sender_ids`).

        Returns:
            The id in the gateway's response, or None if the response has none.

        Raises:
            PartialFailureError: some could not be added; its `errors` names them, the others were.
        """
        return ChannelResource(self._scg).add_sender_id(self.id, sender_ids)

    def delete_sender_id(self, sender_id: str) -> None:
        """Take a sender id out of the channel (DELETE `/messaging/channels/{id}/sender_ids/{sender_id}`)."""
        ChannelResource(self._scg).delete_sender_id(self.id, sender_id)


class ChannelResource(Resource):
    """Channels, through one client: `client.channels`."""

    def list(self, **filters: Unpack[ChannelFilters]) -> Pager[Channel]:
        """List channels that match all filters, or all channels (GET `/messaging/channels`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Channel, spec.LIST, options=filters)

    def create(self, channel: ChannelData | None = None, /, **fields: Unpack[ChannelFields]) -> str:
        """Create a channel from keywords or from an unsaved object (POST `/messaging/channels`).

        Returns:
            The id of the new channel.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, channel, fields)

    def get(self, channel_id: str) -> Channel:
        """Get the channel with this id (GET `/messaging/channels/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(Channel, spec.GET, channel_id)

    def update(self, channel_id: str, **fields: Unpack[ChannelUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/channels/{id}`).

        Raises:
            ConflictError: `version_number` is not the channel's current one.
            NotFoundError: there is no such channel.
        """
        self._send(spec.UPDATE, channel_id, fields=fields)

    def replace(self, channel_id: str, **fields: Unpack[ChannelUpdate]) -> None:
        """Replace the channel: fields that are not given are cleared (PUT `/messaging/channels/{id}`).

        Raises:
            ConflictError: `version_number` is not the channel's current one.
            NotFoundError: there is no such channel.
        """
        self._send(spec.REPLACE, channel_id, fields=fields)

    def delete(self, channel_id: str) -> None:
        """Delete the channel, not its sender ids (DELETE `/messaging/channels/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, channel_id)

    def list_sender_ids(self, channel_id: str, **filters: Unpack[SenderIdFilters]) -> Pager[SenderId]:
        """List the channel's sender ids that match all filters (GET `/messaging/channels/{id}/sender_ids`)."""
        return self._list(SenderId, spec.LIST_SENDER_IDS, channel_id, options=filters)

    def add_sender_id(self, channel_id: str, sender_ids: OneOrMore[SenderIdData]) -> str | None:
        """Add one sender id or several, by id or as objects (POST `/messaging/channels/{id}/sender_ids`).

        Returns:
            The id in the gateway's response, or None if the response has none.

        Raises:
            PartialFailureError: some could not be added; its `errors` names them, the others were.
            NotFoundError: there is no such channel.
        """
        members = collect_ids(spec.ADD_SENDER_ID, "sender_ids", sender_ids)
        return self._call(find_id, spec.ADD_SENDER_ID, [channel_id], {"sender_ids": members})

    def delete_sender_id(self, channel_id: str, sender_id: str) -> None:
        """Take a sender id out of the channel (DELETE `/messaging/channels/{id}/sender_ids/{sender_id}`).

        Raises:
            NotFoundError: there is no such channel, or the sender id is not in it.
        """
        self._send(spec.DELETE_SENDER_ID, channel_id, sender_id)


Channel.Resource = ChannelResource
