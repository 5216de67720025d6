"""An expired token is refreshed once, and the call that met it is repeated."""

from __future__ import annotations

import asyncio
import io
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import respx

import scgapi
from scgapi._io.clock import SystemClock
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind, call, sent

HOST = "https://api.syniverse.com"
API = f"{HOST}/scg-external-api/api/v1"
CONTACT = f"{API}/contacts/c"
REFRESH = f"{HOST}/saop-rest-data/v1/apptoken-refresh"
AUTH = scgapi.AuthInfo(key="the-key", secret="the-secret", token="old")


def by_token(request: httpx.Request) -> httpx.Response:
    """A gateway that takes the new token only."""
    if request.headers.get("authorization") == "Bearer new":
        return httpx.Response(200, json={"id": "c"})
    return httpx.Response(401, json={"error_code": "401", "error_description": "expired"})


def refreshed(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"accessToken": "new", "validityTime": 900})


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_401_refreshes_the_token_and_repeats_the_call(client_kind: ClientKind) -> None:
    contacts = respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)
    call(client_kind, AUTH, "contacts.get", "c")
    assert contacts.call_count == 2
    request = refresh.calls.last.request
    assert dict(request.url.params) == {
        "consumerkey": "the-key",
        "consumersecret": "the-secret",
        "oldtoken": "old",
    }
    assert "authorization" not in request.headers


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_the_body_is_sent_whole_again(client_kind: ClientKind) -> None:
    create = respx.post(f"{API}/contacts").mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)
    assert call(client_kind, AUTH, "contacts.create", first_name="John") == "c"
    assert [request.content for request in sent(create)] == [b'{"first_name":"John"}'] * 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_an_upload_is_rewound(client_kind: ClientKind) -> None:
    respx.post(f"{API}/messaging/attachments/a/access_tokens").respond(json={"id": "tok"})
    bodies: list[bytes] = []

    def receive(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return httpx.Response(401) if len(bodies) == 1 else httpx.Response(204)

    respx.post(f"{HOST}/scg-attachment/api/v1/messaging/attachments/tok/content").mock(side_effect=receive)
    respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)
    source = io.BytesIO(b"skipped" + b"x" * 200_000)
    source.seek(7)
    call(client_kind, AUTH, "attachments.upload", "a", source)
    assert bodies == [b"x" * 200_000] * 2
    assert not source.closed


@respx.mock
def test_a_404_that_says_expired_is_an_expiry_and_other_404s_are_not() -> None:
    respx.get(CONTACT).mock(
        side_effect=[
            httpx.Response(404, json={"error_code": "SCG_ERROR_4046"}),
            httpx.Response(404, json={"error_code": "404"}),
        ]
    )
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)
    with pytest.raises(scgapi.NotFoundError):
        call("sync", AUTH, "contacts.get", "c")
    assert refresh.call_count == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_without_key_and_secret_nothing_is_refreshed(client_kind: ClientKind) -> None:
    contacts = respx.get(CONTACT).mock(side_effect=by_token)
    with pytest.raises(scgapi.AuthenticationError) as caught:
        call(client_kind, scgapi.AuthInfo(token="old"), "contacts.get", "c")
    assert contacts.call_count == 1
    assert (caught.value.status, caught.value.outcome) == (401, "REJECTED")


@respx.mock
def test_a_token_that_is_good_but_not_for_this_is_kept() -> None:
    contacts = respx.get(CONTACT).respond(401, json={"error_code": "SCG_ERROR_4010"})
    with pytest.raises(scgapi.AuthenticationError):
        call("sync", AUTH, "contacts.get", "c")
    assert contacts.call_count == 1


@respx.mock
def test_a_new_token_that_is_refused_too_ends_it() -> None:
    contacts = respx.get(CONTACT).respond(401)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)
    with pytest.raises(scgapi.AuthenticationError):
        call("sync", AUTH, "contacts.get", "c")
    assert (contacts.call_count, refresh.call_count) == (2, 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_wrong_secret_is_an_authentication_error_that_says_what_to_check(client_kind: ClientKind) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).respond(
        500, json={"errorCode": 1, "userMsg": "Invalid consumer"}
    )
    with pytest.raises(scgapi.AuthenticationError, match="Check key and secret") as caught:
        call(client_kind, AUTH, "contacts.get", "c")
    assert refresh.call_count == 2  # once more: a 500 may pass
    assert caught.value.operation == "contacts.get"
    assert "the-secret" not in repr(caught.value) + str(caught.value)


