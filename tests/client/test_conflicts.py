"""An update whose answer was lost is made again; the version tells whether it was applied already."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil

import httpx
import pytest
import respx

import scgapi
from scgapi import models
from scgapi._core.operation import Operation
from tests.both_clients import CLIENT_KINDS, ClientKind, sent
from tests.client.test_retries import AUTH, Pauses, client

API = "https://api.syniverse.com/scg-external-api/api/v1"
CONTACT = f"{API}/contacts/c"
SENDER_ID = f"{API}/messaging/sender_ids/s"
STALE = httpx.Response(409, json={"error_code": "1001", "error_description": "Stale data"})
BEFORE: dict[str, object] = {
    "id": "c",
    "version_number": 3,
    "last_name": "Doe",
    "first_acquisition_date": 1656704873258,
}


def answers(*bodies: dict[str, object]) -> None:
    respx.get(CONTACT).mock(side_effect=[httpx.Response(200, json=body) for body in bodies])


@respx.mock
def test_an_update_whose_answer_was_lost_is_made_again() -> None:
    answers(BEFORE)
    route = respx.post(CONTACT).mock(side_effect=[httpx.ReadTimeout("slow"), httpx.Response(204)])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.update()
    assert len({request.content for request in sent(route)}) == 1
    assert (route.call_count, contact.version_number) == (2, 4)


@respx.mock
def test_one_that_had_been_applied_is_no_conflict() -> None:
    answers(
        BEFORE,
        {**BEFORE, "version_number": 4, "last_name": "Anderson", "address_list": [{"line1": "1", "x": 2}]},
    )
    route = respx.post(CONTACT).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.address_list = [scgapi.Address(line1="1")]
        contact.update()
        assert contact.version_number == 4
        contact.update()
    assert route.call_count == 2


@pytest.mark.parametrize(
    "theirs",
    [
        {"version_number": 4, "last_name": "Smith"},
        {"version_number": 5, "last_name": "Anderson"},
        {"version_number": 4},
    ],
)
@respx.mock
def test_somebody_elses_change_is_a_conflict_with_both_versions(theirs: dict[str, object]) -> None:
    answers(BEFORE, {"id": "c", **theirs})
    respx.post(CONTACT).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        with pytest.raises(scgapi.ConflictError) as caught:
            contact.update()
    assert (caught.value.version, caught.value.current_version) == (3, theirs["version_number"])
    assert (caught.value.outcome, caught.value.in_doubt) == ("UNKNOWN", True)
    assert (caught.value.attempts, caught.value.operation) == (2, "contacts.update")


@respx.mock
def test_a_conflict_without_doubt_is_never_taken_for_success() -> None:
    answers({**BEFORE, "version_number": 4, "last_name": "Anderson"})
    respx.post(CONTACT).mock(side_effect=[STALE])
    with client(Pauses()) as scg, pytest.raises(scgapi.ConflictError) as caught:
        scg.contacts.update("c", last_name="Anderson", version_number=3)
    assert (caught.value.version, caught.value.current_version, caught.value.in_doubt) == (3, 4, False)
    assert caught.value.outcome == "REJECTED"


@respx.mock
def test_times_are_compared_by_what_they_say() -> None:
    answers(BEFORE, {**BEFORE, "version_number": 4, "last_acquisition_date": 1656704873258})
    respx.post(CONTACT).mock(side_effect=[httpx.Response(502), STALE])
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_acquisition_date = contact.first_acquisition_date
        contact.update()
        assert contact.version_number == 4


@respx.mock
def test_a_conflict_that_cannot_be_read_back_is_a_conflict_all_the_same() -> None:
    respx.get(CONTACT).mock(return_value=httpx.Response(404))
    respx.put(CONTACT).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with client(Pauses()) as scg, pytest.raises(scgapi.ConflictError) as caught:
        scg.contacts.replace("c", last_name="Anderson", version_number=3)
    assert (caught.value.version, caught.value.current_version) == (3, None)


@respx.mock
def test_other_conflicts_are_not_read_back() -> None:
    route = respx.get(CONTACT)
    respx.post(CONTACT).respond(409, json={"error_code": "1011", "error_description": "Unique key"})
    with client(Pauses()) as scg, pytest.raises(scgapi.ConflictError):
        scg.contacts.update("c", external_id="e", version_number=3)
    assert not route.called


@pytest.mark.parametrize("failure", [httpx.Response(500, json={"error_code": "5001"}), httpx.Response(502)])
@respx.mock
def test_an_update_that_stays_in_doubt_is_read_back(failure: httpx.Response) -> None:
    answers(BEFORE, {**BEFORE, "version_number": 4, "last_name": "Anderson"})
    respx.post(CONTACT).mock(return_value=failure)
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.update()
    assert contact.version_number == 4
    answers(BEFORE, BEFORE)
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        with pytest.raises(scgapi.ServerError) as caught:
            contact.update()
    assert (caught.value.outcome, contact.version_number) == ("UNKNOWN", 3)


@respx.mock
def test_an_update_that_was_applied_before_another_refusal_is_found_out() -> None:
    answers(BEFORE, {**BEFORE, "version_number": 4, "last_name": "Anderson"})
    busy = httpx.Response(409, json={"error_code": "SCG_ERROR_4090"})
    respx.post(CONTACT).mock(side_effect=[httpx.ReadError("reset"), busy])
    with client(Pauses(), scgapi.RetryPolicy(attempts=2)) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        contact.update()
    assert contact.version_number == 4


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_an_update_that_was_applied_before_somebody_elses_was_not_refused(client_kind: ClientKind) -> None:
    """Ours made version 4, theirs version 5, and our second attempt met that."""
    answers({**BEFORE, "version_number": 5, "last_name": "Smith"})
    respx.post(CONTACT).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with pytest.raises(scgapi.ConflictError) as caught:
        updated(client_kind, "contacts.update", "c", last_name="Anderson", version_number=3)
    assert (caught.value.outcome, caught.value.in_doubt, caught.value.current_version) == ("UNKNOWN", True, 5)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("fields", "shown", "applied"),
    [
        ({"verification_code": "1234"}, {"state": "ACTIVE"}, True),
        ({"verification_code": "1234"}, {"state": "PENDING_CONFIRMATION"}, False),
        ({"verification_code": "1234"}, {}, False),
    ],
)
@respx.mock
def test_a_field_that_answers_never_show_is_not_compared(
    client_kind: ClientKind, fields: dict[str, object], shown: dict[str, object], applied: bool
) -> None:
    respx.get(SENDER_ID).respond(json={"id": "s", "version_number": 4, **shown})
    respx.post(SENDER_ID).mock(side_effect=[httpx.ReadError("reset"), STALE])
    if applied:
        updated(client_kind, "sender_ids.activate", "s", version_number=3, **fields)
        return
    with pytest.raises(scgapi.ConflictError) as caught:
        updated(client_kind, "sender_ids.activate", "s", version_number=3, **fields)
    assert caught.value.outcome == "UNKNOWN"


@respx.mock
def test_an_update_of_nothing_that_can_be_read_back_stays_in_doubt() -> None:
    respx.get(SENDER_ID).respond(json={"id": "s", "version_number": 4, "name": "x"})
    respx.post(SENDER_ID).mock(side_effect=[httpx.ReadError("reset"), STALE])
    with client(Pauses()) as scg, pytest.raises(scgapi.ConflictError) as caught:
        scg.sender_ids.update("s", verification_code="1234", use_case="OTP", version_number=3)
    assert (caught.value.outcome, caught.value.in_doubt) == ("UNKNOWN", True)


@pytest.mark.parametrize("answer", [httpx.Response(303), httpx.Response(200, json={"error_code": "5001"})])
@pytest.mark.parametrize("applied", [True, False])
@respx.mock
def test_an_answer_that_proves_nothing_is_read_back(answer: httpx.Response, applied: bool) -> None:
    after = {**BEFORE, "version_number": 4, "last_name": "Anderson"} if applied else BEFORE
    answers(BEFORE, after)
    route = respx.post(CONTACT).mock(return_value=answer)
    with client(Pauses()) as scg:
        contact = scg.contacts.get("c")
        contact.last_name = "Anderson"
        if applied:
            contact.update()
            assert contact.version_number == 4
        else:
            with pytest.raises(scgapi.UnexpectedResponseError) as caught:
                contact.update()
            assert caught.value.outcome == "UNKNOWN"
    assert route.call_count == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("status", [301, 302, 303])
@pytest.mark.parametrize(
    "operation", ["contacts.create", "calls.create", "conferences.create", "bridges.create"]
)
@respx.mock
def test_a_create_that_is_redirected_to_its_result_may_be_done(
    client_kind: ClientKind, operation: str, status: int
) -> None:
    route = respx.post(url__startswith=API).respond(status, headers={"location": f"{API}/contacts/c"})
    with pytest.raises(scgapi.UnexpectedResponseError) as caught:
        updated(client_kind, operation, **CREATES.get(operation, {}))
    assert (caught.value.outcome, route.call_count) == ("UNKNOWN", 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "body", [{"error_code": "SCG_ERROR_5000"}, {"errors": {"x": "y"}}, {"fault": "x", "id": None}, {}]
)
@pytest.mark.parametrize(
    "operation", ["contacts.create", "calls.create", "conferences.create", "mfa_applications.create"]
)
@respx.mock
def test_a_create_without_an_id_is_in_doubt_and_made_once(
    client_kind: ClientKind, operation: str, body: dict[str, object]
) -> None:
    route = respx.post(url__startswith="https://api.syniverse.com").respond(json=body)
    with pytest.raises(scgapi.UnexpectedResponseError) as caught:
        updated(client_kind, operation, **CREATES.get(operation, {}))
    assert caught.value.outcome == ("UNKNOWN" if body else "ACCEPTED_UNPARSED")
    assert route.call_count == 1


def test_no_create_is_ever_repeated() -> None:
    created = [
        operation
        for module in pkgutil.iter_modules(models.__path__)
        for operation in vars(importlib.import_module(f"{models.__name__}.{module.name}")).values()
        if isinstance(operation, Operation) and operation.creates
    ]
    assert len(created) > 30
    assert not any(operation.repeatable for operation in created)


CREATES: dict[str, dict[str, object]] = {
    "calls.create": {"from_": "1", "to": "+15552461234"},
    "conferences.create": {"from_": "1"},
    "mfa_applications.create": {"name": "x"},
}


def updated(client_kind: ClientKind, operation: str, *args: str, **fields: object) -> object:
    """Call `resource.method` on a client whose pauses take no time."""
    resource, _, method = operation.partition(".")

    async def called() -> object:
        async with scgapi.AsyncClient(AUTH) as scg:
            scg._pipeline.clock = Pauses().clock
            result: object = getattr(getattr(scg, resource), method)(*args, **fields)
            return await result if inspect.isawaitable(result) else result

    if client_kind == "async":
        return asyncio.run(called())
    with client(Pauses()) as scg:
        return getattr(getattr(scg, resource), method)(*args, **fields)
