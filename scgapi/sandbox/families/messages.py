"""Messages: those that requests make, single ones, and those that come in."""

from __future__ import annotations

from collections.abc import Sequence

from scgapi.models import messages
from scgapi.sandbox.addresses import address_key, contact_of, find_recipients
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import GatewayError, invalid, missing, not_found
from scgapi.sandbox.families.attachments import ATTACHMENTS
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.reactions import react
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.sending import draft, first_state
from scgapi.sandbox.store import Document, number, texts
from scgapi.sandbox.traffic import Traffic, observed_page
from scgapi.sandbox.world import Call, Handlers, Reply, World

# What is asked for, the direction it is for, and the states it can follow.
_CHANGES = {
    "PROCESSED": ("MO", ("RECEIVED", "PROCESSED")),
    "CONVERTED": ("MT", ("SENT", "DELIVERED", "READ", "CLICKTHRU", "CONVERTED")),
}


def receive(world: World, *, to: str, from_: str, body: str, attachments: Sequence[str] = ()) -> str:
    """Let a message come in from a handset, and set off what its keywords do; return its id."""
    rows = SENDER_IDS.rows(world).rows()
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
        "contact_id": contact_of(world, from_),
    }
    traffic = world.part(Traffic)
    message_id = traffic.post({name: value for name, value in found.items() if value is not None})
    if sender is not None:
        react(world, sender, traffic.messages.get(message_id))
    return message_id


def _list(world: World, call: Call) -> Reply:
    traffic = world.part(Traffic)
    return Reply(200, observed_page(MESSAGES.query(call), traffic.all_messages, traffic.look))


def _create(world: World, call: Call) -> Reply:
    body = checked_body(call.operation, call.body)
    to = str(body["to"])
    if not to:
        raise missing("to")
    if to.startswith("group:"):
        raise GatewayError(
            400, "SCG_ERROR_40024", f"Invalid Recipient: {to}; a single message has one recipient"
        )
    made = draft(world, body)
    (recipient,) = find_recipients(world, [to])
    more: Document = {"standalone": True}
    if body.get("external_id"):
        more["external_id"] = body["external_id"]
    return Reply(200, {"id": made.post(world, recipient, first_state(world, body), more)})


def _get(world: World, call: Call) -> Reply:
    return Reply(200, world.part(Traffic).look(call.ids[0]))


def _delete(world: World, call: Call) -> Reply:
    # The gateway keeps what was deleted, in that state.
    world.part(Traffic).change(call.ids[0], {"state": "DELETED"})
    return Reply()


def _delete_scheduled(world: World, call: Call) -> Reply:
    traffic = world.part(Traffic)
    traffic.all_messages()
    if traffic.messages.get(call.ids[0])["state"] != "SCHEDULED":
        raise not_found(f"scheduled message {call.ids[0]}")
    return _delete(world, call)


def _set_state(world: World, call: Call) -> Reply:
    traffic = world.part(Traffic)
    traffic.all_messages()
    row = traffic.messages.get(call.ids[0])
    body = checked_body(call.operation, call.body)
    direction, earlier = _CHANGES.get(str(body["state"]), ("", ()))
    if row["direction"] != direction or row["state"] not in earlier:
        raise invalid(
            "state", f"a {row['direction']} message that is {row['state']} cannot become {body['state']}"
        )
    if direction == "MT":
        when = number(body.get("converted_date"))
        body["converted_date"] = world.now() if when is None else when
    traffic.change(call.ids[0], body)
    return Reply()


def _list_attachments(world: World, call: Call) -> Reply:
    row = world.part(Traffic).messages.get(call.ids[0])
    found = [ATTACHMENTS.rows(world).find(key) for key in texts(row.get("attachments"))]
    return ATTACHMENTS.page(world, call, [attachment for attachment in found if attachment is not None])


MESSAGES = Resource(spec=messages, model=messages.MessageData)

HANDLERS: Handlers = {
    messages.LIST: _list,
    messages.CREATE: _create,
    messages.GET: _get,
    messages.DELETE: _delete,
    messages.DELETE_SCHEDULED: _delete_scheduled,
    messages.SET_STATE: _set_state,
    messages.LIST_ATTACHMENTS: _list_attachments,
}
