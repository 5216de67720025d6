"""A gateway in virtual time: it takes sends, loses answers, is late, and shows what it has taken after a while."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

import scgapi
from scgapi._core.doubt import OnUnknown
from scgapi._core.json import parse_object
from scgapi._io.clock import SystemClock
from tests.both_clients import ClientKind

AUTH = scgapi.AuthInfo(token="t")


class Time:
    """A clock that a pause moves on at once."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        self.now = 0.0
        self.pauses: list[tuple[float, float]] = []  # when, and for how long
        self.clock = SystemClock(lambda: self.now, self.pause, self.pause_async, jitter)

    def pause(self, seconds: float) -> None:
        self.pauses.append((self.now, seconds))
        self.now += seconds

    async def pause_async(self, seconds: float) -> None:
        self.pause(seconds)


@dataclass(frozen=True)
class Taken:
    """A send that reaches its recipient: from `at` on it is executed, from `visible` on it is listed."""

    id: str
    external_id: str
    body: str
    at: float
    visible: float


class Ledger:
    """What a gateway has taken, and what it says of it."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.taken: list[Taken] = []
        self.asked: dict[str, list[str]] = {}
        """The external ids of all attempts, by the text that was to be sent."""

    def note(self, request: httpx.Request) -> tuple[str, str]:
        """The text and the external id of an attempt that has come in whole."""
        sent = parse_object(request.content)
        body, external_id = str(sent["body"]), str(sent["external_id"])
        self.asked.setdefault(body, []).append(external_id)
        return body, external_id

    def take(self, request: httpx.Request, *, lateness: float, lag: float) -> str:
        """Execute a send after `lateness` seconds, list it `lag` seconds after that."""
        sent = parse_object(request.content)
        at = self.time.now + lateness
        found = Taken(f"r{len(self.taken)}", str(sent["external_id"]), str(sent["body"]), at, at + lag)
        self.taken.append(found)
        return found.id

    def executions(self, body: str) -> list[Taken]:
        """All executions of a send, those included that are still to come."""
        return [one for one in self.taken if one.body == body]

    def listed(self, request: httpx.Request) -> httpx.Response:
        """What a look-up finds now."""
        wanted = request.url.params["external_id"]
        rows = [
            {"id": one.id, "external_id": wanted}
            for one in self.taken
            if one.external_id == wanted and one.visible <= self.time.now
        ]
        return said(list=rows, total=len(rows))


def said(**fields: object) -> httpx.Response:
    """A JSON object with status 200."""
    return answer(200, json.dumps(fields).encode())


def answer(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> httpx.Response:
    """An answer that is still to be read, as one from a connection is."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


Handler = Callable[[httpx.Request], httpx.Response]


def send_all(
    client_kind: ClientKind, handler: Handler, clock: SystemClock, on_unknown: OnUnknown, bodies: list[str]
) -> list[str | scgapi.ScgError]:
    """One send for each text, with a client as it is by default: its id, or what it raised."""
    if client_kind == "async":
        return asyncio.run(_send_all(handler, clock, on_unknown, bodies))
    results: list[str | scgapi.ScgError] = []
    with (
        httpx.Client(transport=httpx.MockTransport(handler)) as own,
        scgapi.Client(AUTH, http_client=own, on_unknown=on_unknown) as scg,
    ):
        scg._pipeline.clock = clock
        for body in bodies:
            try:
                results.append(scg.message_requests.create(from_="1", to=["+15552461234"], body=body))
            except scgapi.ScgError as error:
                results.append(error)
    return results


async def _send_all(
    handler: Handler, clock: SystemClock, on_unknown: OnUnknown, bodies: list[str]
) -> list[str | scgapi.ScgError]:
    results: list[str | scgapi.ScgError] = []
    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(handler)) as own,
        scgapi.AsyncClient(AUTH, http_client=own, on_unknown=on_unknown) as scg,
    ):
        scg._pipeline.clock = clock
        for body in bodies:
            try:
                results.append(await scg.message_requests.create(from_="1", to=["+15552461234"], body=body))
            except scgapi.ScgError as error:
                results.append(error)
    return results
