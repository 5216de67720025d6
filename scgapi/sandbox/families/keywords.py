"""Keywords: what they look for and when they work. What they do is in `reactions`."""

from __future__ import annotations

import re

from scgapi.models import keywords
from scgapi.sandbox.consent import is_managed
from scgapi.sandbox.errors import GatewayError, invalid
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, items, number
from scgapi.sandbox.world import Call, Handlers, Reply, World

RESERVED = {"STOP": "OPTOUT", "START": "OPTIN"}
_ACTIONS = ("OPTOUT", "OPTIN", "STORE")
_CLASSES = {
    "alpha": "A-Za-z",
    "digit": "0-9",
    "alnum": "A-Za-z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "xdigit": "0-9A-Fa-f",
}


def seed_keywords(world: World) -> None:
    """The gateway's own keywords, which nobody has to add."""
    for word, action in RESERVED.items():
        own: Document = {"name": word, "value": word, "case": "INSENSITIVE", "type": "RESERVED"}
        KEYWORDS.rows(world).add({**own, "actions": action})


def matching(world: World, sender: Document, body: str) -> list[Document]:
    """The keywords that a message to this sender id is about; the gateway's own come before all others."""
    now = world.now()
    found = [
        row
        for row in KEYWORDS.rows(world).rows()
        if _listens(row, sender) and _is_valid(row, now) and _is_in(row, body)
    ]
    return [row for row in found if row.get("type") == "RESERVED"] or found


def words(value: object) -> list[str]:
    """Words of a list, or of a text with commas or blanks between them."""
    return re.findall(r"[^,\s]+", value) if isinstance(value, str) else [str(item) for item in items(value)]


def _listens(row: Document, sender: Document) -> bool:
    if row.get("type") == "RESERVED":
        return is_managed(sender)
    return row.get("sender_id") in (None, "", sender["id"])


def _is_valid(row: Document, now: int) -> bool:
    begin, end = number(row.get("valid_from")), number(row.get("valid_to"))
    return (begin is None or begin <= now) and (end is None or now <= end)


def _is_in(row: Document, body: str) -> bool:
    value = str(row.get("value") or "")
    # How many words are looked at unless told is not established: as many as the keyword has.
    count = number(row.get("search_words_count")) or max(1, len(value.split()))
    heard = " ".join(body.split()[:count])
    return bool(value) and _expression(value, row.get("case")).search(heard) is not None


def _expression(value: str, case: object) -> re.Pattern[str]:
    """A POSIX extended expression as one of Python's, for whole words only."""
    for name, members in _CLASSES.items():
        value = value.replace(f"[:{name}:]", members)
    return re.compile(rf"(?<!\w)(?:{value})(?!\w)", 0 if case == "SENSITIVE" else re.IGNORECASE)


def _prepare(world: World, fields: Document, current: Document | None) -> None:
    if current is not None:
        _must_be_own(current)
    if fields.get("type") == "RESERVED":
        raise invalid("type", "RESERVED keywords are the gateway's own")
    for action in words(fields.get("actions")):
        if action not in _ACTIONS:
            raise invalid("actions", action)
    wanted = {**(current or {}), **fields}
    try:
        _expression(str(wanted.get("value") or ""), wanted.get("case"))
    except re.error:
        raise invalid("value", "no regular expression") from None
    sender = SENDER_IDS.rows(world).find(str(wanted.get("sender_id") or ""))
    if wanted.get("sender_id") and sender is None:
        raise invalid("sender_id", str(wanted["sender_id"]))
    if sender is not None and is_managed(sender) and str(wanted.get("value")).upper() in RESERVED:
        raise invalid("value", "the word is RESERVED")


def _must_be_own(row: Document) -> None:
    if row.get("type") == "RESERVED":
        raise GatewayError(403, "403", "Forbidden - RESERVED keywords cannot be changed")


def _defaults(_world: World, _fields: Document) -> Document:
    return {"case": "INSENSITIVE", "type": "COMPANY"}


def _delete(world: World, call: Call) -> Reply:
    _must_be_own(KEYWORDS.rows(world).get(call.ids[0]))
    return KEYWORDS.delete(world, call)


KEYWORDS = Resource(spec=keywords, model=keywords.KeywordData, defaults=_defaults, prepare=_prepare)

HANDLERS: Handlers = {**KEYWORDS.handlers(), keywords.DELETE: _delete}
