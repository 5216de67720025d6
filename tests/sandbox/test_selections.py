"""Cost of long listings with filters."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from scgapi._core.operation import Operation
from scgapi.models import contact_groups, contacts, fast_access_rules, message_requests, messages
from scgapi.sandbox.resources import resource
from scgapi.sandbox.resources.query import Query
from scgapi.sandbox.state.store import Document, number
from tests.sandbox.calls import Caller
from tests.sandbox.resources import resources

COUNT = 1000


class Work:
    """Count of the rows that were matched with filters."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows = 0
        matches = Query.matches

        def counted(
            query: Query, row: Mapping[str, object], *, ignoring: frozenset[str] = frozenset()
        ) -> bool:
            self.rows += 1
            return matches(query, row, ignoring=ignoring)

        monkeypatch.setattr(Query, "matches", counted)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(monkeypatch)


@pytest.fixture
def api() -> Caller:
    api = Caller()
    for index in range(COUNT):
        api.create(
            contacts.CREATE, first_name="Ann", last_name=str(index % 2), primary_mdn=f"+1555{index:07}"
        )
    return api


def walk(api: Caller, operation: Operation, *ids: str, **query: str) -> list[Document]:
    found: list[Document] = []
    while True:
        page = api.rows(operation, *ids, limit="100", offset=str(len(found)), **query)
        if not page:
            return found
        found += page


@pytest.mark.parametrize("query", [{"first_name": "Ann"}, {"first_name": "Ann", "sort": "-last_name"}])
def test_each_row_is_matched_once(api: Caller, work: Work, query: dict[str, str]) -> None:
    assert len(walk(api, contacts.LIST, **query)) == COUNT
    assert work.rows == COUNT
    walk(api, contacts.LIST, **query)
    assert work.rows == COUNT
    assert len(walk(api, contacts.LIST, last_name="1")) == COUNT / 2
    assert work.rows == 2 * COUNT


def test_changes_are_seen(api: Caller, work: Work) -> None:
    def names(**query: str) -> set[object]:
        return {row["primary_mdn"] for row in walk(api, contacts.LIST, last_name="0", **query)}

    before = names()
    first, second, third = (str(row["id"]) for row in api.rows(contacts.LIST, last_name="0", limit="3"))
    api.change(contacts.UPDATE, first, last_name="1", version_number=1)
    api.change(contacts.DELETE, second)
    api.change(contacts.UPDATE, third, first_name="Bob", version_number=1)
    api.create(contacts.CREATE, last_name="0", primary_mdn="new")
    # The two that were changed, and the new one: those that moved up are known.
    work.rows = 0
    gone = {"+15550000000", "+15550000002"}
    assert names() == before - gone | {"new"}
    assert work.rows == 3
    assert len(names(first_name="Bob")) == 1


def test_deleting_while_listing_matches_no_row_twice(api: Caller, work: Work) -> None:
    while rows := api.rows(contacts.LIST, first_name="Ann", limit="100"):
        for row in rows:
            api.change(contacts.DELETE, str(row["id"]))
    assert work.rows == COUNT


def test_the_members_of_a_group(api: Caller, work: Work) -> None:
    group = api.create(contact_groups.CREATE, name="All")
    api.add(contact_groups.ADD_CONTACT, group, contacts=[str(row["id"]) for row in walk(api, contacts.LIST)])
    assert len(walk(api, contact_groups.LIST_CONTACTS, group, first_name="Ann")) == COUNT
    assert work.rows == COUNT


def test_messages_that_move_while_they_are_listed(work: Work) -> None:
    api = Caller()
    to = [f"+1555{index:07}" for index in range(COUNT)]
    api.create(message_requests.CREATE, from_="15555551122", to=to, body="Hi")
    assert len(walk(api, messages.LIST, direction="MT")) == COUNT
    # A page moves its rows, which are looked at once more for each of the two states that follow.
    assert work.rows <= 2 * COUNT
    work.rows = 0
    assert len(walk(api, messages.LIST, state="DELIVERED")) == COUNT
    assert work.rows <= 4 * COUNT


def test_derived_fields_are_computed_once(api: Caller, work: Work) -> None:
    script = "$.last_name"
    api.create(fast_access_rules.CREATE, target_attribute="fast_access_1", value_derivation_script=script)
    assert len(walk(api, contacts.LIST, fast_access_1="1")) == COUNT / 2
    assert work.rows == COUNT
    (row,) = api.rows(contacts.LIST, fast_access_1="1", limit="1")
    api.change(contacts.UPDATE, str(row["id"]), last_name="7", version_number=1)
    assert len(walk(api, contacts.LIST, fast_access_1="1")) == COUNT / 2 - 1
    assert [row["fast_access_1"] for row in walk(api, contacts.LIST, sort="fast_access_1")][-1] == "7"


def test_groups_follow_their_members(api: Caller) -> None:
    group = api.create(contact_groups.CREATE, name="All")

    def count() -> int | None:
        (row,) = api.rows(contact_groups.LIST, type="STATIC", sort="member_count")
        return number(row["member_count"])

    (row,) = api.rows(contacts.LIST, limit="1")
    assert count() == 0
    api.add(contact_groups.ADD_CONTACT, group, contacts=[str(row["id"])])
    assert count() == 1
    api.change(contact_groups.DELETE_CONTACT, group, str(row["id"]))
    assert count() == 0


@pytest.mark.parametrize("kind", resources(), ids=lambda kind: kind.name)
def test_derived_fields_are_declared(kind: resource.Resource) -> None:
    """A filter on a derived field must look at the shown object, not at the stored one."""
    api = Caller()
    account = api.gateway._account
    api.create(fast_access_rules.CREATE, target_attribute="fast_access_1", value_derivation_script="$.id")
    made: Document = {"script_id": "x", "sender_id": "x", "retries": 1, "message_delivery_provider": "APN"}
    row = kind.rows(account).get(kind.rows(account).add(made))
    shown = kind.show(account, row)
    changed = {name for name, value in shown.items() if row.get(name) != value}
    assert changed & kind.names <= set(kind.derived)
