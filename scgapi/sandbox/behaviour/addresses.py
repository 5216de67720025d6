"""Addresses: recipients, senders, and the message types that the form of an address implies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scgapi.sandbox.state.store import Document, texts

_FORMS = {"voice": "VOICE", "wa": "WHATSAPP", "we": "WECHAT", "fb": "FACEBOOK", "psh": "PSH", "push": "PSH"}

MEDIA = ("MMS", "RCS", "WHATSAPP", "WECHAT", "FACEBOOK", "VIBER", "EMAIL", "PSH")
"""Message types that can carry attachments, in order of preference."""


@dataclass(frozen=True)
class Sender:
    """The sender id that is used, and the channel that it was taken from."""

    row: Document
    channel_id: str | None = None

    @property
    def capabilities(self) -> list[str]:
        """Message types that it can send."""
        return texts(self.row.get("capabilities"))

    def can_send(self, types: Sequence[str]) -> bool:
        """Return True if it can send one of these message types; without types, always."""
        return not types or any(kind in self.capabilities for kind in types)

    def kind(self, types: Sequence[str]) -> str:
        """Return the type of a message from this sender: one of `types` if there are any."""
        able = self.capabilities
        return next((kind for kind in (types or ("SMS", "VOICE", *able)) if kind in able), "SMS")


@dataclass(frozen=True)
class Recipient:
    """One recipient: `to` as it was written, and the address or contact that it resolves to."""

    to: str
    address: str | None
    contact_id: str | None = None
    kind: str | None = None


def required_type(to: str) -> str | None:
    """Return the message type that the form of a recipient requires; None if any type will do."""
    form, _, rest = to.partition(":")
    return _FORMS.get(form) if rest else None


def address_key(address: object) -> str:
    """Return a key that is equal for all spellings of one address."""
    return str(address or "").removeprefix("+").casefold()
