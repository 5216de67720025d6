"""Auto alias: a message goes out from a sender id that is picked here, and stays with its alias.

The alias is what `from` says, unless that names a sender id or a channel: those are the choice to pick from, and
the alias is made up. Of several sender ids the one with the fewest aliases is taken.
"""

from __future__ import annotations

from scgapi.models import auto_alias, message_requests
from scgapi.sandbox.addresses import find_sender
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import GatewayError, missing
from scgapi.sandbox.families.message_requests import HANDLERS as REQUESTS
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, new_id, texts
from scgapi.sandbox.world import Call, Handlers, Reply, World


def _create(world: World, call: Call) -> Reply:
    body = checked_body(call.operation, call.body)
    if not texts(body.get("to")):
        raise missing("to")
    needed = "MMS" if texts(body.get("attachments")) else "SMS"
    given = str(body.get("from") or "")
    named = _named(world, given, needed)
    alias = given if given and named is None else f"alias-{new_id()[:8]}"
    sender = named or _of_alias(world, alias, needed) or _free(world, needed)
    request = {**body, "from": f"sender_id:{sender['id']}"}
    REQUESTS[message_requests.CREATE](world, Call(message_requests.CREATE, body=request))
    HISTORY.rows(world).add(
        {"alias": alias, "sender_id": sender["id"], "sender_id_address": sender.get("address")}
    )
    return Reply()


def _named(world: World, given: str, needed: str) -> Document | None:
    """The sender id that `from` leads to; None if it is an alias or absent."""
    rows = SENDER_IDS.rows(world)
    known = given in rows or any(row.get("address") == given for row in rows.rows())
    if given and (known or given.startswith(("channel:", "sender_id:"))):
        return find_sender(world, given, needed).row
    return None


def _of_alias(world: World, alias: str, needed: str) -> Document | None:
    """The sender id that the alias was given before, if it can still be used."""
    for entry in reversed(HISTORY.rows(world).rows()):
        if entry["alias"] == alias:
            row = SENDER_IDS.rows(world).find(str(entry["sender_id"]))
            return row if row is not None and _can_send(row, needed) else None
    return None


def _free(world: World, needed: str) -> Document:
    used = [entry["sender_id"] for entry in HISTORY.rows(world).rows()]
    found = [row for row in SENDER_IDS.rows(world).rows() if _can_send(row, needed)]
    if not found:
        text = "No sender addresses capable of sending requested message type"
        raise GatewayError(400, "SCG_ERROR_40012", text)
    return min(found, key=lambda row: used.count(row["id"]))


def _can_send(row: Document, needed: str) -> bool:
    usable = row["state"] == "ACTIVE" and row["ownership"] in ("PRIVATE", "SHARED")
    return usable and needed in texts(row.get("capabilities"))


HISTORY = Resource(spec=auto_alias, model=auto_alias.AutoAliasHistoryData)

HANDLERS: Handlers = {**HISTORY.handlers(), auto_alias.CREATE_MESSAGE_REQUEST: _create}
