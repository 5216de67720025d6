"""Digits collectors: what the other party of a call presses after a prompt."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import Field
from typing_extensions import TypedDict

from scgapi._core.operation import Operation
from scgapi.models._base import Part, ResourceModel
from scgapi.models._fields import HIDDEN, ListOptions, NumberText, TextFilter, Timestamp

CollectorReason = Literal["TERMINATING_DIGIT"] | str


class Prompt(Part):
    """What is spoken before digits are collected."""

    sentence: Annotated[str | None, HIDDEN] = None
    """Plain text, or SSML within `<speak>`."""
    voice: str | None = None
    """The voice that speaks, such as `matthew`."""
    gender: str | None = None
    locale: str | None = None


class PromptFields(TypedDict, total=False):
    """A prompt as a dictionary; other keys are allowed."""

    sentence: Required[str]
    voice: str
    gender: str
    locale: str


class DigitsCollectorData(ResourceModel):
    """A digits collector's fields (GET `/calling/calls/{call_id}/digits_collector/{id}`)."""

    max_digits: NumberText = None
    """It ends when so many digits were pressed."""
    timeout: int | None = None
    """It ends after so many seconds."""
    terminating_digits: str | None = None
    """It ends when one of these is pressed; only `#` is known to be supported."""
    prompt: Prompt | None = None
    external_id: Final[Annotated[str | None, Field(default=None)]]
    state: Final[Annotated[str | None, Field(default=None)]]
    """Its values are not published."""
    reason: Final[Annotated[CollectorReason | None, Field(default=None)]]
    """Why it ended."""
    start_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    end_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    call_id: Final[Annotated[str | None, Field(default=None)]]
    call_external_id: Final[Annotated[str | None, Field(default=None)]]
    digits: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """What was pressed so far."""


class DigitsCollectorOptions(TypedDict, total=False):
    """When a digits collector ends. `timeout` is in seconds."""

    max_digits: NumberText
    timeout: int | str | None
    terminating_digits: str | None


class DigitsCollectorFields(DigitsCollectorOptions, total=False):
    """The fields of a digits collector that can be set."""

    prompt: Prompt | PromptFields


class DigitsCollectorCreate(DigitsCollectorOptions, total=False):
    """What a digits collector is created from. `timeout` is in seconds."""

    prompt: Required[Prompt | PromptFields]


class DigitsCollectorFilters(ListOptions, total=False):
    """What digits collectors can be found by; see `ListOptions` for the rest."""

    id: TextFilter


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
