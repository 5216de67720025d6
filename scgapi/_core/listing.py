"""Keywords of a listing: filters, page size, offset and order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scgapi._core.json import is_object
from scgapi._core.operation import Operation
from scgapi._core.paging import PAGE_SIZE
from scgapi._core.schema import check_filter_values, check_query
from scgapi.errors import InvalidArgumentError

_PAGE_OPTIONS = ("limit", "offset", "sort")
_PREFETCH = "prefetch"
"""Option of the client itself, which is not sent."""
_MAX_PREFETCH_PAGES = 32


class Listing(NamedTuple):
    """Checked keywords of a listing."""

    filters: dict[str, object]
    limit: int
    offset: int
    prefetch: int

    def query(self, offset: int) -> dict[str, object]:
        """Return the query of the page at `offset`."""
        start: dict[str, object] = {"offset": offset} if offset else {}
        return {**self.filters, "limit": self.limit, **start}


def check_listing(operation: Operation, options: Mapping[str, object]) -> Listing:
    """Check the keywords of a `list()`.

    Raises:
        InvalidArgumentError: a filter is unknown, of a wrong type or contains a comma, or a page option is repeated twice or
            is out of range.
    """
    filters = check_query(operation, options)
    prefetch = filters.pop(_PREFETCH, 0)
    parameters = _as_dict(filters.pop("list_parameters", None))
    extra = _as_dict(filters.pop("extra_filters", None))
    page_options: dict[str, object] = {name: filters.pop(name) for name in _PAGE_OPTIONS if name in filters}
    for name, repeated in (
        ("list_parameters", parameters.keys() & page_options),
        ("extra_filters", extra.keys() & {*filters, *_PAGE_OPTIONS, _PREFETCH}),
    ):
        if repeated:
            raise _invalid_option_error(
                operation, name, f"{name} repeats or places {', '.join(sorted(map(str, repeated)))}"
            )
    check_filter_values(operation, filters)
    page_options |= parameters
    limit, offset = page_options.pop("limit", PAGE_SIZE), page_options.pop("offset", 0)
    if not isinstance(limit, int) or limit < 1:
        raise _invalid_option_error(operation, "limit", "limit must be 1 or more")
    if not isinstance(offset, int) or offset < 0:
        raise _invalid_option_error(operation, "offset", "offset must be 0 or more")
    if not isinstance(prefetch, int) or not 0 <= prefetch <= _MAX_PREFETCH_PAGES:
        raise _invalid_option_error(operation, _PREFETCH, f"prefetch must be 0 to {_MAX_PREFETCH_PAGES}")
    return Listing({**filters, **extra, **page_options}, limit, offset, prefetch)


def _as_dict(value: object) -> dict[str, object]:
    return value if is_object(value) else {}


def _invalid_option_error(operation: Operation, field: str, text: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{operation.name}: {text}. Nothing was sent.", operation=operation.name, field=field
    )
