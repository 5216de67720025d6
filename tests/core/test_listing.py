"""Queries of listings, and the offsets of their pages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.listing import check_listing
from scgapi._core.operation import Operation
from scgapi._core.paging import PAGE_SIZE, Lookahead, Page, fingerprint
from scgapi._core.schema import check_filter_values, check_query
from scgapi.errors import InvalidArgumentError
from scgapi.models import contacts, event_service, message_requests, messages, sender_ids
from tests.core.strategies import quick


@dataclass
class Item:
    id: str | None


def test_a_listing_of_everything_asks_for_pages_as_large_as_they_get() -> None:
    wanted = check_listing(contacts.LIST, {})
    assert wanted.query(wanted.offset) == {"limit": PAGE_SIZE}


without_commas = st.text(st.characters(exclude_characters=","))


@quick
@given(
    filters=st.fixed_dictionaries(
        {},
        optional={
            "first_name": without_commas | st.none(),
            "id": st.lists(without_commas, min_size=1),
            "application_id": st.integers(),
        },
    ),
    extra=st.dictionaries(st.text(st.characters(categories=["Lu"]), min_size=1), st.text()),
    limit=st.integers(1, 1000),
    offset=st.integers(0, 10**9),
    sort=st.none() | st.text(min_size=1),
    grouped=st.booleans(),
    padding=st.sampled_from(["", "_"]),
)
def test_places_mean_the_same_as_keywords_and_in_the_guides_dictionary(
    filters: dict[str, object],
    extra: dict[str, str],
    limit: int,
    offset: int,
    sort: str | None,
    grouped: bool,
    padding: str,
) -> None:
    order = {} if sort is None else {"sort": sort}
    places: dict[str, object] = {"limit": limit, "offset": offset, **order}
    wanted = check_listing(
        contacts.LIST,
        {name + padding: value for name, value in filters.items()}
        | {"extra_filters": extra}
        | ({"list_parameters": places} if grouped else places),
    )
    assert wanted.offset == offset
    assert wanted.query(0) == {**filters, **extra, **order, "limit": limit}
    assert wanted.query(offset + 1) == {**filters, **extra, **order, "limit": limit, "offset": offset + 1}


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": -1}, "limit"),
        ({"limit": "5"}, "limit"),
        ({"limit": True}, "limit"),
        ({"offset": -1}, "offset"),
        ({"list_parameters": {"limit": 0}}, "limit"),
        ({"list_parameters": {"offset": -1}}, "offset"),
        ({"list_parameters": {"page": 1}}, "list_parameters"),
        ({"list_parameters": {"limit": None}}, "list_parameters"),
        ({"list_parameters": {"limit": 5}, "limit": 5}, "list_parameters"),
        ({"list_parameters": {"sort": "id"}, "sort_": "id"}, "list_parameters"),
        ({"extra_filters": {"first_name": "A"}, "first_name": "B"}, "extra_filters"),
        ({"extra_filters": {"new": 5}}, "extra_filters"),
        ({"first_nam": "A"}, "first_nam"),
        ({"first_name": 5}, "first_name"),
        ({"prefetch": -1}, "prefetch"),
        ({"prefetch": 33}, "prefetch"),
        ({"prefetch": True}, "prefetch"),
        ({"prefetch": "8"}, "prefetch"),
        ({"prefetch": None}, "prefetch"),
        ({"list_parameters": {"prefetch": 8}}, "list_parameters"),
        ({"extra_filters": {"prefetch": "8"}}, "extra_filters"),
    ],
)
def test_what_contradicts_itself_or_is_out_of_range_is_refused(
    options: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=r"Nothing was sent\.$") as caught:
        check_listing(contacts.LIST, options)
    assert caught.value.field == field


@pytest.mark.parametrize("operation", [contacts.LIST, event_service.LIST_TOPICS])
def test_fetching_ahead_is_told_and_never_sent(operation: Operation) -> None:
    assert check_listing(operation, {}).prefetch == 0
    for most in (0, 1, 32):
        wanted = check_listing(operation, {"prefetch": most})
        assert (wanted.prefetch, wanted.query(0)) == (most, {"limit": PAGE_SIZE})


@pytest.mark.parametrize(
    "options",
    [
        {"extra_filters": {"offset": "50"}},
        {"extra_filters": {"limit": "5"}},
        {"extra_filters": {"sort": "id"}, "sort": "-id"},
        {"extra_filters": {"limit": "5"}, "limit": 10},
    ],
)
def test_a_place_is_no_filter(options: dict[str, object]) -> None:
    with pytest.raises(InvalidArgumentError):
        check_listing(contacts.LIST, options)


@quick
@given(total=st.integers(0, 50), limit=st.integers(1, 60), start=st.integers(0, 60), told=st.booleans())
def test_following_the_pages_meets_every_object_once(total: int, limit: int, start: int, told: bool) -> None:
    met: list[int] = []
    offset: int | None = start
    while offset is not None:
        page = Page(list(range(offset, min(offset + limit, total))), total if told else None, offset, limit)
        met += page
        offset = page.next_offset
    assert met == list(range(start, total))


def page_of(*ids: str | None, total: int | None = None) -> Page[Item]:
    return Page([Item(one) for one in ids], total, 0, 2)


@pytest.mark.parametrize(
    ("page", "following"),
    [
        (Page([1, 2], None, 0, 2), 2),
        (Page([1, 2], 5, 4, 2), None),
        (Page([1, 2], 6, 4, 2), None),
        (Page([1, 2], 7, 4, 2), 6),
        (Page([1], 5, 0, 2), 1),
        (page_of(total=5), None),
        (page_of(), None),
    ],
)
def test_the_next_page_begins_where_this_one_ends(
    page: Page[int] | Page[Item], following: int | None
) -> None:
    assert page.next_offset == following
    assert len(page) == len(list(page))


def rows(count: int, total: int | None = None, offset: int = 0, limit: int = 10) -> Page[int]:
    return Page([*range(offset, offset + count)], total, offset, limit)


@pytest.mark.parametrize(
    ("page", "offsets"),
    [
        (rows(10), [10, 20, 30]),  # full: so are those that follow
        (rows(10, offset=5), [15, 25, 35]),
        (rows(10, total=1000), [10, 20, 30]),
        (rows(10, total=30), [10, 20]),  # none beyond the total
        (rows(10, total=21), [10, 20]),
        (rows(10, total=-1), [10, 20, 30]),
        (rows(7), [7]),  # neither full nor known as the usual size
        (rows(7, total=1000), [7]),
        (rows(10, total=10), []),
        (rows(0), []),
        (rows(0, total=1000), []),
    ],
)
def test_where_the_pages_behind_the_first_are_expected(page: Page[int], offsets: list[int]) -> None:
    assert [*Lookahead(3).after(page)] == offsets


def test_pages_that_are_all_smaller_than_asked_for_are_expected_in_their_own_size() -> None:
    lookahead = Lookahead(2)
    assert [*lookahead.after(rows(4, offset=0))] == [4]
    assert [*lookahead.after(rows(4, offset=4))] == [8, 12]
    assert [*lookahead.after(rows(3, offset=8))] == [11]
    assert [*lookahead.after(rows(4, offset=11))] == [15]
    assert [*lookahead.after(rows(4, offset=15))] == [19, 23]


@quick
@given(
    sizes=st.lists(st.integers(0, 12), min_size=1, max_size=12),
    total=st.none() | st.integers(-1, 100),
    most=st.integers(1, 5),
)
def test_the_first_page_that_is_fetched_ahead_is_the_next_one(
    sizes: list[int], total: int | None, most: int
) -> None:
    lookahead, offset = Lookahead(most), 0
    for size in sizes:
        page = rows(size, total, offset)
        ahead = [*lookahead.after(page)]
        assert ahead[:1] == ([] if page.next_offset is None else [page.next_offset])
        assert len(ahead) <= most
        assert total is None or total < 0 or all(start < total for start in ahead)
        offset += size


@pytest.mark.parametrize(
    ("page", "last", "same"),
    [
        (page_of("a", "b"), page_of("a", "b"), True),
        (page_of("a", "b"), page_of("b", "a"), False),
        (page_of("a"), page_of("a", "b"), False),
        (page_of(None), page_of(None), True),
    ],
)
def test_a_page_that_comes_twice_is_noticed_by_its_ids(
    page: Page[Item], last: Page[Item], same: bool
) -> None:
    assert (fingerprint(page) == fingerprint(last)) is same


def test_what_has_no_ids_is_told_apart_by_its_content() -> None:
    assert fingerprint(Page([1], None, 0, 1)) == fingerprint(Page([1], None, 1, 1))
    assert fingerprint(Page([1], None, 0, 1)) != fingerprint(Page([2], None, 1, 1))


class Row:
    def __init__(self, found: str | None, text: str) -> None:
        self.id = found
        self.text = text

    def __repr__(self) -> str:
        return "a row"


def test_a_page_is_known_by_its_ids_or_by_what_its_rows_hold() -> None:
    def known(*rows: Row) -> tuple[object, ...]:
        return fingerprint(Page([*rows], None, 0, 2))

    assert known(Row("a", "x")) == ("a",)
    assert known(Row("a", "x")) == known(Row("a", "y"))
    assert known(Row("a", "x")) != known(Row("b", "x"))
    assert known(Row(None, "x")) == known(Row(None, "x"))
    assert known(Row(None, "x")) != known(Row(None, "y"))


@pytest.mark.parametrize(
    ("operation", "field"),
    [
        (messages.LIST, "subject"),
        (messages.LIST, "id"),
        (contacts.LIST, "last_name"),
        (contacts.LIST, "birth_date"),
        (message_requests.LIST, "external_id"),
        (sender_ids.DELETE_MANY, "name"),
        (sender_ids.LIST_SUMMARIES, "name"),
    ],
)
def test_a_value_that_the_gateway_would_split_is_refused(operation: Operation, field: str) -> None:
    with pytest.raises(InvalidArgumentError, match="splits a filter's value at commas") as caught:
        check_filter_values(operation, check_query(operation, {field: "a,b"}))
    assert caught.value.field == field


def test_a_comma_in_one_of_several_values_is_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="commas"):
        check_listing(messages.LIST, {"state": ["SENT", "a,b"]})
    assert check_listing(messages.LIST, {"state": ("SENT", "FAILED")}).filters == {
        "state": ("SENT", "FAILED")
    }


@pytest.mark.parametrize("several", [[], ()])
@pytest.mark.parametrize(
    ("operation", "field"), [(messages.LIST, "id"), (contacts.LIST, "id"), (messages.LIST, "application_id")]
)
def test_no_values_at_all_match_nothing_and_are_refused(
    operation: Operation, field: str, several: object
) -> None:
    with pytest.raises(InvalidArgumentError, match="matches nothing"):
        check_listing(operation, {field: several})


def test_extra_filters_and_an_order_are_sent_as_they_are() -> None:
    found = check_listing(messages.LIST, {"extra_filters": {"subject": "a,b"}, "sort": "state,-id"})
    assert found.query(0) == {"subject": "a,b", "sort": "state,-id", "limit": 100}


def test_a_range_of_dates_is_a_pair_and_no_text() -> None:
    with pytest.raises(InvalidArgumentError, match="a tuple of two datetimes"):
        check_listing(messages.LIST, {"sent_date": "[2030-01-01T00:00:00Z,2030-01-02T00:00:00Z]"})
