"""Faults and progress rules as JSON objects: the class under `kind`, the arguments by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError

from scgapi.sandbox.control.actions import describe_errors

T = TypeVar("T")


class TaggedUnion(Generic[T]):
    """The classes that a JSON object may stand for. `field` is its name in error messages."""

    def __init__(self, field: str, kinds: Mapping[str, TypeAdapter[T]], whole: TypeAdapter[T]) -> None:
        self._field = field
        self._kinds = kinds
        self._whole = whole

    def load(self, given: Mapping[str, JsonValue]) -> T:
        """Create the value from a JSON object.

        Raises:
            ValueError: the kind is unknown, or an argument is wrong.
        """
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in self._kinds:
            raise ValueError(f"{self._field}.kind: {kind!r} is none of {', '.join(self._kinds)}")
        arguments = {name: value for name, value in given.items() if name != "kind"}
        try:
            return self._kinds[kind].validate_python(arguments)
        except ValidationError as error:
            raise ValueError(describe_errors(error, self._field)) from None

    def dump(self, value: T) -> dict[str, object]:
        """Return the value as a JSON object."""
        arguments: dict[str, object] = self._whole.dump_python(value, mode="json")
        return {"kind": type(value).__name__, **arguments}
