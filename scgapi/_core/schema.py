"""Validation and encoding of keywords by their TypedDict."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Annotated, Required, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticSerializationError, to_json
from typing_extensions import get_type_hints

from scgapi._core.json import is_object, is_sequence
from scgapi._core.known_values import known_values, warn_of_unknown_values
from scgapi._core.operation import Operation
from scgapi.errors import InvalidArgumentError, NotCreatedError, ScgError


def api_name(name: str) -> str:
    """Return the API's name of a keyword: without the underscore that separates it from a reserved word."""
    return name.removesuffix("_")


# Strict: a wrong type is a mistake of the caller. Error messages do not contain the input.
_CONFIG = ConfigDict(
    extra="forbid",
    strict=True,
    alias_generator=api_name,
    hide_input_in_errors=True,
)


class Schema:
    """Keywords of an operation, by all of their spellings."""

    def __init__(self, fields: type[Mapping[str, object]]) -> None:
        setattr(fields, "__pydantic_config__", _CONFIG)  # noqa: B010 - the body of a TypedDict cannot hold a config
        self.adapter: TypeAdapter[Mapping[str, object]] = TypeAdapter(fields)
        hints: dict[str, object] = get_type_hints(fields, include_extras=True)
        self.api_names = {name: _alias(hint) or api_name(name) for name, hint in hints.items()}
        self.names = {api_key: name for name, api_key in self.api_names.items()}
        self.known_values = known_values(hints)

    def check(self, operation: Operation, fields: Mapping[str, object]) -> dict[str, object]:
        """Validate keywords; return them under their names in Python.

        Raises:
            InvalidArgumentError: a keyword is unknown, missing, or of a wrong type.
        """
        by_api_name = {self._api_name(operation, name): value for name, value in fields.items()}
        error: ScgError
        try:
            checked = dict(self.adapter.validate_python(by_api_name, strict=True))
            warn_of_unknown_values(operation.name, self.known_values, checked)
            return checked
        except ValidationError as invalid:
            # Raised outside of this block: a chained error would hold the values. Imported here: only errors need it.
            from scgapi._core.mistakes import invalid_keywords_error

            details = invalid.errors(include_input=False, include_url=False, include_context=False)
            error = invalid_keywords_error(operation, self.names, by_api_name, details)
        except NotCreatedError as unsaved:
            from scgapi._core.mistakes import not_created_error

            error = not_created_error(operation, self.names, by_api_name, unsaved)
        raise error

    def encode(
        self, operation: Operation, fields: Mapping[str, object], extra: Mapping[str, object] | None = None
    ) -> bytes:
        """Validate keywords and return the JSON body; `extra` holds unknown fields, which are sent unchanged."""
        checked = self.check(operation, fields)
        try:
            content = self._dump(checked, extra or {})
        except PydanticSerializationError:
            # Raised below: a chained error would hold the value.
            content = b""
        if content and (b"null" not in content or _is_finite({**checked, **(extra or {})})):
            return content
        raise InvalidArgumentError(
            f"{operation.name}: a value cannot be written as JSON. Nothing was sent.",
            operation=operation.name,
        )

    def query(self, operation: Operation, fields: Mapping[str, object]) -> dict[str, object]:
        """Validate filters; return them under the API's names for the query string."""
        return {self.api_names[name]: value for name, value in self.check(operation, fields).items()}

    def _dump(self, checked: Mapping[str, object], extra: Mapping[str, object]) -> bytes:
        # No warnings: they would show a malformed raw value.
        if not extra:
            return self.adapter.dump_json(checked, by_alias=True, exclude_unset=True, warnings=False)
        known: dict[str, object] = self.adapter.dump_python(
            checked, mode="json", by_alias=True, exclude_unset=True, warnings=False
        )
        return to_json({**known, **extra}, inf_nan_mode="null")

    def _api_name(self, operation: Operation, name: str) -> str:
        for spelling in (name, api_name(name)):
            if spelling in self.names:
                return spelling
            if spelling in self.api_names:
                return self.api_names[spelling]
        # Imported here because only errors need it.
        from scgapi._core.mistakes import unknown_keyword_error

        raise unknown_keyword_error(
            operation,
            name,
            {spelling: known for known, api_key in self.api_names.items() for spelling in (known, api_key)},
        )


@functools.cache
def get_schema(fields: type[Mapping[str, object]]) -> Schema:
    """Return the schema of a TypedDict, built on first use."""
    return Schema(fields)


def body_schema(operation: Operation) -> Schema:
    """Return the schema of the operation's body."""
    assert operation.body is not None, operation  # noqa: S101 - a mistake in this package, not the caller's
    return get_schema(operation.body)


def check_query(operation: Operation, fields: Mapping[str, object]) -> dict[str, object]:
    """Return the operation's checked filters under the API's names."""
    assert operation.query is not None, operation  # noqa: S101 - a mistake in this package, not the caller's
    return get_schema(operation.query).query(operation, fields)


def check_filter_values(operation: Operation, filters: Mapping[str, object]) -> None:
    """Check that the gateway reads the values of the filters as intended.

    Raises:
        InvalidArgumentError: a value holds a comma, or a list of values is empty.
    """
    for name, value in filters.items():
        problem = _filter_problem(value)
        if problem is not None:
            raise InvalidArgumentError(
                f"{operation.name}: filter {name!r}: {problem}. Nothing was sent.",
                operation=operation.name,
                field=name,
            )


def _alias(hint: object) -> str | None:
    """Return the API's name in a `Field(alias=...)`, for names that Python cannot spell."""
    if get_origin(hint) is Required:
        return _alias(get_args(hint)[0])
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((mark.alias for mark in marks if isinstance(mark, FieldInfo) and mark.alias), None)


def _filter_problem(value: object) -> str | None:
    """Return the reason why the gateway would read other values, or None: it splits values at commas."""
    if isinstance(value, str):
        if "," in value:
            return (
                "the gateway splits a filter's value at commas: pass several values as a list; a value that holds a "
                "comma can only be sent as it is, in extra_filters"
            )
        return None
    if is_sequence(value):
        if not value:
            return "an empty list of values matches nothing: leave the filter out, or skip the call"
        return next(filter(None, map(_filter_problem, value)), None)
    return None


def _is_finite(value: object) -> bool:
    """Return True if a value has no infinity or NaN, which JSON cannot express."""
    if isinstance(value, float):
        return math.isfinite(value)
    if is_object(value):
        return all(map(_is_finite, value.values()))
    if is_sequence(value):
        return all(map(_is_finite, value))
    return not isinstance(value, BaseModel) or _is_finite(value.__dict__)
