"""Checks and creation of outgoing messages, for message requests and single messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from scgapi.models import messages
from scgapi.sandbox.behaviour.addresses import MEDIA, Recipient, Sender, required_type
from scgapi.sandbox.behaviour.consent import Consent
from scgapi.sandbox.behaviour.fragments import CHARGE_PER_FRAGMENT, fragments
from scgapi.sandbox.behaviour.messaging import Messaging
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.handlers.attachments import find_uploaded
from scgapi.sandbox.handlers.message_templates import render_body
from scgapi.sandbox.handlers.shared.address_lookup import find_sender
from scgapi.sandbox.resources.body_checks import fields_of
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, number, text, texts

_COUNTRIES = {"+1": "USA", "+44": "GBR", "+46": "SWE", "+47": "NOR", "+49": "DEU", "+506": "CRI"}
_OPTIONS = frozenset(fields_of(messages.SendOptions).names) - {"external_id"}
# Fields that are sent as JSON and returned as text; fields that are sent as text or list and returned as list.
_AS_TEXT = ("options", "body_extensions")
_AS_LIST = ("sender_id_sort_criteria", "contact_delivery_address_priority")


DAY_MILLISECONDS = 24 * 60 * 60 * 1000
# The gateway's limit for schedules is not published.
_MAX_SCHEDULE_DAYS = 365


@dataclass(frozen=True)
class _Route:
    """A sender, and the message types that it was chosen for."""

    sender: Sender
    types: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A checked request body: the fields as responses show them, and the senders to use.

    `text` is the text that recipients read. `failure_fields` are set if no message can be sent. `routes` are the
    senders by the message type that the form of a recipient requires.
    """

    fields: Document
    routes: Mapping[str | None, _Route]
    text: str | None = None
    failure_fields: Document = field(default_factory=dict[str, object])
    is_keyword_reply: bool = False

    @property
    def sender(self) -> Sender:
        """The sender; if there are several, the one for the first recipient."""
        return next(iter(self.routes.values())).sender

    def add_message(self, account: Account, recipient: Recipient, state: str, more: Document) -> str:
        """Add the message for one recipient. A message that cannot be sent is FAILED at once."""
        route = self.routes[recipient.kind]
        sender, kind = route.sender, route.sender.kind(route.types)
        failure = self._failure(account, sender, recipient)
        state = "FAILED" if failure else state
        parts = fragments(kind, self.text, state)
        message: Document = {
            **{name: value for name, value in self.fields.items() if name in _OPTIONS},
            "from": self.fields["from"],
            "to": recipient.to,
            "body": self.text,
            "request_body": self.fields.get("body"),
            "direction": "MT",
            "customer_sender_id": sender.row["id"],
            "from_address": sender.row.get("address"),
            "to_address": recipient.address,
            "contact_id": recipient.contact_id,
            "channel_id": sender.channel_id,
            "type": kind,
            "price": round(CHARGE_PER_FRAGMENT * len(parts), 4),
            "destination_country": country_of_number(recipient.address),
            "fragment_count": len(parts),
            "fragments_info": parts,
        }
        shown = {name: value for name, value in message.items() if value is not None}
        return account.component(Messaging).add_message({**shown, **failure, **more, "state": state})

    def _failure(self, account: Account, sender: Sender, recipient: Recipient) -> Document:
        """Return the failure fields if the recipient cannot be sent to; otherwise no fields."""
        if recipient.address is None:
            return {
                "failure_code": "1002",
                "failure_details": "Invalid recipient: the contact has no primary_mdn",
            }
        requirement = self.fields.get("consent_requirement")
        if self.failure_fields or not account.component(Consent).blocks(
            sender.row, recipient.address, requirement, is_keyword_reply=self.is_keyword_reply
        ):
            return self.failure_fields
        return {"failure_code": "1005", "failure_details": "No consent: the recipient may not be sent to"}


def make_draft(account: Account, body: Document) -> Draft:
    """Check a request body, except its recipients.

    Raises:
        GatewayError: the sender or an attachment cannot be used, or the schedule is too far ahead.
    """
    attachments, urls = texts(body.get("attachments")), texts(body.get("media_urls"))
    if attachments and urls:
        raise GatewayError(400, "SCG_ERROR_40010", "Cannot include media URLs with attachment")
    if attachments and body.get("failover"):
        raise GatewayError(400, "SCG_ERROR_40014", "Cannot failover to SMS on a message with attachments")
    for key in attachments:
        find_uploaded(account, key)
    due = number(body.get("scheduled_delivery_time"))
    if due is not None and due > account.now() + _MAX_SCHEDULE_DAYS * DAY_MILLISECONDS:
        raise GatewayError(
            400, "SCG_ERROR_4008", f"Message scheduled time exceeds max allowed days: {_MAX_SCHEDULE_DAYS}"
        )
    routes = _routes(account, body, has_media=bool(attachments or urls))
    sender = next(iter(routes.values())).sender
    fields = _response_fields(body)
    asked = text(fields.get("body"))
    made, failure_fields = (None, {}) if asked is None else render_body(account, sender.row, asked)
    return Draft(fields, routes, made, failure_fields)


def _routes(account: Account, body: Document, *, has_media: bool) -> Mapping[str | None, _Route]:
    """Return the sender for each message type that the forms of the recipients require."""
    given = body.get("to")
    kinds = dict.fromkeys(map(required_type, [given] if isinstance(given, str) else texts(given))) or {
        None: None
    }
    routes: dict[str | None, _Route] = {}
    for kind in kinds:
        is_group = bool(body.get("group_mms"))
        types = ("MMS",) if is_group else _possible_types(kind, body.get("message_type"), has_media=has_media)
        type_id = "LONGCODE" if is_group else None
        routes[kind] = _Route(find_sender(account, str(body["from"]), types, type_id=type_id), types)
    return routes


def _possible_types(kind: str | None, asked: object, *, has_media: bool) -> tuple[str, ...]:
    """Return the possible message types; an empty tuple if any type of the sender will do."""
    if kind is not None:
        return (kind,)
    if has_media:
        return (str(asked),) if asked in MEDIA else MEDIA
    return (str(asked),) if asked else ()


def first_state(account: Account, body: Document) -> str:
    """Return the initial state of a request's messages."""
    due = number(body.get("scheduled_delivery_time"))
    if body.get("test_message_flag"):
        return "TEST"
    if body.get("pause_before_transmit"):
        return "PAUSED"
    return "SCHEDULED" if due is not None and due > account.now() else "CREATED"


def _response_fields(body: Document) -> Document:
    shown = {name: value for name, value in body.items() if value is not None and name != "application_id"}
    for name in _AS_TEXT:
        if name in shown:
            shown[name] = json.dumps(shown[name])
    for name in _AS_LIST:
        value = shown.get(name)
        shown[name] = [value] if isinstance(value, str) else texts(value)
    return shown


def country_of_number(address: str | None) -> str | None:
    """Return the country of a number; None if it is not known."""
    known = (code for code in sorted(_COUNTRIES, key=len, reverse=True) if (address or "").startswith(code))
    return next((_COUNTRIES[code] for code in known), None)
