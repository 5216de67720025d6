"""The sandbox as an httpx transport: without a socket, with the same results."""

from __future__ import annotations

import asyncio
import io
import re
import socket
import threading
from pathlib import Path

import anyio
import httpx
import pytest

import scgapi
from scgapi import events
from scgapi.sandbox import AfterSeconds, EventService, Sandbox, ServedRequest, faults
from scgapi.sandbox.faults import Fault
from scgapi.types import OnUnknown
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.events.samples import USER
from tests.events.test_delivery import Inbox, served
from tests.sandbox.test_faults import SPOILED

SEND = "message_requests.create"
NEED_A_CONNECTION = (faults.Slow, faults.Disconnect)


@pytest.fixture
def sandbox() -> Sandbox:
    """A sandbox that is not started."""
    return Sandbox()


def send(client_kind: ClientKind, sandbox: Sandbox, *, on_unknown: OnUnknown = "raise") -> str:
    """Send a message with a client that makes one attempt, and return its id."""
    once = scgapi.RetryPolicy(attempts=1)
    if client_kind == "sync":
        with sandbox.client(retry=once, on_unknown=on_unknown) as scg:
            return scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")

    async def sent() -> str:
        async with sandbox.async_client(retry=once, on_unknown=on_unknown) as scg:
            return await scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")

    return asyncio.run(sent())


def outcome(client_kind: ClientKind, sandbox: Sandbox) -> str:
    try:
        send(client_kind, sandbox)
    except scgapi.ScgError as error:
        return error.outcome
    return "ACCEPTED"


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_send_needs_no_socket_and_no_thread(
    client_kind: ClientKind, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = threading.active_count()
    # The event loop makes a pair of sockets when it starts, and connects none.
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    request_id = send(client_kind, sandbox)
    (message,) = sandbox.phone("+15552461234").messages()
    assert (message.request_id, message.body) == (request_id, "Hi")
    # Entering an async client loads modules in a thread.
    assert client_kind == "async" or threading.active_count() == threads


def refuse(*_: object) -> None:
    raise AssertionError("a socket was used")


def test_both_kinds_of_httpx_client_take_the_same_transport(sandbox: Sandbox) -> None:
    transport = sandbox.transport()
    with (
        httpx.Client(transport=transport) as http,
        scgapi.Client(transport.auth, http_client=http, url="https://api.syniverse.com") as scg,
    ):
        contact_id = scg.contacts.create(first_name="Ann")

    async def read() -> str | None:
        async with (
            httpx.AsyncClient(transport=transport) as http,
            scgapi.AsyncClient(transport.auth, http_client=http) as scg,
        ):
            return (await scg.contacts.get(contact_id)).first_name

    assert asyncio.run(read()) == "Ann"


def test_a_sync_client_works_inside_an_event_loop(sandbox: Sandbox) -> None:
    async def inside() -> str:
        return sandbox.client().contacts.create(first_name="Ann")

    contact_id = asyncio.run(inside())
    assert sandbox.client().contacts.get(contact_id).first_name == "Ann"


def test_a_client_works_in_one_event_loop_after_another(sandbox: Sandbox) -> None:
    scg = sandbox.async_client()
    contact_id = asyncio.run(scg.contacts.create(first_name="Ann"))

    async def read() -> str | None:
        return (await scg.contacts.get(contact_id)).first_name

    assert asyncio.run(read()) == "Ann"


def test_tasks_take_turns(sandbox: Sandbox) -> None:
    """A task that sends without pause lets others run."""
    order: list[str] = []

    async def sends(name: str) -> None:
        async with httpx.AsyncClient(transport=sandbox.transport()) as http:
            for _ in range(2):
                await http.get("http://sandbox.invalid/x")
                order.append(name)

    async def both() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(sends, "a")
            tasks.start_soon(sends, "b")

    asyncio.run(both())
    assert order in (["a", "b", "a", "b"], ["b", "a", "b", "a"])


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    ("fault", "expected", "executed"),
    [row for row in SPOILED if not isinstance(row[0], NEED_A_CONNECTION) and "x" * 300 not in str(row[0])],
    ids=lambda value: str(value)[:60],
)
def test_a_fault_has_the_outcome_that_it_has_over_a_connection(
    sandbox: Sandbox, client_kind: ClientKind, fault: Fault, expected: str, executed: int
) -> None:
    # Without key and secret, as in the tests over a connection: a refresh would repair a 401.
    rule = sandbox.inject_fault(SEND, fault, times=1)
    sandbox.inject_fault("auth.refresh", faults.Refuse(401))
    assert outcome(client_kind, sandbox) == expected
    assert (rule.fired, sandbox.executed(SEND)) == (1, executed)
    assert outcome(client_kind, sandbox) == "ACCEPTED"


@pytest.mark.parametrize(
    "fault",
    [
        faults.Reset(executed=True),
        faults.Reset(executed=True, at="body"),
        faults.Close(executed=False),
        faults.Close(executed=True, at="body"),
        faults.Refuse(429),
    ],
    ids=str,
)
@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_the_error_is_the_one_of_a_connection(
    client_kind: ClientKind, fault: Fault, gateway: Sandbox
) -> None:
    gateway.inject_fault(SEND, fault)
    with pytest.raises(scgapi.ScgError) as in_process:
        send(client_kind, gateway)
    with (
        scgapi.Client(gateway.auth, retry=scgapi.RetryPolicy(attempts=1)) as scg,
        pytest.raises(scgapi.ScgError) as connected,
    ):
        scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hi")
    port = gateway.url.rpartition(":")[2]
    assert type(in_process.value) is type(connected.value)
    assert reason(in_process.value) == reason(connected.value).replace(
        f"127.0.0.1:{port}", "sandbox.invalid:80"
    )


