"""Who sends and who receives: the forms that `from` and `to` may have (wire facts 1.10)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.families.channels import CHANNELS
from scgapi.sandbox.families.channels import MEMBERSHIP as CHANNEL_MEMBERS
from scgapi.sandbox.families.contact_groups import GROUPS
from scgapi.sandbox.families.contact_groups import MEMBERSHIP as GROUP_MEMBERS
from scgapi.sandbox.families.contacts import CONTACTS
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.store import Document, text, texts
from scgapi.sandbox.world import World

_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_FORMS = {"voice": "VOICE", "wa": "WHATSAPP", "we": "WECHAT", "fb": "FACEBOOK", "psh": "PSH", "push": "PSH"}


@dataclass(frozen=True)
class Sender:
    """The sender id that is used, and the channel that it was picked from."""

    row: Document
    channel_id: str | None = None

    @property
    def capabilities(self) -> list[str]:
        """The message types that it can send."""
        return texts(self.row.get("capabilities"))

    def kind(self, needed: str | None) -> str:
        """The type of a message from here."""
        able = self.capabilities
        return needed or next((kind for kind in ("SMS", "VOICE", *able) if kind in able), "SMS")


@dataclass(frozen=True)
class Recipient:
    """One recipient: `to` as it was written, and what it stands for."""

    to: str
    address: str | None
    contact_id: str | None = None
    kind: str | None = None


def find_sender(world: World, given: str, needed: str | None) -> Sender:
    """The sender that `from` means; `needed` is the message type that it must be able to send.

    Raises:
        GatewayError: there is none, or it may not send, or not this type.
    """
    form, _, rest = given.partition(":")
    if form == "channel":
        return _from_channel(world, given, rest, needed)
    rows = SENDER_IDS.rows(world)
    row = rows.find(rest if form == "sender_id" else given)
    if row is None and form != "sender_id":
        row = _by_address(world, given)
    if row is None:
        raise _invalid_sender(given)
    if row["ownership"] not in ("PRIVATE", "SHARED"):
        raise GatewayError(403, "SCG_ERROR_4036", f"Invalid sender ID ownership: {row['ownership']}")
    if row["state"] != "ACTIVE":
        raise GatewayError(403, "SCG_ERROR_4035", f"Invalid sender ID state: {row['state']}")
    sender = Sender(row)
    if needed and needed not in sender.capabilities:
        raise _incapable(needed)
    return sender


def find_recipients(world: World, given: list[str]) -> list[Recipient]:
    """All that `to` means: groups stand for their contacts, and no contact is sent to twice.

    Raises:
        GatewayError: one of them is unknown or malformed.
    """
    found: dict[tuple[int, str], Recipient] = {}
    for index, to in enumerate(given):
        for recipient in _recipients(world, to):
            key = (0, recipient.contact_id) if recipient.contact_id else (index + 1, to)
            found.setdefault(key, recipient)
    return list(found.values())


def address_key(address: object) -> str:
    """What makes two spellings of one address equal."""
    return str(address or "").removeprefix("+").casefold()


def contact_of(world: World, address: str) -> str | None:
    """The contact that is reached at this number."""
    for row in CONTACTS.rows(world).rows():
        if row.get("primary_mdn") and address_key(row["primary_mdn"]) == address_key(address):
            return str(row["id"])
    return None


def _recipients(world: World, to: str) -> list[Recipient]:
    form, separator, rest = to.partition(":")
    if not separator:
        contact = CONTACTS.rows(world).find(to)
        if contact is not None:
            return [_contact(to, contact)]
        form, rest = "mdn", to
    if form == "mdn" and _NUMBER.fullmatch(rest):
        return [Recipient(to, rest)]
    if form in _FORMS and rest:
        return [Recipient(to, rest, kind=_FORMS[form])]
    row = (
        {"contact": CONTACTS, "group": GROUPS}[form].rows(world).find(rest)
        if form in ("contact", "group")
        else None
    )
    if row is None:
        raise GatewayError(400, "SCG_ERROR_40024", f"Invalid Recipient: {to}")
    if form == "contact":
        return [_contact(to, row)]
    return [_contact(to, member) for member in GROUP_MEMBERS.members(world, row)]


def _contact(to: str, row: Document) -> Recipient:
    return Recipient(to, text(row.get("primary_mdn")) or None, contact_id=str(row["id"]))


def _from_channel(world: World, given: str, channel_id: str, needed: str | None) -> Sender:
    channel = CHANNELS.rows(world).find(channel_id)
    if channel is None:
        raise _invalid_sender(given)
    for row in CHANNEL_MEMBERS.members(world, channel):
        sender = Sender(row, channel_id)
        if row["state"] == "ACTIVE" and (needed is None or needed in sender.capabilities):
            return sender
    raise GatewayError(
        400, "SCG_ERROR_40012", "No sender addresses capable of sending requested message type"
    )


def _by_address(world: World, address: str) -> Document | None:
    rows = [row for row in SENDER_IDS.rows(world).rows() if row["ownership"] in ("PRIVATE", "SHARED")]
    found = [
        row for row in rows if row.get("address") and address_key(row["address"]) == address_key(address)
    ]
    active = [row for row in found if row["state"] == "ACTIVE"]
    if len(active) > 1:
        text = f"Multiple sender id with address: {address}. Use sender id to send message."
        raise GatewayError(400, "SCG_ERROR_40019", text)
    return next(iter(active or found), None)


def _invalid_sender(given: str) -> GatewayError:
    return GatewayError(400, "SCG_ERROR_40018", f"Invalid senderId/address: {given}")


def _incapable(needed: str) -> GatewayError:
    if needed == "MMS":
        return GatewayError(400, "SCG_ERROR_40016", "Sender id is not capable of sending MMS")
    return GatewayError(
        400, "SCG_ERROR_40012", "No sender addresses capable of sending requested message type"
    )
