"""What is heard of an attempt, and the time that it may take, in threads: the twin of `scgapi._tasks.trace`."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TypeGuard

from scgapi._core.clock import Deadline
from scgapi._core.steps import Steps

_LEAST = 0.001  # seconds: 0 would have a socket answer at once
_SLICE = 64 * 1024  # bytes


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
