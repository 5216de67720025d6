"""The last two columns of the table in docs/reliability.md, measured: run with -s to see them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from operator import eq
from pathlib import Path

import pytest

import scgapi
from scgapi._core.request import API_PREFIX
from scgapi._io.clock import SystemClock
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.faults import faults
from tests.faults.server import Answer, Play, Received, Server
from tests.limits import LATE, patiently

DOCS = Path(__file__).parents[2] / "docs" / "reliability.md"
SEND = ("POST", f"{API_PREFIX}/messaging/message_requests")
ELSEWHERE = {"location": "https://elsewhere.test/steal"}


@dataclass(frozen=True, eq=False)
class Row:
    """A fault that comes with each request, until the client gives up."""

    name: str
    play: Play
    unread: bool = False
    timeout: float | None = None


def answered(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Play:
    """Done, and answered so all the same."""
    return faults.execute_and(status, body, headers)


ROWS = (
    Row("connection refused", faults.reset),
    Row("reset before the request is read", faults.reset, unread=True),
    Row("reset after the request", faults.execute_and_reset),
    Row("end of the connection after the request", faults.execute_and_finish),
    Row("no answer, time limit 1 s", faults.execute_and_hang, timeout=1),
    Row("reset in the head of the answer", faults.reset_in_head),
    Row("reset in the body of the answer", faults.cut(faults.reset)),
    Row("500 after execution", answered(500)),
    Row("502", answered(502, faults.HTML)),
    Row("503 of a proxy", answered(503, faults.HTML)),
    Row("504", answered(504, faults.HTML)),
    Row("408", answered(408)),
    Row("409", answered(409)),
    Row("no HTTP", faults.garbage),
    Row("429, Retry-After: 86400 (not executed)", faults.status(429, headers={"retry-after": "86400"})),
    Row("429, Retry-After: abc (not executed)", faults.status(429, headers={"retry-after": "abc"})),
    Row("200 with HTML", answered(200, faults.HTML, {"content-type": "text/html"})),
    Row("200 with nothing", answered(200)),
    Row("302 to another host", answered(302, headers=ELSEWHERE)),
    Row("307 to another host", answered(307, headers=ELSEWHERE)),
    Row("an answer byte by byte, time limit 1 s", faults.drip_body, timeout=1),
)


def world(_: Received) -> Answer:
    return Answer(200, b'{"id": "r"}')


def patient() -> SystemClock:
    """Pauses between attempts take no time; all else does."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    return SystemClock(lambda: time.monotonic() + sum(pauses), pauses.append, note, lambda: 1.0)


def raised(client_kind: ClientKind, url: str, timeout: float | None) -> scgapi.ScgError:
    """What one send of a client, as it is by default, raises."""
    auth = scgapi.AuthInfo(token="t", url=url)

    async def send_async() -> None:
        async with scgapi.AsyncClient(auth, timeout=timeout) as scg:
            scg._pipeline.clock = patient()
            await scg.message_requests.create(from_="1", to=["+15552461234"], body="Hi")

    def send() -> None:
        with scgapi.Client(auth, timeout=timeout) as scg:
            scg._pipeline.clock = patient()
            scg.message_requests.create(from_="1", to=["+15552461234"], body="Hi")

    with pytest.raises(scgapi.ScgError) as caught:
        asyncio.run(send_async()) if client_kind == "async" else send()
    return caught.value


def measured(client_kind: ClientKind, row: Row, limit: float | None) -> tuple[str, str]:
    """The requests that the server read, and the error."""
    with Server(world) as server:
        server.script(SEND, row.play)
        if row.unread:
            server.on_arrival(*[row.play] * 8)
        if row.name == "connection refused":
            server.refuse()
        began = time.monotonic()
        error = raised(client_kind, server.url, limit)
        assert time.monotonic() - began < (limit or 0.0) + LATE
        executed = server.executed[SEND]
        assert executed == (0 if "not executed" in row.name else len(server.received))
        requests = len(server.received)
    return str(requests), f"`{type(error).__name__}`, {error.outcome}"


def documented() -> Iterator[tuple[str, str, str]]:
    """Fault, requests and error of each row of the table."""
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| fault |"))
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return
        cells = [cell.strip().replace("**", "") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        yield cells[0], cells[-2], cells[-1]


@pytest.mark.parametrize("client_kind", CLIENT_KINDS)
def test_the_table_says_what_is_measured(client_kind: ClientKind) -> None:
    wanted = [*documented()]
    found: list[tuple[str, str, str]] = []
    for row, (_, *expected) in zip(ROWS, wanted, strict=True):
        if row.timeout is None:
            seen = measured(client_kind, row, None)
        else:
            seen = patiently(row.timeout, partial(measured, client_kind, row), partial(eq, tuple(expected)))
        found.append((row.name, *seen))
    print(f"\n{client_kind}")
    for name, requests, error in found:
        print(f"{name:42} {requests:>2}  {error}")
    assert found == wanted
