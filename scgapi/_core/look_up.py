"""Look-ups of sends by `external_id`: the ids that a filter can express, and what a response proves."""

from __future__ import annotations

import contextlib
import json
import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from scgapi._core.json import is_array, is_object
from scgapi._core.response import Response, is_failure_field
from scgapi._core.text import is_id

Found = Literal["send", "nothing", "unreliable"]
"""Result of a look-up: the send, an empty list, or a response that proves that look-ups are unreliable."""

_SAFE_SIGNS = frozenset("-_.:/@#+=~ ")
_PARSERS: tuple[Callable[[str], object], ...] = (float, datetime.fromisoformat, uuid.UUID)
_RESERVED_WORDS = frozenset({"true", "false", "none", "nil", "undefined"})
_LISTING_FLAGS = ("scheduled_delivery_time", "pause_before_transmit", "test_message_flag")

_MAX_CONTROLS = 16
"""Number of accepted sends that are remembered as controls."""

_NUMBER_WIDTHS_BITS = (31, 32, 53, 63, 64)
"""Widths of numbers that a gateway could store an external id in."""

_ENVELOPE_KEYS = frozenset({"list", "total", "offset", "limit"})


class Sighting(NamedTuple):
    """Result of one look-up.

    Attributes:
        found: the send, nothing, or nothing that can be relied on.
        id: the id of the send, if it was found.
        alone: True if it was the only row.
        several: True if several sends have the external id. It is not known then which of them is meant.
    """

    found: Found
    id: str = ""
    alone: bool = False
    several: bool = False


class Send(NamedTuple):
    """A send that the gateway has certainly accepted."""

    external_id: str
    id: str
    kind: tuple[object, ...]


class Shape(NamedTuple):
    """Properties of an id that a gateway could treat differently.

    `signs` is its punctuation in order, `letters` the kinds of its letters, `kinds` the types it could be parsed as,
    `size` the number of integer and float widths that it exceeds, if it is a number.
    """

    signs: str
    letters: frozenset[str]
    kinds: tuple[object, ...]
    length: int
    size: int

    def covers(self, other: Shape) -> bool:
        """Return True if a gateway that finds ids of this shape also finds ids of the other shape."""
        return (
            self.signs == other.signs
            and self.kinds == other.kinds
            and self.letters >= other.letters
            and self.length >= other.length
            and self.size >= other.size
        )


class Controls:
    """The last sends that were certainly accepted: a look-up that does not find them is unreliable."""

    def __init__(self) -> None:
        self._sends: tuple[Send, ...] = ()

    def add(self, send: Send) -> None:
        """Remember an accepted send."""
        self._sends = (send, *self._sends)[:_MAX_CONTROLS]

    def of(self, external_id: str, kind: tuple[object, ...]) -> Send | None:
        """Return the last send of the same kind whose `external_id` has the same shape, or None."""
        wanted = describe_shape(external_id)
        for send in self._sends:
            is_another = send.external_id != external_id and send.kind == kind
            if (
                is_another
                and find_filter_problem(send.external_id) is None
                and describe_shape(send.external_id).covers(wanted)
            ):
                return send
        return None

    def knows(self, request_id: str) -> bool:
        """Return True if this is the id of a remembered send."""
        return any(send.id == request_id for send in self._sends)


def listing_key(fields: Mapping[str, object]) -> tuple[object, ...]:
    """Return the fields that could decide in which list a gateway shows a send, such as scheduled or test sends."""
    found = {name.removesuffix("_"): value for name, value in fields.items()}
    return (str(found.get("application_id")), *(bool(found.get(name)) for name in _LISTING_FLAGS))


def find_filter_problem(external_id: str) -> str | None:
    """Return the reason why a filter may not match exactly this id, or None."""
    if not external_id.strip():
        return "is empty"
    if "," in external_id:
        return "contains a comma, at which a filter is split into several values"
    if external_id != external_id.strip() or "  " in external_id:
        return "contains blanks that a filter may drop"
    if not external_id.isprintable() or unicodedata.normalize("NFC", external_id) != external_id:
        return "contains a character that a filter may change"
    special = next((sign for sign in external_id if _is_special(sign)), None)
    if special is not None:
        return f"contains {special!r}, which a filter may read as something else"
    if external_id.lower() == "null":
        return "is the filter for sends without an external_id"
    if "number" in _parseable_types(external_id) and not re.fullmatch(r"[1-9][0-9]*", external_id):
        return "may be read as a number and written in another way"
    return None


def describe_shape(external_id: str) -> Shape:
    """Return the shape of an id."""
    kinds = _parseable_types(external_id)
    word = external_id.lower() if external_id.lower() in _RESERVED_WORDS else None
    letters = {
        kind
        for kind, pattern in (("upper", "[A-Z]"), ("lower", "[a-z]"), ("digit", "[0-9]"))
        if re.search(pattern, external_id)
    }
    number = int(external_id) if letters == {"digit"} and external_id.isdecimal() else 0
    return Shape(
        re.sub(r"[A-Za-z0-9]+", "w", external_id),
        frozenset(letters),
        (*kinds, word),
        len(external_id),
        sum(number >= 2**bits for bits in _NUMBER_WIDTHS_BITS),
    )


def read_look_up(external_id: str, response: Response) -> Sighting:
    """Evaluate the response to a look-up.

    Only an empty list proves that the send does not exist. Another row, a row without an id, several rows, a total above
    0, a later page, a limit of 0, other fields beside the list, a missing list or a cached response show that look-ups
    are unreliable.
    """
    is_fresh = response.status == 200 and response.headers.get("age", "0").strip() == "0"
    value = _parse_strictly(response.content) if is_fresh else None
    total: object = None
    is_first_page = True
    if is_object(value):
        if any(is_failure_field(name, field) for name, field in value.items()):
            return Sighting("unreliable")
        total = value.get("total")
        says_more = any(field for name, field in value.items() if name not in _ENVELOPE_KEYS)
        is_first_page = not (says_more or value.get("offset") or value.get("limit") in (0, "0"))
        value = value.get("list", [value])
    if not is_array(value):
        return Sighting("unreliable")
    exact = [row for row in value if is_object(row) and row.get("external_id") == external_id]
    if len(exact) == 1 and is_id(found := exact[0].get("id")):
        return Sighting("send", found, len(value) == 1 and total in (None, 1, "1"))
    if len(exact) > 1:
        return Sighting("unreliable", several=True)
    is_empty = (
        not value and is_first_page and (total is None or total == "0" or (total == 0 and type(total) is int))
    )
    return Sighting("nothing" if is_empty else "unreliable")


def _is_special(sign: str) -> bool:
    return sign.isascii() and not sign.isalnum() and sign not in _SAFE_SIGNS


def _parseable_types(text: str) -> tuple[str, ...]:
    """Return the types that a gateway could parse a text as."""
    kinds: list[str] = []
    for name, parse in zip(("number", "date", "uuid"), _PARSERS, strict=True):
        with contextlib.suppress(ValueError):
            parse(text)
            kinds.append(name)
    return tuple(kinds)


def _parse_strictly(content: bytes) -> object:
    """Return the JSON value; None for invalid JSON or duplicate keys."""

    def reject_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError
        return found

    try:
        value: object = json.loads(content, object_pairs_hook=reject_duplicates)
    except (ValueError, RecursionError):
        return None
    return value
