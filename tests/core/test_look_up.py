"""Look-ups: which ids a filter can express, what an answer proves, and which send can be a control for which."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.doubt import add_external_id, require_verifiable
from scgapi._core.look_up import (
    Controls,
    Send,
    Sighting,
    describe_shape,
    find_filter_problem,
    listing_key,
    read_look_up,
)
from scgapi.errors import InvalidArgumentError
from tests.core.strategies import Json, answer, json_values, quick

SEEN = Sighting("send", "r", alone=True)
NOTHING, UNRELIABLE = Sighting("nothing"), Sighting("unreliable")
KIND = listing_key({})
ODD_ROWS: tuple[Json, ...] = (
    {"id": "r", "external_id": "MINE"},
    {"id": "r", "external_id": " mine"},
    {"id": "r", "external_id": "min"},
    {"id": "r", "external_id": 17},
    {"id": "r", "external_id": None},
    {"id": "r", "external_id": ["mine"]},
    {"id": "r", "externalId": "mine"},
    {"id": "r"},
    {"external_id": "mine"},
    {"id": None, "external_id": "mine"},
    {"id": 5, "external_id": "mine"},
    {"id": " ", "external_id": "mine"},
    {"id": ["r"], "external_id": "mine"},
    {},
    5,
    None,
    "mine",
    [],
)


@pytest.mark.parametrize(
    "external_id",
    [
        "mine",
        "order-17",
        "order 17",
        "A_b.c:d/e@f#g+h=i~j",
        "17",
        "1234567890123456789",
        "550e8400-e29b-41d4-a716-446655440000",
        "2024-05-01",
        "Größe-7",
        "注文17",
        "nullable",
        "true",
        # The ids of tests must be the same in all processes that run them.
        *[pytest.param(str(add_external_id({})["external_id"]), id=f"generated-{n}") for n in range(3)],
    ],
)
def test_a_filter_can_express_an_id(external_id: str) -> None:
    assert find_filter_problem(external_id) is None
    require_verifiable("message_requests.create", {"external_id": external_id})


@pytest.mark.parametrize(
    ("external_id", "why"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("order 17,18", "contains a comma"),
        (",", "contains a comma"),
        (" mine", "contains blanks"),
        ("mine ", "contains blanks"),
        ("mine\u00a0", "contains blanks"),
        ("order  17", "contains blanks"),
        ("a\nb", "contains a character that a filter may change"),
        ("a\tb", "contains a character that a filter may change"),
        ("a\x00b", "contains a character that a filter may change"),
        ("a\u00a0b", "contains a character that a filter may change"),
        ("a\u200bb", "contains a character that a filter may change"),
        ("a\ud800b", "contains a character that a filter may change"),
        ("e\u0301", "contains a character that a filter may change"),
        ("a*b", "contains '*'"),
        ("a%b", "contains '%'"),
        ("[a;b]", "contains '['"),
        ("a\\b", "contains"),
        ("a&b", "contains '&'"),
        ("null", "is the filter for sends without"),
        ("NULL", "is the filter for sends without"),
        ("0", "may be read as a number"),
        ("007", "may be read as a number"),
        ("1e5", "may be read as a number"),
        ("1.50", "may be read as a number"),
        ("+15551234567", "may be read as a number"),
        ("-1", "may be read as a number"),
        ("1_000", "may be read as a number"),
        ("nan", "may be read as a number"),
        ("Infinity", "may be read as a number"),
        ("\u0661\u0662", "may be read as a number"),
    ],
)
def test_an_id_that_a_filter_may_change_or_split_is_refused(external_id: str, why: str) -> None:
    found = find_filter_problem(external_id)
    assert found is not None
    assert found.startswith(why)
    with pytest.raises(InvalidArgumentError, match="Nothing was sent") as caught:
        require_verifiable("message_requests.create", {"external_id": external_id})
    assert (caught.value.field, caught.value.operation) == ("external_id", "message_requests.create")
    assert why in str(caught.value)


def test_a_send_without_an_id_is_not_refused() -> None:
    require_verifiable("message_requests.create", {})


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ({"list": [], "total": 0}, NOTHING),
        ({"list": [], "total": "0"}, NOTHING),
        ({"list": [], "total": None}, NOTHING),
        ({"list": []}, NOTHING),
        ([], NOTHING),
        ({"list": [{"id": "r", "external_id": "mine"}], "total": 1}, SEEN),
        ([{"id": "r", "external_id": "mine"}], SEEN),
        ({"id": "r", "external_id": "mine"}, SEEN),
        # The filter is ignored, and the send is there all the same.
        (
            {"list": [{"id": "q", "external_id": "x"}, {"id": "r", "external_id": "mine"}]},
            Sighting("send", "r"),
        ),
        ({"list": [{"id": "r", "external_id": "mine"}], "total": 2}, Sighting("send", "r")),
        ({"list": [], "total": 1}, UNRELIABLE),
        ({"list": [], "total": "1"}, UNRELIABLE),
        ({"list": [], "total": -1}, UNRELIABLE),
        ({"list": [], "total": 0.0}, UNRELIABLE),
        ({"list": [], "total": False}, UNRELIABLE),
        ({"list": [], "total": "many"}, UNRELIABLE),
        ({"list": [], "total": []}, UNRELIABLE),
        ({"list": None, "total": 0}, UNRELIABLE),
        ({"list": {}, "total": 0}, UNRELIABLE),
        ({"total": 0}, UNRELIABLE),
        ({}, UNRELIABLE),
        ({"foo": 1}, UNRELIABLE),
        (None, UNRELIABLE),
        (0, UNRELIABLE),
        ("", UNRELIABLE),
        ({"list": [], "total": 0, "error_code": "SCG_ERROR_5000"}, UNRELIABLE),
        ({"list": [], "total": 0, "errors": ["timeout"]}, UNRELIABLE),
        ({"list": [], "total": 0, "status": 503}, UNRELIABLE),
        ({"list": [], "total": 0, "limit": 50, "offset": 0, "message": None}, NOTHING),
        ({"list": [], "total": 0, "limit": 0}, UNRELIABLE),
        ({"list": [], "total": 0, "limit": "0"}, UNRELIABLE),
        ({"list": [], "total": 0, "offset": 50}, UNRELIABLE),
        ({"list": [], "total": 0, "message": "the index is being built"}, UNRELIABLE),
        ({"list": [], "total": 0, "partial": True}, UNRELIABLE),
        ({"list": [], "total": 0, "next": "/messaging/message_requests?offset=1"}, UNRELIABLE),
        ({"list": [], "totalCount": 1}, UNRELIABLE),
        ({"list": [], "total": 0, "items": [{"id": "r", "external_id": "mine"}]}, UNRELIABLE),
        *(({"list": [row], "total": 1}, UNRELIABLE) for row in ODD_ROWS),
        (
            {"list": [{"id": "q", "external_id": "mine"}, {"id": "r", "external_id": "mine"}]},
            Sighting("unreliable", several=True),
        ),
    ],
    ids=str,
)
def test_only_an_empty_list_proves_that_nothing_is_there(sent: Json, seen: Sighting) -> None:
    assert read_look_up("mine", answer(json.dumps(sent).encode())) == seen


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 200),
        (b"", 204),
        (b"<html>", 200),
        (b'{"list": [], "total": 0', 200),
        (b'{"list": [], "total": 0}', 206),
        (b'{"list": [], "total": 0}', 207),
        (b'{"list": [], "total": 0}', 202),
        (b'{"total": 1, "list": [], "total": 0}', 200),
        (b'{"list": [{"id": "r"}], "list": [], "total": 0}', 200),
        (b"[" * 100_000, 200),
        (b"\xff", 200),
    ],
)
def test_an_answer_that_is_no_whole_page_proves_nothing(content: bytes, status: int) -> None:
    assert read_look_up("mine", answer(content, status)) == UNRELIABLE


def test_an_id_that_came_as_a_number_is_not_the_text() -> None:
    assert read_look_up("17", answer({"list": [{"id": "r", "external_id": 17}], "total": 1})) == UNRELIABLE


@quick
@given(json_values(st.sampled_from(["list", "total", "id", "external_id", "mine", "error"])) | st.text())
def test_whatever_comes_nothing_but_an_empty_list_proves_absence(value: Json) -> None:
    seen = read_look_up("mine", answer(json.dumps(value).encode()))
    if seen == NOTHING:
        assert value == [] or (isinstance(value, dict) and value["list"] == [])


@quick
@given(st.binary())
def test_no_bytes_raise(content: bytes) -> None:
    read_look_up("mine", answer(content))


@pytest.mark.parametrize(
    ("control", "in_doubt", "counts"),
    [
        ("order-16", "order-17", True),
        ("order-100", "order-17", True),
        ("550e8400-e29b-41d4-a716-446655440000", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", True),
        ("16", "17", True),
        ("5000000000", "4999999999", True),
        ("Order-16", "order-17", True),
        # What a gateway could do to one of them and not to the other:
        ("order-9", "order-10", False),  # cut it off
        ("order-16", "Order-17", False),  # fold its case
        ("order16", "order-17", False),  # split it
        ("order_16", "order-17", False),
        ("order-16", "order 17", False),  # trim or escape it
        ("order-16", "order-17+", False),
        ("order", "17", False),  # read it as a number
        ("2000000000", "4999999999", False),  # have 32 bits for it
        ("10000000000000000000", "99999999999999999999", False),  # or 64
        ("abcd-01-01", "2024-01-01", False),  # as a date
        ("abcdefgh-e29b-41d4-a716-446655440000", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", False),  # as a UUID
        ("abcd", "true", False),  # as a truth value
        ("Grosse-7", "Größe-7", False),
    ],
)
def test_a_control_has_the_shape_of_the_id_in_doubt(control: str, in_doubt: str, counts: bool) -> None:
    assert describe_shape(control).covers(describe_shape(in_doubt)) is counts
    controls = Controls()
    send = Send(control, "r", KIND)
    controls.add(send)
    assert controls.of(in_doubt, KIND) == (send if counts else None)


def test_generated_ids_are_controls_for_each_other() -> None:
    for _ in range(100):
        one, other = (str(add_external_id({})["external_id"]) for _ in range(2))
        assert describe_shape(one).covers(describe_shape(other))


def test_the_last_control_counts_and_a_send_is_none_for_itself() -> None:
    controls = Controls()
    for number in range(10, 40):
        controls.add(Send(f"order-{number}", f"r{number}", KIND))
    assert controls.of("order-50", KIND) == Send("order-39", "r39", KIND)
    assert controls.of("order-39", KIND) == Send("order-38", "r38", KIND)
    assert (controls.knows("r39"), controls.knows("r10")) == (True, False)  # only the last ones are kept
    controls.add(Send("order 17,18", "r", KIND))
    assert controls.of("order 19,20", KIND) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"scheduled_delivery_time": "2030-01-01"},
        {"pause_before_transmit": True},
        {"test_message_flag_": True},
        {"application_id": 5},
    ],
)
def test_a_send_that_may_be_listed_apart_is_no_control_for_another(fields: dict[str, object]) -> None:
    controls = Controls()
    controls.add(Send("order-16", "r", listing_key({"body": "Hi", "pause_before_transmit": False})))
    assert controls.of("order-17", listing_key({"to": ["1"]})) is not None
    assert controls.of("order-17", listing_key(fields)) is None
    controls.add(Send("order-15", "q", listing_key(fields)))
    assert controls.of("order-17", listing_key(fields)) == Send("order-15", "q", listing_key(fields))


@pytest.mark.parametrize(
    ("age", "seen"), [("0", NOTHING), (" 0 ", NOTHING), ("7", UNRELIABLE), ("", UNRELIABLE)]
)
def test_an_answer_out_of_a_cache_proves_nothing(age: str, seen: Sighting) -> None:
    assert read_look_up("mine", answer({"list": [], "total": 0}, age=age)) == seen
