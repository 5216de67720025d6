"""What httpcore tells of an attempt while it is under way, and the time that it may take, in both colours."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import TypeGuard

from scgapi._core.clock import Deadline

_LEAST = 0.001  # seconds: 0 would have a socket answer at once
_SLICE = 64 * 1024  # bytes


class Steps:
    """What was heard of one attempt.

    Attributes:
        heard: whether anything was; transports that are not httpcore's say nothing.
        left: whether a byte of the request may have left.
        unused: a connection that was opened, as long as nothing was sent over it.
    """

    __slots__ = ("heard", "left", "unused")

    def __init__(self) -> None:
        self.heard = False
        self.left = False
        self.unused: object = None

    def hear(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of a step: as long as no header was written, not a byte has left."""
        self.heard = True
        # A proxy is asked to CONNECT first: that is not the request.
        if event.endswith("send_request_headers.started") and not _is_for_a_proxy(info.get("request")):
            self.left, self.unused = True, None
        elif event.endswith((".connect_tcp.complete", ".connect_unix_socket.complete")):
            self.unused = info.get("return_value")


class AsyncTrace(Steps):
    """Listens to one attempt of a task."""

    __slots__ = ()

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Called by httpcore at each step."""
        self.hear(event, info)

    async def aclose(self) -> None:
        """Close what was opened in vain: httpcore forgets a connection whose handshake is cancelled."""
        close: Callable[[], Awaitable[None]] | None = getattr(self.unused, "aclose", None)
        if close is not None:
            await close()


class Trace(Steps):
    """Listens to one attempt of a thread; each connection that it opens is kept within the time of its callers."""

    __slots__ = ()

    def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Called by httpcore at each step."""
        self.hear(event, info)
        if event.endswith(".connect_tcp.started"):
            _share_time(info)
        if event.endswith((".connect_tcp.complete", ".connect_unix_socket.complete", ".start_tls.complete")):
            _keep_in_time(info.get("return_value"))

    def close(self) -> None:
        """Close what was opened in vain."""
        close: Callable[[], None] | None = getattr(self.unused, "close", None)
        if close is not None:
            close()


class AsyncTimeLimit:
    """Cancels what a task does when its time is out.

    Raises:
        TimeoutError: it is.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._timeout = asyncio.timeout(deadline.left())

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._timeout.__aexit__(kind, error, trace)


class TimeLimit:
    """Bounds each read and write of a thread by the time that its call has left.

    A name service that does not answer is beyond its reach: the operating system cannot be interrupted.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def __enter__(self) -> None:
        _current.deadline = self._deadline

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _current.deadline = None


class _Current(threading.local):
    deadline: Deadline | None = None


_current = _Current()


def _is_for_a_proxy(request: object) -> bool:
    return getattr(request, "method", None) == b"CONNECT"


def _share_time(info: Mapping[str, object]) -> None:
    """Each address of a host would be given the whole time to connect: let them have it in common."""
    host, port, timeout = info.get("host"), info.get("port"), info.get("timeout")
    if _is_open(info) and isinstance(host, str) and isinstance(port, int) and isinstance(timeout, float):
        with contextlib.suppress(OSError, UnicodeError):  # whoever connects will tell
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            info["timeout"] = max((_bounded(timeout) or timeout) / max(1, len(found)), _LEAST)


def _is_open(info: Mapping[str, object]) -> TypeGuard[dict[str, object]]:
    return isinstance(info, dict)


def _keep_in_time(stream: object) -> None:
    """Bound what a connection does by the time of whoever uses it: a byte now and then would stretch a call for ever."""
    read: Callable[[int, float | None], bytes] = getattr(stream, "read")  # noqa: B009 - httpcore's, untyped here
    write: Callable[[bytes, float | None], None] = getattr(stream, "write")  # noqa: B009
    start_tls: Callable[..., object] = getattr(stream, "start_tls")  # noqa: B009

    def read_in_time(max_bytes: int, timeout: float | None = None) -> bytes:
        return read(max_bytes, _bounded(timeout))

    def write_in_time(buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _SLICE):
            write(buffer[start : start + _SLICE], _bounded(timeout))

    def start_tls_in_time(*args: object, **kwargs: object) -> object:
        deadline = _current.deadline
        if deadline is None:
            return start_tls(*args, **kwargs)
        timer = threading.Timer(deadline.left(), _shut, [stream])
        timer.daemon = True
        timer.start()
        try:
            return start_tls(*args, **kwargs)
        finally:
            timer.cancel()

    for own in (("read", read_in_time), ("write", write_in_time), ("start_tls", start_tls_in_time)):
        setattr(stream, *own)


def _bounded(timeout: float | None) -> float | None:
    deadline = _current.deadline
    if deadline is None:
        return timeout
    left = deadline.left()
    if left <= 0:
        raise TimeoutError
    return max(left if timeout is None else min(timeout, left), _LEAST)


def _shut(stream: object) -> None:
    connection: object = getattr(stream, "get_extra_info")("socket")  # noqa: B009
    if isinstance(connection, socket.socket):
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
