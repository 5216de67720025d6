"""Whatever prints tracebacks with their locals shows nothing private of a failed call, and few frames."""

from __future__ import annotations

import asyncio
import io
import json
import pickle
import threading
import traceback
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal

import httpx
import pytest
import rich.console
import rich.traceback
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport
from sentry_sdk.utils import event_from_exception

import scgapi
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.driver import AnyClient, Pauses, play, settled
from tests.faults.server import Answer, Exchange, Received, Server
from tests.faults.world import CONTACT, CONTACTS, SENDS, TOKENS, Gateway

# Named, so that a traceback which shows a line of this file does not hold them.
TOKEN, KEY, SECRET = "t0k3n-canary", "k3y-canary", "s3cr3t-canary"
NUMBER, BODY, CONTENTS, OPENER = "15559876543", "Dear canary, hello", "content-canary", "0p3n3r-canary"
CANARIES = (TOKEN, KEY, SECRET, NUMBER, BODY, CONTENTS, OPENER, NUMBER[1:], BODY.upper())

WRONG: dict[str, object] = {"from_": NUMBER, "to": ["+" + NUMBER], "body": [BODY]}

Carrier = Literal["httpx", "fast", "own"]


def send(scg: AnyClient) -> object:
    return scg.message_requests.create(from_=NUMBER, to=["+" + NUMBER], body=BODY)


def refused(scg: AnyClient) -> object:
    create: Callable[..., object] = getattr(scg.message_requests, "create")  # noqa: B009 - past the type checkers
    return create(**WRONG)


def find(scg: AnyClient) -> object:
    return first(scg.contacts.list(primary_mdn="+" + NUMBER, first_name=BODY))


def find_ahead(scg: AnyClient) -> object:
    return first(scg.contacts.list(primary_mdn="+" + NUMBER, prefetch=2).pages())


def first(found: object) -> object:
    step: Callable[[], object] = getattr(found, "__anext__", None) or getattr(found, "__next__")  # noqa: B009
    return step()


def save(scg: AnyClient) -> object:
    if isinstance(scg, scgapi.Client):
        return scg.contacts.create(scgapi.Contact(primary_mdn="+" + NUMBER, first_name=BODY))
    return scg.contacts.create(scgapi.AsyncContact(primary_mdn="+" + NUMBER, first_name=BODY))


def change(scg: AnyClient) -> object:
    return scg.contacts.update("c", last_name=BODY, primary_mdn="+" + NUMBER, version_number=3)


def upload(scg: AnyClient) -> object:
    return scg.attachments.upload("a", CONTENTS.encode())


def upload_new(scg: AnyClient) -> object:
    return scg.attachments.create_and_upload(CONTENTS.encode(), name=BODY, type="text/plain")


def download(scg: AnyClient) -> object:
    return scg.attachments.download("a")


def wait(scg: AnyClient) -> object:
    return scg.message_requests.wait(NUMBER, timeout=1)


CALLS: tuple[Callable[[AnyClient], object], ...] = (
    send, refused, find, find_ahead, save, change, upload, upload_new, download, wait,
)  # fmt: skip


class Echo(Gateway):
    """Answers each request with a status and with all that it was asked with."""

    def __init__(self, status: int, *, whole: bool) -> None:
        super().__init__(TOKEN)
        self._status, self._whole = status, whole

    def __call__(self, request: Received) -> Answer:
        if self._whole and request.key == ("POST", TOKENS):
            return Answer(200, json.dumps({"id": OPENER}).encode())
        said = f"{request.method} {request.path} {request.query} {request.headers.get('authorization')} "
        said += (request.body or b"").decode()
        body = {"error_code": "5000", "error_description": f"{said} {said.upper()}", "errors": {"c": said}}
        return Answer(self._status, json.dumps(body).encode(), {"x-said": said.replace("\n", " ")[:200]})


