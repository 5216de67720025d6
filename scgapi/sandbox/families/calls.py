"""Calls: made by the application, or come in; answered, spoken to, and ended."""

from __future__ import annotations

from scgapi.models import calls
from scgapi.sandbox.addresses import Recipient, address_key, find_recipients, find_sender
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import GatewayError, invalid, missing
from scgapi.sandbox.families.bridges import Bridges
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.sending import country_of
from scgapi.sandbox.store import Document, number, text, texts
from scgapi.sandbox.telephony import Telephony
from scgapi.sandbox.traffic import observed_page
from scgapi.sandbox.world import Call, Handlers, Reply, World


def receive_call(world: World, *, to: str, from_: str) -> str:
    """Let a call come in for the sender id at address `to`; return its id.

    Raises:
        LookupError: no sender id that can take calls has this address.
    """
    sender = next(
        (
            row
            for row in SENDER_IDS.rows(world).rows()
            if address_key(row.get("address")) == address_key(to)
            and "VOICE" in texts(row.get("capabilities"))
        ),
        None,
    )
    if sender is None:
        raise LookupError(f"no sender id at {to!r} can take calls")
    return world.part(Telephony).start(
        {
            "direction": "IN",
            "from": from_,
            "from_address": from_,
            "to": str(sender["id"]),
            "to_address": text(sender.get("address")),
            "recording_enabled": False,
            "recordings": [],
        }
    )


def reject_call(world: World, call_id: str) -> None:
    """Let nobody answer a call.

    Raises:
        LookupError: no such call rings.
    """
    telephony = world.part(Telephony)
    if call_id not in telephony.calls or telephony.settle(call_id)["state"] != "STARTED":
        raise LookupError(f"no call {call_id!r} rings")
    telephony.end(call_id, "REJECTED")


def _list(world: World, call: Call) -> Reply:
    telephony = world.part(Telephony)
    return Reply(200, observed_page(CALLS.query(call), telephony.all_calls, telephony.look))


def _create(world: World, call: Call) -> Reply:
    body = checked_body(call.operation, call.body)
    timeout = number(body.get("answer_timeout"))
    if timeout is not None and timeout < 1:
        raise invalid("answer_timeout", str(timeout))
    if body.get("bridge_id"):
        world.part(Bridges).must_be_open(str(body["bridge_id"]))
    sender = find_sender(world, str(body["from"]), "VOICE")
    recipient = _called(world, str(body["to"]))
    fields: Document = {
        "recording_enabled": False,
        "recordings": [],
        **{name: value for name, value in body.items() if value is not None},
        "direction": "OUT",
        "from_address": sender.row.get("address"),
        "to_address": recipient.address,
        "destination_country": country_of(recipient.address),
    }
    return Reply(200, {"id": world.part(Telephony).start(fields)})


def _called(world: World, to: str) -> Recipient:
    if not to:
        raise missing("to")
    found = [] if to.startswith("group:") else find_recipients(world, [to])
    if len(found) != 1 or found[0].address is None or found[0].kind not in (None, "VOICE"):
        raise GatewayError(400, "SCG_ERROR_40024", f"Invalid Recipient: {to}; a call has one number")
    return found[0]


def _get(world: World, call: Call) -> Reply:
    return Reply(200, world.part(Telephony).look(call.ids[0]))


def _set_state(world: World, call: Call) -> Reply:
    telephony = world.part(Telephony)
    telephony.settle(call.ids[0])
    state = checked_body(call.operation, call.body)["state"]
    if state == "ACTIVE":
        telephony.accept(call.ids[0])
    elif state == "COMPLETED":
        telephony.end(call.ids[0])
    else:
        raise invalid("state", f"{state}: only ACTIVE and COMPLETED can be asked for")
    return Reply()


def _delete(world: World, call: Call) -> Reply:
    world.part(Telephony).forget(call.ids[0])
    return Reply()


def _play(world: World, call: Call) -> Reply:
    telephony = world.part(Telephony)
    telephony.settle(call.ids[0])
    body = checked_body(call.operation, call.body)
    telephony.active(call.ids[0])
    telephony.play(call.ids[0], body)
    return Reply()


CALLS = Resource(spec=calls, model=calls.CallData)

HANDLERS: Handlers = {
    calls.LIST: _list,
    calls.CREATE: _create,
    calls.GET: _get,
    calls.UPDATE: _set_state,
    calls.DELETE: _delete,
    calls.PLAY_DTMF: _play,
    calls.PLAY_TTS: _play,
    calls.PLAY_AUDIO: _play,
}
