"""The sandbox injects faults on request, and counts the effects of each request."""

from __future__ import annotations

import asyncio
import gzip
import io
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import scgapi
from scgapi._core.request import API_PREFIX, TOKEN_PREFIX
from scgapi._io.clock import SystemClock as ClientClock
from scgapi.sandbox import Sandbox, faults
from scgapi.sandbox.faults import Fault, Later
from tests.both_clients import CLIENT_KINDS, ONCE, ClientKind, call, contacts_of
from tests.limits import patiently
from tests.sandbox.calls import Clock

SEND = "message_requests.create"
HTTP = b"HTTP/1.1 200 OK\r\n"
PLACES = ("request", "head", "body")


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


class Complaints(logging.Handler):
    """What a server logs; it logs nothing while all is well."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@pytest.fixture(scope="module")
def served(clock: Clock) -> Iterator[Sandbox]:
    """Its server must not take for an error of its own what it does on command."""
    complaints = Complaints()
    loggers = [logging.getLogger(name) for name in ("uvicorn.error", "asyncio")]
    for logger in loggers:
        logger.addHandler(complaints)
    with Sandbox(clock=clock) as sandbox:
        yield sandbox
    for logger in loggers:
        logger.removeHandler(complaints)
    assert complaints.texts == []


def plain(gateway: Sandbox) -> scgapi.AuthInfo:
    """Credentials that cannot be refreshed."""
    return scgapi.AuthInfo(token=gateway.auth.token, url=gateway.url)


def send(client_kind: ClientKind, gateway: Sandbox, **options: object) -> object:
    return call(
        client_kind, plain(gateway), SEND, from_="155528999", to=["+15552461234"], body="Hi", **options
    )


def outcome(client_kind: ClientKind, gateway: Sandbox) -> str:
    try:
        send(client_kind, gateway)
    except scgapi.ScgError as error:
        return error.outcome
    return "ACCEPTED"


class Patient(list[float]):
    """A client's clock that moves the sandbox's along, and waits for nobody."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.clock = ClientClock(
            monotonic=lambda: clock.now, sleep=self.move, async_sleep=self.move_on, random=lambda: 1.0
        )

    def move(self, seconds: float) -> None:
        self.append(seconds)
        self._clock.now += seconds

    async def move_on(self, seconds: float) -> None:
        self.move(seconds)


def first_names(client_kind: ClientKind, gateway: Sandbox, pauses: Patient) -> list[str | None]:
    """A listing by a client that tries again."""
    if client_kind == "sync":
        with scgapi.Client(gateway.auth) as scg:
            scg._pipeline.clock = pauses.clock
            return [contact.first_name for contact in scg.contacts.list()]

    async def listed() -> list[str | None]:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            scg._pipeline.clock = pauses.clock
            return [contact.first_name async for contact in scg.contacts.list()]

    return asyncio.run(listed())


