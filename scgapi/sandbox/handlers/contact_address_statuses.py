"""Consent statuses of addresses, and their history."""

from __future__ import annotations

from scgapi.models import contact_address_history, contact_address_statuses
from scgapi.sandbox.behaviour.consent import Consent, ConsentTrigger
from scgapi.sandbox.errors import invalid, missing, stale
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, texts

_STATUSES = ("NONE", "OPTIN", "OPTOUT", "BLACKLIST", "WHITELIST")


def _show(account: Account, row: Document) -> Document:
    sender = SENDER_IDS.rows(account).find(str(row["sender_id"])) or {}
    return {**row, "from_address": sender.get("address")}


def _create(account: Account, request: APIRequest) -> APIResponse:
    fields = STATUSES.body(request)
    for name in ("address", "sender_id"):
        if not fields.get(name):
            raise missing(name)
    _check_sender(account, fields)
    return APIResponse(200, {"id": account.component(Consent).add(fields)})


def _update(account: Account, request: APIRequest) -> APIResponse:
    consent = account.component(Consent)
    row = consent.statuses.get(request.ids[0])
    fields = STATUSES.body(request)
    if fields["version_number"] != row["version_number"]:
        raise stale()
    consent.change(request.ids[0], _status(fields, str(row["consent_status"])), ConsentTrigger())
    return APIResponse()


def _delete(account: Account, request: APIRequest) -> APIResponse:
    account.component(Consent).remove(request.ids[0])
    return APIResponse()


def _opt_out(account: Account, request: APIRequest) -> APIResponse:
    fields = checked_body(request.operation, request.body)
    _check_sender(account, fields)
    # Without a sender id the request concerns all of them.
    wanted = fields.get("sender_id")
    senders = [str(wanted)] if wanted else [str(row["id"]) for row in SENDER_IDS.rows(account).rows()]
    for address in texts(fields["addresses"]):
        for sender_id in senders:
            account.component(Consent).set_by_recipient(
                address, sender_id, _status(fields, "OPTOUT"), ConsentTrigger()
            )
    return APIResponse(200)


def _check_sender(account: Account, fields: Document) -> None:
    wanted = fields.get("sender_id")
    if wanted and str(wanted) not in SENDER_IDS.rows(account):
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
    derived=("from_address",),
)
HISTORY = Resource(spec=contact_address_history, model=contact_address_history.ContactAddressHistoryData)

HANDLERS: OperationHandlers = {
    **STATUSES.handlers(),
    **HISTORY.handlers(),
    contact_address_statuses.CREATE: _create,
    contact_address_statuses.UPDATE: _update,
    contact_address_statuses.DELETE: _delete,
    contact_address_statuses.OPT_OUT: _opt_out,
}
