"""A listing skips nothing and returns nothing twice while objects are created and deleted under it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.page_tracker import REMEMBERED_ROWS, PageTracker
from scgapi._core.paging import Page
from scgapi.errors import ScgError


def row(name: str) -> SimpleNamespace:
    return SimpleNamespace(id=name)


class Account:
    """Objects that can come and go between two pages."""

    def __init__(self, names: list[str], limit: int, *, told: bool = True) -> None:
        self.names, self.limit, self.told = names, limit, told
        self.requests = 0

    def page(self, offset: int) -> Page[SimpleNamespace]:
        self.requests += 1
        found = [row(name) for name in self.names[offset : offset + self.limit]]
        return Page(found, len(self.names) if self.told else None, offset, self.limit)

    def listed(self, act: Callable[[Page[SimpleNamespace]], None], start: int = 0) -> list[str]:
        tracker, returned = PageTracker[SimpleNamespace](start), list[str]()
        while tracker.next_offset is not None:
            page = tracker.take(self.page(tracker.next_offset))
            if page is not None:
                returned += [item.id for item in page.items]
                act(page)
        return returned


def names(count: int) -> list[str]:
    return [f"r{number}" for number in range(count)]


def test_a_listing_that_stays_as_it_is_costs_no_request_too_many() -> None:
    account = Account(names(25), 10)
    assert account.listed(lambda page: None) == names(25)
    assert account.requests == 3


@pytest.mark.parametrize("limit", [1, 7, 100])
@pytest.mark.parametrize("step", [1, 2, 3])
def test_nothing_is_skipped_when_listed_objects_are_deleted(limit: int, step: int) -> None:
    account = Account(names(250), limit)

    def delete(page: Page[SimpleNamespace]) -> None:
        for item in page.items[::step]:
            account.names.remove(item.id)

    assert account.listed(delete) == names(250)


def test_objects_that_vanish_behind_the_page_are_not_returned_and_others_not_twice() -> None:
    account = Account(names(40), 10)

    def delete(page: Page[SimpleNamespace]) -> None:
        if page.offset == 0:
            del account.names[35:]

    assert account.listed(delete) == names(35)


def test_more_may_vanish_than_a_page_holds() -> None:
    account = Account(names(100), 10)

    def delete(page: Page[SimpleNamespace]) -> None:
        if page.offset == 40:
            del account.names[:45]

    assert account.listed(delete) == names(100)


def test_new_objects_at_the_front_repeat_nothing_and_end_nothing() -> None:
    account = Account(names(5), 1)

    def create(page: Page[SimpleNamespace]) -> None:
        if page.items[0].id in ("r0", "r2"):
            account.names.insert(0, f"new after {page.items[0].id}")

    assert account.listed(create) == names(5)


def test_pages_tell_where_to_go_on_though_known_objects_were_left_out() -> None:
    account = Account(names(6), 3)
    tracker = PageTracker[SimpleNamespace](0)
    tracker.take(account.page(0))
    account.names.remove("r5")
    assert tracker.take(account.page(3)) is None
    assert tracker.next_offset == 1
    page = tracker.take(account.page(1))
    assert page is not None
    assert ([item.id for item in page.items], page.offset, page.next_offset) == (["r3"], 3, 4)


def test_a_listing_never_goes_back_before_its_start() -> None:
    account = Account(names(30), 10)

    def delete(page: Page[SimpleNamespace]) -> None:
        for item in page.items:
            account.names.remove(item.id)

    assert account.listed(delete, start=10) == names(30)[10:]


def test_objects_without_ids_are_not_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    tracker = PageTracker[dict[str, int]](0)
    tracker.take(Page([{"a": 1}, {"a": 2}], 4, 0, 2))
    with caplog.at_level(logging.WARNING, logger="scgapi"):
        page = tracker.take(Page([{"a": 4}], 3, 2, 2))
    assert page is not None
    assert page.items == [{"a": 4}]
    assert "some may be missing" in caplog.text


def test_the_ids_that_are_remembered_are_bounded_and_too_great_a_change_is_an_error() -> None:
    total = REMEMBERED_ROWS * 3
    account = Account(names(total), 500)

    def delete(page: Page[SimpleNamespace]) -> None:
        if page.offset == total - 2000:
            del account.names[: REMEMBERED_ROWS + 2000]

    with pytest.raises(ScgError, match=f"more rows vanished .* \\({REMEMBERED_ROWS}\\)"):
        account.listed(delete)


def test_a_gateway_that_repeats_pages_ends_the_listing(caplog: pytest.LogCaptureFixture) -> None:
    tracker = PageTracker[SimpleNamespace](0)
    assert tracker.take(Page([row("a")], 100, 0, 1)) is not None
    assert tracker.take(Page([row("a")], 100, 1, 1)) is None
    assert tracker.next_offset is None
    assert "sent that page before" in caplog.text


@given(
    total=st.integers(0, 60),
    limit=st.integers(1, 12),
    deletions=st.lists(st.lists(st.integers(0, 59), max_size=8), max_size=12),
)
def test_whatever_is_deleted_nothing_is_skipped_or_repeated(
    total: int, limit: int, deletions: list[list[int]]
) -> None:
    account, due = Account(names(total), limit), iter(deletions)
    gone: set[str] = set()

    def delete(_: Page[SimpleNamespace]) -> None:
        for number in next(due, list[int]()):
            name = f"r{number}"
            if name in account.names:
                account.names.remove(name)
                gone.add(name)

    returned = account.listed(delete)
    assert len(returned) == len(set(returned))
    assert {*names(total)} - gone <= {*returned}


@given(
    total=st.integers(1, 40),
    limit=st.integers(1, 10),
    creations=st.lists(st.integers(0, 3), max_size=6),
)
def test_whatever_is_created_at_the_front_nothing_is_skipped_or_repeated(
    total: int, limit: int, creations: list[int]
) -> None:
    account, due = Account(names(total), limit), iter(enumerate(creations))

    def create(_: Page[SimpleNamespace]) -> None:
        number, count = next(due, (0, 0))
        account.names[:0] = [f"new {number} {index}" for index in range(count)]

    returned = account.listed(create)
    assert [name for name in returned if name.startswith("r")] == names(total)
    assert len(returned) == len(set(returned))
