"""Arguments that name objects: by id, or the objects themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

from scgapi._core.operation import Operation
from scgapi._core.text import path_segment
from scgapi.errors import InvalidArgumentError
from scgapi.models._base import ResourceModel
from scgapi.models._fields import Items

M = TypeVar("M", bound=ResourceModel)

OneOrMore: TypeAlias = str | M | Items[str | M]
"""One id or object, or several of either."""


def ids_of(operation: Operation, name: str, given: OneOrMore[M]) -> list[str]:
    """The ids, at least one and none of them empty.

    Raises:
        InvalidArgumentError: there is none, or one is no id and no object with an id.
    """
    one = isinstance(given, str | ResourceModel) or not isinstance(given, Iterable)
    several: list[object] = [given] if one else [*given]
    ids = [item.id if isinstance(item, ResourceModel) else item for item in several]
    for value in ids:
        path_segment(value, name, operation.name)  # an id that no path can hold is no id
    if not ids:
        raise InvalidArgumentError(f"{operation.name}: {name} is empty", operation=operation.name, field=name)
    return [value for value in ids if isinstance(value, str)]
