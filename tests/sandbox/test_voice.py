"""Calls, bridges, conferences and digits collectors; expiry of access tokens."""

from __future__ import annotations

import itertools

import pytest

from scgapi.models import (
    access_tokens,
    attachments,
    bridges,
    calls,
    conference_members,
    conferences,
    contact_access_tokens,
    contacts,
    digits_collectors,
)
from scgapi.sandbox.gateway import APIRequest
from scgapi.sandbox.state.progress import AfterReads, AfterSeconds, Immediate, Progress
from tests.sandbox.calls import MDN, Caller

SENDER = "+15552223561"
PROMPT = {"sentence": "Your code, please"}


@pytest.fixture
def api() -> Caller:
    return Caller(Immediate())


def ring(api: Caller, **fields: object) -> str:
    return api.create(calls.CREATE, from_=SENDER, to=MDN, **fields)


def at(api: Caller, seconds: float) -> int:
    """Return a time some seconds from now, as requests write it."""
    return int((api.clock.now + seconds) * 1000)


@pytest.mark.parametrize(
    ("progress", "states"),
    [
        (Immediate(), ["ACTIVE", "ACTIVE"]),
        (AfterReads(2), ["STARTED", "ACTIVE"]),
        (AfterSeconds(60), ["STARTED", "STARTED"]),
    ],
)
def test_a_call_is_answered_as_the_rule_of_progress_says(progress: Progress, states: list[str]) -> None:
    api = Caller(progress)
    made = ring(api)
    assert [api.get(calls.GET, made)["state"] for _ in states] == states


def test_the_time_that_is_charged_runs_from_the_answer_to_the_end() -> None:
    api = Caller(AfterSeconds(10))
    made, answered = ring(api), at(api, 10)
    api.clock.now += 40.5
    api.change(calls.UPDATE, made, state="COMPLETED")
    row = api.get(calls.GET, made)
    assert (row["answer_time"], row["end_time"], row["chargeable_duration"]) == (answered, at(api, 0), 31)
    assert api.refused(calls.UPDATE, made, body={"state": "COMPLETED"})[:2] == (400, "SCG_ERROR_4004")


def test_a_call_that_is_not_answered_in_time_is_rejected() -> None:
    api = Caller(AfterSeconds(10))
    made, late = ring(api, answer_timeout=9_000), at(api, 9)
    api.clock.now += 60
    row = api.rows(calls.LIST, state="REJECTED")[0]
    assert (row["id"], row["end_time"], row["chargeable_duration"]) == (made, late, 0)
    assert "answer_time" not in row


def test_the_other_party_may_not_answer() -> None:
    api = Caller(AfterSeconds(10))
    made = ring(api)
    api.gateway.reject_call(made)
    assert api.get(calls.GET, made)["state"] == "REJECTED"
    with pytest.raises(LookupError):
        api.gateway.reject_call(made)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"from": "155528999", "to": MDN}, "SCG_ERROR_40012"),
        ({"from": "nobody", "to": MDN}, "SCG_ERROR_40018"),
        ({"from": SENDER, "to": "group:g"}, "SCG_ERROR_40024"),
        ({"from": SENDER, "to": "wa:+1555"}, "SCG_ERROR_40024"),
        ({"from": SENDER, "to": ""}, "SCG_ERROR_4001"),
        ({"from": SENDER, "to": MDN, "answer_timeout": 0}, "SCG_ERROR_4004"),
        ({"from": SENDER, "to": MDN, "bridge_id": "none"}, "SCG_ERROR_4004"),
    ],
)
def test_calls_that_cannot_be_made(api: Caller, fields: object, code: str) -> None:
    assert api.refused(calls.CREATE, body=fields)[:2] == (400, code)


def test_calls_come_in_where_calls_can_be_taken(api: Caller) -> None:
    made = api.gateway.receive_call(to=SENDER.removeprefix("+"), from_=MDN)
    row = api.get(calls.GET, made)
    assert (row["direction"], row["state"], row["from_address"]) == ("IN", "STARTED", MDN)
    api.change(calls.UPDATE, made, state="COMPLETED")
    assert api.get(calls.GET, made)["chargeable_duration"] == 0
    with pytest.raises(LookupError):
        api.gateway.receive_call(to="155528999", from_=MDN)


