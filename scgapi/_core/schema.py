"""What a caller may send: a TypedDict turned into a check and an encoder."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Annotated, Required, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticSerializationError, to_json
from typing_extensions import get_type_hints

from scgapi._core.json import is_object, is_sequence
from scgapi._core.operation import Operation
from scgapi.errors import InvalidArgumentError


def wire_name(name: str) -> str:
    """The name on the wire: a padding underscore keeps Python's reserved words apart."""
    return name.removesuffix("_")


# Strict: a wrong type is the caller's mistake and never guessed at. Inputs stay out of the messages.
_CONFIG = ConfigDict(
    extra="forbid",
    strict=True,
    alias_generator=wire_name,
    hide_input_in_errors=True,
)


class Schema:
    """The fields that an operation takes, by any spelling a caller may use."""

    def __init__(self, fields: type[Mapping[str, object]]) -> None:
        setattr(fields, "__pydantic_config__", _CONFIG)  # noqa: B010 - a TypedDict's body may hold no config
        self.adapter: TypeAdapter[Mapping[str, object]] = TypeAdapter(fields)
        hints: dict[str, object] = get_type_hints(fields, include_extras=True)
        self.wire_names = {name: _alias(hint) or wire_name(name) for name, hint in hints.items()}
        self.names = {wire: name for name, wire in self.wire_names.items()}

    def check(self, operation: Operation, fields: Mapping[str, object]) -> dict[str, object]:
        """Validate keywords; return them under their names in Python.

        Raises:
            InvalidArgumentError: a keyword is unknown, missing, or of a wrong type.
        """
        wired = {self._wire(operation, name): value for name, value in fields.items()}
        error: InvalidArgumentError
        try:
            return dict(self.adapter.validate_python(wired, strict=True))
        except ValidationError as invalid:
            # Raised outside of this block: the chained error would hold the values.
            error = _explain(
                operation, invalid.errors(include_input=False, include_url=False, include_context=False)
            )
        raise error

    def encode(
        self, operation: Operation, fields: Mapping[str, object], extra: Mapping[str, object] | None = None
    ) -> bytes:
        """Validate keywords and write the JSON body; `extra` are fields the schema does not know, sent as they are."""
        checked = self.check(operation, fields)
        try:
            content = self._dump(checked, extra or {})
        except PydanticSerializationError:
            content = b""  # raised below: the chained error would hold the value
        if content and (b"null" not in content or _is_finite({**checked, **(extra or {})})):
            return content
        raise InvalidArgumentError(
            f"{operation.name}: a value cannot be written as JSON. Nothing was sent.",
            operation=operation.name,
        )

    def query(self, operation: Operation, fields: Mapping[str, object]) -> dict[str, object]:
        """Validate filters; return them under their wire names for the query string."""
        return {self.wire_names[name]: value for name, value in self.check(operation, fields).items()}

    def _dump(self, checked: Mapping[str, object], extra: Mapping[str, object]) -> bytes:
        # No warnings: a part may hold a raw value that came malformed, and they would show it.
        if not extra:
            return self.adapter.dump_json(checked, by_alias=True, exclude_unset=True, warnings=False)
        known: dict[str, object] = self.adapter.dump_python(
            checked, mode="json", by_alias=True, exclude_unset=True, warnings=False
        )
        return to_json({**known, **extra}, inf_nan_mode="null")

    def _wire(self, operation: Operation, name: str) -> str:
        for spelling in (name, wire_name(name)):
            if spelling in self.names:
                return spelling
            if spelling in self.wire_names:
                return self.wire_names[spelling]
        import difflib  # for mistakes only

        guess = difflib.get_close_matches(wire_name(name), [*self.names, *self.wire_names], n=1)
        hint = (
            f"; did you mean {self.names.get(guess[0], guess[0])!r}?"
            if guess
            else f"; it takes {', '.join(self.names.values())}."
        )
        raise InvalidArgumentError(
            f"{operation.name} takes no {name!r}{hint} Nothing was sent.",
            operation=operation.name,
            field=name,
        )


@functools.cache
def schema(fields: type[Mapping[str, object]]) -> Schema:
    """The schema of a TypedDict, built when it is first used."""
    return Schema(fields)


def body_schema(operation: Operation) -> Schema:
    """The schema of the operation's body."""
    assert operation.body is not None, operation  # noqa: S101 - a mistake in this package, not the caller's
    return schema(operation.body)


def query_of(operation: Operation, fields: Mapping[str, object]) -> dict[str, object]:
    """The operation's checked filters under their wire names."""
    assert operation.query is not None, operation  # noqa: S101 - a mistake in this package, not the caller's
    return schema(operation.query).query(operation, fields)


def _alias(hint: object) -> str | None:
    """The name on the wire that a `Field(alias=...)` gives, where it is no name in Python."""
    if get_origin(hint) is Required:
        return _alias(get_args(hint)[0])
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((mark.alias for mark in marks if isinstance(mark, FieldInfo) and mark.alias), None)


def _is_finite(value: object) -> bool:
    """Whether JSON can say the value: infinity and not-a-number would be written as null."""
    if isinstance(value, float):
        return math.isfinite(value)
    if is_object(value):
        return all(map(_is_finite, value.values()))
    if is_sequence(value):
        return all(map(_is_finite, value))
    return not isinstance(value, BaseModel) or _is_finite(value.__dict__)


def _explain(operation: Operation, errors: list[ErrorDetails]) -> InvalidArgumentError:
    first = str(errors[0]["loc"][0])
    reasons = dict.fromkeys(
        f"{'.'.join(str(step) for step in error['loc'])}: {error['msg']}"
        for error in errors
        if str(error["loc"][0]) == first
    )
    if errors[0]["type"] == "missing" and len(errors[0]["loc"]) == 1:
        text = f"{operation.name} needs {first!r}"
    else:
        text = f"{operation.name} cannot take this {first!r}: {'; or '.join(reasons)}"
    return InvalidArgumentError(f"{text}. Nothing was sent.", operation=operation.name, field=first)
