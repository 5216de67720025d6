"""Objects out of whatever the gateway answers."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scgapi._core import loading
from scgapi._core.changes import fields_set as set_fields
from scgapi._core.json import parse_object
from scgapi._core.loading import find_id, load, load_leniently, load_page, parse_created_id
from scgapi._core.paging import Page
from scgapi._core.schema import body_schema
from scgapi.errors import UnexpectedResponseError
from scgapi.models import contacts, message_requests, messages
from scgapi.models.contacts import Address, ContactData, Demographic, Interest
from scgapi.models.message_requests import MessageRequestData
from scgapi.models.messages import Fragment, MessageData
from tests.core.strategies import Json, answer, json_values, quick

MOMENT = datetime(2022, 7, 1, 18, 47, 53, 258000, UTC)
MILLISECONDS = 1656701273258

contact_keys = st.sampled_from(
    [*ContactData.model_fields, "last_update_date", "city", "list", "total", "new"]
)
message_keys = st.sampled_from(
    [*MessageData.model_fields, "from", "failedTranslation", "provider", "fragment_id"]
)


@pytest.fixture(autouse=True)
def nothing_reported_yet() -> Iterator[None]:
    loading._report.cache_clear()
    yield
    loading._report.cache_clear()


def page_in(content: bytes | Json) -> Page[ContactData]:
    return load_page(ContactData, contacts.LIST, answer(content), offset=0, limit=100)


def test_a_sound_object_is_typed() -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", "created_date": MILLISECONDS, "new": [1]}))
    assert (contact.id, contact.created_date) == ("c", MOMENT)
    assert contact.model_extra == {"new": [1]}


def test_a_malformed_field_keeps_its_raw_value_and_the_others_are_typed() -> None:
    sent: Json = {"id": "c", "version_number": "one", "created_date": MILLISECONDS, "new": {"a": 1}}
    contact = load(ContactData, contacts.GET, answer(sent))
    assert vars(contact)["version_number"] == "one"
    assert (contact.id, contact.created_date, contact.model_extra) == ("c", MOMENT, {"new": {"a": 1}})
    assert "version_number" in contact.model_fields_set


def test_what_came_malformed_is_reported_once_and_without_its_value(caplog: pytest.LogCaptureFixture) -> None:
    row: Json = {"id": "c", "version_number": "hunter2"}
    with caplog.at_level(logging.DEBUG, "scgapi"):
        page_in({"list": [row, row]})
        page_in({"list": [row]})
    assert [(one.levelname, one.name) for one in caplog.records] == [("WARNING", "scgapi.responses")]
    assert caplog.messages == [
        "ContactData.version_number was malformed; its raw value is kept (logged once)"
    ]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (MILLISECONDS, MOMENT),
        (str(MILLISECONDS), MOMENT),
        ("2022-07-01T18:47:53.258Z", MOMENT),
        ("2022-07-01T20:47:53.258+02:00", MOMENT),
        ("2022-07-01T18:47:53.258", MOMENT),
        ("2022-07-01T18:47:53.258000", MOMENT),
        (None, None),
    ],
)
def test_a_time_is_utc_unless_it_says_otherwise(
    sent: int | str | None, meant: datetime | None, caplog: pytest.LogCaptureFixture
) -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", "first_acquisition_date": sent}))
    assert contact.first_acquisition_date == meant
    assert not caplog.records


@pytest.mark.parametrize("spelling", ["last_updated_date", "last_update_date"])
@pytest.mark.parametrize("sent", [MILLISECONDS, "2022-07-01T18:47:53.258"])
def test_both_spellings_of_the_last_update_are_one_field(spelling: str, sent: int | str) -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", spelling: sent}))
    assert contact.last_updated_date == MOMENT
    assert contact.model_extra == {}


@pytest.mark.parametrize("spelling", ["last_updated_date", "last_update_date"])
def test_a_malformed_last_update_is_kept_raw_under_either_spelling(spelling: str) -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", spelling: "yesterday"}))
    assert vars(contact)["last_updated_date"] == "yesterday"
    assert contact.model_extra == {}


def test_a_sound_spelling_wins_over_a_malformed_one() -> None:
    contact = load_leniently(
        ContactData, {"last_update_date": MILLISECONDS, "last_updated_date": "yesterday"}
    )
    assert contact.last_updated_date == MOMENT


@pytest.mark.parametrize("spelling", ["failedTranslation", "failed_translation"])
@pytest.mark.parametrize("odd", [None, 5])
def test_spellings_hold_whether_or_not_another_field_is_malformed(spelling: str, odd: int | None) -> None:
    message = load(MessageData, messages.GET, answer({spelling: "x", "from": "sid", "subject": odd}))
    assert (message.failed_translation, message.from_) == ("x", "sid")
    assert message.model_extra == {}


def test_a_malformed_field_with_another_name_on_the_wire_is_kept_under_its_own() -> None:
    request = load(MessageRequestData, message_requests.GET, answer({"from": 5, "recipient_ count": "many"}))
    assert (vars(request)["from_"], vars(request)["recipient_count"]) == (5, "many")
    assert request.model_extra == {}


def test_json_inside_a_string_is_read_as_what_it_means(caplog: pytest.LogCaptureFixture) -> None:
    sent: Json = {
        "address_list": json.dumps([{"city": "Oslo", "priority": 1}]),
        "social_handles": '["@a"]',
        "fast_access": '{"city": "Oslo"}',
        "extended_attributes": '{"a": [1]}',
    }
    contact = load(ContactData, contacts.GET, answer(sent))
    assert contact.address_list == [Address(city="Oslo", priority=1)]
    assert contact.social_handles == ["@a"]
    assert contact.fast_access == {"city": "Oslo"}
    assert contact.extended_attributes == {"a": [1]}
    assert not caplog.records


@pytest.mark.parametrize("sent", ["", "[", "{]", '["a"', "text", "{}"])
def test_a_string_that_is_no_such_json_stays_a_string(sent: str) -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", "address_list": sent}))
    assert (contact.id, vars(contact)["address_list"]) == ("c", sent)


@pytest.mark.parametrize("sent", ["text", "{", ""])
def test_attributes_of_ones_own_may_be_any_text(sent: str) -> None:
    contact = load(ContactData, contacts.GET, answer({"extended_attributes": sent}))
    assert contact.extended_attributes == sent


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        (b"17", "17"),
        (b"9" * 39, "9" * 39),
        (b'["x"]', ["x"]),
        (b"1.5", 1.5),
        (b"true", True),
        (b'"\\ud83d"', "\ud83d"),
    ],
)
def test_an_id_that_came_as_a_number_is_its_text_and_any_other_is_kept_raw(
    written: bytes, id_: object
) -> None:
    content = b'{"list": [{"id": ' + written + b', "first_name": "Ann"}, {"id": "b"}]}'
    odd, sound = page_in(content)
    assert (vars(odd)["id"], odd.first_name, sound.id) == (id_, "Ann", "b")


@pytest.mark.parametrize(
    ("field", "written", "raw"),
    [
        ("version_number", b'"007"', "007"),
        ("version_number", b"true", True),
        ("version_number", b"7.0", 7.0),
        ("version_number", b"9" * 5000, "9" * 5000),
        ("is_rcs_capable", b"1", 1),
        ("is_rcs_capable", b'"yes"', "yes"),
        ("created_date", b'"007"', "007"),
        ("created_date", b"true", True),
        ("created_date", b"1e400", "1e400"),
        ("birth_date", b"0", 0),
        ("birth_date", b'"2024-05-01T00:00:00"', "2024-05-01T00:00:00"),
        ("first_name", b'"half \\ud83d"', "half \ud83d"),
        ("first_name", b"[" * 150 + b"]" * 150, json.loads("[" * 150 + "]" * 150)),
        ("social_handles", b'{"\\ud83d": {"\\ud83d": 1}}', {"\ud83d": {"\ud83d": 1}}),
        ("fast_access", b'{"\\ud83d": {"\\ud83d": 1}}', {"\ud83d": {"\ud83d": 1}}),
        ("fast_access", b'{"a": Infinity}', {"a": float("inf")}),
        ("extended_attributes", b'"{\\"a\\": 1e400}"', '{"a": 1e400}'),
        ("extended_attributes", b'"5e400"', "5e400"),
        ("new", b'{"a": Infinity}', {"a": float("inf")}),
    ],
)
def test_what_is_malformed_is_kept_as_it_came_and_reported(
    field: str, written: bytes, raw: object, caplog: pytest.LogCaptureFixture
) -> None:
    content = (
        b'{"list": [{"id": "a", "'
        + field.encode()
        + b'": '
        + written
        + b'}, {"id": "b", "version_number": 3}]}'
    )
    odd, sound = page_in(content)
    assert (vars(odd) | (odd.model_extra or {}))[field] == raw
    assert type((vars(odd) | (odd.model_extra or {}))[field]) is type(raw)
    assert (odd.id, sound.id, sound.version_number) == ("a", "b", 3)
    assert field in odd.model_fields_set
    # Half a character is a text like any other to Python.
    assert caplog.messages or "ud83d" in repr(raw)
    repr(odd)


@pytest.mark.parametrize("text", ['{"a": "\\ud83d', '"\ud83d', "[" * 500 + "]" * 500, "9" * 5000])
def test_json_in_a_text_that_cannot_be_read_stays_a_text(text: str) -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", "extended_attributes": text}))
    assert (contact.id, contact.extended_attributes) == ("c", text)


def test_half_a_character_in_a_key_hides_nothing(caplog: pytest.LogCaptureFixture) -> None:
    row: Json = {
        "id": "a",
        "\ud83d": 1,
        "address_list": [{"city": "Oslo", "\ud83d": {"\ud83d": 2}}],
        "new": {"\ud83d": 3},
    }
    (contact,) = page_in({"list": [row]})
    assert contact.model_extra == {"\ud83d": 1, "new": {"\ud83d": 3}}
    assert contact.address_list is not None
    assert (contact.id, contact.address_list[0].city) == ("a", "Oslo")
    assert contact.address_list[0].model_extra == {"\ud83d": {"\ud83d": 2}}
    assert (
        "ContactData.(a field that is not known) was malformed; its raw value is kept (logged once)"
        in caplog.messages
    )


@pytest.mark.parametrize(
    "value", [b"[" * 990 + b"]" * 990, b'{"a":' * 5000 + b"1" + b"}" * 5000, b"9" * 4301]
)
@pytest.mark.parametrize("field", ["fast_access", "new", "id", "address_list", "version_number"])
def test_what_is_too_deep_or_too_long_costs_one_field(field: str, value: bytes) -> None:
    content = (
        b'{"list": [{"id": "a"}, {"first_name": "Ann", "'
        + field.encode()
        + b'": '
        + value
        + b'}, {"id": "c"}], "total": 3}'
    )
    first, odd, last = page_in(content)
    assert (first.id, odd.first_name, last.id) == ("a", "Ann", "c")
    assert (vars(odd) | (odd.model_extra or {}))[field] is not None
    set_fields(odd)
    repr(odd)


def test_a_part_with_a_malformed_field_is_still_a_part(caplog: pytest.LogCaptureFixture) -> None:
    sent: Json = {"address_list": [{"city": "Oslo", "priority": "first", "new": 1}, {"city": "Rome"}]}
    contact = load(ContactData, contacts.GET, answer(sent))
    assert contact.address_list is not None
    odd, sound = contact.address_list
    assert (odd.city, vars(odd)["priority"], odd.model_extra) == ("Oslo", "first", {"new": 1})
    assert sound == Address(city="Rome")
    assert caplog.messages == ["Address.priority was malformed; its raw value is kept (logged once)"]


def test_fragments_of_a_message_are_mended_like_any_part() -> None:
    message = load(
        MessageData, messages.GET, answer({"fragments_info": [{"fragment_id": "f", "charge": "free"}]})
    )
    fragment = message.fragments_info[0]
    assert isinstance(fragment, Fragment)
    assert (fragment.fragment_id, vars(fragment)["charge"]) == ("f", "free")


@pytest.mark.parametrize("sent", [{}, {"fragments_info": None}, {"fragments_info": []}])
def test_a_message_without_fragments_has_none(sent: dict[str, Json]) -> None:
    assert load(MessageData, messages.GET, answer(sent)).fragments_info == []


@pytest.mark.parametrize("sent", [{"city": "Oslo"}, [5, {"city": "Oslo"}], [[]], 5, True])
def test_a_list_of_parts_that_is_none_keeps_its_raw_value(sent: Json) -> None:
    contact = load(ContactData, contacts.GET, answer({"id": "c", "address_list": sent}))
    assert (contact.id, vars(contact)["address_list"]) == ("c", sent)


def test_a_page_says_where_it_is() -> None:
    page = load_page(
        ContactData,
        contacts.LIST,
        answer({"list": [{"id": "c"}], "total": 7, "limit": 50}),
        offset=5,
        limit=100,
    )
    assert ([one.id for one in page], page.total, page.offset, page.limit) == (["c"], 7, 5, 50)


@pytest.mark.parametrize(
    ("sent", "ids", "total"),
    [
        ({"list": []}, [], None),
        ({"list": [], "total": 0}, [], 0),
        ({"total": 0}, [], 0),
        ({"total": "0", "limit": 100, "offset": 0}, [], 0),
        ({"list": None, "other": 1}, [], None),
        ({"list": None, "total": 0}, [], 0),
        ({}, [], None),
        ([], [], None),
        ([{"id": "a"}, {"id": "b"}], ["a", "b"], None),
        ({"id": "a"}, ["a"], None),
        ({"list": [{"id": "a"}], "total": "7"}, ["a"], 7),
        ({"list": [{"id": "a", "version_number": "x"}], "total": "7"}, ["a"], 7),
        ({"list": [{"id": "a"}], "total": "many"}, ["a"], None),
        ({"list": [{"id": "a"}], "total": -1.5}, ["a"], None),
        ({"list": [{"id": "a"}], "total": [7]}, ["a"], None),
        ({"list": [{"id": "a"}], "total": None, "limit": None}, ["a"], None),
        ({"list": [{"id": "a"}, 5, None, "b", {"id": "c"}]}, ["a", "c"], None),
    ],
)
def test_a_page_comes_in_many_shapes(sent: Json, ids: list[str], total: int | None) -> None:
    page = page_in(sent)
    assert ([one.id for one in page], page.total, page.limit) == (ids, total, 100)


def test_the_gateways_page_size_holds_beside_a_malformed_row() -> None:
    assert page_in({"list": [{"version_number": "x"}], "limit": "50"}).limit == 50


def test_rows_that_are_no_objects_are_left_out_and_reported(caplog: pytest.LogCaptureFixture) -> None:
    assert [one.id for one in page_in({"list": [5, {"id": "a"}, []]})] == ["a"]
    assert caplog.messages == [
        "ContactData.(a row that is no object) was malformed; its raw value is kept (logged once)"
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html>", "a body that is not JSON"),
        (b"\xff\xfe", "a body that is not JSON"),
        (b'{"list": [', "a body that is not JSON"),
        (b"[" * 100_000, "a body that is not JSON"),
        (b"5", "JSON that is no list"),
        (b"null", "JSON that is no list"),
        (b'{"list": 5}', "JSON whose list is no list"),
        (b'{"list": {"id": "a"}}', "JSON whose list is no list"),
        (b'{"foo": 1}', "JSON without a list"),
        (b'{"total": 5}', "JSON without a list"),
        (b'{"total": 0, "message": "try later"}', "JSON without a list"),
    ],
)
def test_what_is_no_page_raises_with_what_came(content: bytes, why: str) -> None:
    with pytest.raises(UnexpectedResponseError, match=why) as caught:
        page_in(content)
    assert caught.value.status == 200
    assert caught.value.outcome == "ACCEPTED_UNPARSED"
    assert caught.value.body == content[:500].decode("utf-8", "replace")
    assert caught.value.__context__ is None


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"5", b'"c"', b"null"])
def test_what_is_no_object_raises(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError, match=r"contacts\.get: the gateway answered 200 with"):
        load(ContactData, contacts.GET, answer(content))


def test_a_create_answers_with_an_id() -> None:
    assert parse_created_id(contacts.CREATE, answer({"id": "c", "new": 1})) == "c"
    assert parse_created_id(contacts.CREATE, answer({"id": 17})) == "17"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"{}", b'{"id": ""}', b'{"id": 5.5}', b'{"id": true}', b'{"id": null}', b'["c"]'],
)
def test_a_create_that_answers_without_an_id_raises_as_done(content: bytes) -> None:
    with pytest.raises(UnexpectedResponseError) as caught:
        parse_created_id(contacts.CREATE, answer(content))
    assert caught.value.outcome == "ACCEPTED_UNPARSED"


@quick
@given(json_values(contact_keys) | json_values(st.text()))
@example({"list": [{"total": 1}], "total": True})
@example([[[]]])
@example([{"id": "a", "version_number": float("nan"), "new": float("inf")}])
def test_a_page_of_any_json_loads_or_is_unexpected(value: Json) -> None:
    try:
        page = page_in(value)
    except UnexpectedResponseError:
        return
    assert all(isinstance(one, ContactData) for one in page)


@quick
@given(st.binary() | st.binary().map(lambda some: b'{"list": [{"id": ' + some + b"}]}"))
def test_a_page_of_any_bytes_loads_or_is_unexpected(content: bytes) -> None:
    try:
        page = page_in(content)
    except UnexpectedResponseError:
        return
    assert all(isinstance(one, ContactData) for one in page)


def test_a_total_of_absurd_length_is_no_total() -> None:
    assert page_in({"list": [{"id": "a"}], "total": "9" * 5000}).total is None


@quick
@given(st.dictionaries(contact_keys, json_values(contact_keys), max_size=6))
@example({"address_list": [{"city": 5}, {}], "fast_access": "{}", "version_number": []})
@example({"interest_list": '[{"score": []}]', "last_update_date": "2024-05-01T00:00:00"})
def test_a_contact_of_any_json_loads_with_every_field_typed_or_raw(data: dict[str, Json]) -> None:
    contact = load_leniently(ContactData, dict(data))
    for key, value in data.items():
        if key in ContactData.model_fields:
            assert key in contact.model_fields_set
        elif key != "last_update_date":
            assert (contact.model_extra or {})[key] == value


@quick
@given(st.dictionaries(message_keys, json_values(message_keys), max_size=6))
def test_a_message_of_any_json_loads(data: dict[str, Json]) -> None:
    assert isinstance(load_leniently(MessageData, dict(data)), MessageData)


@quick
@given(st.dictionaries(contact_keys, json_values(contact_keys), max_size=4), contact_keys)
def test_a_malformed_field_never_hides_a_sound_one(data: dict[str, Json], odd: str) -> None:
    sound: dict[str, object] = {"id": "c", "first_name": "Ann", "created_date": MILLISECONDS}
    raw: dict[str, object] = {odd: [["no field is such a list"]], **data, **sound}
    contact = load_leniently(ContactData, raw)
    assert (contact.id, contact.first_name, contact.created_date) == ("c", "Ann", MOMENT)


texts = st.none() | st.text()
moments = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0))
unknown = st.dictionaries(
    st.text(st.characters(categories=["Lu"]), min_size=1), json_values(st.text()), max_size=2
)


def joined(known: dict[str, object], more: dict[str, Json]) -> dict[str, object]:
    return {**known, **more}


def part(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    """An object with any of these fields, and some that nobody knows."""
    return st.builds(joined, st.fixed_dictionaries({}, optional=dict(fields)), unknown)


contact_on_the_wire = part(
    first_name=texts,
    last_name=texts,
    birth_date=st.dates().map(str),
    primary_mdn=texts,
    first_acquisition_date=moments.map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"),
    address_list=st.lists(part(city=texts, priority=st.none() | st.integers(-9, 9)), max_size=2),
    interest_list=st.none() | st.lists(part(code=texts, score=st.floats(0, 1) | st.text()), max_size=2),
    demographic_list=st.lists(part(name=texts), max_size=1),
    social_handles=st.lists(st.text(), max_size=2),
    voice_preference=st.booleans() | st.sampled_from(["NONE", "of a later version"]),
    extended_attributes=st.dictionaries(st.text(), st.text(), max_size=2).map(json.dumps),
)


@quick
@given(contact_on_the_wire)
def test_a_contact_that_is_loaded_and_sent_back_is_the_same_with_all_it_does_not_know(
    sent: dict[str, object],
) -> None:
    contact = load(ContactData, contacts.GET, answer(json.dumps(sent).encode()))
    fields, extra = set_fields(contact)
    assert json.loads(body_schema(contacts.CREATE).encode(contacts.CREATE, fields, extra)) == sent


def test_a_raw_value_is_sent_back_where_the_schema_takes_it() -> None:
    contact = load(ContactData, contacts.GET, answer({"first_acquisition_date": "last spring"}))
    fields, extra = set_fields(contact)
    body = body_schema(contacts.CREATE).encode(contacts.CREATE, fields, extra)
    assert json.loads(body) == {"first_acquisition_date": "last spring"}


def test_a_part_with_a_raw_value_is_sent_back_without_a_word() -> None:
    contact = load(
        ContactData, contacts.GET, answer({"address_list": [{"city": "Oslo", "priority": "first"}]})
    )
    fields, extra = set_fields(contact)
    body = body_schema(contacts.CREATE).encode(contacts.CREATE, fields, extra)
    assert json.loads(body) == {"address_list": [{"city": "Oslo", "priority": "first"}]}


def test_scores_keep_their_type() -> None:
    sent: Json = {"interest_list": [{"score": "0.5"}, {"score": 0.5}], "demographic_list": [{"score": 1}]}
    contact = load(ContactData, contacts.GET, answer(sent))
    assert contact.interest_list == [Interest(score="0.5"), Interest(score=0.5)]
    assert contact.demographic_list == [Demographic(score=1)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'{"a": 1}', {"a": 1}),
        ('{"a": 1}', {"a": 1}),
        (b"[]", {}),
        (b"", {}),
        (b"<html>", {}),
        (b"\xff", {}),
        (b"[" * 100_000, {}),
    ],
)
def test_what_is_no_json_object_is_an_empty_one(content: bytes | str, found: dict[str, object]) -> None:
    assert parse_object(content) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"id": "made"}, "made"),
        ({"id": ""}, None),
        ({"id": 5}, "5"),
        ({"id": 5.5}, None),
        ({"id": "a\nb"}, None),
        ({}, None),
        ([], None),
        (b"", None),
        (b"{", None),
    ],
)
def test_an_id_that_need_not_be_there_is_read_or_none(body: bytes | Json, found: str | None) -> None:
    assert find_id(answer(body)) == found
