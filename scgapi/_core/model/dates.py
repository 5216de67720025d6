"""Fields that hold dates and points in time.

Their schemas are written out and never derived from `datetime` or `date`: a tool that freezes time in tests puts other
classes in their place, for which pydantic has no schema.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, GetCoreSchemaHandler, GetPydanticSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from scgapi._core.json import is_sequence
from scgapi._core.text import format_timestamp
from scgapi._core.timestamps import timestamp_problem

FROM_RESPONSE = "from the gateway"
"""Validation context of values from a response, which skip the checks of a caller's input."""

_INPUT_FORMS = "pass an aware datetime, text with a time zone, or epoch milliseconds"
_FILTER_FORMS = "pass an aware datetime, text with a time zone, or a tuple of two datetimes for a range"


def _check_timestamp(value: object, info: core_schema.ValidationInfo) -> object:
    """Reject a value that pydantic would read as a different time than the caller intended."""
    if info.context is not FROM_RESPONSE and isinstance(value, datetime | str | int | float):
        _raise_problem(timestamp_problem(value))
    return value


def _check_input(value: object) -> object:
    if not isinstance(value, datetime | str | int) or isinstance(value, bool):
        _raise_problem(_INPUT_FORMS)
    else:
        _raise_problem(timestamp_problem(value))
    return value


def _check_filter(value: object) -> object:
    """Accept a range as a tuple only: in other filters a list is several values."""
    if is_sequence(value) and isinstance(value, tuple) and len(value) == 2:
        for end in value:
            _raise_problem(timestamp_problem(end) if isinstance(end, datetime) else _FILTER_FORMS)
    elif isinstance(value, datetime) or (isinstance(value, str) and "," not in value):
        _raise_problem(timestamp_problem(value))
    elif value is not None:
        _raise_problem(_FILTER_FORMS)
    return value


def _raise_problem(problem: str | None) -> None:
    if problem is not None:
        raise PydanticCustomError("moment", "{problem}", {"problem": problem})


def _dump_timestamp(value: object) -> object:
    """Format a datetime; keep a raw value that was malformed in a response."""
    return format_timestamp(value) if isinstance(value, datetime) else value


def _timestamp_schema(_source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
    aware = core_schema.datetime_schema(tz_constraint="aware")
    return core_schema.json_or_python_schema(
        aware,
        core_schema.with_info_before_validator_function(_check_timestamp, aware),
        serialization=_SERIALIZER,
    )


def _input_schema(_source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
    # JSON input is a request that the sandbox received: it accepts the forms that the gateway accepts.
    return core_schema.json_or_python_schema(
        core_schema.union_schema([core_schema.str_schema(strict=True), core_schema.int_schema(strict=True)]),
        core_schema.no_info_plain_validator_function(_check_input),
        serialization=_SERIALIZER,
    )


def _filter_schema(_source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(_check_filter)


def _date_schema(_source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
    return core_schema.date_schema()


_SERIALIZER = core_schema.plain_serializer_function_ser_schema(_dump_timestamp, when_used="json")

Date = Annotated[date, GetPydanticSchema(_date_schema)]
"""A calendar date."""

Timestamp = Annotated[AwareDatetime, GetPydanticSchema(_timestamp_schema)]
"""A point in time in a response: UTC, sent by the gateway as epoch milliseconds."""

TimestampInput = Annotated[AwareDatetime | str | int, GetPydanticSchema(_input_schema)]
"""A point in time to send: an aware `datetime`, a string in one of the gateway's formats, or epoch milliseconds.

A string or `datetime` without a time zone is rejected, because the gateway would read it as UTC.
"""

DateFilter = Annotated[
    AwareDatetime | str | tuple[AwareDatetime, AwareDatetime] | None, GetPydanticSchema(_filter_schema)
]
"""A point in time, or a range `(from, to)` including both ends."""
