"""Look-up of the senders and recipients that `from` and `to` name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scgapi.sandbox.behaviour.addresses import Recipient, Sender, address_key, required_type
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.handlers.channels import CHANNELS
from scgapi.sandbox.handlers.channels import MEMBERSHIP as CHANNEL_MEMBERS
from scgapi.sandbox.handlers.contact_groups import GROUPS
from scgapi.sandbox.handlers.contact_groups import MEMBERSHIP as GROUP_MEMBERS
from scgapi.sandbox.handlers.contacts import CONTACTS
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, text

_NUMBER = re.compile(r"\+?[0-9]{3,20}")


def find_sender(
    account: Account, given: str, types: Sequence[str] = (), *, type_id: str | None = None
) -> Sender:
    """Return the sender that `from` names. It must be able to send one of the message `types`.

    For a channel, return the first of its sender ids that can, and that has the type `type_id` if that is given.

    Raises:
        GatewayError: the sender is unknown, may not send, or cannot send this type.
    """
    form, _, rest = given.partition(":")
    if form == "channel":
        return _from_channel(account, given, rest, types, type_id)
    rows = SENDER_IDS.rows(account)
    row = rows.find(rest if form == "sender_id" else given)
    if row is None and form != "sender_id":
        row = _by_address(account, given)
    if row is None:
        raise _invalid_sender(given)
    if row["ownership"] not in ("PRIVATE", "SHARED"):
        raise GatewayError(403, "SCG_ERROR_4036", f"Invalid sender ID ownership: {row['ownership']}")
    if row["state"] != "ACTIVE":
        raise GatewayError(403, "SCG_ERROR_4035", f"Invalid sender ID state: {row['state']}")
    sender = Sender(row)
    if type_id and row.get("type_id") != type_id:
        raise _wrong_type_id(type_id)
    if not sender.can_send(types):
        raise _incapable(types)
    return sender


def find_recipients(account: Account, given: list[str]) -> list[Recipient]:
    """Return the recipients that `to` names. A group stands for its contacts; each contact occurs once.

    Raises:
        GatewayError: a recipient is unknown or malformed.
    """
    found: dict[tuple[int, str], Recipient] = {}
    for index, to in enumerate(given):
        for recipient in _recipients(account, to):
            key = (0, recipient.contact_id) if recipient.contact_id else (index + 1, to)
            found.setdefault(key, recipient)
    return list(found.values())


def find_contact(account: Account, address: str) -> str | None:
    """Return the id of the contact with this number, or None."""
    for row in CONTACTS.rows(account).rows():
        if row.get("primary_mdn") and address_key(row["primary_mdn"]) == address_key(address):
            return str(row["id"])
    return None


def _recipients(account: Account, to: str) -> list[Recipient]:
    form, separator, rest = to.partition(":")
    if not separator:
        contact = CONTACTS.rows(account).find(to)
        if contact is not None:
            return [_contact(to, contact)]
        form, rest = "mdn", to
    if form == "mdn" and _NUMBER.fullmatch(rest):
        return [Recipient(to, rest)]
    kind = required_type(to)
    if kind is not None:
        return [Recipient(to, rest, kind=kind)]
    row = (
        {"contact": CONTACTS, "group": GROUPS}[form].rows(account).find(rest)
        if form in ("contact", "group")
        else None
    )
    if row is None:
        raise GatewayError(400, "SCG_ERROR_40024", f"Invalid Recipient: {to}")
    if form == "contact":
        return [_contact(to, row)]
    return [_contact(to, member) for member in GROUP_MEMBERS.members(account, row)]


def _contact(to: str, row: Document) -> Recipient:
    return Recipient(to, text(row.get("primary_mdn")) or None, contact_id=str(row["id"]))


def _from_channel(
    account: Account, given: str, channel_id: str, types: Sequence[str], type_id: str | None
) -> Sender:
    channel = CHANNELS.rows(account).find(channel_id)
    if channel is None:
        raise _invalid_sender(given)
    rows = [row for row in CHANNEL_MEMBERS.members(account, channel) if row["state"] == "ACTIVE"]
    typed = [row for row in rows if type_id is None or row.get("type_id") == type_id]
    if rows and type_id and not typed:
        raise _wrong_type_id(type_id)
    for row in typed:
        sender = Sender(row, channel_id)
        if sender.can_send(types):
            return sender
    raise _no_sender()


def _by_address(account: Account, address: str) -> Document | None:
    rows = [row for row in SENDER_IDS.rows(account).rows() if row["ownership"] in ("PRIVATE", "SHARED")]
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


def _incapable(types: Sequence[str]) -> GatewayError:
    if "MMS" in types:
        return GatewayError(400, "SCG_ERROR_40016", "Sender id is not capable of sending MMS")
    return _no_sender()


def _wrong_type_id(wanted: str) -> GatewayError:
    return GatewayError(
        400, "SCG_ERROR_40017", f"Only sender id with type id {wanted} is supported for group MMS"
    )


def _no_sender() -> GatewayError:
    return GatewayError(
        400, "SCG_ERROR_40012", "No sender addresses capable of sending requested message type"
    )
