"""Processes that share a token file refresh the token once, and none of them loses it."""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import os
import stat
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import respx

import scgapi
from scgapi._core.token_state import StoredToken
from scgapi._io.clock import SystemClock
from scgapi._io.token_file import StoreLock, TokenFile
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind, call, sent
from tests.client import token_service
from tests.client.token_service import FIRST, KEY, SECRET, StrictGateway
from tests.limits import patiently

HOST = "https://api.syniverse.com"
CONTACT = f"{HOST}/scg-external-api/api/v1/contacts/c"
REFRESH = f"{HOST}/saop-rest-data/v1/apptoken-refresh"
SPAWN = multiprocessing.get_context("spawn")
EXPIRED = httpx.Response(401)
FOUND = httpx.Response(200, json={"id": "c"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "token.json"


def auth(file: Path, token: str | None = None) -> scgapi.AuthInfo:
    return scgapi.AuthInfo(KEY, SECRET, token, token_file=file)


def of(gateway: Sandbox, file: Path) -> scgapi.AuthInfo:
    found = gateway.auth
    return scgapi.AuthInfo(found.key, found.secret, found.token, url=found.url, token_file=file)


def keep(file: Path, token: str, **more: float) -> None:
    file.touch(0o600)
    file.write_text(json.dumps({"token": token, **more}))


def kept(file: Path) -> StoredToken:
    return TokenFile(str(file)).read()


def by_token(request: httpx.Request) -> httpx.Response:
    return FOUND if request.headers["authorization"] == "Bearer new" else EXPIRED


def answers(token: str, validity: int = 900) -> httpx.Response:
    return httpx.Response(200, json={"accessToken": token, "validityTime": validity})


def together(client_kind: str, processes: int, threads: int, rotations: int, file: Path) -> StrictGateway:
    """Processes that share a file, before a strict gateway; nothing that went wrong reached a caller."""
    with StrictGateway(processes * threads, rotations) as gateway:
        given = gateway.auth(file)
        with SPAWN.Pool(processes) as pool:
            runs = [
                pool.apply_async(token_service.work, (client_kind, given, number, threads))
                for number in range(processes)
            ]
            assert [run.get(500) for run in runs] == [[]] * processes
    return gateway


def assert_refreshed_by_one(gateway: StrictGateway, file: Path) -> None:
    assert (gateway.refreshes, gateway.stale, gateway.most_in_flight) == (gateway.rotations, 0, 1)
    assert kept(file).token == gateway.newest
    assert {path.name for path in file.parent.iterdir()} == {file.name, f"{file.name}.lock"}


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_processes_refresh_the_token_once_for_all_of_them(client_kind: ClientKind, file: Path) -> None:
    assert_refreshed_by_one(together(client_kind, 4, 8, 20, file), file)


@pytest.mark.nightly
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_many_processes_refresh_the_token_once_for_all_of_them(client_kind: ClientKind, file: Path) -> None:
    assert_refreshed_by_one(together(client_kind, 8, 16, 100, file), file)


@pytest.mark.parametrize(
    "moment",
    [
        "before the intent",
        "after the intent",
        "after the service",
        "half way into the file",
        "after the file",
    ],
)
def test_a_process_that_is_killed_loses_nothing(moment: str, gateway: Sandbox, file: Path) -> None:
    given = of(gateway, file)
    gateway.expire_token()
    victim = SPAWN.Process(target=token_service.die, args=[given, moment])
    victim.start()
    victim.join(60)
    assert victim.exitcode == -9
    with scgapi.Client(given) as scg:
        list(scg.contacts.list())
    assert kept(file) == StoredToken(gateway.gateway.token, kept(file).obtained)
    assert {path.name for path in file.parent.iterdir()} == {file.name, f"{file.name}.lock"}


def test_where_a_lost_token_cannot_be_had_again_the_error_says_so(file: Path) -> None:
    with StrictGateway(1, 5) as gateway:
        given = gateway.auth(file)
        gateway.is_good = False
        victim = SPAWN.Process(target=token_service.die, args=[given, "after the service"])
        victim.start()
        victim.join(60)
        gateway.is_good = False
        with (
            scgapi.Client(gateway.auth(file)) as scg,
            pytest.raises(
                scgapi.AuthenticationError, match=r"is lost\. Take a new one from the portal"
            ) as caught,
        ):
            scg.contacts.get("c")
        assert (caught.value.operation, caught.value.outcome) == ("contacts.get", "REJECTED")
        assert kept(file).token == FIRST  # nothing is deleted


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_token_is_kept_where_only_its_owner_can_read_it(client_kind: ClientKind, file: Path) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).mock(return_value=answers("new"))
    mask = os.umask(0)
    try:
        call(client_kind, auth(file, token="old"), "contacts.get", "c")
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()] == [0o600] * 2
    found = kept(file)
    assert (found.token, found.validity, found.intent) == ("new", 900, None)
    assert found.obtained > 1_500_000_000


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_the_kept_token_wins_over_the_configured_one(client_kind: ClientKind, file: Path) -> None:
    keep(file, "new")
    contact = respx.get(CONTACT).mock(side_effect=by_token)
    call(client_kind, auth(file, token="old"), "contacts.get", "c")
    call(client_kind, auth(file), "contacts.get", "c")
    assert contact.call_count == 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_the_configured_token_is_taken_when_the_kept_one_is_refused_for_good(
    client_kind: ClientKind, file: Path
) -> None:
    keep(file, "lost")
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).respond(400, json={"errorCode": 1})
    call(client_kind, auth(file, token="new"), "contacts.get", "c")
    assert refresh.call_count == 1
    assert kept(file).token == "lost"  # until there is a refreshed one


