"""Communication applications: scripts, instances of scripts, and sessions of instances."""

from __future__ import annotations

from dataclasses import replace
from xml.parsers.expat import ExpatError, ParserCreate

from scgapi.models import application_instances, application_scripts, application_sessions
from scgapi.sandbox.errors import GatewayError, invalid, invalid_payload, missing, not_found
from scgapi.sandbox.handlers.sender_ids import SENDER_IDS
from scgapi.sandbox.resources.body_checks import checked_body
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers
from scgapi.sandbox.state.store import Document, texts

_STATES = ("ENABLED", "DISABLED")
# Current step of a session in its script; responses do not show it.
_STEP = "step"
# States that may follow each state of a session. A session may always keep its state.
_NEXT = {
    "NOTSTARTED": ("ACTIVE", "COMPLETED"),
    "ACTIVE": ("PAUSED", "COMPLETED"),
    "PAUSED": ("ACTIVE", "COMPLETED"),
    "COMPLETED": (),
}


def _prepare_script(_account: Account, fields: Document, _current: Document | None) -> None:
    if not fields.get("body"):
        raise missing("body")
    _steps(fields)


def _steps(script: Document) -> list[str]:
    """Return the names of the elements inside the script, in their order.

    Raises:
        GatewayError: the script is not XML.
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
        raise invalid_payload(f"the script is not XML: {error}") from None
    return found


def _prepare_instance(account: Account, fields: Document, _current: Document | None) -> None:
    for name, rows in (("script_id", SCRIPTS.rows(account)), ("sender_id", SENDER_IDS.rows(account))):
        if not fields.get(name):
            raise missing(name)
        if fields[name] not in rows:
            raise invalid(name, str(fields[name]))
    fields["state"] = fields.get("state") or _STATES[0]
    fields["allow_incoming_call"] = fields.get("allow_incoming_call") or "false"
    if fields["state"] not in _STATES:
        raise invalid("state", str(fields["state"]))


def _show_script(_account: Account, row: Document) -> Document:
    return {**row, "createTime": row["created_date"], "modifyTime": row["last_updated_date"]}


def _show_instance(account: Account, row: Document) -> Document:
    script = SCRIPTS.rows(account).find(str(row["script_id"])) or {}
    return {**_show_script(account, row), "description": script.get("description")}


def _remove_sessions(account: Account, instance: Document) -> None:
    rows = SESSIONS.rows(account)
    for row in rows.rows():
        if row["instance_id"] == instance["id"]:
            rows.remove(str(row["id"]))


def _list_sessions(account: Account, request: APIRequest) -> APIResponse:
    INSTANCES.rows(account).get(request.ids[0])
    rows = SESSIONS.rows(account).rows()
    return SESSIONS.page(account, request, [row for row in rows if row["instance_id"] == request.ids[0]])


def _create_session(account: Account, request: APIRequest) -> APIResponse:
    instance = INSTANCES.rows(account).get(request.ids[0])
    body = SESSIONS.body(replace(request, ids=()))
    if not body.get("to_address"):
        raise missing("to_address")
    if instance["state"] != "ENABLED":
        raise invalid("instance_id", f"the instance is {instance['state']}")
    sender = SENDER_IDS.rows(account).find(str(instance["sender_id"])) or {}
    kinds = texts(sender.get("capabilities"))
    session: Document = {
        "to_address": body["to_address"],
        "state": "NOTSTARTED",
        "instance_id": instance["id"],
        "type": next((kind for kind in ("SMS", "VOICE") if kind in kinds), "FB"),
        "direction": "OUT",
    }
    moved = _state_fields(account, session, body.get("state") or "NOTSTARTED")
    return APIResponse(200, {"id": SESSIONS.rows(account).add({**session, **moved})})


def _get_session(account: Account, request: APIRequest) -> APIResponse:
    return APIResponse(200, SESSIONS.show(account, _session(account, request)))


def _replace_session(account: Account, request: APIRequest) -> APIResponse:
    session = _session(account, request)
    body = SESSIONS.body(request)
    fields: Document = {"to_address": body.get("to_address") or session["to_address"]}
    fields.update(_state_fields(account, session, body.get("state") or session["state"]))
    SESSIONS.rows(account).change(request.ids[1], fields)
    return APIResponse()


def _delete_session(account: Account, request: APIRequest) -> APIResponse:
    _session(account, request)
    SESSIONS.rows(account).remove(request.ids[1])
    return APIResponse()


def _send_processor_result(account: Account, request: APIRequest) -> APIResponse:
    """Move the session to the step that the result names, or to the following one; after the last it is COMPLETED."""
    session = _session(account, request)
    body = checked_body(request.operation, request.body)
    if session["state"] == "COMPLETED":
        raise invalid("session_id", "the session is COMPLETED")
    fields: Document = {"call_id": body["call_id"]} if body.get("call_id") else {}
    step = _next_step(_steps_of(account, session), session.get(_STEP), body.get("next_step"))
    if step is None:
        fields.update(_state_fields(account, session, "COMPLETED"))
    elif session["state"] == "NOTSTARTED":
        fields.update(_state_fields(account, session, "ACTIVE"))
    SESSIONS.rows(account).change(request.ids[1], {**fields, _STEP: step})
    return APIResponse()


def _next_step(steps: list[str], current: object, wanted: object) -> object:
    if wanted:
        # The grammar of scripts is not published: a script without names allows any step.
        if steps and wanted not in steps:
            raise invalid("next_step", f"the script has no step {wanted!r}")
        return wanted
    follows = steps.index(current) + 1 if isinstance(current, str) and current in steps else 0
    return steps[follows] if follows < len(steps) else None


def _session(account: Account, request: APIRequest) -> Document:
    INSTANCES.rows(account).get(request.ids[0])
    row = SESSIONS.rows(account).get(request.ids[1])
    if row["instance_id"] != request.ids[0]:
        raise not_found(request.ids[1])
    return row


def _steps_of(account: Account, session: Document) -> list[str]:
    instance = INSTANCES.rows(account).get(str(session["instance_id"]))
    script = SCRIPTS.rows(account).find(str(instance["script_id"]))
    if script is None:
        raise GatewayError(404, "404", f"Requested resource not found: script {instance['script_id']}")
    return _steps(script)


def _state_fields(account: Account, session: Document, state: object) -> Document:
    """Return the fields that change with the session's next state.

    Raises:
        GatewayError: the next state may not follow the current one.
    """
    current = str(session["state"])
    if state != current and state not in _NEXT[current]:
        raise invalid("state", f"a session that is {current} cannot become {state}")
    fields: Document = {"state": state}
    if state == "ACTIVE" and "start_time" not in session:
        fields["start_time"] = account.now()
    if state == "COMPLETED" and "complete_time" not in session:
        fields["complete_time"] = account.now()
    return fields


def _show_session(_account: Account, row: Document) -> Document:
    shown = {name: value for name, value in row.items() if name != _STEP}
    return {**shown, "createTime": row["created_date"]}


SCRIPTS = Resource(
    spec=application_scripts,
    model=application_scripts.ApplicationScriptData,
    prepare=_prepare_script,
    show=_show_script,
    derived=("createTime", "modifyTime"),
)
INSTANCES = Resource(
    spec=application_instances,
    model=application_instances.ApplicationInstanceData,
    prepare=_prepare_instance,
    show=_show_instance,
    derived=("createTime", "modifyTime", "description"),
    removed=_remove_sessions,
)
SESSIONS = Resource(
    spec=application_sessions,
    model=application_sessions.ApplicationSessionData,
    show=_show_session,
    derived=("createTime",),
)

HANDLERS: OperationHandlers = {
    **SCRIPTS.handlers(),
    **INSTANCES.handlers(),
    application_sessions.LIST: _list_sessions,
    application_sessions.CREATE: _create_session,
    application_sessions.GET: _get_session,
    application_sessions.REPLACE: _replace_session,
    application_sessions.DELETE: _delete_session,
    application_sessions.SEND_PROCESSOR_RESULT: _send_processor_result,
}
