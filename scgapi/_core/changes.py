"""Changes of an object since it was loaded."""

from __future__ import annotations

import functools
from typing import NamedTuple, get_args, get_origin

from pydantic import JsonValue
from pydantic_core import PydanticSerializationError, to_json

from scgapi._core.model.base import Model, SubModel


class Snapshot(NamedTuple):
    """State of an object when it was loaded: its values, and the content of containers that can be edited in place."""

    values: dict[str, object]
    extra: dict[str, bytes]
    containers: dict[str, bytes]
    fields_set: frozenset[str]


def take_snapshot(model: Model) -> Snapshot:
    """Return a snapshot of the object's present state."""
    values = model.__dict__.copy()
    extra = {name: _content_key(value) for name, value in (model.__pydantic_extra__ or {}).items()}
    containers = {
        name: _content_key(value)
        for name in _container_fields(type(model))
        if (value := values.get(name)) is not None
    }
    return Snapshot(values, extra, containers, frozenset(model.model_fields_set))


def mark_clean(model: Model, taken: Snapshot | None = None) -> None:
    """Record the present state, or that of a snapshot, as the state in the gateway."""
    object.__setattr__(model, "_loaded", taken or take_snapshot(model))


def changed_fields(model: Model) -> tuple[dict[str, object], dict[str, object]]:
    """Return the known and the unknown fields that changed since the object was loaded."""
    loaded: object = getattr(model, "_loaded", None)
    if not isinstance(loaded, Snapshot):
        return fields_set(model)
    fields = {name: value for name, value in model.__dict__.items() if _differs(loaded, model, name, value)}
    extra = {
        name: value
        for name, value in (model.__pydantic_extra__ or {}).items()
        if loaded.extra.get(name) != _content_key(value)
    }
    return fields, extra


def fields_set(model: Model) -> tuple[dict[str, object], dict[str, object]]:
    """Return the known fields that were set, and the unknown fields."""
    fields = {name: model.__dict__[name] for name in model.model_fields_set if name in model.__dict__}
    return fields, dict(model.__pydantic_extra__ or {})


def is_bound(model: Model) -> bool:
    """Return True if the object belongs to a client's resource."""
    return getattr(model, "_owner", None) is not None


def _differs(loaded: Snapshot, model: Model, name: str, value: object) -> bool:
    if name not in loaded.fields_set and name in model.model_fields_set:
        # Absent in the response and set since, perhaps to None.
        return True
    if name in loaded.containers:
        return _content_key(value) != loaded.containers[name]
    before = loaded.values.get(name)
    return before is not value and (type(before) is not type(value) or before != value)


def _content_key(value: object) -> bytes:
    try:
        return to_json(value, fallback=repr)
    except (PydanticSerializationError, ValueError):
        # A lone surrogate or a reference cycle must still be comparable.
        return repr(value).encode("utf-8", "backslashreplace")


@functools.cache
def _container_fields(model: type[Model]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if _is_container(field.annotation))


def _is_container(annotation: object) -> bool:
    kind = get_origin(annotation) or annotation
    if kind in (list, dict) or kind is JsonValue or (isinstance(kind, type) and issubclass(kind, SubModel)):
        return True
    return any(_is_container(argument) for argument in get_args(annotation))