@pytest.mark.parametrize(
    "body",
    [
        {"source_type": "URL", "source": "a.mp3"},
        {"source_type": "FILE", "source": "a.mp3"},
        {"source_type": "URL", "source": ""},
        {"source_type": "URL"},
    ],
)
def test_audio_that_cannot_be_played(api: Caller, body: object) -> None:
    assert api.refused(calls.PLAY_AUDIO, ring(api), body=body)[0] == 400


@pytest.mark.parametrize("body", [{"text": ""}, {"text": "a", "gender": "x"}, {"text": "a", "loopCount": 0}])
def test_speech_that_cannot_be_spoken(api: Caller, body: object) -> None:
    assert api.refused(calls.PLAY_TTS, ring(api), body=body)[0] == 400


def test_a_bridge_follows_its_calls() -> None:
    api = Caller(AfterSeconds(10))
    first = ring(api)
    api.clock.now += 5
    second, answered = ring(api), at(api, 10)
    made = api.create(bridges.CREATE, call_ids=[first, second])
    assert api.get(bridges.GET, made)["state"] == "CREATED"
    api.clock.now += 30
    row = api.get(bridges.GET, made)
    assert (row["state"], row["activated_time - date"]) == ("ACTIVE", answered)
    api.change(calls.UPDATE, first, state="COMPLETED")
    assert api.get(bridges.GET, made)["state"] == "ACTIVE"
    api.change(calls.DELETE, second)
    row = api.get(bridges.GET, made)
    assert (row["state"], row["completed_time - date"]) == ("COMPLETED", at(api, 0))
    assert api.refused(bridges.UPDATE, made, body={"call_ids": []})[:2] == (400, "SCG_ERROR_4004")
    assert api.rows(bridges.LIST, **{"completed_time - date": "2000-01-01"}) == []


def test_a_bridge_follows_its_calls_without_a_read(api: Caller) -> None:
    made = api.create(bridges.CREATE, call_ids=[ring(api), ring(api)])
    for row in api.rows(bridges.LIST_CALLS, made):
        api.change(calls.UPDATE, str(row["id"]), state="COMPLETED")
    row = api.get(bridges.GET, made)
    assert row["state"] == "COMPLETED"
    assert "activated_time - date" in row


def test_the_calls_of_a_bridge_are_set(api: Caller) -> None:
    first, second = ring(api), ring(api)
    made = api.create(bridges.CREATE, call_ids=[first])
    # Older clients send the version along.
    api.change(bridges.UPDATE, made, call_ids=[second], bridge_audio=True, version_number=1)
    assert [row["id"] for row in api.rows(bridges.LIST_CALLS, made)] == [second]
    other = api.create(bridges.CREATE, call_ids=[second])
    assert api.rows(bridges.LIST_CALLS, made) == []
    assert [row["id"] for row in api.rows(bridges.LIST_CALLS, other, state="ACTIVE")] == [second]
    api.change(calls.UPDATE, second, state="COMPLETED")
    assert api.refused(bridges.CREATE, body={"call_ids": [second]})[:2] == (400, "SCG_ERROR_4004")
    assert api.refused(bridges.LIST_CALLS, "none")[0] == 404


def test_a_conference_ends_when_the_last_call_has(api: Caller) -> None:
    room = api.create(conferences.CREATE, from_=SENDER)
    call = ring(api)
    made = api.create(conference_members.CREATE, room, call_id=call)
    assert api.get(conferences.GET, room)["state"] == "active"
    api.clock.now += 60
    api.change(calls.UPDATE, call, state="COMPLETED")
    row = api.rows(conferences.LIST, state="completed")[0]
    assert (row["completed_time"], row["active_members"]) == (at(api, 0), 0)
    assert api.get(conference_members.GET, room, made)["state"] == "completed"
    assert api.refused(conference_members.CREATE, room, body={"call_id": ring(api)})[0] == 400
    assert api.refused(conferences.UPDATE, room, body={"state": "completed"})[0] == 400
    other = api.create(conferences.CREATE, from_=SENDER)
    assert api.refused(conference_members.CREATE, other, body={"call_id": call})[0] == 400
    assert api.refused(conference_members.GET, other, made)[0] == 404
    assert api.refused(conferences.CREATE, body={"from": "155528999"})[0] == 400


