"""The trace and the time limit of an attempt in a thread. Mirrors `scgapi._io.tasks.trace`."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TypeGuard

from scgapi._core.deadline import Deadline
from scgapi._http.connect_trace import ConnectTrace

_MIN_TIMEOUT_SECONDS = 0.001
"""Shortest timeout that is set: 0 would make a socket non-blocking."""
_WRITE_BYTES = 64 * 1024
"""Bytes that are written at a time; the deadline is checked in between."""
_IS_LIMITED = "_scgapi_is_limited"
"""Attribute that marks a stream whose methods check the deadline."""


class Trace(ConnectTrace):
    """Trace of an attempt in a thread. It also applies the deadline to each connection that the attempt uses."""

    __slots__ = ()

    def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Record an event. httpcore calls this at each step."""
        self.on_event(event, info)
        if event.endswith(".connect_tcp.started"):
            _divide_timeout(info)
        if event.endswith((".connect_tcp.complete", ".connect_unix_socket.complete", ".start_tls.complete")):
            _apply_deadline(info.get("return_value"))
        elif event.endswith("send_request_headers.started"):
            # The user's own http_client may have opened the connection before this attempt.
            _apply_deadline(getattr(self.connection, "_network_stream", None))

    def close(self) -> None:
        """Close a stream that was never used."""
        close: Callable[[], None] | None = getattr(self.unused_stream, "close", None)
        if close is not None:
            # The attempt has already raised what is wrong with this connection.
            with contextlib.suppress(Exception):
                close()


class TimeLimit:
    """Context manager that limits each read and write of its thread to the time that is left.

    It cannot interrupt a name lookup, which blocks in the operating system.
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


def _divide_timeout(info: Mapping[str, object]) -> None:
    """Divide the connect timeout among the addresses of the host: httpcore gives the whole of it to each."""
    host, port, timeout = info.get("host"), info.get("port"), info.get("timeout")
    if _is_mutable(info) and isinstance(host, str) and isinstance(port, int) and isinstance(timeout, float):
        # The connection attempt that follows raises the same error.
        with contextlib.suppress(OSError, UnicodeError):
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            limit = _limited(timeout) or timeout
            info["timeout"] = max(limit / max(1, len(found)), _MIN_TIMEOUT_SECONDS)


def _is_mutable(info: Mapping[str, object]) -> TypeGuard[dict[str, object]]:
    return isinstance(info, dict)


def _apply_deadline(stream: object) -> None:
    """Make a stream's methods check the deadline of their caller: single bytes, sent slowly, would extend a call forever.

    A stream of another library that takes no attributes stays as it is: each read has a timeout, their sum has none.
    """
    if stream is None or hasattr(stream, _IS_LIMITED):
        return
    read: Callable[[int, float | None], bytes] = getattr(stream, "read")  # noqa: B009 - httpcore's, untyped here
    write: Callable[[bytes, float | None], None] = getattr(stream, "write")  # noqa: B009
    start_tls: Callable[..., object] = getattr(stream, "start_tls")  # noqa: B009

    def limited_read(max_bytes: int, timeout: float | None = None) -> bytes:
        return read(max_bytes, _limited(timeout))

    def limited_write(buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _WRITE_BYTES):
            write(buffer[start : start + _WRITE_BYTES], _limited(timeout))

    def limited_start_tls(*args: object, **kwargs: object) -> object:
        deadline = _current.deadline
        if deadline is None:
            return start_tls(*args, **kwargs)
        timer = threading.Timer(deadline.remaining(), _shut_down, [stream])
        timer.daemon = True
        timer.start()
        try:
            return start_tls(*args, **kwargs)
        finally:
            timer.cancel()

    methods = {
        "read": limited_read,
        "write": limited_write,
        "start_tls": limited_start_tls,
        _IS_LIMITED: True,
    }
    with contextlib.suppress(AttributeError):
        for name, method in methods.items():
            setattr(stream, name, method)


def _limited(timeout: float | None) -> float | None:
    """Return the timeout, or the time that is left of the thread's call if that is shorter."""
    deadline = _current.deadline
    if deadline is None:
        return timeout
    remaining = deadline.remaining()
    if remaining <= 0:
        raise TimeoutError
    return max(remaining if timeout is None else min(timeout, remaining), _MIN_TIMEOUT_SECONDS)


def _shut_down(stream: object) -> None:
    connection: object = getattr(stream, "get_extra_info")("socket")  # noqa: B009
    if isinstance(connection, socket.socket):
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
