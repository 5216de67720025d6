"""The lock of a token file is let go whatever becomes of a refresh, and a full disk loses no token."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi._core.token_state import StoredToken
from scgapi._io.token_file import StoreLock, TokenFile
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind, sent
from tests.client.test_refresh import Time
from tests.faults.driver import AnyClient, play, settled

HOST = "https://api.syniverse.com"
CONTACT = f"{HOST}/scg-external-api/api/v1/contacts/c"
REFRESH = f"{HOST}/saop-rest-data/v1/apptoken-refresh"
LOCK = """
import sys, time
from scgapi._io.token_file import TokenFile
until = time.monotonic() + 10
while (unlock := TokenFile(sys.argv[1]).lock()) is None and time.monotonic() < until:
    time.sleep(0.02)
print("locked" if unlock else "locked out")
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "token.json"


def auth(file: Path) -> scgapi.AuthInfo:
    return scgapi.AuthInfo("the-key", "the-secret", "old", token_file=file)


def of_another_process(file: Path) -> str:
    """What another process says of the lock."""
    command = [sys.executable, "-c", LOCK, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


async def begin(scg: scgapi.AsyncClient) -> asyncio.Task[scgapi.AsyncContact]:
    """Begin a call that has to refresh its token, and come back while the token service keeps it waiting."""
    asked = asyncio.Event()

    async def service(_: httpx.Request) -> httpx.Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    respx.get(CONTACT).respond(401)
    respx.get(url__startswith=REFRESH).mock(side_effect=service)
    call = asyncio.create_task(scg.contacts.get("c"))
    await asyncio.wait_for(asked.wait(), 30)
    return call


def left_alone(loop: asyncio.AbstractEventLoop, call: asyncio.Task[scgapi.AsyncContact]) -> None:
    pass


def cancelled(loop: asyncio.AbstractEventLoop, call: asyncio.Task[scgapi.AsyncContact]) -> None:
    call.cancel()


def all_cancelled(loop: asyncio.AbstractEventLoop, call: asyncio.Task[scgapi.AsyncContact]) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()


def all_cancelled_twice(loop: asyncio.AbstractEventLoop, call: asyncio.Task[scgapi.AsyncContact]) -> None:
    for _ in range(2):
        all_cancelled(loop, call)
        loop.run_until_complete(asyncio.sleep(0))


@pytest.mark.parametrize("ending", [left_alone, cancelled, all_cancelled, all_cancelled_twice])
@respx.mock
def test_a_loop_that_is_closed_during_a_refresh_leaves_no_lock(
    file: Path, ending: Callable[[asyncio.AbstractEventLoop, asyncio.Task[scgapi.AsyncContact]], None]
) -> None:
    loop = asyncio.new_event_loop()
    scg = scgapi.AsyncClient(auth(file))
    call = loop.run_until_complete(begin(scg))
    assert TokenFile(str(file)).lock() is None
    ending(loop, call)
    loop.close()
    # The client and the task are still there: nothing of this is left to the garbage collector.
    assert of_another_process(file) == "locked"
    assert scg is not None
    del call
    gc.collect()


@respx.mock
def test_a_refresh_that_is_cancelled_lets_go_at_once(file: Path) -> None:
    async def main() -> None:
        async with scgapi.AsyncClient(auth(file)) as scg:
            call = await begin(scg)
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            unlock = TokenFile(str(file)).lock()
            assert unlock is not None
            unlock()
            assert call.cancelled()

    asyncio.run(main())


@respx.mock
def test_after_its_loop_was_closed_a_client_refreshes_in_another(file: Path) -> None:
    loop = asyncio.new_event_loop()
    scg = scgapi.AsyncClient(auth(file), retry=ONCE)
    call = loop.run_until_complete(begin(scg))
    loop.close()
    respx.get(CONTACT).mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).respond(json={"accessToken": "new", "validityTime": 900})

    async def again() -> str:
        return (await scg.contacts.get("c")).id

    assert asyncio.run(again()) == "c"
    assert TokenFile(str(file)).read().token == "new"
    assert not call.done()
    del call
    gc.collect()


def test_a_method_at_work_lets_go_at_its_end(file: Path) -> None:
    store, begun, may_end = TokenFile(str(file)), threading.Event(), threading.Event()

    def slow(stored: StoredToken) -> None:
        begun.set()
        assert may_end.wait(10)

    store.write = slow  # type: ignore[method-assign]
    lock = StoreLock(store)
    assert lock.acquire()
    writer = threading.Thread(target=lock.write, args=[StoredToken("t")])
    writer.start()
    assert begun.wait(10)
    lock.release()  # does not wait
    assert TokenFile(str(file)).lock() is None
    may_end.set()
    writer.join(10)
    unlock = TokenFile(str(file)).lock()
    assert unlock is not None
    unlock()


