"""What a listing asks for, and where its pages begin."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.listing import listing
from scgapi._core.paging import PAGE_SIZE, Page, fingerprint
from scgapi.errors import InvalidArgumentError
from scgapi.models import contacts
from tests.core.given import quick


@dataclass
class Item:
    id: str | None


def test_a_listing_of_everything_asks_for_pages_as_large_as_they_get() -> None:
    wanted = listing(contacts.LIST, {})
    assert wanted.query(wanted.offset) == {"limit": PAGE_SIZE}


@quick
@given(
    filters=st.fixed_dictionaries(
        {},
        optional={
            "first_name": st.text() | st.none(),
            "id": st.lists(st.text()),
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
    wanted = listing(
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
    ],
)
def test_what_contradicts_itself_or_is_out_of_range_is_refused(
    options: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=r"Nothing was sent\.$") as caught:
        listing(contacts.LIST, options)
    assert caught.value.field == field


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
        listing(contacts.LIST, options)


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
