"""Bodies against the TypedDicts of the operations that take them, on wire names only."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import get_args

from pydantic import AwareDatetime, TypeAdapter, ValidationError
from pydantic_core import to_json
from typing_extensions import get_type_hints

from scgapi._core.operation import Operation
from scgapi._core.schema import schema
from scgapi.models._fields import JsonText
from scgapi.sandbox.dates import milliseconds
from scgapi.sandbox.errors import GatewayError, invalid_payload, missing, unrecognized, wrong_type
from scgapi.sandbox.store import Document, document

VERSION = "version_number"


class Fields:
    """What a TypedDict tells of the fields it names, by their wire names."""

    def __init__(self, fields: type[Mapping[str, object]]) -> None:
        known = schema(fields)
        self.adapter: TypeAdapter[Mapping[str, object]] = known.adapter
        self.names: tuple[str, ...] = tuple(known.names)
        hints: dict[str, object] = get_type_hints(fields, include_extras=True)
        self.dates: frozenset[str] = frozenset(
            known.wire_names[name] for name, hint in hints.items() if _mentions(hint, AwareDatetime)
        )
        self._json_texts = frozenset(
            known.wire_names[name] for name, hint in hints.items() if _mentions(hint, JsonText)
        )
        self.required: frozenset[str] = frozenset(
            name for name, kind in self._faults({}) if kind == "missing"
        )

    def check(self, body: Document) -> Document:
        """The body with its points in time as epoch milliseconds.

        Raises:
            GatewayError: a field is unknown, missing or of a wrong type.
        """
        faults = self._faults(body)
        unknown = [name for name, kind in faults if kind == "extra_forbidden"]
        if unknown:
            raise unrecognized(unknown)
        faults += [(name, "json") for name in self._json_texts if not isinstance(body.get(name), str | None)]
        for name, kind in faults:
            raise self._fault(name, null=kind == "missing" or body.get(name) is None)
        return {
            name: self._moment(name, value) if name in self.dates else value for name, value in body.items()
        }

    def _faults(self, body: Document) -> list[tuple[str, str]]:
        try:
            self.adapter.validate_json(to_json(body, inf_nan_mode="strings"))
        except ValidationError as error:
            details = error.errors(include_input=False, include_url=False, include_context=False)
            return [(str(detail["loc"][0]), _kind(detail["type"], len(detail["loc"]))) for detail in details]
        return []

    def _fault(self, name: str, *, null: bool) -> GatewayError:
        required = name in self.required
        return missing(name) if required and null else wrong_type(name, required=required)

    def _moment(self, name: str, value: object) -> int | None:
        # Samples send "" for "none", and the gateway takes it.
        if value is None or value == "":
            return None
        try:
            return milliseconds(value)
        except (ValueError, OverflowError):
            raise wrong_type(name, required=name in self.required) from None


@functools.cache
def fields_of(typed: type[Mapping[str, object]]) -> Fields:
    """What the TypedDict tells, worked out when it is first needed."""
    return Fields(typed)


def checked_body(operation: Operation, body: object, *, ignored: tuple[str, ...] = ()) -> Document:
    """The body of a call, checked against what the operation takes. No body is an empty one.

    Raises:
        GatewayError: the body is no JSON object, or has a field that it may not have, or lacks one.
    """
    fields = document({} if body is None else body)
    if fields is None:
        raise invalid_payload("a JSON object is expected")
    if operation.body is None:
        return fields
    known = fields_of(operation.body)
    fields = {name: value for name, value in fields.items() if name not in ignored}
    quoted = fields.get(VERSION)
    if (
        VERSION in known.names
        and isinstance(quoted, str)
        and quoted.isascii()
        and quoted.isdigit()
        and len(quoted) < 19
    ):
        fields[VERSION] = int(quoted)
    return known.check(fields)


def _kind(kind: str, depth: int) -> str:
    # Deeper down, a missing or unknown key is a fault of the field that holds it.
    return kind if depth == 1 else "value"


def _mentions(hint: object, wanted: object) -> bool:
    return hint is wanted or hint == wanted or any(_mentions(part, wanted) for part in get_args(hint))
