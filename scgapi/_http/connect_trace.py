"""A trace of httpcore's events during an attempt: whether the request may have been sent."""

from __future__ import annotations

import inspect
import ssl
from collections.abc import Callable, Mapping

from scgapi._core.deadline import Deadline

_WRITES = ("send_request_headers.started", "send_request_body.started")
"""Ends of the names of events that come before something is written."""

_MAX_FRAMES = 8
"""Frames from the trace to the httpcore connection that called it, at most."""


class ConnectTrace:
    """State of one attempt, derived from the events that httpcore reports.

    Attributes:
        has_events: True once an event was reported. Transports other than httpcore's report none.
        may_have_sent: True once a byte of the request may have been sent.
        unused_stream: a stream that was opened, until something is sent over it.
        connection: httpcore's connection that carries the request.
    """

    __slots__ = ("_deadline", "connection", "has_events", "may_have_sent", "unused_stream")

    def __init__(self, deadline: Deadline | None = None) -> None:
        self._deadline = deadline
        self.has_events = False
        self.may_have_sent = False
        self.unused_stream: object = None
        self.connection: object = None

    def on_event(self, event: str, info: Mapping[str, object]) -> None:
        """Update the state. Before the headers are written, no byte of the request is sent.

        Raises:
            TimeoutError: a part of the request is about to be written, and its deadline has passed.
        """
        self.has_events = True
        if self._deadline is not None and event.endswith(_WRITES) and self._deadline.remaining() <= 0:
            # The process was stopped, or the event loop was busy: timers have not ended the attempt yet.
            raise TimeoutError
        if event.endswith("send_request_headers.started"):
            self.connection = _calling_connection()
            # A CONNECT to a proxy comes first: it is not the request.
            if not _is_for_a_proxy(info.get("request")):
                self.may_have_sent, self.unused_stream = True, None
        elif event.endswith("http11.response_closed.started"):
            _refuse_surplus(self.connection)
        elif event.endswith((".connect_tcp.complete", ".connect_unix_socket.complete")):
            self.unused_stream = info.get("return_value")


def _calling_connection() -> object:
    """Return the httpcore connection that calls the trace, or None.

    No event carries it; it is only found among the frames of the call stack.
    """
    frame, depth = inspect.currentframe(), 0
    while frame is not None and depth < _MAX_FRAMES:
        caller: object = frame.f_locals.get("self")
        if hasattr(caller, "_network_stream"):
            return caller
        frame, depth = frame.f_back, depth + 1
    return None


def _refuse_surplus(connection: object) -> None:
    """Make httpcore close a connection over which more bytes came than the response.

    It would keep them, and read them as the response to the next request.
    """
    state: object = getattr(connection, "_h11_state", None)
    surplus: tuple[bytes, bool] = getattr(state, "trailing_data", (b"", False))
    if surplus[0] or _has_decrypted(getattr(connection, "_network_stream", None)):
        # A method of h11, which has no types here.
        fail: Callable[[], None] = getattr(state, "send_failed", lambda: None)
        fail()


def _has_decrypted(stream: object) -> bool:
    """Return True if more was received over TLS than was read, or if TLS has ended.

    httpcore looks for more data on the socket, but an SSLObject has already taken it from there. An SSLSocket takes no
    more than it returns.
    """
    info: Callable[[str], object] = getattr(stream, "get_extra_info", lambda name: None)
    tls = info("ssl_object")
    if not isinstance(tls, ssl.SSLObject):
        return False
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        pass
    return True


def _is_for_a_proxy(request: object) -> bool:
    return getattr(request, "method", None) == b"CONNECT"
