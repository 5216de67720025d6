"""Field types of the models and TypedDicts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, TypeAlias, TypeVar, overload

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue, PlainSerializer
from pydantic_core import from_json
from typing_extensions import TypedDict

from scgapi._core.model.dates import Date as Date
from scgapi._core.model.dates import DateFilter as DateFilter
from scgapi._core.model.dates import Timestamp as Timestamp
from scgapi._core.model.dates import TimestampInput as TimestampInput

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

if TYPE_CHECKING:

    class Items(Protocol[T_co]):
        """A list or tuple of items, but not a `str`, whose characters would be sent one by one."""

        @overload
        def __getitem__(self, index: int, /) -> T_co: ...
        @overload
        def __getitem__(self, index: slice, /) -> Sequence[T_co]: ...
        def __contains__(self, value: object, /) -> bool: ...
        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[T_co]: ...

else:
    Items = Sequence


def _load_json(value: object) -> object:
    if isinstance(value, str):
        try:
            return from_json(value.encode())
        except ValueError:
            return value
    return value


def _dump_json(value: object) -> object:
    return value if value is None or isinstance(value, str) else json.dumps(value, allow_nan=False)


def _dump_number(value: object) -> object:
    return str(value) if isinstance(value, int) else value


JsonText = Annotated[JsonValue, BeforeValidator(_load_json), PlainSerializer(_dump_json, when_used="json")]
"""JSON inside a string: parsed when it is read, written back as a string."""

NumberText = Annotated[int | str | None, PlainSerializer(_dump_number, when_used="json")]
"""An integer that JSON holds as a string."""

SENSITIVE = Field(repr=False)
"""Mark of a field that may identify a person or hold a secret; reprs mask it."""

LAST_UPDATED_ALIASES = AliasChoices("last_updated_date", "last_update_date")
"""Spellings of the field for the last change (docs/api-notes.md, note 7)."""

TextFilter = str | Items[str] | None
"""A value to match, or several of which any may match."""

ChoiceFilter: TypeAlias = T | Items[T] | None
"""A known value to match, or several of which any may match. Unknown values are sent, with a log warning."""

IntFilter = int | Items[int] | None
"""A number to match, or several of which any may match."""

MessageType = (
    Literal["SMS", "MMS", "PSH", "VOICE", "FACEBOOK", "WECHAT", "WHATSAPP", "RCS", "EMAIL", "VIBER"] | str
)
"""Kind of a message. Other values are possible."""

Capability = Literal["SMS", "MMS", "VOICE", "PSH", "WECHAT", "FACEBOOK", "WHATSAPP"] | str
"""Kind of message that a sender id can send."""

TrueOrFalse = Literal["true", "false"] | str
"""A boolean that JSON holds as a string."""

RequiredConsent = Literal["NONE", "OPT_IN", "OPT_OUT"]
"""Consent to require of recipients. No other value is sent: a misspelt one would reach people who opted out."""

ConsentRequirement = RequiredConsent | str
"""Consent that a recipient must have given for a message to be sent, as the gateway returns it."""


class ListParameters(TypedDict, total=False):
    """Page size, first record and order of a listing: the value of `list_parameters=`."""

    limit: int
    """Objects per page, at most 100."""
    offset: int
    """Index of the first object, from 0."""
    sort: str
    """Name of the field to sort by; with a leading `-`, descending."""


class ListOptions(TypedDict, total=False):
    """Keywords of every listing, beside its filters."""

    limit: int
    """Objects per page: 100 by default, at most 100. A listing reads all pages either way."""
    offset: int
    """Index of the first object, from 0."""
    sort: str
    """Name of the field to sort by; with a leading `-`, descending, such as `-created_date`."""
    prefetch: int
    """Pages to fetch ahead while one is consumed: 0 by default, at most 32. Uses memory for that many
    pages; breaking out early wastes at most that many requests."""
    list_parameters: ListParameters
    """`limit`, `offset` and `sort` in one dict, as in the 2017 SDK."""
    extra_filters: dict[str, str]
    """Filters that this version does not know, by the API's own names; sent unchanged."""


AttachmentState = Literal["CREATED", "UPLOADED"] | str
"""State of an attachment: CREATED (no content yet) or UPLOADED."""


class AttachmentFilters(ListOptions, total=False, closed=True):
    """Filters for attachments; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    name: TextFilter
    """Name, or several."""
    type: TextFilter
    """Content type, such as `image/jpeg`; or several."""
    size: IntFilter
    """Size in bytes, or several."""
    filename: TextFilter
    """File name, or several."""
    state: ChoiceFilter[AttachmentState]
    """`CREATED` (no content yet) or `UPLOADED`."""
    application_id: IntFilter
    """Id of the application that created it, or several."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""
