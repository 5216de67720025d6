"""Messages: those of requests, single ones, and incoming ones."""

from __future__ import annotations

from collections.abc import Sequence

from scgapi.models import messages
from scgapi.sandbox.behaviour.addresses import address_key
from scgapi.sandbox.behaviour.messaging import Messaging, read_page
from scgapi.sandbox.errors import GatewayError, invalid, missing, not_found
from scgapi.sandbox.handlers.attachments import ATTACHMENTS
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.handlers.shared.address_lookup import find_contact, find_recipients
from scgapi.sandbox.handlers.shared.keyword_actions import run_keywords
from scgapi.sandbox.handlers.shared.sending import first_state, make_draft
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, number, texts

# The requested state: the direction of the message, and the states that it may follow.
_ALLOWED_CHANGES = {
    "PROCESSED": ("MO", ("RECEIVED", "PROCESSED")),
    "CONVERTED": ("MT", ("SENT", "DELIVERED", "READ", "CLICKTHRU", "CONVERTED")),
}


def receive(account: Account, *, to: str, from_: str, body: str, attachments: Sequence[str] = ()) -> str:
    """Receive a message from a handset, and run its keywords; return its id."""
    rows = SENDER_IDS.rows(account).rows()
    sender = next(
        (row for row in rows if row.get("address") and address_key(row["address"]) == address_key(to)), None
    )
    found: Document = {
        "direction": "MO",
        "state": "RECEIVED",
        "type": "MMS" if attachments else "SMS",
        "from_address": from_,
        "to_address": to,
        "body": body,
        "attachments": list(attachments),
        "customer_sender_id": sender and sender["id"],
        "contact_id": find_contact(account, from_),
    }
    messaging = account.component(Messaging)
    message_id = messaging.add_message({name: value for name, value in found.items() if value is not None})
    if sender is not None:
        run_keywords(account, sender, messaging.messages.get(message_id))
    return message_id


def _list(account: Account, request: APIRequest) -> APIResponse:
    messaging = account.component(Messaging)
    return APIResponse(
        200, read_page(MESSAGES.query(account, request), messaging.all_messages, messaging.read)
    )


def _create(account: Account, request: APIRequest) -> APIResponse:
    body = MESSAGES.body(request)
    to = str(body["to"])
    if not to:
        raise missing("to")
    if to.startswith("group:"):
        raise GatewayError(
            400, "SCG_ERROR_40024", f"Invalid Recipient: {to}; a single message has one recipient"
        )
    draft = make_draft(account, body)
    (recipient,) = find_recipients(account, [to])
    more: Document = {"standalone": True}
    if body.get("external_id"):
        more["external_id"] = body["external_id"]
    return APIResponse(200, {"id": draft.add_message(account, recipient, first_state(account, body), more)})


def _get(account: Account, request: APIRequest) -> APIResponse:
    return APIResponse(200, account.component(Messaging).read(request.ids[0]))


def _delete(account: Account, request: APIRequest) -> APIResponse:
    # The gateway keeps deleted messages, in the state DELETED.
    account.component(Messaging).change_message(request.ids[0], {"state": "DELETED"})
    return APIResponse()


def _delete_scheduled(account: Account, request: APIRequest) -> APIResponse:
    messaging = account.component(Messaging)
    messaging.all_messages()
    if messaging.messages.get(request.ids[0])["state"] != "SCHEDULED":
        raise not_found(f"scheduled message {request.ids[0]}")
    return _delete(account, request)


def _set_state(account: Account, request: APIRequest) -> APIResponse:
    messaging = account.component(Messaging)
    messaging.all_messages()
    row = messaging.messages.get(request.ids[0])
    body = MESSAGES.body(request)
    direction, earlier = _ALLOWED_CHANGES.get(str(body["state"]), ("", ()))
    if row["direction"] != direction or row["state"] not in earlier:
        raise invalid(
            "state", f"a {row['direction']} message that is {row['state']} cannot become {body['state']}"
        )
    if direction == "MT":
        when = number(body.get("converted_date"))
        body["converted_date"] = account.now() if when is None else when
    messaging.change_message(request.ids[0], body)
    return APIResponse()


def _list_attachments(account: Account, request: APIRequest) -> APIResponse:
    row = account.component(Messaging).messages.get(request.ids[0])
    found = [ATTACHMENTS.rows(account).find(key) for key in texts(row.get("attachments"))]
    return ATTACHMENTS.page(account, request, [attachment for attachment in found if attachment is not None])


MESSAGES = Resource(spec=messages, model=messages.MessageData)

HANDLERS: OperationHandlers = {
    messages.LIST: _list,
    messages.CREATE: _create,
    messages.GET: _get,
    messages.DELETE: _delete,
    messages.DELETE_SCHEDULED: _delete_scheduled,
    messages.SET_STATE: _set_state,
    messages.LIST_ATTACHMENTS: _list_attachments,
}
