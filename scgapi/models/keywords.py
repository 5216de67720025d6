"""Keywords: words in incoming messages that the gateway reacts to."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer
from typing_extensions import TypedDict

from scgapi._core.json import is_sequence
from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel, Versioned
from scgapi.models._fields import (
    HIDDEN,
    DateFilter,
    IntFilter,
    Items,
    ListOptions,
    Moment,
    TextFilter,
    Timestamp,
)

KeywordAction = Literal["OPTOUT", "OPTIN", "STORE"] | str
KeywordCase = Literal["SENSITIVE", "INSENSITIVE"] | str
KeywordType = Literal["RESERVED", "COMPANY"] | str


def _split(value: object) -> object:
    return [part for part in re.split(r"[,\s]+", value) if part] if isinstance(value, str) else value


def _joined(value: object) -> object:
    return ",".join(map(str, value)) if is_sequence(value) else value


# Text by the definition, lists in older clients: read either, write the text.
_Words = Annotated[list[str], BeforeValidator(_split)]
_Actions = Annotated[list[KeywordAction], BeforeValidator(_split)]


class KeywordData(ResourceModel):
    """A keyword's fields (GET `/messaging/keywords/{id}`)."""

    name: str | None = None
    description: str | None = None
    value: str | None = None
    """The word to look for; may be a regular expression in POSIX extended syntax."""
    case: KeywordCase | None = None
    """Whether upper and lower case differ; by default they do not."""
    sender_id: str | None = None
    """The sender id that the keyword works on; all of the company's if there is none."""
    valid_from: Timestamp | None = None
    """The keyword works from here on."""
    valid_to: Timestamp | None = None
    """The keyword works up to here."""
    associated_info: Annotated[str | None, HIDDEN] = None
    """Your own text, which events about the keyword repeat."""
    campaign_id: str | None = None
    type: KeywordType | None = None
    """RESERVED keywords are the gateway's own and always there; yours are COMPANY."""
    actions: _Actions | None = None
    """What happens to the sender of the message: OPTOUT, OPTIN, or STORE, which only records it. On the wire a
    text with commas or blanks between them, in older clients a list."""
    reply_template: str | None = None
    """The name of the template that the automatic reply is made from."""
    attachments: _Words | None = None
    """Ids of what the automatic reply carries. Text on the wire; that commas divide it is not established."""
    search_words_count: int | None = None
    """How many words, from the message's first, are looked at."""


class KeywordReplacement(TypedDict, total=False):
    """The fields of a keyword that PUT takes: all but two."""

    name: str | None
    description: str | None
    value: str | None
    case: KeywordCase | None
    sender_id: str | None
    valid_from: Moment | None
    valid_to: Moment | None
    associated_info: str | None
    campaign_id: str | None
    type: KeywordType | None
    actions: Annotated[
        KeywordAction | Items[KeywordAction] | None, PlainSerializer(_joined, when_used="json")
    ]
    reply_template: str | None


class KeywordFields(KeywordReplacement, total=False):
    """What a keyword is created from."""

    attachments: Annotated[str | Items[str] | None, PlainSerializer(_joined, when_used="json")]
    search_words_count: int | None


class KeywordUpdate(KeywordFields, Versioned):
    """What an update of a keyword takes."""


class KeywordReplace(KeywordReplacement, Versioned):
    """What a keyword is replaced by: the definition leaves out `attachments` and `search_words_count`."""


class KeywordFilters(ListOptions, total=False):
    """What keywords can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    name: TextFilter
    value: TextFilter
    case: TextFilter
    sender_id: TextFilter
    valid_from: DateFilter
    valid_to: DateFilter
    campaign_id: TextFilter
    type: TextFilter
    actions: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter


_ONE = "/messaging/keywords/{keyword_id}"

LIST = Operation("keywords.list", "GET", "/messaging/keywords", query=KeywordFilters)
CREATE = Operation("keywords.create", "POST", "/messaging/keywords", body=KeywordFields)
GET = Operation("keywords.get", "GET", _ONE)
UPDATE = Operation("keywords.update", "POST", _ONE, body=KeywordUpdate)
REPLACE = Operation("keywords.replace", "PUT", _ONE, body=KeywordReplace)
DELETE = Operation("keywords.delete", "DELETE", _ONE)
