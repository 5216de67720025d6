"""Strict schemas for fields of responses: a value of the wrong JSON type is malformed, not converted.

Pydantic's own strict mode would also reject the dicts and strings that programs build objects from.
"""

from __future__ import annotations

import math

from pydantic_core import CoreSchema, core_schema

from scgapi._core.json import is_array, is_object, is_sequence


def finite(value: object) -> object:
    """Return the value, unless a number in it overflowed to infinity.

    Raises:
        ValueError: a number is too large for a float.
    """
    if isinstance(value, float):
        if math.isinf(value):
            raise ValueError("a number is too large")
    elif is_array(value):
        for item in value:
            finite(item)
    elif is_object(value):
        for item in value.values():
            finite(item)
    return value


def _pattern_schema(pattern: str) -> CoreSchema:
    return core_schema.str_schema(strict=True, pattern=pattern)


def _union(*choices: CoreSchema) -> CoreSchema:
    return core_schema.union_schema([*choices], mode="left_to_right")


def _finite_schema(value: CoreSchema) -> CoreSchema:
    """Return a schema that rejects infinity; strings and integers skip the Python call."""
    return _union(
        core_schema.str_schema(strict=True),
        _INTEGER,
        core_schema.no_info_after_validator_function(finite, value),
    )


_INTEGER = core_schema.int_schema(strict=True)
_NUMBER = core_schema.float_schema(strict=True, allow_inf_nan=False)
_DATETIME = core_schema.datetime_schema(strict=False, tz_constraint="aware")
_MAX_EXACT_FLOAT = 2.0**53
_UNCHANGED_TYPES = frozenset({"model", "tagged-union"})
_FROM_INTEGER = core_schema.chain_schema([_INTEGER, _DATETIME])
_FROM_TEXT = core_schema.chain_schema([_pattern_schema(r"^(?:[0-9]{4}-.+|0|-?[1-9][0-9]{0,18})$"), _DATETIME])
_FROM_NUMBER = core_schema.chain_schema([core_schema.float_schema(strict=True, multiple_of=1), _DATETIME])
_DATE_TEXT = core_schema.chain_schema(
    [_pattern_schema(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), core_schema.date_schema(strict=False)]
)
_STRICT: dict[object, CoreSchema] = {
    "bool": core_schema.bool_schema(strict=True),
    "int": _union(
        _INTEGER,
        core_schema.chain_schema(
            [_pattern_schema(r"^(?:0|-?[1-9][0-9]{0,18})$"), core_schema.int_schema(strict=False)]
        ),
    ),
    # An integer that a float cannot hold exactly stays an integer.
    "float": _union(
        core_schema.float_schema(strict=True, gt=-_MAX_EXACT_FLOAT, lt=_MAX_EXACT_FLOAT), _INTEGER, _NUMBER
    ),
    "datetime": core_schema.json_or_python_schema(
        _union(_FROM_INTEGER, _FROM_TEXT, _FROM_NUMBER),
        _union(
            core_schema.datetime_schema(strict=True, tz_constraint="aware"),
            _FROM_INTEGER,
            _FROM_TEXT,
            _FROM_NUMBER,
        ),
    ),
    "date": core_schema.json_or_python_schema(
        _DATE_TEXT, _union(core_schema.date_schema(strict=True), _DATE_TEXT)
    ),
}


def make_strict(model: CoreSchema) -> None:
    """Replace the field schemas that convert values by ones that accept only lossless input.

    An integer may be a decimal string, since sources disagree; a time may be epoch milliseconds or ISO 8601.
    """
    node: object = model
    while is_object(node) and node.get("type") != "model-fields":
        node = node.get("schema")
    fields = node.get("fields") if is_object(node) else None
    assert is_object(node) and is_object(fields), model["type"]  # noqa: S101, PT018 - the shape of a pydantic model schema
    if is_object(node.get("metadata")):
        # Pydantic returns the same schema again for a model that it has already built.
        return
    node["metadata"] = {"scgapi": "read_strictly"}
    for field in fields.values():
        _tighten(field, as_text=True)
    config: object = model.get("config")
    if is_object(config) and config.get("extra_fields_behavior") == "allow":
        # Unknown fields are kept unchanged, unless reading them has lost information.
        node["extras_schema"] = _finite_schema(core_schema.any_schema())


def _tighten(node: object, *, as_text: bool) -> None:
    """Change this schema and the nested ones in place; with `as_text`, a number may be a string."""
    if is_object(node):
        kind = node.get("type")
        if kind in _UNCHANGED_TYPES or "strict" in node:
            return
        tightened: object = _strict_schema(node, as_text=as_text)
        if is_object(tightened):
            kept = {str(key): node[key] for key in ("serialization", "metadata") if key in node}
            node.clear()
            node.update(tightened | kept)
            return
        as_text = as_text and not (kind == "union" and _includes_str(node.get("choices")))
        for key, value in node.items():
            if key not in ("serialization", "metadata", "config"):
                _tighten(value, as_text=as_text)
    elif is_sequence(node):
        for item in node:
            _tighten(item, as_text=as_text)


def _strict_schema(node: dict[str, object], *, as_text: bool) -> CoreSchema | None:
    kind = node.get("type")
    if kind == "definition-ref" and "JsonValue" in str(node.get("schema_ref")):
        return _finite_schema(core_schema.definition_reference_schema(str(node["schema_ref"])))
    if kind == "int" and not as_text:
        return _INTEGER
    return _STRICT.get(kind)


def _includes_str(choices: object) -> bool:
    return is_sequence(choices) and any(is_object(one) and one.get("type") == "str" for one in choices)
