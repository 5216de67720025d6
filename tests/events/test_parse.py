"""Events as they come: every published sample, every spelling, and what is refused."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from scgapi import events
from scgapi.events import parsing
from tests.events import samples
from tests.events.samples import PUBLISHED, body, event, fields_of

CLASSES: dict[str, type[events.BaseEvent]] = {
    "E1": events.MessageStateChanged,
    "E2": events.MessageReceived,
    "E3": events.MessageReceived,
    "E4": events.MessageStateChanged,
    "E5": events.CallStateChanged,
    "E6": events.CollectorStateChanged,
    "E7": events.MessageReceived,
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_sample_is_an_event_of_its_class(name: str) -> None:
    for form in (PUBLISHED[name], json.dumps(PUBLISHED[name]), body(PUBLISHED[name])):
        found = events.parse(form)
        assert type(found) is CLASSES[name]
        assert found.raw == PUBLISHED[name]
        assert found.model_extra == {}
        assert found.id == (PUBLISHED[name].get("event-id") or PUBLISHED[name]["id"])


def test_a_delivery_receipt() -> None:
    found = events.parse(PUBLISHED["E1"])
    assert isinstance(found, events.MessageStateChanged)
    assert (found.message_id, found.message_request_id) == (
        "176ySDuGoChplVgiz2lcm7",
        "96Wf3kBe2DJXhyqBOxsFO6",
    )
    assert (found.previous_state, found.new_state, found.succeeded) == ("SENT", "DELIVERED", True)
    assert (found.from_address, found.to_address) == ("66000", "+14085551212")
    assert (found.mt_price, found.attachment_ids) == (Decimal("0.035"), ("UIRqnwwhbLS106HNECVzG5",))
    assert (found.company_id, found.application_id, found.attempt) == (1500, 1704, 1)
    assert found.external_message_request_id is None
    assert found.timestamp == datetime(2017, 11, 30, 17, 17, 46, 615000, UTC)


def test_a_picture_message() -> None:
    found = events.parse(PUBLISHED["E3"])
    assert isinstance(found, events.MessageReceived)
    assert found.attachment_ids == ("Mno4Xayql1oVOYAvP7Iy25",)
    assert (found.message_body, found.anti_virus_scan_status, found.mo_price) == ("", "OK", Decimal("0.015"))


def test_digits_and_calls() -> None:
    found = events.parse(PUBLISHED["E6"])
    assert isinstance(found, events.CollectorStateChanged)
    assert (found.digits, found.reason, found.call_id) == (
        "58052",
        "TERMINATING_DIGIT",
        "dX9qqkH0b2UPEBL0WBsCz6",
    )
    call = events.parse(samples.CALL)
    assert isinstance(call, events.CallStateChanged)
    assert (call.call_price, call.call_duration, call.external_call_id) == (Decimal("0.0175"), 60, None)


VOICE: dict[str, tuple[type[events.BaseEvent], dict[str, object]]] = {
    "bridge_playback_state_change": (events.BridgePlaybackChanged, {"bridge_id": "b", "state": "STARTED"}),
    "bridge_tts_state_change": (events.BridgeTtsChanged, {"bridge_id": "b", "state": "COMPLETED"}),
    "call_incoming_received": (events.CallReceived, {"call_id": "c", "from_address": "+14085551212"}),
    "call_playback_state_change": (events.CallPlaybackChanged, {"call_id": "c", "state": "STARTED"}),
    "call_state_change": (events.CallStateChanged, {"call_id": "c", "new_state": "ACTIVE"}),
    "call_tts_state_change": (events.CallTtsChanged, {"call_id": "c", "state": "STARTED"}),
    "collector_state_change": (events.CollectorStateChanged, {"call_id": "c", "collect_id": "d"}),
    "conference_member_play_state_change": (
        events.ConferenceMemberPlaybackChanged,
        {"call_id": "c", "conference_id": "f", "member_id": "m", "state": "STARTED"},
    ),
    "conference_member_state_change": (
        events.ConferenceMemberStateChanged,
        {"call_id": "c", "conference_id": "f", "member_id": "m", "state": "active", "mute": "false"},
    ),
}


@pytest.mark.parametrize("kind", VOICE)
def test_every_voice_event_has_a_class_and_either_spelling_of_your_own_id(kind: str) -> None:
    kind_class, fields = VOICE[kind]
    for spelling in ("external_call_id", "call_external_id"):
        found = events.parse(event(kind, {**fields, spelling: "mine"}))
        assert type(found) is kind_class
        assert found.type == kind
        assert getattr(found, "external_call_id", "mine") == "mine"


@pytest.mark.parametrize("kind", ["MO_MESSAGE_RECEIVED", "mo-message-received", "Mo Message_received\n"])
def test_a_type_in_another_spelling(kind: str) -> None:
    found = events.parse(event(kind, fields_of(PUBLISHED["E2"])))
    assert isinstance(found, events.MessageReceived)
    assert found.type == "mo_message_received"


def test_other_types_stay_as_they_came() -> None:
    assert events.parse(event(" Deactivation-Event", {})).type == "Deactivation-Event"


def test_the_state_of_a_request_under_both_names_of_its_type() -> None:
    for kind in ("message_request_state_change", "message_state_request_change"):
        found = events.parse(
            event(kind, {"message_request_id": "r", "new_state": "COMPLETED", "reason_code": 1002})
        )
        assert isinstance(found, events.MessageRequestStateChanged)
        assert (found.type, found.reason_code, found.succeeded) == (
            "message_request_state_change",
            "1002",
            False,
        )


@pytest.mark.parametrize("attempt", [2, "2"])
def test_spellings_that_differ_from_sample_to_sample(attempt: object) -> None:
    document = copy.deepcopy(PUBLISHED["E2"])
    document["event_id"] = document.pop("event-id")
    document["attempt"] = attempt
    fields = fields_of(document)
    fields["company_id"] = str(fields.pop("company-id"))
    found = events.parse(document)
    assert (found.id, found.attempt, found.company_id) == ("jX5nAV9USriK2LkS6e0D0g", 2, 1500)


def test_several_attachments_in_one_string() -> None:
    for text in (" a,b", "a; b ", "a b", "a,\tb,", ["a", "b"]):
        found = events.parse(event("mo_message_received", {**samples.MMS, "attachment_ids": text}))
        assert isinstance(found, events.MessageReceived)
        assert found.attachment_ids == ("a", "b")


def test_a_point_in_time_without_a_zone_is_in_utc() -> None:
    inner = {"evt-tp": "x", "timestamp": "2017-11-30T17:17:46.615"}
    assert events.parse({"event": inner}).timestamp == datetime(2017, 11, 30, 17, 17, 46, 615000, UTC)


def test_absent_and_null_fields_are_none() -> None:
    found = events.parse(
        {
            "event": {
                "evt-tp": "message_state_change",
                "fld-val-list": {"message_id": "m", "new_state": "X", "carrier_id": None},
            }
        }
    )
    assert isinstance(found, events.MessageStateChanged)
    assert (found.id, found.attempt, found.timestamp, found.carrier_id, found.succeeded) == (None,) * 5
    assert found.new_state == "X"


def test_unknown_types_and_fields_are_kept() -> None:
    found = events.parse(samples.NUMBER_MONITORING)
    assert isinstance(found, events.UnknownEvent)
    assert (found.type, found.topic) == ("deactivation_event", "NIS-Events")
    assert found.fields["tracking_id"] == "1655272074"
    more = events.parse(event("mo_message_received", {**samples.SMS, "weather": {"sky": "blue"}}))
    assert more.model_extra == {"weather": {"sky": "blue"}}


def test_the_carrier_variant_says_its_type_by_its_fields() -> None:
    receipt = events.parse({"id": "e", "topicID": "SCG-Message", "fields": samples.RECEIPT})
    request = events.parse(
        {"id": "e", "topicID": "T", "fields": {"message_request_id": "r", "new_state": "SENT"}}
    )
    assert isinstance(receipt, events.MessageStateChanged)
    assert isinstance(request, events.MessageRequestStateChanged)
    assert (receipt.id, receipt.topic) == ("e", "SCG-Message")
    other = events.parse({"id": "e", "topicID": "T", "fields": {"number": "1"}})
    assert isinstance(other, events.UnknownEvent)
    with pytest.raises(events.EventError, match="has none"):
        events.parse({"id": "e", "fields": {"number": "1"}})


def test_a_malformed_field_costs_itself_alone_and_is_reported_without_its_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    parsing._report.cache_clear()
    broken: samples.Fields = {"mo_price": "+14085551212!", "fragments_count": [], "country": {}}
    fields = {**samples.SMS, **broken}
    found = events.parse(event("mo_message_received", fields))
    assert isinstance(found, events.MessageReceived)
    assert (found.mo_price, found.fragments_count, found.country) == (None, None, None)
    assert found.message_body == "Test MO message"
    assert found.raw == event("mo_message_received", fields)
    assert "MessageReceived.mo_price" in caplog.text
    assert "4085551212" not in caplog.text


def test_an_event_without_what_it_cannot_do_without_is_unknown(caplog: pytest.LogCaptureFixture) -> None:
    fields = {**samples.SMS, "from_address": ["+14085551212"]}
    found = events.parse(event("mo_message_received", fields))
    assert isinstance(found, events.UnknownEvent)
    assert (found.type, found.fields) == ("mo_message_received", fields)
    assert "from_address" in caplog.text
    assert "4085551212" not in caplog.text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        "no",
        "[]",
        "null",
        "{}",
        '"text"',
        '{"topic": "SCG-Message"}',
        '{"event": {"fld-val-list": {}, "evt-tp": 7}}',
        '{"event": {"fld-val-list": {}, "evt-tp": " "}}',
        '{"event": {"fld-val-list": [], "evt-tp": "mo_message_received"}}',
        samples.E3_AS_PRINTED,
        "[" * 100_000,
        '{"event": {"evt-tp": "x", "fld-val-list": ' + '{"a":' * 300 + "1" + "}" * 302,
    ],
)
def test_what_is_no_event_is_refused(data: bytes | str) -> None:
    with pytest.raises(events.EventError) as caught:
        events.parse(data)
    assert len(caught.value.message) < 200
    assert caught.value.__cause__ is None


def test_xml_is_refused_and_told_why() -> None:
    with pytest.raises(events.EventError, match="format to JSON"):
        events.parse(b"\xef\xbb\xbf <event><topic>SCG-Message</topic></event>")


def test_half_a_character_costs_no_event() -> None:
    text = json.dumps(
        event("mo_message_received", {**samples.SMS, "message_body": "cut \ud83d", "\udc00": ["\udc00"]})
    )
    found = events.parse("\ufeff".encode() + text.encode())
    assert isinstance(found, events.MessageReceived)
    assert found.message_body == "cut \ufffd"
    assert found.model_extra == {"\ufffd": ["\ufffd"]}
    json.dumps(found.raw).encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Test MO message", b"Test\nMO\r\n\tmessage\x00"),
        (b'"mo_price": 0.005', b'"mo_price": NaN'),
        (b'"mo_price": 0.005', b'"mo_price": -Infinity'),
        (b'"mo_price": 0.005', b'"mo_price": 1e999'),
        (b'"mo_price": 0.005', b'"mo_price": ' + b"9" * 5000),
        (b'"attempt": 1', b'"attempt": ' + b"9" * 5000),
        (b'"attempt": 1', b'"attempt": 1e999'),
        (b'"timestamp": "2017-11-30T17:17:46.615Z"', b'"timestamp": NaN'),
        (b'"timestamp": "2017-11-30T17:17:46.615Z"', b'"timestamp": 1e999'),
        (b'"event-id":', b'"event_id": null, "event-id":'),
        (b'"event-id": "jX5nAV9USriK2LkS6e0D0g"', b'"event-id": "jX5nAV9USriK2LkS6e0D0g", "event_id": null'),
        (b'"event-id": "jX5nAV9USriK2LkS6e0D0g"', b'"event-id": "jX5nAV9USriK2LkS6e0D0g", "event_id": ""'),
        (b'"from_address":', b'"from-address": null, "from_address":'),
        (b'"message_id":', b'"message_id": "other", "message_id":'),
    ],
)
def test_oddities_cost_no_event(old: bytes, new: bytes) -> None:
    content = samples.body(PUBLISHED["E2"]).replace(old, new)
    assert new in content
    assert events.parse(content.decode()).key == "jX5nAV9USriK2LkS6e0D0g"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"):
        found = events.parse(content.decode().encode(encoding))
        assert isinstance(found, events.MessageReceived)
        assert found.key == "jX5nAV9USriK2LkS6e0D0g"
        assert found.from_address == "+14085551212"
        assert found.message_id == "6QX2csWrr064RzxhwHo0m7"
        assert found.message_body.split()[0] == "Test"
        assert found.mo_price in (None, Decimal("0.005"), Decimal("9" * 5000))
        assert json.loads(json.dumps(found.raw)).keys() == found.raw.keys()


def test_raw_line_breaks_in_a_file_of_lines() -> None:
    lines = [samples.body(samples.numbered(number)) for number in range(4)]
    lines[1] = lines[1].replace(b"Test MO", b"Test\n\nMO")
    lines[3] = lines[3].replace(b"Test MO", b"Test\nMO \xff")
    found = events.parse_batch(b"\r\n".join(lines))
    assert [event.id for event in found] == [f"event-{number:016}" for number in range(4)]
    second = found[1]
    assert isinstance(second, events.MessageReceived)
    assert second.message_body == "Test\n\nMO message"
    with pytest.raises(events.EventError, match="event 3 of a batch"):
        events.parse_batch(b"\n".join([*lines[:2], samples.E3_AS_PRINTED.encode(), lines[3]]))
    # Two in one line, too.
    assert len(events.parse_batch(lines[0] + lines[2])) == 2


@pytest.mark.parametrize("line", ["[", "[1,", '{"a":', '["', "1", "-"])
def test_no_end_of_lines_that_are_none_is_read(line: str) -> None:
    assert len(parsing.parse_rows(f"{line}\n" * 1000)[1]) == 50
    assert len(parsing.parse_rows([{"a": line}] * 1000)[1]) == 50


@pytest.mark.parametrize("blank", [" ", "\t", "\u200b", "\0"])
def test_events_do_not_share_a_blank_id(blank: str) -> None:
    one, other = (event("mo_message_received", {"message_id": name}, id=blank) for name in "ab")
    assert events.parse(one).key != events.parse(other).key
    assert events.parse(one).key == events.parse({**one, "attempt": 2}).key


def test_files_of_many_events() -> None:
    documents = [PUBLISHED[name] for name in ("E1", "E2", "E5")]
    lines = "\r\n\n".join(map(json.dumps, documents))
    for data in (json.dumps(documents), json.dumps(documents).encode(), lines, lines.encode(), documents):
        assert [type(found) for found in events.parse_batch(data)] == [
            CLASSES["E1"],
            CLASSES["E2"],
            CLASSES["E5"],
        ]
    assert [found.id for found in events.parse_batch(samples.CALL)] == ["TfE426OOR423QyKcLED7iw"]
    assert events.parse_batch("[]") == []


@pytest.mark.parametrize("data", ["[1]", "{}\n[]", '[{"event": 1}]', [{"a": 1}]])
def test_a_file_says_which_of_its_events_is_none(data: str | list[dict[str, object]]) -> None:
    with pytest.raises(events.EventError, match="event 1 of a batch"):
        events.parse_batch(data)
    with pytest.raises(events.EventError, match="event 3 of a batch: an event is JSON"):
        events.parse_batch(f"{samples.CALL}\n{samples.CALL}\n{samples.E3_AS_PRINTED}")


def test_events_are_frozen_hashable_and_pickle() -> None:
    found = events.parse(PUBLISHED["E2"])
    with pytest.raises(ValidationError):
        setattr(found, "attempt", 2)  # noqa: B010 - checkers would refuse the plain assignment
    again = pickle.loads(pickle.dumps(found))
    assert again == found == copy.deepcopy(found)
    assert again.raw == found.raw
    assert {found: 1}[again] == 1


def test_they_can_be_made_for_tests() -> None:
    made = events.MessageReceived(
        message_id="m", from_address="+14085551212", to_address="66000", message_body="Hi"
    )
    assert (made.type, made.key) == ("mo_message_received", made.model_copy(update={"attempt": 3}).key)


def test_the_key_is_the_id_or_else_what_the_event_says() -> None:
    assert events.parse(PUBLISHED["E2"]).key == "jX5nAV9USriK2LkS6e0D0g"
    nameless = copy.deepcopy(PUBLISHED["E2"])
    del nameless["event-id"]
    key = events.parse(nameless).key
    assert key == events.parse({**nameless, "attempt": 2}).key
    assert key != events.parse({**nameless, "topic": "other"}).key
    long = events.parse({**nameless, "event-id": "x" * 10_000})
    assert len(long.key) == len(key) < 80


@pytest.mark.parametrize("name", [*PUBLISHED, "NIS"])
def test_no_number_text_or_digit_is_in_a_repr(name: str) -> None:
    document = copy.deepcopy(PUBLISHED.get(name, samples.NUMBER_MONITORING))
    document["event-id"] = "+14085551212"
    found = events.parse(document)
    shown = f"{found!r} {found} {[found]}"
    for secret in ("4085551212", "6282222222", "4086080000", "18322222222", "7805199493", "Test MO", "58052"):
        assert secret not in shown
    assert found.type in shown