@respx.mock
def test_the_configured_token_is_refreshed_in_its_turn(file: Path) -> None:
    keep(file, "lost")
    good = "portal"

    def gate(request: httpx.Request) -> httpx.Response:
        return FOUND if request.headers["authorization"] == f"Bearer {good}" else EXPIRED

    def service(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400) if request.url.params["oldtoken"] == "lost" else answers("new")

    respx.get(CONTACT).mock(side_effect=gate)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=service)
    with scgapi.Client(auth(file, token="portal")) as scg:
        scg.contacts.get("c")
        assert scg._pipeline._tokens is not None
        scg._pipeline._tokens._last_failure = None  # a second later
        good = "new"
        scg.contacts.get("c")
    assert [request.url.params["oldtoken"] for request in sent(refresh)] == ["lost", "lost", "portal"]
    assert kept(file).token == "new"


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_token_that_another_process_has_refreshed_is_taken_over(
    client_kind: ClientKind, file: Path
) -> None:
    keep(file, "old")

    def gate(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] == "Bearer old":
            keep(file, "new")  # meanwhile
        return by_token(request)

    respx.get(CONTACT).mock(side_effect=gate)
    call(client_kind, auth(file), "contacts.get", "c")  # a refresh would be an error of respx


@respx.mock
def test_a_token_taken_over_that_is_refused_too_is_refreshed(file: Path) -> None:
    keep(file, "old")

    def gate(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] == "Bearer old":
            keep(file, "revoked")
        return by_token(request)

    contact = respx.get(CONTACT).mock(side_effect=gate)
    refresh = respx.get(url__startswith=REFRESH).mock(return_value=answers("new"))
    call("sync", auth(file), "contacts.get", "c")
    assert (contact.call_count, refresh.call_count) == (3, 1)
    assert refresh.calls.last.request.url.params["oldtoken"] == "revoked"


