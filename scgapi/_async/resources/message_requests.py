"""Message requests: one text to one or many recipients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from typing_extensions import Self

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncObject
from scgapi._async.resources.messages import AsyncMessage
from scgapi._async.sending import AsyncSendingResource
from scgapi._core.doubt import OnUnknown
from scgapi._core.waiting import REQUEST_ENDS
from scgapi.models import message_requests as spec
from scgapi.models.message_requests import (
    MessageRequestCreate,
    MessageRequestData,
    MessageRequestFields,
    MessageRequestFilters,
)
from scgapi.models.messages import MessageFilters


class AsyncMessageRequest(AsyncObject, MessageRequestData):
    """One text on its way to one or many recipients; it makes one message for each."""

    Resource: ClassVar[type[AsyncMessageRequestResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MessageRequestFields]) -> None: ...

    def list_messages(self, **filters: Unpack[MessageFilters]) -> AsyncPager[AsyncMessage]:
        """The messages that the request made (GET `/messaging/message_requests/{id}/messages`)."""
        return self._scg.message_requests.list_messages(self.id, **filters)

    async def resume(self) -> None:
        """Send what waits and read the request again: PAUSED becomes TRANSMITTING (POST to its own path)."""
        await self._scg.message_requests.resume(self.id)
        await self.refresh()

    async def cancel(self) -> None:
        """Stop what was not sent yet, and read the request again (POST to its own path)."""
        await self._scg.message_requests.cancel(self.id)
        await self.refresh()

    async def refresh(self) -> None:
        """Read the request again (GET `/messaging/message_requests/{id}`)."""
        self._become(await self._scg.message_requests.get(self.id))

    async def delete(self) -> None:
        """Delete the request (DELETE `/messaging/message_requests/{id}`)."""
        await self._scg.message_requests.delete(self.id)

    async def delete_scheduled(self) -> None:
        """Call off the request while it is scheduled (DELETE `/messaging/message_requests/scheduled/{id}`)."""
        await self._scg.message_requests.delete_scheduled(self.id)

    async def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the request until it has ended; it holds what was read last. See the resource's `wait()`."""
        follow = self._following(on_progress)
        await self._scg.message_requests.wait(self.id, timeout=timeout, interval=interval, on_progress=follow)
        return self


class AsyncMessageRequestResource(AsyncSendingResource):
    """Message requests, through one client: `client.message_requests`."""

    def list(self, **filters: Unpack[MessageRequestFilters]) -> AsyncPager[AsyncMessageRequest]:
        """Requests that match all filters, or all requests (GET `/messaging/message_requests`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncMessageRequest, spec.LIST, options=filters)

    @overload
    async def create(self, request: MessageRequestData, /, *, on_unknown: OnUnknown | None = None) -> str: ...
    @overload
    async def create(
        self, /, *, on_unknown: OnUnknown | None = None, **fields: Unpack[MessageRequestCreate]
    ) -> str: ...
    async def create(
        self,
        request: MessageRequestData | None = None,
        /,
        *,
        on_unknown: OnUnknown | None = None,
        **fields: object,
    ) -> str:
        """Send a text to one or many recipients (POST `/messaging/message_requests`).

        It carries an `external_id`, by which it can be looked up: yours, which no other send may have, or a generated
        one; `external_id=None` sends none.

        Args:
            request: an unsaved object, instead of keywords.
            on_unknown: `"raise"` or `"verify"`, in place of the client's own (see there).
            **fields: at least `from_` (a sender id, `sender_id:ID`, `channel:ID` or an address) and `to` (a list of
                `+15551234567`, `contact:ID`, `group:ID`); `body`, `attachments` (ids) and the rest as needed.

        Returns:
            The id of the request: `get()` tells its state and counts, `list_messages()` each message.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            BadRequestError: the gateway refused a sender, a recipient or an option.
            OutcomeUnknownError: it may have been sent, and was not sent again by itself.
        """
        return await self._deliver(
            spec.CREATE, request, fields, on_unknown or self._client.on_unknown, look_up=spec.LIST
        )

    async def get(self, request_id: str) -> AsyncMessageRequest:
        """The request with this id (GET `/messaging/message_requests/{id}`).

        Raises:
            NotFoundError: there is none; right after `create()` the gateway may say so for a moment.
        """
        return await self._get(AsyncMessageRequest, spec.GET, request_id)

    async def delete(self, request_id: str) -> None:
        """Delete the request (DELETE `/messaging/message_requests/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, request_id)

    def list_messages(self, request_id: str, **filters: Unpack[MessageFilters]) -> AsyncPager[AsyncMessage]:
        """The messages that a request made (GET `/messaging/message_requests/{id}/messages`).

        They appear one after the other once the request is accepted.
        """
        return self._list(AsyncMessage, spec.LIST_MESSAGES, request_id, options=filters)

    async def delete_scheduled(self, request_id: str) -> None:
        """Call off a request while it is scheduled (DELETE `/messaging/message_requests/scheduled/{id}`).

        Raises:
            NotFoundError: there is none, or it is not scheduled any more.
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

    async def wait(
        self,
        request_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[AsyncMessageRequest], None] | None = None,
    ) -> AsyncMessageRequest:
        """Read a request until it has ended (GET `/messaging/message_requests/{id}`).

        That is COMPLETED, CANCELED or REJECTED, or a last state of its message: a request with one recipient may
        show that. A request that is PAUSED or scheduled for later does not end before it goes on.

        Args:
            request_id: the request.
            timeout: seconds to wait at most, beside what the last read and its own retries take; 0 reads once.
            interval: seconds before the second read; each pause is half as long again as the last, up to 10 s.
            on_progress: called with the request after each read.

        Returns:
            The request as it was read last, with its counts. COMPLETED says nothing of single messages.

        Raises:
            WaitTimeoutError: it has not ended in time; `state` is the last one seen.
            NotFoundError: there is none; in the first 10 s this may pass and is not raised.
        """
        return await self._wait(
            AsyncMessageRequest,
            spec.GET,
            request_id,
            ends=REQUEST_ENDS,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )


AsyncMessageRequest.Resource = AsyncMessageRequestResource
