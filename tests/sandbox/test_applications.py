"""Communication applications and auto alias: transitions and refusals."""

from __future__ import annotations

import pytest

from scgapi.models import (
    application_instances,
    application_scripts,
    application_sessions,
    auto_alias,
    channels,
    connectors,
    message_requests,
    sender_ids,
)
from scgapi.sandbox.state.store import Document
from tests.sandbox.calls import MDN, Caller

SMS, MMS, VOICE = "15555551122", "155528999", "+15552223561"
SCRIPT = '<script name="Survey"><step name="greet"/><step id="ask"><nothing/></step></script>'


@pytest.fixture
def api() -> Caller:
    return Caller()


def sender_id(api: Caller, address: str) -> str:
    return next(str(row["id"]) for row in api.rows(sender_ids.LIST) if row["address"] == address)


def instance(api: Caller, address: str = SMS, script: str = SCRIPT) -> str:
    key = api.create(application_scripts.CREATE, name="Survey", description="Asks", body=script)
    return api.create(application_instances.CREATE, script_id=key, sender_id=sender_id(api, address))


def session(api: Caller, owner: str, **fields: object) -> str:
    return api.create(application_sessions.CREATE, owner, to_address=MDN, **fields)


def history(api: Caller) -> list[Document]:
    return api.rows(auto_alias.LIST)


def test_a_script_must_be_xml(api: Caller) -> None:
    for body in ({}, {"body": None}, {"body": ""}):
        assert api.refused(application_scripts.CREATE, body=body)[1] == "SCG_ERROR_4001"
    for text in ("no XML", "<open>", "<a/><b/>"):
        assert api.refused(application_scripts.CREATE, body={"body": text})[1] == "SCG_ERROR_40025"


def test_an_instance_needs_its_script_and_sender_id(api: Caller) -> None:
    made = api.get(application_instances.GET, instance(api))
    whole = {"script_id": made["script_id"], "sender_id": made["sender_id"]}
    for change, code in (
        ({"script_id": None}, "SCG_ERROR_4001"),
        ({"script_id": "nothing"}, "SCG_ERROR_4004"),
        ({"sender_id": "nothing"}, "SCG_ERROR_4004"),
        ({"state": "BORED"}, "SCG_ERROR_4004"),
    ):
        assert api.refused(application_instances.CREATE, body={**whole, **change})[1] == code
    api.change(
        application_instances.REPLACE, str(made["id"]), **whole, allow_incoming_call="true", state="DISABLED"
    )
    api.change(application_instances.REPLACE, str(made["id"]), **whole)
    row = api.get(application_instances.GET, str(made["id"]))
    assert (row["state"], row["allow_incoming_call"], row["version_number"]) == ("ENABLED", "false", 3)
    assert (row["createTime"], row["description"]) == (made["created_date"], "Asks")


@pytest.mark.parametrize(
    ("states", "allowed"),
    [
        (["ACTIVE", "PAUSED", "ACTIVE", "COMPLETED"], True),
        (["NOTSTARTED", "COMPLETED", "COMPLETED"], True),
        (["PAUSED"], False),
        (["ACTIVE", "NOTSTARTED"], False),
        (["COMPLETED", "ACTIVE"], False),
        (["DANCING"], False),
    ],
)
def test_state_changes_of_a_session(api: Caller, states: list[str], allowed: bool) -> None:
    owner = instance(api)
    made = session(api, owner)
    *before, last = states
    for state in before:
        api.change(application_sessions.REPLACE, owner, made, state=state)
    reply = api.reply(application_sessions.REPLACE, owner, made, body={"state": last})
    assert (reply.status == 204) is allowed
    row = api.get(application_sessions.GET, owner, made)
    reached = last if allowed else ["NOTSTARTED", *before][-1]
    assert (row["to_address"], row["state"]) == (MDN, reached)
    assert ("start_time" in row) is ("ACTIVE" in [*before, reached])
    assert ("complete_time" in row) is ("COMPLETED" in [*before, reached])


def test_sessions_belong_to_their_instance(api: Caller) -> None:
    one, two = instance(api, VOICE), instance(api)
    made = session(api, one, state="ACTIVE")
    row = api.get(application_sessions.GET, one, made)
    assert (row["type"], row["state"], row["instance_id"]) == ("VOICE", "ACTIVE", one)
    assert api.refused(application_sessions.GET, two, made)[0] == 404
    assert api.rows(application_sessions.LIST, two) == []
    assert api.refused(application_sessions.LIST, "nothing")[0] == 404
    assert api.refused(application_sessions.CREATE, one, body={})[1] == "SCG_ERROR_4001"
    other = session(api, two)
    api.change(application_instances.DELETE, one)
    assert [row["id"] for row in api.rows(application_sessions.LIST, two)] == [other]


