"""Checks of one part of the client against the contract: each returns what is wrong, one line for each fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Literal, get_args, get_origin
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel
from typing_extensions import TypeAliasType, get_type_hints, is_typeddict

from scgapi._core.json import is_array, is_object, is_sequence
from scgapi._core.listing import check_listing
from scgapi._core.loading import _json_keys
from scgapi._core.model.base import SubModel
from scgapi._core.model.fields import ListOptions
from scgapi._core.operation import Operation
from scgapi._core.request import Endpoints, build_request
from scgapi._core.schema import body_schema, check_query, get_schema
from tests.conformance.contract import Fields
from tests.conformance.samples import ISO, NOON, fits, forms, members, natural, plain, required
from tests.conformance.values import VALUES

Load = Callable[[dict[str, object]], object]
"""Makes an object from a row of an answer."""


def rows(kinds: Fields) -> list[dict[str, tuple[object, object]]]:
    """Return rows that between them hold every form of every field, as the wire has it and as it is meant."""
    found = {name: forms(kind) for name, kind in kinds.items()}
    count = max(map(len, found.values()), default=0)
    return [{name: held[turn % len(held)] for name, held in found.items()} for turn in range(count)]


def answer_faults(load: Load, model: type[SubModel], kinds: Fields) -> Iterator[str]:
    """Load every form of every field; each must arrive with the value, and in the type, that it means."""
    names = {spelling: field for field, spellings in spellings_of(model).items() for spelling in spellings}
    yield from (f"{model.__name__} has no field for {key}" for key in sorted(kinds.keys() - names.keys()))
    yield from (f"{model.__name__}: {key} is in no table" for key in sorted(names.keys() - kinds.keys()))
    known = {name: kind for name, kind in kinds.items() if name in names}
    for spelled in _one_spelling(names, known):
        for row in rows(spelled):
            loaded = load({name: wire for name, (wire, _) in row.items()})
            for name, (wire, meant) in row.items():
                found: object = getattr(loaded, names[name], None)
                if not _is_same(plain(found), meant):
                    yield f"{model.__name__}.{name} ({kinds[name]}): {wire!r} is read as {found!r}"
                yield from _unknown_fields(f"{model.__name__}.{name}", found)
            yield from _refused(loaded)


def body_faults(operation: Operation, kinds: Fields) -> Iterator[str]:
    """Send every member of every field; each must be written in a documented form of its kind."""
    assert operation.body is not None
    found = body_schema(operation)
    hints: dict[str, object] = get_type_hints(operation.body, include_extras=True)
    for name, wire_name in found.api_names.items():
        if wire_name not in kinds:
            yield f"{operation.name} sends {wire_name}, which is in no table"
            continue
        kind = kinds[wire_name]
        values = [*members(hints[name], kind)]
        for value in values:
            content: object = json.loads(found.encode(operation, {**required(operation.body), name: value}))
            assert is_object(content)
            sent = content[wire_name]
            if sent is not None and not fits(kind, sent):
                yield f"{operation.name}: {wire_name}={value!r} is sent as {sent!r}, which is not {kind}"
        if not any(isinstance(value, natural(kind)) for value in values):
            yield f"{operation.name}: {wire_name} takes no {kind}"
    yield from (
        f"{operation.name} does not send {name}" for name in sorted(kinds.keys() - found.names.keys())
    )


def filter_faults(operation: Operation, kinds: Fields) -> Iterator[str]:
    """Filter by every member of every field; each must be of the right type and written in the documented form."""
    assert operation.query is not None
    found = get_schema(operation.query)
    hints: dict[str, object] = get_type_hints(operation.query, include_extras=True)
    for name, wire_name in found.api_names.items():
        if name in ListOptions.__annotations__:
            continue
        if wire_name not in kinds:
            yield f"{operation.name} filters by {wire_name}, which is in no table"
            continue
        kind = kinds[wire_name]
        values = [*members(hints[name], kind)]
        for value in values:
            sent = _sent_filter(operation, name, value).get(wire_name)
            if sent != [expected_filter(value)]:
                yield f"{operation.name}: {wire_name}={value!r} is sent as {sent!r}"
        if not any(isinstance(value, natural(kind)) for value in values):
            yield f"{operation.name}: {wire_name} takes no {kind}"
        if any(not _is_filter(kind, value) for value in values):
            yield f"{operation.name}: {wire_name} takes more than {kind}"
    yield from (
        f"{operation.name} has no filter {name}" for name in sorted(kinds.keys() - found.names.keys())
    )


def literals(hint: object) -> Iterator[str]:
    """Yield the known values inside a type; those of other models have lines of their own."""
    if get_origin(hint) is Literal:
        yield from map(str, get_args(hint))
    elif not isinstance(hint, TypeAliasType):
        yield from chain.from_iterable(map(literals, get_args(hint)))


def value_faults(name: str, hints: Mapping[str, object]) -> Iterator[str]:
    """Compare the known values of each field of a class with its line, or with one of a field of the same name."""
    lines = {place: values for places, values in VALUES.items() for place in places.split()}
    for field, hint in hints.items():
        found = set(literals(hint))
        own = lines.get(f"{name}.{field}")
        others = [values for place, values in lines.items() if place.endswith(f".{field}")]
        allowed = [*others, ""] if own is None else [own]
        if found not in [set(filter(None, values.split("|"))) for values in allowed]:
            yield f"{name}.{field} has {', '.join(sorted(found))}"


def hints_of(held: object) -> dict[str, object]:
    """Return the types of the fields of a model or a TypedDict; nothing for anything else."""
    if is_typeddict(held):
        return get_type_hints(held, include_extras=True)
    if isinstance(held, type) and issubclass(held, BaseModel):
        return {name: field.annotation for name, field in held.model_fields.items()}
    return {}


def spellings_of(model: type[SubModel]) -> dict[str, tuple[str, ...]]:
    """Return the names on the wire of each field; its name in Python only where it has no other."""
    return {
        name: tuple(dict.fromkeys(keys if len(keys) == 1 or name in keys[:-1] else keys[:-1]))
        for name, keys in _json_keys(model).items()
    }


def expected_filter(value: object) -> str:
    """Write a filter's value as the gateway documents it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return ISO if value == NOON else ISO.replace("-23T", "-24T")
    if is_sequence(value):
        joined = ",".join(map(expected_filter, value))
        is_range = len(value) == 2 and all(isinstance(moment, datetime) for moment in value)
        return f"[{joined}]" if is_range else joined
    return str(value)


