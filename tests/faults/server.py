"""A gateway that fails by script, on raw sockets: a test decides each byte, when it goes, and what was executed."""

from __future__ import annotations

import select
import socket
import ssl
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from typing_extensions import Self

from tests.limits import PATIENCE

Key = tuple[str, str]
"""Method and path."""

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER with no time to linger: closing resets


@dataclass
class Received:
    """A request as it came; the body is None for as long as nobody has read it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes | None = None

    @property
    def key(self) -> Key:
        return self.method, self.path


@dataclass(frozen=True)
class Answer:
    """A complete response; the length of the body is announced unless the headers say something else."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def encode(self) -> bytes:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.status != 204 and "transfer-encoding" not in headers:
            headers.setdefault("content-length", str(len(self.body)))
        lines = [
            f"HTTP/1.1 {self.status} X",
            *(f"{name}: {value}" for name, value in headers.items()),
            "",
            "",
        ]
        return "\r\n".join(lines).encode("latin-1") + self.body


class World(Protocol):
    """What the gateway does when it works: has the effect of a request and says how it went."""

    def __call__(self, request: Received, /) -> Answer: ...


Play = Callable[["Exchange"], None]


class Gone(Exception):
    """The peer has hung up, or the server stops: whoever waits shall end."""


class Exchange:
    """One request on its connection, in the hands of the fault that answers it."""

    def __init__(self, server: Server, connection: _Connection, request: Received | None) -> None:
        self._server = server
        self._connection = connection
        self._request = request

    def read(self) -> Received:
        """The request, its body included."""
        assert self._request is not None, "nothing of the request was read"
        if self._request.body is None:
            self._request.body = self._connection.read_body(self._request.headers)
        return self._request

    def skip(self, take: Callable[[memoryview], object]) -> None:
        """The body in pieces, of which nothing is kept."""
        assert self._request is not None, "nothing of the request was read"
        self._connection.skip_body(self._request.headers, take)
        self._request.body = b""

    def execute(self) -> Answer:
        """Have the effect of the request; what works would be answered so."""
        return self._server.execute(self.read())

    def execute_later(self) -> None:
        """Have the effect once the test calls `release()`."""
        request = self.read()
        self._server.postpone(lambda: self._server.execute(request))

    def send(self, data: bytes) -> None:
        """Put bytes on the wire."""
        self._connection.send(data)

    def answer(self, answer: Answer) -> None:
        """Read the request to its end and answer it; the connection stays open unless the answer ends it."""
        self.read()
        self.send(answer.encode())
        if answer.headers.get("connection") == "close":
            self.finish()

    def drip(self, data: bytes, interval: float) -> None:
        """One byte, a pause of `interval` seconds, one byte."""
        for byte in data:
            self.send(bytes([byte]))
            self.wait(interval)

    def reset(self) -> None:
        """End the connection with a RST, whatever is unread or unsent."""
        self._connection.reset()

    def finish(self) -> None:
        """End the connection with a FIN."""
        self._connection.close()

    def wait(self, seconds: float | None = None) -> None:
        """Let time pass, without end by default; it ends at once when the peer hangs up or the server stops.

        Raises:
            Gone: it has ended so.
        """
        self.read()
        self._connection.wait_for_end(seconds)


def work_well(exchange: Exchange) -> None:
    """The answer of a gateway that works."""
    exchange.answer(exchange.execute())


