"""Compatibility with the requests and expectations of other clients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import pytest

from scgapi._core.operation import Operation
from scgapi.models import (
    calls,
    channels,
    conference_members,
    conferences,
    contact_address_statuses,
    contact_groups,
    contacts,
    digits_collectors,
    keywords,
    message_requests,
    messages,
    sender_ids,
)
from scgapi.sandbox import Sandbox
from scgapi.sandbox.gateway import APIRequest, APIResponse, Gateway
from scgapi.sandbox.resources.body_checks import fields_of
from scgapi.sandbox.state.store import Document, document
from tests.conformance import disagreements
from tests.conformance.contract import Entry, shape, snapshot
from tests.sandbox.calls import MDN, Caller
from tests.sandbox.resources import resource_of
from tests.scenarios.driver import Do
from tests.scenarios.test_scenarios import SCENARIOS

SMS = "15555551122"
CHANGES = ("update", "replace", "set_state", "resume")
Change = Callable[[Gateway, APIRequest], APIRequest]


@pytest.fixture
def api() -> Caller:
    return Caller()


# Whole objects, nulls and answers are checked with all operations: the scenarios run with other bodies.


def published(operation: Operation) -> Entry | None:
    """Return the contract's entry for an operation, or None."""
    return snapshot().wire.get(shape(operation.method, operation.path))


def stored(gateway: Gateway, operation: Operation, ids: tuple[str, ...]) -> Document:
    """Return the object of an operation as a GET would, without the effects of a read."""
    resource = resource_of(operation)
    row = resource.rows(gateway._account).find(ids[-1]) if resource is not None else None
    return {} if resource is None or row is None else resource.show(gateway._account, row)


def sent_back(gateway: Gateway, request: APIRequest) -> APIRequest:
    """Return the request of a client that sends back the whole object with its changes."""
    body = document(request.body)
    if body is None or not request.ids or request.operation.name.rpartition(".")[2] not in CHANGES:
        return request
    assert request.operation.body is not None
    known = fields_of(request.operation.body).names
    whole = stored(gateway, request.operation, request.ids)
    if request.operation.method == "PUT":
        # A replacement clears what it lacks: only the fields that it cannot set are sent back.
        whole = {name: value for name, value in whole.items() if name not in known}
    # The version is what an update is about, and so is a code.
    return replace(
        request, body={**{name: whole[name] for name in whole if name != "version_number"}, **body}
    )


def with_nulls(_gateway: Gateway, request: APIRequest) -> APIRequest:
    """Return the request of a client that sends null for unset fields."""
    body, resource = document(request.body), resource_of(request.operation)
    if body is None or request.ids or request.operation.body is None:
        return request
    names = [*fields_of(request.operation.body).names]
    if resource is not None and vars(resource.spec).get("CREATE") is request.operation:
        names += resource.names
    said = published(request.operation)
    if said is not None:
        names += said.body or {}
    return replace(request, body={**dict.fromkeys(names), **body})


