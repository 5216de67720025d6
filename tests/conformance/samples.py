"""Values for every kind of field: what comes from the wire, and what a caller may send."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Literal, Required, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel
from typing_extensions import TypeAliasType, get_type_hints, is_typeddict

import scgapi
from scgapi._core.json import is_array, is_object
from scgapi.models._addresses import Recipient, Sender, SingleRecipient

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MILLISECONDS = 1795435200000
ISO = "2026-11-23T12:00:00.000Z"
DAY = date(2026, 11, 23)

FORMS: dict[str, tuple[tuple[object, object], ...]] = {
    "text": (("text", "text"),),
    "int": ((7, 7),),
    "number": ((7.5, 7.5), (0.024, 0.024)),
    "bool": ((True, True), (False, False)),
    "time": ((MILLISECONDS, NOON), (ISO, NOON)),
    "day": (("2026-11-23", DAY),),
    "any": (({"key": ["text"]}, {"key": ["text"]}),),
    "words": (("text,more", ["text", "more"]),),
    "json": (('{"key": ["text"]}', {"key": ["text"]}), ('["text"]', ["text"])),
}
"""Of each kind: values as the wire has them, each with the value that it means."""

SCALARS: dict[object, object] = {
    str: "text",
    int: 7,
    float: 7.5,
    bool: True,
    date: DAY,
    NoneType: None,
}
NATURAL: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "int": (int,),
    "number": (int, float),
    "bool": (bool,),
    "time": (datetime,),
    "day": (date,),
    "any": (object,),
    "json": (dict,),
}


def _held(model: type[BaseModel]) -> BaseModel:
    return model.model_validate({"id": "i"})


_SENDERS = ("text", _held(scgapi.SenderId), _held(scgapi.AsyncChannel))
_CONTACTS = ("text", _held(scgapi.Contact), _held(scgapi.AsyncContact))
OBJECTS: tuple[tuple[object, tuple[object, ...]], ...] = (
    (Sender, _SENDERS),
    (SingleRecipient, _CONTACTS),
    (Recipient, (*_CONTACTS, _held(scgapi.ContactGroup))),
)
"""What may be given where an address is asked for: their types say `str` at run time."""


def split(kind: str, mark: str) -> list[str]:
    """Split a kind at a mark, but not inside lists and objects."""
    parts, depth = [""], 0
    for letter in kind:
        depth += (letter in "[{") - (letter in "]}")
        if letter == mark and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def inner(kind: str) -> dict[str, str]:
    """Return the fields of an object's kind."""
    pairs = (item.partition("=") for item in split(kind[1:-1], " "))
    return {name: held for name, _, held in pairs}


def forms(kind: str) -> list[tuple[object, object]]:
    """Return values of a kind as the wire has them, each with the value that it means."""
    if len(alternatives := split(kind, "|")) > 1:
        return [*chain.from_iterable(map(forms, alternatives))]
    if kind.startswith("text:"):
        return [(json.dumps(wire), value) for wire, value in forms(kind.removeprefix("text:"))]
    if kind.startswith("only:"):
        return [([wire], value) for wire, value in forms(kind.removeprefix("only:"))]
    if kind.startswith("["):
        return [([wire], [value]) for wire, value in forms(kind[1:-1])]
    if kind.startswith("{"):
        held = {name: forms(one)[0] for name, one in inner(kind).items()}
        return [
            ({name: form[0] for name, form in held.items()}, {name: form[1] for name, form in held.items()})
        ]
    return [*FORMS[kind]]


def plain(value: object) -> object:
    """Return a loaded value with the objects inside it as dictionaries, by their names on the wire."""
    if isinstance(value, BaseModel):
        held = {
            field.serialization_alias or name: getattr(value, name)
            for name, field in type(value).model_fields.items()
        }
        return {name: plain(item) for name, item in {**held, **(value.model_extra or {})}.items()}
    if is_array(value):
        return [plain(item) for item in value]
    return value


