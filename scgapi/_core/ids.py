"""Arguments that are ids or objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, TypeVar

from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import Items
from scgapi._core.operation import Operation
from scgapi._core.text import encode_path_segment
from scgapi.errors import InvalidArgumentError

M = TypeVar("M", bound=ResourceModel)

OneOrMore: TypeAlias = str | M | Items[str | M]
"""One id or object, or several of either."""


def collect_ids(operation: Operation, name: str, values: OneOrMore[M]) -> list[str]:
    """Return the ids of one or more ids or objects.

    Raises:
        InvalidArgumentError: there are no ids, or one is empty or not a string.
    """
    one = isinstance(values, str | ResourceModel) or not isinstance(values, Iterable)
    several: list[object] = [values] if one else [*values]
    ids = [item.id if isinstance(item, ResourceModel) else item for item in several]
    for index, value in enumerate(ids):
        # Rejects values that cannot be an id.
        encode_path_segment(value, name if one else f"{name}[{index}]", operation.name)
    if not ids:
        raise InvalidArgumentError(
            f"{operation.name}: {name} is empty: pass one id or more. Nothing was sent.",
            operation=operation.name,
            field=name,
        )
    return [value for value in ids if isinstance(value, str)]
