"""The parts that a text is sent in."""

from __future__ import annotations

from scgapi.sandbox.store import Document, new_id

CHARGE = 0.0075

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED = frozenset("^{}\\[~]|€\f")


def segments(text: str) -> int:
    """How many SMS a text takes: 160 or 153 characters each in GSM 7-bit, 70 or 67 in UCS-2."""
    if all(char in _GSM or char in _GSM_ESCAPED for char in text):
        units, single, joined = len(text) + sum(char in _GSM_ESCAPED for char in text), 160, 153
    else:
        units, single, joined = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if units <= single else -(-units // joined)


def fragments(kind: str, body: object, state: str) -> list[Document]:
    """One entry for each SMS; other messages are sent whole."""
    count = segments(body) if kind == "SMS" and isinstance(body, str) else 1
    return [{"fragment_id": new_id(), "fragment_state": state, "charge": CHARGE} for _ in range(count)]


def restated(found: object, state: str) -> list[Document]:
    """The same fragments in another state."""
    entries: list[Document] = [*found] if isinstance(found, list) else []
    return [{**entry, "fragment_state": state} for entry in entries]
