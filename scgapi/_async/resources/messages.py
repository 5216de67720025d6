"""Messages: one for each recipient of a request, and those that came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncDeletable, AsyncReadable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.sending import AsyncSendingResource
from scgapi._core.model.fields import AttachmentFilters
from scgapi.models import messages as spec
from scgapi.models.messages import (
    MessageCreate,
    MessageData,
    MessageFilters,
    MessageInit,
    MessageStateChange,
)

if TYPE_CHECKING:
    from scgapi._async.resources.attachments import AsyncAttachment


@operations(refresh=spec.GET, delete=spec.DELETE)
class AsyncMessage(AsyncReadable, AsyncDeletable, MessageData):
    """A message to one recipient, or one that came in: `/messaging/messages/{id}`.

    Events change it, not updates. `delete()` marks it as DELETED.
    """

    Resource: ClassVar[type[AsyncMessageResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MessageInit]) -> None: ...

    async def delete_scheduled(self) -> None:
        """Call off the message while it is SCHEDULED (DELETE `/messaging/messages/scheduled/{id}`)."""
        await AsyncMessageResource(self._scg).delete_scheduled(self.id)

    async def set_state(self, **fields: Unpack[MessageStateChange]) -> None:
        """Tell the gateway what only the application knows; see the resource's `set_state()`."""
        await AsyncMessageResource(self._scg)._set_state(self.id, fields)

    def list_attachments(self, **filters: Unpack[AttachmentFilters]) -> AsyncPager[AsyncAttachment]:
        """List the message's attachments that match all filters (GET `/messaging/messages/{id}/attachments`)."""
        return AsyncMessageResource(self._scg).list_attachments(self.id, **filters)


class AsyncMessageResource(AsyncSendingResource):
    """Messages, through one client: `client.messages`."""

    def list(self, **filters: Unpack[MessageFilters]) -> AsyncPager[AsyncMessage]:
        """List messages that match all filters, or all messages (GET `/messaging/messages`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncMessage, spec.LIST, options=filters)

    async def create(self, message: MessageData | None = None, /, **fields: Unpack[MessageCreate]) -> str:
        """Send to one recipient (POST `/messaging/messages`); `message_requests.create()` sends to many.

        The gateway runs template instructions in a body, such as `$name` and `#parse`: pass text that you did not
        write yourself through `scgapi.literal_body()`.

        Returns:
            The id of the message.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            OutcomeUnknownError: it may have been sent, and was not sent again by itself.
        """
        return await self._deliver(spec.CREATE, message, fields)

    async def get(self, message_id: str) -> AsyncMessage:
        """Get the message with this id (GET `/messaging/messages/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncMessage, spec.GET, message_id)

    async def delete(self, message_id: str) -> None:
        """Mark the message as DELETED (DELETE `/messaging/messages/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, message_id)

    async def delete_scheduled(self, message_id: str) -> None:
        """Call off a message while it is SCHEDULED (DELETE `/messaging/messages/scheduled/{id}`).

        Raises:
            NotFoundError: it does not exist, or it is not scheduled any more.
        """
        await self._send(spec.DELETE_SCHEDULED, message_id)

    async def set_state(self, message_id: str, **fields: Unpack[MessageStateChange]) -> None:
        """Tell the gateway what only the application knows (POST `/messaging/messages/{id}`).

        `state="PROCESSED"` for a received message that was dealt with; `state="CONVERTED"` for a sent one whose
        recipient acted on it, with `converted_date` and `conversion_info_source` if known. Known from older
        clients; the published definition lacks it.
        """
        await self._set_state(message_id, fields)

    def list_attachments(
        self, message_id: str, **filters: Unpack[AttachmentFilters]
    ) -> AsyncPager[AsyncAttachment]:
        """List the message's attachments that match all filters (GET `/messaging/messages/{id}/attachments`)."""
        # Most messages have no attachments, so the models of attachments load here.
        from scgapi._async.resources.attachments import AsyncAttachment

        return self._list(AsyncAttachment, spec.LIST_ATTACHMENTS, message_id, options=filters)

    async def _set_state(self, message_id: str, fields: MessageStateChange) -> None:
        await self._send(spec.SET_STATE, message_id, fields=fields)


AsyncMessage.Resource = AsyncMessageResource
