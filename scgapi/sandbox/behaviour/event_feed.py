"""Events that report changes to an account's objects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from scgapi._core.text import format_timestamp
from scgapi.sandbox.behaviour.messaging import Messaging
from scgapi.sandbox.behaviour.telephony import Telephony
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, items, new_id, number, texts

MESSAGES, CALLS = "SCG-Message", "SCG-Voice-Call"

_FAILED = ("FAILED", "EXPIRED", "REJECTED")


def watch_events(account: Account, listener: Callable[[Document], None]) -> None:
    """Call `listener` with an event for each reportable change from now on."""
    for name, build in _EVENT_BUILDERS.items():
        account.collection(name).watch(partial(_report, account, listener, build))


def catch_up(account: Account) -> None:
    """Bring messages, requests and calls up to date with the clock: they change only when they are looked at."""
    messaging = account.component(Messaging)
    messaging.all_messages()
    messaging.all_requests()
    account.component(Telephony).all_calls()


def event(topic: str, kind: str, fields: Document, when: int) -> Document:
    """Return an event in its envelope; `when` is in epoch milliseconds."""
    timestamp = format_timestamp(datetime.fromtimestamp(when / 1000, UTC))
    inner: Document = {"fld-val-list": fields, "evt-tp": kind, "timestamp": timestamp}
    return {"topic": topic, "attempt": 1, "event": inner, "event-id": new_id()}


_EventParts = tuple[str, str, Document] | None
_EventBuilder = Callable[[Document | None, Document], _EventParts]


def _report(
    account: Account,
    listener: Callable[[Document], None],
    build: _EventBuilder,
    before: Document | None,
    row: Document,
) -> None:
    parts = build(before, row)
    if parts is not None:
        topic, kind, fields = parts
        owner: Document = {"application_id": account.application_id, "company-id": account.company_id}
        given = {name: value for name, value in fields.items() if value is not None}
        listener(event(topic, kind, {**owner, **given}, account.now()))


def _message(before: Document | None, row: Document) -> _EventParts:
    fields: Document = {
        "message_id": row["id"],
        "message_request_id": row.get("message_request_id"),
        "from_address": row.get("from_address"),
        "to_address": row.get("to_address"),
        "sender_id_id": row.get("customer_sender_id"),
        "sender_id_alias": row.get("customer_sender_id"),
        "has_attachment": bool(texts(row.get("attachments"))),
        "fragments_count": max(1, len(items(row.get("fragments_info")))),
        "country": row.get("destination_country"),
    }
    if texts(row.get("attachments")):
        # The gateway puts a blank in front of the first id.
        fields["attachment_ids"] = " " + " ".join(texts(row["attachments"]))
    if row["direction"] == "MO":
        if before is not None:
            return None
        more: Document = {
            "message_body": row.get("body") or "",
            "message_body_truncated": False,
            "mo_price": 0.005,
        }
        return MESSAGES, "mo_message_received", {**fields, **more}
    if before is None and row["state"] not in _FAILED:
        return None
    change = _change({"state": "CREATED"} if before is None else before, row)
    if change is None:
        return None
    receipt: Document = {
        "external_message_request_id": row.get("external_message_request_id") or "",
        "mt_price": row.get("price"),
    }
    return MESSAGES, "message_state_change", {**fields, **receipt, **change}


def _request(before: Document | None, row: Document) -> _EventParts:
    change = _change(before, row)
    if change is None:
        return None
    fields: Document = {
        "message_request_id": row["id"],
        "external_message_request_id": row.get("external_id") or "",
    }
    return MESSAGES, "message_request_state_change", {**fields, **change}


def _call(before: Document | None, row: Document) -> _EventParts:
    fields: Document = {
        "call_id": row["id"],
        "from_address": row.get("from_address"),
        "to_address": row.get("to_address"),
    }
    if before is None and row["direction"] == "IN":
        reason: Document = {"reason_code": "200", "reason_description": "SUCCESS"}
        return CALLS, "call_incoming_received", {**fields, **reason}
    change = _change(before, row)
    if change is None:
        return None
    seconds = number(row.get("chargeable_duration")) or 0
    more: Document = {
        "external_call_id": row.get("external_id") or "",
        "call_duration": seconds,
        "call_price": round(0.0175 * -(-seconds // 60), 4),
    }
    return CALLS, "call_state_change", {**fields, **more, **change}


def _collector(before: Document | None, row: Document) -> _EventParts:
    if before is None or before["state"] == row["state"]:
        return None
    fields: Document = {
        "collect_id": row["id"],
        "external_collect_id": row.get("external_id") or "",
        "call_id": row["call_id"],
        "call_external_id": row.get("call_external_id") or "",
        "digits": row.get("digits") or "",
        "reason": row.get("reason"),
    }
    return CALLS, "collector_state_change", fields


def _member(before: Document | None, row: Document) -> _EventParts:
    shown = ("state", "mute")
    if before is not None and all(before.get(name) == row.get(name) for name in shown):
        return None
    fields: Document = {
        "member_id": row["id"],
        "conference_id": row["conference_id"],
        "call_id": row.get("call_id"),
        "member_external_id": row.get("external_id") or "",
        **{name: row.get(name) for name in shown},
    }
    return CALLS, "conference_member_state_change", fields


def _change(before: Document | None, row: Document) -> Document | None:
    """Return the previous and the new state, and the reason; None if the state is unchanged."""
    if before is None or "state" not in before or before["state"] == row["state"]:
        return None
    code = str(row.get("failure_code") or "1009") if row["state"] in _FAILED else "200"
    return {
        "previous_state": before["state"],
        "new_state": row["state"],
        "reason_code": code,
        "reason_description": "SUCCESS" if code == "200" else row.get("failure_details") or "FAILURE",
    }


_EVENT_BUILDERS: dict[str, _EventBuilder] = {
    "messages": _message,
    "message_requests": _request,
    "calls": _call,
    "digits_collectors": _collector,
    "conference_members": _member,
}
