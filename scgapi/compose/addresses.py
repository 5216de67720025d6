"""Addresses with the prefixes of the gateway (docs/api-notes.md, note 15).

Objects can be used directly: `to=[contact, group, "+15551234567"]`, `from_=channel`.
"""

from __future__ import annotations

from typing import Literal

from scgapi._core.tracebacks import trim_traceback
from scgapi.errors import InvalidArgumentError

PushProvider = Literal["APN", "FCM", "GCM"]


@trim_traceback
def contact(contact_id: str) -> str:
    """Return the address of a contact: `contact:ID`."""
    return _with_prefix("contact", contact_id)


@trim_traceback
def group(group_id: str) -> str:
    """Return the address of all contacts of a group: `group:ID`."""
    return _with_prefix("group", group_id)


@trim_traceback
def channel(channel_id: str) -> str:
    """Return the address of a channel to send from: `channel:ID`."""
    return _with_prefix("channel", channel_id)


@trim_traceback
def sender_id(sender_id: str) -> str:
    """Return the address of a sender id to send from: `sender_id:ID`."""
    return _with_prefix("sender_id", sender_id)


@trim_traceback
def mdn(number: str) -> str:
    """Return the address of a phone number, marked as one: `mdn:NUMBER`."""
    return _with_prefix("mdn", number)


@trim_traceback
def voice(number: str) -> str:
    """Return the address of a phone number to call and read the text to: `voice:+15551234567`."""
    return _with_prefix("voice", number)


@trim_traceback
def whatsapp(number: str) -> str:
    """Return the address of a WhatsApp user: `wa:+15551234567`."""
    return _with_prefix("wa", number)


@trim_traceback
def wechat(recipient: str, sender_address: str) -> str:
    """Return the address of a WeChat user, relative to a sender: `we:RECIPIENT@SENDER`."""
    return f"{_with_prefix('we', recipient)}@{_check_part(sender_address)}"


@trim_traceback
def facebook(recipient: str, sender_address: str) -> str:
    """Return the address of a Facebook user, relative to a sender: `fb:RECIPIENT@SENDER`."""
    return f"{_with_prefix('fb', recipient)}@{_check_part(sender_address)}"


@trim_traceback
def push(token: str, app_id: str, provider: PushProvider) -> str:
    """Return the address of a device by its push token and application: `push:TOKEN@APP@FCM`."""
    return f"{_with_prefix('push', token)}@{_check_part(app_id)}@{_check_part(provider)}"


@trim_traceback
def push_to_sender(provider: PushProvider, sender_address: str, token: str) -> str:
    """Return the address of a device by a push sender's address and its token: `psh:apn@SENDER@TOKEN`."""
    return f"{_with_prefix('psh', provider.lower())}@{_check_part(sender_address)}@{_check_part(token)}"


def _with_prefix(prefix: str, value: str) -> str:
    return f"{prefix}:{_check_part(value)}"


def _check_part(value: str) -> str:
    if not value.strip() or value != value.strip():
        raise InvalidArgumentError(
            "a part of an address is empty or begins or ends with a blank", field="address"
        )
    return value
