"""Common behaviour of resources: contacts, groups, channels and sender ids."""

from __future__ import annotations

import pytest

from scgapi.models import channels, contact_groups, contacts, sender_id_classes, sender_id_types, sender_ids
from tests.sandbox.calls import MDN, Caller


@pytest.fixture
def api() -> Caller:
    return Caller()


def people(api: Caller, count: int) -> list[str]:
    return [
        api.create(contacts.CREATE, first_name=f"P{index}", primary_mdn=f"+1555{index:07}")
        for index in range(count)
    ]


def test_the_guides_sender_ids_come_in_its_order(api: Caller) -> None:
    found = api.rows(sender_ids.LIST, class_id="COMMERCIAL", state="ACTIVE")
    assert [(row["address"], row["capabilities"]) for row in found] == [
        ("+15552223561", ["VOICE"]),
        ("+15552460009", ["VOICE"]),
        ("15555551122", ["SMS"]),
        ("155528999", ["MMS", "SMS"]),
    ]
    assert len(api.rows(sender_ids.LIST)) > 4


def test_every_type_and_class_that_is_referred_to_exists(api: Caller) -> None:
    for row in api.rows(sender_ids.LIST):
        assert api.get(sender_id_types.GET, str(row["type_id"]))["id"] == row["type_id"]
        assert api.get(sender_id_classes.GET, str(row["class_id"]))["id"] == row["class_id"]
    assert api.rows(sender_id_types.LIST, capabilities="PSH")[0]["id"] == "PUSH"


def test_a_created_object_has_its_id_version_owner_and_dates(api: Caller) -> None:
    key = api.create(
        contacts.CREATE, first_name="Ann", external_id=None, first_acquisition_date="2020-01-02T03:04:05"
    )
    now = int(api.clock.now * 1000)
    row = api.get(contacts.GET, key)
    assert 20 <= len(key) <= 26
    assert key.isalnum()
    assert row == {
        "id": key, "first_name": "Ann", "external_id": None, "first_acquisition_date": 1577934245000,
        "version_number": 1, "application_id": 4711, "company_id": 1147, "created_date": now, "last_updated_date": now,
    }  # fmt: skip


def test_pages(api: Caller) -> None:
    ids = people(api, 120)
    first = api.get(contacts.LIST)
    assert (first["total"], first["limit"], set(first)) == (120, 50, {"list", "total", "limit"})
    assert [row["id"] for row in api.rows(contacts.LIST)] == ids[:50]
    assert [row["id"] for row in api.rows(contacts.LIST, offset="100", limit="1000")] == ids[100:]
    assert api.get(contacts.LIST, limit="1000")["limit"] == 100
    assert api.rows(contacts.LIST, offset="120") == []


@pytest.mark.parametrize(
    ("name", "value"), [("limit", "0"), ("limit", "x"), ("offset", "-1"), ("limit", "1.5")]
)
def test_invalid_pages(api: Caller, name: str, value: str) -> None:
    assert api.refused(contacts.LIST, **{name: value})[:2] == (400, "SCG_ERROR_4003")


def test_order(api: Caller) -> None:
    for name in ("b", None, "a", "b"):
        api.create(contacts.CREATE, first_name=name)
        api.clock.now += 1
    assert [row["first_name"] for row in api.rows(contacts.LIST, sort="first_name")] == ["a", "b", "b", None]
    newest = api.rows(contacts.LIST, sort="-created_date")
    assert [row["first_name"] for row in newest] == ["b", "a", None, "b"]
    assert api.rows(contacts.LIST, sort="-preferred_language")
    assert api.refused(contacts.LIST, sort="nonsense")[:2] == (400, "SCG_ERROR_4004")