def by_token(request: httpx.Request) -> httpx.Response:
    good = request.headers["authorization"] == "Bearer new"
    return httpx.Response(200, json={"id": "c"}) if good else httpx.Response(401)


class Disk:
    """A disk that takes a number of files and is full then."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room = 1000
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self)

    def __call__(self, number: int) -> None:
        if os.path.isfile(f"/proc/self/fd/{number}"):
            if not self.room:
                raise OSError(errno.ENOSPC, "No space left on device")
            self.room -= 1
        self._fsync(number)


def token_in(file: Path) -> str | None:
    """The token that other processes find."""
    return TokenFile(str(file)).read().token


def opened(client_kind: ClientKind, credentials: scgapi.AuthInfo) -> AnyClient:
    return (scgapi.Client if client_kind == "sync" else scgapi.AsyncClient)(credentials, retry=ONCE)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_disk_that_is_full_when_the_new_token_comes_loses_nothing(
    client_kind: ClientKind, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).respond(json={"accessToken": "new", "validityTime": 900})
    disk, time = Disk(monkeypatch), Time()
    disk.room = 1  # for what is noted before the token service is asked

    async def scenario() -> None:
        scg = opened(client_kind, auth(file))
        scg._pipeline.clock = time.clock
        await settled(scg.contacts.get("c"))
        assert token_in(file) == "old"
        for _ in range(3):  # the disk stays full
            time.now += 20
            await settled(scg.contacts.get("c"))
        disk.room = 10
        await settled(scg.contacts.get("c"))
        assert token_in(file) == "old"  # it is not tried at each call
        time.now += 20
        await settled(scg.contacts.get("c"))
        assert TokenFile(str(file)).read().token == "new"
        await settled(scg.close())

    caplog.set_level(logging.WARNING)
    play(client_kind, scenario())
    assert refresh.call_count == 1
    (warning,) = [record.getMessage() for record in caplog.records if record.name == "scgapi.tokens"]
    assert str(file) in warning
    assert "No space left on device" in warning
    assert not {*file.parent.iterdir()} - {file, file.with_name("token.json.lock")}


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_token_in_memory_is_refreshed_in_its_turn_and_written_at_the_end(
    client_kind: ClientKind, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = "1"

    def gate(request: httpx.Request) -> httpx.Response:
        found = request.headers["authorization"] == f"Bearer {good}"
        return httpx.Response(200, json={"id": "c"}) if found else httpx.Response(401)

    respx.get(CONTACT).mock(side_effect=gate)
    tokens = [httpx.Response(200, json={"accessToken": token, "validityTime": 900}) for token in "12"]
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=tokens)
    disk = Disk(monkeypatch)
    disk.room = 1

    async def scenario() -> None:
        nonlocal good
        scg = opened(client_kind, auth(file))
        await settled(scg.contacts.get("c"))
        good = "2"
        await settled(scg.contacts.get("c"))  # the disk is still full
        disk.room = 10
        await settled(scg.close())

    play(client_kind, scenario())
    assert [request.url.params["oldtoken"] for request in sent(refresh)] == ["old", "1"]
    assert TokenFile(str(file)).read().token == "2"


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_newer_token_of_another_process_takes_the_place_of_one_in_memory(
    client_kind: ClientKind, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_tokens(request: httpx.Request) -> httpx.Response:
        good = request.headers["authorization"] in ("Bearer new", "Bearer newer")
        return httpx.Response(200, json={"id": "c"}) if good else httpx.Response(401)

    respx.get(CONTACT).mock(side_effect=by_tokens)
    respx.get(url__startswith=REFRESH).respond(json={"accessToken": "new", "validityTime": 900})
    disk, time = Disk(monkeypatch), Time()
    disk.room = 1

    async def scenario() -> None:
        scg = opened(client_kind, auth(file))
        scg._pipeline.clock = time.clock
        await settled(scg.contacts.get("c"))
        disk.room = 10
        TokenFile(str(file)).write(StoredToken("newer", time.now))
        time.now += 20
        await settled(scg.contacts.get("c"))
        assert scg._pipeline._tokens is not None
        assert scg._pipeline._tokens._current is not None
        assert scg._pipeline._tokens._current.token == "newer"
        await settled(scg.close())

    play(client_kind, scenario())
    assert TokenFile(str(file)).read().token == "newer"


def test_another_process_recovers_while_the_token_is_in_memory_only(
    gateway: Sandbox, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = gateway.auth
    shared = scgapi.AuthInfo(found.key, found.secret, found.token, url=found.url, token_file=file)
    disk = Disk(monkeypatch)
    disk.room = 1
    gateway.expire_token()
    with scgapi.Client(shared) as first:
        list(first.contacts.list())
        disk.room = 100
        with scgapi.Client(shared) as other:
            list(other.contacts.list())
        list(first.contacts.list())
    assert TokenFile(str(file)).read().token == gateway.gateway.token