def mumble(exchange: Exchange) -> None:
    """What comes back is no HTTP."""
    exchange.send(f"{NUMBER} {BODY}\r\n\r\n".encode())
    exchange.finish()


class Failure:
    """A way to fail: what the gateway answers, or what becomes of connections."""

    def __init__(self, name: str, status: int = 0, *, garbage: bool = False, silence: bool = False) -> None:
        self.name, self.status, self.garbage, self.silence = name, status, garbage, silence

    def begin(self, server: Server) -> None:
        server.reset(Echo(self.status or 500, whole=self.status != 401))
        if self.garbage:
            server.on_arrival(*[mumble] * 20)
        elif self.silence:
            server.script(("POST", SENDS), faults.hang)
            server.script(("GET", CONTACTS), *[faults.hang] * 5)
        elif not self.status:
            server.on_arrival(*[faults.reset] * 20)


FAILURES = (
    *(Failure(f"status {status}", status) for status in (200, 302, 400, 401, 409, 500)),
    Failure("garbage", garbage=True),
    Failure("reset"),
    Failure("silence", silence=True),
)


class Captured(Transport):
    """Keeps what Sentry would send."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def capture_envelope(self, envelope: Envelope) -> None:
        self.text += json.dumps(envelope.get_event())


def reported(error: BaseException) -> str:
    """What Sentry reports of an error, by its default settings."""
    captured = Captured()
    client = sentry_sdk.Client("http://key@localhost/1", transport=captured, default_integrations=False)
    event, hint = event_from_exception(error, client_options=client.options)
    client.capture_event(event, hint=hint, scope=sentry_sdk.Scope())
    assert captured.text
    return captured.text


def printed(error: BaseException) -> str:
    """What rich prints of an error."""
    trace = rich.traceback.Traceback.from_exception(
        type(error),
        error,
        error.__traceback__,
        show_locals=True,
        locals_max_length=1000,
        locals_max_string=10_000,
    )
    console = rich.console.Console(file=io.StringIO(), width=300)
    console.print(trace)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def chain(error: BaseException | None) -> list[BaseException]:
    if error is None:
        return []
    return [error, *chain(error.__cause__), *chain(error.__context__)]


def all_that_shows(error: BaseException) -> str:
    shown = [*traceback.TracebackException.from_exception(error, capture_locals=True).format()]
    for one in chain(error):
        shown += [
            str(one),
            repr(one),
            repr(one.args),
            repr(vars(one)),
            repr(pickle.loads(pickle.dumps(one)).args),
        ]
    return "\n".join(shown)


def check(error: BaseException, where: str, *, reporters: bool = True) -> None:
    """Look for canaries in all that shows of an error, by the slow reporters, too, and count the frames of its chain."""
    shown = all_that_shows(error)
    shown += printed(error) + reported(error) if reporters else ""
    found = [canary for canary in CANARIES if canary in shown]
    lines = [line[:300] for line in shown.splitlines() if any(one in line for one in found)]
    assert not found, f"{found} of {where}: {lines[:3]}"
    frames = [frame.filename for one in chain(error) for frame in traceback.extract_tb(one.__traceback__)]
    inside = [name for name in frames if "scgapi" in Path(name).parts and "tests" not in Path(name).parts]
    assert len(inside) <= 5, inside
    assert not [name for name in frames if "site-packages" in name and "pydantic" not in name]


@asynccontextmanager
async def opened(
    client_kind: ClientKind, carrier: Carrier, url: str, limit: float
) -> AsyncGenerator[AnyClient]:
    auth = scgapi.AuthInfo(key=KEY, secret=SECRET, token=TOKEN, url=url)
    transport: Literal["httpx", "fast"] = "fast" if carrier == "fast" else "httpx"
    scg: AnyClient
    async with AsyncExitStack() as stack:
        if client_kind == "async":
            mine = await stack.enter_async_context(httpx.AsyncClient()) if carrier == "own" else None
            scg = scgapi.AsyncClient(auth, timeout=limit, transport=transport, http_client=mine)
            await stack.enter_async_context(scg)
        else:
            own = stack.enter_context(httpx.Client()) if carrier == "own" else None
            scg = scgapi.Client(auth, timeout=limit, transport=transport, http_client=own)
            stack.enter_context(scg)
        scg._pipeline.clock = Pauses().clock
        yield scg


async def fail(scg: AnyClient, call: Callable[[AnyClient], object], *, reporters: bool) -> None:
    try:
        await settled(call(scg))
    except Exception as error:
        check(error, call.__name__, reporters=reporters)


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("carrier", ["httpx", "fast", "own"])
@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_no_traceback_shows_what_is_private(
    failure: Failure, carrier: Carrier, client_kind: ClientKind, shared: Server
) -> None:
    async def scenario() -> None:
        limit = 0.1 if failure.silence else 30
        async with opened(client_kind, carrier, shared.url, limit) as scg:
            for call in (send, find) if failure.silence else CALLS:
                failure.begin(shared)
                await fail(scg, call, reporters=carrier == "httpx")

    play(client_kind, scenario())


@pytest.mark.parametrize("carrier", ["httpx", "fast", "own"])
def test_a_cancelled_call_shows_nothing_private(carrier: Carrier, shared: Server) -> None:
    async def scenario(call: Callable[[AnyClient], object]) -> None:
        shared.reset(Gateway(TOKEN))
        arrived = threading.Event()

        def hang(exchange: Exchange) -> None:
            arrived.set()
            faults.hang(exchange)

        shared.script(("POST", CONTACT), hang)
        shared.script(("POST", TOKENS), hang)
        async with opened("async", carrier, shared.url, 30) as scg:
            task = asyncio.ensure_future(settled(call(scg)))
            assert await asyncio.to_thread(arrived.wait, 30)
            task.cancel("canary-free")
            try:
                await task
            except asyncio.CancelledError as error:
                check(error, "a cancelled call")
            else:
                raise AssertionError("it was not cancelled")

    for call in (change, upload):
        asyncio.run(scenario(call))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_what_a_callback_raises_keeps_its_own_frames(client_kind: ClientKind, shared: Server) -> None:
    def on_progress(transfer: scgapi.Transfer) -> None:
        raise LookupError(transfer.done)

    async def scenario() -> None:
        shared.reset(Gateway(TOKEN))
        async with opened(client_kind, "httpx", shared.url, 30) as scg:
            with pytest.raises(LookupError) as caught:
                await settled(scg.attachments.upload("a", CONTENTS.encode(), on_progress=on_progress))
        check(caught.value, "a callback")
        assert traceback.extract_tb(caught.value.__traceback__)[-1].name == "on_progress"

    play(client_kind, scenario())


@pytest.mark.parametrize(
    "build",
    [
        lambda: scgapi.AuthInfo(key=KEY, secret=SECRET, token=TOKEN, retries=-1),
        lambda: scgapi.Client(scgapi.AuthInfo(token=TOKEN), url=f"https://user:{SECRET}@host"),
        lambda: scgapi.AsyncClient(scgapi.AuthInfo(token=TOKEN), url=f"https://user:{SECRET}@host"),
        lambda: scgapi.Scg().connect(f"https://user:{SECRET}@host", scgapi.AuthInfo(token=TOKEN)),
        lambda: scgapi.Contact(first_name=[BODY]),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ],
)  # fmt: skip
def test_what_cannot_be_built_shows_nothing_private(build: Callable[[], object]) -> None:
    try:
        build()
    except Exception as error:
        formatted = traceback.TracebackException.from_exception(error, capture_locals=True).format()
        shown = "\n".join([*formatted, printed(error), reported(error)])
        assert not [canary for canary in CANARIES if canary in shown], shown[-2000:]
    else:
        raise AssertionError("it was built")
