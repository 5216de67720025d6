"""Addresses in the forms that the gateway tells apart by their prefix (wire facts 1.10).

Objects need none of this: `to=[contact, group, "+15551234567"]` and `from_=channel` are addresses by themselves.
"""

from __future__ import annotations

from typing import Literal

from scgapi.errors import InvalidArgumentError

PushProvider = Literal["APN", "FCM", "GCM"]


def contact(contact_id: str) -> str:
    """A contact, by id: `contact:ID`."""
    return _joined("contact", contact_id)


def group(group_id: str) -> str:
    """All contacts of a group, by id: `group:ID`."""
    return _joined("group", group_id)


def channel(channel_id: str) -> str:
    """A channel to send from, by id: `channel:ID`."""
    return _joined("channel", channel_id)


def sender_id(sender_id: str) -> str:
    """A sender id to send from, by id: `sender_id:ID`."""
    return _joined("sender_id", sender_id)


def mdn(number: str) -> str:
    """A phone number, said to be one: `mdn:NUMBER`."""
    return _joined("mdn", number)


def voice(number: str) -> str:
    """A phone number that is called and read the text: `voice:+15551234567`."""
    return _joined("voice", number)


def whatsapp(number: str) -> str:
    """A WhatsApp user, by phone number: `wa:+15551234567`."""
    return _joined("wa", number)


def wechat(recipient: str, sender_address: str) -> str:
    """A WeChat user, as seen from a sender's address: `we:RECIPIENT@SENDER`."""
    return f"{_joined('we', recipient)}@{_part(sender_address)}"


def facebook(recipient: str, sender_address: str) -> str:
    """A Facebook user, as seen from a sender's address: `fb:RECIPIENT@SENDER`."""
    return f"{_joined('fb', recipient)}@{_part(sender_address)}"


def push(token: str, app_id: str, provider: PushProvider) -> str:
    """A device, by its push token and application: `push:TOKEN@APP@FCM`."""
    return f"{_joined('push', token)}@{_part(app_id)}@{_part(provider)}"


def push_to_sender(provider: PushProvider, sender_address: str, token: str) -> str:
    """A device, by a push sender's address and its token: `psh:apn@SENDER@TOKEN`."""
    return f"{_joined('psh', provider.lower())}@{_part(sender_address)}@{_part(token)}"


def _joined(prefix: str, value: str) -> str:
    return f"{prefix}:{_part(value)}"


def _part(value: str) -> str:
    if not value.strip() or value != value.strip():
        raise InvalidArgumentError(
            "a part of an address is empty or begins or ends with a blank", field="address"
        )
    return value
