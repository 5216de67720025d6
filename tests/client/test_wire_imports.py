"""The shape of the requests for jobs, communication applications, connectors and auto alias, with both clients."""

from __future__ import annotations

import asyncio
import inspect
import io
import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi._core.model.base import ResourceModel
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind, is_async_iterator, is_iterator, sent
from tests.client.test_wire import API, AUTH, Row, change, creation, crud, listing

SCRIPTS = "/assistant/communication_applications/applications/scripts"
INSTANCES = "/assistant/communication_applications/instances"
SESSIONS = f"{INSTANCES}/n/sessions"
ALIAS = "/assistant/auto_alias"
BYTES = "https://api.syniverse.com/scg-attachment/api/v1/messaging/attachments"


def replaced(resource: str, path: str, **fields: object) -> list[Row]:
    """The rows of what PUT alone can change, without a version."""
    return [
        listing(f"{resource}.list", path, id="x"),
        creation(f"{resource}.create", path, **fields),
        change(f"{resource}.replace", "PUT", f"{path}/i", "i", **fields),
        Row(f"{resource}.delete", "DELETE", f"{path}/i", ("i",)),
    ]


SESSION_ROWS = [
    Row(
        row.name,
        row.method,
        row.path,
        ("n", *row.args),
        row.kwargs,
        row.query,
        row.body,
        row.answer,
        row.result,
    )
    for row in replaced("application_instances.sessions", SESSIONS, to_address="+1555", state="PAUSED")
]
ROWS = [
    *replaced("application_scripts", SCRIPTS, name="n", description=None, body="<script/>"),
    *replaced("application_instances", INSTANCES, script_id="s", sender_id="t", allow_incoming_call="true"),
    *SESSION_ROWS,
    change(
        "application_instances.sessions.send_processor_result", "POST", f"{SESSIONS}/i/processor_results", "n", "i",
    ),
    Row(
        "application_instances.sessions.send_processor_result", "POST", f"{SESSIONS}/i/processor_results",
        ("n", "i"), {"call_id": "c", "processor_id": "p", "next_step": "s", "prompt": ""},
        body={"call_id": "c", "processor_id": "p", "next_step": "s", "prompt": ""},
    ),
    *crud("connectors", "/connect/connectors", "external_id", replaces=False),
    listing("connectors.list", "/connect/connectors", version_number=2, sender_id="s"),
    Row(
        "connectors.create", "POST", "/connect/connectors", kwargs={"credentials": {"secret": "s"}},
        body={"credentials": '{"secret": "s"}'}, answer={"id": "new"}, result="new",
    ),
    listing("sender_id_imports.list", "/sender_ids_import", id="x"),
    creation("sender_id_imports.create", "/sender_ids_import", import_attachment_id="a", country="NOR"),
    change(
        "sender_id_imports.update", "POST", "/sender_ids_import/i", "i",
        approval_state="APPROVED", batch_size_limit=0, version_number=3,
    ),
    Row("sender_id_imports.delete", "DELETE", "/sender_ids_import/i", ("i",)),
    listing("contact_imports.list", "/contactimport", id="x"),
    creation("contact_imports.create", "/contactimport", import_attachment_id="a", contact_group_id=None),
    listing("contact_exports.list", "/contactexport", id="x"),
    creation("contact_exports.create", "/contactexport"),
    creation("contact_exports.create", "/contactexport", contact_group_id="g"),
    listing("auto_alias.history.list", f"{ALIAS}/history"),
    Row("auto_alias.history.delete", "DELETE", f"{ALIAS}/history/i", ("i",)),
    Row(
        "auto_alias.message_requests.create", "POST", f"{ALIAS}/message_requests",
        kwargs={"from_": "Ann", "to": ["+1555"], "body": "Hi"}, body={"from": "Ann", "to": ["+1555"], "body": "Hi"},
    ),
    Row(
        "auto_alias.message_requests.create", "POST", f"{ALIAS}/message_requests", kwargs={"to": ("contact:c",)},
        body={"to": ["contact:c"]}, answer={"id": "new"}, result="new",
    ),
    Row(
        "auto_alias.message_requests.create", "POST", f"{ALIAS}/message_requests", kwargs={"to": ["+1555"]},
        body={"to": ["+1555"]}, answer={},
    ),
]  # fmt: skip


def call(client_kind: ClientKind, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
    """Call `resource.method`, or `resource.nested.method` with the id of what it is nested in first."""

    async def main() -> object:
        async with scgapi.AsyncClient(AUTH, retry=ONCE) as client:
            found, rest = method(client, name, args)
            result = found(*rest, **kwargs)
            if inspect.isawaitable(result):
                result = await result
            return [item async for item in result] if is_async_iterator(result) else result

    if client_kind == "async":
        return asyncio.run(main())
    with scgapi.Client(AUTH, retry=ONCE) as client:
        found, rest = method(client, name, args)
        result = found(*rest, **kwargs)
        return [*result] if is_iterator(result) else result


def method(
    client: object, name: str, args: tuple[object, ...]
) -> tuple[Callable[..., object], tuple[object, ...]]:
    *steps, last = name.split(".")
    found = client
    for step in steps:
        found = getattr(found, step)
        if inspect.ismethod(found):
            found, args = found(args[0]), args[1:]
    called: Callable[..., object] = getattr(found, last)
    return called, args


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
        ("application_scripts.get", (), SCRIPTS),
        ("application_instances.get", (), INSTANCES),
        ("application_instances.sessions.get", ("n",), SESSIONS),
        ("connectors.get", (), "/connect/connectors"),
        ("sender_id_imports.get", (), "/sender_ids_import"),
        ("contact_imports.get", (), "/contactimport"),
        ("contact_exports.get", (), "/contactexport"),
        ("auto_alias.history.get", (), f"{ALIAS}/history"),
    ],
)
@respx.mock
def test_get_reads_one_object_and_binds_it(
    name: str, args: tuple[str, ...], path: str, client_kind: ClientKind
) -> None:
    respx.get(f"{API}{path}/a%2Fb").respond(json={"id": "a/b", "createTime": 1656704873258, "brand_new": 1})
    found = call(client_kind, name, (*args, "a/b"), {})
    assert isinstance(found, ResourceModel)
    assert found.id == "a/b"
    assert found.model_extra is not None
    assert found.model_extra["brand_new"] == 1
    assert ("createTime" in found.model_extra) == (not hasattr(found, "create_time"))
    assert type(found).__name__.startswith("Async") == (client_kind == "async")


