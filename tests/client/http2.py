"""A server that speaks HTTP/2 and nothing else: a test says how each stream ends."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import defaultdict, deque
from types import TracebackType
from typing import Literal
from urllib.parse import parse_qsl

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    RequestReceived,
    StreamEnded,
    StreamReset,
)
from h2.exceptions import ProtocolError
from typing_extensions import Self

from tests.faults.server import Answer, Key, Received, World
from tests.limits import PATIENCE

Ending = Literal["well", "refused", "reset", "done and reset", "goaway", "done and goaway", "silence", "cut"]
"""`refused`, `reset` and `done and reset` end the stream, the last once the request has had its effect; `goaway` ends
the connection and says that the stream was not looked at, `done and goaway` that it may have been; `cut` ends the
stream inside the answer's body."""


class Http2Server:
    """Serves a world from a thread; streams answer at once, or together when as many as `gather` are open."""

    def __init__(self, world: World, *, tls: ssl.SSLContext | None = None) -> None:
        self.world = world
        self._tls = tls
        self.gather = 1
        self.accepted = 0
        self.open = 0
        self.received: list[Received] = []
        self.waiting: list[tuple[_Peer, int]] = []
        self.url = ""
        self._endings: dict[Key, deque[Ending]] = {}
        self._changed = threading.Condition()
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def script(self, key: Key, *endings: Ending) -> None:
        """How the next streams of this method and path end; those after them end well."""
        self._endings[key] = deque(endings)

    def ending(self, key: Key) -> Ending:
        """How this stream shall end."""
        endings = self._endings.get(key)
        return endings.popleft() if endings else "well"

    def attempts(self, key: Key) -> int:
        """How many requests of this method and path came whole."""
        return sum(request.key == key for request in self.received)

    def count(self, change: int) -> None:
        """A connection came (1) or went (-1)."""
        with self._changed:
            self.accepted += max(change, 0)
            self.open += change
            self._changed.notify_all()

    def all_have_left(self) -> bool:
        """Wait until no connection is open."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open == 0, 5)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._up.wait(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(PATIENCE)

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(lambda: _Peer(self), "127.0.0.1", 0, ssl=self._tls)
        self.url = f"http{'s' if self._tls else ''}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._up.set()
        await self._end.wait()
        server.close()


class _Peer(asyncio.Protocol):
    """One connection."""

    def __init__(self, server: Http2Server) -> None:
        self._server = server
        self._h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._requests: dict[int, Received] = {}
        self._bodies: defaultdict[int, bytearray] = defaultdict(bytearray)
        self._unsent: dict[int, memoryview] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.count(1)
        self._h2.initiate_connection()
        self._flush()

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.count(-1)

    def data_received(self, data: bytes) -> None:
        try:
            events = self._h2.receive_data(data)
        except ProtocolError:
            self._flush()
            self._transport.close()
            return
        for event in events:
            self._take(event)
        for stream in [*self._unsent]:
            self._pump(stream)
        self._flush()

    def _take(self, event: Event) -> None:
        if isinstance(event, RequestReceived):
            headers = {str(name): str(value) for name, value in event.headers}
            path, _, query = headers[":path"].partition("?")
            self._requests[event.stream_id] = Received(
                headers[":method"], path, dict(parse_qsl(query)), headers
            )
        elif isinstance(event, DataReceived):
            self._bodies[event.stream_id] += event.data
            self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, StreamEnded):
            self._arrived(event.stream_id)
        elif isinstance(event, StreamReset):
            self._unsent.pop(event.stream_id, None)
        elif isinstance(event, ConnectionTerminated):
            self._transport.close()

    def _arrived(self, stream: int) -> None:
        request = self._requests[stream]
        request.body = bytes(self._bodies.pop(stream, b""))
        server = self._server
        server.received.append(request)
        server.waiting.append((self, stream))
        if len(server.waiting) >= server.gather:
            together, server.waiting = server.waiting, []
            for peer, one in together:
                peer.end(one)

    def end(self, stream: int) -> None:
        """Let a stream end as it shall."""
        request = self._requests.pop(stream)
        ending = self._server.ending(request.key)
        if ending in ("refused", "reset"):
            code = ErrorCodes.REFUSED_STREAM if ending == "refused" else ErrorCodes.INTERNAL_ERROR
            self._h2.reset_stream(stream, code)
        elif ending == "goaway":
            self._h2.close_connection(last_stream_id=stream - 2)
        elif ending == "done and reset":
            self._server.world(request)
            self._h2.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
        elif ending == "done and goaway":
            self._server.world(request)
            self._h2.close_connection(last_stream_id=stream)
        elif ending == "cut":
            self._answer(stream, self._server.world(request), missing=100)
            self._h2.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
        elif ending == "well":
            self._answer(stream, self._server.world(request))
        self._flush()

    def _answer(self, stream: int, answer: Answer, missing: int = 0) -> None:
        """Begin an answer, and end it if its windows let it pass and nothing is missing."""
        headers = [(":status", str(answer.status)), *answer.headers.items()]
        if answer.status != 204:
            headers.append(("content-length", str(len(answer.body) + missing)))
        self._h2.send_headers(stream, headers)
        if missing:
            self._h2.send_data(stream, answer.body)
        else:
            self._unsent[stream] = memoryview(answer.body)
            self._pump(stream)

    def _pump(self, stream: int) -> None:
        """Send what the windows let pass."""
        rest = self._unsent[stream]
        while rest and (size := self._h2.local_flow_control_window(stream)) > 0:
            piece = rest[: min(size, self._h2.max_outbound_frame_size)]
            self._h2.send_data(stream, bytes(piece))
            rest = rest[len(piece) :]
        self._unsent[stream] = rest
        if not rest:
            del self._unsent[stream]
            self._h2.end_stream(stream)

    def _flush(self) -> None:
        self._transport.write(self._h2.data_to_send())
