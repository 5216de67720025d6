"""Lists: filters, order and pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from scgapi._core.operation import Operation
from scgapi.models._fields import ListOptions
from scgapi.sandbox.checks import fields_of
from scgapi.sandbox.dates import iso_milliseconds
from scgapi.sandbox.errors import invalid, wrong_type
from scgapi.sandbox.store import Document, document, items

DEFAULT_LIMIT = 50
MAX_LIMIT = 100

_RANGE = re.compile(r"\[([^,]*),([^,]*)\]")
_OPTIONS = frozenset(ListOptions.__annotations__)


class Query:
    """What a list is asked for: parsed and checked once, then put to the rows.

    `aliases` are filters that are called unlike the field they look at; `open_names` are beginnings of filter
    names whose end the account chooses; `sortable` are fields that no filter names.
    """

    def __init__(
        self,
        operation: Operation,
        given: Mapping[str, str],
        *,
        aliases: Mapping[str, str] | None = None,
        open_names: tuple[str, ...] = (),
        sortable: Collection[str] = (),
    ) -> None:
        known = fields_of(operation.query) if operation.query is not None else None
        filters = frozenset(known.names if known else ()) - _OPTIONS
        self._dates: frozenset[str] = known.dates if known else frozenset()
        self._aliases = aliases or {}
        self.limit: int = min(_natural(given, "limit", DEFAULT_LIMIT, least=1), MAX_LIMIT)
        self.offset: int = _natural(given, "offset", 0)
        self._sort = given.get("sort", "")
        if self._sort and self._sort.removeprefix("-") not in filters | frozenset(sortable):
            raise invalid("sort", self._sort)
        self.filters: dict[str, str] = {
            name: value for name, value in given.items() if name not in ("limit", "offset", "sort")
        }
        for name in self.filters:
            if name not in filters and not name.startswith(open_names or ("\0",)):
                raise invalid(name)
        self._tests = {name: _Test(name, value, name in self._dates) for name, value in self.filters.items()}

    def watches(self, names: Collection[str]) -> bool:
        """Whether a filter or the order looks at one of these fields."""
        return self._sort.removeprefix("-") in names or not self.filters.keys().isdisjoint(names)

    def matches(self, row: Mapping[str, object], *, but: Collection[str] = ()) -> bool:
        """Whether the row meets all filters, `but` those."""
        return all(
            test.meets(_field(row, self._aliases.get(name, name)))
            for name, test in self._tests.items()
            if name not in but
        )

    def select(self, rows: Sequence[Document]) -> tuple[list[Document], int]:
        """The rows of the page, and how many match on all pages."""
        found = [row for row in rows if self.matches(row)] if self._tests else rows
        if self._sort:
            name = self._sort.removeprefix("-")
            field = self._aliases.get(name, name)
            found = sorted(found, key=lambda row: _order(row.get(field)), reverse=self._sort.startswith("-"))
        return list(found[self.offset : self.offset + self.limit]), len(found)

    def envelope(self, rows: Sequence[Document], total: int) -> Document:
        """A page as the wire has it."""
        return {"list": list(rows), "total": total, "limit": self.limit}


class _Test:
    """One filter: equality with any of a comma list, or a range of dates with both ends included."""

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
                self._any = frozenset((value, *value.split(",")))
        except (ValueError, OverflowError):
            raise wrong_type(name) from None
        self._is_date = is_date and value != "null"

    def meets(self, found: object) -> bool:
        if self._range is not None:
            return isinstance(found, int) and self._range[0] <= found <= self._range[1]
        if self._is_date:
            return found in self._any
        return any(filter_text(item) in self._any for item in (found, *items(found)))


def filter_text(value: object) -> str:
    """A field's value as filters spell it."""
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


def _order(value: object) -> tuple[int, float, str]:
    # Numbers before texts, absent values last: any two values can be compared.
    if value is None:
        return 2, 0, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, str(value)


def _natural(given: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    value = given.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()) or len(value) > 18 or int(value) < least:
        raise wrong_type(name)
    return int(value)
