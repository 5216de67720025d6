"""A sandbox: a gateway served over HTTP from a thread of this process."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

import uvicorn
from starlette.applications import Starlette
from typing_extensions import Self

from scgapi.auth import AuthInfo
from scgapi.sandbox.connection import Connection
from scgapi.sandbox.faults import Fault
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.http import application
from scgapi.sandbox.progress import AfterReads, Progress
from scgapi.sandbox.rules import Rule


class Sandbox:
    """The embedded gateway, served while the `with` block lasts, or from `start()` to `stop()`.

    Args:
        host: the address to listen at.
        port: the port to listen at; 0 takes a free one.
        progress: how messages move from CREATED to DELIVERED: `AfterReads`, `AfterSeconds` or `Immediate`.
        clock: the time in seconds since 1970.
        token_ttl: seconds that a token is good for; None means for ever.
    """

    gateway: Gateway
    """The gateway itself, for those who want to do without HTTP, or to have messages come in."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        progress: Progress = AfterReads(1),  # noqa: B008 - a frozen value
        clock: Callable[[], float] = time.time,
        token_ttl: float | None = None,
    ) -> None:
        self.gateway = Gateway(progress=progress, clock=clock, token_ttl=token_ttl)
        self._host = host
        self._port = port
        self._url: str | None = None
        self._running: tuple[_Server, threading.Thread] | None = None

    @property
    def url(self) -> str:
        """Scheme, host and port; known once it was started."""
        if self._url is None:
            raise RuntimeError(
                "the sandbox has no URL before it is started: use `with Sandbox() as gateway:`"
            )
        return self._url

    @property
    def auth(self) -> AuthInfo:
        """Credentials that work here, with the token that was given out last."""
        gateway = self.gateway
        return AuthInfo(key=gateway.key, secret=gateway.secret, token=gateway.token, url=self.url)

    def start(self) -> None:
        """Serve; returns when calls are answered. Does nothing if it serves already.

        Raises:
            OSError: the port is taken, or the host is not of this machine.
        """
        if self._running is not None:
            return
        listener = _listen(self._host, self._port)
        # The port stays the same when it is started again.
        self._port = listener.getsockname()[1]
        self._url = f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{self._port}"
        server = _Server(application(self.gateway))
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
        """Stop serving; returns when it has ended. Does nothing if it does not serve."""
        if self._running is None:
            return
        server, thread = self._running
        self._running = None
        server.should_exit = True
        thread.join()

    def reset(self) -> None:
        """Go back to the beginning: no rules, no counts; URL and credentials stay as they are."""
        self.gateway.reset()

    def misbehave(
        self,
        operation: str,
        fault: Fault,
        *,
        times: int | None = None,
        after: int = 0,
        probability: float = 1.0,
        seed: int = 0,
    ) -> Rule:
        """Let calls go wrong, until the rule that this returns is stopped.

        Rules are asked in the order they were made; the first that fires has the call to itself.

        Args:
            operation: a name such as `"message_requests.create"`, or a pattern: `"contacts.*"`, `"*"`. Renewing a
                token is `"auth.refresh"`.
            fault: what goes wrong, a value of `scgapi.sandbox.faults`.
            times: how often at most; None means for ever.
            after: how many calls the rule lets through first.
            probability: the share of the calls after those.
            seed: which calls the share falls on; the same seed gives the same ones.

        Raises:
            ValueError: there is no such operation, or a number is out of its range.
        """
        return self.gateway.rules.add(
            operation, fault, times=times, after=after, probability=probability, seed=seed
        )

    def behave(self) -> None:
        """Stop all rules; what they held back happens."""
        self.gateway.rules.stop()

    def received(self, operation: str) -> int:
        """How often an operation (a name or a pattern) came in, whatever became of it.

        Raises:
            ValueError: there is no such operation.
        """
        return self.gateway.rules.received.of(operation)

    def executed(self, operation: str) -> int:
        """How often an operation (a name or a pattern) took effect, whatever its caller got to see.

        Raises:
            ValueError: there is no such operation.
        """
        return self.gateway.executed.of(operation)

    def expire_token(self) -> None:
        """Refuse the current token with 401 from now on; a refresh gives a new one."""
        self.gateway.expire_token()

    def rotate_token(self) -> str:
        """Let somebody else renew the token: the old one is refused from now on. Return the new one."""
        return self.gateway.rotate_token()

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
    # The protocol is named: asyncio turns Nagle's algorithm off (40 ms a call) only where it sees TCP.
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
    """A server that says when it is up, instead of being asked."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            # No log configuration: that of this process is none of the sandbox's business.
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
