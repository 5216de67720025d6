"""The shape of the requests about consent, keywords, templates, fast access and MFA, with both clients."""

from __future__ import annotations

import asyncio
import inspect
import json
from datetime import UTC, datetime, timedelta, timezone

import httpx
import pytest
import respx

import scgapi
from scgapi._async.resources.mfa_users import AsyncMfaUserResource
from scgapi._sync.resources.keywords import Keyword
from scgapi._sync.resources.mfa_users import MfaUserResource
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind, call, is_async_iterator, is_iterator, sent
from tests.client.test_wire import API, AUTH, Row, change, creation, crud, listing

STATUSES = "/consent/contact_address_statuses"
USERS = "/applications/a/users"
NUMBER = "/messaging/sender_ids/i"
ROWS = [
    *crud("message_templates", "/messaging/message_templates", "pattern"),
    *crud("keywords", "/messaging/keywords", "value"),
    *crud("fast_access_rules", "/contacts/fast_access", "user_data", replaces=False),
    listing("message_templates.list", "/messaging/message_templates", designation="VALIDATOR", name="n"),
    listing("keywords.list", "/messaging/keywords", case="SENSITIVE", type="COMPANY", sender_id="s"),
    listing("fast_access_rules.list", "/contacts/fast_access", target_attribute_name="city"),
    Row(
        "keywords.create", "POST", "/messaging/keywords",
        kwargs={"value": "JOIN", "actions": ["OPTIN", "STORE"], "attachments": ("a", "b"), "search_words_count": 0},
        body={"value": "JOIN", "actions": "OPTIN,STORE", "attachments": "a,b", "search_words_count": 0},
        answer={"id": "new"}, result="new",
    ),
    Row(
        "keywords.update", "POST", "/messaging/keywords/i", ("i",),
        {"actions": "OPTOUT STORE", "attachments": None, "version_number": 2},
        body={"actions": "OPTOUT STORE", "attachments": None, "version_number": 2},
    ),
    listing("contact_address_statuses.list", STATUSES, address="+1555", sender_id="s", consent_status="OPTIN"),
    creation("contact_address_statuses.create", STATUSES, address_type="LONGCODE", address="+1555", sender_id="s"),
    change("contact_address_statuses.update", "POST", f"{STATUSES}/i", "i", consent_status="OPTOUT", version_number=3),
    Row("contact_address_statuses.delete", "DELETE", f"{STATUSES}/i", ("i",)),
    change(
        "contact_address_statuses.opt_out", "POST", f"{STATUSES}/optout",
        addresses=["+1555"], sender_id="s", consent_status="OPTOUT",
    ),
    listing("contact_address_history.list", "/consent/contact_address_history", msisdn="+1555", source="MESSAGE"),
    listing("mfa_applications.list", "/applications", auth_code_length=6, message_from="s"),
    creation("mfa_applications.create", "/applications", name="n", auth_code_length=6, login_template=None),
    Row("mfa_applications.delete", "DELETE", "/applications/i", ("i",)),
    Row(
        "sender_ids.request_verification", "POST", NUMBER, ("i",), {"version_number": 2},
        body={"state": "PENDING_CONFIRMATION", "register_method": "sms", "version_number": 2},
    ),
    Row(
        "sender_ids.request_verification", "POST", NUMBER, ("i", "voice"), {"version_number": 2},
        body={"state": "PENDING_CONFIRMATION", "register_method": "voice", "version_number": 2},
    ),
    Row(
        "sender_ids.activate", "POST", NUMBER, ("i",), {"verification_code": "123", "version_number": 2},
        body={"state": "ACTIVE", "verification_code": "123", "version_number": 2},
    ),
]  # fmt: skip
USER_ROWS = [
    Row("list", "GET", USERS, (), {"status": "VALIDATION PENDING"},
        {"status": "VALIDATION PENDING", "limit": "100"}, answer={"list": []}, result=[]),
    Row("delete", "DELETE", f"{USERS}/u", ("u",)),
    change("associate", "POST", f"{USERS}/u/associate", "u", user_address="+1555", display_name="We"),
    Row("dissociate", "DELETE", f"{USERS}/u/associate", ("u",)),
    Row("validate", "POST", f"{USERS}/u/validate", ("u", "123"), body={"code": "123"}),
    change("login_start", "POST", f"{USERS}/u/login_start", "u"),
    change("login_start", "POST", f"{USERS}/u/login_start", "u", display_name=None, validation_method="SMS"),
]  # fmt: skip


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.method}")
@respx.mock
def test_each_call_is_the_request_that_the_gateway_expects(row: Row, client_kind: ClientKind) -> None:
    route = respx.route().mock(return_value=_answer(row))
    assert call(client_kind, AUTH, row.name, *row.args, **row.kwargs) == row.result
    _check(row, route.calls.last.request)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("row", USER_ROWS, ids=lambda row: f"{row.name}-{row.method}")