@respx.mock
def test_key_and_secret_alone_ask_for_a_token_first() -> None:
    contacts = respx.get(CONTACT).mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)
    call("sync", scgapi.AuthInfo(key="k", secret="s"), "contacts.get", "c")
    assert contacts.call_count == 1


@respx.mock
def test_threads_that_meet_an_expired_token_together_refresh_it_once() -> None:
    together = threading.Barrier(8)

    def by_token_together(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] == "Bearer old":
            together.wait(10)  # all eight hold a 401 before any can refresh
        return by_token(request)

    respx.get(CONTACT).mock(side_effect=by_token_together)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)
    with scgapi.Client(AUTH) as scg, ThreadPoolExecutor(8) as pool:
        assert [contact.id for contact in pool.map(scg.contacts.get, ["c"] * 8)] == ["c"] * 8
    assert refresh.call_count == 1


@respx.mock
def test_tasks_that_meet_an_expired_token_together_refresh_it_once() -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=refreshed)

    async def main() -> None:
        async with scgapi.AsyncClient(AUTH) as scg:
            found = await asyncio.gather(*(scg.contacts.get("c") for _ in range(50)))
            assert [contact.id for contact in found] == ["c"] * 50

    asyncio.run(main())
    assert refresh.call_count == 1


class Time:
    """A clock that stands still until it is moved, or slept by."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.clock = SystemClock(
            monotonic=self.read,
            sleep=self.sleep,
            async_sleep=self.async_sleep,
            random=lambda: 0.5,
            now=self.read,
        )

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.now += seconds


def at(
    client_kind: ClientKind, *moments: float, auth: scgapi.AuthInfo = AUTH
) -> list[scgapi.ScgError | None]:
    """Call at these moments, in seconds from the beginning, with one client: how each call ended."""
    time = Time()
    began = time.now

    def sync() -> list[scgapi.ScgError | None]:
        with scgapi.Client(auth, retry=ONCE) as scg:
            scg._pipeline.clock = time.clock
            found: list[scgapi.ScgError | None] = []
            for moment in moments:
                time.now = max(time.now, began + moment)
                try:
                    scg.contacts.get("c")
                    found.append(None)
                except scgapi.ScgError as error:
                    found.append(error)
            return found

    async def asynchronous() -> list[scgapi.ScgError | None]:
        async with scgapi.AsyncClient(auth, retry=ONCE) as scg:
            scg._pipeline.clock = time.clock
            found: list[scgapi.ScgError | None] = []
            for moment in moments:
                time.now = max(time.now, began + moment)
                try:
                    await scg.contacts.get("c")
                    found.append(None)
                except scgapi.ScgError as error:
                    found.append(error)
            return found

    return sync() if client_kind == "sync" else asyncio.run(asynchronous())


Answer = httpx.Response | Exception
LOST: list[Answer] = [
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("garbage"),
    httpx.Response(502, text="<html>"),
    httpx.Response(200, text="<html>"),
    httpx.Response(200, json={"accessToken": None}),
]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("lost", LOST, ids=repr)
@respx.mock
def test_a_lost_answer_is_asked_for_again_with_the_old_token(client_kind: ClientKind, lost: Answer) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(
        side_effect=[lost, lost, httpx.Response(200, json={"accessToken": "new", "validityTime": 0})]
    )
    assert at(client_kind, 0) == [None]
    assert [request.url.params["oldtoken"] for request in sent(refresh)] == ["old"] * 3


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_third_lost_answer_ends_it_for_now(client_kind: ClientKind) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=httpx.ReadError("reset"))
    (error,) = at(client_kind, 0)
    assert isinstance(error, scgapi.ConnectionFailedError)
    assert (error.outcome, refresh.call_count) == ("NOT_SENT", 3)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("refusals", [[400], [500, 500]], ids=repr)
@respx.mock
def test_a_token_lost_with_an_answer_is_said_to_be_lost(client_kind: ClientKind, refusals: list[int]) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    answers: list[Answer] = [httpx.ReadError("reset"), *map(httpx.Response, refusals)]
    respx.get(url__startswith=REFRESH).mock(side_effect=answers)
    (error,) = at(client_kind, 0)
    assert isinstance(error, scgapi.AuthenticationError)
    assert "the token is lost. Take a new one from the portal" in str(error)


@respx.mock
def test_what_was_in_doubt_stays_so_until_it_is_refreshed() -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    lost = httpx.ReadError("reset")
    answers: list[Answer] = [lost, lost, lost, httpx.Response(400)]
    respx.get(url__startswith=REFRESH).mock(side_effect=answers)
    _, error = at("sync", 0, 60)
    assert "the token is lost" in str(error)


@respx.mock
def test_a_500_of_the_token_service_may_pass() -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH)
    refresh.mock(
        side_effect=[httpx.Response(500, json={"errorCode": 1}), refreshed(httpx.Request("GET", HOST))]
    )
    assert at("sync", 0) == [None]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(("failure", "requests"), [(httpx.Response(400), 1), (httpx.ReadError("reset"), 3)])
@respx.mock
def test_right_after_a_failed_refresh_nobody_asks_again(
    client_kind: ClientKind, failure: Answer, requests: int
) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=[failure] * 2 * requests)
    first, second, third = at(client_kind, 5, 5.5, 30)
    assert (type(first), str(first)) == (type(second), str(second)) == (type(third), str(third))
    assert first is not second
    assert refresh.call_count == 2 * requests


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_a_token_is_refreshed_before_its_end(client_kind: ClientKind) -> None:
    seen: list[str] = []

    def gate(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"].removeprefix("Bearer "))
        return httpx.Response(401) if seen[-1] == "old" else httpx.Response(200, json={"id": "c"})

    respx.get(CONTACT).mock(side_effect=gate)
    answers = [httpx.Response(200, json={"accessToken": token, "validityTime": 1000}) for token in "123"]
    respx.get(url__startswith=REFRESH).mock(side_effect=answers)
    assert at(client_kind, 0, 799, 801, 1590, 1602) == [None] * 5
    assert seen == ["old", "1", "1", "2", "2", "3"]


@respx.mock
def test_a_token_that_is_good_for_ever_is_left_alone() -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).respond(json={"accessToken": "new", "validityTime": 0})
    assert at("sync", 0, 1e9) == [None, None]
    assert refresh.call_count == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("failure", [httpx.Response(400), httpx.ReadError("reset")], ids=repr)
@respx.mock
def test_an_early_refresh_that_fails_is_nobodys_failure(client_kind: ClientKind, failure: Answer) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    good = refreshed(httpx.Request("GET", HOST))
    answers: list[Answer] = [good, *[failure] * (3 if isinstance(failure, Exception) else 1), good]
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=answers)
    assert (
        at(client_kind, 0, 800, 801, 802, 830, 831) == [None] * 6
    )  # tried at 800, and when a while has passed
    assert refresh.call_count == len(answers)


@respx.mock
def test_one_call_refreshes_early_and_nobody_waits_for_it() -> None:
    asked, may_answer, time = threading.Event(), threading.Event(), Time()

    def service(_: httpx.Request) -> httpx.Response:
        if refresh.call_count:  # the second one
            asked.set()
            assert may_answer.wait(10)
        return refreshed(_)

    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=service)
    with scgapi.Client(AUTH) as scg, ThreadPoolExecutor(1) as pool:
        scg._pipeline.clock = time.clock
        scg.contacts.get("c")
        time.now += 800
        leader = pool.submit(scg.contacts.get, "c")
        assert asked.wait(10)
        time.now += 1
        assert scg.contacts.get("c").id == "c"  # while the leader waits
        assert not leader.done()
        may_answer.set()
        assert leader.result(10).id == "c"
    assert refresh.call_count == 2


@respx.mock
def test_a_client_that_serves_two_event_loops_refreshes_once_for_both() -> None:
    refused, may_answer, second = threading.Semaphore(0), threading.Event(), threading.Event()

    def gate(request: httpx.Request) -> httpx.Response:
        refused.release()
        return by_token(request)

    def service(request: httpx.Request) -> httpx.Response:
        assert may_answer.wait(10)
        if inside.acquire(blocking=False):
            assert not second.wait(0.5)
        else:
            second.set()
        return refreshed(request)

    inside = threading.Lock()
    respx.get(CONTACT).mock(side_effect=gate)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=service)
    scg = scgapi.AsyncClient(AUTH)

    async def get() -> str:
        return (await scg.contacts.get("c")).id

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(lambda: asyncio.run(get())) for _ in range(2)]
        assert [refused.acquire(timeout=10) for _ in runs] == [True, True]  # both hold a 401
        may_answer.set()
        assert [run.result(10) for run in runs] == ["c", "c"]
    assert refresh.call_count == 1
