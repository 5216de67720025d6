"""Sender ids, their classes and their types."""

from __future__ import annotations

from scgapi.models import sender_id_classes, sender_id_types, sender_ids
from scgapi.sandbox.behaviour.confirmation_codes import ConfirmationCodes
from scgapi.sandbox.errors import GatewayError, invalid, missing
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.query import Query
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document

_SETTABLE = ("ACTIVE", "INACTIVE", "PENDING_CONFIRMATION")
_SUMMARY = tuple(sender_ids.SenderIdSummary.model_fields)


def _defaults(account: Account, fields: Document) -> Document:
    kind = TYPES.rows(account).find(str(fields.get("type_id"))) or {}
    return {
        "state": "PENDING_IMPLEMENTATION",
        "ownership": "PRIVATE",
        "consent_managed_by": "USER",
        "capabilities": kind.get("capabilities", []),
        "check_white_list": False,
    }


def _prepare(account: Account, fields: Document, current: Document | None) -> None:
    if fields.get("state") is None:
        fields.pop("state", None)
    state = fields.get("state", "ACTIVE")
    if state not in _SETTABLE and (current is None or state != current["state"]):
        raise invalid("state", str(state))
    # Responses never show the code.
    code = fields.pop("verification_code", None)
    if current is not None and "state" in fields:
        _verify(account, current, fields, code)


def _verify(account: Account, current: Document, fields: Document, code: object) -> None:
    """Send a code to a number that is to be registered. The sender id becomes ACTIVE only with the code."""
    codes, own = account.component(ConfirmationCodes), str(current["id"])
    if fields["state"] == "PENDING_CONFIRMATION":
        method = fields.get("register_method") or current.get("register_method")
        if not method:
            raise missing("register_method")
        if method not in ("sms", "voice"):
            raise invalid("register_method", str(method))
        codes.issue("sender_ids", own)
    elif fields["state"] == "ACTIVE" and current["state"] == "PENDING_CONFIRMATION":
        if not code:
            raise missing("verification_code")
        if not codes.take("sender_ids", own, given=code):
            raise invalid("verification_code")


def verification_code(account: Account, sender_id: str) -> str:
    """Return the code that was sent to a number that is being registered."""
    code = account.component(ConfirmationCodes).last("sender_ids", sender_id)
    if code is None:
        raise LookupError(f"no code is pending for sender id {sender_id!r}")
    return code


def _removed(account: Account, row: Document) -> None:
    parent = SENDER_IDS.rows(account).find(str(row.get("parent_id")))
    if parent is not None and parent["ownership"] == "PURCHASED":
        SENDER_IDS.rows(account).change(str(parent["id"]), {"ownership": "PREPROVISIONED"})


def _delete(account: Account, request: APIRequest) -> APIResponse:
    _must_own(SENDER_IDS.rows(account).get(request.ids[0]))
    return SENDER_IDS.delete(account, request)


def _delete_many(account: Account, request: APIRequest) -> APIResponse:
    # Without a filter the path is that of the collection, so all sender ids would be deleted.
    query = Query(request.operation, request.query)
    if not any(query.filters.values()):
        raise GatewayError(400, "SCG_ERROR_400", "Bad Request - deleting all sender ids needs a filter")
    found = [row for row in SENDER_IDS.rows(account).rows() if query.matches(row)]
    errors: list[str] = []
    for row in found:
        try:
            _must_own(row)
        except GatewayError as error:
            errors.append(f"{row['id']}: {error.description}")
        else:
            SENDER_IDS.rows(account).remove(str(row["id"]))
            _removed(account, row)
    counts = {"del_qty": str(len(found) - len(errors)), "err_qty": str(len(errors))}
    return APIResponse(200, {**counts, "err_msg": "; ".join(errors)})


def _purchase(account: Account, request: APIRequest) -> APIResponse:
    rows = SENDER_IDS.rows(account)
    parent_id = str(checked_body(request.operation, request.body)["parent_id"])
    parent = rows.get(parent_id)
    if parent["ownership"] not in ("PREPROVISIONED", "SHARED"):
        raise _ownership(parent)
    if parent["ownership"] == "PREPROVISIONED":
        rows.change(parent_id, {"ownership": "PURCHASED"})
    copy = {**parent, "ownership": "PRIVATE", "parent_id": parent_id, "state": "ACTIVE"}
    return APIResponse(200, {"id": rows.add(copy)})


def _summaries(account: Account, request: APIRequest) -> APIResponse:
    part = request.query.get("name", "").casefold()
    paging = {name: value for name, value in request.query.items() if name != "name"}
    query = Query(request.operation, paging, sortable=_SUMMARY)
    found = [row for row in SENDER_IDS.rows(account).rows() if part in str(row.get("name") or "").casefold()]
    page, total = query.select([{name: row[name] for name in _SUMMARY if name in row} for row in found])
    return APIResponse(200, query.page_body(page, total))


def _must_own(row: Document) -> None:
    if row["ownership"] != "PRIVATE":
        raise _ownership(row)


def _ownership(row: Document) -> GatewayError:
    return GatewayError(403, "SCG_ERROR_4036", f"Invalid sender ID ownership: {row['ownership']}")


CLASSES = Resource(spec=sender_id_classes, model=sender_id_classes.SenderIdClassData)
TYPES = Resource(spec=sender_id_types, model=sender_id_types.SenderIdTypeData)
SENDER_IDS = Resource(
    spec=sender_ids, model=sender_ids.SenderIdData, defaults=_defaults, prepare=_prepare, removed=_removed
)

HANDLERS: OperationHandlers = {
    **CLASSES.handlers(),
    **TYPES.handlers(),
    **SENDER_IDS.handlers(),
    sender_ids.DELETE: _delete,
    sender_ids.DELETE_MANY: _delete_many,
    sender_ids.PURCHASE: _purchase,
    sender_ids.LIST_SUMMARIES: _summaries,
}
