"""`client.auth.refresh()`: the token is refreshed now, once for all who ask, and returned with its validity."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi._core.deadline import Deadline
from scgapi._core.token_state import Replacement, StoredToken
from scgapi._http.attempt import TransportName
from scgapi._io.clock import SystemClock
from scgapi._io.token_file import TokenFile
from scgapi._sync.tokens import Tokens
from scgapi.sandbox import Sandbox, faults
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind, sent

HOST = "https://api.syniverse.com"
REFRESH = f"{HOST}/saop-rest-data/v1/apptoken-refresh"
CONTACT = f"{HOST}/scg-external-api/api/v1/contacts/c"
AUTH = scgapi.AuthInfo(key="the-key", secret="the-secret", token="old")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CLOCK = SystemClock(now=NOW.timestamp)
CROWD = 8
PATIENCE = 60  # seconds: only a broken build waits for them


class Service:
    """A token service: each answer is a new token."""

    def __init__(self) -> None:
        self.tokens = 0
        self.validity: object = 900

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.tokens += 1
        return httpx.Response(200, json={"accessToken": f"new-{self.tokens}", "validityTime": self.validity})


def refreshed(
    client_kind: ClientKind, auth: scgapi.AuthInfo, transport: TransportName = "httpx", times: int = 1
) -> list[scgapi.RefreshedToken]:
    """Refresh so many times with one client, then make a call."""

    async def run() -> list[scgapi.RefreshedToken]:
        async with scgapi.AsyncClient(auth, retry=ONCE, transport=transport) as scg:
            scg._pipeline.clock = CLOCK
            found = [await scg.auth.refresh() for _ in range(times)]
            await scg.contacts.get("c")
            return found

    if client_kind == "async":
        return asyncio.run(run())
    with scgapi.Client(auth, retry=ONCE, transport=transport) as scg:
        scg._pipeline.clock = CLOCK
        found = [scg.auth.refresh() for _ in range(times)]
        scg.contacts.get("c")
        return found


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_it_asks_for_a_new_token_though_the_old_one_is_good_and_uses_it(client_kind: ClientKind) -> None:
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=Service())
    contact = respx.get(CONTACT).respond(200, json={"id": "c"})
    first, second = refreshed(client_kind, AUTH, times=2)
    assert (first.token, first.obtained, first.validity) == ("new-1", NOW, 900.0)
    assert second.token == "new-2"
    assert [request.url.params["oldtoken"] for request in sent(refresh)] == ["old", "new-1"]
    assert [request.headers["authorization"] for request in sent(contact)] == ["Bearer new-2"]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("validity", [0, None, "soon"])
@respx.mock
def test_a_token_that_does_not_expire_has_no_validity(client_kind: ClientKind, validity: object) -> None:
    service = Service()
    service.validity = validity
    respx.get(url__startswith=REFRESH).mock(side_effect=service)
    respx.get(CONTACT).respond(200, json={"id": "c"})
    assert [token.validity for token in refreshed(client_kind, AUTH)] == [None]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_key_and_secret_are_enough(client_kind: ClientKind) -> None:
    respx.get(url__startswith=REFRESH).mock(side_effect=Service())
    respx.get(CONTACT).respond(200, json={"id": "c"})
    assert [token.token for token in refreshed(client_kind, scgapi.AuthInfo("k", "s"))] == ["new-1"]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_the_token_file_gets_the_new_token_and_a_token_found_in_it_is_refreshed_too(
    client_kind: ClientKind, tmp_path: Path
) -> None:
    """Another process has refreshed long ago: its token is adopted, and then refreshed as asked."""
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=Service())
    path = tmp_path / "token"
    auth = scgapi.AuthInfo("k", "s", "old", token_file=path)
    file = TokenFile(str(path))

    def somebody_refreshes() -> None:
        unlock = file.lock()
        assert unlock is not None
        file.write(StoredToken("theirs", NOW.timestamp() - 60, 900.0))
        unlock()

    async def run() -> list[scgapi.RefreshedToken]:
        async with scgapi.AsyncClient(auth, retry=ONCE) as scg:
            scg._pipeline.clock = CLOCK
            first = await scg.auth.refresh()
            somebody_refreshes()
            return [first, await scg.auth.refresh()]

    if client_kind == "async":
        found = asyncio.run(run())
    else:
        with scgapi.Client(auth, retry=ONCE) as scg:
            scg._pipeline.clock = CLOCK
            first = scg.auth.refresh()
            somebody_refreshes()
            found = [first, scg.auth.refresh()]
    assert [token.token for token in found] == ["new-1", "new-2"]
    assert [request.url.params["oldtoken"] for request in sent(refresh)] == ["old", "theirs"]
    assert file.read().token == "new-2"


@respx.mock
def test_threads_that_ask_at_once_share_one_refresh(monkeypatch: pytest.MonkeyPatch) -> None:
    asking, service, refreshed = threading.Semaphore(0), Service(), Tokens.replace

    def ask(self: Tokens, bad: str | None, operation: str, deadline: Deadline) -> Replacement:
        asking.release()
        return refreshed(self, bad, operation, deadline)

    def answer_when_all_ask(request: httpx.Request) -> httpx.Response:
        assert all(asking.acquire(timeout=PATIENCE) for _ in range(CROWD))
        return service(request)

    monkeypatch.setattr(Tokens, "replace", ask)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=answer_when_all_ask)
    with scgapi.Client(AUTH, retry=ONCE) as scg, ThreadPoolExecutor(CROWD) as pool:
        asked = [pool.submit(scg.auth.refresh) for _ in range(CROWD)]
        found = [one.result(PATIENCE) for one in asked]
    assert refresh.call_count == 1
    assert {token.token for token in found} == {"new-1"}


@respx.mock
def test_tasks_that_ask_at_once_share_one_refresh() -> None:
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=Service())

    async def ask_all() -> list[scgapi.RefreshedToken]:
        async with scgapi.AsyncClient(AUTH, retry=ONCE) as scg:
            return await asyncio.gather(*(scg.auth.refresh() for _ in range(CROWD)))

    assert {token.token for token in asyncio.run(ask_all())} == {"new-1"}
    assert refresh.call_count == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_without_key_and_secret_nothing_is_sent(client_kind: ClientKind) -> None:
    for auth in (scgapi.AuthInfo(token="t"), scgapi.AuthInfo(appid="1", companyid="2")):
        with respx.mock as router, pytest.raises(scgapi.ConfigurationError, match="key and secret") as caught:
            refreshed(client_kind, auth)
        assert not router.calls
        assert caught.value.operation == "auth.refresh"


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_both_transports_refresh_at_a_gateway(
    client_kind: ClientKind, transport: TransportName, gateway: Sandbox
) -> None:
    old = gateway.auth
    with scgapi.Client(old) as scg:
        contact = scg.contacts.create(first_name="Ann")
    if client_kind == "async":
        token = asyncio.run(_at_gateway(old, transport, contact))
    else:
        with scgapi.Client(old, transport=transport) as scg:
            token = scg.auth.refresh()
            assert scg.contacts.get(contact).first_name == "Ann"
    assert token.token == gateway.auth.token != old.token


async def _at_gateway(auth: scgapi.AuthInfo, transport: TransportName, contact: str) -> scgapi.RefreshedToken:
    async with scgapi.AsyncClient(auth, transport=transport) as scg:
        token = await scg.auth.refresh()
        assert (await scg.contacts.get(contact)).first_name == "Ann"
        return token


def test_a_refusal_says_what_to_check_and_nothing_secret(gateway: Sandbox) -> None:
    with (
        gateway.inject_fault("auth.refresh", faults.Refuse(400)),
        scgapi.Client(gateway.auth) as scg,
        pytest.raises(scgapi.AuthenticationError, match=r"auth\.refresh") as caught,
    ):
        scg.auth.refresh()
    assert str(gateway.auth.secret) not in str(caught.value)


def test_the_value_is_frozen_and_hides_the_token() -> None:
    token = scgapi.RefreshedToken("t0ken", NOW, 900.0)
    assert "t0ken" not in repr(token)
    assert "900" in repr(token)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(token, "token", "x")  # noqa: B010 - a checker refuses the assignment, too
