"""Keywords of a call: every spelling is accepted, and no mistake."""

from __future__ import annotations

import json
import traceback
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema, check_query
from scgapi.errors import InvalidArgumentError
from scgapi.models import (
    attachments,
    bridges,
    calls,
    contacts,
    digits_collectors,
    message_requests,
    messages,
)
from scgapi.models.contacts import Address
from tests.core.strategies import quick


def encoded(operation: Operation, **fields: object) -> object:
    return json.loads(body_schema(operation).encode(operation, fields))


@pytest.mark.parametrize("value", [None, "", "text"])
def test_none_and_empty_text_are_sent_as_they_are(value: str | None) -> None:
    assert encoded(contacts.CREATE, first_name=value) == {"first_name": value}


@pytest.mark.parametrize(
    "fields",
    [{}, {"social_handles": []}, {"voice_preference": False}, {"social_profile_lookup_override": False}],
)
def test_what_is_left_out_is_not_sent_and_what_is_false_or_empty_is(fields: dict[str, object]) -> None:
    assert encoded(contacts.CREATE, **fields) == fields


@quick
@given(st.text(), st.lists(st.text(), max_size=3), st.booleans())
def test_values_of_any_text_are_sent_unchanged(name: str, handles: list[str], looked_up: bool) -> None:
    fields = {"first_name": name, "social_handles": handles, "social_profile_lookup_override": looked_up}
    assert encoded(contacts.CREATE, **fields) == fields


@pytest.mark.parametrize("spelling", ["from", "from_"])
def test_a_reserved_word_may_carry_an_underscore_and_is_sent_without(spelling: str) -> None:
    sent = encoded(message_requests.CREATE, **{spelling: "sender_id:1", "to": ["+15551234567"]})
    assert sent == {"from": "sender_id:1", "to": ["+15551234567"]}


def test_any_property_may_carry_an_underscore() -> None:
    assert encoded(contacts.CREATE, first_name_="Ann") == {"first_name": "Ann"}


def test_a_tuple_does_for_a_list() -> None:
    assert encoded(contacts.CREATE, social_handles=("a", "b")) == {"social_handles": ["a", "b"]}


@pytest.mark.parametrize(
    "address", [Address(city="Oslo"), {"city": "Oslo"}, Address.model_validate({"city": "Oslo", "new": 1})]
)
def test_a_part_may_be_an_object_or_a_dictionary(address: object) -> None:
    new = {"new": 1} if isinstance(address, Address) and address.model_extra else {}
    assert encoded(contacts.CREATE, address_list=[address]) == {"address_list": [{"city": "Oslo", **new}]}


def test_a_part_given_as_a_dictionary_may_hold_unknown_keys() -> None:
    assert encoded(contacts.CREATE, address_list=[{"new": 1}]) == {"address_list": [{"new": 1}]}


def test_json_that_the_wire_carries_as_text_is_given_as_what_it_means() -> None:
    assert encoded(contacts.CREATE, extended_attributes={"a": [1]}) == {"extended_attributes": '{"a": [1]}'}
    assert encoded(contacts.CREATE, extended_attributes=None) == {"extended_attributes": None}


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (datetime(2024, 5, 1, 12, tzinfo=UTC), "2024-05-01T12:00:00.000Z"),
        ("2024-05-01T12:00Z", "2024-05-01T12:00Z"),
        (1714564800000, 1714564800000),
    ],
)
def test_a_moment_is_a_datetime_or_what_the_gateway_reads_as_one(moment: object, sent: object) -> None:
    assert encoded(contacts.CREATE, first_acquisition_date=moment) == {"first_acquisition_date": sent}


def test_unknown_fields_of_a_loaded_object_are_sent_beside_the_known_ones() -> None:
    fields: dict[str, object] = {
        "first_name": "Ann",
        "first_acquisition_date": datetime(2024, 5, 1, tzinfo=UTC),
    }
    body = body_schema(contacts.CREATE).encode(contacts.CREATE, fields, {"new": [1, {"a": None}]})
    assert json.loads(body) == {
        "first_name": "Ann",
        "first_acquisition_date": "2024-05-01T00:00:00.000Z",
        "new": [1, {"a": None}],
    }