@respx.mock
def test_a_token_whose_time_has_passed_is_refreshed_rather_than_taken_over(file: Path) -> None:
    keep(file, "old")

    def gate(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] == "Bearer old":
            keep(file, "over", obtained=1_000_000_000, validity=900)
        return by_token(request)

    contact = respx.get(CONTACT).mock(side_effect=gate)
    refresh = respx.get(url__startswith=REFRESH).mock(return_value=answers("new"))
    call("sync", auth(file), "contacts.get", "c")
    assert contact.call_count == 2
    assert refresh.calls.last.request.url.params["oldtoken"] == "over"


@respx.mock
def test_a_newer_token_is_never_overwritten(file: Path) -> None:
    def service(_: httpx.Request) -> httpx.Response:
        keep(file, "new")  # by somebody who does without the lock
        return answers("ours")

    respx.get(CONTACT).mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).mock(side_effect=service)
    call("sync", auth(file, token="old"), "contacts.get", "c")
    assert kept(file).token == "new"


@respx.mock
def test_a_refresh_that_is_refused_leaves_the_file_as_it_was(file: Path) -> None:
    keep(file, "old", obtained=5.0, validity=0.0)
    respx.get(CONTACT).mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).respond(400)
    with pytest.raises(scgapi.AuthenticationError, match="Check key and secret"):
        call("sync", auth(file), "contacts.get", "c")
    assert kept(file) == StoredToken("old", 5)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_who_cannot_have_the_lock_in_time_is_told(client_kind: ClientKind, file: Path) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    unlock = TokenFile(str(file)).lock()
    assert unlock is not None

    def sync(limit: float) -> None:
        with scgapi.Client(auth(file, token="old"), timeout=limit) as scg:
            scg.contacts.get("c")

    async def asynchronous(limit: float) -> None:
        async with scgapi.AsyncClient(auth(file, token="old"), timeout=limit) as scg:
            await scg.contacts.get("c")

    def attempt(limit: float) -> str | None:
        with pytest.raises(scgapi.RequestTimeoutError) as caught:
            sync(limit) if client_kind == "sync" else asyncio.run(asynchronous(limit))
        return caught.value.outcome

    assert patiently(0.2, attempt, lambda outcome: outcome == "NOT_SENT") == "NOT_SENT"
    unlock()


@respx.mock
def test_nobody_waits_for_the_lock_to_refresh_early(file: Path) -> None:
    keep(file, "new", obtained=1_000_000_000, validity=900)
    respx.get(CONTACT).mock(side_effect=by_token)
    unlock, pauses = TokenFile(str(file)).lock(), list[float]()
    assert unlock is not None
    with scgapi.Client(auth(file)) as scg:
        scg._pipeline.clock = SystemClock(sleep=pauses.append)
        assert scg.contacts.get("c").id == "c"
    assert pauses == []
    unlock()


def test_a_refresh_that_was_given_up_takes_no_lock_and_writes_nothing(file: Path) -> None:
    store = TokenFile(str(file))
    lock = StoreLock(store)
    lock.release()
    assert not lock.acquire()
    lock.write(StoredToken("t"))
    lock.replace(StoredToken(), StoredToken("t"))
    assert kept(file) == StoredToken()
    unlock = store.lock()
    assert unlock is not None
    unlock()


