"""HTTP/2, through an httpx client of the caller's own: all calls over one connection, and no send in doubt is repeated."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

import scgapi
from scgapi import Transfer
from scgapi._core.progress import OnProgress
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.client.http2 import Ending, Http2Server
from tests.faults.driver import KEY, SECRET, TOKEN, AnyClient, Pauses, auth, play, settled
from tests.faults.server import Key
from tests.faults.world import CONTACT, CONTENT, SENDS, STORED, Gateway

SEND: Key = ("POST", SENDS)
GET: Key = ("GET", CONTACT)
LARGE = bytes(range(256)) * (1 << 13)  # 2 MiB: more than the windows of a stream let pass at once


@asynccontextmanager
async def opened(
    client_kind: ClientKind, server: Http2Server, *, timeout: float | None = None
) -> AsyncGenerator[AnyClient]:
    """A client that knows beforehand that its gateway speaks HTTP/2."""
    scg: AnyClient
    async with AsyncExitStack() as stack:
        if client_kind == "async":
            mine = httpx.AsyncClient(http1=False, http2=True, verify=False)
            await stack.enter_async_context(mine)
            scg = scgapi.AsyncClient(auth(server.url), http_client=mine, timeout=timeout)
            await stack.enter_async_context(scg)
        else:
            own = stack.enter_context(httpx.Client(http1=False, http2=True, verify=False))
            scg = stack.enter_context(scgapi.Client(auth(server.url), http_client=own, timeout=timeout))
        scg._pipeline.clock = Pauses().clock
        yield scg


def send(scg: AnyClient) -> object:
    return scg.message_requests.create(from_="1", to=["+15551234567"], body="Hi")


def up(scg: AnyClient, _: Path, on_progress: OnProgress) -> object:
    return scg.attachments.upload("a", LARGE + b"more", on_progress=on_progress)


def down(scg: AnyClient, target: Path, on_progress: OnProgress) -> object:
    return scg.attachments.download("a", target, on_progress=on_progress)


@pytest.fixture(scope="module")
def certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parents[1] / "faults" / "untrusted.pem")
    context.set_alpn_protocols(["h2"])
    return context


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_one_connection_serves_all_kinds_of_calls(
    client_kind: ClientKind, secure: bool, certified: ssl.SSLContext, tmp_path: Path
) -> None:
    world = Gateway(TOKEN)
    target = tmp_path / "target"
    told: list[Transfer] = []
    with Http2Server(world, tls=certified if secure else None) as server:

        async def scenario() -> None:
            async with opened(client_kind, server) as scg:
                await settled(scg.contacts.get("c"))
                assert await settled(send(scg)) == "r0"
                found = scg.message_requests.list(external_id=world.sends[0] or "")
                rows = [*found] if isinstance(found, scgapi.Pager) else [row async for row in found]
                assert [row.id for row in rows] == ["r0"]
                assert await settled(scg.attachments.download("a")) == STORED
                await settled(scg.attachments.upload("a", LARGE, on_progress=told.append))
                await settled(scg.attachments.download("a", target, on_progress=told.append))
                with pytest.raises(scgapi.NotFoundError):
                    await settled(scg.contacts.get("nobody"))

        play(client_kind, scenario())
        assert server.all_have_left()
        assert server.accepted == 1
    assert world.content == target.read_bytes() == LARGE
    assert [transfer for transfer in told if transfer.done == transfer.total] == [
        Transfer(len(LARGE), len(LARGE))
    ] * 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_no_log_shows_a_header(client_kind: ClientKind, caplog: pytest.LogCaptureFixture) -> None:
    """The secret is in the path of a refresh, and hpack logs what it writes, reads and forgets."""
    caplog.set_level(1)
    number = "15559876543"

    async def scenario() -> None:
        with Http2Server(Gateway("another")) as server:
            async with opened(client_kind, server) as scg:
                await settled(scg.contacts.get("c"))
                found = scg.contacts.list(primary_mdn=number)
                with contextlib.suppress(scgapi.ScgError):
                    await settled(anext(found) if isinstance(found, AsyncIterator) else next(found))

    play(client_kind, scenario())
    logged = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    # httpx's successor has a core of its own.
    core = httpx.__name__.replace("httpx", "httpcore")
    assert {"hpack.hpack", f"{core}.http2"} <= {record.name for record in caplog.records}
    assert not [canary for canary in (TOKEN, KEY, SECRET, number) if canary in logged]


def test_fifty_tasks_share_one_connection_at_once() -> None:
    with Http2Server(Gateway(TOKEN)) as server:

        async def scenario() -> None:
            async with opened("async", server) as scg:
                assert isinstance(scg, scgapi.AsyncClient)
                await scg.contacts.get("c")
                server.gather = 50  # none is answered before all have come
                await asyncio.gather(*(scg.contacts.get("c") for _ in range(50)))

        play("async", scenario())
        assert (server.accepted, server.attempts(GET)) == (1, 51)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("ending", "outcome", "effects"),
    [
        ("refused", "UNKNOWN", 0),
        ("reset", "UNKNOWN", 0),
        ("done and reset", "UNKNOWN", 1),
        ("done and goaway", "UNKNOWN", 1),
        ("silence", "UNKNOWN", 0),
        ("cut", "ACCEPTED_UNPARSED", 1),
    ],
)
def test_a_send_whose_stream_ends_without_an_answer_is_in_doubt_and_made_once(
    client_kind: ClientKind, ending: Ending, outcome: str, effects: int
) -> None:
    world = Gateway(TOKEN)
    with Http2Server(world) as server:
        server.script(SEND, ending)

        async def scenario() -> None:
            async with opened(client_kind, server, timeout=3 if ending == "silence" else None) as scg:
                await settled(scg.contacts.get("c"))
                with pytest.raises(scgapi.OutcomeUnknownError) as caught:
                    await settled(send(scg))
                assert (caught.value.outcome, caught.value.attempts) == (outcome, 1)
                assert (server.attempts(SEND), len(world.sends)) == (1, effects)
                assert await settled(send(scg)) == f"r{effects}"  # the client can go on

        play(client_kind, scenario())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_send_that_the_server_never_looked_at_is_made_over_a_new_connection(
    client_kind: ClientKind,
) -> None:
    """A GOAWAY names the last stream that may have had an effect: what came later is httpx's to send again."""
    world = Gateway(TOKEN)
    with Http2Server(world) as server:
        server.script(SEND, "goaway")

        async def scenario() -> None:
            async with opened(client_kind, server) as scg:
                await settled(scg.contacts.get("c"))
                assert await settled(send(scg)) == "r0"

        play(client_kind, scenario())
        assert (server.accepted, server.attempts(SEND), len(world.sends)) == (2, 2, 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("ending", ["refused", "reset", "done and reset", "goaway", "done and goaway"])
def test_an_upload_is_made_again_from_its_start(client_kind: ClientKind, ending: Ending) -> None:
    world = Gateway(TOKEN)
    told: list[Transfer] = []
    with Http2Server(world) as server:
        server.script(("POST", CONTENT), ending)

        async def scenario() -> None:
            async with opened(client_kind, server) as scg:
                await settled(scg.attachments.upload("a", b"content", on_progress=told.append))

        play(client_kind, scenario())
    assert world.content == b"content"
    assert [transfer.done for transfer in told] == [0, 7] * 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("move", [up, down])
def test_a_callback_that_fails_ends_its_transfer_and_no_other_call(
    client_kind: ClientKind, move: Callable[[AnyClient, Path, OnProgress], object], tmp_path: Path
) -> None:
    world = Gateway(TOKEN)
    world.content = LARGE

    def refuse(transfer: Transfer) -> None:
        if transfer.done:
            raise ValueError("enough")

    with Http2Server(world) as server:

        async def scenario() -> None:
            async with opened(client_kind, server) as scg:
                with pytest.raises(ValueError, match="enough"):
                    await settled(move(scg, tmp_path / "target", refuse))
                await settled(scg.contacts.get("c"))

        play(client_kind, scenario())
    assert world.content == LARGE
    assert [*tmp_path.iterdir()] == []


def test_a_task_that_runs_out_of_time_takes_no_other_with_it() -> None:
    with Http2Server(Gateway(TOKEN)) as server:

        async def scenario() -> None:
            async with opened("async", server) as scg:
                assert isinstance(scg, scgapi.AsyncClient)
                await scg.contacts.get("c")
                server.gather = 3
                other = asyncio.create_task(scg.contacts.get("c"))
                with pytest.raises(scgapi.RequestTimeoutError):
                    await scg.with_options(timeout=3).contacts.get("c")
                assert (await scg.contacts.get("c")).id == "c"
                assert (await other).id == "c"

        play("async", scenario())
        assert server.accepted == 1