def test_filters(api: Caller) -> None:
    people(api, 3)
    key = api.create(contacts.CREATE, first_name="P1", last_name="Doe, John")

    def found(**query: str) -> int:
        return len(api.rows(contacts.LIST, **query))

    assert found(first_name="P1") == 2
    assert found(first_name="P0,P2") == 2
    assert found(last_name="Doe, John") == 0  # two values: no filter can ask for a text with a comma
    assert found(last_name="Smith,Doe, John") == 0
    assert found(last_name="null") == 3
    assert found(id=key, first_name="P1") == 1
    assert found(application_id="4711") == 4
    assert len(api.rows(sender_ids.LIST, capabilities="MMS")) == 2
    assert len(api.rows(sender_ids.LIST, check_white_list="true")) == 0
    assert len(api.rows(sender_ids.LIST, check_white_list="false")) == 7
    assert found(**{"fast_access.city": "Oslo"}) == 0
    assert api.refused(contacts.LIST, frist_name="P1")[1:] == (
        "SCG_ERROR_4004",
        "Invalid parameter frist_name defined",
    )


def test_ranges_of_dates_include_both_ends(api: Caller) -> None:
    for second in range(4):
        api.clock.now = 1_700_000_000 + second
        api.create(contacts.CREATE, first_name=str(second))
    span = "[2023-11-14T22:13:21.000Z,2023-11-14T22:13:22.000Z]"
    assert [row["first_name"] for row in api.rows(contacts.LIST, created_date=span)] == ["1", "2"]
    assert [row["first_name"] for row in api.rows(contacts.LIST, created_date="2023-11-14T22:13:20")] == ["0"]
    assert api.refused(contacts.LIST, created_date="[yesterday,today]")[:2] == (400, "SCG_ERROR_4003")
    assert api.refused(contacts.LIST, created_date="1700000000000")[:2] == (400, "SCG_ERROR_4003")


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        ({"frist_name": "x"}, "SCG_ERROR_40020", "Unrecognized option(s): frist_name"),
        ({"id": "x"}, "SCG_ERROR_40020", "Unrecognized option(s): id"),
        ({"first_name_": "x"}, "SCG_ERROR_40020", "Unrecognized option(s): first_name_"),
        ({"first_name": True}, "SCG_ERROR_4003", "Optional parameter first_name data type/format is incorrect"),
        ({"address_list": [{"priority": "x"}]}, "SCG_ERROR_4003", "Optional parameter address_list data type/format is incorrect"),
        ({"extended_attributes": {}}, "SCG_ERROR_4003", "Optional parameter extended_attributes data type/format is incorrect"),
        ({"first_acquisition_date": "soon"}, "SCG_ERROR_4003", "Optional parameter first_acquisition_date data type/format is incorrect"),
        ([], "SCG_ERROR_40025", "Invalid payload: a JSON object is expected"),
    ],
)  # fmt: skip
def test_bodies_that_are_refused(api: Caller, body: object, code: str, text: str) -> None:
    assert api.refused(contacts.CREATE, body=body) == (400, code, text)
    assert api.rows(contacts.LIST) == []


def test_an_update_changes_what_it_names(api: Caller) -> None:
    key = api.create(contacts.CREATE, first_name="John", last_name="Doe")
    api.clock.now += 5
    api.change(contacts.UPDATE, key, last_name="Anderson", version_number=1)
    row = api.get(contacts.GET, key)
    assert (row["first_name"], row["last_name"], row["version_number"]) == ("John", "Anderson", 2)
    assert (row["created_date"], row["last_updated_date"]) == (1_700_000_000_000, 1_700_000_005_000)
    api.change(contacts.UPDATE, key, first_name=None, version_number="2")
    assert api.get(contacts.GET, key)["first_name"] is None


def test_versions_guard_updates(api: Caller) -> None:
    key = api.create(contacts.CREATE, first_name="John")
    assert api.refused(contacts.UPDATE, key, body={"first_name": "x"})[1:] == (
        "SCG_ERROR_4001",
        "Required parameter version_number missing or is null",
    )
    assert api.refused(contacts.UPDATE, key, body={"version_number": 2})[:2] == (409, "1001")
    assert api.refused(contacts.REPLACE, key, body={"version_number": 2})[:2] == (409, "1001")
    assert api.refused(contacts.UPDATE, key, body={"version_number": "one"})[:2] == (400, "SCG_ERROR_4002")
    assert api.get(contacts.GET, key)["version_number"] == 1


