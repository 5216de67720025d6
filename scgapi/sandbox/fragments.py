"""The parts that a text is sent in."""

from __future__ import annotations

from scgapi.compose.segments import count_segments
from scgapi.sandbox.store import Document, new_id

CHARGE = 0.0075


def fragments(kind: str, body: object, state: str) -> list[Document]:
    """One entry for each SMS; other messages are sent whole."""
    count = count_segments(body).segments if kind == "SMS" and isinstance(body, str) else 1
    return [{"fragment_id": new_id(), "fragment_state": state, "charge": CHARGE} for _ in range(count)]


def restated(found: object, state: str) -> list[Document]:
    """The same fragments in another state."""
    entries: list[Document] = [*found] if isinstance(found, list) else []
    return [{**entry, "fragment_state": state} for entry in entries]
