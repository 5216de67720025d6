"""Cache of filtered listings, so that not every page of a long one filters all rows again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import compress
from operator import is_

from scgapi.sandbox.state.account import Account, APIRequest
from scgapi.sandbox.state.store import Document

_MAX_SELECTIONS = 16
"""Number of selections that are kept; the one used longest ago goes first."""

_MAX_REPLACED_ROWS = 128
"""Number of replaced rows above which a selection is made anew."""


class Selection:
    """The rows that match the filters of one listing.

    Documents are replaced, never changed in place, so a row needs to be matched only once.
    """

    def __init__(self) -> None:
        self._rows: Sequence[Document] = ()
        self._flags: list[bool] = []
        self._found: list[Document] = []
        self._ordered: tuple[Sequence[Document], str, list[Document]] = ((), "", [])
        self._derived: tuple[Sequence[Document], int, list[Document]] = ((), -1, [])

    def matching(self, rows: Sequence[Document], matches: Callable[[Document], bool]) -> Sequence[Document]:
        """Return the rows that match the filters, in their order."""
        if rows is not self._rows:
            self._match_again(rows, matches)
            self._rows = rows
            self._found = [*compress(rows, self._flags)]
        return self._found

    def sorted_by(
        self,
        rows: Sequence[Document],
        sort: str,
        key: Callable[[Document], tuple[int, float, str]],
        *,
        reverse: bool,
    ) -> Sequence[Document]:
        """Return the rows in the order that `sort` names."""
        if self._ordered[0] is not rows or self._ordered[1] != sort:
            self._ordered = rows, sort, sorted(rows, key=key, reverse=reverse)
        return self._ordered[2]

    def with_derived_fields(
        self, rows: Sequence[Document], changes: int, show: Callable[[Document], Document]
    ) -> Sequence[Document]:
        """Return the rows with derived fields; `changes` is the account's count of changes."""
        # Compared by value: the members of a group are a new list each time.
        if self._derived[:2] != (rows, changes):
            self._derived = rows, changes, [show(row) for row in rows]
        return self._derived[2]

    def _match_again(self, rows: Sequence[Document], matches: Callable[[Document], bool]) -> None:
        before, flags = self._rows, self._flags
        replaced = [index for index, same in enumerate(map(is_, rows, before)) if not same]
        if len(rows) < len(before) or len(replaced) > _MAX_REPLACED_ROWS:
            # Rows were removed, so the positions of the others changed.
            known = dict(zip(map(id, before), flags, strict=True))
            self._flags = [known[id(row)] if id(row) in known else matches(row) for row in rows]
            return
        for index in replaced:
            flags[index] = matches(rows[index])
        flags.extend(matches(row) for row in rows[len(before) :])


class Selections:
    """The selections of the latest listings of one account."""

    def __init__(self, _account: Account) -> None:
        self._kept: OrderedDict[object, Selection] = OrderedDict()

    def for_request(self, request: APIRequest) -> Selection:
        """Return the selection for the filters of a request. All pages of a listing share one."""
        filters = frozenset(
            item for item in request.query.items() if item[0] not in ("limit", "offset", "sort")
        )
        key = request.operation, request.ids, filters
        found = self._kept.setdefault(key, Selection())
        self._kept.move_to_end(key)
        if len(self._kept) > _MAX_SELECTIONS:
            self._kept.popitem(last=False)
        return found