def reason(error: BaseException) -> str:
    """Return the text of an error, or of the cause of a doubt, whose own text has a random id.

    Without the class in brackets, which is that of the transport underneath.
    """
    said = str(error.__cause__ if isinstance(error, scgapi.OutcomeUnknownError) else error)
    return re.sub(r" \(\w+Error\)", "", said)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_a_hang_is_a_timeout_at_once(client_kind: ClientKind, sandbox: Sandbox) -> None:
    sandbox.inject_fault(SEND, faults.Hang(executed=True))
    with pytest.raises(scgapi.OutcomeUnknownError) as caught:
        send(client_kind, sandbox)
    assert "sandbox.invalid:80 sent nothing in time (ReadTimeout)" in str(caught.value.__cause__)
    assert sandbox.executed(SEND) == 1


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize(
    "fault",
    [
        faults.Slow(0.1),
        faults.Disconnect(),
        faults.Garbage(executed=True, content=b"HTTP/1.1 200 OK\r\n\r\n"),
    ],
    ids=str,
)
def test_a_fault_that_needs_a_connection_says_so(
    client_kind: ClientKind, fault: Fault, sandbox: Sandbox
) -> None:
    sandbox.inject_fault(SEND, fault)
    with pytest.raises(scgapi.ConfigurationError) as caught:
        send(client_kind, sandbox)
    assert str(caught.value) == (
        f"faults.{type(fault).__name__} needs a connection, and this client reaches the sandbox in process: "
        "make the client with the auth of a started sandbox (`with Sandbox() as sandbox:`)"
    )
    assert sandbox.executed(SEND) == 0


def test_a_token_is_refreshed(sandbox: Sandbox) -> None:
    with sandbox.client() as scg:
        sandbox.expire_token()
        scg.contacts.create(first_name="Ann")
    assert sandbox.executed("auth.refresh") == 1


def test_contents_are_uploaded_and_downloaded_in_pieces(sandbox: Sandbox, tmp_path: Path) -> None:
    content = bytes(range(256)) * 1000
    pieces: list[int] = []
    with sandbox.client() as scg:
        attachment_id = scg.attachments.create(name="p", type="image/png", filename="p.png")
        scg.attachments.upload(attachment_id, io.BytesIO(content))
        scg.attachments.download(
            attachment_id, tmp_path / "copy", on_progress=lambda transfer: pieces.append(transfer.done)
        )
    assert (tmp_path / "copy").read_bytes() == content
    assert pieces[-1] == len(content)
    assert len(pieces) > 3


def test_a_body_that_is_not_read_ends_the_request(sandbox: Sandbox) -> None:
    sandbox.inject_fault("contacts.list", faults.Bomb(compressed=False))
    url = "http://sandbox.invalid/scg-external-api/api/v1/contacts"
    with (
        httpx.Client(transport=sandbox.transport()) as http,
        http.stream("GET", url, headers={"Authorization": f"Bearer {sandbox.gateway.token}"}) as response,
    ):
        # Kept: an iterator that is dropped closes the response.
        pieces = response.iter_raw()
        assert len(next(pieces)) == 64 << 10
        assert list(sandbox.gateway.request_log.entries()) == []
    (logged,) = sandbox.gateway.request_log.entries()
    assert logged.response_bytes < 10 << 20


def test_requests_are_logged_and_reported() -> None:
    reported: list[ServedRequest] = []
    sandbox = Sandbox(on_request=reported.append)
    send("sync", sandbox)
    assert [(request.method, request.status) for request in reported] == [("POST", 200)]
    (logged,) = sandbox.gateway.request_log.entries()
    assert logged.operation == SEND


def test_the_clock_moves_messages() -> None:
    sandbox = Sandbox(progress=AfterSeconds(60))
    request_id = send("sync", sandbox)
    with sandbox.client() as scg:
        assert scg.message_requests.get(request_id).delivered_count == 0
        sandbox.gateway.advance(120)
        assert scg.message_requests.get(request_id).delivered_count == 1


def test_events_are_posted(sandbox: Sandbox) -> None:
    inbox = Inbox()
    with served(inbox) as url, EventService(sandbox, url, basic=USER) as service:
        sandbox.phone("+15552461234").reply("Hello", to="155528999")
        service.wait()
    (event,) = inbox.received
    assert isinstance(event, events.MessageReceived)
    assert event.message_body == "Hello"


def test_a_path_that_is_none_of_the_api_is_not_found(sandbox: Sandbox) -> None:
    with httpx.Client(transport=sandbox.transport()) as http:
        assert http.get("http://sandbox.invalid/sandbox/rules").status_code == 404


def test_a_started_sandbox_serves_both(gateway: Sandbox, scg: scgapi.Client) -> None:
    contact_id = gateway.client().contacts.create(first_name="Ann")
    assert scg.contacts.get(contact_id).first_name == "Ann"
