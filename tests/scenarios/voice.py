"""Calls, digits collectors, bridges, and conferences with their members."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import scgapi
from tests.scenarios.driver import Do, attribute

SENDER = "+15552223561"
NUMBER = "+15552461234"


def _call(do: Do) -> str:
    """A call that somebody has answered."""
    made = do.text("calls.create", from_=SENDER, to=NUMBER)
    assert attribute(do("calls.get", made), "state") == "ACTIVE"
    return made


def calls(do: Do) -> None:
    made = do.text("calls.create", from_=SENDER, to=NUMBER, external_id="e", answer_timeout=30_000)
    with pytest.raises(scgapi.BadRequestError):
        do("calls.play_tts", made, text="Nobody is there yet")
    found = do("calls.get", made)
    assert attribute(found, "state") == "ACTIVE"
    assert (attribute(found, "direction"), attribute(found, "to_address")) == ("OUT", NUMBER)
    assert isinstance(attribute(found, "answer_time"), datetime)
    assert [attribute(call, "id") for call in do.many("calls.list", external_id="e", state="ACTIVE")] == [
        made
    ]

    do("calls.update", made, state="COMPLETED")
    ended = do("calls.get", made)
    assert attribute(ended, "state") == "COMPLETED"
    assert isinstance(attribute(ended, "end_time"), datetime)
    assert isinstance(attribute(ended, "chargeable_duration"), int)
    with pytest.raises(scgapi.BadRequestError):
        do("calls.hang_up", made)
    do("calls.delete", made)
    with pytest.raises(scgapi.NotFoundError):
        do("calls.get", made)


def what_calls_hear(do: Do) -> None:
    made = _call(do)
    audio = attribute(do("attachments.create_and_upload", b"ring", type="audio/mpeg", name="ring"), "id")
    do("calls.play_dtmf", made, dtmf_text="42#")
    do("calls.play_dtmf", made, dtmfText="43#")
    do("calls.play_tts", made, text="Hello", gender="female", loop_enabled=True, loop_count=2)
    do("calls.play_audio", made, attachment=audio)
    do("calls.play_audio", made, url="https://example.com/a.mp3")
    do("calls.play_audio", made, source_type="ATTACHMENT", source=audio)
    call = do("calls.get", made)
    do.on(call, "play_dtmf", dtmf_text="1")
    do.on(call, "play_tts", text="Again")
    do.on(call, "play_audio", attachment=do("attachments.get", audio))
    attached = {"source_type": "ATTACHMENT", "source": audio}
    assert do.gateway.gateway.played(made) == [
        {"dtmfText": "42#"},
        {"dtmfText": "43#"},
        {"text": "Hello", "gender": "female", "loopEnabled": True, "loopCount": 2},
        attached,
        {"source_type": "URL", "source": "https://example.com/a.mp3"},
        attached,
        {"dtmfText": "1"},
        {"text": "Again"},
        attached,
    ]
    with pytest.raises(scgapi.BadRequestError):
        do("calls.play_dtmf", made, dtmf_text="hello")
    empty = do.text("attachments.create", name="empty")
    with pytest.raises(scgapi.PermissionDeniedError):
        do("calls.play_audio", made, attachment=empty)
    for wrong in ({}, {"attachment": audio, "url": "https://example.com/a.mp3"}, {"attachment": ""}):
        with pytest.raises(scgapi.InvalidArgumentError):
            do("calls.play_audio", made, **wrong)


def incoming_calls(do: Do) -> None:
    gateway = do.gateway.gateway
    first = gateway.receive_call(to=SENDER, from_=NUMBER)
    call = do("calls.get", first)
    assert (attribute(call, "direction"), attribute(call, "state")) == ("IN", "STARTED")
    do.on(call, "accept")
    assert attribute(call, "state") == "ACTIVE"
    do.on(call, "hang_up")
    assert attribute(call, "state") == "COMPLETED"
    do.on(call, "delete")

    second = gateway.receive_call(to=SENDER, from_=NUMBER)
    do("calls.accept", second)
    with pytest.raises(scgapi.BadRequestError):
        do("calls.accept", second)
    found = do("calls.get", second)
    setattr(found, "state", "COMPLETED")  # noqa: B010 - the object is of either client
    do.on(found, "update")
    do.on(found, "refresh")
    assert attribute(found, "state") == "COMPLETED"
    with pytest.raises(scgapi.BadRequestError):
        do("calls.accept", _call(do))


def digits_collectors(do: Do) -> None:
    made = _call(do)
    prompt = {"sentence": "Your code, please", "voice": "matthew"}
    first = do.text(
        "calls.digits_collectors.create",
        made,
        prompt=prompt,
        max_digits=6,
        timeout=15,
        terminating_digits="#",
    )
    second = do.text("calls.digits_collectors.create", made, prompt=prompt, max_digits="2")
    do.gateway.gateway.press(made, "5805#9")
    ended = do("calls.digits_collectors.get", made, first)
    assert (attribute(ended, "digits"), attribute(ended, "reason")) == ("5805", "TERMINATING_DIGIT")
    assert attribute(ended, "call_id") == made
    assert attribute(do("calls.digits_collectors.get", made, second), "digits") == "58"
    assert len(do.many("calls.digits_collectors.list", made)) == 2
    assert len(do.many("calls.digits_collectors.list", made, id=second)) == 1
    do("calls.digits_collectors.delete", made, second)
    (left,) = do.many("calls.digits_collectors.list", made)
    do.on(left, "refresh")
    do.on(left, "delete")
    nested = do.on(do("calls.get", made), "digits_collectors")
    assert do.on(nested, "list") == []
    with pytest.raises(scgapi.InvalidArgumentError):
        do("calls.digits_collectors.create", made, max_digits=1)
    with pytest.raises(scgapi.NotFoundError):
        do("calls.digits_collectors.get", _call(do), first)


def bridges(do: Do) -> None:
    one, two, three = _call(do), _call(do), _call(do)
    made = do.text("bridges.create", external_id="e", call_ids=[one], bridge_audio=True)
    bridge = do("bridges.get", made)
    assert attribute(bridge, "state") == "CREATED"
    do("bridges.update", made, call_ids=[one, two])
    do.on(bridge, "refresh")
    assert attribute(bridge, "state") == "ACTIVE"
    assert isinstance(attribute(bridge, "activated_time"), datetime)
    do("bridges.add_calls", made, three, bridge_audio=True)
    assert [attribute(call, "id") for call in do.many("bridges.list_calls", made)] == [one, two, three]
    do("bridges.update", made, call_ids=[one])
    do.on(bridge, "add_calls", [do("calls.get", two)])
    assert len(do.many("bridges.list_calls", made, state="ACTIVE")) == 2
    listed = do.on(bridge, "list_calls")
    assert isinstance(listed, list)
    assert attribute(do("calls.get", one), "bridge_id") == made
    past = (datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC))
    assert [attribute(found, "id") for found in do.many("bridges.list", activated_time=past)] == [made]

    setattr(bridge, "call_ids", [one, two, three])  # noqa: B010 - the object is of either client
    do.on(bridge, "update")
    for call in (one, two, three):
        do("calls.hang_up", call)
    do.on(bridge, "refresh")
    assert attribute(bridge, "state") == "COMPLETED"
    assert isinstance(attribute(bridge, "completed_time"), datetime)
    with pytest.raises(scgapi.BadRequestError):
        do("bridges.add_calls", made, _call(do))
    do.on(bridge, "delete")
    with pytest.raises(scgapi.NotFoundError):
        do("bridges.delete", made)


def bridges_without_calls(do: Do) -> None:
    made = do.text("bridges.create", call_ids=[])
    call = do.text("calls.create", from_=SENDER, to=NUMBER, bridge_id=made)
    assert [attribute(found, "id") for found in do.many("bridges.list_calls", made)] == [call]
    with pytest.raises(scgapi.BadRequestError):
        do("bridges.add_calls", made, "nobody")
    with pytest.raises(scgapi.InvalidArgumentError):
        do("bridges.add_calls", made, [])
    do("bridges.delete", made)
    assert attribute(do("calls.get", call), "bridge_id") is None


def conferences(do: Do) -> None:
    made = do.text("conferences.create", from_=SENDER, external_id="e")
    found = do("conferences.get", made)
    assert (attribute(found, "state"), attribute(found, "active_members")) == ("created", 0)
    with pytest.raises(scgapi.BadRequestError):
        do("conferences.play_tts", made, text="Nobody is there yet")
    one, two = _call(do), _call(do)
    do.text("conferences.members.create", made, call_id=one)
    do.on(do.on(found, "members"), "create", call_id=two, mute=True)
    do.on(found, "refresh")
    assert (attribute(found, "state"), attribute(found, "active_members")) == ("active", 2)

    do("conferences.play_tts", made, text="Welcome", language="en-US")
    do("conferences.play_audio", made, url="https://example.com/a.mp3")
    do.on(found, "play_tts", text="Hello")
    do.on(found, "play_audio", source_type="URL", source="https://example.com/a.mp3")
    assert len(do.gateway.gateway.played(made)) == 4
    assert len(do.many("conferences.list", state="active", from_=SENDER)) == 1

    do("calls.hang_up", one)
    assert attribute(do("conferences.get", made), "active_members") == 1
    do("conferences.update", made, state="completed")
    do.on(found, "refresh")
    assert (attribute(found, "state"), attribute(found, "active_members")) == ("completed", 0)
    assert isinstance(attribute(found, "completed_time"), datetime)
    with pytest.raises(scgapi.BadRequestError):
        do("conferences.members.create", made, call_id=two)
    do.on(found, "delete")
    other = do.text("conferences.create", from_=SENDER)
    do("conferences.delete", other)
    assert do.many("conferences.list") == []


def conference_members(do: Do) -> None:
    room, call = do.text("conferences.create", from_=SENDER), _call(do)
    with pytest.raises(scgapi.BadRequestError):
        do("conferences.members.create", room, call_id="nobody")
    made = do.text("conferences.members.create", room, call_id=call)
    member = do("conferences.members.get", room, made)
    assert (attribute(member, "mute"), attribute(member, "hold")) == (False, False)
    for method, field, value in (
        ("conferences.members.mute", "mute", True),
        ("conferences.members.unmute", "mute", False),
        ("conferences.members.hold", "hold", True),
        ("conferences.members.unhold", "hold", False),
    ):
        do(method, room, made)
        assert attribute(do("conferences.members.get", room, made), field) is value
    do("conferences.members.update", room, made, hold=True, mute=True)
    do.on(member, "set_mute", False)
    do.on(member, "set_hold", False)
    assert (attribute(member, "mute"), attribute(member, "hold")) == (False, False)
    setattr(member, "mute", True)  # noqa: B010 - the object is of either client
    do.on(member, "update")
    do.on(member, "refresh")
    assert attribute(member, "mute") is True
    assert len(do.many("conferences.members.list", room, state="active")) == 1

    do.on(member, "delete")
    assert attribute(do("conferences.get", room), "state") == "completed"
    with pytest.raises(scgapi.NotFoundError):
        do("conferences.members.delete", room, made)
