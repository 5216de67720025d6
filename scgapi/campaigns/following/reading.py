"""Read receipts and messages as states of a campaign's texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scgapi.campaigns.journal.deliveries import Delivery, DeliveryState

if TYPE_CHECKING:
    from scgapi.events.models import MessageStateChanged
    from scgapi.models.message_requests import MessageRequestData
    from scgapi.models.messages import MessageData

_STATES: dict[str, DeliveryState] = {
    "SENT": "SENT",
    "TEST": "SENT",
    "DELIVERED": "DELIVERED",
    "READ": "DELIVERED",
    "CONVERTED": "DELIVERED",
    "CLICKTHRU": "DELIVERED",
    "CLICKTHROUGH": "DELIVERED",
    "MEDIA_REQUESTED": "DELIVERED",
    "FAILED": "FAILED",
    "EXPIRED": "FAILED",
    "DELETED": "FAILED",
}
"""States of a campaign's texts by the gateway's states of messages; others say nothing yet."""

_REFUSED = ("REJECTED", "CANCELED", "CANCELLED", "FAILED", "EXPIRED", "DELETED")
"""States of a request that will never have messages."""

_MAX_ERROR_CHARACTERS = 200


def read_receipt(event: MessageStateChanged) -> Delivery | None:
    """Return what a receipt says of a text; None if it says nothing yet."""
    state = _STATES.get(str(event.new_state))
    if state is None:
        return None
    return Delivery(
        state,
        event.to_address or "",
        event.message_request_id or "",
        event.external_message_request_id or event.external_id or "",
        _code(event.reason_code, str(event.new_state)),
        (event.reason_description or "")[:_MAX_ERROR_CHARACTERS],
    )


def read_message(message: MessageData, request_id: str) -> Delivery | None:
    """Return what a message of a request says of a text; None if it says nothing yet."""
    state = _STATES.get(str(message.state))
    if state is None:
        return None
    address = message.to_address or (message.to if isinstance(message.to, str) else "")
    return Delivery(
        state,
        address,
        request_id,
        code=_code(message.failure_code, str(message.state)),
        error=(message.failure_details or "")[:_MAX_ERROR_CHARACTERS],
    )


def read_request(request: MessageRequestData, request_id: str, addresses: list[str]) -> list[Delivery]:
    """Return what a request without messages says of its texts: they fail if it was refused."""
    if str(request.state) not in _REFUSED:
        return []
    error = (request.failure_details or f"the request is {request.state}")[:_MAX_ERROR_CHARACTERS]
    return [
        Delivery("FAILED", address, request_id, code=str(request.state), error=error) for address in addresses
    ]


def _code(code: str | int | None, state: str) -> str:
    # 200 is success; a text that expired or was deleted has no code of its own.
    return state if code is None or str(code) in ("", "200") else str(code)
