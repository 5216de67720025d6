"""Messages and calls as handsets show them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scgapi.sandbox.behaviour.messaging import Messaging
from scgapi.sandbox.behaviour.telephony import Telephony
from scgapi.sandbox.handlers.attachments import ATTACHMENTS
from scgapi.sandbox.handsets.one_time_codes import find_code
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, document, items, number, text, texts

MEDIA_PATH = "/sandbox/media"


@dataclass(frozen=True, slots=True)
class Media:
    """An attachment of a message."""

    id: str
    filename: str | None
    url: str
    """Path of its content on the sandbox."""


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """A message as its handset and its sender see it. Looking at it does not change its state."""

    id: str
    direction: str
    """`MT`: to the handset; `MO`: from the handset."""
    type: str
    """`SMS`, `MMS`, `RCS` and so on."""
    state: str
    from_address: str | None = field(repr=False)
    to_address: str | None = field(repr=False)
    sender_id: str | None
    """Id of the sender id on the application's side."""
    request_id: str | None
    """Id of the message request that it belongs to."""
    external_id: str | None
    subject: str | None = field(repr=False)
    body: str = field(repr=False)
    rich: Document | None = field(repr=False)
    """Content of a rich message: `text`, `media` or `richCard`, and `suggestions`."""
    code: str | None = field(repr=False)
    """One-time code in the text, if there is one."""
    segments: int
    media: tuple[Media, ...]
    media_urls: tuple[str, ...] = field(repr=False)
    failure_code: str | None
    failure_details: str | None
    created: datetime
    sent: datetime | None
    delivered: datetime | None


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """A call to or from a handset."""

    id: str
    direction: str
    """`OUT`: to the handset; `IN`: from the handset."""
    state: str
    """`STARTED` while it rings, `ACTIVE`, `COMPLETED` or `REJECTED`."""
    from_address: str | None = field(repr=False)
    to_address: str | None = field(repr=False)
    started: datetime
    answered: datetime | None
    ended: datetime | None
    played: tuple[str, ...] = field(repr=False)
    """Media that the handset heard so far: texts, tones and sources."""


def view_message(account: Account, message_id: str) -> PhoneMessage:
    """Return a message as its handset shows it, brought up to date. This does not count as a read."""
    row = account.component(Messaging).current(message_id)
    body = str(row.get("body") or "")
    rich = rich_content(body)
    return PhoneMessage(
        id=message_id,
        direction=str(row["direction"]),
        type=str(row.get("type") or "SMS"),
        state=str(row["state"]),
        from_address=text(row.get("from_address")),
        to_address=text(row.get("to_address")),
        sender_id=text(row.get("customer_sender_id")),
        request_id=text(row.get("message_request_id")),
        external_id=text(row.get("external_id")) or text(row.get("external_message_request_id")),
        subject=text(row.get("subject")),
        body=body,
        rich=rich,
        code=find_code(str(rich.get("text") or "") if rich else body),
        segments=max(1, len(items(row.get("fragments_info")))),
        media=tuple(_media(account, key) for key in texts(row.get("attachments"))),
        media_urls=tuple(str(url) for url in items(row.get("media_urls"))),
        failure_code=text(row.get("failure_code")),
        failure_details=text(row.get("failure_details")),
        created=_datetime(row.get("created_date")) or datetime.fromtimestamp(0, UTC),
        sent=_datetime(row.get("sent_date")),
        delivered=_datetime(row.get("delivered_date")),
    )


def view_call(account: Account, call_id: str) -> PhoneCall:
    """Return a call as its handset shows it, brought up to date. This does not count as a read."""
    telephony = account.component(Telephony)
    row = telephony.current(call_id)
    return PhoneCall(
        id=call_id,
        direction=str(row["direction"]),
        state=str(row["state"]),
        from_address=text(row.get("from_address")),
        to_address=text(row.get("to_address")),
        started=_datetime(row.get("start_time")) or datetime.fromtimestamp(0, UTC),
        answered=_datetime(row.get("answer_time")),
        ended=_datetime(row.get("end_time")),
        played=tuple(_played_text(body) for body in telephony.played(call_id)),
    )


def preview(row: Document) -> str:
    """Return one line that summarises a message."""
    body = str(row.get("body") or "")
    rich = rich_content(body)
    if rich is not None:
        return str(rich.get("text") or "Rich message")
    if body:
        return body[:200]
    return "Picture" if texts(row.get("attachments")) else ""


def rich_content(body: str) -> Document | None:
    """Return the content of a rich message; None if the body is plain text."""
    if not body.startswith("{") or '"contentMessage"' not in body:
        return None
    try:
        message = document(json.loads(body))
    except ValueError:
        return None
    return None if message is None else document(message.get("contentMessage"))


def _media(account: Account, key: str) -> Media:
    row = ATTACHMENTS.rows(account).find(key) or {}
    return Media(key, text(row.get("filename")) or text(row.get("name")), f"{MEDIA_PATH}/{key}")


def _played_text(body: Document) -> str:
    return str(body.get("text") or body.get("dtmfText") or body.get("source") or "")


def _datetime(value: object) -> datetime | None:
    milliseconds = number(value)
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
