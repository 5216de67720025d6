"""Checks of the fields that a program sets on an object: their names, their values, read-only fields."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from pydantic import AliasChoices, BaseModel, ValidationError

from scgapi._core.json import is_sequence
from scgapi.errors import InvalidArgumentError

_NUMBER = re.compile(r"\+?[\d\s().-]{5,}")
_MAX_SHOWN_ITEMS = 3


class MaskedValue:
    """A value whose repr shows only that it is set; of a number also the last two digits."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __repr__(self) -> str:
        value = self._value
        if isinstance(value, str):
            return f"'***{value[-2:]}'" if _NUMBER.fullmatch(value) else "'…'" if value else "''"
        if is_sequence(value):
            items = [repr(MaskedValue(item)) for item in value[:_MAX_SHOWN_ITEMS]]
            more = [f"… {len(value) - _MAX_SHOWN_ITEMS} more"] if len(value) > _MAX_SHOWN_ITEMS else []
            return f"[{', '.join(items + more)}]"
        return "…"


def resolve_names(model: type[BaseModel], fields: Mapping[str, object]) -> dict[str, object]:
    """Return a constructor's keywords under the model's names, without padding underscores.

    Raises:
        InvalidArgumentError: the model has no such field.
    """
    known = _accepted_names(model)
    found: dict[str, object] = {}
    for name, value in fields.items():
        spelling = name if name in known else name.removesuffix("_")
        if spelling not in known:
            raise unknown_field_error(model, name)
        found[spelling] = value
    return found


def find_assignable_field(model: type[BaseModel], name: str) -> str:
    """Return the name of the field to assign for an attribute.

    Raises:
        InvalidArgumentError: the model has no such field, or it is read-only.
    """
    fields = model.model_fields
    field = name if name in fields else name.removesuffix("_")
    if field not in fields:
        raise unknown_field_error(model, name)
    if fields[field].frozen:
        raise InvalidArgumentError(
            f"{_public_name(model)}.{field} is read-only: the gateway sets it. "
            f"Assign the fields that can be changed, then call update() or create().",
            field=field,
        )
    return field


def has_setter(model: type[BaseModel], name: str) -> bool:
    """Return True if a program's own subclass defines a property with a setter under this name."""
    found: object = getattr(model, name, None)
    return isinstance(found, property) and found.fset is not None


def deletion_error(model: type[BaseModel], name: str) -> InvalidArgumentError:
    """Return the error for a deleted field: updates cannot send a deletion."""
    return InvalidArgumentError(
        f"{_public_name(model)}.{name} cannot be deleted. To clear it, assign None, then call update().",
        field=name,
    )


def unknown_field_error(model: type[BaseModel], name: str) -> InvalidArgumentError:
    """Return the error for a name that the model does not have."""
    # Imported here because these modules take milliseconds to load.
    from difflib import get_close_matches

    from scgapi._core.mistakes import find_synonym

    settable = [field for field, info in model.model_fields.items() if not info.frozen]
    near = [
        *filter(None, [find_synonym(name, settable)]),
        *get_close_matches(name, settable, n=1),
        *get_close_matches(name, model.model_fields, n=1),
    ]
    hint = f"did you mean {near[0]!r}?" if near else "help() of the class lists its fields."
    return InvalidArgumentError(f"{_public_name(model)} has no field {name!r}; {hint}", field=name)


def invalid_values_error(
    model: type[BaseModel], values: Mapping[str, object], invalid: ValidationError
) -> InvalidArgumentError:
    """Return the error for values of wrong types; it does not contain the values."""
    # Imported here because only errors need it.
    from scgapi._core.mistakes import describe_first_mistake

    errors = invalid.errors(include_input=False, include_url=False, include_context=False)
    field, text = describe_first_mistake(values, errors)
    return InvalidArgumentError(f"{_public_name(model)}: {text}", field=field)


def _public_name(model: type[BaseModel]) -> str:
    return model.__name__.removesuffix("Data")


@functools.cache
def _accepted_names(model: type[BaseModel]) -> frozenset[str]:
    """Return all names that a constructor accepts for the model's fields."""
    found = set(model.model_fields)
    for info in model.model_fields.values():
        alias = info.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
        found.update(choice for choice in choices if isinstance(choice, str))
    return frozenset(found)
