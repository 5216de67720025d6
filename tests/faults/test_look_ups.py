"""Gateways whose filters do other than is asked: a verified send is executed once, or its caller is told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

import scgapi
from scgapi._core.json import parse_object
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.driver import TOKEN, AnyClient, Pauses, opened, play, settled
from tests.faults.server import Answer, Play, Received, Server, work_well
from tests.faults.world import SENDS, Gateway

SEND, LOOK = ("POST", SENDS), ("GET", SENDS)
NUMBER = "+15559876543"
Row = dict[str, object]
Filter = Callable[[str, list[Row]], object]
"""From the id that is looked up and all rows to the body of the answer."""


class Filtering(Gateway):
    """Lists its sends as its filter will have it."""

    def __init__(self, listed: Filter) -> None:
        super().__init__(TOKEN)
        self._listed = listed

    def _found(self, request: Received) -> Answer:
        rows: list[Row] = [{"id": f"r{n}", "external_id": one} for n, one in enumerate(self.sends)]
        body = self._listed(request.query["external_id"], rows)
        return Answer(200, json.dumps(body).encode(), {"content-type": "application/json"})


def page(rows: list[Row], total: object = None) -> dict[str, object]:
    return {"list": rows, "total": len(rows) if total is None else total}


def well(wanted: str, rows: list[Row]) -> object:
    return page([row for row in rows if row["external_id"] == wanted])


def splitting(wanted: str, rows: list[Row]) -> object:
    return page([row for row in rows if row["external_id"] in wanted.split(",")])


def folding_the_filter(wanted: str, rows: list[Row]) -> object:
    return well(wanted.lower(), rows)


def cutting_the_filter(wanted: str, rows: list[Row]) -> object:
    return well(wanted[:7], rows)


def folding_what_it_shows(wanted: str, rows: list[Row]) -> object:
    return page([{**row, "external_id": wanted.upper()} for row in rows if row["external_id"] == wanted])


def trimming_what_it_shows(wanted: str, rows: list[Row]) -> object:
    return page([{**row, "external_id": wanted[:-1]} for row in rows if row["external_id"] == wanted])


def showing_numbers(wanted: str, rows: list[Row]) -> object:
    return page([{**row, "external_id": 17} for row in rows if row["external_id"] == wanted])


def showing_no_external_id(wanted: str, rows: list[Row]) -> object:
    return page([{"id": row["id"]} for row in rows if row["external_id"] == wanted])


def showing_no_id(wanted: str, rows: list[Row]) -> object:
    return page([{"external_id": wanted} for row in rows if row["external_id"] == wanted])


def counting_only(wanted: str, rows: list[Row]) -> object:
    return page([], sum(row["external_id"] == wanted for row in rows))


def without_a_list(_: str, rows: list[Row]) -> object:
    return {"foo": len(rows)}


def failing_under_200(_: str, rows: list[Row]) -> object:
    return {**page([]), "error_code": f"SCG_ERROR_{5000 + len(rows)}"}


def ignoring_the_filter(_: str, rows: list[Row]) -> object:
    return page(rows[:1], len(rows))  # the first page of many


async def create(scg: AnyClient, external_id: str | None) -> object:
    if external_id is None:
        return await settled(scg.message_requests.create(from_="1", to=[NUMBER], body="Hi"))
    return await settled(
        scg.message_requests.create(from_="1", to=[NUMBER], body="Hi", external_id=external_id)
    )


def verified(
    client_kind: ClientKind, server: Server, ids: tuple[str | None, str | None], *script: Play
) -> object:
    """A verified send against a script, after one that went well; each under its external id."""

    async def scenario() -> object:
        async with opened(client_kind, server.url, Pauses(), on_unknown="verify") as scg:
            await create(scg, ids[0])
            server.script(SEND, *script)
            return await create(scg, ids[1])

    return play(client_kind, scenario())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fate", [faults.execute_and_reset, faults.reset_after_request], ids=["done", "lost"])
@pytest.mark.parametrize("ids", [(None, None), ("order-16", "order-17"), ("16", "17")], ids=str)
@pytest.mark.parametrize(
    "listed",
    [
        folding_what_it_shows,
        trimming_what_it_shows,
        showing_numbers,
        showing_no_external_id,
        showing_no_id,
        counting_only,
        without_a_list,
        failing_under_200,
        ignoring_the_filter,
    ],
)
def test_a_look_up_that_is_not_understood_never_sends_again(
    client_kind: ClientKind, fate: Play, ids: tuple[str | None, str | None], listed: Filter
) -> None:
    if listed is folding_what_it_shows and ids == ("16", "17"):
        pytest.skip("digits have no case")
    world = Filtering(listed)
    with Server(world) as server:
        with pytest.raises(scgapi.OutcomeUnknownError, match="relied") as caught:
            verified(client_kind, server, ids, fate)
        assert server.attempts(SEND) == 2
    assert len(world.sends) == 1 + (fate is faults.execute_and_reset)
    assert f"{caught.value.external_id!r}" in str(caught.value)
    assert caught.value.outcome == "UNKNOWN"


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("fate", [faults.execute_and_reset, faults.reset_after_request], ids=["done", "lost"])
@pytest.mark.parametrize(
    ("ids", "listed"),
    [
        (("order-16", "Order-17"), folding_the_filter),
        (("order-1", "order-17"), cutting_the_filter),
        ((None, "order 17"), well),
        (("order", "17"), well),
        (("order_16", "order-17"), well),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_control_of_another_shape_proves_nothing(
    client_kind: ClientKind, fate: Play, ids: tuple[str | None, str | None], listed: Filter
) -> None:
    world = Filtering(listed)
    done = fate is faults.execute_and_reset
    with Server(world) as server:
        if done and listed is well:
            assert verified(client_kind, server, ids, fate) == "r1"
        else:
            with pytest.raises(scgapi.OutcomeUnknownError, match="relied"):
                verified(client_kind, server, ids, fate)
        assert server.attempts(SEND) == 2
    assert len(world.sends) == 1 + done


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("ids", [("order-16", "order-17"), ("16", "17"), ("a/b c", "d/e f")], ids=str)
def test_ids_of_ones_own_are_verified(client_kind: ClientKind, ids: tuple[str, str]) -> None:
    for fate, found in ((faults.execute_and_reset, "r1"), (faults.reset_after_request, "r1")):
        world = Filtering(splitting)
        with Server(world) as server:
            assert verified(client_kind, server, ids, fate, work_well) == found
        assert world.sends == [*ids]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "external_id",
    ["order 17,18", "", " mine", "mine ", "a\nb", "\ud800", "a*b", "NULL", "007", "e\u0301"],
    ids=repr,
)
def test_an_id_that_no_filter_can_express_is_refused_before_anything_is_sent(
    client_kind: ClientKind, external_id: str
) -> None:
    with Server(Filtering(splitting)) as server:

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses(), on_unknown="verify") as scg:
                with pytest.raises(scgapi.InvalidArgumentError, match="Nothing was sent") as caught:
                    await create(scg, external_id)
                assert caught.value.field == "external_id"
                request = scgapi.MessageRequest(from_="1", to=[NUMBER], external_id=external_id)
                with pytest.raises(scgapi.InvalidArgumentError, match="Nothing was sent"):
                    await settled(scg.message_requests.create(request, from_="1", to=[NUMBER]))

        play(client_kind, scenario())
        assert server.received == []


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_without_verify_any_id_is_sent_and_never_looked_up(client_kind: ClientKind) -> None:
    world = Filtering(splitting)
    with Server(world) as server:

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                await create(scg, "order 15,16")
                server.script(SEND, faults.reset_after_request)
                with pytest.raises(
                    scgapi.OutcomeUnknownError, match="'order 17,18' contains a comma"
                ) as caught:
                    await create(scg, "order 17,18")
                assert caught.value.external_id == "order 17,18"

        play(client_kind, scenario())
        assert (server.attempts(SEND), server.attempts(LOOK)) == (2, 0)
    assert world.sends == ["order 15,16"]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_an_earlier_send_under_the_same_id_is_not_taken_for_the_one_in_doubt(client_kind: ClientKind) -> None:
    world = Filtering(well)
    with Server(world) as server, pytest.raises(scgapi.OutcomeUnknownError, match="relied"):
        verified(client_kind, server, ("mine", "mine"), faults.reset_after_request)
    assert world.sends == ["mine"]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_none_sends_no_id(client_kind: ClientKind) -> None:
    with Server(Filtering(well)) as server:

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                await settled(scg.message_requests.create(from_="1", to=[NUMBER], external_id=None))
                request = scgapi.MessageRequest(from_="1", to=[NUMBER], external_id=None)
                await settled(scg.message_requests.create(request, from_="1", to=[NUMBER]))

        play(client_kind, scenario())
        bodies = [parse_object(one.body or b"") for one in server.received if one.key == SEND]
    assert bodies == [{"from": "1", "to": [NUMBER]}] * 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize(
    "body",
    [
        b'{"error_code": "SCG_ERROR_5000"}',
        b'{"errorCode": 5000, "id": null}',
        b'{"errors": {"to": "Unknown"}}',
        b'{"success": false}',
    ],
)
def test_a_200_that_says_it_failed_is_looked_up(client_kind: ClientKind, done: bool, body: bytes) -> None:
    world = Filtering(well)
    failed = faults.execute_and(200, body) if done else faults.status(200, body)
    with Server(world) as server:
        assert verified(client_kind, server, (None, None), failed, work_well) == "r1"
        assert server.attempts(SEND) == (2 if done else 3)
    assert len(world.sends) == 2
    assert len({*world.sends}) == 2


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("status", [200, 201, 202, 204, 207])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"id": null}',
        b'{"id": ""}',
        b'{"id": "  "}',
        b'{"id": ["r"]}',
        b'{"id": {}}',
        b'[{"id": "r"}]',
        b"5",
    ],
)
def test_a_success_without_the_id_is_never_sent_again_nor_taken_for_one(
    client_kind: ClientKind, status: int, body: bytes
) -> None:
    with Server(Filtering(well)) as server:

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses()) as scg:
                with pytest.raises(scgapi.OutcomeUnknownError) as caught:
                    await create(scg, None)
                assert caught.value.outcome in ("UNKNOWN", "ACCEPTED_UNPARSED")

        server.script(SEND, faults.execute_and(status, b"" if status == 204 else body))
        play(client_kind, scenario())
        assert server.attempts(SEND) == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_keyword_takes_the_place_of_an_objects_id(client_kind: ClientKind) -> None:
    world = Filtering(well)
    with Server(world) as server:

        async def scenario() -> None:
            async with opened(client_kind, server.url, Pauses(), on_unknown="verify") as scg:
                request = scgapi.MessageRequest(from_="1", to=[NUMBER], external_id="order 17,18")
                server.script(SEND, faults.execute_and_reset)
                found = await settled(
                    scg.message_requests.create(request, to=[NUMBER], external_id="order-17", from_="1")
                )
                assert found == "r0"

        play(client_kind, scenario())
    assert world.sends == ["order-17"]