SPOILED: list[tuple[Fault, str, int]] = [
    (faults.Refuse(), "REJECTED", 0),
    (faults.Refuse(503, body="<html>"), "UNKNOWN", 0),
    (faults.Refuse(504, body="<html>", executed=True), "UNKNOWN", 1),
    (faults.Refuse(500), "UNKNOWN", 0),
    (faults.Refuse(500, "SCG_ERROR_5001", executed=True), "UNKNOWN", 1),
    (faults.Refuse(401), "REJECTED", 0),
    (faults.Refuse(408), "UNKNOWN", 0),
    (faults.Refuse(409, "SCG_ERROR_4090"), "REJECTED", 0),
    (faults.Refuse(429, retry_after="soon"), "REJECTED", 0),
    *((kind(executed=False, at="request"), "UNKNOWN", 0) for kind in (faults.Reset, faults.Close)),
    *((kind(executed=True, at="request"), "UNKNOWN", 1) for kind in (faults.Reset, faults.Close)),
    *((kind(executed=Later(), at="request"), "UNKNOWN", 0) for kind in (faults.Reset, faults.Close)),
    *((kind(executed=True, at="head"), "UNKNOWN", 1) for kind in (faults.Reset, faults.Close)),
    *((kind(executed=True, at="body"), "ACCEPTED_UNPARSED", 1) for kind in (faults.Reset, faults.Close)),
    *((kind(executed=False, at="body"), "ACCEPTED_UNPARSED", 0) for kind in (faults.Reset, faults.Close)),
    (faults.Disconnect(), "ACCEPTED", 1),
    (faults.Slow(0.05), "ACCEPTED", 1),
    (faults.Garbage(executed=False), "UNKNOWN", 0),
    (faults.Garbage(executed=True, content=HTTP + b"x: " + b"x" * 300_000), "UNKNOWN", 1),
    (faults.WrongBody(), "ACCEPTED_UNPARSED", 1),
    (faults.WrongBody(b"", executed=False), "ACCEPTED_UNPARSED", 0),
    (faults.WrongBody(b"\xff", "application/json"), "ACCEPTED_UNPARSED", 1),
    (faults.WrongBody(b"[" * 100_000, "application/json"), "ACCEPTED_UNPARSED", 1),
    (faults.Truncate(7), "ACCEPTED_UNPARSED", 1),
    (faults.Altered({"id": ["new"]}), "ACCEPTED_UNPARSED", 1),
    (faults.Altered({"more": {"than": ["was", "known"]}}), "ACCEPTED", 1),
    (faults.Redirect("http://127.0.0.1:9/"), "UNKNOWN", 0),
    (faults.Redirect("http://127.0.0.1:9/", 307), "REJECTED", 0),
    (faults.Bomb(), "ACCEPTED_UNPARSED", 1),
    (faults.Bomb(compressed=False, executed=False), "ACCEPTED_UNPARSED", 0),
    (faults.Hidden(), "ACCEPTED", 1),
]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(("fault", "expected", "executed"), SPOILED, ids=lambda value: str(value)[:60])
def test_the_outcome_that_the_sender_sees_and_the_effect(
    gateway: Sandbox, client_kind: ClientKind, fault: Fault, expected: str, executed: int
) -> None:
    rule = gateway.inject_fault(SEND, fault, times=1)
    assert outcome(client_kind, gateway) == expected
    assert (rule.fired, gateway.received(SEND), gateway.executed(SEND)) == (1, 1, executed)
    assert outcome(client_kind, gateway) == "ACCEPTED"
    assert (rule.fired, gateway.received(SEND), gateway.executed(SEND)) == (1, 2, executed + 1)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (fault, 204)
        for fault in (
            faults.Disconnect(),
            faults.Slow(0.01),
            faults.Truncate(3),
            faults.Altered({"id": ["new"]}),
            faults.Hidden(),
        )
    ]
    + [(faults.WrongBody(), 200), (faults.Redirect("/"), 302)],
    ids=str,
)
def test_faults_in_responses_without_a_body(gateway: Sandbox, fault: Fault, status: int) -> None:
    contact = call("sync", gateway.auth, "contacts.create", first_name="Ann")
    gateway.inject_fault("contacts.delete", fault)
    headers = gateway.auth.headers(gateway.auth.token, 0)
    assert (
        httpx.delete(f"{gateway.url}{API_PREFIX}/contacts/{contact}", headers=headers).status_code == status
    )
    cut = gateway.inject_fault("contacts.replace", faults.Close(executed=True, at="body"))
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        httpx.put(f"{gateway.url}{API_PREFIX}/contacts/{contact}", headers=headers, json={})
    assert cut.fired == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "fault",
    [
        faults.Refuse(),
        faults.Refuse(502, body="<html>"),
        faults.Refuse(429),
        faults.Reset(executed=True),
        faults.Reset(executed=True, at="body"),
        faults.Close(executed=False),
        faults.Close(executed=True, at="head"),
        faults.Garbage(executed=False),
    ],
    ids=str,
)
def test_a_reader_recovers(gateway: Sandbox, clock: Clock, client_kind: ClientKind, fault: Fault) -> None:
    call(client_kind, gateway.auth, "contacts.create", first_name="Ann")
    rule = gateway.inject_fault("contacts.list", fault, times=2)
    pauses = Patient(clock)
    assert first_names(client_kind, gateway, pauses) == ["Ann"]
    assert (rule.fired, pauses) == (2, [0.25, 0.5])


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_closed_connection_is_not_used_again(
    gateway: Sandbox, clock: Clock, client_kind: ClientKind
) -> None:
    gateway.inject_fault("contacts.list", faults.Disconnect())
    pauses = Patient(clock)

    async def listed() -> None:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            scg._pipeline.clock = pauses.clock
            for _ in range(3):
                assert [contact async for contact in scg.contacts.list()] == []

    if client_kind == "async":
        asyncio.run(listed())
    else:
        with scgapi.Client(gateway.auth) as scg:
            scg._pipeline.clock = pauses.clock
            for _ in range(3):
                assert list(scg.contacts.list()) == []
    assert gateway.executed("contacts.list") == 3


