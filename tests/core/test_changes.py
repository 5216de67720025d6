"""An update sends exactly the changed fields."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, JsonValue

from scgapi._core.changes import _container_fields, changed_fields, is_bound, mark_clean
from scgapi._core.changes import fields_set as set_fields
from scgapi._core.loading import load
from scgapi._core.model.base import Model
from scgapi.models import contacts
from scgapi.models.contacts import Address, ContactData
from scgapi.models.messages import MessageData
from scgapi.models.sender_ids import SenderIdData
from tests.core.strategies import Json, answer, quick

SENT: Json = {
    "id": "c1",
    "version_number": 3,
    "first_name": "Ann",
    "last_name": None,
    "birth_date": "1990-01-01",
    "voice_preference": True,
    "social_handles": ["@a"],
    "address_list": [{"city": "Oslo", "new": {"deep": [1]}}],
    "extended_attributes": '{"a": {"b": [1]}}',
    "new": {"deep": [1]},
    "newer": 1,
}


def loaded() -> ContactData:
    contact = load(ContactData, contacts.GET, answer(SENT))
    mark_clean(contact)
    return contact


def extra(contact: ContactData) -> dict[str, JsonValue]:
    assert contact.model_extra is not None
    return contact.model_extra


def test_nothing_changed_is_nothing_to_send() -> None:
    assert changed_fields(loaded()) == ({}, {})


texts = st.none() | st.sampled_from(["Ann", "", "Bob"]) | st.text()
edits = st.fixed_dictionaries(
    {},
    optional={
        "first_name": texts,
        "last_name": texts,
        "external_id": texts,
        "birth_date": st.none() | st.sampled_from([date(1990, 1, 1), date(1990, 1, 2)]),
        "voice_preference": st.none() | st.booleans() | st.sampled_from(["true", "NONE"]),
        "social_handles": st.none() | st.lists(st.sampled_from(["@a", "@b"]), max_size=2),
        "device_list": st.none() | st.just([]),
        "extended_attributes": st.none() | st.sampled_from([{"a": {"b": [1]}}, {"a": {}}, "text", 1]),
        "first_acquisition_date": st.none() | st.just(datetime(2024, 5, 1, tzinfo=UTC)),
    },
)
unknown = st.fixed_dictionaries(
    {},
    optional={
        "new": st.none() | st.sampled_from([{"deep": [1]}, {"deep": []}]),
        "newer": st.none() | st.sampled_from([0, 1, 2, True, "1"]),
        "newest": st.none() | st.integers(),
    },
)


def same(before: object, after: object) -> bool:
    return type(before) is type(after) and before == after


@quick
@given(edits, unknown)
def test_for_all_edits_exactly_what_differs_is_sent(
    mine: dict[str, object], theirs: dict[str, object]
) -> None:
    contact, before = loaded(), loaded()
    for name, value in mine.items():
        setattr(contact, name, value)
    assert contact.__pydantic_extra__ is not None
    contact.__pydantic_extra__.update(theirs)
    changed = {
        name: value
        for name, value in mine.items()
        if name not in before.model_fields_set or not same(vars(before)[name], value)
    }
    added = {
        name: value
        for name, value in theirs.items()
        if name not in extra(before) or not same(extra(before)[name], value)
    }
    assert changed_fields(contact) == (changed, added)
    mark_clean(contact)
    assert changed_fields(contact) == ({}, {})


def handles(contact: ContactData) -> list[str]:
    assert contact.social_handles
    return contact.social_handles


def addresses(contact: ContactData) -> list[Address]:
    assert contact.address_list
    return contact.address_list


def deep(fields: dict[str, JsonValue] | None) -> list[JsonValue]:
    assert fields is not None
    new = fields["new"]
    assert isinstance(new, dict)
    found = new["deep"]
    assert isinstance(found, list)
    return found


def add_a_handle(contact: ContactData) -> None:
    handles(contact).append("@b")


def add_a_handle_and_remove_it(contact: ContactData) -> None:
    handles(contact).append("@b")
    handles(contact).pop()


def add_an_address(contact: ContactData) -> None:
    addresses(contact).append(Address(city="Rome"))


def remove_the_addresses(contact: ContactData) -> None:
    addresses(contact).clear()


def change_an_address(contact: ContactData) -> None:
    addresses(contact)[0].city = "Rome"


def change_what_an_address_does_not_know(contact: ContactData) -> None:
    deep(addresses(contact)[0].model_extra).append(2)


def change_an_attribute(contact: ContactData) -> None:
    attributes = contact.extended_attributes
    assert isinstance(attributes, dict)
    inner = attributes["a"]
    assert isinstance(inner, dict)
    found = inner["b"]
    assert isinstance(found, list)
    found.append(2)


def change_what_a_contact_does_not_know(contact: ContactData) -> None:
    deep(contact.model_extra).append(2)


@pytest.mark.parametrize(
    ("edit", "fields", "unknown_fields"),
    [
        (add_a_handle, {"social_handles"}, set[str]()),
        (add_a_handle_and_remove_it, set[str](), set[str]()),
        (add_an_address, {"address_list"}, set[str]()),
        (remove_the_addresses, {"address_list"}, set[str]()),
        (change_an_address, {"address_list"}, set[str]()),
        (change_what_an_address_does_not_know, {"address_list"}, set[str]()),
        (change_an_attribute, {"extended_attributes"}, set[str]()),
        (change_what_a_contact_does_not_know, set[str](), {"new"}),
    ],
)
def test_edits_in_place_are_seen_at_any_depth(
    edit: Callable[[ContactData], None], fields: set[str], unknown_fields: set[str]
) -> None:
    contact = loaded()
    edit(contact)
    mine, theirs = changed_fields(contact)
    assert (set(mine), set(theirs)) == (fields, unknown_fields)


def test_a_number_is_not_the_truth_value_that_equals_it() -> None:
    contact = loaded()
    extra(contact)["newer"] = True
    object.__setattr__(contact, "voice_preference", 1)  # as a malformed value that was kept
    assert changed_fields(contact) == ({"voice_preference": 1}, {"newer": True})


def test_an_object_that_was_never_loaded_sends_what_was_set() -> None:
    contact = ContactData.model_validate({"first_name": None, "last_name": "Ay", "new": 1})
    contact.external_id = "x"
    assert not is_bound(contact)
    assert changed_fields(contact) == (
        {"first_name": None, "last_name": "Ay", "external_id": "x"},
        {"new": 1},
    )


class Closed(Model):
    """An object that takes no unknown fields."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None


