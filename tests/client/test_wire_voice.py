"""The shape of every request of calls, bridges, conferences and tokens, with both clients."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx
import pytest
import respx

import scgapi
from scgapi._core.json import is_array
from scgapi._core.model.base import ResourceModel
from scgapi.models.attachments import AttachmentData
from scgapi.models.calls import CallData
from tests.both_clients import CLIENT_KINDS, ClientKind, sent
from tests.client.test_wire import API, AUTH, Row, change, creation, listing
from tests.client.test_wire_imports import call

CALLS = "/calling/calls"
COLLECTORS = f"{CALLS}/c/digits_collector"
BRIDGES = "/calling/bridges"
CONFERENCES = "/calling/conferences"
MEMBERS = f"{CONFERENCES}/c/members"
ACCESS = "/contacts/c/access_tokens"
APPLICATION = "/contacts/c/application_tokens"
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, UTC)
NOON_ISO = "2026-11-23T12:00:00.123Z"
ATTACHMENT = AttachmentData.model_validate({"id": "a"})


def deletion(operation: str, path: str, *ids: str) -> Row:
    return Row(operation, "DELETE", path, ids)


def played(
    operation: str, path: str, ids: tuple[str, ...], body: Mapping[str, object], **kwargs: object
) -> Row:
    return Row(operation, "POST", path, ids, kwargs, body=body)


def audio(resource: str, path: str) -> list[Row]:
    """The ways to say what is to be played."""
    name, attached = f"{resource}.play_audio", {"source_type": "ATTACHMENT", "source": "a"}
    return [
        played(name, path, ("i",), attached, attachment="a"),
        played(name, path, ("i",), attached, attachment=ATTACHMENT),
        played(name, path, ("i",), {"source_type": "URL", "source": "https://x"}, url="https://x"),
        played(name, path, ("i",), attached, source_type="ATTACHMENT", source="a"),
    ]


ROWS = [
    listing("calls.list", CALLS, from_="1", state="ACTIVE", answer_timeout=5),
    creation("calls.create", CALLS, from_="1", to="+1555", answer_timeout=30_000, bridge_id=None),
    change("calls.update", "POST", f"{CALLS}/i", "i", state="COMPLETED"),
    played("calls.hang_up", f"{CALLS}/i", ("i",), {"state": "COMPLETED"}),
    played("calls.accept", f"{CALLS}/i", ("i",), {"state": "ACTIVE"}),
    deletion("calls.delete", f"{CALLS}/i", "i"),
    played("calls.play_dtmf", f"{CALLS}/i/play_dtmf", ("i",), {"dtmfText": "1#"}, dtmf_text="1#"),
    played("calls.play_dtmf", f"{CALLS}/i/play_dtmf", ("i",), {"dtmfText": "1#"}, dtmfText="1#"),
    played(
        "calls.play_tts", f"{CALLS}/i/play_tts", ("i",), {"text": "Hi", "loopEnabled": False, "loopCount": 2},
        text="Hi", loop_enabled=False, loop_count=2,
    ),
    *audio("calls", f"{CALLS}/i/play_audio"),
    Row("calls.digits_collectors.list", "GET", COLLECTORS, ("c",), {"id": "x"}, {"id": "x", "limit": "100"}, answer={"list": []}, result=[]),
    Row(
        "calls.digits_collectors.create", "POST", COLLECTORS, ("c",),
        {"max_digits": 10, "timeout": 15, "terminating_digits": "#", "prompt": {"sentence": "Hi"}},
        body={"max_digits": "10", "timeout": 15, "terminating_digits": "#", "prompt": {"sentence": "Hi"}},
        answer={"id": "new"}, result="new",
    ),
    deletion("calls.digits_collectors.delete", f"{COLLECTORS}/i", "c", "i"),
    Row(
        "bridges.list", "GET", BRIDGES, (), {"completed_time": NOON, "activated_time": (NOON, NOON), "state": "ACTIVE"},
        {
            "completed_time - date": NOON_ISO, "activated_time - date": f"[{NOON_ISO},{NOON_ISO}]",
            "state": "ACTIVE", "limit": "100",
        },
        answer={"list": []}, result=[],
    ),
    creation("bridges.create", BRIDGES, external_id="e", call_ids=[], bridge_audio=True),
    change("bridges.update", "POST", f"{BRIDGES}/i", "i", call_ids=["a", "b"]),
    deletion("bridges.delete", f"{BRIDGES}/i", "i"),
    listing("bridges.list_calls", f"{BRIDGES}/i/calls", "i", direction="IN"),
    listing("conferences.list", CONFERENCES, from_="1", state="active"),
    creation("conferences.create", CONFERENCES, from_="1"),
    change("conferences.update", "POST", f"{CONFERENCES}/i", "i", state="completed"),
    deletion("conferences.delete", f"{CONFERENCES}/i", "i"),
    played("conferences.play_tts", f"{CONFERENCES}/i/play_tts", ("i",), {"text": "Hi", "gender": "male"}, text="Hi", gender="male"),
    *audio("conferences", f"{CONFERENCES}/i/play_audio"),
    listing("conferences.members.list", MEMBERS, "c", state="active"),
    creation("conferences.members.create", MEMBERS, "c", call_id="a", mute=False),
    Row("conferences.members.update", "POST", f"{MEMBERS}/i", ("c", "i"), {"hold": True}, body={"hold": True}),
    played("conferences.members.mute", f"{MEMBERS}/i", ("c", "i"), {"mute": True}),
    played("conferences.members.unmute", f"{MEMBERS}/i", ("c", "i"), {"mute": False}),
    played("conferences.members.hold", f"{MEMBERS}/i", ("c", "i"), {"hold": True}),
    played("conferences.members.unhold", f"{MEMBERS}/i", ("c", "i"), {"hold": False}),
    deletion("conferences.members.delete", f"{MEMBERS}/i", "c", "i"),
    listing("access_tokens.list", "/access_tokens", application_id=7),
    creation("access_tokens.create", "/access_tokens", resource="ATTACHMENT", resource_id="a", expiry_time="2026-11-23T12:00Z"),
    deletion("access_tokens.delete", "/access_tokens/i", "i"),
    listing("contacts.access_tokens.list", ACCESS, "c"),
    Row("contacts.access_tokens.create", "POST", ACCESS, ("c",), {"duration": 6000}, body={"duration": "6000"}, answer={"id": "new"}, result="new"),
    deletion("contacts.access_tokens.delete", f"{ACCESS}/i", "c", "i"),
    Row(
        "contacts.application_tokens.list", "GET", APPLICATION, ("c",), {"last_updated_date": NOON, "token": "t"},
        {"last_update_date": NOON_ISO, "token": "t", "limit": "100"}, answer={"list": []}, result=[],
    ),
    creation("contacts.application_tokens.create", APPLICATION, "c", message_delivery_provider="FCM", token="t"),
    Row(
        "contacts.application_tokens.update", "POST", f"{APPLICATION}/i", ("c", "i"), {"token": None, "version_number": 3},
        body={"token": None, "version_number": 3},
    ),
    deletion("contacts.application_tokens.delete", f"{APPLICATION}/i", "c", "i"),
]  # fmt: skip


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.method}")
@respx.mock
def test_each_call_is_the_request_that_the_gateway_expects(row: Row, client_kind: ClientKind) -> None:
    answer = httpx.Response(204) if row.answer is None else httpx.Response(200, json=row.answer)
    route = respx.route().mock(return_value=answer)
    assert call(client_kind, row.name, row.args, row.kwargs) == row.result
    request = route.calls.last.request
    assert (request.method, f"{request.url.copy_with(query=None)}") == (row.method, API + row.path)
    assert dict(request.url.params) == (row.query or {})
    assert (json.loads(request.content) if request.content else None) == row.body


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("name", "args", "path"),
    [
        ("calls.get", (), CALLS),
        ("calls.digits_collectors.get", ("c",), COLLECTORS),
        ("bridges.get", (), BRIDGES),
        ("conferences.get", (), CONFERENCES),
        ("conferences.members.get", ("c",), MEMBERS),
        ("access_tokens.get", (), "/access_tokens"),
        ("contacts.access_tokens.get", ("c",), ACCESS),
        ("contacts.application_tokens.get", ("c",), APPLICATION),
    ],
)
@respx.mock
def test_get_reads_one_object_and_binds_it(
    name: str, args: tuple[str, ...], path: str, client_kind: ClientKind
) -> None:
    respx.get(f"{API}{path}/a%2Fb").respond(json={"id": "a/b", "last_update_date": 1656704873258, "new": 1})
    found = call(client_kind, name, (*args, "a/b"), {})
    assert isinstance(found, ResourceModel)
    assert (found.id, found.model_extra) == ("a/b", {"new": 1})
    assert found.last_updated_date == datetime(2022, 7, 1, 19, 47, 53, 258000, UTC)
    assert type(found).__name__.startswith("Async") == (client_kind == "async")


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_calls_are_added_to_those_that_are_in_the_bridge(client_kind: ClientKind) -> None:
    present = [{"id": "a", "state": "ACTIVE"}, {"id": "b", "state": "COMPLETED"}, {"id": "c"}]
    respx.get(f"{API}{BRIDGES}/i/calls").respond(json={"list": present, "total": 3})
    route = respx.post(f"{API}{BRIDGES}/i").respond(204)
    added = ["c", CallData.model_validate({"id": "d"})]
    call(client_kind, "bridges.add_calls", ("i", added), {"bridge_audio": True})
    (request,) = sent(route)
    assert json.loads(request.content) == {"call_ids": ["a", "c", "d"], "bridge_audio": True}


@pytest.mark.parametrize(
    "kwargs",
    [
        {},
        {"attachment": "a", "url": "https://x"},
        {"attachment": ""},
        {"source": "a"},
        {"source_type": "URL"},
    ],
)
@pytest.mark.parametrize("resource", ["calls", "conferences"])
@respx.mock
def test_what_is_played_is_one_thing(resource: str, kwargs: dict[str, object]) -> None:
    with pytest.raises(scgapi.InvalidArgumentError):
        call("sync", f"{resource}.play_audio", ("i",), kwargs)
    assert not respx.calls


@respx.mock
def test_what_takes_no_version_is_updated_without_one() -> None:
    respx.get(f"{API}{MEMBERS}/i").respond(json={"id": "i", "version_number": 4, "mute": False})
    route = respx.post(f"{API}{MEMBERS}/i").respond(204)
    with scgapi.Client(AUTH) as scg:
        member = scg.conferences.members("c").get("i")
        member.mute = True
        member.update()
        member.update()
    assert [json.loads(request.content) for request in sent(route)] == [{"mute": True}]


@respx.mock
def test_the_spellings_that_sources_disagree_on_are_read() -> None:
    respx.get(f"{API}{CALLS}").respond(
        json={"list": [{"id": "c", "end_time": [1656704873258], "failure_details": "busy", "from": "+1555"}]}
    )
    respx.get(f"{API}{BRIDGES}").respond(
        json={"list": [{"id": "b", "completed_time - date": 0}, {"id": "b", "completed_time": 0}]}
    )
    respx.get(f"{API}{MEMBERS}/i").respond(json={"id": "i", "callId": "c"})
    with scgapi.Client(AUTH) as scg:
        (found,) = scg.calls.list()
        ended = [bridge.completed_time for bridge in scg.bridges.list()]
        member = scg.conferences.members("c").get("i")
    assert found.end_time == datetime(2022, 7, 1, 19, 47, 53, 258000, UTC)
    assert (found.failure_details, found.from_) == ("busy", "+1555")
    assert ended == [datetime(1970, 1, 1, tzinfo=UTC)] * 2
    assert member.call_id == "c"


@respx.mock
def test_tokens_and_numbers_are_in_no_repr() -> None:
    respx.get(f"{API}/access_tokens").respond(json={"list": [{"id": "s3cret", "version_number": 1}]})
    respx.get(f"{API}{ACCESS}").respond(json={"list": [{"id": "s3cret"}]})
    respx.get(f"{API}{APPLICATION}").respond(json={"list": [{"id": "a", "token": "s3cret"}]})
    respx.get(f"{API}{CALLS}").respond(json={"list": [{"id": "c", "from": "s3cret", "to_address": "s3cret"}]})
    respx.get(f"{API}{COLLECTORS}").respond(json={"list": [{"id": "d", "digits": "s3cret"}]})
    for name, args in (
        ("access_tokens", ()),
        ("contacts.access_tokens", ("c",)),
        ("contacts.application_tokens", ("c",)),
        ("calls", ()),
        ("calls.digits_collectors", ("c",)),
    ):
        listed = call("sync", f"{name}.list", args, {})
        assert is_array(listed)
        assert len(listed) == 1
        assert "s3cret" not in repr(listed) + str(listed[0])


@pytest.mark.parametrize("parent", ["", "..", " "])
def test_a_nested_resource_needs_the_id_of_its_owner(parent: str) -> None:
    with scgapi.Client(AUTH) as scg:
        for nested in (
            scg.calls.digits_collectors,
            scg.conferences.members,
            scg.contacts.access_tokens,
            scg.contacts.application_tokens,
        ):
            with pytest.raises(scgapi.InvalidArgumentError):
                nested(parent)