def test_a_replacement_clears_what_it_does_not_name(api: Caller) -> None:
    key = api.create(contacts.CREATE, first_name="John", last_name="Doe")
    api.change(contacts.REPLACE, key, first_name="Jane", version_number=1)
    row = api.get(contacts.GET, key)
    assert row["first_name"] == "Jane"
    assert "last_name" not in row
    assert (row["id"], row["version_number"]) == (key, 2)


def test_deleted_objects_are_gone(api: Caller) -> None:
    key = api.create(contacts.CREATE, first_name="John")
    api.change(contacts.DELETE, key)
    for operation in (contacts.GET, contacts.DELETE, contacts.UPDATE):
        assert api.refused(operation, key, body={"version_number": 1})[:2] == (404, "404")


@pytest.mark.parametrize("name", ["external_id", "primary_mdn"])
def test_unique_keys(api: Caller, name: str) -> None:
    key = api.create(contacts.CREATE, **{name: "1"})
    other = api.create(contacts.CREATE, **{name: "2"})
    assert api.refused(contacts.CREATE, body={name: "1"}) == (
        409,
        "1011",
        f"Unique key constraint violated: {name}",
    )
    assert api.refused(contacts.UPDATE, other, body={name: "1", "version_number": 1})[:2] == (409, "1011")
    api.change(contacts.UPDATE, key, **{name: "1"}, version_number=1)
    api.change(contacts.DELETE, key)
    api.create(contacts.CREATE, **{name: "1"})


def test_groups_hold_contacts(api: Caller) -> None:
    ids = people(api, 3)
    group = api.create(contact_groups.CREATE, name="Friends")
    api.add(contact_groups.ADD_CONTACT, group, contacts=ids[:2])
    api.add(contact_groups.ADD_CONTACT, group, contacts=ids[:2])
    assert [row["id"] for row in api.rows(contact_groups.LIST_CONTACTS, group)] == ids[:2]
    added = api.get(contact_groups.ADD_CONTACT, group, body={"contacts": [ids[2], "nobody"]})
    assert added == {"errors": {"nobody": "Unknown document: nobody"}}
    shown = api.get(contact_groups.GET, group)
    assert (shown["type"], shown["state"], shown["member_count"]) == ("STATIC", "Ready", 3)
    assert api.rows(contact_groups.LIST_CONTACTS, group, first_name="P2", limit="1")[0]["id"] == ids[2]
    api.change(contact_groups.DELETE_CONTACT, group, ids[0])
    assert api.refused(contact_groups.DELETE_CONTACT, group, ids[0])[:2] == (404, "404")
    api.change(contacts.DELETE, ids[1])
    assert [row["id"] for row in api.rows(contact_groups.LIST_CONTACTS, group)] == ids[2:]
    assert api.get(contact_groups.GET, group)["member_count"] == 1
    assert len(api.rows(contact_groups.LIST, status="Ready", type="STATIC")) == 1


def test_dynamic_groups_follow_their_criteria(api: Caller) -> None:
    people(api, 3)
    group = api.create(contact_groups.CREATE, criteria='{"first_name": ["P0", "P2"]}')
    assert [row["first_name"] for row in api.rows(contact_groups.LIST_CONTACTS, group)] == ["P0", "P2"]
    shown = api.get(contact_groups.GET, group)
    assert (shown["type"], shown["member_count"]) == ("DYNAMIC", 2)
    assert api.refused(contact_groups.ADD_CONTACT, group, body={"contacts": []})[0] == 400
    for criteria in ("{", "[]", "1"):
        assert api.refused(contact_groups.CREATE, body={"criteria": criteria})[:2] == (400, "1017")


