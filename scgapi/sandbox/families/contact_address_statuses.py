"""Consent: what addresses consent to, and how that changed."""

from __future__ import annotations

from scgapi.models import contact_address_history, contact_address_statuses
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.consent import Consent, Occasion
from scgapi.sandbox.errors import invalid, missing, stale
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, texts
from scgapi.sandbox.world import Call, Handlers, Reply, World

_STATUSES = ("NONE", "OPTIN", "OPTOUT", "BLACKLIST", "WHITELIST")


def _show(world: World, row: Document) -> Document:
    sender = SENDER_IDS.rows(world).find(str(row["sender_id"])) or {}
    return {**row, "from_address": sender.get("address")}


def _create(world: World, call: Call) -> Reply:
    fields = checked_body(call.operation, call.body)
    for name in ("address", "sender_id"):
        if not fields.get(name):
            raise missing(name)
    _check_sender(world, fields)
    return Reply(200, {"id": world.part(Consent).open(fields)})


def _update(world: World, call: Call) -> Reply:
    consent = world.part(Consent)
    row = consent.statuses.get(call.ids[0])
    fields = checked_body(call.operation, call.body)
    if fields["version_number"] != row["version_number"]:
        raise stale()
    consent.change(call.ids[0], _status(fields, str(row["consent_status"])), Occasion())
    return Reply()


def _delete(world: World, call: Call) -> Reply:
    world.part(Consent).close(call.ids[0])
    return Reply()


def _opt_out(world: World, call: Call) -> Reply:
    fields = checked_body(call.operation, call.body)
    _check_sender(world, fields)
    # Without a sender id it is about all of them.
    wanted = fields.get("sender_id")
    senders = [str(wanted)] if wanted else [str(row["id"]) for row in SENDER_IDS.rows(world).rows()]
    for address in texts(fields["addresses"]):
        for sender_id in senders:
            world.part(Consent).declare(address, sender_id, _status(fields, "OPTOUT"), Occasion())
    return Reply(200)


def _check_sender(world: World, fields: Document) -> None:
    wanted = fields.get("sender_id")
    if wanted and str(wanted) not in SENDER_IDS.rows(world):
        raise invalid("sender_id", str(wanted))


def _status(fields: Document, default: str) -> str:
    status = str(fields.get("consent_status") or default)
    if status not in _STATUSES:
        raise invalid("consent_status", status)
    return status


STATUSES = Resource(
    spec=contact_address_statuses,
    model=contact_address_statuses.ContactAddressStatusData,
    show=_show,
)
HISTORY = Resource(spec=contact_address_history, model=contact_address_history.ContactAddressHistoryData)

HANDLERS: Handlers = {
    **STATUSES.handlers(),
    **HISTORY.handlers(),
    contact_address_statuses.CREATE: _create,
    contact_address_statuses.UPDATE: _update,
    contact_address_statuses.DELETE: _delete,
    contact_address_statuses.OPT_OUT: _opt_out,
}
