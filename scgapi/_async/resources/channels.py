"""Channels: several sender ids to send from as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncEditable, AsyncResource
from scgapi._async.resources.sender_ids import AsyncSenderId
from scgapi._core.ids import OneOrMore, ids_of
from scgapi.models import channels as spec
from scgapi.models.channels import ChannelData, ChannelFields, ChannelFilters, ChannelUpdate
from scgapi.models.sender_ids import SenderIdData, SenderIdFilters


class AsyncChannel(AsyncEditable, ChannelData):
    """Several sender ids to send from as one; `from_="channel:" + channel.id` sends from it."""

    Resource: ClassVar[type[AsyncChannelResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ChannelFields]) -> None: ...

    async def update(self) -> None:
        """Save what changed since the channel was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/messaging/channels/{id}`).

        Raises:
            ConflictError: somebody else changed the channel meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the channel is gone.
        """
        await self._update(spec.UPDATE)

    async def replace(self) -> None:
        """Save the channel as a whole: fields not set here are cleared there (PUT `/messaging/channels/{id}`).

        Raises:
            ConflictError: somebody else changed the channel meanwhile.
        """
        await self._replace(spec.REPLACE)

    async def refresh(self) -> None:
        """Read the channel again; unsaved changes are lost (GET `/messaging/channels/{id}`)."""
        self._become(await self._scg.channels.get(self.id))

    async def delete(self) -> None:
        """Delete the channel, not its sender ids (DELETE `/messaging/channels/{id}`)."""
        await self._scg.channels.delete(self.id)

    def list_sender_ids(self, **filters: Unpack[SenderIdFilters]) -> AsyncPager[AsyncSenderId]:
        """The channel's sender ids that match all filters (GET `/messaging/channels/{id}/sender_ids`)."""
        return self._scg.channels.list_sender_ids(self.id, **filters)

    async def add_sender_id(self, sender_ids: OneOrMore[SenderIdData]) -> None:
        """Add one sender id or several, by id or as objects (POST `/messaging/channels/{id}/sender_ids`).

        Raises:
            PartialFailureError: some could not be added; its `errors` names them, the others were.
        """
        await self._scg.channels.add_sender_id(self.id, sender_ids)

    async def delete_sender_id(self, sender_id: str) -> None:
        """Take a sender id out of the channel (DELETE `/messaging/channels/{id}/sender_ids/{sender_id}`)."""
        await self._scg.channels.delete_sender_id(self.id, sender_id)


class AsyncChannelResource(AsyncResource):
    """Channels, through one client: `client.channels`."""

    def list(self, **filters: Unpack[ChannelFilters]) -> AsyncPager[AsyncChannel]:
        """Channels that match all filters, or all channels (GET `/messaging/channels`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncChannel, spec.LIST, options=filters)

    @overload
    async def create(self, channel: ChannelData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ChannelFields]) -> str: ...
    async def create(self, channel: ChannelData | None = None, /, **fields: object) -> str:
        """Create a channel from keywords or from an unsaved object (POST `/messaging/channels`).

        Returns:
            The id of the new channel.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, channel, fields)

    async def get(self, channel_id: str) -> AsyncChannel:
        """The channel with this id (GET `/messaging/channels/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncChannel, spec.GET, channel_id)

    async def update(self, channel_id: str, **fields: Unpack[ChannelUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/channels/{id}`).

        Raises:
            ConflictError: `version_number` is not the channel's current one.
            NotFoundError: there is no such channel.
        """
        await self._send(spec.UPDATE, channel_id, fields=fields)

    async def replace(self, channel_id: str, **fields: Unpack[ChannelUpdate]) -> None:
        """Replace the channel: fields that are not given are cleared (PUT `/messaging/channels/{id}`).

        Raises:
            ConflictError: `version_number` is not the channel's current one.
            NotFoundError: there is no such channel.
        """
        await self._send(spec.REPLACE, channel_id, fields=fields)

    async def delete(self, channel_id: str) -> None:
        """Delete the channel, not its sender ids (DELETE `/messaging/channels/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, channel_id)

    def list_sender_ids(
        self, channel_id: str, **filters: Unpack[SenderIdFilters]
    ) -> AsyncPager[AsyncSenderId]:
        """The channel's sender ids that match all filters (GET `/messaging/channels/{id}/sender_ids`)."""
        return self._list(AsyncSenderId, spec.LIST_SENDER_IDS, channel_id, options=filters)

    async def add_sender_id(self, channel_id: str, sender_ids: OneOrMore[SenderIdData]) -> None:
        """Add one sender id or several, by id or as objects (POST `/messaging/channels/{id}/sender_ids`).

        Raises:
            PartialFailureError: some could not be added; its `errors` names them, the others were.
            NotFoundError: there is no such channel.
        """
        members = ids_of(spec.ADD_SENDER_ID, "sender_ids", sender_ids)
        await self._send(spec.ADD_SENDER_ID, channel_id, fields={"sender_ids": members})

    async def delete_sender_id(self, channel_id: str, sender_id: str) -> None:
        """Take a sender id out of the channel (DELETE `/messaging/channels/{id}/sender_ids/{sender_id}`).

        Raises:
            NotFoundError: there is no such channel, or the sender id is not in it.
        """
        await self._send(spec.DELETE_SENDER_ID, channel_id, sender_id)


AsyncChannel.Resource = AsyncChannelResource
