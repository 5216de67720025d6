"""Message requests: one text to one or many recipients."""

from __future__ import annotations

from functools import partial

from scgapi.models import message_requests
from scgapi.sandbox.addresses import find_recipients
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import invalid, missing, not_found
from scgapi.sandbox.families.messages import MESSAGES
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.sending import draft, first_state
from scgapi.sandbox.store import Document, number, texts
from scgapi.sandbox.traffic import Traffic, observed_page
from scgapi.sandbox.world import Call, Handlers, Reply, World

_DAY = 24 * 60 * 60 * 1000


def _list(world: World, call: Call) -> Reply:
    traffic = world.part(Traffic)
    return Reply(200, observed_page(REQUESTS.query(call), traffic.all_requests, traffic.look_at_request))


def _create(world: World, call: Call) -> Reply:
    body = checked_body(call.operation, call.body)
    given = texts(body["to"])
    if not given:
        raise missing("to")
    state, pause = first_state(world, body), _pause(world, body)
    made = draft(world, body)
    recipients = find_recipients(world, given)
    traffic = world.part(Traffic)
    request_id = traffic.open_request(
        {**made.fields, **pause, "channel_id": made.sender.channel_id, "request_start_time": world.now()}
    )
    more: Document = {"message_request_id": request_id, **pause}
    if body.get("test_message_flag"):
        more["test_message_flag"] = True
    if body.get("external_id"):
        more["external_message_request_id"] = body["external_id"]
    for recipient in recipients:
        made.post(world, recipient, state, more)
    traffic.seal_request(request_id)
    return Reply(200, {"id": request_id})


def _get(world: World, call: Call) -> Reply:
    return Reply(200, world.part(Traffic).look_at_request(call.ids[0]))


def _delete(world: World, call: Call) -> Reply:
    world.part(Traffic).forget_request(call.ids[0])
    return Reply()


def _delete_scheduled(world: World, call: Call) -> Reply:
    traffic = world.part(Traffic)
    traffic.requests.get(call.ids[0])
    if not any(row["state"] == "SCHEDULED" for row in traffic.messages_of(call.ids[0])):
        raise not_found(f"scheduled request {call.ids[0]}")
    traffic.cancel(call.ids[0])
    return Reply()


def _set_state(world: World, call: Call) -> Reply:
    traffic = world.part(Traffic)
    traffic.requests.get(call.ids[0])
    state = checked_body(call.operation, call.body)["state"]
    if state == "TRANSMITTING":
        traffic.resume(call.ids[0])
    elif state == "CANCELED":
        traffic.cancel(call.ids[0])
    else:
        raise invalid("state", f"{state}: only TRANSMITTING and CANCELED can be asked for")
    return Reply()


def _list_messages(world: World, call: Call) -> Reply:
    traffic = world.part(Traffic)
    traffic.requests.get(call.ids[0])
    page = observed_page(MESSAGES.query(call), partial(traffic.messages_of, call.ids[0]), traffic.look)
    return Reply(200, page)


def _pause(world: World, body: Document) -> Document:
    latest = world.now() + _DAY
    expiry = number(body.get("pause_expiry_time"))
    if expiry is not None and expiry > latest:
        raise invalid("pause_expiry_time", "at most 24 hours ahead")
    if not body.get("pause_before_transmit"):
        return {}
    return {"pause_before_transmit": True, "pause_expiry_time": latest if expiry is None else expiry}


REQUESTS = Resource(spec=message_requests, model=message_requests.MessageRequestData)

HANDLERS: Handlers = {
    message_requests.LIST: _list,
    message_requests.CREATE: _create,
    message_requests.GET: _get,
    message_requests.DELETE: _delete,
    message_requests.DELETE_SCHEDULED: _delete_scheduled,
    message_requests.RESUME: _set_state,
    message_requests.LIST_MESSAGES: _list_messages,
}
