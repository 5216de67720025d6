"""A server that is not the bottleneck: it answers a GET with the last part of its path as the id."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType

from typing_extensions import Self


class Echo:
    """Serves from a thread; `slow` is never answered. Counts the connections that were made, and those that are open."""

    def __init__(self) -> None:
        self.made = 0
        self.open = 0
        self._changed = threading.Condition()
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

    def count(self, change: int) -> None:
        """A connection came (1) or went (-1)."""
        with self._changed:
            self.made += max(change, 0)
            self.open += change
            self._changed.notify_all()

    def all_have_left(self) -> bool:
        """Wait until no connection is open."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open == 0, 10)

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(lambda: _Peer(self), "127.0.0.1", 0, backlog=1024)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._up.set()
        await self._end.wait()
        server.close()


class _Peer(asyncio.Protocol):
    def __init__(self, echo: Echo) -> None:
        self._echo = echo
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._echo.count(1)

    def connection_lost(self, exc: Exception | None) -> None:
        self._echo.count(-1)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            name = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
            if name == "slow":
                continue
            body = b'{"id": "%s"}' % name.replace("%20", " ").encode()
            self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
