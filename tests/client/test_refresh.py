"""An expired token is renewed once, and the call that met it is repeated."""

from __future__ import annotations

import asyncio
import io
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import respx

import scgapi
from tests.colours import COLOURS, Colour, call, sent

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


def renewed(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"accessToken": "new", "validityTime": 900})


@pytest.mark.parametrize("colour", COLOURS)
@respx.mock
def test_a_401_renews_the_token_and_repeats_the_call(colour: Colour) -> None:
    contacts = respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=renewed)
    call(colour, AUTH, "contacts.get", "c")
    assert contacts.call_count == 2
    request = refresh.calls.last.request
    assert dict(request.url.params) == {
        "consumerkey": "the-key",
        "consumersecret": "the-secret",
        "oldtoken": "old",
    }
    assert "authorization" not in request.headers


@pytest.mark.parametrize("colour", COLOURS)
@respx.mock
def test_the_body_is_sent_whole_again(colour: Colour) -> None:
    create = respx.post(f"{API}/contacts").mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).mock(side_effect=renewed)
    assert call(colour, AUTH, "contacts.create", first_name="John") == "c"
    assert [request.content for request in sent(create)] == [b'{"first_name":"John"}'] * 2


@pytest.mark.parametrize("colour", COLOURS)
@respx.mock
def test_an_upload_is_rewound(colour: Colour) -> None:
    respx.post(f"{API}/messaging/attachments/a/access_tokens").respond(json={"id": "tok"})
    bodies: list[bytes] = []

    def receive(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return httpx.Response(401) if len(bodies) == 1 else httpx.Response(204)

    respx.post(f"{HOST}/scg-attachment/api/v1/messaging/attachments/tok/content").mock(side_effect=receive)
    respx.get(url__startswith=REFRESH).mock(side_effect=renewed)
    source = io.BytesIO(b"skipped" + b"x" * 200_000)
    source.seek(7)
    call(colour, AUTH, "attachments.upload", "a", source)
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
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=renewed)
    with pytest.raises(scgapi.NotFoundError):
        call("sync", AUTH, "contacts.get", "c")
    assert refresh.call_count == 1


@pytest.mark.parametrize("colour", COLOURS)
@respx.mock
def test_without_key_and_secret_nothing_is_renewed(colour: Colour) -> None:
    contacts = respx.get(CONTACT).mock(side_effect=by_token)
    with pytest.raises(scgapi.AuthenticationError) as caught:
        call(colour, scgapi.AuthInfo(token="old"), "contacts.get", "c")
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
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=renewed)
    with pytest.raises(scgapi.AuthenticationError):
        call("sync", AUTH, "contacts.get", "c")
    assert (contacts.call_count, refresh.call_count) == (2, 1)


@pytest.mark.parametrize("colour", COLOURS)
@respx.mock
def test_a_wrong_secret_is_an_authentication_error_that_says_what_to_check(colour: Colour) -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).respond(
        500, json={"errorCode": 1, "userMsg": "Invalid consumer"}
    )
    with pytest.raises(scgapi.AuthenticationError, match="Check key and secret") as caught:
        call(colour, AUTH, "contacts.get", "c")
    assert refresh.call_count == 1
    assert caught.value.operation == "contacts.get"
    assert "the-secret" not in repr(caught.value) + str(caught.value)


@respx.mock
def test_key_and_secret_alone_ask_for_a_token_first() -> None:
    contacts = respx.get(CONTACT).mock(side_effect=by_token)
    respx.get(url__startswith=REFRESH).mock(side_effect=renewed)
    call("sync", scgapi.AuthInfo(key="k", secret="s"), "contacts.get", "c")
    assert contacts.call_count == 1


@respx.mock
def test_threads_that_meet_an_expired_token_together_renew_it_once() -> None:
    together = threading.Barrier(8)

    def by_token_together(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] == "Bearer old":
            together.wait(10)  # all eight hold a 401 before any can renew
        return by_token(request)

    respx.get(CONTACT).mock(side_effect=by_token_together)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=renewed)
    with scgapi.Client(AUTH) as scg, ThreadPoolExecutor(8) as pool:
        assert [contact.id for contact in pool.map(scg.contacts.get, ["c"] * 8)] == ["c"] * 8
    assert refresh.call_count == 1


@respx.mock
def test_tasks_that_meet_an_expired_token_together_renew_it_once() -> None:
    respx.get(CONTACT).mock(side_effect=by_token)
    refresh = respx.get(url__startswith=REFRESH).mock(side_effect=renewed)

    async def main() -> None:
        async with scgapi.AsyncClient(AUTH) as scg:
            found = await asyncio.gather(*(scg.contacts.get("c") for _ in range(50)))
            assert [contact.id for contact in found] == ["c"] * 50

    asyncio.run(main())
    assert refresh.call_count == 1