def test_an_object_with_no_unknown_fields_has_none_that_changed() -> None:
    thing = Closed.model_validate({"name": "a"})
    assert set_fields(thing) == ({"name": "a"}, {})
    mark_clean(thing)
    thing.name = "b"
    assert changed_fields(thing) == ({"name": "b"}, {})


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_a_copy_knows_what_was_loaded(duplicate: Callable[[ContactData], ContactData]) -> None:
    contact = duplicate(loaded())
    contact.first_name = "Bob"
    assert changed_fields(contact) == ({"first_name": "Bob"}, {})


def test_a_field_that_was_left_out_and_is_set_to_none_is_a_change() -> None:
    contact = loaded()
    contact.primary_email_addr = None
    assert changed_fields(contact) == ({"primary_email_addr": None}, {})


def test_an_object_with_an_owner_came_from_the_gateway() -> None:
    contact = loaded()
    object.__setattr__(contact, "_owner", object())
    assert is_bound(contact)


def test_a_deep_copy_that_is_edited_in_place_leaves_the_original_as_it_was() -> None:
    contact = loaded()
    addresses(copy.deepcopy(contact))[0].city = "Rome"
    assert changed_fields(contact) == ({}, {})


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (
            ContactData,
            {
                "address_list", "account_list", "device_list", "interest_list", "demographic_list",
                "extended_attributes", "social_handles", "fast_access",
            },
        ),
        (SenderIdData, {"message_templates", "credentials", "capabilities", "billing", "operators", "applied_charges"}),
    ],
)  # fmt: skip
def test_every_field_that_can_be_edited_in_place_is_watched(
    model: type[ContactData | SenderIdData], fields: set[str]
) -> None:
    assert set(_container_fields(model)) == fields


@pytest.mark.parametrize("name", ["to", "options", "body_extensions", "fragments_info"])
def test_lists_in_unions_json_and_parts_count_as_containers(name: str) -> None:
    assert name in _container_fields(MessageData)


def test_a_broken_character_in_ones_own_attributes_does_not_keep_a_contact_from_loading() -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", "extended_attributes": '{"a": "\\ud83d"}'}))
    mark_clean(contact)
    assert changed_fields(contact) == ({}, {})


def test_values_that_json_cannot_hold_are_told_apart_all_the_same() -> None:
    contact = ContactData.model_validate({"id": "c", "new": "\ud800"})
    mark_clean(contact)
    assert changed_fields(contact) == ({}, {})
    extra = contact.model_extra or {}
    extra["new"] = "\ud801"
    assert changed_fields(contact) == ({}, {"new": "\ud801"})
