"""Keywords: their patterns and validity. `shared.keyword_actions` holds their effects."""

from __future__ import annotations

import re

from scgapi.models import keywords
from scgapi.sandbox.behaviour.consent import is_managed
from scgapi.sandbox.errors import GatewayError, invalid
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, items, number

RESERVED = {"STOP": "OPTOUT", "START": "OPTIN"}
# Words that carriers require. HELP and INFO are not among them: they change no consent.
_SYNONYMS = {
    "STOP": frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"}),
    "START": frozenset({"START", "UNSTOP", "YES"}),
}
_ACTIONS = ("OPTOUT", "OPTIN", "STORE")
# Blanks, punctuation and symbols around a word do not change it.
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
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


def add_reserved_keywords(account: Account) -> None:
    """Add the gateway's own keywords."""
    for word, action in RESERVED.items():
        own: Document = {"name": word, "value": word, "case": "INSENSITIVE", "type": "RESERVED"}
        KEYWORDS.rows(account).add({**own, "actions": action})


def matching_keywords(account: Account, sender: Document, body: str) -> list[Document]:
    """Return the keywords that match a message to this sender id. If RESERVED ones match, the others do not count."""
    now = account.now()
    found = [
        row
        for row in KEYWORDS.rows(account).rows()
        if _listens(row, sender) and _is_valid(row, now) and _is_in(row, body)
    ]
    return [row for row in found if row.get("type") == "RESERVED"] or found


def bare_word(body: str) -> str:
    """Return a message in the form that is compared with RESERVED keywords, which must be the whole text."""
    return _AROUND.sub("", body).upper()


def words(value: object) -> list[str]:
    """Return the words of a list, or of a text with commas or blanks between them."""
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
    if row.get("type") == "RESERVED":
        return bare_word(body) in _SYNONYMS[value]
    # The gateway's default is not documented: as many words as the keyword has.
    count = number(row.get("search_words_count")) or max(1, len(value.split()))
    searched = " ".join(body.split()[:count])
    return bool(value) and _expression(value, row.get("case")).search(searched) is not None


def _expression(value: str, case: object) -> re.Pattern[str]:
    """Translate a POSIX extended expression to Python. It matches whole words only, and "non-stop" is one word."""
    for name, members in _CLASSES.items():
        value = value.replace(f"[:{name}:]", members)
    return re.compile(rf"(?<![\w-])(?:{value})(?![\w-])", 0 if case == "SENSITIVE" else re.IGNORECASE)


def _prepare(account: Account, fields: Document, current: Document | None) -> None:
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
        raise invalid("value", "not a regular expression") from None
    sender = SENDER_IDS.rows(account).find(str(wanted.get("sender_id") or ""))
    if wanted.get("sender_id") and sender is None:
        raise invalid("sender_id", str(wanted["sender_id"]))
    if (
        sender is not None
        and is_managed(sender)
        and any(str(wanted.get("value")).upper() in synonyms for synonyms in _SYNONYMS.values())
    ):
        raise invalid("value", "the word is RESERVED")


def _must_be_own(row: Document) -> None:
    if row.get("type") == "RESERVED":
        raise GatewayError(403, "403", "Forbidden - RESERVED keywords cannot be changed")


def _defaults(_account: Account, _fields: Document) -> Document:
    return {"case": "INSENSITIVE", "type": "COMPANY"}


def _delete(account: Account, request: APIRequest) -> APIResponse:
    _must_be_own(KEYWORDS.rows(account).get(request.ids[0]))
    return KEYWORDS.delete(account, request)


KEYWORDS = Resource(spec=keywords, model=keywords.KeywordData, defaults=_defaults, prepare=_prepare)

HANDLERS: OperationHandlers = {**KEYWORDS.handlers(), keywords.DELETE: _delete}
