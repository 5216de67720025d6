"""A resource that always answers 401 does not have every call replace the token that processes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import scgapi
from scgapi._core.refusals import REFUSAL_MEMORY_SECONDS
from scgapi._http.attempt import TransportName
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind
from tests.client.test_refresh import Time
from tests.faults.driver import AnyClient, auth, play, settled
from tests.faults.server import Answer, Received, Server
from tests.faults.world import CONTENT, REFRESH, TOKENS, refused, said


class World:
    """A token service, contacts of which some are refused whatever the token, and contents that are refused."""

    def __init__(self, *, validity: int = 0) -> None:
        self.token = "token-0"
        self.refreshes = 0
        self.validity = validity
        self.all_open = False

    def __call__(self, request: Received) -> Answer:
        if request.key == REFRESH:
            self.refreshes += 1
            self.token = f"refreshed-{self.refreshes}"
            return said(accessToken=self.token, validityTime=self.validity)
        if request.headers["authorization"] != f"Bearer {self.token}":
            return refused(401, "4011", "Expired token")
        if not self.all_open and (request.path == CONTENT or "bad" in request.path):
            return refused(401, "4011", "Not for this application")
        if request.key == ("POST", TOKENS):
            return said(id="tok")
        return said(id="c")


@pytest.fixture(params=["httpx", "fast"])
def transport(request: pytest.FixtureRequest) -> TransportName:
    return "fast" if request.param == "fast" else "httpx"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    with Server(world) as found:
        yield found


def opened(client_kind: ClientKind, url: str, transport: TransportName) -> AnyClient:
    return (scgapi.Client if client_kind == "sync" else scgapi.AsyncClient)(
        auth(url), retry=ONCE, transport=transport
    )


async def is_refused(scg: AnyClient, contact: str) -> scgapi.AuthenticationError:
    with pytest.raises(scgapi.AuthenticationError) as caught:
        await settled(scg.contacts.get(contact))
    return caught.value


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_resource_that_is_always_refused_refreshes_once(
    client_kind: ClientKind, transport: TransportName, world: World, server: Server
) -> None:
    async def scenario() -> None:
        scg = opened(client_kind, server.url, transport)
        attempts = list[int]()
        for _ in range(5):
            error = await is_refused(scg, "bad")
            attempts.append(error.attempts)
            assert "Check that this application may use the resource" in "".join(error.__notes__)
            assert (error.status, error.outcome) == (401, "REJECTED")
            await settled(scg.contacts.get("good"))
        assert attempts == [2, 1, 1, 1, 1]
        await is_refused(scg.with_options(timeout=5), "bad")
        await settled(scg.close())

    play(client_kind, scenario())
    assert world.refreshes == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_resources_that_are_always_refused_do_not_take_turns(
    client_kind: ClientKind, transport: TransportName, world: World, server: Server
) -> None:
    async def scenario() -> None:
        scg = opened(client_kind, server.url, transport)
        for _ in range(4):
            await is_refused(scg, "bad-1")
            await is_refused(scg, "bad-2")
        assert world.refreshes == 2
        for number in range(20):
            await is_refused(scg, f"bad-{number}")
        await settled(scg.close())

    play(client_kind, scenario())
    assert world.refreshes == 3


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_contents_that_are_always_refused_refresh_once(
    client_kind: ClientKind, transport: TransportName, world: World, server: Server
) -> None:
    async def scenario() -> None:
        scg = opened(client_kind, server.url, transport)
        for _ in range(5):
            with pytest.raises(scgapi.AuthenticationError):
                await settled(scg.attachments.download("a"))
        await settled(scg.close())

    play(client_kind, scenario())
    assert world.refreshes == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_real_end_of_the_token_is_still_met(
    client_kind: ClientKind, transport: TransportName, world: World, server: Server
) -> None:
    async def scenario() -> None:
        scg = opened(client_kind, server.url, transport)
        await is_refused(scg, "bad")
        for number in range(3):
            world.token = f"rotated-by-somebody-{number}"
            await settled(scg.contacts.get("good"))
        assert world.refreshes == 4
        await is_refused(scg, "bad")
        assert world.refreshes == 4
        await settled(scg.close())

    play(client_kind, scenario())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_resource_that_was_refused_and_is_open_now_needs_no_refresh(
    client_kind: ClientKind, transport: TransportName, world: World, server: Server
) -> None:
    async def scenario() -> None:
        scg = opened(client_kind, server.url, transport)
        await is_refused(scg, "bad")
        world.all_open = True
        await settled(scg.contacts.get("bad"))
        await settled(scg.close())

    play(client_kind, scenario())
    assert world.refreshes == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("validity", "later", "refreshes"), [(0, REFUSAL_MEMORY_SECONDS, 2), (0, 60, 1), (100, 100, 2)]
)
def test_time_makes_a_refresh_worth_trying_again(
    client_kind: ClientKind,
    transport: TransportName,
    world: World,
    server: Server,
    validity: int,
    later: float,
    refreshes: int,
) -> None:
    world.validity, time = validity, Time()

    async def scenario() -> None:
        scg = opened(client_kind, server.url, transport)
        scg._pipeline.clock = time.clock
        await is_refused(scg, "bad")
        if validity:  # as where the early refresh has failed
            assert scg._pipeline._tokens is not None
            held = scg._pipeline._tokens._current
            assert held is not None
            scg._pipeline._tokens._current = type(held)(held.token)
        time.now += later
        await is_refused(scg, "bad")
        await settled(scg.close())

    play(client_kind, scenario())
    assert world.refreshes == refreshes


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_token_of_another_process_is_taken_over_all_the_same(
    client_kind: ClientKind, transport: TransportName, world: World, server: Server, tmp_path: object
) -> None:
    credentials = scgapi.AuthInfo("k", "s", "token-0", url=server.url, token_file=f"{tmp_path}/token.json")

    async def scenario() -> None:
        kind = scgapi.Client if client_kind == "sync" else scgapi.AsyncClient
        one, other = (kind(credentials, retry=ONCE, transport=transport) for _ in range(2))
        await is_refused(one, "bad")
        world.all_open = True
        world.token = "rotated"
        await settled(other.contacts.get("good"))  # refreshes, and shares what it has got
        refreshes = world.refreshes
        await settled(one.contacts.get("bad"))
        assert world.refreshes == refreshes
        await settled(one.close())
        await settled(other.close())

    play(client_kind, scenario())