def _sent_filter(operation: Operation, name: str, value: object) -> Mapping[str, list[str]]:
    assert operation.query is not None
    # A deletion by filters is no listing.
    is_listing = "limit" in get_schema(operation.query).names
    query = (
        check_listing(operation, {name: value}).query(0)
        if is_listing
        else check_query(operation, {name: value})
    )
    ids = ["i"] * operation.path.count("{")
    return parse_qs(urlsplit(build_request(Endpoints(), operation, ids, query=query).url).query)


def _is_filter(kind: str, value: object) -> bool:
    if value is None:
        return True
    if is_sequence(value):
        return all(_is_filter(kind, item) for item in value)
    return isinstance(value, (*natural(kind), str) if kind in ("time", "day") else natural(kind))


def _one_spelling(names: Mapping[str, str], kinds: Fields) -> list[Fields]:
    """Return sets of fields without two spellings of one field: a row holds each field once."""
    left, sets = dict(kinds), list[Fields]()
    while left:
        taken: dict[str, str] = {}
        for key in left:
            taken.setdefault(names[key], key)
        sets.append({key: left.pop(key) for key in taken.values()})
    return sets


def _is_same(found: object, meant: object) -> bool:
    return found == meant and type(found) is type(meant)


def _unknown_fields(place: str, found: object) -> Iterator[str]:
    for part in found if is_array(found) else [found]:
        if isinstance(part, SubModel) and part.model_extra:
            yield f"{place} has no field for {', '.join(part.model_extra)}"


def _refused(loaded: object) -> Iterator[str]:
    """Yield a line if a field holds what its type does not allow, kept as it came."""
    if isinstance(loaded, BaseModel):
        try:
            loaded.model_dump(warnings="error")
        except ValueError as error:
            yield f"{type(loaded).__name__}: {error}"