@pytest.mark.parametrize("executed", [True, False])
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_hanging_request_times_out(gateway: Sandbox, client_kind: ClientKind, executed: bool) -> None:
    async def create(limit: float) -> None:
        async with scgapi.AsyncClient(gateway.auth, timeout=limit, retry=ONCE) as scg:
            await scg.contacts.create(first_name="Ann")

    def create_now(limit: float) -> None:
        with scgapi.Client(gateway.auth, timeout=limit, retry=ONCE) as scg:
            scg.contacts.create(first_name="Ann")

    def attempt(limit: float) -> tuple[str | None, int]:
        gateway.reset()
        gateway.inject_fault("contacts.create", faults.Hang(executed), times=1)
        with pytest.raises(scgapi.ConnectionFailedError) as caught:
            asyncio.run(create(limit)) if client_kind == "async" else create_now(limit)
        return caught.value.outcome, gateway.executed("contacts.create")

    wanted = ("UNKNOWN", int(executed))
    assert patiently(0.5, attempt, lambda seen: seen == wanted) == wanted


def test_hanging_requests_end_when_the_sandbox_stops() -> None:
    came_in = threading.Event()

    def now() -> float:
        came_in.set()
        return 0.0

    with Sandbox(clock=now) as gateway, ThreadPoolExecutor() as pool:
        gateway.inject_fault("contacts.list", faults.Hang(executed=False))
        came_in.clear()
        listing = pool.submit(call, "sync", gateway.auth, "contacts.list")
        assert came_in.wait(10)
        gateway.stop()
        with pytest.raises(scgapi.ConnectionFailedError):
            listing.result(10)


def get(gateway: Sandbox, path: str = "/contacts", **headers: str) -> httpx.Response:
    return httpx.get(
        f"{gateway.url}{API_PREFIX}{path}", headers={**gateway.auth.headers(gateway.auth.token, 0), **headers}
    )


def test_connections_end_with_a_reset_or_in_order(gateway: Sandbox) -> None:
    gateway.inject_fault("contacts.list", faults.Reset(executed=False), times=1)
    gateway.inject_fault("contacts.list", faults.Close(executed=False), times=1)
    with pytest.raises(httpx.ReadError, match="reset"):
        get(gateway)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        get(gateway)


def test_refusals_have_the_gateways_format_or_the_given_body(gateway: Sandbox) -> None:
    gateway.inject_fault("contacts.list", faults.Refuse(retry_after=7), times=1)
    refused = get(gateway)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "7")
    assert refused.json() == {"error_code": "SCG_ERROR_5030", "error_description": "Service Unavailable"}
    gateway.inject_fault("contacts.list", faults.Refuse(409, "1011", retry_after="-1"), times=1)
    refused = get(gateway)
    assert (refused.json()["error_code"], refused.headers["retry-after"]) == ("1011", "-1")
    gateway.inject_fault("contacts.list", faults.Refuse(502, body="<h1>Bad</h1>", retry_after=1), times=1)
    refused = get(gateway)
    assert (refused.status_code, refused.text, refused.headers["retry-after"]) == (502, "<h1>Bad</h1>", "1")
    assert refused.headers["content-type"].startswith("text/html")
    gateway.inject_fault("contacts.list", faults.Refuse(599), times=1)
    assert get(gateway).json()["error_code"] == "599"
    assert get(gateway).status_code == 200


def test_altered_fields(gateway: Sandbox) -> None:
    gateway.inject_fault("contacts.list", faults.Altered({"list": None, "new": [1]}))
    assert get(gateway).json() == {"list": None, "total": 0, "limit": 50, "new": [1]}
    with scgapi.Client(gateway.auth) as scg:
        assert list(scg.contacts.list()) == []


def test_redirects_are_not_followed(gateway: Sandbox) -> None:
    gateway.inject_fault("contacts.list", faults.Redirect(f"{gateway.url}{API_PREFIX}/channels", 307))
    answer = get(gateway)
    assert (answer.status_code, answer.headers["location"]) == (307, f"{gateway.url}{API_PREFIX}/channels")
    with pytest.raises(scgapi.UnexpectedResponseError):
        call("sync", gateway.auth, "contacts.list")
    assert (gateway.received("*"), gateway.executed("*")) == (2, 0)


