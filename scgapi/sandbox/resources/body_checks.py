"""Validation of request bodies against the TypedDicts of their operations, by wire names."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import UnionType
from typing import Annotated, Literal, Required, Union, get_args, get_origin

from pydantic import AwareDatetime, JsonValue, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, to_json
from typing_extensions import get_type_hints

from scgapi._core.json import is_array, is_object
from scgapi._core.model.fields import JsonText
from scgapi._core.operation import Operation
from scgapi._core.schema import get_schema
from scgapi.sandbox.errors import GatewayError, invalid_payload, missing, unrecognized, wrong_type
from scgapi.sandbox.resources.dates import milliseconds
from scgapi.sandbox.state.store import Document, document

VERSION = "version_number"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,18}")


class Fields:
    """The fields of a TypedDict, by their wire names."""

    def __init__(self, fields: type[Mapping[str, object]]) -> None:
        known = get_schema(fields)
        self.adapter: TypeAdapter[Mapping[str, object]] = known.adapter
        self.names: tuple[str, ...] = tuple(known.names)
        typed: dict[str, object] = get_type_hints(fields, include_extras=True)
        hints = {known.api_names[name]: hint for name, hint in typed.items()}
        self.dates: frozenset[str] = _mentioning(hints, AwareDatetime)
        self._days = _mentioning(hints, date)
        self._json_texts = _mentioning(hints, JsonText)
        self._without_free_text = (
            self.dates | self._days | {name for name, hint in hints.items() if not _takes_any_text(hint)}
        )
        self.required: frozenset[str] = frozenset(str(error["loc"][0]) for error in self._errors({}))

    def check(self, body: Document) -> Document:
        """Return the body with its points in time as epoch milliseconds.

        As the gateway does, accept null and empty text as "no value" in optional fields, numbers as text, and text
        as whole numbers.

        Raises:
            GatewayError: a field is unknown, missing or of a wrong type.
        """
        unknown = [name for name in body if name not in self.names]
        if unknown:
            raise unrecognized(unknown)
        body = {name: self._without_empty_text(name, value) for name, value in body.items()}
        for name in self.names:
            if name in self.required and body.get(name) is None:
                raise missing(name)
        given = self._typed({name: value for name, value in body.items() if value is not None})
        return {name: self._datetime(name, given[name]) if name in given else None for name in body}

    def _without_empty_text(self, name: str, value: object) -> object:
        return None if value == "" and name in self._without_free_text else value

    def _typed(self, given: Document) -> Document:
        errors = self._errors(given)
        if errors:
            given = copy.deepcopy(given)
            for error in errors:
                _convert(given, error)
            errors = self._errors(given)
        faults = [str(error["loc"][0]) for error in errors]
        faults += [name for name in given if name in self._json_texts and not isinstance(given[name], str)]
        for name in faults:
            raise self._fault(name)
        return given

    def _errors(self, body: Document) -> list[ErrorDetails]:
        try:
            self.adapter.validate_json(to_json(body, inf_nan_mode="strings"))
        except ValidationError as error:
            return error.errors(include_url=False, include_context=False)
        return []

    def _fault(self, name: str) -> GatewayError:
        return wrong_type(name, required=name in self.required)

    def _datetime(self, name: str, value: object) -> object:
        try:
            if name in self.dates:
                return milliseconds(value)
            if name in self._days and not (isinstance(value, str) and _DAY.fullmatch(value)):
                raise ValueError("not a day")
            if name in self._days:
                date.fromisoformat(str(value))
        except (ValueError, OverflowError):
            raise self._fault(name) from None
        return value


@functools.cache
def fields_of(typed: type[Mapping[str, object]]) -> Fields:
    """Return the fields of a TypedDict, computed at the first call."""
    return Fields(typed)


def checked_body(operation: Operation, body: object, *, ignored: Collection[str] = ()) -> Document:
    """Return the body of a request, checked against the fields of its operation. An absent body is an empty one.

    Unknown fields are dropped if they are `ignored`.

    Raises:
        GatewayError: the body is not a JSON object, or a field is unknown, missing or of a wrong type.
    """
    fields = document({} if body is None else body)
    if fields is None:
        raise invalid_payload("a JSON object is expected")
    if operation.body is None:
        return fields
    known = fields_of(operation.body)
    return known.check(
        {name: value for name, value in fields.items() if name in known.names or name not in ignored}
    )


def _convert(body: Document, error: ErrorDetails) -> None:
    """Convert a number where text is expected, or text where a whole number is."""
    found: object = error["input"]
    converted: object = None
    if error["type"] == "string_type" and isinstance(found, int | float) and not isinstance(found, bool):
        converted = str(found)
    elif error["type"] == "int_type" and isinstance(found, str) and _WHOLE.fullmatch(found):
        converted = int(found)
    if converted is not None:
        _set_at(body, error["loc"], converted)


def _set_at(body: Document, location: tuple[int | str, ...], converted: object) -> None:
    """Set the value that an error is about. Steps of its location that lead nowhere name the member of a union."""
    container: object = body
    for step in location:
        inner: object = None
        if is_object(container):
            inner = container.get(str(step))
        elif is_array(container) and isinstance(step, int):
            inner = container[step]
        if is_object(inner) or is_array(inner):
            container = inner
        elif inner is not None:
            _set(container, step, converted)
            return


def _set(container: object, step: int | str, converted: object) -> None:
    if is_object(container):
        container[str(step)] = converted
    elif is_array(container) and isinstance(step, int):
        container[step] = converted


def _mentioning(hints: Mapping[str, object], wanted: object) -> frozenset[str]:
    return frozenset(name for name, hint in hints.items() if _mentions(hint, wanted))


def _mentions(hint: object, wanted: object) -> bool:
    return hint is wanted or hint == wanted or any(_mentions(part, wanted) for part in get_args(hint))


def _takes_any_text(hint: object) -> bool:
    """Return True if a field takes any text: not an enumeration, a number, a list or a boolean."""
    parts = [*_members(hint)]
    return JsonValue in parts or (str in parts and not any(get_origin(part) is Literal for part in parts))


def _members(hint: object) -> Iterator[object]:
    if get_origin(hint) in (Annotated, Required):
        yield from _members(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        for part in get_args(hint):
            yield from _members(part)
    else:
        yield hint