class Server:
    """Serves on a free port of the loopback from `start()` to `stop()`, one thread to a connection.

    Each request takes the next fault of the script of its method and path, the last of which repeats; one without a
    script is answered by the world.
    """

    def __init__(self, world: World, *, tls: ssl.SSLContext | None = None) -> None:
        self._world = world
        self._tls = tls
        self._lock = threading.RLock()
        self._threads: list[threading.Thread] = []
        self._connections: set[_Connection] = set()
        self._bugs: list[BaseException] = []
        self._bell, self._wake = socket.socketpair()
        self._acceptor: threading.Thread | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.forget()

    def forget(self) -> None:
        """Count anew, and drop the scripts; connections stay."""
        with self._lock:
            self.received: list[Received] = []
            self.executed: Counter[Key] = Counter()
            self.accepted = 0  # connections
            self.unread = 0  # requests that were answered before anything of them was read
            self._scripts: dict[Key, deque[Play]] = {}
            self._arrivals: deque[Play | None] = deque()
            self._greetings: deque[Play] = deque()
            self._postponed: list[Callable[[], object]] = []

    def reset(self, world: World) -> None:
        """Begin again with another world: nothing of before is left."""
        self._end_connections()
        self.forget()
        self._world = world
        if self._acceptor is None:
            self.listen()

    @property
    def url(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"

    @property
    def open(self) -> int:
        """Connections that neither side has ended."""
        with self._lock:
            return len(self._connections)

    def script(self, key: Key, *plays: Play) -> None:
        """What the next requests of this method and path meet; the last fault repeats."""
        with self._lock:
            self._scripts[key] = deque(plays)

    def on_arrival(self, *plays: Play | None) -> None:
        """What the next requests meet before anything of them is read, whatever they ask; None reads them."""
        with self._lock:
            self._arrivals = deque(plays)

    def on_accept(self, *plays: Play) -> None:
        """What the next connections meet before any request."""
        with self._lock:
            self._greetings = deque(plays)

    def attempts(self, key: Key) -> int:
        """How many requests of this method and path came, those that nobody read included."""
        with self._lock:
            return sum(request.key == key for request in self.received) + self.unread

    def release(self) -> None:
        """Execute what was postponed, before this returns."""
        with self._lock:
            late, self._postponed = self._postponed, []
        for work in late:
            work()

    def listen(self) -> None:
        """Accept connections, as it does from its start until it is told to refuse them."""
        self._listener.listen(128)
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def refuse(self) -> None:
        """Refuse connections until `listen()`; those that are there stay."""
        self._stop_accepting()
        self._listener.close()
        # Bound and not listening, the port is nobody else's and refuses.
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))

    def settle(self) -> None:
        """Wait until every connection has ended."""
        with self._lock:
            threads = [*self._threads]
        for thread in threads:
            _join(thread)

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End everything at once; raise what went wrong inside of a fault."""
        self._stop_accepting()
        self._end_connections()
        for end in (self._listener, self._bell, self._wake):
            end.close()
        if self._bugs:
            raise AssertionError("a fault did not play") from self._bugs[0]

    def execute(self, request: Received) -> Answer:
        """Have the effect of a request, and count it if it had one."""
        with self._lock:
            answer = self._world(request)
            self.executed[request.key] += 200 <= answer.status < 300
            return answer

    def postpone(self, work: Callable[[], object]) -> None:
        """Keep it for `release()`."""
        with self._lock:
            self._postponed.append(work)

    def _stop_accepting(self) -> None:
        if self._acceptor is not None:
            self._wake.send(b"x")
            _join(self._acceptor)
            self._acceptor = None

    def _accept(self) -> None:
        while True:
            ready, _, _ = select.select([self._listener, self._bell], [], [])
            if self._bell in ready:
                self._bell.recv(1)
                return
            connection = _Connection(self._listener.accept()[0])
            thread = threading.Thread(target=self._serve, args=[connection], daemon=True)
            with self._lock:  # who settles sees all of it, or nothing
                self.accepted += 1
                self._connections.add(connection)
                thread.start()
                self._threads = [*filter(threading.Thread.is_alive, self._threads), thread]

    def _serve(self, connection: _Connection) -> None:
        try:
            self._greet(connection)
            while connection.is_open and connection.has_arrived():
                self._next(connection)
        except (Gone, OSError):
            pass  # the peer has had enough
        except BaseException as error:
            self._bugs.append(error)
        finally:
            connection.close()
            with self._lock:
                self._connections.discard(connection)

    def _greet(self, connection: _Connection) -> None:
        with self._lock:
            play = self._greetings.popleft() if self._greetings else None
        if play is not None:
            play(Exchange(self, connection, None))
        elif self._tls is not None:
            connection.secure(self._tls)

    def _next(self, connection: _Connection) -> None:
        with self._lock:
            unread = self._arrivals.popleft() if self._arrivals else None
            self.unread += unread is not None
        if unread is not None:
            unread(Exchange(self, connection, None))
            return
        request = connection.read_head()
        with self._lock:
            self.received.append(request)
            script = self._scripts.get(request.key, deque([work_well]))
            play = script.popleft() if len(script) > 1 else script[0]
        play(Exchange(self, connection, request))

    def _end_connections(self) -> None:
        with self._lock:
            connections = [*self._connections]
        for connection in connections:
            connection.hang_up()
        self.settle()


def _join(thread: threading.Thread) -> None:
    thread.join(PATIENCE)
    assert not thread.is_alive(), "a fault goes on after its connection has ended"


class _Connection:
    """A socket, and what has come on it and was not consumed."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""
        self.is_open = True

    def secure(self, tls: ssl.SSLContext) -> None:
        self._sock = tls.wrap_socket(self._sock, server_side=True)

    def has_arrived(self) -> bool:
        """Wait for a request, and leave it unread; False if the peer has hung up instead."""
        if self._rest or (isinstance(self._sock, ssl.SSLSocket) and self._sock.pending()):
            return True
        select.select([self._sock], [], [])
        return isinstance(self._sock, ssl.SSLSocket) or bool(self._sock.recv(1, socket.MSG_PEEK))

    def read_head(self) -> Received:
        head = self._until(b"\r\n\r\n").decode("latin-1")
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ")
        path, _, query = target.partition("?")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return Received(method, path, dict(parse_qsl(query)), headers)

    def read_body(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self._exactly(int(headers.get("content-length", 0)))
        chunks: list[bytes] = []
        while size := int(self._until(b"\r\n"), 16):
            chunks.append(self._exactly(size))
            self._until(b"\r\n")
        self._until(b"\r\n")
        return b"".join(chunks)

    def skip_body(self, headers: Mapping[str, str], take: Callable[[memoryview], object]) -> None:
        piece = memoryview(bytearray(1 << 18))
        left = int(headers["content-length"]) - len(self._rest)
        take(memoryview(self._rest))
        self._rest = b""
        while left:
            size = self._sock.recv_into(piece[:left])
            if not size:
                raise Gone
            take(piece[:size])
            left -= size

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def wait_for_end(self, seconds: float | None) -> None:
        # Nothing more is due before the answer: what can be read is the end.
        if select.select([self._sock], [], [], seconds)[0]:
            raise Gone

    def reset(self) -> None:
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.close()

    def close(self) -> None:
        self.is_open = False
        self._sock.close()

    def hang_up(self) -> None:
        """Make whoever reads, writes or waits here end."""
        self.is_open = False
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # ended already

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._fill()
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._fill()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _fill(self) -> None:
        chunk = self._sock.recv(1 << 16)
        if not chunk:
            raise Gone
        self._rest += chunk
