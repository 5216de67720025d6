"""ASGI middleware that reports each request once it has ended: to the request log and to a callback."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scgapi._core.request import ATTACHMENT_PREFIX, TOKEN_PREFIX
from scgapi._core.text import mask_numbers
from scgapi._io.clock import monotonic
from scgapi.sandbox.logs.request_log import MAX_BODY_BYTES, LoggedRequest, RequestLog

# Paths of the page and of the control interface: the log shows API requests only.
_PAGE_PATHS = ("/", "/favicon.ico")
_UNLOGGED_PREFIXES = ("/sandbox", "/web/")
# A token in a path gives access to a content or a contact, so it must not be reported.
_TOKEN = re.compile(rf"({re.escape(ATTACHMENT_PREFIX)}/messaging/attachments/|/access_tokens/)[^/]+")
_SCOPE_KEY = "scgapi.recording"


@dataclass(frozen=True, slots=True)
class ServedRequest:
    """One request, once it has ended. It holds no query, no token and no whole phone number.

    Attributes:
        method: the HTTP method.
        path: the path, without its query.
        status: the HTTP status; None if the connection ended without a response.
        seconds: how long it took.
    """

    method: str
    path: str
    status: int | None
    seconds: float


class RequestRecorder:
    """ASGI application that records the requests to another one.

    Args:
        app: the application that serves the requests.
        log: the log that API requests are added to.
        on_request: called with a `ServedRequest` after every request.
    """

    def __init__(
        self, app: ASGIApp, log: RequestLog, on_request: Callable[[ServedRequest], None] | None = None
    ) -> None:
        self._app = app
        self._log = log
        self._on_request = on_request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        recording = Recording(scope, self._log.now())

        async def recorded_receive() -> Message:
            message = await receive()
            recording.note_received(message)
            return message

        async def recorded_send(message: Message) -> None:
            recording.note_sent(message)
            await send(message)

        scope[_SCOPE_KEY] = recording
        try:
            await self._app(scope, recorded_receive, recorded_send)
        finally:
            recording.end()
            if recording.is_logged:
                self._log.add(*recording.log_entry(self._log.next_id()))
            if self._on_request is not None:
                self._on_request(recording.served_request())


class Recording:
    """A request while it is served. Endpoints set the public attributes."""

    def __init__(self, scope: Scope, started: datetime) -> None:
        path = str(scope["path"])
        self.operation: str | None = None
        """Name of the operation."""
        self.fault: str | None = None
        """Class of the injected fault."""
        self.is_secret: bool = path.startswith(TOKEN_PREFIX)
        """True to leave query and bodies out of the log. The whole prefix counts: a mistyped path of the token
        service may come with the secrets of a right one."""
        self.is_logged: bool = path not in _PAGE_PATHS and not path.startswith(_UNLOGGED_PREFIXES)
        """True to add the request to the log."""
        self._scope = scope
        self._started = started
        self._started_at = monotonic()
        self._seconds = 0.0
        self._status: int | None = None
        self._request_body = _BodyPrefix()
        self._response_body = _BodyPrefix()

    def note_received(self, message: Message) -> None:
        """Note a part of the request."""
        if message["type"] == "http.request":
            self._request_body.add(message.get("body", b""))

    def note_sent(self, message: Message) -> None:
        """Note a part of the response."""
        if message["type"] == "http.response.start":
            self._status = int(message["status"])
        elif message["type"] == "http.response.body":
            self._response_body.add(message.get("body", b""))

    def end(self) -> None:
        """Stop the measurement of the duration."""
        self._seconds = monotonic() - self._started_at

    def served_request(self) -> ServedRequest:
        """Return the report for the callback."""
        path = _TOKEN.sub(r"\1***", str(self._scope["path"]))
        shown = mask_numbers("".join(char if char.isprintable() else "?" for char in path))
        return ServedRequest(str(self._scope["method"]), shown, self._status, self._seconds)

    def log_entry(self, entry_id: int) -> tuple[LoggedRequest, bytes, bytes]:
        """Return the entry for the log, and the beginnings of the bodies of request and response."""
        query = b"" if self.is_secret else bytes(self._scope["query_string"])
        entry = LoggedRequest(
            id=entry_id,
            time=self._started,
            method=str(self._scope["method"]),
            path=str(self._scope["path"]),
            query=query.decode(errors="replace"),
            operation=self.operation,
            status=self._status,
            milliseconds=round(self._seconds * 1000, 2),
            fault=self.fault,
            request_bytes=self._request_body.size,
            response_bytes=self._response_body.size,
        )
        if self.is_secret:
            return entry, b"", b""
        return entry, self._request_body.content, self._response_body.content


def recording_of(scope: Scope) -> Recording | None:
    """Return the recording of the request with this scope, or None if it is not recorded."""
    found: object = scope.get(_SCOPE_KEY)
    return found if isinstance(found, Recording) else None


class _BodyPrefix:
    """The first bytes of a body, and the size of the whole."""

    def __init__(self) -> None:
        self.size = 0
        self._kept = bytearray()

    def add(self, part: bytes) -> None:
        self.size += len(part)
        self._kept += part[: MAX_BODY_BYTES - len(self._kept)]

    @property
    def content(self) -> bytes:
        return bytes(self._kept)
