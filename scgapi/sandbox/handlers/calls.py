"""Calls of the application, and calls that handsets make to it."""

from __future__ import annotations

from scgapi.models import calls
from scgapi.sandbox.behaviour.addresses import Recipient, address_key
from scgapi.sandbox.behaviour.messaging import read_page
from scgapi.sandbox.behaviour.telephony import ENDED, Telephony
from scgapi.sandbox.errors import GatewayError, invalid, missing
from scgapi.sandbox.handlers.bridges import Bridges
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.handlers.shared.address_lookup import find_recipients, find_sender
from scgapi.sandbox.handlers.shared.media import check_media
from scgapi.sandbox.handlers.shared.sending import country_of_number
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, number, text, texts


def receive_call(account: Account, *, to: str, from_: str) -> str:
    """Receive a call for the sender id at address `to`; return its id.

    Raises:
        LookupError: the address has no sender id that can take calls.
    """
    sender = next(
        (
            row
            for row in SENDER_IDS.rows(account).rows()
            if address_key(row.get("address")) == address_key(to)
            and "VOICE" in texts(row.get("capabilities"))
        ),
        None,
    )
    if sender is None:
        raise LookupError(f"no sender id at {to!r} can take calls")
    return account.component(Telephony).start(
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


def reject_call(account: Account, call_id: str) -> None:
    """Reject a ringing call as the other party.

    Raises:
        LookupError: the call does not exist or does not ring.
    """
    telephony = account.component(Telephony)
    if call_id not in telephony.calls or telephony.current(call_id)["state"] != "STARTED":
        raise LookupError(f"no call {call_id!r} rings")
    telephony.end(call_id, "REJECTED")


def answer_call(account: Account, call_id: str) -> None:
    """Answer a call from the application as the other party.

    Raises:
        LookupError: the call does not exist or does not ring.
    """
    telephony = account.component(Telephony)
    if call_id in telephony.calls:
        row = telephony.current(call_id)
        if row["direction"] == "OUT" and row["state"] == "STARTED":
            telephony.answer(call_id)
            return
    raise LookupError(f"no call {call_id!r} rings on a handset")


def hang_up_call(account: Account, call_id: str) -> None:
    """End a call as the other party.

    Raises:
        LookupError: the call does not exist or has ended.
    """
    telephony = account.component(Telephony)
    if call_id not in telephony.calls or telephony.current(call_id)["state"] in ENDED:
        raise LookupError(f"no call {call_id!r} is under way")
    telephony.end(call_id)


def _list(account: Account, request: APIRequest) -> APIResponse:
    telephony = account.component(Telephony)
    return APIResponse(200, read_page(CALLS.query(account, request), telephony.all_calls, telephony.read))


def _create(account: Account, request: APIRequest) -> APIResponse:
    body = CALLS.body(request)
    timeout = number(body.get("answer_timeout"))
    if timeout is not None and timeout < 1:
        raise invalid("answer_timeout", str(timeout))
    if body.get("bridge_id"):
        account.component(Bridges).check_open(str(body["bridge_id"]))
    sender = find_sender(account, str(body["from"]), ("VOICE",))
    recipient = _callee(account, str(body["to"]))
    fields: Document = {
        "recording_enabled": False,
        "recordings": [],
        **{name: value for name, value in body.items() if value is not None},
        "direction": "OUT",
        "from_address": sender.row.get("address"),
        "to_address": recipient.address,
        "destination_country": country_of_number(recipient.address),
    }
    return APIResponse(200, {"id": account.component(Telephony).start(fields)})


def _callee(account: Account, to: str) -> Recipient:
    if not to:
        raise missing("to")
    found = [] if to.startswith("group:") else find_recipients(account, [to])
    if len(found) != 1 or found[0].address is None or found[0].kind not in (None, "VOICE"):
        raise GatewayError(400, "SCG_ERROR_40024", f"Invalid Recipient: {to}; a call has one number")
    return found[0]


def _get(account: Account, request: APIRequest) -> APIResponse:
    return APIResponse(200, account.component(Telephony).read(request.ids[0]))


def _set_state(account: Account, request: APIRequest) -> APIResponse:
    telephony = account.component(Telephony)
    telephony.current(request.ids[0])
    state = CALLS.body(request)["state"]
    if state == "ACTIVE":
        telephony.accept(request.ids[0])
    elif state == "COMPLETED":
        telephony.end(request.ids[0])
    else:
        raise invalid("state", f"{state}: only ACTIVE and COMPLETED can be asked for")
    return APIResponse()


def _delete(account: Account, request: APIRequest) -> APIResponse:
    account.component(Telephony).remove(request.ids[0])
    return APIResponse()


def _play(account: Account, request: APIRequest) -> APIResponse:
    telephony = account.component(Telephony)
    telephony.current(request.ids[0])
    body = checked_body(request.operation, request.body)
    telephony.require_active(request.ids[0])
    check_media(account, body)
    telephony.play(request.ids[0], body)
    return APIResponse()


CALLS = Resource(spec=calls, model=calls.CallData)

HANDLERS: OperationHandlers = {
    calls.LIST: _list,
    calls.CREATE: _create,
    calls.GET: _get,
    calls.UPDATE: _set_state,
    calls.DELETE: _delete,
    calls.PLAY_DTMF: _play,
    calls.PLAY_TTS: _play,
    calls.PLAY_AUDIO: _play,
}