@pytest.mark.parametrize(
    ("operation", "fields", "field", "text"),
    [
        (
            contacts.CREATE,
            {"frist_name": "A"},
            "frist_name",
            "takes no 'frist_name'; did you mean 'first_name'?",
        ),
        (message_requests.CREATE, {"fro": "1"}, "fro", "did you mean 'from_'?"),
        (attachments.CREATE, {"zzz": "1"}, "zzz", "it takes name, type and filename."),
        (messages.CREATE, {"to": "+1"}, "from_", "messages.create needs the keyword from_."),
        (contacts.UPDATE, {}, "version_number", "contacts.update needs the keyword version_number."),
        (
            contacts.CREATE,
            {"first_name": 5},
            "first_name",
            "first_name must be a str, got an int.",
        ),
        (contacts.CREATE, {"social_handles": "abc"}, "social_handles", 'write social_handles=["…"]'),
        (
            contacts.CREATE,
            {"address_list": [{"priority": "x"}]},
            "address_list",
            "address_list[0].priority must be an int, got a str.",
        ),
        (contacts.UPDATE, {"version_number": True}, "version_number", "must be an int, got a bool"),
    ],
)
def test_a_mistake_is_named_before_anything_is_sent(
    operation: Operation, fields: dict[str, object], field: str, text: str
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        body_schema(operation).encode(operation, fields)
    assert text in str(caught.value)
    assert str(caught.value).endswith("Nothing was sent.")
    assert (caught.value.field, caught.value.operation) == (field, operation.name)


@pytest.mark.parametrize("priority", ["1", True])
def test_a_wrong_type_inside_a_part_is_refused_like_any_other(priority: object) -> None:
    with pytest.raises(InvalidArgumentError):
        encoded(contacts.CREATE, address_list=[{"priority": priority}])


def test_only_the_first_of_several_mistakes_is_explained() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        encoded(contacts.CREATE, first_name=1, last_name=2)
    assert "last_name" not in str(caught.value)


def test_a_refused_value_is_in_no_part_of_the_error() -> None:
    address = {"city": ("hunter2",)}
    with pytest.raises(InvalidArgumentError) as caught:
        encoded(contacts.CREATE, address_list=[address])
    assert caught.value.__context__ is None
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


def test_the_error_of_an_unknown_keyword_reads_as_sentences() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        encoded(attachments.CREATE, zzz=1)
    assert "filename. Nothing was sent." in str(caught.value)


@pytest.mark.parametrize("value", [object(), "hunter2\ud800", {"a": {"b": b"\xff"}}])
def test_what_no_json_can_hold_is_refused_and_not_shown(value: object) -> None:
    with pytest.raises(InvalidArgumentError, match=r"contacts\.create: .*JSON") as caught:
        body_schema(contacts.CREATE).encode(contacts.CREATE, {"first_name": "Ann"}, {"new": value})
    assert caught.value.__context__ is None
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("fields", "extra"),
    [
        ({"price_threshold": float("nan")}, {}),
        ({"options": {"a": float("inf")}}, {}),
        ({}, {"new": float("inf")}),
    ],
)
def test_a_number_that_json_does_not_have_is_refused(
    fields: dict[str, object], extra: dict[str, object]
) -> None:
    fields |= {"from_": "1", "to": ["+15551234567"]}
    with pytest.raises(InvalidArgumentError):
        body_schema(message_requests.CREATE).encode(message_requests.CREATE, fields, extra)


def test_filters_come_back_under_their_wire_names() -> None:
    filters = check_query(messages.LIST, {"from_": "1", "state_": ["SENT"], "pause_before_transmit": None})
    assert filters == {"from": "1", "state": ["SENT"], "pause_before_transmit": None}


def test_an_operation_that_takes_nothing_has_no_schema() -> None:
    with pytest.raises(AssertionError, match=r"contacts\.delete"):
        body_schema(contacts.DELETE)
    with pytest.raises(AssertionError, match=r"contacts\.delete"):
        check_query(contacts.DELETE, {})


@pytest.mark.parametrize("spelling", ["dtmf_text", "dtmfText", "dtmf_text_"])
def test_a_name_that_is_spelt_otherwise_on_the_wire_may_be_given_either_way(spelling: str) -> None:
    assert encoded(calls.PLAY_DTMF, **{spelling: "1#"}) == {"dtmfText": "1#"}


def test_a_filter_that_is_spelt_otherwise_on_the_wire_is_sent_so() -> None:
    assert check_query(bridges.LIST, {"completed_time": "2024-05-01T12:00Z"}) == {
        "completed_time - date": "2024-05-01T12:00Z"
    }
    with pytest.raises(InvalidArgumentError, match="did you mean 'completed_time'"):
        check_query(bridges.LIST, {"complete_time": "2024-05-01T12:00Z"})


def test_a_number_that_the_wire_carries_as_text_is_given_as_either() -> None:
    for digits in (4, "4"):
        sent = encoded(digits_collectors.CREATE, prompt={"sentence": "Hi"}, max_digits=digits)
        assert sent == {"prompt": {"sentence": "Hi"}, "max_digits": "4"}
