"""Message requests: one text to one or many recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.objects import AsyncDeletable, AsyncWaitable, operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncWaitableResource
from scgapi._async.resources.messages import AsyncMessage
from scgapi._async.sending import AsyncSendingResource
from scgapi._core.doubt import OnUnknown
from scgapi._core.waiting import REQUEST_FINAL_STATES
from scgapi.models import message_requests as spec
from scgapi.models.message_requests import (
    MessageRequestCreate,
    MessageRequestData,
    MessageRequestFilters,
    MessageRequestInit,
)
from scgapi.models.messages import MessageFilters


@operations(refresh=spec.GET, delete=spec.DELETE, wait=spec.GET)
class AsyncMessageRequest(AsyncWaitable, AsyncDeletable, MessageRequestData):
    """One text on its way to one or many recipients: `/messaging/message_requests/{id}`.

    It makes one message for each recipient.

    `wait()` ends when it is COMPLETED, CANCELED or REJECTED, or in a last state of its message: a request with one
    recipient may show that. A request that is PAUSED or scheduled for later does not end before it goes on. COMPLETED
    says nothing of single messages.
    """

    _final_states: ClassVar[frozenset[str]] = REQUEST_FINAL_STATES

    Resource: ClassVar[type[AsyncMessageRequestResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MessageRequestInit]) -> None: ...

    def list_messages(self, **filters: Unpack[MessageFilters]) -> AsyncPager[AsyncMessage]:
        """List the messages that the request made (GET `/messaging/message_requests/{id}/messages`)."""
        return AsyncMessageRequestResource(self._scg).list_messages(self.id, **filters)

    async def resume(self) -> None:
        """Send what waits and read the request again: PAUSED becomes TRANSMITTING (POST to its own path)."""
        await AsyncMessageRequestResource(self._scg).resume(self.id)
        await self.refresh()

    async def cancel(self) -> None:
        """Stop what was not sent yet, and read the request again (POST to its own path)."""
        await AsyncMessageRequestResource(self._scg).cancel(self.id)
        await self.refresh()

    async def delete_scheduled(self) -> None:
        """Call off the request while it is scheduled (DELETE `/messaging/message_requests/scheduled/{id}`)."""
        await AsyncMessageRequestResource(self._scg).delete_scheduled(self.id)


class AsyncMessageRequestResource(AsyncSendingResource, AsyncWaitableResource[AsyncMessageRequest]):
    """Message requests, through one client: `client.message_requests`."""

    _GET = spec.GET

    def list(self, **filters: Unpack[MessageRequestFilters]) -> AsyncPager[AsyncMessageRequest]:
        """List requests that match all filters, or all requests (GET `/messaging/message_requests`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncMessageRequest, spec.LIST, options=filters)

    async def create(
        self,
        request: MessageRequestData | None = None,
        /,
        *,
        on_unknown: OnUnknown | None = None,
        **fields: Unpack[MessageRequestCreate],
    ) -> str:
        """Send a text to one or many recipients (POST `/messaging/message_requests`).

        It carries an `external_id`, by which it can be looked up: yours, which no other send may have, or a generated
        one; `external_id=None` sends none. It does not keep a second send from going out: whether the gateway refuses
        an `external_id` that it has seen is not known.

        Args:
            request: an object to send instead of keywords, or to take the rest from. Type checkers still ask for
                `from_` and `to`: with a signature of its own for objects they could not name a wrong keyword.
            on_unknown: `"raise"` or `"verify"`, in place of the client's own (see there).
            **fields: at least `from_` (a sender id, `sender_id:ID`, `channel:ID` or an address) and `to` (a list of
                `+15551234567`, `contact:ID`, `group:ID`); `body`, `attachments` (ids) and the rest as needed.
                The gateway runs template instructions in a body, such as `$name` and `#parse`: pass text that you did
                not write yourself through `scgapi.literal_body()`.

        Returns:
            The id of the request: `get()` tells its state and counts, `list_messages()` each message.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type, or with `"verify"` a filter cannot
                express the `external_id` (it contains a comma, for instance); nothing was sent.
            BadRequestError: the gateway refused a sender, a recipient or an option.
            OutcomeUnknownError: it may have been sent, and was not sent again by itself.
        """
        return await self._deliver(
            spec.CREATE, request, fields, on_unknown or self._client.on_unknown, look_up=spec.LIST
        )

    async def get(self, request_id: str) -> AsyncMessageRequest:
        """Get the request with this id (GET `/messaging/message_requests/{id}`).

        Raises:
            NotFoundError: it does not exist; right after `create()` the gateway may say so for a moment.
        """
        return await self._get(AsyncMessageRequest, spec.GET, request_id)

    async def delete(self, request_id: str) -> None:
        """Delete the request (DELETE `/messaging/message_requests/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, request_id)

    def list_messages(self, request_id: str, **filters: Unpack[MessageFilters]) -> AsyncPager[AsyncMessage]:
        """List the messages that a request made (GET `/messaging/message_requests/{id}/messages`).

        They appear one after the other once the request is accepted.
        """
        return self._list(AsyncMessage, spec.LIST_MESSAGES, request_id, options=filters)

    async def delete_scheduled(self, request_id: str) -> None:
        """Call off a request while it is scheduled (DELETE `/messaging/message_requests/scheduled/{id}`).

        Raises:
            NotFoundError: it does not exist, or it is not scheduled any more.
        """
        await self._send(spec.DELETE_SCHEDULED, request_id)

    async def resume(self, request_id: str) -> None:
        """Send what waits: PAUSED becomes TRANSMITTING (POST `/messaging/message_requests/{id}`).

        For requests made with `pause_before_transmit`. Known from older clients; the definition lacks it.
        """
        await self._send(spec.RESUME, request_id, fields={"state": "TRANSMITTING"})

    async def cancel(self, request_id: str) -> None:
        """Stop what was not sent yet: the state becomes CANCELED (POST `/messaging/message_requests/{id}`).

        Known from older clients; the definition lacks it.
        """
        await self._send(spec.CANCEL, request_id, fields={"state": "CANCELED"})


AsyncMessageRequest.Resource = AsyncMessageRequestResource
