"""Unsupported uses of a client: pickles, copies, and event loops other than asyncio's."""

from __future__ import annotations

import copy
import pickle
import select
import socket
from collections.abc import Callable, Coroutine

import httpx
import pytest
import respx

import scgapi
from scgapi._fast.threads.socket_stream import is_readable
from tests.client.test_wire import API

AUTH = scgapi.AuthInfo(key="the-key", secret="the-secret", token="the-token")
CLIENTS: list[Callable[[], object]] = [
    lambda: scgapi.Client(AUTH),
    lambda: scgapi.Client(AUTH, transport="fast"),
    lambda: scgapi.AsyncClient(AUTH),
    lambda: scgapi.AsyncClient(AUTH, transport="fast"),
    lambda: scgapi.Client(AUTH).with_options(timeout=5),
    lambda: scgapi.Scg().connect(AUTH),
]


@pytest.mark.parametrize("new", CLIENTS)
@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_is_neither_pickled_nor_copied(
    new: Callable[[], object], take: Callable[[object], object]
) -> None:
    with pytest.raises(TypeError, match="Create one in each process from its AuthInfo"):
        take(new())


def test_a_resource_is_not_pickled_with_its_client() -> None:
    with pytest.raises(TypeError, match="Create one in each process from its AuthInfo"):
        pickle.dumps(scgapi.Client(AUTH).contacts)


@respx.mock
def test_a_used_client_is_neither_pickled_nor_copied() -> None:
    respx.get(f"{API}/contacts").mock(return_value=httpx.Response(200, json={"list": []}))
    with scgapi.Client(AUTH) as client:
        assert [*client.contacts.list()] == []
        with pytest.raises(TypeError, match="cannot be pickled or copied"):
            pickle.dumps(client)


def listing(client: scgapi.AsyncClient) -> Coroutine[object, object, object]:
    async def first() -> object:
        return await anext(client.contacts.list(prefetch=2), None)

    return first()


USES: list[Callable[[scgapi.AsyncClient], Coroutine[object, object, object]]] = [
    lambda client: client.warm_up("contacts"),
    lambda client: client.contacts.get("c"),
    lambda client: client.contacts.create(first_name="Ann"),
    lambda client: client.message_requests.create(from_="1", to=["+15551234567"], body="x"),
    lambda client: client.message_requests.wait("r"),
    lambda client: client.attachments.create_and_upload(b"x", type="image/png"),
    lambda client: client.attachments.download("a"),
    listing,
]


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("transport", ["httpx", "fast", "own"])
@pytest.mark.parametrize("token", ["the-token", None])
def test_outside_of_asyncio_the_error_says_what_is_missing(
    use: Callable[[scgapi.AsyncClient], Coroutine[object, object, object]],
    transport: str,
    token: str | None,
) -> None:
    auth = scgapi.AuthInfo(key="k", secret="s", token=token)
    if transport == "own":
        client = scgapi.AsyncClient(auth, http_client=httpx.AsyncClient())
    else:
        client = scgapi.AsyncClient(auth, transport="fast" if transport == "fast" else "httpx")
    # Another library's loop drives coroutines just so.
    with pytest.raises(scgapi.ConfigurationError, match="needs asyncio, and no event loop of it runs here"):
        use(client).send(None)
    with pytest.raises(StopIteration):
        client.close().send(None)


def test_a_connection_is_looked_at_without_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(select, "poll", raising=False)
    here, there = socket.socketpair()
    with here, there:
        assert not is_readable(here)
        there.send(b"x")
        assert is_readable(here)
