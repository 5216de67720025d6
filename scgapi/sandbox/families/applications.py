"""Communication applications: scripts, instances that follow them, and the sessions in which they talk."""

from __future__ import annotations

from xml.parsers.expat import ExpatError, ParserCreate

from scgapi.models import application_instances, application_scripts, application_sessions
from scgapi.sandbox.checks import checked_body
from scgapi.sandbox.errors import GatewayError, invalid, invalid_payload, missing, not_found
from scgapi.sandbox.families.sender_ids import SENDER_IDS
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.store import Document, texts
from scgapi.sandbox.world import Call, Handlers, Reply, World

_STATES = ("ENABLED", "DISABLED")
_STEP = "step"  # where a session is in its script; the gateway does not tell it
# The states that may follow each state of a session; to stay as it is is always allowed.
_NEXT = {
    "NOTSTARTED": ("ACTIVE", "COMPLETED"),
    "ACTIVE": ("PAUSED", "COMPLETED"),
    "PAUSED": ("ACTIVE", "COMPLETED"),
    "COMPLETED": (),
}


def _prepare_script(_world: World, fields: Document, _current: Document | None) -> None:
    if not fields.get("body"):
        raise missing("body")
    _steps(fields)


def _steps(script: Document) -> list[str]:
    """The names that the elements inside the script have, in their order.

    Raises:
        GatewayError: the script is no XML.
    """
    found: list[str] = []
    tags: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get("name") or attributes.get("id")
        if tags and name:
            found.append(name)
        tags.append(tag)

    parser = ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(str(script["body"]), True)
    except ExpatError as error:
        raise invalid_payload(f"the script is no XML: {error}") from None
    return found


def _prepare_instance(world: World, fields: Document, _current: Document | None) -> None:
    for name, rows in (("script_id", SCRIPTS.rows(world)), ("sender_id", SENDER_IDS.rows(world))):
        if not fields.get(name):
            raise missing(name)
        if fields[name] not in rows:
            raise invalid(name, str(fields[name]))
    fields["state"] = fields.get("state") or _STATES[0]
    fields["allow_incoming_call"] = fields.get("allow_incoming_call") or "false"
    if fields["state"] not in _STATES:
        raise invalid("state", str(fields["state"]))


def _show_script(_world: World, row: Document) -> Document:
    return {**row, "createTime": row["created_date"], "modifyTime": row["last_updated_date"]}


def _show_instance(world: World, row: Document) -> Document:
    script = SCRIPTS.rows(world).find(str(row["script_id"])) or {}
    return {**_show_script(world, row), "description": script.get("description")}


def _remove_sessions(world: World, instance: Document) -> None:
    rows = SESSIONS.rows(world)
    for row in rows.rows():
        if row["instance_id"] == instance["id"]:
            rows.remove(str(row["id"]))


def _list_sessions(world: World, call: Call) -> Reply:
    INSTANCES.rows(world).get(call.ids[0])
    rows = SESSIONS.rows(world).rows()
    return SESSIONS.page(world, call, [row for row in rows if row["instance_id"] == call.ids[0]])


def _create_session(world: World, call: Call) -> Reply:
    instance = INSTANCES.rows(world).get(call.ids[0])
    body = checked_body(call.operation, call.body)
    if not body.get("to_address"):
        raise missing("to_address")
    if instance["state"] != "ENABLED":
        raise invalid("instance_id", f"the instance is {instance['state']}")
    sender = SENDER_IDS.rows(world).find(str(instance["sender_id"])) or {}
    kinds = texts(sender.get("capabilities"))
    session: Document = {
        "to_address": body["to_address"],
        "state": "NOTSTARTED",
        "instance_id": instance["id"],
        "type": next((kind for kind in ("SMS", "VOICE") if kind in kinds), "FB"),
        "direction": "OUT",
    }
    moved = _moved(world, session, body.get("state") or "NOTSTARTED")
    return Reply(200, {"id": SESSIONS.rows(world).add({**session, **moved})})


def _get_session(world: World, call: Call) -> Reply:
    return Reply(200, SESSIONS.show(world, _session(world, call)))


