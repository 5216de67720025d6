"""Keywords: words in incoming messages that the gateway reacts to."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer
from typing_extensions import TypedDict

from scgapi._core.json import is_sequence
from scgapi._core.model.base import ResourceModel, Versioned
from scgapi._core.model.fields import (
    SENSITIVE,
    ChoiceFilter,
    DateFilter,
    IntFilter,
    Items,
    ListOptions,
    TextFilter,
    Timestamp,
    TimestampInput,
)
from scgapi._core.operation import Operation
from scgapi.models._addresses import IdOfSenderId, SenderIdRef

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
    """Your own name for it."""
    description: str | None = None
    """Description."""
    value: str | None = None
    """The word to look for; may be a regular expression in POSIX extended syntax."""
    case: KeywordCase | None = None
    """Case: SENSITIVE or INSENSITIVE (the default)."""
    sender_id: IdOfSenderId | None = None
    """Id of the sender id that the keyword works on; None for all of the company's."""
    valid_from: Timestamp | None = None
    """The keyword works from here on."""
    valid_to: Timestamp | None = None
    """The keyword works up to here."""
    associated_info: Annotated[str | None, SENSITIVE] = None
    """Your own text, which events about the keyword repeat."""
    campaign_id: str | None = None
    """Your own id of the campaign that it belongs to."""
    type: KeywordType | None = None
    """RESERVED keywords are the gateway's own and always there; yours are COMPANY."""
    actions: _Actions | None = None
    """Effects on the message's sender: OPTOUT, OPTIN, or STORE (only record the message). A string in
    JSON, with commas or blanks between the values."""
    reply_template: str | None = None
    """The name of the template that the automatic reply is made from."""
    attachments: _Words | None = None
    """Ids of the automatic reply's attachments. A string in JSON; commas as its separator are assumed."""
    search_words_count: int | None = None
    """Number of words of the message to search, from the first."""


class KeywordReplacement(TypedDict, total=False):
    """The fields of a keyword that PUT takes: all but two."""

    name: str | None
    """Your own name for it."""
    description: str | None
    """Description."""
    value: str | None
    """Word or pattern that is looked for in incoming messages."""
    case: KeywordCase | None
    """`INSENSITIVE` or `SENSITIVE` to upper and lower case."""
    sender_id: SenderIdRef | None
    """Id of the sender id whose incoming messages are searched."""
    valid_from: TimestampInput | None
    """Time from which it works: an aware `datetime`, ISO 8601 text or epoch milliseconds."""
    valid_to: TimestampInput | None
    """Time until which it works: an aware `datetime`, ISO 8601 text or epoch milliseconds."""
    associated_info: str | None
    """Anything of your own that is kept with it."""
    campaign_id: str | None
    """Your own id of the campaign that it belongs to."""
    type: KeywordType | None
    """`COMPANY` for your own keywords; the gateway's own are `RESERVED`."""
    actions: Annotated[
        KeywordAction | Items[KeywordAction] | None, PlainSerializer(_joined, when_used="json")
    ]
    """Actions on a match: `OPTIN`, `OPTOUT`, `STORE`."""
    reply_template: str | None
    """Text, or template, of the reply that is sent on a match."""


class _KeywordFields(KeywordReplacement, total=False):
    """Keys that KeywordFields shares with KeywordUpdate."""

    attachments: Annotated[str | Items[str] | None, PlainSerializer(_joined, when_used="json")]
    """Ids of the attachments of the reply."""
    search_words_count: int | None
    """Number of words, from the start of a message, that are searched."""


class KeywordFields(_KeywordFields, closed=True):
    """Fields of a keyword to create."""


class KeywordUpdate(_KeywordFields, Versioned, closed=True):
    """Fields of a keyword that an update can change."""


class KeywordReplace(KeywordReplacement, Versioned, closed=True):
    """Fields of a keyword's replacement, without `attachments` and `search_words_count` by the definition."""


class KeywordFilters(ListOptions, total=False, closed=True):
    """Filters for keywords; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    name: TextFilter
    """Name, or several."""
    value: TextFilter
    """Word or pattern, or several."""
    case: ChoiceFilter[KeywordCase]
    """`INSENSITIVE` or `SENSITIVE`; or both."""
    sender_id: TextFilter
    """Id of the sender id, or several."""
    valid_from: DateFilter
    """Start of validity: one time, or a range `(from, to)` including both ends."""
    valid_to: DateFilter
    """End of validity: one time, or a range `(from, to)` including both ends."""
    campaign_id: TextFilter
    """Your id of the campaign, or several."""
    type: ChoiceFilter[KeywordType]
    """`COMPANY` or `RESERVED`; or both."""
    actions: ChoiceFilter[KeywordAction]
    """Action on a match, such as `OPTOUT`; or several."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


_ONE = "/messaging/keywords/{keyword_id}"

LIST = Operation("keywords.list", "GET", "/messaging/keywords", query=KeywordFilters)
CREATE = Operation("keywords.create", "POST", "/messaging/keywords", body=KeywordFields)
GET = Operation("keywords.get", "GET", _ONE)
UPDATE = Operation("keywords.update", "POST", _ONE, body=KeywordUpdate)
REPLACE = Operation("keywords.replace", "PUT", _ONE, body=KeywordReplace)
DELETE = Operation("keywords.delete", "DELETE", _ONE)
