"""A gateway whose token service is strict, and the processes that share a token file before it.

Strict: only the newest token is good, and only the newest is refreshed. A token expires when each worker has made a
call with it; whoever comes a second time is kept waiting until then. So all meet its end at the same moment, and a
client that does everything right sees each token exactly once.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from unittest import mock
from urllib.parse import parse_qs, urlsplit

from typing_extensions import Self

import scgapi
from scgapi._core.token_state import StoredToken
from scgapi._io.token_file import TokenFile

KEY, SECRET = "k3y-canary", "s3cr3t-canary"
FIRST = "t0k3n-canary-0"
SLOW = 0.005  # seconds that a refresh takes, so that a second one would be seen


class StrictGateway:
    """Serves from a thread. Counts refreshes, those in flight together, and those with an old token."""

    def __init__(self, workers: int, rotations: int) -> None:
        self.workers, self.rotations = workers, rotations
        self.newest, self.is_good = FIRST, True
        self.refreshes = self.stale = self.in_flight = self.most_in_flight = self.calls = 0
        self.served: set[str] = set()
        self.waiting: list[Callable[[int, object], None]] = []
        self.url = ""
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._up.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def auth(self, token_file: object) -> scgapi.AuthInfo:
        """Credentials with the first token."""
        return scgapi.AuthInfo(KEY, SECRET, FIRST, url=self.url, token_file=str(token_file))

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(lambda: _Peer(self), "127.0.0.1", 0, backlog=1024)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._up.set()
        await self._end.wait()
        server.close()

    def handle(self, target: str, token: str, answer: Callable[[int, object], None]) -> None:
        """Answer a request now or later."""
        url = urlsplit(target)
        if url.path.endswith("/apptoken-refresh"):
            self.refreshes += 1
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
            self._loop.call_later(SLOW, self._refresh, parse_qs(url.query)["oldtoken"][0], answer)
            return
        self.calls += 1
        worker = url.path.rpartition("/")[2]
        if token != self.newest or not self.is_good:
            answer(401, {"error_code": "401", "error_description": "expired"})
        elif self.refreshes >= self.rotations:
            answer(200, {"id": worker, "first_name": "the end"})
        elif worker in self.served:
            self.waiting.append(answer)
        else:
            self.served.add(worker)
            answer(200, {"id": worker})
            if len(self.served) == self.workers:
                self._expire()

    def _expire(self) -> None:
        self.is_good = False
        self.served.clear()
        waiting, self.waiting = self.waiting, []
        for answer in waiting:
            answer(401, {"error_code": "401", "error_description": "expired"})

    def _refresh(self, old: str, answer: Callable[[int, object], None]) -> None:
        self.in_flight -= 1
        if old != self.newest:
            self.stale += 1
            answer(400, {"errorCode": 1, "userMsg": "old token is not valid"})
            return
        self.newest, self.is_good = f"t0k3n-canary-{self.refreshes}", True
        answer(200, {"accessToken": self.newest, "validityTime": 900})


class _Peer(asyncio.Protocol):
    def __init__(self, gateway: StrictGateway) -> None:
        self._gateway = gateway
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            first, *fields = head.decode("latin-1").split("\r\n")
            token = next((field.split()[-1] for field in fields if field.lower().startswith("auth")), "")
            self._gateway.handle(first.split(" ")[1], token, self._answer)

    def _answer(self, status: int, value: object) -> None:
        body = json.dumps(value).encode()
        self._transport.write(b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body))


def work(client_kind: str, auth: scgapi.AuthInfo, process: int, threads: int) -> list[str]:
    """What a process does: its workers call until the end. The errors that it saw."""
    names = [f"{process}-{number}" for number in range(threads)]
    if client_kind == "async":
        return asyncio.run(_work_async(auth, names))
    with (
        scgapi.Client(auth, retry=scgapi.RetryPolicy(attempts=1)) as scg,
        ThreadPoolExecutor(threads) as pool,
    ):

        def one(name: str) -> str:
            try:
                while scg.contacts.get(name).first_name != "the end":
                    pass
            except Exception as error:
                return repr(error)
            return ""

        return [error for error in pool.map(one, names) if error]


async def _work_async(auth: scgapi.AuthInfo, names: list[str]) -> list[str]:
    async with scgapi.AsyncClient(auth, retry=scgapi.RetryPolicy(attempts=1)) as scg:

        async def one(name: str) -> str:
            try:
                while (await scg.contacts.get(name)).first_name != "the end":
                    pass
            except Exception as error:
                return repr(error)
            return ""

        return [error for error in await asyncio.gather(*map(one, names)) if error]


def die(auth: scgapi.AuthInfo, moment: str) -> None:
    """Make a call that has to refresh the token, and be killed at a moment of the refresh."""
    writes, write, replace = 0, TokenFile._write, os.replace

    def kill(now: str) -> None:
        if now == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def dying_write(self: TokenFile, stored: StoredToken) -> None:
        nonlocal writes
        writes += 1
        kill("before the intent" if writes == 1 else "after the service")
        write(self, stored)
        kill("after the intent" if writes == 1 else "after the file")

    def dying_replace(source: str, target: str) -> None:
        if writes == 2:
            kill("half way into the file")
        replace(source, target)

    mock.patch.object(TokenFile, "_write", dying_write).start()
    mock.patch("os.replace", dying_replace).start()
    with scgapi.Client(auth) as scg:
        list(scg.contacts.list())


def fork_with_the_lock(path: str) -> None:
    """Take the lock, fork, and wait to be killed; the child waits for the end of its input."""
    assert TokenFile(path).lock() is not None
    if os.fork() == 0:
        print("forked", flush=True)
    sys.stdin.read()
