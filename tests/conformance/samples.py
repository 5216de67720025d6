"""Values for every field: what a caller may send, and what the definition says may come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Annotated, Literal, Required, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType, get_type_hints, is_typeddict

from scgapi.models._base import Part

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SCALARS: dict[object, object] = {
    str: "text",
    int: 1,
    float: 1.5,
    bool: True,
    datetime: NOON,
    date: date(2026, 11, 23),
    NoneType: None,
}


def all_fields(fields: type[object]) -> dict[str, object]:
    """A value for each key of a TypedDict."""
    hints: dict[str, object] = get_type_hints(fields, include_extras=True)
    return {name: sample(hint) for name, hint in hints.items()}


def sample(hint: object) -> object:
    """A value of a type: of a union the first member that is not None."""
    if hint in SCALARS:
        return SCALARS[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Annotated, Required):
        return sample(arguments[0])
    if origin is Literal:
        return arguments[0]
    if origin in (Union, UnionType):
        return sample(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return tuple(sample(argument) for argument in arguments if argument is not Ellipsis)
    if origin in (list, Sequence) or (isinstance(origin, type) and issubclass(origin, Sequence)):
        return [sample(arguments[0])]
    if origin is dict:
        return {"key": sample(arguments[1])}
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return {name: sample(field.annotation) for name, field in hint.model_fields.items()}
    if isinstance(hint, type) and is_typeddict(hint):
        return all_fields(hint)
    return "text"  # JsonValue and the like: anything


def answer(schema: dict[str, object], field: FieldInfo | None) -> object:
    """A value of a property that the definition calls valid, in the form that its text describes.

    Texts say more than types: a `string` may be a date, or hold JSON.
    """
    kind = schema.get("type")
    if kind == "integer":
        return 7
    if kind == "number":
        return 7.5
    if kind == "boolean":
        return True
    if kind == "array":
        return ["text"]
    if kind == "object":
        return {"key": "text"}
    mentioned = _mentioned(field.annotation) if field is not None else set[object]()
    if datetime in mentioned:
        return "2026-11-23T12:00:00.000Z"
    if date in mentioned:
        return "2026-11-23"
    if any(isinstance(found, type) and issubclass(found, Part) for found in mentioned):
        return '[{"source": "text"}]'
    if str not in mentioned and list in mentioned:
        return '["text"]'
    if str not in mentioned and dict in mentioned:
        return '{"key": "text"}'
    if str not in mentioned and int in mentioned:
        return "7"
    if str not in mentioned and bool in mentioned:
        return "true"
    return "text"


def _mentioned(annotation: object) -> set[object]:
    found = {annotation, get_origin(annotation)}
    if isinstance(annotation, TypeAliasType):
        return found
    for argument in get_args(annotation):
        found |= _mentioned(argument) if get_origin(annotation) is not Literal else {str}
    return found