def test_a_bomb_is_small_on_the_wire(gateway: Sandbox) -> None:
    gateway.inject_fault("contacts.list", faults.Bomb(10_000_001))
    with httpx.stream("GET", f"{gateway.url}{API_PREFIX}/contacts") as answer:
        raw = b"".join(answer.iter_raw())
    assert len(raw) < 20_000
    assert len(gzip.decompress(raw)) == 10_000_001


def test_a_slow_response_comes_in_parts(gateway: Sandbox) -> None:
    gateway.inject_fault("contacts.list", faults.Slow(0.5))
    with httpx.stream(
        "GET", f"{gateway.url}{API_PREFIX}/contacts", headers=gateway.auth.headers(gateway.auth.token, 0)
    ) as answer:
        pieces = list(answer.iter_raw())
    assert len(pieces) > 1
    assert b"".join(pieces) == b'{"list":[],"total":0,"limit":50}'


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_faults_in_transfers(gateway: Sandbox, client_kind: ClientKind, tmp_path: Path) -> None:
    with scgapi.Client(gateway.auth) as scg:
        attachment = scg.attachments.create_and_upload(
            io.BytesIO(b"x" * 100_000), name="a", type="text/plain"
        )
    lost = gateway.inject_fault("attachments.upload", faults.Reset(executed=False))
    with pytest.raises(scgapi.ConnectionFailedError):
        call(client_kind, gateway.auth, "attachments.upload", attachment.id, io.BytesIO(b"y" * 5_000_000))
    cut = gateway.inject_fault("attachments.download", faults.Close(executed=True, at="body"))
    with pytest.raises(scgapi.ConnectionFailedError):
        call(client_kind, gateway.auth, "attachments.download", attachment.id, tmp_path / "whole")
    assert (lost.fired, cut.fired) == (1, 1)
    gateway.clear_faults()
    call(client_kind, gateway.auth, "attachments.download", attachment.id, tmp_path / "whole")
    assert (tmp_path / "whole").read_bytes() == b"x" * 100_000


def sends(gateway: Sandbox) -> int:
    with scgapi.Client(plain(gateway)) as scg:
        return sum(1 for _ in scg.message_requests.list())


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_lost_requests_are_executed_later(gateway: Sandbox, clock: Clock, client_kind: ClientKind) -> None:
    gateway.inject_fault(SEND, faults.Refuse(504, executed=Later(60)))
    assert outcome(client_kind, gateway) == "UNKNOWN"
    clock.now += 59.9
    assert (sends(gateway), gateway.executed(SEND)) == (0, 0)
    clock.now += 0.1
    assert (gateway.executed(SEND), sends(gateway)) == (1, 1)


def test_postponed_requests_are_executed_when_the_rule_ends_and_dropped_by_a_reset(gateway: Sandbox) -> None:
    with gateway.inject_fault(SEND, faults.Reset(Later())):
        assert outcome("sync", gateway) == "UNKNOWN"
        assert sends(gateway) == 0
    assert sends(gateway) == 1
    gateway.inject_fault(SEND, faults.Reset(Later(60)))
    assert outcome("sync", gateway) == "UNKNOWN"
    gateway.clear_faults()
    assert sends(gateway) == 2
    rule = gateway.inject_fault(SEND, faults.Reset(Later()))
    assert outcome("sync", gateway) == "UNKNOWN"
    gateway.reset()
    assert rule.stopped
    assert (sends(gateway), gateway.executed(SEND)) == (0, 0)


def test_postponed_requests_are_admitted_on_arrival(gateway: Sandbox) -> None:
    rule = gateway.inject_fault("contacts.create", faults.Reset(Later()))
    headers = gateway.auth.headers(gateway.auth.token, 0)
    for token, content in ((headers, b"{}"), (headers, b"{"), ({}, b"{}")):
        with pytest.raises(httpx.TransportError):
            httpx.post(f"{gateway.url}{API_PREFIX}/contacts", headers=token, content=content)
    gateway.rotate_token()
    rule.stop()
    assert gateway.executed("contacts.create") == 1
    assert len(contacts_of(call("sync", plain(gateway), "contacts.list"))) == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_created_objects_are_hidden(gateway: Sandbox, clock: Clock, client_kind: ClientKind) -> None:
    auth = plain(gateway)
    send(client_kind, gateway)
    rule = gateway.inject_fault(SEND, faults.Hidden(seconds=30))
    hidden = send(client_kind, gateway, external_id="mine")
    rule_of_reads = gateway.inject_fault("contacts.create", faults.Hidden(reads=2))
    contact = call(client_kind, auth, "contacts.create", first_name="Ann")
    with pytest.raises(scgapi.NotFoundError):
        call(client_kind, auth, "message_requests.get", hidden)
    with pytest.raises(scgapi.NotFoundError):
        call(client_kind, auth, "message_requests.list_messages", hidden)
    assert (
        len(list_of(client_kind, auth, "messages.list"))
        == len(list_of(client_kind, auth, "message_requests.list"))
        == 1
    )
    assert list_of(client_kind, auth, "message_requests.list", external_id="mine") == []
    clock.now += 30
    assert len(list_of(client_kind, auth, "messages.list")) == 2
    assert len(list_of(client_kind, auth, "message_requests.list", external_id="mine")) == 1
    assert list_of(client_kind, auth, "contacts.list") == []
    with pytest.raises(scgapi.NotFoundError):
        call(client_kind, auth, "contacts.get", contact)
    assert len(list_of(client_kind, auth, "contacts.list")) == 1
    assert (rule.fired, rule_of_reads.fired) == (1, 1)


