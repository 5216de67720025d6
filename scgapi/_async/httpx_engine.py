"""The only module that speaks httpx: over connections of our own, or through a client that the caller keeps."""

from __future__ import annotations

import functools
import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Protocol

import httpx

from scgapi._async.connections import AsyncConnections
from scgapi._async.receiving import receive
from scgapi._core.attempt import CONNECT, SILENCE, failure, impossible
from scgapi._core.outcome import outcome_of
from scgapi._core.response import Response
from scgapi._tasks.concurrency import AsyncHomes, in_thread
from scgapi._tasks.trace import AsyncTimeLimit, AsyncTrace
from scgapi._trust import trust
from scgapi.errors import ConfigurationError

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Download, Upload
    from scgapi._core.request import Request

_LIMITS = {"connect": CONNECT, "read": SILENCE, "write": SILENCE, "pool": None}
_BEFORE_SENDING = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.LocalProtocolError,
)  # fmt: skip
_BROKEN = (httpx.HTTPError, httpx.StreamError)


class AsyncHttpxEngine:
    """Sends over connections of its own: no environment, .netrc and proxies are for those who bring a client."""

    is_closed = False

    def __init__(self, url: str) -> None:
        new = functools.partial(_new_connection, url.lower().startswith("https:"))
        self._homes = AsyncHomes(functools.partial(AsyncConnections[httpx.AsyncHTTPTransport], new))

    async def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """

        async def use(connection: httpx.AsyncHTTPTransport) -> Response:
            send = connection.handle_async_request
            return await _exchange(send, _quiet_url, _LIMITS, request, headers, deadline, target)

        return await self._homes.here().lend(request.operation.name, deadline, use)

    async def aclose(self) -> None:
        """Close the connections."""
        for connections in self._homes.all():
            await connections.aclose()


class AsyncCallersEngine:
    """Sends through the caller's client, which stays open until its owner closes it."""

    def __init__(self, http_client: httpx.AsyncClient) -> None:
        if not isinstance(http_client, httpx.AsyncClient):
            raise ConfigurationError(
                f"http_client must be an httpx.{httpx.AsyncClient.__name__}, got {type(http_client).__name__}"
            )
        logging.getLogger(httpx.__name__).addFilter(_without_urls)  # twice is once
        self._client = http_client
        # No auth: the caller's client may have its own, which would take the place of the token.
        self._send = functools.partial(http_client.send, stream=True, auth=None, follow_redirects=False)

    @property
    def is_closed(self) -> bool:
        """Whether its owner has."""
        return self._client.is_closed

    async def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """
        limits: dict[str, float | None] = self._client.timeout.as_dict()
        return await _exchange(self._send, _private_url, limits, request, headers, deadline, target)

    async def aclose(self) -> None:
        """It is its owner's to close."""


class AsyncSend(Protocol):
    """Whatever can send a message: a connection of ours, or the caller's client."""

    async def __call__(self, message: httpx.Request, /) -> httpx.Response:
        """Send it; its answer's body is still to come."""
        ...


async def _exchange(
    send: AsyncSend,
    url_of: Callable[[str], httpx.URL],
    limits: dict[str, float | None],
    request: Request,
    headers: dict[str, str],
    deadline: Deadline,
    target: Download | None,
) -> Response:
    trace = AsyncTrace()
    try:
        message = _message(request, url_of(request.url), headers, limits, deadline.left(), trace)
    except (httpx.InvalidURL, UnicodeError):
        message = None
    if message is None:
        raise impossible(request.operation.name)
    status: int | None = None
    try:
        async with AsyncTimeLimit(deadline):
            response = await send(message)
            status = response.status_code
            try:
                head = Response(status, dict(response.headers), b"")  # httpx lower-cases the names
                # A mock may have read and unpacked its body when it was made.
                known = response.is_stream_consumed
                chunks = _known(response.content) if known else response.aiter_raw()
                encoding = "" if known else head.headers.get("content-encoding", "")
                following = functools.partial(_next, chunks)
                return await receive(request, head, encoding, following, deadline, target, _BROKEN)
            finally:
                await response.aclose()
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, TimeoutError) as error:
        left = trace.left if trace.heard else not isinstance(error, _BEFORE_SENDING)
        late = isinstance(error, httpx.TimeoutException | TimeoutError)
        full = isinstance(error, httpx.PoolTimeout)
        failed = failure(
            request.operation.name,
            error,
            outcome_of(status, left=left, readable=False),
            deadline,
            late=late,
            why="no connection of the pool became free in time" if full else "",
        )
    finally:
        if trace.unused is not None:
            await trace.aclose()
    # Raised out here: the httpx error would bring the request, with its token, into the traceback.
    raise failed


def _message(
    request: Request,
    url: httpx.URL,
    headers: dict[str, str],
    limits: dict[str, float | None],
    left: float,
    trace: AsyncTrace,
) -> httpx.Request:
    content = request.content
    body = content if content is None or isinstance(content, bytes) else _read(content)
    bounded = {step: left if limit is None else min(limit, left) for step, limit in limits.items()}
    message = httpx.Request(
        request.operation.method,
        url,
        headers=headers,
        content=body,
        extensions={"timeout": bounded, "trace": trace},
    )
    message.url = url
    return message


class _PrivateURL(httpx.URL):
    """A URL whose query and path hold tokens and phone numbers. As a string it is whole: some transports send that."""

    def __repr__(self) -> str:
        return f"{self.scheme}://{self.host}/…"


class _QuietURL(_PrivateURL):
    """One that shows them nowhere, not even to what traces httpx's own transports."""

    def __str__(self) -> str:
        return repr(self)


def _without_urls(record: logging.LogRecord) -> bool:
    """Let a record of httpx's log pass, with our URLs as they may be shown: it logs every URL."""
    if isinstance(record.args, tuple):
        record.args = tuple(repr(one) if isinstance(one, _PrivateURL) else one for one in record.args)
    return True


# Reading a URL takes a tenth of a call, and most sends go to the same.
_quiet_url = functools.lru_cache(maxsize=64)(_QuietURL)
_private_url = functools.lru_cache(maxsize=64)(_PrivateURL)


def _new_connection(secure: bool) -> httpx.AsyncHTTPTransport:
    limits = httpx.Limits(max_connections=1)
    return httpx.AsyncHTTPTransport(verify=trust(secure), trust_env=False, limits=limits)


async def _next(chunks: AsyncIterator[bytes]) -> bytes:
    async for chunk in chunks:
        if chunk:
            return chunk
    return b""


async def _known(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _read(content: Upload) -> AsyncIterator[bytes]:
    content.rewind()
    content.report()
    while chunk := await in_thread(content.read):
        yield chunk
        content.report()
