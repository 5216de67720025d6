"""Digits collectors: they take what is pressed until they have enough, or the time is up."""

from __future__ import annotations

import re

from scgapi.models import digits_collectors
from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.families.calls import CALLS
from scgapi.sandbox.nested import NestedResource
from scgapi.sandbox.store import Document, document, number
from scgapi.sandbox.telephony import Telephony
from scgapi.sandbox.world import Handlers, World

_KEYS = re.compile(r"[0-9*#]*")
_ASKED = ("prompt", "max_digits", "timeout", "terminating_digits")


def press(world: World, call_id: str, digits: str) -> None:
    """Let the other party of a call press keys.

    Raises:
        LookupError: nobody is on such a call.
        ValueError: these are no keys of a telephone.
    """
    if not _KEYS.fullmatch(digits):
        raise ValueError("a telephone has the keys 0-9, * and #")
    telephony = world.part(Telephony)
    if call_id not in telephony.calls or telephony.settle(call_id)["state"] != "ACTIVE":
        raise LookupError(f"nobody is on call {call_id!r}")
    for row in COLLECTORS.of(world, call_id):
        _feed(world, str(row["id"]), digits)


def _prepare(world: World, fields: Document, _current: Document | None) -> None:
    telephony = world.part(Telephony)
    telephony.active(str(fields["call_id"]))
    prompt = document(fields.get("prompt")) or {}
    if not prompt.get("sentence"):
        raise missing("prompt.sentence")
    for name in ("max_digits", "timeout"):
        if fields.get(name) is not None and _count(fields, name) is None:
            raise invalid(name, "not a number above 0")
    if fields.get("terminating_digits") not in (None, "", "#"):
        raise invalid("terminating_digits", "only # is supported")
    telephony.play(str(fields["call_id"]), {**prompt, "text": prompt["sentence"]})


def _defaults(world: World, fields: Document) -> Document:
    call = world.part(Telephony).settle(str(fields["call_id"]))
    return {
        "state": "ACTIVE",
        "digits": "",
        "start_time": world.now(),
        "call_external_id": call.get("external_id"),
    }


def _feed(world: World, collector_id: str, digits: str) -> None:
    row = _settled(world, COLLECTORS.rows(world).get(collector_id))
    if row["state"] != "ACTIVE":
        return
    taken, limit, enders = str(row["digits"]), _count(row, "max_digits"), row.get("terminating_digits") or ""
    reason = None
    for digit in digits:
        if digit in str(enders):
            reason = "TERMINATING_DIGIT"
            break
        taken += digit
        if limit is not None and len(taken) >= limit:
            reason = "MAX_DIGITS"
            break
    COLLECTORS.rows(world).change(collector_id, {"digits": taken})
    if reason is not None:
        _end(world, collector_id, reason, world.now())


def _settled(world: World, row: Document) -> Document:
    """The collector as it is now: the time may be up, or the call may have ended."""
    if row["state"] != "ACTIVE":
        return row
    seconds = _count(row, "timeout")
    call_end = number(world.part(Telephony).settle(str(row["call_id"])).get("end_time"))
    ends = [(call_end, "CALL_ENDED")] if call_end is not None else []
    if seconds is not None:
        ends.append(((number(row["start_time"]) or 0) + seconds * 1000, "TIMEOUT"))
    when, reason = min(ends, default=(world.now() + 1, ""))
    if when > world.now():
        return row
    _end(world, str(row["id"]), reason, when)
    return COLLECTORS.rows(world).get(str(row["id"]))


def _end(world: World, collector_id: str, reason: str, when: int) -> None:
    COLLECTORS.rows(world).change(collector_id, {"state": "COMPLETED", "reason": reason, "end_time": when})


def _show(world: World, row: Document) -> Document:
    return {name: value for name, value in _settled(world, row).items() if name not in _ASKED}


def _count(fields: Document, name: str) -> int | None:
    """A number that the wire may carry as a text, if it is one above 0."""
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

HANDLERS: Handlers = COLLECTORS.handlers()