def _replace_session(world: World, call: Call) -> Reply:
    session = _session(world, call)
    body = checked_body(call.operation, call.body)
    fields: Document = {"to_address": body.get("to_address") or session["to_address"]}
    fields.update(_moved(world, session, body.get("state") or session["state"]))
    SESSIONS.rows(world).change(call.ids[1], fields)
    return Reply()


def _delete_session(world: World, call: Call) -> Reply:
    _session(world, call)
    SESSIONS.rows(world).remove(call.ids[1])
    return Reply()


def _send_processor_result(world: World, call: Call) -> Reply:
    """The session goes on with the step that the result names, or with the following one; after the last it ends."""
    session = _session(world, call)
    body = checked_body(call.operation, call.body)
    if session["state"] == "COMPLETED":
        raise invalid("session_id", "the session is COMPLETED")
    fields: Document = {"call_id": body["call_id"]} if body.get("call_id") else {}
    step = _next_step(_steps_of(world, session), session.get(_STEP), body.get("next_step"))
    if step is None:
        fields.update(_moved(world, session, "COMPLETED"))
    elif session["state"] == "NOTSTARTED":
        fields.update(_moved(world, session, "ACTIVE"))
    SESSIONS.rows(world).change(call.ids[1], {**fields, _STEP: step})
    return Reply()


def _next_step(steps: list[str], current: object, wanted: object) -> object:
    if wanted:
        # The grammar of scripts is not published: where no names are found, any may be right.
        if steps and wanted not in steps:
            raise invalid("next_step", f"the script has no step {wanted!r}")
        return wanted
    follows = steps.index(current) + 1 if isinstance(current, str) and current in steps else 0
    return steps[follows] if follows < len(steps) else None


def _session(world: World, call: Call) -> Document:
    INSTANCES.rows(world).get(call.ids[0])
    row = SESSIONS.rows(world).get(call.ids[1])
    if row["instance_id"] != call.ids[0]:
        raise not_found(call.ids[1])
    return row


def _steps_of(world: World, session: Document) -> list[str]:
    instance = INSTANCES.rows(world).get(str(session["instance_id"]))
    script = SCRIPTS.rows(world).find(str(instance["script_id"]))
    if script is None:
        raise GatewayError(404, "404", f"Requested resource not found: script {instance['script_id']}")
    return _steps(script)


def _moved(world: World, session: Document, state: object) -> Document:
    """The fields that follow from the session's next state.

    Raises:
        GatewayError: a session in its state cannot come into that one.
    """
    current = str(session["state"])
    if state != current and state not in _NEXT[current]:
        raise invalid("state", f"a session that is {current} cannot become {state}")
    fields: Document = {"state": state}
    if state == "ACTIVE" and "start_time" not in session:
        fields["start_time"] = world.now()
    if state == "COMPLETED" and "complete_time" not in session:
        fields["complete_time"] = world.now()
    return fields


def _show_session(_world: World, row: Document) -> Document:
    shown = {name: value for name, value in row.items() if name != _STEP}
    return {**shown, "createTime": row["created_date"]}


SCRIPTS = Resource(
    spec=application_scripts,
    model=application_scripts.ApplicationScriptData,
    prepare=_prepare_script,
    show=_show_script,
)
INSTANCES = Resource(
    spec=application_instances,
    model=application_instances.ApplicationInstanceData,
    prepare=_prepare_instance,
    show=_show_instance,
    removed=_remove_sessions,
)
SESSIONS = Resource(
    spec=application_sessions, model=application_sessions.ApplicationSessionData, show=_show_session
)

HANDLERS: Handlers = {
    **SCRIPTS.handlers(),
    **INSTANCES.handlers(),
    application_sessions.LIST: _list_sessions,
    application_sessions.CREATE: _create_session,
    application_sessions.GET: _get_session,
    application_sessions.REPLACE: _replace_session,
    application_sessions.DELETE: _delete_session,
    application_sessions.SEND_PROCESSOR_RESULT: _send_processor_result,
}