def fits(kind: str, value: object) -> bool:
    """Return True if a JSON value is a documented form of what may be sent as this kind."""
    if len(alternatives := split(kind, "|")) > 1:
        return any(fits(one, value) for one in alternatives)
    if kind.startswith("["):
        return is_array(value) and all(fits(kind[1:-1], item) for item in value)
    if kind.startswith("{"):
        kinds = inner(kind)
        return is_object(value) and all(
            name in kinds and fits(kinds[name], item) for name, item in value.items()
        )
    if kind == "json":
        return isinstance(value, str) and is_json(value)
    if kind == "time":
        return value == MILLISECONDS or (isinstance(value, str) and value == ISO)
    if kind == "day":
        return value == DAY.isoformat()
    if kind == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return {"text": isinstance(value, str), "bool": isinstance(value, bool), "any": True}[kind]


def is_json(text: str) -> bool:
    """Return True if the text is a JSON array or object."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return False
    return is_array(value) or is_object(value)


def members(hint: object, kind: str) -> Iterator[object]:
    """Yield a value for every member of every union inside a type, each in a form that suits the kind."""
    for alias, objects in OBJECTS:
        if hint == alias:
            yield from objects
            return
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in SCALARS or hint in (datetime, AwareDatetime):
        yield from _scalars(hint, kind)
    elif origin in (Annotated, Required):
        yield from members(arguments[0], kind)
    elif origin is Literal:
        yield from arguments
    elif origin in (Union, UnionType):
        for argument in arguments:
            yield from members(argument, kind)
    elif origin is tuple:
        yield (NOON, NOON + timedelta(days=1))
    elif isinstance(origin, type) and issubclass(origin, Sequence):
        found = [*members(arguments[0], _item(kind))]
        yield from ([value] for value in found)
        yield tuple(found)
    elif origin is dict or isinstance(hint, TypeAliasType):
        yield {"key": ["text"]}
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        hints: dict[str, object] = {name: field.annotation for name, field in hint.model_fields.items()}
        yield from (hint.model_validate(held) for held in _objects(hints, kind))
    elif isinstance(hint, type) and is_typeddict(hint):
        yield from _objects(get_type_hints(hint, include_extras=True), kind)
    else:
        raise AssertionError(f"no sample for {hint}")


def required(fields: type[Mapping[str, object]]) -> dict[str, object]:
    """Return a value for each required key of a TypedDict, by its name in Python."""
    hints: dict[str, object] = get_type_hints(fields, include_extras=True)
    # The set of required keys does not know a `Required` inside an annotation that is a string.
    known: frozenset[str] = vars(fields)["__required_keys__"]
    needed = [name for name in hints if name in known or get_origin(hints[name]) is Required]
    return {name: next(members(hints[name], "any")) for name in needed}


def natural(kind: str) -> tuple[type, ...]:
    """Return the types of Python that a value of a kind may be given in, the guessed-at strings left out."""
    alternatives = split(kind, "|")
    types = {"[": (list,), "{": (dict, BaseModel)}
    return tuple(
        chain.from_iterable(types.get(one[0]) or NATURAL.get(one, (object,)) for one in alternatives)
    )


def _scalars(hint: object, kind: str) -> Iterator[object]:
    alternatives = split(kind, "|")
    plain_kind = next((one for one in alternatives if one[0] not in "[{"), "any")
    if hint is str:
        yield {"time": ISO, "day": DAY.isoformat(), "json": '{"key": ["text"]}', "int": "7"}.get(
            plain_kind, "text"
        )
    elif hint is int:
        yield MILLISECONDS if plain_kind == "time" else 7
    elif hint in (datetime, AwareDatetime):
        yield NOON
        yield NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    else:
        yield SCALARS[hint]


def _objects(hints: dict[str, object], kind: str) -> Iterator[dict[str, object]]:
    """Yield objects that between them hold every member of every field."""
    kinds = inner(kind) if kind.startswith("{") else {}
    values = {name: [*members(hint, kinds.get(name, "any"))] for name, hint in hints.items()}
    values = {name: [value for value in held if value is not None] for name, held in values.items()}
    for turn in range(max(map(len, values.values()))):
        yield {name: held[turn % len(held)] for name, held in values.items()}


def _item(kind: str) -> str:
    return next((one[1:-1] for one in split(kind, "|") if one.startswith("[")), kind)