@respx.mock
def test_each_call_about_a_user_of_an_application_is_the_request_that_it_must_be(
    row: Row, client_kind: ClientKind
) -> None:
    route = respx.route().mock(return_value=_answer(row))
    assert _call_users(client_kind, row.name, *row.args, **row.kwargs) == row.result
    _check(row, route.calls.last.request)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("message_templates.get", "/messaging/message_templates"),
        ("keywords.get", "/messaging/keywords"),
        ("fast_access_rules.get", "/contacts/fast_access"),
        ("contact_address_statuses.get", STATUSES),
        ("mfa_applications.get", "/applications"),
    ],
)
@respx.mock
def test_get_reads_one_object(name: str, path: str, client_kind: ClientKind) -> None:
    answer = {"id": "a/b", "version_number": 2, "brand_new": {"x": 1}, "last_update_date": 1656704873258}
    respx.get(f"{API}{path}/a%2Fb").respond(json=answer)
    _check_object(call(client_kind, AUTH, name, "a/b"))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_get_reads_one_user_of_an_application(client_kind: ClientKind) -> None:
    answer = {"id": "a/b", "version_number": 2, "brand_new": {"x": 1}, "last_update_date": 1656704873258}
    respx.get(f"{API}{USERS}/a%2Fb").respond(json=answer)
    _check_object(_call_users(client_kind, "get", "a/b"))


@pytest.mark.parametrize("value", ["OPTIN,STORE", "OPTIN, STORE", "OPTIN STORE", ["OPTIN", "STORE"]])
@respx.mock
def test_actions_come_as_a_text_or_a_list_and_go_as_a_text(value: object) -> None:
    respx.get(f"{API}/messaging/keywords/k").respond(json={"id": "k", "actions": value, "version_number": 4})
    route = respx.post(f"{API}/messaging/keywords/k").respond(204)
    with scgapi.Client(AUTH) as scg:
        keyword = scg.keywords.get("k")
        assert keyword.actions == ["OPTIN", "STORE"]
        keyword.update()
        assert keyword.actions
        keyword.actions.append("OPTOUT")
        keyword.update()
    assert [json.loads(request.content) for request in sent(route)] == [
        {"actions": "OPTIN,STORE,OPTOUT", "version_number": 4}
    ]


@respx.mock
def test_dates_of_keywords_are_written_as_the_gateway_reads_them() -> None:
    route = respx.post(f"{API}/messaging/keywords").respond(json={"id": "k"})
    begin = datetime(2027, 1, 1, 12, 0, 0, 123456, timezone(timedelta(hours=1)))
    with scgapi.Client(AUTH) as scg:
        scg.keywords.create(Keyword(value="JOIN", valid_from=begin, actions="OPTIN"))
        scg.keywords.create(value="JOIN", valid_from=begin, valid_to=1656704873258)
    assert [json.loads(request.content) for request in sent(route)] == [
        {"value": "JOIN", "valid_from": "2027-01-01T11:00:00.123Z", "actions": "OPTIN"},
        {"value": "JOIN", "valid_from": "2027-01-01T11:00:00.123Z", "valid_to": 1656704873258},
    ]


@respx.mock
def test_a_replaced_keyword_leaves_out_what_put_does_not_take() -> None:
    answer = {"id": "k", "value": "JOIN", "attachments": "a b", "search_words_count": 3, "version_number": 4}
    respx.get(f"{API}/messaging/keywords/k").respond(json=answer)
    route = respx.put(f"{API}/messaging/keywords/k").respond(204)
    with scgapi.Client(AUTH) as scg:
        keyword = scg.keywords.get("k")
        assert keyword.attachments == ["a", "b"]
        keyword.replace()
    assert json.loads(route.calls.last.request.content) == {"value": "JOIN", "version_number": 4}


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_set_consent_updates_the_status_that_is_there_and_creates_one_that_is_not(
    client_kind: ClientKind,
) -> None:
    row = {"id": "st", "address": "1555", "sender_id": "s", "consent_status": "NONE", "version_number": 7}
    # A gateway that ignores the filters: somebody else's status must not be changed.
    other = {"id": "other", "address": "+1556", "sender_id": "s", "version_number": 2}
    listed = respx.get(f"{API}{STATUSES}").mock(
        side_effect=[
            httpx.Response(200, json={"list": rows, "total": len(rows)}) for rows in ([other, row], [other])
        ]
    )
    created = respx.post(f"{API}{STATUSES}").respond(json={"id": "new"})
    updated = respx.post(url__regex=rf"{API}{STATUSES}/(st|new)").respond(204)
    for expected in ("st", "new"):
        assert expected == call(
            client_kind,
            AUTH,
            "contact_address_statuses.set_consent",
            address="+1555",
            sender_id="s",
            status="OPTIN",
        )
    assert dict(listed.calls.last.request.url.params) == {
        "address": "+1555",
        "sender_id": "s",
        "limit": "100",
    }
    assert json.loads(created.calls.last.request.content) == {
        "address_type": "MDN",
        "address": "+1555",
        "sender_id": "s",
    }
    assert [json.loads(request.content) for request in sent(updated)] == [
        {"consent_status": "OPTIN", "version_number": 7},
        {"consent_status": "OPTIN", "version_number": 1},
    ]