def test_channels_hold_sender_ids(api: Caller) -> None:
    channel = api.create(channels.CREATE, name="All", priority="HIGH")
    sender = str(api.rows(sender_ids.LIST)[0]["id"])
    api.add(channels.ADD_SENDER_ID, channel, sender_ids=[sender])
    assert [row["id"] for row in api.rows(channels.LIST_SENDER_IDS, channel)] == [sender]
    api.change(channels.DELETE_SENDER_ID, channel, sender)
    assert api.rows(channels.LIST_SENDER_IDS, channel) == []
    assert api.refused(channels.CREATE, body={"priority": "urgent"})[:2] == (400, "SCG_ERROR_4004")


def test_sender_ids_are_activated_after_their_creation(api: Caller) -> None:
    key = api.create(sender_ids.CREATE, name="Mine", address="15550000", type_id="TOLLFREE", class_id="TRIAL")
    row = api.get(sender_ids.GET, key)
    assert (row["state"], row["ownership"], row["capabilities"]) == (
        "PENDING_IMPLEMENTATION",
        "PRIVATE",
        ["SMS", "VOICE"],
    )
    api.change(sender_ids.ACTIVATE, key, state="ACTIVE", version_number=1)
    assert api.get(sender_ids.GET, key)["state"] == "ACTIVE"
    api.change(sender_ids.DEACTIVATE, key, state="INACTIVE", version_number=2)
    assert api.refused(sender_ids.UPDATE, key, body={"state": "BROKEN", "version_number": 3})[:2] == (
        400,
        "SCG_ERROR_4004",
    )
    assert api.refused(sender_ids.CREATE, body={"state": "ACTIVE"})[:2] == (400, "SCG_ERROR_40020")


def test_a_purchase_lends_a_copy(api: Caller) -> None:
    (parent,) = api.rows(sender_ids.LIST, ownership="PREPROVISIONED")
    parent_id = str(parent["id"])
    copy = api.create(sender_ids.PURCHASE, parent_id=parent_id)
    row = api.get(sender_ids.GET, copy)
    assert (row["parent_id"], row["ownership"], row["version_number"]) == (parent_id, "PRIVATE", 1)
    assert api.get(sender_ids.GET, parent_id)["ownership"] == "PURCHASED"
    assert api.refused(sender_ids.PURCHASE, body={"parent_id": parent_id})[:2] == (403, "SCG_ERROR_4036")
    assert api.refused(sender_ids.DELETE, parent_id)[:2] == (403, "SCG_ERROR_4036")
    api.change(sender_ids.DELETE, copy)
    assert api.get(sender_ids.GET, parent_id)["ownership"] == "PREPROVISIONED"


def test_nothing_is_deleted_without_a_filter(api: Caller) -> None:
    before = api.get(sender_ids.LIST)["total"]
    assert api.refused(sender_ids.DELETE_MANY)[0] == 400
    assert api.refused(sender_ids.DELETE_MANY, name="")[0] == 400
    assert api.refused(sender_ids.DELETE_MANY, nmae="x")[0] == 400
    assert api.get(sender_ids.LIST)["total"] == before
    api.create(sender_ids.CREATE, name="Mine")
    assert api.get(sender_ids.DELETE_MANY, name="Mine") == {"del_qty": "1", "err_qty": "0", "err_msg": ""}
    assert api.get(sender_ids.DELETE_MANY, type_id="SHORTCODE")["err_qty"] == "1"


def test_a_search_by_part_of_the_name(api: Caller) -> None:
    found = api.get(sender_ids.LIST_SUMMARIES, name="voice", limit="1")
    assert (found["total"], found["limit"]) == (2, 1)
    (row,) = api.rows(sender_ids.LIST_SUMMARIES, name="Pict")
    assert (row["address"], "class_id" in row) == ("155528999", False)


def test_numbers_do_not_create_contacts(api: Caller) -> None:
    assert api.refused(contacts.GET, MDN)[:2] == (404, "404")