@pytest.mark.parametrize("change", [sent_back, with_nulls])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_requests_of_other_clients_have_the_same_result(
    scenario: str, change: Change, gateway: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = Gateway.handle

    def handle_changed(self: Gateway, request: APIRequest) -> APIResponse:
        return handle(self, change(self, request))

    monkeypatch.setattr(Gateway, "handle", handle_changed)
    with Do("sync", gateway) as do:
        SCENARIOS[scenario](do)


def test_answers_have_the_published_status_and_kind(
    gateway: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle, seen = Gateway.handle, defaultdict[Operation, set[tuple[str, bool]]](set)

    def note(self: Gateway, request: APIRequest) -> APIResponse:
        reply = handle(self, request)
        if reply.status < 300 and request.operation.service == "api":
            seen[request.operation].add((str(reply.status), reply.value is not None))
        return reply

    monkeypatch.setattr(Gateway, "handle", note)
    for scenario in SCENARIOS.values():
        gateway.reset()
        with Do("sync", gateway) as do:
            scenario(do)
    assert len(seen) > 140
    odd = {
        operation.name
        for operation, answers in seen.items()
        if (said := published(operation)) is not None and answers != {(said.status, said.has_answer)}
    }
    assert odd == set(disagreements.SANDBOX_ANSWERS)


@pytest.mark.parametrize(
    ("create", "update", "fields"),
    [
        (channels.CREATE, channels.UPDATE, {"name": "All"}),
        (contacts.CREATE, contacts.UPDATE, {"first_name": "Ann"}),
        (contact_groups.CREATE, contact_groups.REPLACE, {"name": "All"}),
    ],
)
def test_an_object_is_sent_back_as_it_came(
    api: Caller, create: Operation, update: Operation, fields: Document
) -> None:
    key = api.create(create, **fields)
    resource = resource_of(create)
    assert resource is not None
    get = next(one for one in resource.handlers() if one.name == f"{create.name.rpartition('.')[0]}.get")
    before = api.get(get, key)
    assert api.reply(update, key, body=before).status == 204
    assert api.get(get, key) == {**before, "version_number": 2}
    # A name that nobody knows is still a mistake.
    wrong = {"version_number": 2, "nmae": "x"}
    assert api.refused(update, key, body=wrong)[1] == "SCG_ERROR_40020"
    assert api.refused(create, body={"id": "x"})[1] == "SCG_ERROR_40020"


def test_fields_under_their_older_names(api: Caller) -> None:
    key = api.create(sender_ids.CREATE, name="Old", check_whitelist=True)
    assert api.get(sender_ids.GET, key)["check_white_list"] is True
    call = api.gateway.receive_call(to="+15552223561", from_=MDN)
    room = api.create(conferences.CREATE, from_="+15552223561")
    member = api.create(conference_members.CREATE, room, callId=call)
    assert api.get(conference_members.GET, room, member)["call_id"] == call
    assert api.refused(conference_members.CREATE, room, body={})[1] == "SCG_ERROR_4001"


def test_numbers_where_text_is_documented(api: Caller) -> None:
    request = api.create(message_requests.CREATE, from_=15555551122, to=[15550001111], body=1)
    (row,) = api.rows(message_requests.LIST_MESSAGES, request)
    assert (row["to"], row["to_address"], row["body"]) == ("15550001111", "15550001111", "1")
    single = api.create(messages.CREATE, from_=SMS, to=15550001111, body="x")
    assert api.get(messages.GET, single)["to"] == "15550001111"
    contact = api.create(
        contacts.CREATE, primary_mdn=15550001111, address_list=[{"zip": 80202, "priority": "1"}]
    )
    row = api.get(contacts.GET, contact)
    assert (row["primary_mdn"], row["address_list"]) == ("15550001111", [{"zip": "80202", "priority": 1}])
    assert api.refused(contacts.CREATE, body={"primary_mdn": "15550001111"})[:2] == (409, "1011")
    wrongs: tuple[Document, ...] = (
        {"first_name": True},
        {"first_name": [1]},
        {"first_name": {}},
        {"address_list": [{"priority": "x"}]},
    )
    for wrong in wrongs:
        assert api.refused(contacts.CREATE, body=wrong)[1] == "SCG_ERROR_4003"


def test_empty_text_in_fields_of_other_types(api: Caller) -> None:
    key = api.create(channels.CREATE, name="", priority="")
    row = api.get(channels.GET, key)
    assert (row["name"], row["priority"]) == ("", "normal")
    api.change(channels.UPDATE, key, priority="", version_number="1")
    assert api.get(channels.GET, key)["priority"] == "normal"
    sender = api.create(sender_ids.CREATE, name="Mine")
    api.change(sender_ids.UPDATE, sender, state="", version_number=1)
    assert api.get(sender_ids.GET, sender)["state"] == "PENDING_IMPLEMENTATION"
    word = api.create(keywords.CREATE, value="JOIN", case="", type="", valid_from="", search_words_count="")
    row = api.get(keywords.GET, word)
    assert (row["case"], row["type"], row["valid_from"]) == ("INSENSITIVE", "COMPANY", None)
    request = api.create(
        message_requests.CREATE, from_=SMS, to=[MDN], body="x", consent_requirement="", failover="",
        message_type="", scheduled_delivery_time="", attachments=None, test_message_flag="",
    )  # fmt: skip
    assert api.get(message_requests.GET, request)["recipient_count"] == 1
    assert api.refused(message_requests.RESUME, request, body={"state": ""})[1] == "SCG_ERROR_4001"
    contact = api.create(contacts.CREATE, voice_preference="", birth_date="", fast_access_1=None)
    row = api.get(contacts.GET, contact)
    assert (row["voice_preference"], row["birth_date"], "fast_access_1" in row) == (None, None, False)


@pytest.mark.parametrize(
    "day", ["abc", "1980-13-01", "1980-02-30", "19800101", "1980-01-01T00:00:00", 19800101, "01.02.1980"]
)
def test_a_birth_date_is_a_day(api: Caller, day: object) -> None:
    assert api.refused(contacts.CREATE, body={"birth_date": day}) == (
        400,
        "SCG_ERROR_4003",
        "Optional parameter birth_date data type/format is incorrect",
    )
    key = api.create(contacts.CREATE, birth_date="1980-02-29")
    wrong = {"birth_date": day, "version_number": 1}
    assert api.refused(contacts.UPDATE, key, body=wrong)[1] == "SCG_ERROR_4003"
    assert api.get(contacts.GET, key)["birth_date"] == "1980-02-29"


def test_counters_of_a_new_request_are_ignored(api: Caller) -> None:
    counters = {"recipient_ count": 9, "recipient_count": 9, "sent_count": 9, "canceled_count": None}
    request = api.create(message_requests.CREATE, from_=SMS, to=[MDN], body="x", **counters)
    assert api.get(message_requests.GET, request)["recipient_count"] == 1


def test_a_text_for_a_whole_number(api: Caller) -> None:
    call = api.gateway.receive_call(to="+15552223561", from_=MDN)
    api.change(calls.UPDATE, call, state="ACTIVE")
    prompt = {"sentence": "Your number?"}
    made = api.create(digits_collectors.CREATE, call, prompt=prompt, timeout="15", max_digits=10)
    api.gateway.press(call, "0123456789")
    row = api.get(digits_collectors.GET, call, made)
    assert (row["reason"], row["digits"]) == ("MAX_DIGITS", "0123456789")


def test_a_status_is_updated_with_the_whole_status(api: Caller) -> None:
    sender = next(str(row["id"]) for row in api.rows(sender_ids.LIST) if row["address"] == SMS)
    key = api.create(contact_address_statuses.CREATE, address=15550001111, sender_id=sender, address_type="")
    row = api.get(contact_address_statuses.GET, key)
    api.change(contact_address_statuses.UPDATE, key, **{**row, "consent_status": "OPTIN"})
    assert api.get(contact_address_statuses.GET, key)["consent_status"] == "OPTIN"
