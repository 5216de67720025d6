"""What a listing asks for: filters, page size, start and order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scgapi._core.json import is_object
from scgapi._core.operation import Operation
from scgapi._core.paging import PAGE_SIZE
from scgapi._core.schema import query_of
from scgapi.errors import InvalidArgumentError

_PLACES = ("limit", "offset", "sort")
_OWN = "prefetch"  # never sent
_MOST_AHEAD = 32


class Listing(NamedTuple):
    """A listing, checked; `query(offset)` is what one of its pages is requested with."""

    filters: dict[str, object]
    limit: int
    offset: int
    prefetch: int

    def query(self, offset: int) -> dict[str, object]:
        """The query of the page that begins at `offset`."""
        start: dict[str, object] = {"offset": offset} if offset else {}
        return {**self.filters, "limit": self.limit, **start}


def listing(operation: Operation, options: Mapping[str, object]) -> Listing:
    """Check the keywords of a `list()`.

    Raises:
        InvalidArgumentError: a filter is unknown or of a wrong type, or a place is given twice or out of range.
    """
    filters = query_of(operation, options)
    prefetch = filters.pop(_OWN, 0)
    parameters = _mapping(filters.pop("list_parameters", None))
    extra = _mapping(filters.pop("extra_filters", None))
    places: dict[str, object] = {name: filters.pop(name) for name in _PLACES if name in filters}
    for name, given in (
        ("list_parameters", parameters.keys() & places),
        ("extra_filters", extra.keys() & {*filters, *_PLACES, _OWN}),
    ):
        if given:
            raise _refusal(operation, name, f"{name} repeats or places {', '.join(sorted(map(str, given)))}")
    places |= parameters
    limit, offset = places.pop("limit", PAGE_SIZE), places.pop("offset", 0)
    if not isinstance(limit, int) or limit < 1:
        raise _refusal(operation, "limit", "limit must be 1 or more")
    if not isinstance(offset, int) or offset < 0:
        raise _refusal(operation, "offset", "offset must be 0 or more")
    if not isinstance(prefetch, int) or not 0 <= prefetch <= _MOST_AHEAD:
        raise _refusal(operation, _OWN, f"prefetch must be 0 to {_MOST_AHEAD}")
    return Listing({**filters, **extra, **places}, limit, offset, prefetch)


def _mapping(value: object) -> dict[str, object]:
    return value if is_object(value) else {}


def _refusal(operation: Operation, field: str, text: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{operation.name}: {text}. Nothing was sent.", operation=operation.name, field=field
    )
