"""Sends that take effect late, look-ups that fail, calls that are cancelled."""

from __future__ import annotations

import asyncio
import threading

import pytest

import scgapi
from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.columns import send
from tests.faults.driver import TOKEN, Pauses, auth, opened, play
from tests.faults.faults import HTML, envelope
from tests.faults.server import Answer, Exchange, Play, Server, work_well
from tests.faults.world import CONTACT, SENDS, Gateway

SEND, LOOK = ("POST", SENDS), ("GET", SENDS)


def verified(
    client_kind: ClientKind, server: Server, pauses: Pauses, *script: Play, looks: tuple[Play, ...] = ()
) -> object:
    """A verified send against a script, after one that went well."""

    async def scenario() -> object:
        async with opened(client_kind, server.url, pauses, on_unknown="verify") as scg:
            await send(scg)
            server.forget()
            server.script(SEND, *script)
            if looks:
                server.script(LOOK, *looks)
            return await send(scg)

    return play(client_kind, scenario())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "end", [faults.reset, faults.finish, faults.status(502, HTML)], ids=["rst", "fin", "502"]
)
@pytest.mark.parametrize("looks", [1, 2])
def test_a_send_that_takes_effect_late_is_adopted(client_kind: ClientKind, end: Play, looks: int) -> None:
    world = Gateway(TOKEN)
    with Server(world) as server:

        def on_pause() -> None:
            if len(pauses) == looks:
                server.release()

        pauses = Pauses(on_pause)
        assert verified(client_kind, server, pauses, faults.late(end)) == "r1"
        assert server.attempts(SEND) == 1
    assert len(world.sends) == 2
    assert pauses == [FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS][:looks]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_repeated_id_that_the_gateway_refuses_shows_that_the_first_send_was_taken(
    client_kind: ClientKind,
) -> None:
    """The first send takes effect after both look-ups; a gateway that keeps ids unique then refuses the second."""
    world = Gateway(TOKEN)
    with Server(world) as server:

        def taken_meanwhile(exchange: Exchange) -> None:
            server.release()
            exchange.answer(unique)

        unique = Answer(409, envelope("1011", "Unique key"))
        found = verified(client_kind, server, Pauses(), faults.late(faults.reset), taken_meanwhile)
        assert (found, server.attempts(SEND)) == ("r1", 2)
    assert len(world.sends) == 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fate", [faults.execute_and_reset, faults.reset_after_request], ids=["done", "lost"])
@pytest.mark.parametrize(
    "passing", [faults.reset, faults.status(502, HTML), faults.status(429)], ids=["rst", "502", "429"]
)
def test_a_look_up_may_fail_for_a_while(client_kind: ClientKind, fate: Play, passing: Play) -> None:
    world = Gateway(TOKEN)
    with Server(world) as server:
        verified(client_kind, server, Pauses(), fate, work_well, looks=(passing, work_well))
    assert len(world.sends) == 2
    assert len({*world.sends}) == 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "look",
    [
        faults.reset,
        faults.status(403),
        faults.status(502, HTML),
        faults.execute_and(200, HTML),
        faults.execute_and(200),
    ],
    ids=["rst", "403", "502", "html", "empty"],
)
def test_a_look_up_that_tells_nothing_leaves_the_send_in_doubt(client_kind: ClientKind, look: Play) -> None:
    world = Gateway(TOKEN)
    with Server(world) as server:
        with pytest.raises(scgapi.OutcomeUnknownError) as caught:
            verified(client_kind, server, Pauses(), faults.execute_and_reset, looks=(look,))
        assert server.attempts(SEND) == 1
    assert len(world.sends) == 2
    assert caught.value.external_id == world.sends[1]
    assert (caught.value.outcome, caught.value.attempts) == ("UNKNOWN", 1)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_send_that_is_lost_for_ever_is_given_up(client_kind: ClientKind) -> None:
    world = Gateway(TOKEN)
    with Server(world) as server:
        with pytest.raises(scgapi.OutcomeUnknownError) as caught:
            verified(client_kind, server, Pauses(), faults.reset_after_request)
        assert (server.attempts(SEND), caught.value.attempts) == (4, 4)
        sent = {request.body for request in server.received if request.key == SEND}
    assert len(sent) == 1  # all of them under one id
    assert len(world.sends) == 1


def test_a_cancelled_call_ends_at_once_and_the_client_goes_on() -> None:
    arrived = threading.Event()

    def hang(exchange: Exchange) -> None:
        arrived.set()
        faults.hang(exchange)

    async def scenario() -> None:
        async with scgapi.AsyncClient(auth(server.url)) as scg:
            task = asyncio.create_task(scg.contacts.get("c"))
            await asyncio.to_thread(arrived.wait, 5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(task, 0.5)
            assert server.attempts(("GET", CONTACT)) == 1
            server.forget()
            assert (await scg.contacts.get("c")).id == "c"

    with Server(Gateway(TOKEN)) as server:
        server.script(("GET", CONTACT), hang)
        asyncio.run(scenario())
