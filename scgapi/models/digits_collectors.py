"""Digits collectors: what the other party of a call presses after a prompt."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.model.base import ResourceModel, SubModel
from scgapi._core.model.fields import SENSITIVE, ListOptions, NumberText, TextFilter, Timestamp
from scgapi._core.operation import Operation

CollectorReason = Literal["TERMINATING_DIGIT"] | str


class Prompt(SubModel):
    """Prompt to speak before the digits are collected."""

    sentence: Annotated[str | None, SENSITIVE] = None
    """Plain text, or SSML within `<speak>`."""
    voice: str | None = None
    """The voice that speaks, such as `matthew`."""
    gender: str | None = None
    """`female` or `male`."""
    locale: str | None = None
    """Language and country of the voice, such as `en-US`."""


class PromptFields(TypedDict, total=False):
    """A prompt as a dictionary; other keys are allowed."""

    sentence: Required[str]
    """Text to speak: plain, or SSML within `<speak>`."""
    voice: str
    """Voice that speaks, such as `matthew`."""
    gender: str
    """`female` or `male`."""
    locale: str
    """Language and country of the voice, such as `en-US`."""


class DigitsCollectorData(ResourceModel):
    """A digits collector's fields (GET `/calling/calls/{call_id}/digits_collector/{id}`)."""

    max_digits: NumberText = None
    """Number of digits after which the input ends."""
    timeout: int | None = None
    """Time limit, in seconds."""
    terminating_digits: str | None = None
    """Keys that end the input; only `#` is known to be supported."""
    prompt: Prompt | None = None
    """Prompt to speak before the digits are collected."""
    external_id: Final[Annotated[str | None, Field(default=None)]]
    """Your own id of the collector."""
    state: Final[Annotated[str | None, Field(default=None)]]
    """Its values are not published."""
    reason: Final[Annotated[CollectorReason | None, Field(default=None)]]
    """Why it ended."""
    start_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Start time, in UTC."""
    end_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """End time, in UTC."""
    call_id: Final[Annotated[str | None, Field(default=None)]]
    """Id of the call."""
    call_external_id: Final[Annotated[str | None, Field(default=None)]]
    """Your own id of the call."""
    digits: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """Digits pressed so far."""


class DigitsCollectorOptions(TypedDict, total=False):
    """End conditions of a digits collector. `timeout` is in seconds."""

    max_digits: NumberText
    """Number of digits after which it ends."""
    timeout: int | str | None
    """Seconds after which it ends."""
    terminating_digits: str | None
    """Digits that end it; only `#` is known to be supported."""


class DigitsCollectorFields(DigitsCollectorOptions, total=False, closed=True):
    """The fields of a digits collector that can be set."""

    prompt: Prompt | PromptFields
    """Text to speak before digits are awaited."""


class DigitsCollectorCreate(DigitsCollectorOptions, total=False, closed=True):
    """Fields of a digits collector to create. `timeout` is in seconds."""

    prompt: Required[Prompt | PromptFields]
    """Text to speak before digits are awaited."""


class DigitsCollectorFilters(ListOptions, total=False, closed=True):
    """Filters for digits collectors; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""


LIST = Operation(
    "calls.digits_collectors.list",
    "GET",
    "/calling/calls/{call_id}/digits_collector",
    query=DigitsCollectorFilters,
)
CREATE = Operation(
    "calls.digits_collectors.create",
    "POST",
    "/calling/calls/{call_id}/digits_collector",
    body=DigitsCollectorCreate,
)
GET = Operation(
    "calls.digits_collectors.get", "GET", "/calling/calls/{call_id}/digits_collector/{collector_id}"
)
DELETE = Operation(
    "calls.digits_collectors.delete", "DELETE", "/calling/calls/{call_id}/digits_collector/{collector_id}"
)