@respx.mock
def test_consent_objects_change_only_their_consent() -> None:
    row = {"id": "st", "address": "+1555", "sender_id": "s", "consent_status": "NONE", "version_number": 7}
    respx.get(f"{API}{STATUSES}/st").respond(json=row)
    out = respx.post(f"{API}{STATUSES}/optout").respond(200)
    with scgapi.Client(AUTH) as scg:
        status = scg.contact_address_statuses.get("st")
        status.opt_out()
        status.address = "+1666"
        with pytest.raises(scgapi.InvalidArgumentError):
            status.update()
    assert json.loads(out.calls.last.request.content) == {"addresses": ["+1555"], "sender_id": "s"}


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("contact_address_statuses.opt_out", {"sender_id": "s"}),
        ("contact_address_statuses.opt_out", {"addresses": "+1555"}),
        ("contact_address_statuses.update", {"status_id": "i", "version_number": 1, "address": "+1666"}),
        ("keywords.replace", {"keyword_id": "i", "version_number": 1, "search_words_count": 1}),
        ("mfa_applications.get", {"application_id": ""}),
        ("mfa_applications.users", {"application_id": " "}),
    ],
)
def test_mistakes_are_told_before_anything_is_sent(name: str, kwargs: dict[str, object]) -> None:
    with pytest.raises(scgapi.InvalidArgumentError):
        call("sync", AUTH, name, **kwargs)


def _call_users(client_kind: ClientKind, method: str, *args: object, **kwargs: object) -> object:
    """Call a method of the users of application `a`; a listing comes back as a list."""
    if client_kind == "async":
        return asyncio.run(_call_users_async(method, args, kwargs))
    with scgapi.Client(AUTH, retry=ONCE) as client:
        users = client.mfa_applications.users("a")
        assert isinstance(users, MfaUserResource)
        result: object = getattr(users, method)(*args, **kwargs)
        return [*result] if is_iterator(result) else result


async def _call_users_async(method: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
    async with scgapi.AsyncClient(AUTH, retry=ONCE) as client:
        users = client.mfa_applications.users("a")
        assert isinstance(users, AsyncMfaUserResource)
        result: object = getattr(users, method)(*args, **kwargs)
        if inspect.isawaitable(result):
            result = await result
        return [item async for item in result] if is_async_iterator(result) else result


def _answer(row: Row) -> httpx.Response:
    return httpx.Response(204) if row.answer is None else httpx.Response(200, json=row.answer)


def _check(row: Row, request: httpx.Request) -> None:
    assert (request.method, f"{request.url.copy_with(query=None)}") == (row.method, API + row.path)
    assert dict(request.url.params) == (row.query or {})
    if row.body is None:
        assert request.content == b""
    else:
        assert json.loads(request.content) == row.body


def _check_object(found: object) -> None:
    assert getattr(found, "id", None) == "a/b"
    assert getattr(found, "version_number", None) == 2
    assert getattr(found, "model_extra", None) == {"brand_new": {"x": 1}}
    moment = datetime(2022, 7, 1, 19, 47, 53, 258000, UTC)
    assert getattr(found, "last_updated_date", None) == moment


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("message_requests.create", {"from_": "1", "to": ["+15551234567"], "consent_requirement": "OPTOUT"}),
        (
            "messages.create",
            {"from_": "1", "to": "+15551234567", "consent_requirement": "opt_out"},
        ),
        ("contact_address_statuses.set_consent", {"address": "1", "sender_id": "s", "status": "STOP"}),
        ("contact_address_statuses.opt_out", {"addresses": ["1"], "consent_status": "OPT_OUT"}),
    ],
)
@respx.mock
def test_a_consent_that_is_not_known_is_refused_before_anything_is_sent(
    client_kind: ClientKind, name: str, arguments: dict[str, object]
) -> None:
    everything = respx.route().respond(200, json={"id": "new"})
    with pytest.raises(
        scgapi.InvalidArgumentError,
        match=r"consent_\w+ must be 'NONE', .*'OPT.*, got '.*'\. Nothing was sent\.",
    ):
        call(client_kind, AUTH, name, **arguments)
    assert not everything.called
