"""Paging through a listing whose rows are created, changed and deleted meanwhile.

Offsets refer to the rows at the time of each request. If rows before the next offset are deleted, for example by a
program that deletes what it lists, later rows move forward and the next page would skip them.
"""

from __future__ import annotations

import dataclasses
import logging
from collections import deque
from collections.abc import Callable
from itertools import chain
from typing import Generic, TypeVar

from scgapi._core.change_counts import Counts, no_changes
from scgapi._core.paging import Page, fingerprint, row_id
from scgapi.errors import ScgError

T = TypeVar("T")

log = logging.getLogger("scgapi.responses")

REMEMBERED_ROWS = 4_000
"""Maximum number of ids that a listing remembers, to recognize rows that it has returned already."""

MAX_FUTILE_PAGES = 1_000
"""Number of consecutive pages without new rows after which a listing raises an error."""


class PageTracker(Generic[T]):
    """Decide which page to fetch next, and which of its rows are new.

    A page is accepted if no row can be missing between it and the rows before it. If rows may have vanished (the total
    fell, or this client changed something), the page must begin with the last returned row, with an earlier row far
    enough back, or at the start of the listing. Otherwise a page from further back is requested.
    """

    def __init__(
        self, start: int, operation: str = "list", counts: Callable[[], Counts] = no_changes
    ) -> None:
        self.overlap = 0
        """Number of rows that a page repeats from the previous one: 1 once this client has changed something."""
        self._operation, self._counts = operation, counts
        self._start = self._next_row_offset = self._next_request_offset = start
        self._is_first = self._has_ids = True
        self._is_over = self._is_without_overlap = self._is_stepping_back = self._has_forgotten = False
        self._counted: dict[int, tuple[Counts, Counts]] = {}
        self._before = Counts(0, 0)
        self._created = self._before.created
        self._created_earlier: frozenset[str] = frozenset()
        self._total: int | None = None
        self._least_total: int | None = None
        self._steps_back = self._futile_pages = self._added = self._max_offset = 0
        self._last: str | None = None
        self._pages: deque[list[str]] = deque()
        self._ids: set[str] = set()
        self._page_hashes: set[int] = set()

    @property
    def next_offset(self) -> int | None:
        """Offset of the next page to fetch; None at the end."""
        if self._is_over:
            return None
        if not self._is_first and not self._is_stepping_back:
            now = self._counts()
            self.overlap = 1 if self.overlap or now.begun > self._before.ended else 0
            self._next_request_offset = self._continuation_offset()
        return self._next_request_offset

    def fetched(self, offset: int, before: Counts) -> None:
        """Record the client's changes before and after the request for a page."""
        self._counted[offset] = before, self._counts()

    def take(self, page: Page[T]) -> Page[T] | None:
        """Return the page with its new rows; None if it has no new rows, or if rows may be missing before it.

        Raises:
            ScgError: too many rows have changed to continue the listing.
        """
        before, after = self._counted.get(page.offset, (self._before, self._before))
        for offset in [*self._counted]:
            if offset <= page.offset:
                del self._counted[offset]
        ids = [row_id(item) for item in page.items]
        if self._is_first:
            self._is_first = False
            self._created_earlier = frozenset(chain.from_iterable(after.created))
            return self._accept(page, ids, before, is_careful=False) or page
        vanished = max(0, (self._total or 0) - page.total) if page.total is not None else 0
        self._created = after.created
        changed = 0 if self._is_without_overlap else max(0, after.begun - self._before.ended)
        is_careful = self._has_ids and bool(vanished or changed or page.offset < self._next_row_offset)
        if vanished and not self._has_ids:
            log.warning("objects vanished while they were listed; they have no ids, so some may be missing")
        if is_careful and not self._follows(page, ids, vanished, changed):
            self._step_back(page, max(vanished, changed))
            return None
        self._added += changed
        return self._accept(page, ids, before, is_careful=is_careful)

    def _follows(self, page: Page[T], ids: list[str | None], vanished: int, changed: int) -> bool:
        """Return True if no row can be missing before this page."""
        if page.offset <= self._start:
            return True
        if not ids or not (ids[0] in self._ids or self._is_created_here(ids[0])):
            return False
        is_last = ids[0] == self._last and not vanished
        return is_last or page.offset < self._next_row_offset - max(vanished, changed)

    def _step_back(self, page: Page[T], rows: int) -> None:
        """Request a page that begins at least `rows` rows earlier, and further back with each repetition."""
        self._count_futile_page()
        farthest = (
            max(self._start, self._next_row_offset - len(self._ids)) if self._has_forgotten else self._start
        )
        if page.offset <= farthest:
            raise ScgError(
                f"{self._operation}: more rows vanished while it was read than are remembered ({REMEMBERED_ROWS}); "
                "list again, and change less between two pages",
                operation=self._operation,
            )
        rows += 1 + page.limit * (2**self._steps_back - 1)
        self._steps_back += 1
        self._is_stepping_back = True
        self._next_request_offset = max(farthest, min(self._next_row_offset - rows, page.offset - 1))
        if page.total is not None:
            self._least_total = min(
                page.total, page.total if self._least_total is None else self._least_total
            )

    def _accept(
        self, page: Page[T], ids: list[str | None], before: Counts, *, is_careful: bool
    ) -> Page[T] | None:
        # Rows that this client creates before the present offset are not listed, or a listing would never end in a
        # program that replaces each row.
        fresh = [
            item
            for place, (item, name) in enumerate(zip(page.items, ids, strict=True), page.offset)
            if name not in self._ids and not (place < self._next_row_offset and self._is_created_here(name))
        ]
        is_new = self._record_page(page) or is_careful
        was_following, self._next_row_offset = self._next_row_offset, page.offset + len(ids)
        self._before, self._is_stepping_back = before, False
        self._follow_total(page.total)
        self._has_ids = None not in ids
        self._last = ids[-1] if ids else self._last
        self._remember([name for name in ids if name is not None])
        self._is_without_overlap = is_careful and not fresh and self._next_row_offset <= was_following
        self._next_request_offset = self._continuation_offset()
        self._is_over = page.next_offset is None
        if not fresh:
            if not (is_careful or self._is_explained(page)):
                self._stop(page)
            return None
        if not is_new:
            self._stop(page)
            return None
        self._futile_pages = self._steps_back = 0
        self._max_offset = max(self._max_offset, self._next_row_offset)
        if len(fresh) == len(ids):
            return page
        return dataclasses.replace(page, items=fresh, offset=self._next_row_offset - len(fresh))

    def _continuation_offset(self) -> int:
        return max(
            self._start,
            self._next_row_offset - (self.overlap if self._has_ids and not self._is_without_overlap else 0),
        )

    def _is_created_here(self, name: str | None) -> bool:
        """Return True if this client has created the row since the listing began."""
        return name not in self._created_earlier and any(name in ids for ids in self._created)

    def _record_page(self, page: Page[T]) -> bool:
        """Record the page; return True if it is new. Some gateways repeat a few pages, whose rows may be forgotten."""
        mark, known = hash(fingerprint(page)), len(self._page_hashes)
        self._page_hashes.add(mark)
        return len(self._page_hashes) > known

    def _follow_total(self, total: int | None) -> None:
        if total is None:
            return
        self._added += max(0, total - (total if self._total is None else self._total))
        # A total that was lower in the meantime is not a reason to read the same range again.
        self._total = total if self._least_total is None else min(total, self._least_total)
        self._least_total = None

    def _is_explained(self, page: Page[T]) -> bool:
        """Return True if changes explain a page without new rows, so that the gateway is not repeating itself."""
        if self._next_row_offset <= self._max_offset:
            return True
        if self._added >= len(page):
            self._count_futile_page()
            self._added -= len(page)
            return True
        return False

    def _stop(self, page: Page[T]) -> None:
        self._is_over = True
        log.warning("a listing stopped at offset %d: the gateway sent that page before", page.offset)

    def _remember(self, ids: list[str]) -> None:
        self._pages.append(ids)
        self._ids.update(ids)
        while len(self._ids) > REMEMBERED_ROWS and len(self._pages) > 1:
            self._ids.difference_update(self._pages.popleft())
            self._has_forgotten = True

    def _count_futile_page(self) -> None:
        self._futile_pages += 1
        if self._futile_pages > MAX_FUTILE_PAGES:
            raise ScgError(
                f"{self._operation}: {MAX_FUTILE_PAGES} pages in a row brought nothing new; list again",
                operation=self._operation,
            )
