# Generated from scgapi/_async/resources/message_requests.py by tools/generate.py: edit that file.
"""Message requests: one text to one or many recipients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Self, Unpack, overload

from scgapi._core.doubt import OnUnknown
from scgapi._core.waiting import REQUEST_ENDS
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Object
from scgapi._sync.resources.messages import Message
from scgapi._sync.sending import SendingResource
from scgapi.models import message_requests as spec
from scgapi.models.message_requests import (
    MessageRequestCreate,
    MessageRequestData,
    MessageRequestFields,
    MessageRequestFilters,
)
from scgapi.models.messages import MessageFilters


class MessageRequest(Object, MessageRequestData):
    """One text on its way to one or many recipients; it makes one message for each."""

    Resource: ClassVar[type[MessageRequestResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[MessageRequestFields]) -> None: ...

    def list_messages(self, **filters: Unpack[MessageFilters]) -> Pager[Message]:
        """The messages that the request made (GET `/messaging/message_requests/{id}/messages`)."""
        return self._scg.message_requests.list_messages(self.id, **filters)

    def resume(self) -> None:
        """Send what waits and read the request again: PAUSED becomes TRANSMITTING (POST to its own path)."""
        self._scg.message_requests.resume(self.id)
        self.refresh()

    def cancel(self) -> None:
        """Stop what was not sent yet, and read the request again (POST to its own path)."""
        self._scg.message_requests.cancel(self.id)
        self.refresh()

    def refresh(self) -> None:
        """Read the request again (GET `/messaging/message_requests/{id}`)."""
        self._become(self._scg.message_requests.get(self.id))

    def delete(self) -> None:
        """Delete the request (DELETE `/messaging/message_requests/{id}`)."""
        self._scg.message_requests.delete(self.id)

    def delete_scheduled(self) -> None:
        """Call off the request while it is scheduled (DELETE `/messaging/message_requests/scheduled/{id}`)."""
        self._scg.message_requests.delete_scheduled(self.id)

    def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the request until it has ended; it holds what was read last. See the resource's `wait()`."""
        follow = self._following(on_progress)
        self._scg.message_requests.wait(self.id, timeout=timeout, interval=interval, on_progress=follow)
        return self


class MessageRequestResource(SendingResource):
    """Message requests, through one client: `client.message_requests`."""

    def list(self, **filters: Unpack[MessageRequestFilters]) -> Pager[MessageRequest]:
        """Requests that match all filters, or all requests (GET `/messaging/message_requests`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(MessageRequest, spec.LIST, options=filters)

    @overload
    def create(self, request: MessageRequestData, /, *, on_unknown: OnUnknown | None = None) -> str: ...
    @overload
    def create(
        self, /, *, on_unknown: OnUnknown | None = None, **fields: Unpack[MessageRequestCreate]
    ) -> str: ...
    def create(
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
        return self._deliver(
            spec.CREATE, request, fields, on_unknown or self._client.on_unknown, look_up=spec.LIST
        )

    def get(self, request_id: str) -> MessageRequest:
        """The request with this id (GET `/messaging/message_requests/{id}`).

        Raises:
            NotFoundError: there is none; right after `create()` the gateway may say so for a moment.
        """
        return self._get(MessageRequest, spec.GET, request_id)

    def delete(self, request_id: str) -> None:
        """Delete the request (DELETE `/messaging/message_requests/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, request_id)

    def list_messages(self, request_id: str, **filters: Unpack[MessageFilters]) -> Pager[Message]:
        """The messages that a request made (GET `/messaging/message_requests/{id}/messages`).

        They appear one after the other once the request is accepted.
        """
        return self._list(Message, spec.LIST_MESSAGES, request_id, options=filters)

    def delete_scheduled(self, request_id: str) -> None:
        """Call off a request while it is scheduled (DELETE `/messaging/message_requests/scheduled/{id}`).

        Raises:
            NotFoundError: there is none, or it is not scheduled any more.
        """
        self._send(spec.DELETE_SCHEDULED, request_id)

    def resume(self, request_id: str) -> None:
        """Send what waits: PAUSED becomes TRANSMITTING (POST `/messaging/message_requests/{id}`).

        For requests made with `pause_before_transmit`. Known from older clients; the definition lacks it.
        """
        self._send(spec.RESUME, request_id, fields={"state": "TRANSMITTING"})

    def cancel(self, request_id: str) -> None:
        """Stop what was not sent yet: the state becomes CANCELED (POST `/messaging/message_requests/{id}`).

        Known from older clients; the definition lacks it.
        """
        self._send(spec.CANCEL, request_id, fields={"state": "CANCELED"})

    def wait(
        self,
        request_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[MessageRequest], None] | None = None,
    ) -> MessageRequest:
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
        return self._wait(
            MessageRequest,
            spec.GET,
            request_id,
            ends=REQUEST_ENDS,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )


MessageRequest.Resource = MessageRequestResource
