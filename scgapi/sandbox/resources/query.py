"""Listings: filters, order and pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from scgapi._core.model.fields import ListOptions
from scgapi._core.operation import Operation
from scgapi.sandbox.errors import invalid, wrong_type
from scgapi.sandbox.resources.body_checks import fields_of
from scgapi.sandbox.resources.dates import iso_milliseconds
from scgapi.sandbox.resources.query_cache import Selection
from scgapi.sandbox.state.store import Document, document, items

DEFAULT_LIMIT = 50
MAX_LIMIT = 100

_RANGE = re.compile(r"\[([^,]*),([^,]*)\]")
_OPTIONS = frozenset(ListOptions.__annotations__)


class Query:
    """The query of a listing, parsed and checked once.

    `aliases` are filters with another name than their field; `open_names` are prefixes of filter names that the
    account chooses; `sortable` are fields without a filter of their own; `selection` holds the results of earlier
    pages.
    """

    def __init__(
        self,
        operation: Operation,
        given: Mapping[str, str],
        *,
        aliases: Mapping[str, str] | None = None,
        filter_prefixes: tuple[str, ...] = (),
        sortable: Collection[str] = (),
        selection: Selection | None = None,
    ) -> None:
        known = fields_of(operation.query) if operation.query is not None else None
        filters = frozenset(known.names if known else ()) - _OPTIONS
        self._dates: frozenset[str] = known.dates if known else frozenset()
        self._aliases = aliases or {}
        self.selection: Selection = selection or Selection()
        self.limit: int = min(_parse_count(given, "limit", DEFAULT_LIMIT, least=1), MAX_LIMIT)
        self.offset: int = _parse_count(given, "offset", 0)
        self._sort = given.get("sort", "")
        if self._sort and self._sort.removeprefix("-") not in filters | frozenset(sortable):
            raise invalid("sort", self._sort)
        self.filters: dict[str, str] = {
            name: value for name, value in given.items() if name not in ("limit", "offset", "sort")
        }
        for name in self.filters:
            if name not in filters and not name.startswith(filter_prefixes or ("\0",)):
                raise invalid(name)
        self._matchers = {
            name: _Matcher(name, value, name in self._dates) for name, value in self.filters.items()
        }

    def depends_on(self, names: Collection[str]) -> bool:
        """Return True if a filter or the order depends on one of these fields."""
        return self._sort.removeprefix("-") in names or not self.filters.keys().isdisjoint(names)

    def matches(self, row: Mapping[str, object], *, ignoring: Collection[str] = ()) -> bool:
        """Return True if the row matches all filters, except those in `ignoring`."""
        return all(
            matcher.matches(_field(row, self._aliases.get(name, name)))
            for name, matcher in self._matchers.items()
            if name not in ignoring
        )

    def select(self, rows: Sequence[Document]) -> tuple[list[Document], int]:
        """Return the rows of the page, and the number of matches on all pages."""
        found = self.selection.matching(rows, self.matches) if self._matchers else rows
        if self._sort:
            name = self._sort.removeprefix("-")
            field = self._aliases.get(name, name)
            found = self.selection.sorted_by(
                found, self._sort, lambda row: _sort_key(row.get(field)), reverse=self._sort.startswith("-")
            )
        return list(found[self.offset : self.offset + self.limit]), len(found)

    def page_body(self, rows: Sequence[Document], total: int) -> Document:
        """Return the JSON object of a page."""
        return {"list": list(rows), "total": total, "limit": self.limit}


class _Matcher:
    """One filter: equality with one of several values, or a range of dates that includes both ends."""

    def __init__(self, name: str, value: str, is_date: bool) -> None:
        self._range: tuple[int, int] | None = None
        self._any: frozenset[object] = frozenset()
        span = _RANGE.fullmatch(value)
        try:
            if is_date and span:
                self._range = iso_milliseconds(span[1].strip()), iso_milliseconds(span[2].strip())
            elif is_date and value != "null":
                self._any = frozenset(iso_milliseconds(part.strip()) for part in value.split(","))
            elif span:
                raise invalid(name, "only dates have ranges")
            else:
                self._any = frozenset(value.split(","))
        except (ValueError, OverflowError):
            raise wrong_type(name) from None
        self._is_date = is_date and value != "null"

    def matches(self, found: object) -> bool:
        if self._range is not None:
            return isinstance(found, int) and self._range[0] <= found <= self._range[1]
        if self._is_date:
            return found in self._any
        return any(filter_text(item) in self._any for item in (found, *items(found)))


def filter_text(value: object) -> str:
    """Return a field's value as filters write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _field(row: Mapping[str, object], name: str) -> object:
    if name in row or "." not in name:
        return row.get(name)
    outer, _, inner = name.partition(".")
    return (document(row.get(outer)) or {}).get(inner)


def _sort_key(value: object) -> tuple[int, float, str]:
    # Numbers before texts, absent values last: any two values can be compared.
    if value is None:
        return 2, 0, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, str(value)


def _parse_count(given: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    value = given.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()) or len(value) > 18 or int(value) < least:
        raise wrong_type(name)
    return int(value)