@pytest.mark.parametrize(
    ("fields", "pressed", "digits", "reason"),
    [
        ({"max_digits": "3"}, ["1", "2345"], "123", "MAX_DIGITS"),
        ({"terminating_digits": "#", "max_digits": 9}, ["12", "#3"], "12", "TERMINATING_DIGIT"),
        ({"timeout": "15"}, ["12"], "12", "TIMEOUT"),
        ({"timeout": 60}, ["1*"], "1*", "CALL_ENDED"),
    ],
)
def test_a_collector_ends_for_a_reason(
    api: Caller, fields: dict[str, object], pressed: list[str], digits: str, reason: str
) -> None:
    call = ring(api)
    made = api.create(digits_collectors.CREATE, call, prompt=PROMPT, **fields)
    for keys in pressed:
        api.gateway.press(call, keys)
    if reason == "TIMEOUT":
        assert api.get(digits_collectors.GET, call, made)["state"] == "ACTIVE"
    over, ended = at(api, 15), at(api, 20)
    api.clock.now += 20
    api.change(calls.UPDATE, call, state="COMPLETED")
    row = api.rows(digits_collectors.LIST, call)[0]
    assert (row["state"], row["digits"], row["reason"]) == ("COMPLETED", digits, reason)
    expected = {"TIMEOUT": over, "CALL_ENDED": ended}.get(reason)
    assert expected in (None, row["end_time"])
    assert "prompt" not in row


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": {"voice": "matthew"}},
        {"prompt": PROMPT, "max_digits": "many"},
        {"prompt": PROMPT, "timeout": 0},
        {"prompt": PROMPT, "terminating_digits": "*"},
        {"max_digits": "1"},
    ],
)
def test_collectors_that_make_no_sense(api: Caller, fields: object) -> None:
    assert api.refused(digits_collectors.CREATE, ring(api), body=fields)[0] == 400


def test_keys_are_pressed_on_active_calls_only() -> None:
    api = Caller(AfterSeconds(10))
    made = ring(api)
    assert api.refused(digits_collectors.CREATE, made, body={"prompt": PROMPT})[0] == 400
    with pytest.raises(LookupError):
        api.gateway.press(made, "1")
    api.clock.now += 10
    with pytest.raises(ValueError, match="keys"):
        api.gateway.press(made, "one")


def test_a_token_opens_its_attachment_until_it_expires(api: Caller) -> None:
    key = api.create(attachments.CREATE)
    made = api.create(access_tokens.CREATE, resource="ATTACHMENT", resource_id=key, expiry_time=at(api, 5))
    assert api.gateway.handle(APIRequest(attachments.UPLOAD, (made,), body=b"x")).status == 204
    assert set(api.get(access_tokens.GET, made)).isdisjoint({"resource", "resource_id"})
    api.clock.now += 5
    assert api.refused(attachments.DOWNLOAD, made)[:2] == (404, "SCG_ERROR_4046")
    other = api.create(access_tokens.CREATE, resource="ATTACHMENT", resource_id=key)
    assert api.gateway.handle(APIRequest(attachments.DOWNLOAD, (other,))).value == b"x"
    api.change(access_tokens.DELETE, other)
    assert api.refused(attachments.DOWNLOAD, other)[:2] == (404, "404")
    past = {"resource": "ATTACHMENT", "resource_id": key, "expiry_time": at(api, 0)}
    assert api.refused(access_tokens.CREATE, body=past)[:2] == (400, "SCG_ERROR_4004")


def test_a_contacts_token_is_one_of_all_tokens_but_opens_no_attachment(api: Caller) -> None:
    contact = api.create(contacts.CREATE, first_name="Ann")
    made = api.create(contact_access_tokens.CREATE, contact, duration="60")
    assert api.get(access_tokens.GET, made)["expiry_time"] == at(api, 60)
    assert api.refused(attachments.UPLOAD, made, body=b"x")[:2] == (404, "404")
    for wrong in ("soon", "0", 0):
        assert api.refused(contact_access_tokens.CREATE, contact, body={"duration": wrong})[0] == 400
    api.change(contacts.DELETE, contact)
    assert api.refused(contact_access_tokens.GET, contact, made)[0] == 404


def test_a_collector_without_an_end_stays_while_the_clock_moves() -> None:
    caller = Caller()
    call_id = caller.gateway.receive_call(to="+15552223561", from_=MDN)
    caller.change(calls.UPDATE, call_id, state="ACTIVE")
    collector = caller.create(digits_collectors.CREATE, call_id, prompt={"sentence": "Number?"})
    # Each look at the clock finds it a millisecond further.
    reading = itertools.count(caller.clock.now, 0.001)
    caller.gateway._clock._base = lambda: next(reading)
    caller.gateway.press(call_id, "12")
    assert caller.get(digits_collectors.GET, call_id, collector)["digits"] == "12"
