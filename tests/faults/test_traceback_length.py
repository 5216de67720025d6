"""A traceback leads to the user's line and shows few frames of this package, however a call fails."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

import scgapi
from scgapi._http.attempt import TransportName
from scgapi.events import Receiver
from scgapi.sandbox import Sandbox
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.driver import AnyClient, Pauses, play, settled
from tests.faults.ports import dead_port
from tests.faults.server import Server
from tests.faults.world import CONTACT, SENDS, Gateway

PACKAGE = Path(scgapi.__file__).parent
MOST = 5
TRANSPORTS: tuple[TransportName, ...] = ("httpx", "fast")


async def user_line(call: Callable[[AnyClient], object], scg: AnyClient) -> object:
    """Call as a user's program does."""
    return await settled(call(scg))


def missing_keywords(scg: AnyClient) -> object:
    create: Callable[..., object] = getattr(scg.message_requests, "create")  # noqa: B009 - past the type checkers
    return create(body="x")


def unknown_keyword(scg: AnyClient) -> object:
    create: Callable[..., object] = getattr(scg.message_requests, "create")  # noqa: B009 - past the type checkers
    return create(sender="x")


def unknown_filter(scg: AnyClient) -> object:
    listed: Callable[..., object] = getattr(scg.contacts, "list")  # noqa: B009 - past the type checkers
    return listed(status="x")


def empty_id(scg: AnyClient) -> object:
    return scg.contacts.get("")


def missing_file(scg: AnyClient) -> object:
    return scg.attachments.upload("a", "/nowhere/at/all")


def get(scg: AnyClient) -> object:
    return scg.contacts.get("c")


def send(scg: AnyClient) -> object:
    return scg.message_requests.create(from_="1", to=["+15551234567"], body="x")


async def next_page(scg: AnyClient) -> object:
    pager = scg.contacts.list()
    if isinstance(pager, scgapi.AsyncPager):
        return [item async for item in pager]
    return [*pager]


def wait(scg: AnyClient) -> object:
    return scg.message_requests.wait("x", timeout=1)


def check(error: BaseException, line: str) -> None:
    """Look for the user's line, and count this package's frames in all that is printed."""
    frames: list[traceback.FrameSummary] = []
    chain: BaseException | None = error
    while chain is not None:
        frames += traceback.extract_tb(chain.__traceback__)
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
    own = [frame for frame in frames if PACKAGE in Path(frame.filename).parents]
    assert len(own) <= MOST, [f"{frame.filename}:{frame.lineno}" for frame in own]
    assert any(frame.name == line and frame.filename == __file__ for frame in frames)
    assert not [frame.filename for frame in frames if "site-packages" in frame.filename]


async def fail(
    client_kind: ClientKind,
    transport: TransportName,
    url: str,
    call: Callable[[AnyClient], object],
    kind: type[Exception] = scgapi.ScgError,
    timeout: float = 30,
) -> None:
    auth = scgapi.AuthInfo(token="t", url=url)
    scg: AnyClient
    async with AsyncExitStack() as stack:
        if client_kind == "async":
            scg = scgapi.AsyncClient(auth, transport=transport, timeout=timeout)
            await stack.enter_async_context(scg)
        else:
            scg = scgapi.Client(auth, transport=transport, timeout=timeout)
            stack.enter_context(scg)
        scg._pipeline.clock = Pauses().clock
        with pytest.raises(kind) as caught:
            await user_line(call, scg)
    check(caught.value, "user_line")


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize(
    "call",
    [missing_keywords, unknown_keyword, unknown_filter, empty_id, missing_file],
    ids=lambda call: call.__name__,
)
def test_a_refused_argument(
    call: Callable[[AnyClient], object], transport: TransportName, client_kind: ClientKind, gateway: Sandbox
) -> None:
    play(client_kind, fail(client_kind, transport, gateway.url, call, scgapi.InvalidArgumentError))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("call", [get, next_page, send], ids=lambda call: call.__name__)
def test_a_connection_that_fails_at_every_attempt(
    call: Callable[[AnyClient], Awaitable[object]], transport: TransportName, client_kind: ClientKind
) -> None:
    with dead_port() as port:
        play(
            client_kind,
            fail(client_kind, transport, f"http://127.0.0.1:{port}", call, scgapi.ConnectionFailedError),
        )
        play(
            client_kind,
            fail(client_kind, transport, f"https://127.0.0.1:{port}", call, scgapi.ConnectionFailedError),
        )


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("status", [400, 401, 404, 409, 429, 500])
def test_a_refusal(status: int, transport: TransportName, client_kind: ClientKind, shared: Server) -> None:
    shared.reset(Gateway("t"))
    shared.script(("GET", CONTACT), *[faults.status(status, b"{}")] * 5)
    play(client_kind, fail(client_kind, transport, shared.url, get, scgapi.ApiError))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_call_that_times_out_and_a_send_in_doubt(
    transport: TransportName, client_kind: ClientKind, shared: Server
) -> None:
    shared.reset(Gateway("t"))
    shared.script(("GET", CONTACT), faults.hang)
    shared.script(("POST", SENDS), faults.hang)
    play(client_kind, fail(client_kind, transport, shared.url, get, scgapi.RequestTimeoutError, timeout=0.2))
    play(client_kind, fail(client_kind, transport, shared.url, send, scgapi.OutcomeUnknownError, timeout=0.2))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_wait_that_ends_too_soon(
    transport: TransportName, client_kind: ClientKind, gateway: Sandbox
) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            scg: AnyClient
            if client_kind == "async":
                scg = await stack.enter_async_context(scgapi.AsyncClient(gateway.auth, transport=transport))
            else:
                scg = stack.enter_context(scgapi.Client(gateway.auth, transport=transport))
            scg._pipeline.clock = Pauses().clock
            with pytest.raises(scgapi.WaitTimeoutError) as caught:
                await user_line(wait, scg)
        check(caught.value, "user_line")

    play(client_kind, scenario())


def wrong_timeout() -> object:
    return scgapi.Client(scgapi.AuthInfo(token="t"), timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def wrong_option_of_an_async_client() -> object:
    return scgapi.AsyncClient(scgapi.AuthInfo(token="t"), transport="x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def half_a_credential() -> object:
    return scgapi.AuthInfo("tok")


def missing_config() -> object:
    return scgapi.AuthInfo(config="/nowhere/auth.json")


def wrong_policy() -> object:
    return scgapi.RetryPolicy(attempts=0)


def wrong_field() -> object:
    return scgapi.Contact(phone="x")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def wrong_attribute() -> object:
    contact = scgapi.Contact()
    contact.first_name = 5  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    return contact


def open_receiver() -> object:
    return Receiver()


@pytest.mark.parametrize(
    "build",
    [
        wrong_timeout,
        wrong_option_of_an_async_client,
        half_a_credential,
        missing_config,
        wrong_policy,
        wrong_field,
        wrong_attribute,
        open_receiver,
    ],
    ids=lambda build: build.__name__,
)
def test_what_cannot_be_built(build: Callable[[], object]) -> None:
    with pytest.raises(scgapi.ScgError) as caught:
        build()
    check(caught.value, build.__name__)
