"""Listings miss nothing and repeat nothing while rows come and go."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.change_counts import MAX_CREATED_IDS, ChangeCounts, Counts
from scgapi._core.operation import Operation
from scgapi._core.page_tracker import MAX_FUTILE_PAGES, REMEMBERED_ROWS, PageTracker
from scgapi._core.paging import Page
from scgapi.errors import ScgError
from scgapi.models import contacts, message_requests, messages
from tests.core.strategies import quick


@dataclass
class Row:
    """What a listing holds; without an id it is told from others by its name."""

    id: str | None
    name: str = ""


class Gateway:
    """Rows that can be changed while they are listed."""

    def __init__(self, count: int, limit: int, *, totals: bool = True, ids: bool = True) -> None:
        self.rows = [self.row(str(number), ids=ids) for number in range(count)]
        self.limit, self.totals = limit, totals
        self.begun = self.ended = 0
        self.created: set[str] = set()
        self.asked: list[int] = []

    @staticmethod
    def row(name: str, *, ids: bool = True) -> Row:
        return Row(name if ids else None, name)

    def page(self, offset: int) -> Page[Row]:
        self.asked.append(offset)
        assert len(self.asked) < 5000
        total = len(self.rows) if self.totals else None
        return Page(self.rows[offset : offset + self.limit], total, offset, self.limit)

    def now(self) -> Counts:
        return Counts(self.begun, self.ended, (self.created,))

    def delete(self, name: str, *, own: bool = False) -> None:
        self.rows = [row for row in self.rows if row.name != name]
        self.begun += own
        self.ended += own

    def pages(self, start: int = 0) -> Iterator[Page[Row]]:
        way: PageTracker[Row] = PageTracker(start, "rows.list", self.now)
        while (offset := way.next_offset) is not None:
            before = self.now()
            page = self.page(offset)
            way.fetched(offset, before)
            if (found := way.take(page)) is not None:
                yield found

    def list(self, start: int = 0) -> Iterator[str]:
        return (row.name for page in self.pages(start) for row in page)


def names(*parts: range) -> list[str]:
    return [str(number) for part in parts for number in part]


@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("ids", [True, False])
def test_a_listing_that_nobody_changes_asks_for_each_page_once(totals: bool, ids: bool) -> None:
    gateway = Gateway(250, 100, totals=totals, ids=ids)
    assert [*gateway.list()] == names(range(250))
    assert gateway.asked == [0, 100, 200] + ([] if totals else [250])


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("step", [1, 2, 3, 97])
@pytest.mark.parametrize("limit", [100, 7, 1])
@pytest.mark.parametrize("start", [0, 30])
def test_rows_that_are_deleted_hide_no_others(own: bool, step: int, limit: int, start: int) -> None:
    gateway = Gateway(250, limit)
    seen: list[str] = []
    for name in gateway.list(start):
        seen.append(name)
        if int(name) % step == 0:
            gateway.delete(name, own=own)
    assert seen == names(range(start, 250))


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize("limit", [100, 7, 1])
def test_without_totals_the_clients_own_changes_tell(step: int, limit: int) -> None:
    gateway = Gateway(250, limit, totals=False)
    seen: list[str] = []
    for name in gateway.list():
        seen.append(name)
        if int(name) % step == 0:
            gateway.delete(name, own=True)
    assert seen == names(range(250))


def test_a_change_that_moves_nothing_costs_no_request() -> None:
    gateway = Gateway(250, 100)
    for _ in gateway.list():
        gateway.begun += 1
        gateway.ended += 1
    assert gateway.asked == [0, 99, 198]


def test_a_deletion_elsewhere_costs_one_request() -> None:
    gateway = Gateway(300, 100)
    listed = gateway.list()
    seen = [next(listed) for _ in range(100)]
    gateway.delete("299")
    seen += listed
    assert seen == names(range(299))
    assert gateway.asked == [0, 100, 98, 198, 298]


def test_others_may_add_what_this_client_takes_away() -> None:
    """The total stays as it is."""
    gateway = Gateway(250, 100)
    seen: list[str] = []
    for name in gateway.list():
        seen.append(name)
        gateway.delete(name, own=True)
        if len(seen) <= 250:
            gateway.rows.append(Row(f"new {name}", f"new {name}"))
    assert seen[:250] == names(range(250))
    assert len(seen) == len({*seen}) == 500


@pytest.mark.parametrize("limit", [100, 7])
def test_rows_that_move_to_the_end_when_they_change_come_once(limit: int) -> None:
    gateway = Gateway(250, limit)
    seen: list[str] = []
    for name in gateway.list():
        seen.append(name)
        gateway.delete(name, own=True)
        gateway.rows.append(Row(name, name))
    assert sorted(seen, key=int) == names(range(250))


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_rows_that_are_added_at_the_front_repeat_no_others(limit: int) -> None:
    gateway = Gateway(250, limit)
    seen: list[str] = []
    for name in gateway.list():
        seen.append(name)
        if len(seen) < 20:
            gateway.rows.insert(0, Row(f"new {len(seen)}"))
    assert [name for name in seen if name] == names(range(250))


@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 100])
def test_a_program_that_replaces_what_it_lists_comes_to_an_end(limit: int, totals: bool) -> None:
    """New rows at the front would be listed, and replaced, for ever."""
    gateway = Gateway(250, limit, totals=totals)
    seen: list[str] = []
    for name in gateway.list():
        seen.append(name)
        gateway.delete(name, own=True)
        gateway.created.add(f"new {len(seen)}")
        gateway.rows.insert(0, Row(f"new {len(seen)}", f"new {len(seen)}"))
    assert [name for name in seen if "new" not in name] == names(range(250))
    assert len(seen) <= 260


@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 7, 100])
@pytest.mark.parametrize("step", [1, 3])
def test_rows_that_this_client_creates_hide_none_that_it_deletes(limit: int, totals: bool, step: int) -> None:
    """The total stays as it is, and the new rows are at the end."""
    gateway = Gateway(250, limit, totals=totals)
    seen: list[str] = []
    for name in gateway.list():
        seen.append(name)
        if len(seen) % step == 0 and len(seen) <= 250:
            gateway.delete(name, own=True)
            gateway.created.add(f"new {name}")
            gateway.rows.append(Row(f"new {name}", f"new {name}"))
    assert seen[:250] == names(range(250))
    assert len(seen) == len({*seen})


def test_a_page_has_its_place_though_rows_of_it_came_before() -> None:
    gateway = Gateway(6, 2)
    pages = gateway.pages()
    next(pages)
    gateway.rows.insert(0, Row("new"))
    second = next(pages)
    assert ([row.id for row in second], second.offset, second.next_offset) == (["2"], 3, 4)


@pytest.mark.parametrize("total", [None, 4, 1000])
def test_a_page_that_comes_for_ever_ends_the_listing(
    total: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    class Same(Gateway):
        def page(self, offset: int) -> Page[Row]:
            return Page(super().page(0).items, total, offset, 2)

    gateway = Same(2, 2)
    assert [*gateway.list()] == ["0", "1"]
    assert len(gateway.asked) == 2
    assert caplog.messages == ["a listing stopped at offset 2: the gateway sent that page before"]


def test_a_page_that_comes_for_ever_ends_the_listing_though_the_total_grows() -> None:
    class Growing(Gateway):
        def page(self, offset: int) -> Page[Row]:
            return Page(super().page(0).items, 10 * offset + 100, offset, 2)

    gateway = Growing(2, 2)
    with pytest.raises(ScgError, match="brought nothing new"):
        list(gateway.list())
    assert len(gateway.asked) == MAX_FUTILE_PAGES + 2


@pytest.mark.parametrize("ids", [True, False])
def test_a_gateway_that_sends_some_pages_in_turn_ends_the_listing(ids: bool) -> None:
    count = 3 * REMEMBERED_ROWS if ids else 4

    class Circle(Gateway):
        def page(self, offset: int) -> Page[Row]:
            return Page(super().page(offset % count).items, None, offset, self.limit)

    gateway = Circle(count, 1000 if ids else 2, ids=ids)
    assert [*gateway.list()] == names(range(count))


def test_totals_that_flap_do_not_keep_a_listing_from_ending() -> None:
    class Flapping(Gateway):
        def page(self, offset: int) -> Page[Row]:
            page = super().page(offset)
            return Page(page.items, 50 if len(self.asked) % 2 else 60, offset, 10)

    assert [*Flapping(50, 10).list()] == names(range(50))


def test_rows_of_another_order_end_a_listing_with_a_word(caplog: pytest.LogCaptureFixture) -> None:
    gateway = Gateway(4, 2, totals=False)
    pages = gateway.pages()
    seen = [row.id for row in next(pages)]
    gateway.rows = [gateway.rows[2], gateway.rows[3], gateway.rows[0], gateway.rows[1]]
    seen += [row.id for page in pages for row in page]
    assert seen == ["0", "1"]
    assert len(caplog.messages) == 1


def test_too_many_rows_that_vanish_raise() -> None:
    gateway = Gateway(5 * REMEMBERED_ROWS, 1000)
    listed = gateway.list()
    for _ in range(3 * REMEMBERED_ROWS):
        next(listed)
    gateway.rows = gateway.rows[3 * REMEMBERED_ROWS - 500 :]
    with pytest.raises(ScgError, match="more rows vanished"):
        next(listed)


def test_a_listing_that_became_empty_ends() -> None:
    gateway = Gateway(250, 100)
    listed = gateway.list()
    seen = [next(listed) for _ in range(100)]
    gateway.rows.clear()
    assert [*seen, *listed] == names(range(100))


def test_nothing_is_one_empty_page() -> None:
    (page,) = Gateway(0, 100).pages()
    assert (page.items, page.total) == ([], 0)


def test_a_change_while_a_page_is_on_its_way_counts() -> None:
    """It may have had its effect before the page was made, or after it."""
    gateway = Gateway(30, 10, totals=False)
    way: PageTracker[Row] = PageTracker(0, "rows.list", gateway.now)
    seen: list[str] = []
    while (offset := way.next_offset) is not None:
        before = gateway.now()
        if offset == 10 and gateway.rows[0].name == "0":
            gateway.delete("0", own=True)
        page = gateway.page(offset)
        way.fetched(offset, before)
        seen += [row.name for row in way.take(page) or ()]
    assert seen == names(range(30))


def test_pages_that_are_there_before_they_are_asked_for_are_judged_by_when_they_were_made() -> None:
    """All were made before anything was deleted, so that no row is missing between them."""
    gateway = Gateway(30, 10, totals=False)
    way: PageTracker[Row] = PageTracker(0, "rows.list", gateway.now)
    ahead = {offset: gateway.page(offset) for offset in (0, 10, 20)}
    for offset in ahead:
        way.fetched(offset, gateway.now())
    assert way.next_offset == 0
    seen = [row.name for row in way.take(ahead[0]) or ()]
    assert way.next_offset == 10
    for name in seen:
        gateway.delete(name, own=True)
    seen += [row.name for row in way.take(ahead[10]) or ()]
    assert seen == names(range(20))


inserts = st.lists(st.sampled_from(["front", "end"]), max_size=4)
# What a program does with the rows of a page: it deletes some of them, or changes some of them in their order, and a
# changed row goes to the end. It may delete other rows, too. Others create some, which only totals tell of.
turns = st.tuples(st.sampled_from(["delete", "move"]), st.sets(st.integers(0, 12)), inserts)


@quick
@given(st.integers(0, 60), st.integers(1, 12), st.booleans(), st.lists(turns, max_size=30), st.booleans())
def test_own_changes_of_any_kind_lose_nothing_and_repeat_nothing(
    count: int,
    limit: int,
    totals: bool,
    plan: list[tuple[str, set[int], list[str]]],
    elsewhere: bool,
) -> None:
    gateway = Gateway(count, limit, totals=totals)
    gone: set[str] = set()
    seen: list[str] = []
    steps = iter(plan)
    for page in gateway.pages():
        mine = [row.name for row in page]
        seen += mine
        action, chosen, new = next(steps, ("none", set[int](), list[str]()))
        targets = [row.name for row in gateway.rows] if elsewhere and action == "delete" else mine
        for name in [targets[number] for number in sorted(chosen) if number < len(targets)]:
            moved = [row for row in gateway.rows if row.name == name]
            gateway.delete(name, own=True)
            if action == "move":
                gateway.rows += moved
            else:
                gone.add(name)
        for number, place in enumerate(new if totals else ()):
            row = gateway.row(f"{len(seen)} {number}")
            gateway.rows.insert(0 if place == "front" else len(gateway.rows), row)
    assert len(seen) == len({*seen})
    assert {*names(range(count))} - {*seen} <= gone


@quick
@given(st.integers(0, 60), st.integers(1, 12), st.lists(st.lists(st.integers(0, 200), max_size=20)))
def test_deletions_of_others_lose_nothing_and_repeat_nothing(
    count: int, limit: int, plan: list[list[int]]
) -> None:
    gateway = Gateway(count, limit)
    gone: set[str] = set()
    seen: list[str] = []
    steps = iter(plan)
    for page in gateway.pages():
        seen += [row.name for row in page]
        for where in next(steps, ()):
            if gateway.rows:
                gone.add(gateway.rows.pop(where % len(gateway.rows)).name)
    assert len(seen) == len({*seen})
    assert {*names(range(count))} - {*seen} <= gone


@pytest.mark.parametrize(
    ("change", "listing", "counts"),
    [
        (contacts.DELETE, contacts.LIST, True),
        (contacts.UPDATE, contacts.LIST, True),
        (contacts.GET, contacts.LIST, False),
        (message_requests.CREATE, contacts.LIST, False),
        (contacts.CREATE, contacts.LIST, False),
        (contacts.DELETE, message_requests.LIST, False),
        (message_requests.CANCEL, messages.LIST, False),
        (message_requests.CANCEL, message_requests.LIST_MESSAGES, True),
    ],
)
def test_changes_are_counted_for_the_listings_that_they_may_move(
    change: Operation, listing: Operation, counts: bool
) -> None:
    changes = ChangeCounts()
    now: Callable[[], Counts] = changes.of(listing)
    changes.begin(change)
    assert now()[:2] == (counts, 0)
    changes.end(change)
    assert now() == (counts, counts, ())


def test_the_ids_that_a_client_created_are_remembered_up_to_a_bound() -> None:
    changes = ChangeCounts()
    for number in range(MAX_CREATED_IDS + 1):
        changes.add_created(contacts.CREATE, str(number))
    (ids,) = changes.of(contacts.LIST)().created
    assert len(ids) == MAX_CREATED_IDS
    assert "0" not in ids
    assert str(MAX_CREATED_IDS) in ids
    assert changes.of(messages.LIST)().created == ()


@pytest.fixture(autouse=True)
def all_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "scgapi")
