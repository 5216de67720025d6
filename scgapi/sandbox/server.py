"""A sandbox: a gateway served over HTTP from a thread of this process."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import Self

from scgapi._io.clock import time_of_day
from scgapi.auth import AuthInfo
from scgapi.sandbox.app import api_application, application
from scgapi.sandbox.control.table import Control
from scgapi.sandbox.faults.kinds import Fault
from scgapi.sandbox.faults.rules import Rule
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.handsets.phone import Phone
from scgapi.sandbox.http.connection import Connection
from scgapi.sandbox.http.guard import Guard
from scgapi.sandbox.http.recorder import RequestRecorder, ServedRequest
from scgapi.sandbox.state.progress import AfterReads, Progress

if TYPE_CHECKING:
    from scgapi._async.client import AsyncClient
    from scgapi._core.doubt import OnUnknown
    from scgapi._core.retry import RetryPolicy
    from scgapi._sync.client import Client
    from scgapi.sandbox.in_process import SandboxTransport


class Sandbox:
    """A gateway on this machine, served while the `with` block lasts, or from `start()` to `stop()`.

    `client()`, `async_client()` and `transport()` reach it in process, and need no `start()`.

    Args:
        host: address to listen at.
        port: port to listen at; 0 takes a free one.
        progress: how messages move from CREATED to DELIVERED: `AfterReads`, `AfterSeconds` or `Immediate`.
        clock: function that returns the time in seconds since 1970.
        token_ttl: lifetime of a token in seconds; None if tokens do not expire.
        allowed_hosts: names that requests may give for the sandbox's host, beside `host` and those of this machine:
            `name`, or `name:port`. Needed behind a proxy, in a container, or with `host="0.0.0.0"`.
        on_request: called with a `ServedRequest` after each request, in the server's thread.
    """

    gateway: Gateway
    """The gateway behind the server, for use without HTTP and for incoming messages."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        progress: Progress = AfterReads(1),  # noqa: B008 - a frozen value
        clock: Callable[[], float] = time_of_day,
        token_ttl: float | None = None,
        allowed_hosts: Sequence[str] = (),
        on_request: Callable[[ServedRequest], None] | None = None,
    ) -> None:
        if isinstance(allowed_hosts, str):
            raise TypeError(f"allowed_hosts must be a list of names, such as [{allowed_hosts!r}]")
        self.gateway = Gateway(progress=progress, clock=clock, token_ttl=token_ttl)
        self._control = Control(self.gateway)
        self._allowed_hosts = tuple(allowed_hosts)
        self._on_request = on_request
        self._host = host
        self._port = port
        self._url: str | None = None
        self._running: tuple[_Server, threading.Thread] | None = None

    @property
    def url(self) -> str:
        """Scheme, host and port. Known once the sandbox is started."""
        if self._url is None:
            raise RuntimeError(
                "the sandbox has no URL before it is started: use `with Sandbox() as gateway:`"
            )
        return self._url

    @property
    def auth(self) -> AuthInfo:
        """Credentials for this sandbox, with the current token."""
        return self._auth(self.url)

    def client(
        self,
        *,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        on_unknown: OnUnknown = "raise",
    ) -> Client:
        """Return a client that reaches the sandbox in process, without a socket. The sandbox need not be started.

        Args:
            timeout: seconds that a call may take.
            retry: how failed calls are repeated; None repeats them without a pause.
            on_unknown: what a send in doubt does (see `scgapi.Client`).
        """
        import httpx

        from scgapi._core.retry import RetryPolicy
        from scgapi._sync.client import Client

        transport = self.transport()
        return Client(
            transport.auth,
            http_client=httpx.Client(transport=transport, trust_env=False),
            timeout=timeout,
            retry=RetryPolicy(base=0) if retry is None else retry,
            on_unknown=on_unknown,
        )

    def async_client(
        self,
        *,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        on_unknown: OnUnknown = "raise",
    ) -> AsyncClient:
        """Return an async client that reaches the sandbox in process, without a socket, in any event loop.

        The sandbox need not be started, and the client need not be closed.

        Args:
            timeout: seconds that a call may take.
            retry: how failed calls are repeated; None repeats them without a pause.
            on_unknown: what a send in doubt does (see `scgapi.AsyncClient`).
        """
        import httpx

        from scgapi._async.client import AsyncClient
        from scgapi._core.retry import RetryPolicy

        transport = self.transport()
        return AsyncClient(
            transport.auth,
            http_client=httpx.AsyncClient(transport=transport, trust_env=False),
            timeout=timeout,
            retry=RetryPolicy(base=0) if retry is None else retry,
            on_unknown=on_unknown,
        )

    def transport(self) -> SandboxTransport:
        """Return an httpx transport to the sandbox in process, for an `http_client` of your own.

            transport = sandbox.transport()
            scgapi.Client(transport.auth, http_client=httpx.Client(transport=transport))

        It serves `httpx.AsyncClient`, too.
        """
        # A program that serves a sandbox does not need httpx, which takes long to import.
        from scgapi.sandbox.in_process import IN_PROCESS_URL, SandboxTransport

        app = RequestRecorder(api_application(self.gateway), self.gateway.request_log, self._on_request)
        return SandboxTransport(app, self._auth(IN_PROCESS_URL))

    def start(self) -> None:
        """Start serving, and return once requests are answered. Does nothing if the sandbox is running.

        Raises:
            OSError: the port is taken, or the host is not an address of this machine.
        """
        if self._running is not None:
            return
        listener = _listen(self._host, self._port)
        # Keep the port for the next start.
        self._port = listener.getsockname()[1]
        self._url = f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{self._port}"
        app = application(self.gateway, self._control)
        guarded = Guard(app, self._host, self._port, self._allowed_hosts)
        server = _Server(RequestRecorder(guarded, self.gateway.request_log, self._on_request))
        thread = threading.Thread(
            target=server.serve_from, args=(listener,), name="scgapi-sandbox", daemon=True
        )
        thread.start()
        server.is_up.wait()
        self._running = server, thread
        if not server.started:
            self.stop()
            raise RuntimeError("the sandbox's server did not start; see its log")

    def stop(self) -> None:
        """Stop serving, and return once the server has ended. Does nothing if the sandbox is not running."""
        if self._running is None:
            return
        server, thread = self._running
        self._running = None
        self._control.close()
        server.should_exit = True
        thread.join()

    def reset(self) -> None:
        """Restore the initial state, without rules and counts. URL and credentials stay as they are."""
        self.gateway.reset()

    def inject_fault(
        self,
        operation: str,
        fault: Fault,
        *,
        times: int | None = None,
        after: int = 0,
        probability: float = 1.0,
        seed: int = 0,
    ) -> Rule:
        """Inject a fault into requests, until the returned rule is stopped.

        Rules are evaluated in the order they were added; the first that applies is the only one.

        Args:
            operation: a name such as `"message_requests.create"`, or a pattern: `"contacts.*"`, `"*"`. The refresh of a
                token is `"auth.refresh"`.
            fault: fault to inject, a value of `scgapi.sandbox.faults`.
            times: maximum number of injections; None for no limit.
            after: number of requests that pass first.
            probability: share of the later requests that the fault is injected into, from 0 to 1.
            seed: seed of the random choice; the same seed chooses the same requests.

        Raises:
            TypeError: `fault` is not a value of `scgapi.sandbox.faults`, or a number has a wrong type.
            ValueError: the sandbox serves no such operation, or a number is out of range.
        """
        return self.gateway.rules.add(
            operation, fault, times=times, after=after, probability=probability, seed=seed
        )

    def clear_faults(self) -> None:
        """Stop all fault rules. Postponed requests are executed, hidden objects appear."""
        self.gateway.rules.stop()

    def received(self, operation: str) -> int:
        """Return how often an operation (a name or a pattern) was received, whatever the outcome.

        Raises:
            ValueError: the sandbox serves no such operation.
        """
        return self.gateway.rules.received.count(operation)

    def executed(self, operation: str) -> int:
        """Return how often an operation (a name or a pattern) was executed, whatever response the client received.

        Raises:
            ValueError: the sandbox serves no such operation.
        """
        return self.gateway.executed.count(operation)

    def expire_token(self) -> None:
        """Refuse the current token with 401 from now on. A refresh returns a new one."""
        self.gateway.expire_token()

    def rotate_token(self) -> str:
        """Refresh the token as another client would: the old token is refused from now on. Return the new one."""
        return self.gateway.rotate_token()

    def phone(self, number: str) -> Phone:
        """Return the handset with this number, to read its messages and to reply.

        Raises:
            ValueError: the number is empty.
        """
        return self.gateway.phone(number)

    def _auth(self, url: str) -> AuthInfo:
        gateway = self.gateway
        return AuthInfo(key=gateway.key, secret=gateway.secret, token=gateway.token, url=url)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"Sandbox({self._url or 'not started'})"


def _listen(host: str, port: int) -> socket.socket:
    # Name the protocol: asyncio turns off Nagle's algorithm, which costs 40 ms a request, only for a TCP socket.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except BaseException:
        listener.close()
        raise
    return listener


class _Server(uvicorn.Server):
    """A server that sets an event when it is ready."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            # No log configuration: the sandbox must not change that of the process.
            uvicorn.Config(
                app,
                http=Connection,
                log_config=None,
                log_level="warning",
                access_log=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=1,
            )
        )
        self.is_up = threading.Event()

    def serve_from(self, listener: socket.socket) -> None:
        with contextlib.closing(listener):
            try:
                self.run(sockets=[listener])
            finally:
                self.is_up.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()
