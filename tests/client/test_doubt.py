"""A send whose answer was lost is never made again by itself, and can be looked up."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Callable

import httpx
import pytest
import respx

import scgapi
from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS
from tests.both_clients import CLIENT_KINDS, ClientKind, call, sent
from tests.client.test_retries import Pauses, client

REQUESTS = "https://api.syniverse.com/scg-external-api/api/v1/messaging/message_requests"
MESSAGES = "https://api.syniverse.com/scg-external-api/api/v1/messaging/messages"
AUTH = scgapi.AuthInfo(token="t")
SEND: dict[str, object] = {"from_": "1", "to": ["+15552461234"], "body": "Hi"}


class Cut(httpx.SyncByteStream):
    """An answer that breaks off after its head."""

    def __iter__(self) -> Cut:
        return self

    def __next__(self) -> bytes:
        raise httpx.ReadError("reset")


def cut_off(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, stream=Cut())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@respx.mock
def test_every_send_carries_an_id_of_its_own(client_kind: ClientKind) -> None:
    route = respx.post(REQUESTS).respond(json={"id": "r"})
    call(client_kind, AUTH, "message_requests.create", **SEND)
    call(client_kind, AUTH, "message_requests.create", **SEND)
    call(client_kind, AUTH, "message_requests.create", **SEND, external_id="mine")
    call(client_kind, AUTH, "message_requests.create", **SEND, external_id=None)
    first, second, mine, none = (json.loads(request.content) for request in sent(route))
    assert first["external_id"].startswith("scgapi-")
    assert first["external_id"] != second["external_id"]
    assert mine["external_id"] == "mine"
    assert "external_id" not in none


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (httpx.ReadTimeout("slow"), "UNKNOWN"),
        (httpx.RemoteProtocolError("garbage"), "UNKNOWN"),
        (httpx.Response(500), "UNKNOWN"),
        (httpx.Response(504, text="proxy"), "UNKNOWN"),
        (cut_off, "ACCEPTED_UNPARSED"),
        (httpx.Response(200, text="<html>"), "ACCEPTED_UNPARSED"),
        (httpx.Response(200, json={"no": "id"}), "ACCEPTED_UNPARSED"),
        (httpx.Response(204), "ACCEPTED_UNPARSED"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
@respx.mock
def test_a_send_in_doubt_says_so_and_by_what_to_look_it_up(
    failure: httpx.Response | Exception | Callable[[httpx.Request], httpx.Response], outcome: str
) -> None:
    route = respx.post(REQUESTS).mock(side_effect=failure if callable(failure) else [failure])
    with client(Pauses()) as scg, pytest.raises(scgapi.OutcomeUnknownError) as caught:
        scg.message_requests.create(from_="1", to=["+15552461234"], body="Hi")
    external_id = json.loads(sent(route)[0].content)["external_id"]
    assert (route.call_count, caught.value.outcome, caught.value.external_id) == (1, outcome, external_id)
    assert caught.value.__cause__ is not None
    copy: scgapi.OutcomeUnknownError = pickle.loads(pickle.dumps(caught.value))
    assert copy.external_id == external_id


@respx.mock
def test_an_object_brings_its_own_id() -> None:
    route = respx.post(REQUESTS).mock(side_effect=[httpx.ReadTimeout("slow")])
    request = scgapi.MessageRequest(from_="1", to=["+15552461234"], external_id="mine")
    with client(Pauses()) as scg, pytest.raises(scgapi.OutcomeUnknownError) as caught:
        scg.message_requests.create(request)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue] - the object brings what the keywords require
    assert caught.value.external_id == "mine"
    assert json.loads(sent(route)[0].content)["external_id"] == "mine"


@respx.mock
def test_a_request_that_is_sent_anew_gets_a_new_id() -> None:
    respx.get(f"{REQUESTS}/r").respond(
        json={"id": "r", "from": "1", "to": ["+15552461234"], "external_id": "old"}
    )
    route = respx.post(REQUESTS).respond(json={"id": "s"})
    with scgapi.Client(AUTH) as scg:
        scg.message_requests.create(scg.message_requests.get("r"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue] - the object brings what the keywords require
        with pytest.raises(scgapi.InvalidArgumentError, match="on_unknown"):
            scg.message_requests.create(from_="1", to=["2"], on_unknown="retry")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert json.loads(sent(route)[0].content)["external_id"].startswith("scgapi-")
    assert route.call_count == 1


@respx.mock
def test_a_single_message_in_doubt_says_so_too() -> None:
    respx.post(MESSAGES).mock(side_effect=[httpx.ReadTimeout("slow")])
    with client(Pauses()) as scg, pytest.raises(scgapi.OutcomeUnknownError) as caught:
        scg.messages.create(from_="1", to="+15552461234", body="Hi")
    assert caught.value.external_id is None


class Gateway:
    """Answers sends from a script, and look-ups from what it has taken."""

    def __init__(self, *fates: str) -> None:
        self.fates = [*fates]
        self.taken: dict[str, str] = {}
        self.sends = respx.post(REQUESTS).mock(side_effect=self.send)
        self.looks = respx.get(REQUESTS).mock(side_effect=self.look)
        self.visible = True
        self.filters = True

    def send(self, request: httpx.Request) -> httpx.Response:
        fate = self.fates.pop(0)
        external_id: str = json.loads(request.content)["external_id"]
        if fate in ("ok", "taken", "cut", "known"):
            self.taken[f"r{len(self.taken)}"] = external_id
        if fate == "ok":
            return httpx.Response(200, json={"id": f"r{len(self.taken) - 1}"})
        if fate.startswith("known"):  # the lost one arrived late
            return httpx.Response(409, json={"error_code": "1011"})
        if fate == "refused":
            return httpx.Response(400)
        if fate == "cut":
            return cut_off(request)
        raise httpx.ReadTimeout("slow")

    def look(self, request: httpx.Request) -> httpx.Response:
        wanted = request.url.params["external_id"]
        rows = [{"id": key, "external_id": value} for key, value in self.taken.items() if self.visible]
        if self.filters:
            rows = [row for row in rows if row["external_id"] == wanted]
        return httpx.Response(200, json={"list": rows, "total": len(rows)})


def verified(scg: scgapi.Client) -> str:
    return scg.message_requests.create(from_="1", to=["+15552461234"], body="Hi", on_unknown="verify")


@pytest.mark.parametrize("filters", [True, False])
@respx.mock
def test_a_send_that_shows_up_is_adopted(filters: bool) -> None:
    gateway, pauses = Gateway("ok", "taken"), Pauses()
    gateway.filters = filters
    with client(pauses) as scg:
        assert verified(scg) == "r0"
        assert verified(scg) == "r1"
    assert (gateway.sends.call_count, pauses) == (2, [FIRST_LOOK_UP_DELAY_SECONDS])


@respx.mock
def test_a_send_that_provably_did_not_happen_is_made_again_under_the_same_id() -> None:
    gateway, pauses = Gateway("ok", "lost", "ok"), Pauses()
    with client(pauses) as scg:
        verified(scg)
        assert verified(scg) == "r1"
    ids = [json.loads(request.content)["external_id"] for request in sent(gateway.sends)]
    assert (len(set(ids)), pauses) == (2, [FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS])


@respx.mock
def test_emptiness_without_a_positive_control_proves_nothing() -> None:
    gateway = Gateway("lost")
    with client(Pauses()) as scg, pytest.raises(scgapi.OutcomeUnknownError, match="relied"):
        verified(scg)
    assert gateway.sends.call_count == 1
    gateway = Gateway("ok", "lost")
    gateway.visible = False
    with client(Pauses()) as scg:
        verified(scg)
        with pytest.raises(scgapi.OutcomeUnknownError, match="relied"):
            verified(scg)
    assert gateway.sends.call_count == 3  # the one of before, and these two


@respx.mock
def test_what_was_accepted_is_never_made_again() -> None:
    gateway = Gateway("ok", "cut")
    with client(Pauses()) as scg:
        verified(scg)
        assert verified(scg) == "r1"
    gateway = Gateway("ok", "cut")
    with client(Pauses()) as scg:
        verified(scg)
        gateway.visible = False
        with pytest.raises(scgapi.OutcomeUnknownError, match="does not show up"):
            verified(scg)
    assert gateway.sends.call_count == 4  # the two of before, and these two


@respx.mock
def test_it_ends_with_the_attempts_of_the_policy_and_with_a_refusal() -> None:
    gateway = Gateway("ok", "lost", "lost", "lost")
    with client(Pauses(), scgapi.RetryPolicy(attempts=3)) as scg:
        verified(scg)
        with pytest.raises(scgapi.OutcomeUnknownError) as caught:
            verified(scg)
    assert (gateway.sends.call_count, caught.value.attempts) == (4, 3)
    Gateway("ok", "lost", "refused")
    with client(Pauses()) as scg:
        verified(scg)
        with pytest.raises(scgapi.OutcomeUnknownError) as refused:
            verified(scg)
    assert isinstance(refused.value.__cause__, scgapi.BadRequestError)


@respx.mock
def test_a_look_up_that_fails_leaves_the_send_in_doubt() -> None:
    Gateway("ok", "lost")
    with client(Pauses()) as scg:
        verified(scg)
        respx.get(REQUESTS).respond(400)
        with pytest.raises(scgapi.OutcomeUnknownError, match="could not be looked up"):
            verified(scg)


@respx.mock
def test_the_client_can_verify_all_its_sends() -> None:
    Gateway("ok", "taken")
    pauses = Pauses()

    async def main() -> list[str]:
        async with scgapi.AsyncClient(AUTH, on_unknown="verify") as scg:
            scg._pipeline.clock = pauses.clock
            return [await scg.message_requests.create(from_="1", to=["+15552461234"]) for _ in range(2)]

    assert asyncio.run(main()) == ["r0", "r1"]
    with pytest.raises(scgapi.ConfigurationError, match="on_unknown"):
        scgapi.Client(AUTH, on_unknown="retry")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@respx.mock
def test_a_send_that_is_refused_as_known_already_is_the_one_that_was_in_doubt() -> None:
    gateway = Gateway("ok", "lost", "known")
    with client(Pauses()) as scg:
        verified(scg)
        assert verified(scg) == "r1"
    assert gateway.sends.call_count == 3
    gateway = Gateway("ok", "lost", "known elsewhere")
    with client(Pauses()) as scg:
        verified(scg)
        with pytest.raises(scgapi.OutcomeUnknownError):
            verified(scg)


@respx.mock
def test_no_look_up_begins_that_could_not_end_in_time() -> None:
    gateway, pauses = Gateway("ok", "taken"), Pauses()
    with client(pauses, timeout=FIRST_LOOK_UP_DELAY_SECONDS) as scg:
        verified(scg)
        with pytest.raises(scgapi.OutcomeUnknownError, match="no time left"):
            verified(scg)
    assert (gateway.looks.call_count, pauses) == (0, [])
