"""Calls that the package has no method for."""

from __future__ import annotations

import asyncio

import pytest

import scgapi
from scgapi.sandbox import Sandbox, faults


def test_a_call_carries_body_and_token_and_returns_the_answer(gateway: Sandbox, scg: scgapi.Client) -> None:
    made = scg.request("POST", "/contacts", json={"first_name": "Ann"})
    assert isinstance(made, dict)
    contact_id = str(made["id"])
    assert scg.contacts.get(contact_id).first_name == "Ann"
    gateway.expire_token()
    found = scg.request("GET", f"/contacts?id={contact_id}&limit=1")
    assert isinstance(found, dict)
    assert found["total"] == 1
    assert scg.request("DELETE", f"/contacts/{contact_id}") is None


def test_the_async_client_does_the_same(gateway: Sandbox) -> None:
    async def run() -> object:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            return await scg.request("GET", "/contacts")

    found = asyncio.run(run())
    assert isinstance(found, dict)
    assert (found["list"], found["total"]) == ([], 0)


def test_a_read_is_repeated_after_a_doubtful_outcome(gateway: Sandbox, scg: scgapi.Client) -> None:
    gateway.inject_fault("contacts.list", faults.Refuse(502), times=1)
    assert isinstance(scg.request("GET", "/contacts"), dict)
    assert gateway.received("contacts.list") == 2


def test_a_delete_is_not_repeated_after_a_doubtful_outcome(gateway: Sandbox, scg: scgapi.Client) -> None:
    contact_id = scg.contacts.create(first_name="Ann")
    gateway.inject_fault("contacts.delete", faults.Refuse(502), times=1)
    with pytest.raises(scgapi.ServerError) as caught:
        scg.request("DELETE", f"/contacts/{contact_id}")
    assert caught.value.outcome == "UNKNOWN"
    assert contact_id not in str(caught.value)
    assert gateway.received("contacts.delete") == 1


def test_a_call_that_was_refused_is_repeated(gateway: Sandbox, scg: scgapi.Client) -> None:
    gateway.inject_fault("contacts.create", faults.Refuse(429), times=1)
    assert scg.request("POST", "/contacts", json={"first_name": "Ann"})
    assert gateway.executed("contacts.create") == 1
