"""Whatever fails, no secret, no text and no number is in a log, a repr, an error, a traceback or a file."""

from __future__ import annotations

import json
import pickle
import tempfile
import traceback
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

import scgapi
from scgapi._core.request import API_PREFIX
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.driver import AnyClient, Pauses, opened, play, settled
from tests.faults.matrix import LIMIT, ROWS, Row
from tests.faults.server import Answer, Exchange, Play, Server
from tests.faults.world import CONTACT, CONTACTS, CONTENT, REFRESH, SENDS, STORED, Gateway

# Named, so that a traceback which shows a line of this file does not hold them.
TOKEN, KEY, SECRET = "t0k3n-canary", "k3y-canary", "s3cr3t-canary"
NUMBER, BODY, CONTENTS, OPENER = "15559876543", "body-canary", "content-canary", "0p3n3r-canary"
CANARIES = (TOKEN, KEY, SECRET, NUMBER, BODY, CONTENTS, OPENER)
TOKENS, OPENED = (
    f"{API_PREFIX}/messaging/attachments/a/access_tokens",
    CONTENT.replace("/tok/", f"/{OPENER}/"),
)


async def get(scg: AnyClient) -> object:
    return await settled(scg.contacts.get("c"))


async def send(scg: AnyClient) -> object:
    return await settled(scg.message_requests.create(from_=NUMBER, to=["+" + NUMBER], body=BODY))


async def find(scg: AnyClient) -> object:
    pages = scg.contacts.list(primary_mdn="+" + NUMBER).pages()
    return await settled(pages.__anext__() if isinstance(pages, scgapi.AsyncPages) else next(pages))


async def change(scg: AnyClient) -> object:
    return await settled(scg.contacts.update("c", last_name=BODY, primary_mdn="+" + NUMBER, version_number=3))


async def upload(scg: AnyClient) -> object:
    return await settled(scg.attachments.upload("a", CONTENTS.encode()))


async def download(scg: AnyClient) -> object:
    return await settled(scg.attachments.download("a"))


Call = Callable[[AnyClient], Awaitable[object]]
CALLS: dict[tuple[str, str], Call] = {
    ("GET", CONTACT): get,
    ("POST", SENDS): send,
    ("GET", CONTACTS): find,
    ("POST", CONTACT): change,
    ("POST", OPENED): upload,
    ("GET", OPENED): download,
}


def echo(status: int) -> Play:
    """A debug page: the request with its query and its headers, as text, as JSON and as a header."""

    def play(exchange: Exchange) -> None:
        request = exchange.read()
        said = f"{request.method} {request.query} to +{NUMBER}: {request.headers.get('authorization')}"
        said += f" {(request.body or b'').decode('ascii', 'replace')}"
        body = {
            "error_code": "5000",
            "error_description": said,
            "errorCode": 1,
            "userMsg": said,
            "token": TOKEN,
        }
        body |= {"body": BODY, "request_body": BODY, "moreInfo": [*request.query.values()]}
        exchange.answer(Answer(status, json.dumps(body).encode(), {"x-said": said}))

    return play


ECHOES = tuple(
    Row(f"{status} that echoes", echo(status), "", scgapi.ApiError, "UNKNOWN")
    for status in (200, 400, 404, 500)
)

SLOW = [row for row in ROWS if row.takes_time or row.play is faults.gzip_bomb]
FAULTS = [row for row in (*ROWS, *ECHOES) if row.place != "idle"]


def client(row: Row, client_kind: ClientKind, url: str) -> AbstractAsyncContextManager[AnyClient]:
    auth = scgapi.AuthInfo(key=KEY, secret=SECRET, token=TOKEN, url=url)
    return opened(
        client_kind,
        auth,
        Pauses(),
        timeout=row.timeout and LIMIT / 4,
        read_limit=row.read_limit and LIMIT / 4,
        retry=scgapi.RetryPolicy(attempts=2),
    )


def all_that_shows(error: BaseException) -> str:
    """What a log, a crash report or a pickle would hold of an error."""
    copy: object = pickle.loads(pickle.dumps(error))
    shown = traceback.TracebackException.from_exception(error, capture_locals=True).format()
    return "".join(shown) + f"{error!r} {error} {error.args} {vars(error)} {vars(copy)}"


def records_of(caplog: pytest.LogCaptureFixture) -> str:
    """Each record with its arguments, and with what it knows of an exception."""
    lines: list[str] = []
    for record in caplog.records:
        error = traceback.format_exception(record.exc_info[1]) if record.exc_info else []
        lines += [f"{record.getMessage()} {record.msg} {record.args}", *error]
    return "\n".join(lines)


def check(where: str, text: str) -> None:
    shown = [canary for canary in CANARIES if canary in text]
    lines = [line[:300] for line in text.splitlines() if any(one in line for one in shown)]
    assert not shown, f"{shown} in {where}: {lines[:3]}"


def hidden(world: Gateway, server: Server) -> None:
    """Put canaries wherever the gateway itself has something to tell."""
    world.content = STORED + CONTENTS.encode()
    server.script(("POST", TOKENS), faults.status(200, json.dumps({"id": OPENER}).encode()))


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_nothing_private_shows(
    row: Row,
    client_kind: ClientKind,
    shared: Server,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(1)
    shown: list[str] = []

    async def scenario(call: Call) -> None:
        async with client(row, client_kind, shared.url) as scg:
            try:
                await call(scg)
            except scgapi.ScgError as error:
                shown.append(all_that_shows(error))
            shown.append(f"{scg!r} {scg.contacts!r} {vars(scg)!r}")

    for key, call in CALLS.items():
        if row in SLOW and call not in (send, find):
            continue
        world = Gateway(TOKEN)
        shared.reset(world)
        hidden(world, shared)
        if row.place == "port":
            shared.refuse()
        elif row.place == "request":
            shared.script(key, row.play)
        else:
            shared.on_arrival(*[None] * (key[1] == OPENED), *[row.play] * 4)
        play(client_kind, scenario(call))
    check("an error or a repr", "\n".join(shown))
    check("a log", records_of(caplog))
    check(
        "a file", "".join(f"{path} {path.read_bytes()!r}" for path in tmp_path.rglob("*") if path.is_file())
    )
    assert any(record.name.startswith(("httpcore", "scgapi")) for record in caplog.records), (
        "no logger speaks"
    )


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
@pytest.mark.parametrize("row", [row for row in FAULTS if row.place == "request"], ids=lambda row: row.name)
def test_a_refresh_shows_no_secret(
    row: Row, client_kind: ClientKind, shared: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """The secret is in the URL of the refresh, and a token service may repeat what it was asked with."""
    caplog.set_level(1)
    shown: list[str] = []
    world = Gateway("another")
    shared.reset(world)
    shared.script(REFRESH, row.play)

    async def scenario() -> None:
        async with client(row, client_kind, shared.url) as scg:
            try:
                await send(scg)
            except scgapi.ScgError as error:
                shown.append(all_that_shows(error))

    play(client_kind, scenario())
    check("an error", "\n".join(shown))
    check("a log", records_of(caplog))
