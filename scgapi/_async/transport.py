"""The only module that speaks httpx: a request goes out, a response or a `ScgError` comes back."""

from __future__ import annotations

import functools
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Protocol

import httpx

from scgapi._async.connections import MOST, AsyncConnections
from scgapi._concurrency import AsyncHomes, in_thread
from scgapi._core.content import Pace
from scgapi._core.decoding import ACCEPTED, Decoder, UnreadableBody
from scgapi._core.outcome import causes, effect_of, outcome_of
from scgapi._core.response import EXCERPT, Response, unexpected
from scgapi._trace import AsyncTimeLimit, AsyncTrace, Steps
from scgapi._version import __version__
from scgapi.errors import (
    ConfigurationError,
    ConnectionFailedError,
    RequestTimeoutError,
    UnknownHostError,
    UnreadableResponseError,
    UntrustedServerError,
)

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Download, Upload
    from scgapi._core.outcome import Outcome
    from scgapi._core.request import Request
    from scgapi.errors import ScgError

CONNECT = 10.0  # seconds to reach the gateway
SILENCE = 30.0  # seconds without a byte, up or down
MAX_BODY = 16 * 1024 * 1024  # bytes of an answer that is held in memory; downloads have no limit
USER_AGENT = f"scgapi/{__version__}"

_BEFORE_SENDING = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.LocalProtocolError,
)  # fmt: skip
_CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


class AsyncTransport:
    """Sends requests over connections of its own, or through an httpx client that the caller keeps."""

    def __init__(self, http_client: httpx.AsyncClient | None, *, secure: bool) -> None:
        if http_client is not None and not isinstance(http_client, httpx.AsyncClient):
            raise ConfigurationError(
                f"http_client must be an httpx.{httpx.AsyncClient.__name__}, got {type(http_client).__name__}"
            )
        self._theirs = http_client
        # No environment: .netrc and proxy variables are for those who bring a client of their own.
        new = functools.partial(_new_connection, secure)
        self._homes = AsyncHomes(functools.partial(AsyncConnections[httpx.AsyncHTTPTransport], new))
        self._closed = False

    async def send(
        self,
        request: Request,
        credentials: Mapping[str, str],
        deadline: Deadline,
        target: Download | None = None,
    ) -> Response:
        """One attempt. A successful body goes to the target, if there is one, else into the response.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """
        name = request.operation.name
        if self._closed or (self._theirs is not None and self._theirs.is_closed):
            raise ConfigurationError(f"{name}: the client is closed; nothing was sent")
        if deadline.left() <= 0:
            raise _out_of_time(name, deadline, "NOT_SENT")
        if self._theirs is not None:
            # No auth: the caller's client may have its own, which would take the place of the token.
            send = functools.partial(self._theirs.send, stream=True, auth=None, follow_redirects=False)
            return await self._exchange(send, request, credentials, deadline, target)
        connections = self._homes.here()
        try:
            connection = await connections.take(deadline)
        except TimeoutError:
            why = f" while {connections.busy} other calls held all {MOST} connections"
            raise _out_of_time(name, deadline, "NOT_SENT", why) from None
        try:
            response = await self._exchange(
                connection.handle_async_request, request, credentials, deadline, target
            )
        except BaseException:
            await connections.drop(connection)
            raise
        await connections.give(connection, deadline)
        return response

    async def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._closed = True
        for connections in self._homes.all():
            await connections.aclose()

    async def _exchange(
        self,
        send: AsyncSend,
        request: Request,
        credentials: Mapping[str, str],
        deadline: Deadline,
        target: Download | None,
    ) -> Response:
        trace = AsyncTrace()
        try:
            message = self._message(request, credentials, deadline, trace)
        except (httpx.InvalidURL, UnicodeError):
            message = None  # raised below: the chained error would hold the URL
        if message is None:
            raise ConfigurationError(
                f"{request.operation.name}: no request can be made of its URL: check the client's url, "
                "or shorten ids and filters; nothing was sent",
                operation=request.operation.name,
            )
        status: int | None = None
        try:
            async with AsyncTimeLimit(deadline):
                response = await send(message)
                status = response.status_code
                try:
                    return await self._receive(request, response, deadline, target)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, TimeoutError) as error:
            failure = _failure(request.operation.name, error, status, trace, deadline)
        finally:
            if trace.unused is not None:
                await trace.aclose()
        # Raised out here: the httpx error would bring the request, with its token, into the traceback.
        raise failure

    def _message(
        self, request: Request, credentials: Mapping[str, str], deadline: Deadline, trace: AsyncTrace
    ) -> httpx.Request:
        headers = {
            "user-agent": USER_AGENT,
            "accept": "application/json, */*",
            "accept-encoding": ACCEPTED,
            **credentials,
        }
        if request.content_type is not None:
            headers["content-type"] = request.content_type
        content = request.content
        if content is None or isinstance(content, bytes):
            body: bytes | AsyncIterator[bytes] | None = content
        else:
            headers["content-length"] = str(content.size)
            body = _read(content)
        left = deadline.left()
        limits = {"connect": CONNECT, "read": SILENCE, "write": SILENCE, "pool": None}
        if self._theirs is not None:
            limits = self._theirs.timeout.as_dict()
        bounded = {step: left if limit is None else min(limit, left) for step, limit in limits.items()}
        message = httpx.Request(
            request.operation.method,
            request.url,
            headers=headers,
            content=body,
            extensions={"timeout": bounded, "trace": trace},
        )
        message.url = _QuietURL(message.url)
        return message

    async def _receive(
        self, request: Request, response: httpx.Response, deadline: Deadline, target: Download | None
    ) -> Response:
        operation, status = request.operation, response.status_code
        headers = dict(response.headers)  # httpx lower-cases the names
        if target is not None and response.is_success:
            await in_thread(target.restart)
        else:
            target = None
        content = bytearray()
        pace = Pace(deadline.clock)
        try:
            # A mock may have read and unpacked its body when it was made.
            known = response.is_stream_consumed
            decoder = Decoder("" if known else headers.get("content-encoding", ""))
            async for chunk in _known(response.content) if known else response.aiter_raw():
                if deadline.left() <= 0 or not pace.holds(len(chunk)):
                    raise TimeoutError
                for piece in decoder.feed(chunk):
                    if target is None:
                        content += piece
                    else:
                        await in_thread(target.write, piece)
                    if len(content) > MAX_BODY:
                        raise UnreadableBody(f"a body of more than {MAX_BODY} bytes")
            decoder.end()
        except (UnreadableBody, httpx.HTTPError, httpx.StreamError) as error:
            # A refusal is one without its whole text, too.
            if response.is_success and not isinstance(error, UnreadableBody):
                raise
            if response.is_success:
                refusal = unexpected(
                    operation,
                    Response(status, headers, bytes(content[:EXCERPT])),
                    str(error),
                    UnreadableResponseError,
                )
                raise refusal from None
        return Response(status, headers, bytes(content[:MAX_BODY]))


