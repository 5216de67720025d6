"""Tests with the fixtures of the pytest plugin."""

from __future__ import annotations

from typing import assert_type

import httpx
import pytest

import scgapi
from scgapi.sandbox import AfterSeconds, FaultInjector, Phone, Rule, Sandbox


@pytest.mark.scg_sandbox(progress=AfterSeconds(60), token_ttl=900)
def test_fixtures(
    scg_sandbox: Sandbox, scg_client: scgapi.Client, scg_phone: Phone, scg_faults: FaultInjector
) -> None:
    assert_type(scg_phone.number, str)
    scg_client.message_requests.create(from_="155528999", to=[scg_phone.number], body="Hi")
    assert_type(scg_faults.lose_response(), Rule)
    scg_faults.refuse("contacts.*", 429, retry_after=1, times=None)
    scg_sandbox.gateway.advance(60)


async def test_async_fixture(scg_async_client: scgapi.AsyncClient) -> None:
    await scg_async_client.contacts.create(first_name="Ann")


def in_process(sandbox: Sandbox) -> None:
    assert_type(sandbox.client(timeout=5, on_unknown="verify"), scgapi.Client)
    assert_type(sandbox.async_client(retry=scgapi.RetryPolicy(attempts=1)), scgapi.AsyncClient)
    transport = sandbox.transport()
    scgapi.Client(transport.auth, http_client=httpx.Client(transport=transport))
    scgapi.AsyncClient(transport.auth, http_client=httpx.AsyncClient(transport=transport))
