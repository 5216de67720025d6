"""What changed on an object since it was loaded."""

from __future__ import annotations

import functools
from typing import NamedTuple, get_args, get_origin

from pydantic import JsonValue
from pydantic_core import PydanticSerializationError, to_json

from scgapi.models._base import Model, Part


class Snapshot(NamedTuple):
    """An object as it was loaded: its values, and its containers' content, which may be edited in place."""

    values: dict[str, object]
    extra: dict[str, bytes]
    containers: dict[str, bytes]
    given: frozenset[str]


def snapshot(model: Model) -> Snapshot:
    """The object as it is now."""
    values = model.__dict__.copy()
    extra = {name: _content(value) for name, value in (model.__pydantic_extra__ or {}).items()}
    containers = {
        name: _content(value) for name in _containers(type(model)) if (value := values.get(name)) is not None
    }
    return Snapshot(values, extra, containers, frozenset(model.model_fields_set))


def remember(model: Model, taken: Snapshot | None = None) -> None:
    """Take what the object holds now, or held when the snapshot was taken, as what the gateway holds."""
    object.__setattr__(model, "_loaded", taken or snapshot(model))


def changes(model: Model) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that differ from what was loaded, and the unknown ones that do."""
    loaded: object = getattr(model, "_loaded", None)
    if not isinstance(loaded, Snapshot):
        return given(model)
    fields = {name: value for name, value in model.__dict__.items() if _differs(loaded, model, name, value)}
    extra = {
        name: value
        for name, value in (model.__pydantic_extra__ or {}).items()
        if loaded.extra.get(name) != _content(value)
    }
    return fields, extra


def given(model: Model) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that were set at all, and the unknown ones."""
    fields = {name: model.__dict__[name] for name in model.model_fields_set if name in model.__dict__}
    return fields, dict(model.__pydantic_extra__ or {})


def is_bound(model: Model) -> bool:
    """Whether the object came from the gateway."""
    return getattr(model, "_owner", None) is not None


def _differs(loaded: Snapshot, model: Model, name: str, value: object) -> bool:
    if name not in loaded.given and name in model.model_fields_set:
        return True  # left out by the gateway and set since, be it to None
    if name in loaded.containers:
        return _content(value) != loaded.containers[name]
    before = loaded.values.get(name)
    return before is not value and (type(before) is not type(value) or before != value)


def _content(value: object) -> bytes:
    try:
        return to_json(value, fallback=repr)
    except (
        PydanticSerializationError,
        ValueError,
    ):  # half a character, a circle: it must still be told apart
        return repr(value).encode("utf-8", "backslashreplace")


@functools.cache
def _containers(model: type[Model]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if _mutable(field.annotation))


def _mutable(annotation: object) -> bool:
    kind = get_origin(annotation) or annotation
    if kind in (list, dict) or kind is JsonValue or (isinstance(kind, type) and issubclass(kind, Part)):
        return True
    return any(_mutable(argument) for argument in get_args(annotation))