class AsyncSend(Protocol):
    """Whatever can send a message: a connection of ours, or the caller's client."""

    async def __call__(self, message: httpx.Request, /) -> httpx.Response:
        """Send it; its answer's body is still to come."""
        ...


class _QuietURL(httpx.URL):
    """A URL that shows neither query nor path: httpx logs every URL, and ours hold tokens and phone numbers."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}/…"

    __repr__ = __str__


def _new_connection(secure: bool) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(
        verify=_trust(secure), trust_env=False, limits=httpx.Limits(max_connections=1)
    )


@functools.cache
def _trust(secure: bool) -> ssl.SSLContext:
    # Reading the certificates takes longer than a call: once a process, and not at all for a plain connection.
    return httpx.create_ssl_context(trust_env=False) if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def _known(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _read(content: Upload) -> AsyncIterator[bytes]:
    content.rewind()
    while chunk := await in_thread(content.read):
        yield chunk


def _failure(
    operation: str, error: Exception, status: int | None, trace: Steps, deadline: Deadline
) -> ScgError:
    left = trace.left if trace.heard else not isinstance(error, _BEFORE_SENDING)
    outcome = outcome_of(status, left=left, readable=False)
    if deadline.left() <= 0:
        return _out_of_time(operation, deadline, outcome)
    if outcome == "NOT_SENT":
        for cause in causes(error):
            if isinstance(cause, ssl.SSLError) and not isinstance(cause, _CUT_OFF):
                why = f"the server cannot be trusted ({cause.reason}): check the url and its certificate"
                return UntrustedServerError(_told(operation, why, outcome), operation=operation, attempts=1)
            if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME:
                why = "no host has this name: check the url"
                return UnknownHostError(_told(operation, why, outcome), operation=operation, attempts=1)
    name = type(error).__name__
    if isinstance(error, httpx.PoolTimeout):
        why = "no connection of the pool became free in time"
    elif isinstance(error, httpx.TimeoutException | TimeoutError):
        why = f"nothing came in time ({name})"
    else:
        why = f"the connection failed ({name})"
    late = isinstance(error, httpx.TimeoutException | TimeoutError)
    kind = RequestTimeoutError if late else ConnectionFailedError
    return kind(_told(operation, why, outcome), operation=operation, outcome=outcome, attempts=1)


def _out_of_time(operation: str, deadline: Deadline, outcome: Outcome, why: str = "") -> ScgError:
    text = f"its time limit of {deadline.limit:g} s was reached{why}"
    return RequestTimeoutError(
        _told(operation, text, outcome), operation=operation, outcome=outcome, attempts=1
    )


def _told(operation: str, why: str, outcome: Outcome) -> str:
    return f"{operation}: {why}; {effect_of(outcome)}"
