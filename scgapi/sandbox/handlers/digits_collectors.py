"""Digits collectors: they collect pressed keys until the limit, the terminating key or the timeout."""

from __future__ import annotations

import re

from scgapi.models import digits_collectors
from scgapi.sandbox.behaviour.telephony import Telephony
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.handlers.calls import CALLS
from scgapi.sandbox.handlers.shared.media import check_media
from scgapi.sandbox.resources.nested import NestedResource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, document, number

_KEYS = re.compile(r"[0-9*#]*")
_REQUEST_FIELDS = ("prompt", "max_digits", "timeout", "terminating_digits")


def press(account: Account, call_id: str, digits: str) -> None:
    """Press keys as the other party of a call.

    Raises:
        LookupError: the call does not exist or is not ACTIVE.
        ValueError: `digits` contains other characters than the keys of a telephone.
    """
    if not _KEYS.fullmatch(digits):
        raise ValueError("a telephone has the keys 0-9, * and #")
    telephony = account.component(Telephony)
    if call_id not in telephony.calls or telephony.current(call_id)["state"] != "ACTIVE":
        raise LookupError(f"call {call_id!r} is not active")
    for row in COLLECTORS.owned_by(account, call_id):
        _feed(account, str(row["id"]), digits)


def _prepare(account: Account, fields: Document, _current: Document | None) -> None:
    telephony = account.component(Telephony)
    telephony.require_active(str(fields["call_id"]))
    prompt = document(fields.get("prompt")) or {}
    if not prompt.get("sentence"):
        raise missing("prompt.sentence")
    for name in ("max_digits", "timeout"):
        if fields.get(name) is not None and _count(fields, name) is None:
            raise invalid(name, "not a number above 0")
    if fields.get("terminating_digits") not in (None, "", "#"):
        raise invalid("terminating_digits", "only # is supported")
    played: Document = {**prompt, "text": prompt["sentence"]}
    check_media(account, played)
    telephony.play(str(fields["call_id"]), played)


def _defaults(account: Account, fields: Document) -> Document:
    call = account.component(Telephony).current(str(fields["call_id"]))
    return {
        "state": "ACTIVE",
        "digits": "",
        "start_time": account.now(),
        "call_external_id": call.get("external_id"),
    }


def _feed(account: Account, collector_id: str, digits: str) -> None:
    row = _current(account, COLLECTORS.rows(account).get(collector_id))
    if row["state"] != "ACTIVE":
        return
    collected, limit, terminators = (
        str(row["digits"]),
        _count(row, "max_digits"),
        row.get("terminating_digits") or "",
    )
    reason = None
    for digit in digits:
        if digit in str(terminators):
            reason = "TERMINATING_DIGIT"
            break
        collected += digit
        if limit is not None and len(collected) >= limit:
            reason = "MAX_DIGITS"
            break
    COLLECTORS.rows(account).change(collector_id, {"digits": collected})
    if reason is not None:
        _end(account, collector_id, reason, account.now())


def _list(account: Account, request: APIRequest) -> APIResponse:
    for row in COLLECTORS.owned_by(account, request.ids[0]):
        _current(account, row)
    return COLLECTORS.list(account, request)


def _get(account: Account, request: APIRequest) -> APIResponse:
    _current(account, COLLECTORS.rows(account).get(request.ids[1]))
    return COLLECTORS.get(account, request)


def _current(account: Account, row: Document) -> Document:
    """Return the collector, brought up to date: it may have timed out, or its call may have ended."""
    if row["state"] != "ACTIVE":
        return row
    # Read the clock once: if it moved on below, a collector without a timeout would end.
    now = account.now()
    seconds = _count(row, "timeout")
    call_end = number(account.component(Telephony).current(str(row["call_id"])).get("end_time"))
    ends = [(call_end, "CALL_ENDED")] if call_end is not None else []
    if seconds is not None:
        ends.append(((number(row["start_time"]) or 0) + seconds * 1000, "TIMEOUT"))
    when, reason = min(ends, default=(now + 1, ""))
    if when > now:
        return row
    _end(account, str(row["id"]), reason, when)
    return COLLECTORS.rows(account).get(str(row["id"]))


def _end(account: Account, collector_id: str, reason: str, when: int) -> None:
    COLLECTORS.rows(account).change(collector_id, {"state": "COMPLETED", "reason": reason, "end_time": when})


def _show(_account: Account, row: Document) -> Document:
    return {name: value for name, value in row.items() if name not in _REQUEST_FIELDS}


def _count(fields: Document, name: str) -> int | None:
    """Return a number above 0, which may be written as text; None for anything else."""
    value = fields.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    found = number(value)
    return found if found is not None and found > 0 else None


COLLECTORS = NestedResource(
    spec=digits_collectors,
    model=digits_collectors.DigitsCollectorData,
    owner=CALLS,
    link="call_id",
    defaults=_defaults,
    prepare=_prepare,
    show=_show,
)

HANDLERS: OperationHandlers = {
    **COLLECTORS.handlers(),
    digits_collectors.LIST: _list,
    digits_collectors.GET: _get,
}
