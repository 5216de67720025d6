"""What requests and single messages do alike: check what is to be sent, and make the messages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from scgapi.models import messages
from scgapi.sandbox.addresses import Recipient, Sender, find_sender
from scgapi.sandbox.checks import fields_of
from scgapi.sandbox.consent import Consent
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.families.attachments import ATTACHMENTS
from scgapi.sandbox.families.message_templates import rendered
from scgapi.sandbox.fragments import CHARGE, fragments
from scgapi.sandbox.store import Document, number, text, texts
from scgapi.sandbox.traffic import Traffic
from scgapi.sandbox.world import World

_COUNTRIES = {"+1": "USA", "+44": "GBR", "+46": "SWE", "+47": "NOR", "+49": "DEU", "+506": "CRI"}
_OPTIONS = frozenset(fields_of(messages.SendOptions).names) - {"external_id"}
# Sent as JSON, answered as text; sent as text or list, answered as list.
_AS_TEXT = ("options", "body_extensions")
_AS_LIST = ("sender_id_sort_criteria", "contact_delivery_address_priority")


@dataclass(frozen=True)
class Draft:
    """A checked body: its fields as answers show them, who sends it, and as what.

    `text` is what the recipients read, `fault` why none of the messages can be sent; an answer to a keyword needs
    no consent.
    """

    fields: Document
    sender: Sender
    needed: str | None
    text: str | None = None
    fault: Document = field(default_factory=dict[str, object])
    is_answer: bool = False

    def post(self, world: World, recipient: Recipient, state: str, more: Document) -> str:
        """Make the message for one recipient; one that cannot be sent to fails at once."""
        kind = recipient.kind or self.sender.kind(self.needed)
        failure = self._failure(world, recipient)
        state = "FAILED" if failure else state
        parts = fragments(kind, self.text, state)
        message: Document = {
            **{name: value for name, value in self.fields.items() if name in _OPTIONS},
            "from": self.fields["from"],
            "to": recipient.to,
            "body": self.text,
            "request_body": self.fields.get("body"),
            "direction": "MT",
            "customer_sender_id": self.sender.row["id"],
            "from_address": self.sender.row.get("address"),
            "to_address": recipient.address,
            "contact_id": recipient.contact_id,
            "channel_id": self.sender.channel_id,
            "type": kind,
            "price": round(CHARGE * len(parts), 4),
            "destination_country": country_of(recipient.address),
            "fragment_count": len(parts),
            "fragments_info": parts,
        }
        shown = {name: value for name, value in message.items() if value is not None}
        return world.part(Traffic).post({**shown, **failure, **more, "state": state})

    def _failure(self, world: World, recipient: Recipient) -> Document:
        """Why the recipient cannot be sent to; nothing if nothing is in the way."""
        if recipient.address is None:
            return {
                "failure_code": "1002",
                "failure_details": "Invalid recipient: the contact has no primary_mdn",
            }
        requirement = self.fields.get("consent_requirement")
        if self.fault or not world.part(Consent).blocks(
            self.sender.row, recipient.address, requirement, is_answer=self.is_answer
        ):
            return self.fault
        return {"failure_code": "1005", "failure_details": "No consent: the recipient may not be sent to"}


def draft(world: World, body: Document) -> Draft:
    """Check what is to be sent, but for its recipients.

    Raises:
        GatewayError: the sender or an attachment cannot be used.
    """
    attachments, urls = texts(body.get("attachments")), texts(body.get("media_urls"))
    if attachments and urls:
        raise GatewayError(400, "SCG_ERROR_40010", "Cannot include media URLs with attachment")
    if attachments and body.get("failover"):
        raise GatewayError(400, "SCG_ERROR_40014", "Cannot failover to SMS on a message with attachments")
    for key in attachments:
        check_attachment(world, key)
    asked = body.get("message_type")
    needed = "MMS" if attachments or urls else str(asked) if asked else None
    sender = find_sender(world, str(body["from"]), needed)
    fields = _answered(body)
    asked = text(fields.get("body"))
    made, fault = (None, {}) if asked is None else rendered(world, sender.row, asked)
    return Draft(fields, sender, needed, made, fault)


def first_state(world: World, body: Document) -> str:
    """The state that its messages begin in."""
    due = number(body.get("scheduled_delivery_time"))
    if body.get("test_message_flag"):
        return "TEST"
    if body.get("pause_before_transmit"):
        return "PAUSED"
    return "SCHEDULED" if due is not None and due > world.now() else "CREATED"


def check_attachment(world: World, key: str) -> None:
    """Refuse an attachment that has no content to send.

    Raises:
        GatewayError: there is none, or its content was not uploaded.
    """
    row = ATTACHMENTS.rows(world).find(key)
    if row is None:
        raise GatewayError(
            403, "SCG_ERROR_4031", f"Attachment {key} was not found neither in cache nor in database"
        )
    if row["state"] != "UPLOADED":
        raise GatewayError(403, "SCG_ERROR_4032", f"Attachment {key} is in incorrect state {row['state']}")


def _answered(body: Document) -> Document:
    shown = {name: value for name, value in body.items() if value is not None and name != "application_id"}
    for name in _AS_TEXT:
        if name in shown:
            shown[name] = json.dumps(shown[name])
    for name in _AS_LIST:
        value = shown.get(name)
        shown[name] = [value] if isinstance(value, str) else texts(value)
    return shown


def country_of(address: str | None) -> str | None:
    """The country that a number belongs to, None if it is not known."""
    known = (code for code in sorted(_COUNTRIES, key=len, reverse=True) if (address or "").startswith(code))
    return next((_COUNTRIES[code] for code in known), None)
