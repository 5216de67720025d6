"""Message requests: one text to one or many recipients."""

from __future__ import annotations

import re
from functools import partial

from scgapi.models import message_requests
from scgapi.sandbox.behaviour.addresses import Recipient
from scgapi.sandbox.behaviour.messaging import Messaging, read_page
from scgapi.sandbox.errors import GatewayError, invalid, missing, not_found
from scgapi.sandbox.handlers.messages import MESSAGES
from scgapi.sandbox.handlers.shared.address_lookup import find_recipients
from scgapi.sandbox.handlers.shared.sending import DAY_MILLISECONDS, first_state, make_draft
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, number, texts

_MAX_GROUP_RECIPIENTS = 10
_US_NUMBER = re.compile(r"(\+1|1?)[2-9][0-9]{9}")


def _list(account: Account, request: APIRequest) -> APIResponse:
    messaging = account.component(Messaging)
    return APIResponse(
        200, read_page(REQUESTS.query(account, request), messaging.all_requests, messaging.read_request)
    )


def _create(account: Account, request: APIRequest) -> APIResponse:
    body = REQUESTS.body(request)
    given = texts(body["to"])
    if not given:
        raise missing("to")
    state, pause = first_state(account, body), _pause(account, body)
    draft = make_draft(account, body)
    recipients = find_recipients(account, given)
    if body.get("group_mms"):
        _check_group(recipients)
    messaging = account.component(Messaging)
    request_id = messaging.add_request(
        {**draft.fields, **pause, "channel_id": draft.sender.channel_id, "request_start_time": account.now()}
    )
    more: Document = {"message_request_id": request_id, **pause}
    if body.get("test_message_flag"):
        more["test_message_flag"] = True
    if body.get("external_id"):
        more["external_message_request_id"] = body["external_id"]
    for recipient in recipients:
        draft.add_message(account, recipient, state, more)
    messaging.finish_request(request_id)
    return APIResponse(200, {"id": request_id})


def _get(account: Account, request: APIRequest) -> APIResponse:
    return APIResponse(200, account.component(Messaging).read_request(request.ids[0]))


def _delete(account: Account, request: APIRequest) -> APIResponse:
    account.component(Messaging).remove_request(request.ids[0])
    return APIResponse()


def _delete_scheduled(account: Account, request: APIRequest) -> APIResponse:
    messaging = account.component(Messaging)
    messaging.requests.get(request.ids[0])
    if not any(row["state"] == "SCHEDULED" for row in messaging.messages_of(request.ids[0])):
        raise not_found(f"scheduled request {request.ids[0]}")
    messaging.cancel(request.ids[0])
    return APIResponse()


def _set_state(account: Account, request: APIRequest) -> APIResponse:
    messaging = account.component(Messaging)
    messaging.requests.get(request.ids[0])
    state = REQUESTS.body(request)["state"]
    if state == "TRANSMITTING":
        messaging.resume(request.ids[0])
    elif state == "CANCELED":
        messaging.cancel(request.ids[0])
    else:
        raise invalid("state", f"{state}: only TRANSMITTING and CANCELED can be asked for")
    return APIResponse()


def _list_messages(account: Account, request: APIRequest) -> APIResponse:
    messaging = account.component(Messaging)
    messaging.requests.get(request.ids[0])
    page = read_page(
        MESSAGES.query(account, request), partial(messaging.messages_of, request.ids[0]), messaging.read
    )
    return APIResponse(200, page)


def _check_group(recipients: list[Recipient]) -> None:
    """Raise if the recipients cannot form a group.

    Raises:
        GatewayError: there are too many recipients, or one has a number outside the USA.
    """
    if len(recipients) > _MAX_GROUP_RECIPIENTS:
        raise GatewayError(
            400, "SCG_ERROR_40015", f"Cannot exceed more than {_MAX_GROUP_RECIPIENTS} recipients"
        )
    if not all(_US_NUMBER.fullmatch(recipient.address or "") for recipient in recipients):
        raise GatewayError(400, "SCG_ERROR_40011", "Group message only supported for US Phone numbers")


def _pause(account: Account, body: Document) -> Document:
    latest = account.now() + DAY_MILLISECONDS
    expiry = number(body.get("pause_expiry_time"))
    if expiry is not None and expiry > latest:
        raise invalid("pause_expiry_time", "at most 24 hours ahead")
    if not body.get("pause_before_transmit"):
        return {}
    return {"pause_before_transmit": True, "pause_expiry_time": latest if expiry is None else expiry}


# The published definition lists the counters in the create request, too.
_COUNTERS = (
    "canceled_count",
    "converted_count",
    "delivered_count",
    "read_count",
    "recipient_ count",
    "recipient_count",
    "sent_count",
)

REQUESTS = Resource(spec=message_requests, model=message_requests.MessageRequestData, ignored=_COUNTERS)

HANDLERS: OperationHandlers = {
    message_requests.LIST: _list,
    message_requests.CREATE: _create,
    message_requests.GET: _get,
    message_requests.DELETE: _delete,
    message_requests.DELETE_SCHEDULED: _delete_scheduled,
    message_requests.RESUME: _set_state,
    message_requests.LIST_MESSAGES: _list_messages,
}
