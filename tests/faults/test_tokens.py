"""The token service fails: the call that needed it was not processed, and says so; the secret goes nowhere."""

from __future__ import annotations

import pickle
import time

import pytest

import scgapi
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.columns import send
from tests.faults.driver import TOKEN, Pauses, opened, play
from tests.faults.faults import HTML
from tests.faults.server import Play, Server, work_well
from tests.faults.world import REFRESH, SENDS, Gateway
from tests.limits import LATE

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


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_token_that_cannot_be_refreshed_leaves_nobody_in_doubt(
    client_kind: ClientKind, name: str, shared: Server
) -> None:
    world = Gateway("another")
    shared.reset(world)
    shared.script(REFRESH, FAULTS[name])

    async def scenario() -> scgapi.ScgError:
        async with opened(client_kind, shared.url, Pauses()) as scg:
            with pytest.raises(scgapi.ScgError) as caught:
                await send(scg)
            return caught.value

    error = play(client_kind, scenario())
    assert error.outcome in ("NOT_SENT", "REJECTED")
    assert not isinstance(error, scgapi.OutcomeUnknownError)
    assert error.operation == "message_requests.create"
    assert type(pickle.loads(pickle.dumps(error))) is type(error)
    assert (world.sends, shared.executed[SEND]) == ([], 0)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fault", [faults.execute_and_reset, faults.reset_in_head, faults.cut(faults.reset)])
def test_a_refresh_whose_answer_was_lost_is_asked_for_again(
    client_kind: ClientKind, fault: Play, shared: Server
) -> None:
    world = Gateway("another")
    shared.reset(world)
    shared.script(REFRESH, fault, work_well)

    async def scenario() -> object:
        async with opened(client_kind, shared.url, Pauses()) as scg:
            return await send(scg)

    assert play(client_kind, scenario()) == "r0"
    assert (len(world.sends), world.refreshes) == (1, 2)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fault", [faults.hang, faults.drip_head, faults.drip_body])
def test_the_limit_of_the_call_spans_the_refresh(
    client_kind: ClientKind, fault: Play, shared: Server
) -> None:
    world = Gateway("another")
    shared.reset(world)
    shared.script(REFRESH, fault)

    async def scenario() -> tuple[scgapi.ScgError, float]:
        async with opened(client_kind, shared.url, Pauses(), timeout=LIMIT) as scg:
            began = time.monotonic()
            with pytest.raises(scgapi.RequestTimeoutError) as caught:
                await send(scg)
            return caught.value, time.monotonic() - began

    error, took = play(client_kind, scenario())
    assert took < LATE
    assert error.outcome in ("NOT_SENT", "REJECTED")
    assert world.sends == []


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_token_that_ends_again_and_again_is_refreshed_each_time(
    client_kind: ClientKind, shared: Server
) -> None:
    world = Gateway(TOKEN)
    shared.reset(world)

    async def scenario() -> None:
        async with opened(client_kind, shared.url, Pauses()) as scg:
            for number in range(5):
                world.token = f"rotated-{number}"
                await send(scg)

    play(client_kind, scenario())
    assert (len(world.sends), world.refreshes) == (5, 5)