def list_of(
    client_kind: ClientKind, auth: scgapi.AuthInfo, operation: str, **filters: object
) -> list[object]:
    listed = call(client_kind, auth, operation, **filters)
    assert isinstance(listed, list)
    return [*listed]


def test_postponed_requests_are_not_hidden_with_later_ones(gateway: Sandbox) -> None:
    late = gateway.inject_fault("contacts.create", faults.Reset(Later()), times=1)
    with pytest.raises(scgapi.ConnectionFailedError):
        call("sync", gateway.auth, "contacts.create", first_name="Ann")
    gateway.inject_fault("contacts.create", faults.Hidden())
    late.stop()
    call("sync", gateway.auth, "contacts.create", first_name="Bo")
    shown = contacts_of(call("sync", gateway.auth, "contacts.list"))
    assert [contact.first_name for contact in shown] == ["Ann"]


def test_hidden_objects_appear_when_the_rule_ends(gateway: Sandbox) -> None:
    rule = gateway.inject_fault(SEND, faults.Hidden())
    send("sync", gateway)
    assert sends(gateway) == 0
    rule.stop()
    assert sends(gateway) == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_too_many_calls_are_throttled(gateway: Sandbox, clock: Clock, client_kind: ClientKind) -> None:
    rule = gateway.inject_fault("contacts.*", faults.Throttle(calls=2, seconds=2.5))
    for _ in range(2):
        call(client_kind, gateway.auth, "contacts.list")
    with pytest.raises(scgapi.RateLimitError) as caught:
        call(client_kind, gateway.auth, "contacts.list")
    assert (caught.value.retry_after, rule.fired) == (3, 1)
    call(client_kind, gateway.auth, "channels.list")
    pauses = Patient(clock)
    assert first_names(client_kind, gateway, pauses) == []
    assert (pauses, rule.fired) == ([3], 2)
    clock.now += 0.1
    call(client_kind, gateway.auth, "contacts.list")
    with pytest.raises(scgapi.RateLimitError):
        call(client_kind, gateway.auth, "contacts.list")


def test_a_rule_says_which_calls_and_how_often(gateway: Sandbox) -> None:
    rule = gateway.inject_fault("contacts.list", faults.Refuse(500), times=2, after=1)
    assert [get(gateway).status_code for _ in range(5)] == [200, 500, 500, 200, 200]
    assert get(gateway, "/messaging/channels").status_code == 200
    assert (rule.fired, repr(rule)[:21]) == (2, "Rule('contacts.list',")
    gateway.inject_fault("contacts.*", faults.Refuse(501), times=1)
    gateway.inject_fault("*", faults.Refuse(502), times=1, after=1)
    gateway.inject_fault("*.list", faults.Refuse(503), times=1)
    assert [get(gateway).status_code for _ in range(4)] == [501, 503, 502, 200]


def test_a_rule_for_one_of_several_names_of_an_operation(gateway: Sandbox) -> None:
    rule = gateway.inject_fault("message_requests.cancel", faults.Refuse(500))
    with pytest.raises(scgapi.ServerError):
        call("sync", plain(gateway), "message_requests.cancel", "x")
    assert (rule.fired, gateway.received("message_requests.resume")) == (1, 1)


