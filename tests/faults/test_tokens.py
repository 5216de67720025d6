"""The token service fails: the call that needed it was not processed, and says so; the secret goes nowhere."""

from __future__ import annotations

import pickle
import time

import pytest

import scgapi
from tests.colours import COLOURS, Colour
from tests.faults import faults
from tests.faults.columns import send
from tests.faults.driver import TOKEN, Pauses, opened, play
from tests.faults.faults import HTML
from tests.faults.server import Play, Server, work_well
from tests.faults.world import REFRESH, SENDS, Gateway

SEND = ("POST", SENDS)
LIMIT = 0.4

FAULTS: dict[str, Play] = {
    "reset": faults.reset,
    "reset in the head": faults.reset_in_head,
    "cut": faults.cut(faults.reset),
    "garbage": faults.garbage,
    "huge header": faults.huge_header,
    "wrong secret": faults.status(500, b'{"errorCode": 1, "userMsg": "Invalid consumer"}'),
    "401": faults.status(401),
    "429": faults.status(429),
    "502": faults.status(502, HTML),
    "503": faults.status(503),
    "302": faults.status(302, headers={"location": "http://127.0.0.1:9/steal"}),
    "HTML": faults.status(200, HTML),
    "empty": faults.status(200),
    "null": faults.status(200, b'{"accessToken": null}'),
    "a token that no header can hold": faults.status(200, b'{"accessToken": "a\\r\\nb: c"}'),
    "bomb": faults.gzip_bomb,
}


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_token_that_cannot_be_renewed_leaves_nobody_in_doubt(
    colour: Colour, name: str, shared: Server
) -> None:
    world = Gateway("another")
    shared.reset(world)
    shared.script(REFRESH, FAULTS[name])

    async def scenario() -> scgapi.ScgError:
        async with opened(colour, shared.url, Pauses()) as scg:
            with pytest.raises(scgapi.ScgError) as caught:
                await send(scg)
            return caught.value

    error = play(colour, scenario())
    assert error.outcome in ("NOT_SENT", "REJECTED")
    assert not isinstance(error, scgapi.OutcomeUnknownError)
    assert error.operation == "message_requests.create"
    assert type(pickle.loads(pickle.dumps(error))) is type(error)
    assert (world.sends, shared.executed[SEND]) == ([], 0)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("fault", [faults.execute_and_reset, faults.reset_in_head, faults.cut(faults.reset)])
def test_a_renewal_whose_answer_was_lost_is_asked_for_again(
    colour: Colour, fault: Play, shared: Server
) -> None:
    world = Gateway("another")
    shared.reset(world)
    shared.script(REFRESH, fault, work_well)

    async def scenario() -> object:
        async with opened(colour, shared.url, Pauses()) as scg:
            return await send(scg)

    assert play(colour, scenario()) == "r0"
    assert (len(world.sends), world.renewals) == (1, 2)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("fault", [faults.hang, faults.drip_head, faults.drip_body])
def test_the_limit_of_the_call_spans_the_renewal(colour: Colour, fault: Play, shared: Server) -> None:
    world = Gateway("another")
    shared.reset(world)
    shared.script(REFRESH, fault)

    async def scenario() -> tuple[scgapi.ScgError, float]:
        async with opened(colour, shared.url, Pauses(), timeout=LIMIT) as scg:
            began = time.monotonic()
            with pytest.raises(scgapi.RequestTimeoutError) as caught:
                await send(scg)
            return caught.value, time.monotonic() - began

    error, took = play(colour, scenario())
    assert took < LIMIT + 0.5
    assert error.outcome in ("NOT_SENT", "REJECTED")
    assert world.sends == []


@pytest.mark.parametrize("colour", COLOURS)
def test_a_token_that_ends_again_and_again_is_renewed_each_time(colour: Colour, shared: Server) -> None:
    world = Gateway(TOKEN)
    shared.reset(world)

    async def scenario() -> None:
        async with opened(colour, shared.url, Pauses()) as scg:
            for number in range(5):
                world.token = f"rotated-{number}"
                await send(scg)

    play(colour, scenario())
    assert (len(world.sends), world.renewals) == (5, 5)
