"""Communication applications, connectors and auto alias."""

from __future__ import annotations

import pytest

import scgapi
from tests.scenarios.driver import Do, attribute

SCRIPT = '<script><step name="greet"/><step name="ask"/></script>'


def _sender(do: Do) -> object:
    (found,) = (found for found in do.many("sender_ids.list") if attribute(found, "address") == "155528999")
    return attribute(found, "id")


def _script(do: Do) -> str:
    return do.text("application_scripts.create", name="Survey", description="Asks", body=SCRIPT)


def _instance(do: Do) -> str:
    return do.text("application_instances.create", script_id=_script(do), sender_id=_sender(do))


def application_scripts(do: Do) -> None:
    made = _script(do)
    assert [attribute(found, "id") for found in do.many("application_scripts.list", id=made)] == [made]
    script = do("application_scripts.get", made)
    assert (attribute(script, "body"), attribute(script, "version_number")) == (SCRIPT, 1)
    assert attribute(script, "create_time") == attribute(script, "created_date")
    do("application_scripts.replace", made, name="Poll", body=SCRIPT)
    do.on(script, "refresh")
    assert (attribute(script, "name"), attribute(script, "description")) == ("Poll", None)
    setattr(script, "description", "Asks again")  # noqa: B010 - of either client
    do.on(script, "replace")
    assert attribute(do("application_scripts.get", made), "description") == "Asks again"
    with pytest.raises(scgapi.BadRequestError):
        do("application_scripts.replace", made, body="<script>")
    do.on(script, "delete")
    with pytest.raises(scgapi.NotFoundError):
        do("application_scripts.delete", made)


def application_instances(do: Do) -> None:
    script, sender = _script(do), _sender(do)
    with pytest.raises(scgapi.BadRequestError):
        do("application_instances.create", script_id="nowhere", sender_id=sender)
    made = do.text("application_instances.create", script_id=script, sender_id=sender)
    instance = do("application_instances.get", made)
    assert (attribute(instance, "state"), attribute(instance, "description")) == ("ENABLED", "Asks")
    do("application_instances.replace", made, script_id=script, sender_id=sender, state="DISABLED")
    with pytest.raises(scgapi.BadRequestError):
        do("application_instances.sessions.create", made, to_address="+15552461234")
    do.on(instance, "refresh")
    setattr(instance, "state", "ENABLED")  # noqa: B010 - of either client
    do.on(instance, "replace")
    assert [attribute(found, "state") for found in do.many("application_instances.list", id=made)] == [
        "ENABLED"
    ]
    session = do.text("application_instances.sessions.create", made, to_address="+15552461234")
    do("application_instances.delete", made)
    with pytest.raises(scgapi.NotFoundError):
        do("application_instances.sessions.get", made, session)
    again = do(
        "application_instances.get",
        do.text("application_instances.create", script_id=script, sender_id=sender),
    )
    do.on(again, "delete")


def application_sessions(do: Do) -> None:
    instance = _instance(do)
    made = do.text("application_instances.sessions.create", instance, to_address="+15552461234")
    session = do("application_instances.sessions.get", instance, made)
    assert [attribute(session, name) for name in ("state", "type", "direction")] == [
        "NOTSTARTED",
        "SMS",
        "OUT",
    ]
    do(
        "application_instances.sessions.send_processor_result",
        instance,
        made,
        processor_id="p",
        next_step="ask",
    )
    do.on(session, "refresh")
    assert (attribute(session, "state"), attribute(session, "start_time") is None) == ("ACTIVE", False)
    with pytest.raises(scgapi.BadRequestError):
        do.on(session, "send_processor_result", next_step="dance")
    do("application_instances.sessions.replace", instance, made, state="PAUSED")
    do.on(session, "refresh")
    setattr(session, "state", "ACTIVE")  # noqa: B010 - of either client
    do.on(session, "replace")
    do.on(session, "send_processor_result", call_id="c", prompt="Goodbye")
    (listed,) = do.many("application_instances.sessions.list", instance)
    assert (attribute(listed, "state"), attribute(listed, "call_id")) == ("COMPLETED", "c")
    with pytest.raises(scgapi.BadRequestError):
        do("application_instances.sessions.replace", instance, made, state="ACTIVE")
    with pytest.raises(scgapi.BadRequestError):
        do.on(session, "send_processor_result", next_step="ask")
    do.on(listed, "delete")
    with pytest.raises(scgapi.NotFoundError):
        do("application_instances.sessions.delete", instance, made)
    siblings = do.on(do("application_instances.get", instance), "sessions")
    assert do.on(siblings, "list") == []


def application_sessions_step_by_step(do: Do) -> None:
    sessions = do.on(do("application_instances.get", _instance(do)), "sessions")
    made = do.on(sessions, "create", to_address="+15552461234")
    states: list[object] = []
    for _ in ("greet", "ask", "end"):
        do.on(sessions, "send_processor_result", made)
        states.append(attribute(do.on(sessions, "get", made), "state"))
    assert states == ["ACTIVE", "ACTIVE", "COMPLETED"]


def connectors(do: Do) -> None:
    sender = _sender(do)
    bot = {"type": "AZURE_BOT_DIRECT_LINE", "sender_id": sender}
    made = do.text("connectors.create", external_id="bot", credentials={"secret": "s"}, **bot)
    with pytest.raises(scgapi.BadRequestError):
        do("connectors.create", type="AZURE_BOT_DIRECT_LINE", sender_id="nowhere")
    with pytest.raises(scgapi.ConflictError):
        do("connectors.create", external_id="bot", **bot)
    do("connectors.update", made, external_id="robot", version_number=1)
    connector = do("connectors.get", made)
    assert (attribute(connector, "external_id"), attribute(connector, "credentials")) == ("robot", None)
    setattr(connector, "external_id", "android")  # noqa: B010 - of either client
    do.on(connector, "update")
    do.on(connector, "refresh")
    assert attribute(connector, "version_number") == 3
    assert [attribute(found, "id") for found in do.many("connectors.list", external_id="android")] == [made]
    do("connectors.delete", made)
    with pytest.raises(scgapi.NotFoundError):
        do.on(connector, "delete")


def auto_alias(do: Do) -> None:
    for alias in ("Ann", "Bob", "Ann"):
        do(
            "auto_alias.message_requests.create",
            from_=alias,
            to=["+15552461234"],
            body="Hi",
            external_id=alias,
        )
    ann, bob, again = do.many("auto_alias.history.list")
    assert attribute(ann, "sender_id") == attribute(again, "sender_id") != attribute(bob, "sender_id")
    sent = do.many("message_requests.list", external_id="Bob")
    assert [attribute(request, "from_") for request in sent] == [f"sender_id:{attribute(bob, 'sender_id')}"]
    assert do("auto_alias.history.get", attribute(ann, "id")) == ann
    do.on(ann, "refresh")
    do.on(ann, "delete")
    do("auto_alias.history.delete", attribute(again, "id"))
    with pytest.raises(scgapi.BadRequestError):
        do("auto_alias.message_requests.create", to=["nobody"], body="Hi")
    made_up = do("auto_alias.message_requests.create", from_="155528999", to=["+15552461234"], body="Hi")
    assert made_up is None
    _, last = do.many("auto_alias.history.list")
    assert attribute(last, "sender_id_address") == "155528999"
