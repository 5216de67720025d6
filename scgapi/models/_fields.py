"""The kinds of fields that the models and the TypedDicts are made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, SupportsIndex, TypeVar, overload

from pydantic import AliasChoices, AwareDatetime, BeforeValidator, Field, JsonValue, PlainSerializer
from pydantic_core import from_json
from typing_extensions import TypedDict

from scgapi._core.text import iso_milliseconds

T_co = TypeVar("T_co", covariant=True)

if TYPE_CHECKING:

    class Items(Protocol[T_co]):
        """A list or tuple of items. A `str` is none: it would send each of its characters."""

        @overload
        def __getitem__(self, index: SupportsIndex, /) -> T_co: ...
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
            return from_json(value)
        except ValueError:
            return value
    return value


def _dump_json(value: object) -> object:
    return value if value is None or isinstance(value, str) else json.dumps(value, allow_nan=False)


def _dump_number(value: object) -> object:
    return str(value) if isinstance(value, int) else value


def _dump_moment(value: object) -> object:
    return (
        iso_milliseconds(value) if isinstance(value, datetime) else value
    )  # else: kept as it came, malformed


Timestamp = Annotated[AwareDatetime, PlainSerializer(_dump_moment, when_used="json")]
"""A point in time, in UTC when it comes from the gateway (epoch milliseconds there; wire facts 1.6)."""

Moment = Timestamp | str | int
"""A point in time to send: an aware `datetime`, a string in one of the gateway's forms, or epoch milliseconds."""

JsonText = Annotated[JsonValue, BeforeValidator(_load_json), PlainSerializer(_dump_json, when_used="json")]
"""JSON that the wire carries inside a string: read as the value it holds, written back as a string."""

NumberText = Annotated[int | str | None, PlainSerializer(_dump_number, when_used="json")]
"""A whole number that the wire carries as a text."""

HIDDEN = Field(repr=False)
"""Marks what may identify a person or open a door: such fields stay out of reprs."""

UPDATED = AliasChoices("last_updated_date", "last_update_date")
"""Sources disagree on the spelling; the published one comes first."""

TextFilter = str | Items[str] | None
"""A value to match, or several of which any may match."""

IntFilter = int | Items[int] | None
"""A number to match, or several of which any may match."""

DateFilter = Timestamp | str | tuple[Timestamp, Timestamp] | None
"""A point in time, or a range `(from, to)` with both ends included."""

MessageType = (
    Literal["SMS", "MMS", "PSH", "VOICE", "FACEBOOK", "WECHAT", "WHATSAPP", "RCS", "EMAIL", "VIBER"] | str
)
"""The kind of a message (open: more are seen in the wild)."""

ConsentRequirement = Literal["NONE", "OPT_IN", "OPT_OUT"] | str
"""What the recipient must have consented to for a message to be sent."""


class ListParameters(TypedDict, total=False):
    """Page size, first record and order of a listing, as the guide's `list_parameters=` takes them."""

    limit: int
    offset: int
    sort: str


class ListOptions(TypedDict, total=False):
    """What every listing takes beside its filters.

    `limit`: objects a page, 100 unless told (the gateway's own default is 50, its maximum 100). `offset`: index
    of the first object. `sort`: a field's name, with a leading `-` for descending. `extra_filters`: filters by
    their wire names that this version does not know, such as `{"fast_access.city": "Oslo"}`.

    `prefetch`: pages that are fetched while one is consumed, 0 unless told, at most 32. It costs the memory of as
    many pages and as many requests at a time, in threads or tasks; who breaks out has paid for up to so many.
    """

    limit: int
    offset: int
    sort: str
    prefetch: int
    list_parameters: ListParameters
    extra_filters: dict[str, str]


class AttachmentFilters(ListOptions, total=False):
    """What attachments can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    name: TextFilter
    type: TextFilter
    size: IntFilter
    filename: TextFilter
    state: TextFilter
    application_id: IntFilter
    created_date: DateFilter
    last_updated_date: DateFilter
