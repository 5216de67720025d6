"""Auto alias: messages from a sender id that the gateway picks for an alias, and keeps for it.

`from` is the alias. If it names a sender id or a channel, that is the choice to pick from, and the alias is
generated. Of several sender ids the one with the fewest aliases is picked.
"""

from __future__ import annotations

from collections.abc import Sequence

from scgapi.models import auto_alias, message_requests
from scgapi.sandbox.behaviour.addresses import MEDIA, Sender
from scgapi.sandbox.errors import GatewayError, missing
from scgapi.sandbox.handlers.message_requests import HANDLERS as REQUESTS
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.handlers.shared.address_lookup import find_sender
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, new_id, texts


def _create(account: Account, request: APIRequest) -> APIResponse:
    body = checked_body(request.operation, request.body)
    if not texts(body.get("to")):
        raise missing("to")
    types = MEDIA if texts(body.get("attachments")) else ("SMS",)
    given = str(body.get("from") or "")
    named = _named_sender(account, given, types)
    alias = given if given and named is None else f"alias-{new_id()[:8]}"
    sender = named or _sender_of_alias(account, alias, types) or _least_used(account, types)
    sent = {**body, "from": f"sender_id:{sender['id']}"}
    REQUESTS[message_requests.CREATE](account, APIRequest(message_requests.CREATE, body=sent))
    HISTORY.rows(account).add(
        {"alias": alias, "sender_id": sender["id"], "sender_id_address": sender.get("address")}
    )
    return APIResponse()


def _named_sender(account: Account, given: str, types: Sequence[str]) -> Document | None:
    """Return the sender id that `from` names; None if it is an alias or absent."""
    rows = SENDER_IDS.rows(account)
    known = given in rows or any(row.get("address") == given for row in rows.rows())
    if given and (known or given.startswith(("channel:", "sender_id:"))):
        return find_sender(account, given, types).row
    return None


def _sender_of_alias(account: Account, alias: str, types: Sequence[str]) -> Document | None:
    """Return the sender id that was picked for the alias before, if it can still be used."""
    for entry in reversed(HISTORY.rows(account).rows()):
        if entry["alias"] == alias:
            row = SENDER_IDS.rows(account).find(str(entry["sender_id"]))
            return row if row is not None and _can_send(row, types) else None
    return None


def _least_used(account: Account, types: Sequence[str]) -> Document:
    used = [entry["sender_id"] for entry in HISTORY.rows(account).rows()]
    found = [row for row in SENDER_IDS.rows(account).rows() if _can_send(row, types)]
    if not found:
        text = "No sender addresses capable of sending requested message type"
        raise GatewayError(400, "SCG_ERROR_40012", text)
    return min(found, key=lambda row: used.count(row["id"]))


def _can_send(row: Document, types: Sequence[str]) -> bool:
    usable = row["state"] == "ACTIVE" and row["ownership"] in ("PRIVATE", "SHARED")
    return usable and Sender(row).can_send(types)


HISTORY = Resource(spec=auto_alias, model=auto_alias.AutoAliasHistoryData)

HANDLERS: OperationHandlers = {**HISTORY.handlers(), auto_alias.CREATE_MESSAGE_REQUEST: _create}