def test_results_move_a_session_through_its_script(api: Caller) -> None:
    owner = instance(api)
    made = session(api, owner)

    def after(**result: object) -> object:
        reply = api.reply(application_sessions.SEND_PROCESSOR_RESULT, owner, made, body=result)
        assert reply.status == 204, reply
        return api.get(application_sessions.GET, owner, made)["state"]

    assert [after(), after(next_step="greet"), after(call_id="c"), after()] == ["ACTIVE"] * 3 + ["COMPLETED"]
    row = api.get(application_sessions.GET, owner, made)
    assert (row["call_id"], "step" in row) == ("c", False)
    operation = application_sessions.SEND_PROCESSOR_RESULT
    assert api.refused(operation, owner, made, body={})[1] == "SCG_ERROR_4004"
    fresh = session(api, owner)
    assert api.refused(operation, owner, fresh, body={"next_step": "Survey"})[1] == "SCG_ERROR_4004"
    nameless = instance(api, script="<script><step/></script>")
    api.change(operation, nameless, session(api, nameless), next_step="anything")
    api.change(application_scripts.DELETE, str(api.get(application_instances.GET, owner)["script_id"]))
    assert api.refused(operation, owner, fresh, body={})[0] == 404


def test_a_connector_does_not_show_its_credentials(api: Caller) -> None:
    whole = {"type": "AZURE_BOT_DIRECT_LINE", "sender_id": sender_id(api, SMS), "credentials": '{"a": 1}'}
    made = api.create(connectors.CREATE, **whole)
    assert "credentials" not in api.get(connectors.GET, made)
    assert "credentials" not in api.rows(connectors.LIST, type="AZURE_BOT_DIRECT_LINE")[0]
    for change, code in (
        ({"type": "PIGEON"}, "SCG_ERROR_4004"),
        ({"sender_id": "nothing"}, "SCG_ERROR_4004"),
        ({"sender_id": None}, "SCG_ERROR_4001"),
    ):
        assert api.refused(connectors.CREATE, body={**whole, **change})[1] == code
        update = {**change, "version_number": 1}
        assert api.refused(connectors.UPDATE, made, body=update)[1] == code


def test_an_alias_stays_with_its_sender_id(api: Caller) -> None:
    for alias in ("Ann", "Bob", "Ann"):
        api.change(auto_alias.CREATE_MESSAGE_REQUEST, from_=alias, to=[MDN], body="Hi")
    ann, bob, again = (row["sender_id"] for row in history(api))
    assert (ann == again, ann == bob) == (True, False)
    row = api.get(sender_ids.GET, str(ann))
    api.change(sender_ids.UPDATE, str(ann), state="INACTIVE", version_number=row["version_number"])
    api.change(auto_alias.CREATE_MESSAGE_REQUEST, from_="Ann", to=[MDN], body="Hi")
    assert history(api)[-1]["sender_id"] not in (ann, bob)  # the one with the fewest aliases


def test_the_sender_can_be_given(api: Caller) -> None:
    channel = api.create(channels.CREATE, name="Texts")
    api.add(channels.ADD_SENDER_ID, channel, sender_ids=[sender_id(api, MMS)])
    for sender in (f"channel:{channel}", sender_id(api, MMS), MMS, f"sender_id:{sender_id(api, MMS)}"):
        api.change(auto_alias.CREATE_MESSAGE_REQUEST, from_=sender, to=[MDN], body="Hi")
    assert {row["sender_id_address"] for row in history(api)} == {MMS}
    assert len({row["alias"] for row in history(api)}) == 4


def test_a_failed_send_adds_no_history(api: Caller) -> None:
    operation = auto_alias.CREATE_MESSAGE_REQUEST
    assert api.refused(operation, body={"body": "Hi"})[1] == "SCG_ERROR_4001"
    assert api.refused(operation, body={"to": ["nobody"], "body": "Hi"})[1] == "SCG_ERROR_40024"
    assert api.refused(operation, body={"to": [MDN], "from": VOICE})[1] == "SCG_ERROR_40012"
    for row in api.rows(sender_ids.LIST, state="ACTIVE"):
        api.change(sender_ids.UPDATE, str(row["id"]), state="INACTIVE", version_number=row["version_number"])
    assert api.refused(operation, body={"to": [MDN], "body": "Hi"})[1] == "SCG_ERROR_40012"
    assert (history(api), api.rows(message_requests.LIST)) == ([], [])
