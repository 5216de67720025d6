"""Waiting for what ends later, with pauses that a test can hold in its hand."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Sequence

import httpx
import pytest
import respx

import scgapi
from scgapi._async.resources.contact_imports import AsyncContactImport
from scgapi._core.model.base import ResourceModel
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.client.test_retries import Pauses
from tests.client.test_wire import API, AUTH
from tests.scenarios.driver import attribute

PATHS = {
    "message_requests": "/messaging/message_requests",
    "attachments": "/messaging/attachments",
    "sender_id_imports": "/sender_ids_import",
    "contact_imports": "/contactimport",
    "contact_exports": "/contactexport",
}
LAST = {name: "UPLOADED" if name == "attachments" else "COMPLETED" for name in PATHS}


def in_state(state: str | None) -> httpx.Response:
    return httpx.Response(404) if state is None else httpx.Response(200, json={"id": "i", "state": state})


def waited(
    client_kind: ClientKind,
    resource: str,
    pauses: Pauses,
    seen: list[object],
    timeout: float = 60.0,
    interval: float = 0.5,
) -> object:
    def note(found: object) -> None:
        seen.append(attribute(found, "state"))

    async def main() -> object:
        async with scgapi.AsyncClient(AUTH) as client:
            client._pipeline.clock = pauses.clock
            wait = getattr(client, resource).wait
            found: object = await wait("i", timeout=timeout, interval=interval, on_progress=note)
            return found

    if client_kind == "async":
        return asyncio.run(main())
    with scgapi.Client(AUTH) as client:
        client._pipeline.clock = pauses.clock
        found: object = getattr(client, resource).wait(
            "i", timeout=timeout, interval=interval, on_progress=note
        )
        return found


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("resource", PATHS)
@respx.mock
def test_it_is_read_until_it_has_ended(resource: str, client_kind: ClientKind) -> None:
    states = ["CREATED", "RUNNING", "RUNNING", LAST[resource]]
    respx.get(f"{API}{PATHS[resource]}/i").mock(side_effect=[in_state(state) for state in states])
    pauses, seen = Pauses(), list[object]()
    found = waited(client_kind, resource, pauses, seen)
    assert isinstance(found, ResourceModel)
    assert (found.id, attribute(found, "state")) == ("i", LAST[resource])
    assert seen == states
    assert pauses == [0.5, 0.75, 1.125]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_when_time_is_out_the_last_state_is_told(client_kind: ClientKind) -> None:
    route = respx.get(f"{API}/contactimport/i").mock(return_value=in_state("RUNNING"))
    pauses, seen = Pauses(), list[object]()
    with pytest.raises(
        scgapi.WaitTimeoutError, match=r"contact import i did not finish within 30 s \(last state: RUNNING\)"
    ) as caught:
        waited(client_kind, "contact_imports", pauses, seen, timeout=30, interval=1)
    assert pauses == [1, 1.5, 2.25, 3.375, 5.0625, 7.59375, 9.21875]
    assert route.call_count == len(seen) == 8
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.state, error.waited, error.attempts, error.operation) == (
        "RUNNING",
        30,
        8,
        "contact_imports.get",
    )
    assert error.outcome == "UNKNOWN"
    assert str(error) == str(caught.value)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_it_may_take_a_while_to_appear(client_kind: ClientKind) -> None:
    states: Sequence[str | None] = (None, None, "TRANSMITTING", None, "COMPLETED")
    respx.get(f"{API}/messaging/message_requests/i").mock(side_effect=[in_state(state) for state in states])
    pauses, seen = Pauses(), list[object]()
    waited(client_kind, "message_requests", pauses, seen)
    assert (seen, len(pauses)) == (["TRANSMITTING", "COMPLETED"], 4)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_what_never_appears_is_not_found(client_kind: ClientKind) -> None:
    respx.get(f"{API}/messaging/message_requests/i").mock(return_value=in_state(None))
    pauses, seen = Pauses(), list[object]()
    with pytest.raises(scgapi.NotFoundError):
        waited(client_kind, "message_requests", pauses, seen)
    assert 10 <= sum(pauses) < 20
    with pytest.raises(
        scgapi.WaitTimeoutError, match=r"message request i did not appear within 2 s \(last answer: 404\)"
    ) as caught:
        waited(client_kind, "message_requests", Pauses(), seen, timeout=2)
    assert (caught.value.state, seen) == (None, [])
    assert isinstance(caught.value.__cause__, scgapi.NotFoundError)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_other_refusals_end_the_wait(client_kind: ClientKind) -> None:
    respx.get(f"{API}/contactexport/i").respond(403)
    pauses, seen = Pauses(), list[object]()
    with pytest.raises(scgapi.PermissionDeniedError):
        waited(client_kind, "contact_exports", pauses, seen)
    assert pauses == []


@respx.mock
def test_a_state_that_is_no_text_is_no_end() -> None:
    answers = [httpx.Response(200, json={"id": "i", "state": ["odd"]}), in_state("FAILED")]
    respx.get(f"{API}/sender_ids_import/i").mock(side_effect=answers)
    seen: list[object] = []
    assert attribute(waited("sync", "sender_id_imports", Pauses(), seen), "state") == "FAILED"
    assert len(seen) == 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(("timeout", "interval"), [(-1, 0.5), (60, 0)])
@respx.mock
def test_impossible_times_are_refused_before_anything_is_sent(
    timeout: float, interval: float, client_kind: ClientKind
) -> None:
    with pytest.raises(scgapi.InvalidArgumentError):
        waited(client_kind, "attachments", Pauses(), [], timeout, interval)
    assert not respx.calls


@pytest.mark.parametrize("resource", PATHS)
@respx.mock
def test_an_object_waits_for_itself(resource: str) -> None:
    states = ["CREATED", "RUNNING", LAST[resource]]
    respx.get(f"{API}{PATHS[resource]}/i").mock(side_effect=[in_state(state) for state in states])
    with scgapi.Client(AUTH) as client:
        client._pipeline.clock = Pauses().clock
        found = getattr(client, resource).get("i")
        seen: list[object] = []
        assert found.wait(on_progress=seen.append) is found
    assert seen == [found, found]
    assert found.state == LAST[resource]


@respx.mock
def test_an_object_whose_wait_fails_holds_what_was_read_last() -> None:
    states = ["CREATED", "RUNNING"]
    respx.get(f"{API}/contactimport/i").mock(side_effect=[in_state(state) for state in states])

    async def main() -> AsyncContactImport:
        async with scgapi.AsyncClient(AUTH) as client:
            found = await client.contact_imports.get("i")
            with pytest.raises(scgapi.WaitTimeoutError):
                await found.wait(timeout=0)
            return found

    assert asyncio.run(main()).state == "RUNNING"
