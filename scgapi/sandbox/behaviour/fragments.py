"""Fragments: the SMS that a text is split into."""

from __future__ import annotations

from scgapi.compose.segments import count_segments
from scgapi.sandbox.state.store import Document, new_id

CHARGE_PER_FRAGMENT = 0.0075
"""Charge of each fragment, in the currency of the account."""


def fragments(kind: str, body: object, state: str) -> list[Document]:
    """Return an entry for each SMS of a text; other messages are sent as one."""
    count = count_segments(body).segments if kind == "SMS" and isinstance(body, str) else 1
    return [
        {"fragment_id": new_id(), "fragment_state": state, "charge": CHARGE_PER_FRAGMENT}
        for _ in range(count)
    ]


def with_state(found: object, state: str) -> list[Document]:
    """Return the same fragments in another state."""
    entries: list[Document] = [*found] if isinstance(found, list) else []
    return [{**entry, "fragment_state": state} for entry in entries]