def test_the_seed_determines_the_share_of_requests(gateway: Sandbox) -> None:
    def fate(seed: int) -> list[int]:
        gateway.clear_faults()
        gateway.inject_fault("contacts.list", faults.Refuse(500), probability=0.3, seed=seed)
        gateway.inject_fault("contacts.list", faults.Refuse(502), probability=0.5, seed=seed + 1)
        with httpx.Client(headers=gateway.auth.headers(gateway.auth.token, 0)) as web:
            return [web.get(f"{gateway.url}{API_PREFIX}/contacts").status_code for _ in range(100)]

    first = fate(1)
    assert fate(1) == first
    assert fate(2) != first
    assert 15 < first.count(500) < 45
    assert 20 < first.count(502) < 50


def test_rules_end_with_their_block_with_clear_faults_and_with_reset(gateway: Sandbox) -> None:
    with gateway.inject_fault("*", faults.Refuse(500)) as rule:
        assert get(gateway).status_code == 500
    assert (get(gateway).status_code, rule.fired) == (200, 1)
    gateway.inject_fault("*", faults.Refuse(500))
    gateway.clear_faults()
    assert get(gateway).status_code == 200
    assert (gateway.received("contacts.list"), gateway.executed("contacts.*"), gateway.received("*")) == (
        3,
        2,
        3,
    )
    gateway.inject_fault("*", faults.Refuse(500))
    gateway.reset()
    assert (gateway.received("*"), gateway.executed("*")) == (0, 0)
    assert get(gateway).status_code == 200


def test_requests_without_credentials_are_not_executed_later(gateway: Sandbox) -> None:
    with gateway.inject_fault("contacts.list", faults.Refuse(504, executed=faults.Later())):
        get(gateway, authorization="Bearer x")
    assert gateway.executed("contacts.list") == 0


def test_refused_calls_come_in_without_effect(gateway: Sandbox) -> None:
    assert get(gateway, authorization="Bearer x").status_code == 401
    assert get(gateway, "/contacts/none").status_code == 404
    assert gateway.gateway.rules.received.all() == {"contacts.get": 1, "contacts.list": 1}
    assert gateway.gateway.executed.all() == {}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("message_request.create", "'message_requests.create'"),
        ("contact.*", "'contacts.*'"),
        ("zzzzzz", "name one such as"),
    ],
)
def test_unknown_names_are_refused(gateway: Sandbox, name: str, hint: str) -> None:
    def inject_fault(operation: str) -> object:
        return gateway.inject_fault(operation, faults.Refuse())

    for ask in (gateway.received, gateway.executed, inject_fault):
        with pytest.raises(ValueError, match="no operation") as caught:
            ask(name)
        assert hint in str(caught.value)


def test_numbers_out_of_range_are_refused(gateway: Sandbox) -> None:
    for times, after, probability in ((0, 0, 1.0), (1, -1, 1.0), (1, 0, 1.5), (1, 0, float("nan"))):
        with pytest.raises(ValueError, match=r"times|after|probability"):
            gateway.inject_fault("*", faults.Refuse(), times=times, after=after, probability=probability)
    for make in (
        lambda: faults.Refuse(200),
        lambda: faults.Throttle(0),
        lambda: faults.Slow(-1),
        lambda: faults.Hidden(reads=0),
        lambda: Later(float("inf")),
    ):
        with pytest.raises(ValueError, match="Input should be"):
            make()
    assert get(gateway).status_code == 200


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_somebody_else_refreshes_the_token(gateway: Sandbox, client_kind: ClientKind) -> None:
    before = gateway.auth
    after = gateway.rotate_token()
    assert after == gateway.auth.token != before.token
    with pytest.raises(scgapi.AuthenticationError):
        call(client_kind, scgapi.AuthInfo(token=before.token, url=gateway.url), "contacts.list")
    call(client_kind, before, "contacts.list")
    assert gateway.executed("auth.refresh") == 1
    assert gateway.auth.token not in (before.token, after)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_refreshing_a_token_goes_wrong_like_any_call(gateway: Sandbox, client_kind: ClientKind) -> None:
    gateway.expire_token()
    auth = gateway.auth
    gateway.inject_fault("auth.refresh", faults.Refuse(500), times=1)
    refused = httpx.get(f"{gateway.url}{TOKEN_PREFIX}/apptoken-refresh?{auth.refresh_query(auth.token)}")
    assert (refused.status_code, set(refused.json())) == (500, {"errorCode", "moreInfo", "userMsg"})
    lost = gateway.inject_fault("auth.refresh", faults.Reset(executed=True))
    with pytest.raises(scgapi.ScgError):
        call(client_kind, auth, "contacts.list")
    assert gateway.executed("auth.refresh") == lost.fired > 0
    assert gateway.auth.token != auth.token
    gateway.clear_faults()
    call(client_kind, auth, "contacts.list")