@pytest.mark.parametrize("parent", ["", "..", " "])
def test_a_nested_resource_needs_the_id_of_its_owner(parent: str) -> None:
    with scgapi.Client(AUTH) as client, pytest.raises(scgapi.InvalidArgumentError):
        client.application_instances.sessions(parent)


@respx.mock
def test_what_takes_no_version_is_replaced_without_one() -> None:
    known = {"id": "i", "version_number": 4, "instance_id": "n"}
    respx.get(f"{API}{SESSIONS}/i").respond(json={**known, "to_address": "+1555", "state": "ACTIVE"})
    route = respx.put(f"{API}{SESSIONS}/i").respond(204)
    with scgapi.Client(AUTH) as client:
        session = client.application_instances.sessions("n").get("i")
        session.state = "PAUSED"
        session.replace()
        assert session.version_number == 5
    assert json.loads(route.calls.last.request.content) == {"to_address": "+1555", "state": "PAUSED"}


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("kind", ["path", "bytes", "file"])
@respx.mock
def test_a_csv_file_becomes_an_attachment_and_a_job(
    kind: str, client_kind: ClientKind, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"first_name\nBob\n")
    source = {"path": path, "bytes": path.read_bytes(), "file": io.BytesIO(path.read_bytes())}[kind]
    attachments = f"{API}/messaging/attachments"
    made = respx.post(attachments).respond(json={"id": "a"})
    respx.post(f"{attachments}/a/access_tokens").respond(json={"id": "t"})
    upload = respx.post(f"{BYTES}/t/content").respond(204)
    # The gateway may take a moment to see that it was uploaded.
    states = respx.get(f"{attachments}/a").mock(
        side_effect=[
            httpx.Response(200, json={"id": "a", "state": state}) for state in ("CREATED", "UPLOADED")
        ]
    )
    job = respx.post(f"{API}/contactimport").respond(json={"id": "j"})
    assert call(client_kind, "contact_imports.create_from_csv", (source,), {"contact_group_id": "g"}) == "j"
    names = {"path": "people.csv", "bytes": "contacts.csv", "file": "contacts.csv"}
    assert json.loads(made.calls.last.request.content) == {
        "name": "contacts", "type": "text/csv", "filename": names[kind],
    }  # fmt: skip
    (uploaded,) = sent(upload)
    assert uploaded.content == b"first_name\nBob\n"
    assert states.call_count == 2
    assert json.loads(job.calls.last.request.content) == {
        "import_attachment_id": "a",
        "contact_group_id": "g",
    }


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("name", "source", "fields"),
    [
        ("contact_imports", "absent.csv", {}),
        ("contact_imports", b"", {"contact_group_id": 1}),
        ("sender_id_imports", "absent.csv", {}),
        ("sender_id_imports", b"", {"country": 47}),
        ("sender_id_imports", b"", {"county": "NOR"}),
    ],
)
@respx.mock
def test_a_csv_file_that_cannot_be_imported_makes_nothing(
    name: str, source: str | bytes, fields: dict[str, object], client_kind: ClientKind
) -> None:
    with pytest.raises(scgapi.InvalidArgumentError):
        call(client_kind, f"{name}.create_from_csv", (source,), fields)
    assert not respx.calls


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("name", "path"), [("contact_imports", "/contactimport"), ("sender_id_imports", "/sender_ids_import")]
)
@respx.mock
def test_failures_are_the_text_of_an_attachment_if_there_are_any(
    name: str, path: str, client_kind: ClientKind
) -> None:
    answers = [{"id": "j", "failures_attachment_id": found} for found in (None, "", "f")]
    respx.get(f"{API}{path}/j").mock(side_effect=[httpx.Response(200, json=answer) for answer in answers])
    respx.post(f"{API}/messaging/attachments/f/access_tokens").respond(json={"id": "t"})
    respx.get(f"{BYTES}/t/content").respond(content="line,reason\n2,ø\n".encode())
    told = [call(client_kind, f"{name}.failures", ("j",), {}) for _ in answers]
    assert told == [None, None, "line,reason\n2,ø\n"]


@respx.mock
def test_bodies_secrets_and_numbers_stay_out_of_reprs() -> None:
    respx.get(f"{API}/connect/connectors/i").respond(json={"id": "i", "credentials": '{"key": "hush"}'})
    respx.get(f"{API}{SCRIPTS}/i").respond(json={"id": "i", "body": "<hush/>"})
    respx.get(f"{API}{SESSIONS}/i").respond(json={"id": "i", "to_address": "+15551234567"})
    with scgapi.Client(AUTH) as client:
        connector = client.connectors.get("i")
        assert connector.credentials == {"key": "hush"}
        shown = f"{connector} {client.application_scripts.get('i')}"
        shown += f"{client.application_instances.sessions('n').get('i')}"
    assert "hush" not in shown
    assert "5551234567" not in shown
