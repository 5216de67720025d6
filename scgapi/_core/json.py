"""JSON values of unknown shape, told apart for type checkers."""

from __future__ import annotations

import json
from typing import TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a parsed JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[object]]:
    """Whether a parsed JSON value is an array."""
    return isinstance(value, list)


def is_sequence(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """Whether a value is what JSON would have as an array."""
    return isinstance(value, list | tuple)


def object_in(content: bytes | str) -> dict[str, object]:
    """The JSON object in some text; an empty one if it holds anything else."""
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if is_object(value) else {}
