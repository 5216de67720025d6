"""The shape of every request of the slice, with both clients."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import httpx
import pytest
import respx

import scgapi
from scgapi._core.model.base import ResourceModel
from scgapi.models.contacts import Address
from tests.both_clients import CLIENT_KINDS, ClientKind, call, sent

HOST = "https://api.syniverse.com"
API = f"{HOST}/scg-external-api/api/v1"
AUTH = scgapi.AuthInfo(token="the-token")
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, UTC)


@dataclass
class Row:
    """A call, and the request that it must become."""

    name: str
    method: str
    path: str
    args: tuple[object, ...] = ()
    kwargs: dict[str, object] = field(default_factory=dict[str, object])
    query: dict[str, str] | None = None
    body: object = None
    answer: object = None
    result: object = None


def listing(operation: str, path: str, /, *ids: str, **filters: object) -> Row:
    query = {key.rstrip("_"): str(value) for key, value in filters.items()} | {"limit": "100"}
    return Row(operation, "GET", path, ids, filters, query, answer={"list": [], "total": 0}, result=[])


def creation(operation: str, path: str, /, *ids: str, **fields: object) -> Row:
    body = {key.rstrip("_"): value for key, value in fields.items()}
    return Row(operation, "POST", path, ids, fields, body=body, answer={"id": "new"}, result="new")


def change(operation: str, method: str, path: str, /, *ids: str, **fields: object) -> Row:
    return Row(operation, method, path, ids, fields, body=fields)


def crud(resource: str, path: str, field_name: str, *, replaces: bool = True) -> list[Row]:
    """The rows that most resources share."""
    rows = [
        listing(f"{resource}.list", path, id="x"),
        creation(f"{resource}.create", path, **{field_name: "n"}),
        change(f"{resource}.update", "POST", f"{path}/i", "i", version_number=3, **{field_name: None}),
        Row(f"{resource}.delete", "DELETE", f"{path}/i", ("i",)),
    ]
    if replaces:
        rows.append(
            change(f"{resource}.replace", "PUT", f"{path}/i", "i", version_number=3, **{field_name: "n"})
        )
    return rows


REQUESTS = "/messaging/message_requests"
ANSWERS_AND_IDS: list[tuple[object, str | None]] = [
    ({"id": "made"}, "made"),
    ({}, None),
    ({"id": 5}, "5"),
    ({"id": [5]}, None),
    ({"id": ""}, None),
]
ROWS = [
    *crud("contacts", "/contacts", "first_name"),
    *crud("contact_groups", "/contact_groups", "name"),
    *crud("channels", "/messaging/channels", "name"),
    *crud("sender_ids", "/messaging/sender_ids", "name", replaces=False),
    *crud("attachments", "/messaging/attachments", "name", replaces=False),
    listing("contact_groups.list_contacts", "/contact_groups/g/contacts", "g", primary_mdn="+1555"),
    Row("contact_groups.add_contact", "POST", "/contact_groups/g/contacts", ("g", ["a", "b"]), body={"contacts": ["a", "b"]}),
    Row("contact_groups.add_contact", "POST", "/contact_groups/g/contacts", ("g", "a"), body={"contacts": ["a"]}),
    *(
        Row(name, "POST", path, ("g", "a"), body={field_name: ["a"]}, answer=answer, result=result)
        for name, path, field_name in (
            ("contact_groups.add_contact", "/contact_groups/g/contacts", "contacts"),
            ("channels.add_sender_id", "/messaging/channels/g/sender_ids", "sender_ids"),
        )
        for answer, result in ANSWERS_AND_IDS
    ),
    Row("contact_groups.delete_contact", "DELETE", "/contact_groups/g/contacts/c", ("g", "c")),
    listing("channels.list_sender_ids", "/messaging/channels/c/sender_ids", "c", state="ACTIVE"),
    Row("channels.add_sender_id", "POST", "/messaging/channels/c/sender_ids", ("c", ["s"]), body={"sender_ids": ["s"]}),
    Row("channels.delete_sender_id", "DELETE", "/messaging/channels/c/sender_ids/s", ("c", "s")),
    listing("message_requests.list", REQUESTS, from_="1", external_id="e"),
    creation("message_requests.create", REQUESTS,
        external_id="e", from_="1", to=["+1555"], body="Hi", test_message_flag=False, attachments=[]),
    Row("message_requests.delete", "DELETE", f"{REQUESTS}/i", ("i",)),
    listing("message_requests.list_messages", f"{REQUESTS}/i/messages", "i", state="SENT"),
    Row("message_requests.delete_scheduled", "DELETE", f"{REQUESTS}/scheduled/i", ("i",)),
    Row("message_requests.resume", "POST", f"{REQUESTS}/i", ("i",), body={"state": "TRANSMITTING"}),
    Row("message_requests.cancel", "POST", f"{REQUESTS}/i", ("i",), body={"state": "CANCELED"}),
    listing("messages.list", "/messaging/messages", to="+1555"),
    creation("messages.create", "/messaging/messages", from_="1", to="+1555"),
    Row("messages.delete", "DELETE", "/messaging/messages/i", ("i",)),
    listing("messages.list_attachments", "/messaging/messages/i/attachments", "i", name="n"),
    Row("messages.delete_scheduled", "DELETE", "/messaging/messages/scheduled/i", ("i",)),
    change("messages.set_state", "POST", "/messaging/messages/i", "i", state="PROCESSED"),
    listing("sender_id_classes.list", "/messaging/sender_id_classes", name="n"),
    listing("sender_id_types.list", "/messaging/sender_id_types", name="n"),
    listing("sender_ids.list_summaries", "/messaging/sender_ids/list", name="part"),
    Row("sender_ids.delete_many", "DELETE", "/messaging/sender_ids", (), {"name": "n"}, {"name": "n"}),
    Row("sender_ids.purchase", "POST", "/messaging/sender_ids/purchase", ("p",), body={"parent_id": "p"}),
    Row(
        "sender_ids.activate", "POST", "/messaging/sender_ids/i", ("i",), {"version_number": 2},
        body={"state": "ACTIVE", "version_number": 2},
    ),
    Row(
        "sender_ids.deactivate", "POST", "/messaging/sender_ids/i", ("i",), {"version_number": 2},
        body={"state": "INACTIVE", "version_number": 2},
    ),
    Row(
        "attachments.create_access_token", "POST", "/messaging/attachments/i/access_tokens", ("i",),
        body={}, answer={"id": "token"}, result="token",
    ),
]  # fmt: skip


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.method}")
@respx.mock
def test_each_call_is_the_request_that_the_gateway_expects(row: Row, client_kind: ClientKind) -> None:
    answer = httpx.Response(204) if row.answer is None else httpx.Response(200, json=row.answer)
    route = respx.route().mock(return_value=answer)
    assert call(client_kind, AUTH, row.name, *row.args, **row.kwargs) == row.result
    request = route.calls.last.request
    assert (request.method, f"{request.url.copy_with(query=None)}") == (row.method, API + row.path)
    assert dict(request.url.params) == (row.query or {})
    assert request.headers["authorization"] == "Bearer the-token"
    if row.body is None:
        assert request.content == b""
    else:
        assert request.headers["content-type"] == "application/json"
        assert json.loads(request.content) == row.body


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("contacts.get", "/contacts"),
        ("contact_groups.get", "/contact_groups"),
        ("channels.get", "/messaging/channels"),
        ("message_requests.get", REQUESTS),
        ("messages.get", "/messaging/messages"),
        ("attachments.get", "/messaging/attachments"),
        ("sender_ids.get", "/messaging/sender_ids"),
        ("sender_id_classes.get", "/messaging/sender_id_classes"),
        ("sender_id_types.get", "/messaging/sender_id_types"),
    ],
)
@respx.mock
def test_get_reads_one_object_and_binds_it(name: str, path: str, client_kind: ClientKind) -> None:
    route = respx.get(f"{API}{path}/a%2F..%2Fb").mock(
        return_value=httpx.Response(200, json={"id": "a/../b", "version_number": 2, "brand_new": {"x": 1}})
    )
    found = call(client_kind, AUTH, name, "a/../b")
    assert route.called
    assert isinstance(found, ResourceModel)
    assert (found.id, found.version_number, found.model_extra) == ("a/../b", 2, {"brand_new": {"x": 1}})
    assert type(found).__name__.startswith("Async") == (client_kind == "async")


@respx.mock
def test_values_are_written_as_the_gateway_reads_them() -> None:
    route = respx.post(f"{API}/contacts").mock(return_value=httpx.Response(200, json={"id": "c"}))
    with scgapi.Client(AUTH) as scg:
        scg.contacts.create(
            first_name=None,
            last_name="",
            birth_date=date(1980, 5, 1),
            first_acquisition_date=NOON,
            extended_attributes={"plan": ["a", 1]},
            address_list=[Address(line1="1 Main St", priority=1), {"line1": "2 Main St"}],
            social_handles=(),
            voice_preference=False,
        )
    assert json.loads(route.calls.last.request.content) == {
        "first_name": None,
        "last_name": "",
        "birth_date": "1980-05-01",
        "first_acquisition_date": "2026-11-23T12:00:00.123Z",
        "extended_attributes": '{"plan": ["a", 1]}',
        "address_list": [{"line1": "1 Main St", "priority": 1}, {"line1": "2 Main St"}],
        "social_handles": [],
        "voice_preference": False,
    }


@respx.mock
def test_filters_are_equalities_comma_lists_and_ranges() -> None:
    route = respx.get(url__startswith=f"{API}/messaging/messages").mock(
        return_value=httpx.Response(200, json={"list": []})
    )
    with scgapi.Client(AUTH) as scg:
        list(
            scg.messages.list(
                state=["SENT", "DELIVERED"],
                created_date=(NOON, NOON),
                pause_before_transmit=False,
                subject="",
                body=None,
                application_id=0,
                sort="-created_date",
                limit=10,
                offset=20,
                extra_filters={"fast_access.city": "Oslo & Bergen"},
            )
        )
    query = route.calls.last.request.url.query.decode()
    assert sorted(query.split("&")) == sorted(
        [
            "state=SENT%2CDELIVERED",
            "created_date=%5B2026-11-23T12%3A00%3A00.123Z%2C2026-11-23T12%3A00%3A00.123Z%5D",
            "pause_before_transmit=false",
            "subject=",
            "body=null",
            "application_id=0",
            "fast_access.city=Oslo%20%26%20Bergen",
            "sort=-created_date",
            "limit=10",
            "offset=20",
        ]
    )


@respx.mock
def test_any_property_may_carry_a_padding_underscore() -> None:
    route = respx.post(f"{API}/contacts").mock(return_value=httpx.Response(200, json={"id": "c"}))
    listed = respx.get(f"{API}/contacts").mock(return_value=httpx.Response(200, json={"list": []}))
    call("sync", AUTH, "contacts.create", first_name_="John")
    call("sync", AUTH, "contacts.list", last_name_="Doe")
    assert json.loads(route.calls.last.request.content) == {"first_name": "John"}
    assert listed.calls.last.request.url.params["last_name"] == "Doe"


@respx.mock
def test_prefixes_and_host_can_be_set_apart() -> None:
    api = respx.get("http://gw.test:8080/api/contacts/c").mock(
        return_value=httpx.Response(200, json={"id": "c"})
    )
    respx.post("http://gw.test:8080/api/messaging/attachments/a/access_tokens").respond(json={"id": "tok"})
    content = respx.get("http://gw.test:8080/bytes/messaging/attachments/tok/content").respond(content=b"x")
    with scgapi.Client(
        AUTH, url="http://gw.test:8080/", api_prefix="/api", attachment_prefix="/bytes"
    ) as scg:
        assert scg.contacts.get("c").id == "c"
        assert scg.attachments.download("a") == b"x"
    assert api.called
    assert content.called


@respx.mock
def test_internal_mode_sends_headers_in_place_of_a_token() -> None:
    route = respx.get(f"{API}/contacts/c").mock(return_value=httpx.Response(200, json={"id": "c"}))
    auth = scgapi.AuthInfo(appid=7, companyid="9", quotaplan=1)
    with scgapi.Client(auth) as scg:
        scg.contacts.get("c")
        scg.contacts.get("c")
    first, second = (request.headers for request in sent(route))
    assert "authorization" not in first
    assert (first["int-appid"], first["int-companyid"], first["int-quota-plan"]) == ("7", "9", "1")
    assert first["int-txnid"] != second["int-txnid"]