def made(kind: str, file: Path) -> None:
    """A file that must not be read."""
    other = file.with_name("other")
    keep(other, "new")
    if kind == "link":
        file.symlink_to(other)
    elif kind == "folder":
        file.mkdir(0o700)
    elif kind == "pipe":
        os.mkfifo(file, 0o600)
    elif kind == "corrupt":
        file.touch(0o600)
        file.write_text('{"token": "new')
    else:
        other.rename(file)
        file.chmod({"group": 0o640, "world": 0o602}[kind])


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("group", r"others may read or write it \(mode 640\): chmod 600 it"),
        ("world", r"others may read or write it \(mode 602\): chmod 600 it"),
        ("link", "it is a symbolic link"),
        ("folder", "it is no regular file"),
        ("pipe", "it is no regular file"),
        ("corrupt", "is not a JSON object, and is left as it is.*otherwise remove it"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_named_and_left_alone(
    kind: str, why: str, client_kind: ClientKind, file: Path
) -> None:
    made(kind, file)
    before = file.lstat()
    with pytest.raises(scgapi.ConfigurationError, match=why) as caught:
        call(client_kind, auth(file, token="new"), "contacts.get", "c")
    assert str(file) in str(caught.value)
    assert caught.value.operation == "contacts.get"
    assert (file.lstat().st_ino, file.lstat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_of_somebody_else_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(file, "new")
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    with pytest.raises(scgapi.ConfigurationError, match="it belongs to another user"):
        call("sync", auth(file), "contacts.get", "c")


@pytest.mark.parametrize("kind", ["link", "group"])
@respx.mock
def test_a_file_that_turned_bad_meanwhile_is_not_written(kind: str, file: Path) -> None:
    def gate(request: httpx.Request) -> httpx.Response:
        made(kind, file)
        return EXPIRED

    respx.get(CONTACT).mock(side_effect=gate)
    with pytest.raises(scgapi.ConfigurationError, match=r"contacts\.get"):
        call("sync", auth(file, token="old"), "contacts.get", "c")


@respx.mock
def test_where_nothing_can_be_written_no_token_is_asked_for(tmp_path: Path) -> None:
    respx.get(CONTACT).mock(return_value=EXPIRED)
    missing = tmp_path / "missing" / "token.json"
    with pytest.raises(scgapi.ConfigurationError, match="No such file or directory"):
        call("sync", auth(missing, token="old"), "contacts.get", "c")
    (tmp_path / "token.json.lock").symlink_to(tmp_path / "other")
    with pytest.raises(scgapi.ConfigurationError, match=r"token\.json\.lock"):
        call("sync", auth(tmp_path / "token.json", token="old"), "contacts.get", "c")


@respx.mock
def test_an_empty_file_is_filled(file: Path) -> None:
    file.touch(0o600)
    respx.get(CONTACT).mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).mock(return_value=answers("new"))
    call("sync", auth(file, token="old"), "contacts.get", "c")
    assert kept(file).token == "new"


def test_a_fork_shares_the_file_and_not_the_lock(gateway: Sandbox, file: Path) -> None:
    with scgapi.Client(of(gateway, file)) as scg:
        list(scg.contacts.list())
        gateway.expire_token()
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                list(scg.contacts.list())
                ended = 0
            finally:
                os._exit(ended)
        assert os.waitpid(child, 0)[1] == 0
        refreshed = kept(file).token
        list(scg.contacts.list())
        assert kept(file).token == refreshed == gateway.gateway.token


def test_a_fork_does_not_keep_the_lock_of_a_parent_that_died(file: Path) -> None:
    program = f"from tests.client.token_service import *; fork_with_the_lock({str(file)!r})"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as victim:
        assert victim.stdin is not None
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"forked\n"
        assert TokenFile(str(file)).lock() is None
        victim.kill()
        victim.wait(30)
        unlock = TokenFile(str(file)).lock()  # though the child lives on
        assert unlock is not None
        unlock()


@respx.mock
def test_cancelling_the_call_that_refreshes_leaves_the_refresh_alone(file: Path) -> None:
    keep(file, "old")
    respx.get(CONTACT).mock(side_effect=by_token)

    async def main() -> int:
        asked, may_answer = asyncio.Event(), asyncio.Event()

        async def service(_: httpx.Request) -> httpx.Response:
            asked.set()
            await may_answer.wait()
            return answers("new")

        refresh = respx.get(url__startswith=REFRESH).mock(side_effect=service)
        async with scgapi.AsyncClient(auth(file)) as scg:
            leader = asyncio.create_task(scg.contacts.get("c"))
            await asyncio.wait_for(asked.wait(), 10)
            follower = asyncio.create_task(scg.contacts.get("c"))
            leader.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leader
            assert kept(file).intent is not None
            may_answer.set()
            assert (await follower).id == "c"
        return refresh.call_count

    assert asyncio.run(main()) == 1
    assert (kept(file).token, kept(file).intent) == ("new", None)


def test_sync_and_async_clients_share_a_file_in_one_process(file: Path) -> None:
    with StrictGateway(8, 10) as gateway, ThreadPoolExecutor(2) as pool:
        given = gateway.auth(file)
        runs = [
            pool.submit(token_service.work, client_kind, given, number, 4)
            for number, client_kind in enumerate(CLIENT_KINDS)
        ]
        assert [run.result(60) for run in runs] == [[], []]
    assert_refreshed_by_one(gateway, file)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_secrets_are_in_the_token_file_and_nowhere_else(
    client_kind: ClientKind, file: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    with StrictGateway(1, 3) as gateway:
        given = gateway.auth(file)
        assert token_service.work(client_kind, given, 0, 1) == []
        gateway.newest, gateway.is_good = "another", False  # the token is lost
        with pytest.raises(scgapi.AuthenticationError) as caught:
            call(client_kind, gateway.auth(file), "contacts.get", "c")
        shown += traceback.format_exception(caught.value)
        shown += [repr(caught.value), repr(vars(caught.value)), repr(gateway.auth(file))]
    file.write_text(f'{{"token": "{FIRST}')
    with pytest.raises(scgapi.ConfigurationError) as damaged:
        call(client_kind, gateway.auth(file), "contacts.get", "c")
    shown += traceback.format_exception(damaged.value)
    formatter = logging.Formatter("%(name)s %(message)s")
    shown += [formatter.format(record) for record in caplog.records] + [*capfd.readouterr()]
    assert "the access token was refreshed" in "".join(shown)
    others = [path for path in file.parent.rglob("*") if path != file]
    shown += [path.read_text() for path in others]
    assert [text for text in shown if "canary" in text] == []


def test_the_path_can_come_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    absolute = str(tmp_path / "t.json")
    assert scgapi.AuthInfo("k", "s", token_file="t.json").token_file == absolute
    assert scgapi.AuthInfo("k", "s", token_file=Path("t.json")).token_file == absolute
    config = tmp_path / "auth.json"
    config.write_text(json.dumps({"key": "k", "secret": "s", "token_file": "t.json"}))
    assert scgapi.AuthInfo(config=config).token_file == absolute
    for name, value in {"KEY": "k", "SECRET": "s", "TOKEN_FILE": "t.json"}.items():
        monkeypatch.setenv(f"SCG_{name}", value)
    assert scgapi.AuthInfo().token_file == absolute
    assert repr(scgapi.AuthInfo()) == f"AuthInfo(key=***, secret=***, token_file={absolute!r})"


def test_a_path_that_is_none_is_refused() -> None:
    with pytest.raises(scgapi.ConfigurationError, match="token_file needs key and secret"):
        scgapi.AuthInfo(token="t", token_file="t.json")
    with pytest.raises(scgapi.ConfigurationError, match="token_file must be a string"):
        scgapi.AuthInfo("k", "s", token_file=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(scgapi.ConfigurationError, match="null character"):
        scgapi.AuthInfo("k", "s", token_file="t\0")


def test_with_a_token_file_there_are_no_internal_headers(file: Path) -> None:
    assert not scgapi.AuthInfo("k", "s", appid=1, companyid=2, token_file=file).is_internal


def test_what_another_token_file_is_writing_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / ".scg.eu.abcd.tmp"
    mine = tmp_path / ".scg.abcd.tmp"
    other.touch()
    mine.touch()
    TokenFile(str(tmp_path / "scg")).write(StoredToken("t0k3n"))
    assert (other.exists(), mine.exists()) == (True, False)
