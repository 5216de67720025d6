"""The engines that use httpx, and the client's only module that imports it: with own connections, or the user's client."""

from __future__ import annotations

import functools
import logging
import ssl
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Protocol

import httpx

from scgapi._async.transport.body import read_response
from scgapi._async.transport.pool import AsyncConnectionPool
from scgapi._core.describe import with_article
from scgapi._core.outcome import classify_outcome
from scgapi._core.progress import CallbackError
from scgapi._core.response import Response
from scgapi._http.attempt import (
    CONNECT_TIMEOUT_SECONDS,
    IDLE_TIMEOUT_SECONDS,
    error_location,
    invalid_url_error,
    transport_error,
)
from scgapi._http.log_filters import add_log_filters, in_attempt
from scgapi._http.route import Route
from scgapi._io.tasks.concurrency import PerLoop, in_thread
from scgapi._io.tasks.trace import AsyncTimeLimit, AsyncTrace
from scgapi.errors import ConfigurationError, ScgError

if TYPE_CHECKING:
    from scgapi._core.deadline import Deadline
    from scgapi._core.request import FileContent, Request
    from scgapi._io.content import Download
    from scgapi._io.network import Network

_TIMEOUTS = {
    "connect": CONNECT_TIMEOUT_SECONDS,
    "read": IDLE_TIMEOUT_SECONDS,
    "write": IDLE_TIMEOUT_SECONDS,
    "pool": None,
}
_BEFORE_SENDING = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.LocalProtocolError,
)  # fmt: skip
_EXPECTED_ERRORS = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError)


class AsyncHttpxEngine:
    """Engine that sends over its own connections, directly or through the client's proxy."""

    is_closed = False

    def __init__(self, network: Network) -> None:
        add_log_filters()
        self._network = network
        new = functools.partial(_new_connection, network)
        self._pools = PerLoop(functools.partial(AsyncConnectionPool[httpx.AsyncHTTPTransport], new))

    async def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once, and return its response.

        Raises:
            ConnectionFailedError: there is no complete response; `outcome` says whether the request may have been sent.
        """

        async def use(connection: httpx.AsyncHTTPTransport) -> Response:
            send = connection.handle_async_request
            return await _exchange(
                send, _redacted_url, _TIMEOUTS, request, headers, deadline, target, self._network.route
            )

        return await self._pools.get().use(request.operation, deadline, use)

    async def aclose(self) -> None:
        """Close the connections."""
        for pool in self._pools.owned():
            await pool.aclose()


class AsyncUserClientEngine:
    """Engine that sends through the user's `http_client`, which only the user closes."""

    def __init__(self, http_client: httpx.AsyncClient) -> None:
        if not isinstance(http_client, httpx.AsyncClient):
            raise ConfigurationError(
                f"http_client must be an httpx.{httpx.AsyncClient.__name__}, got {with_article(type(http_client).__name__)}"
            )
        add_log_filters()
        logging.getLogger(httpx.__name__).addFilter(_redact_urls)
        self._client = http_client
        # auth=None: an auth that the user's client has would replace the token.
        self._send = functools.partial(http_client.send, stream=True, auth=None, follow_redirects=False)

    @property
    def is_closed(self) -> bool:
        """True if the user has closed the client."""
        return self._client.is_closed

    async def exchange(
        self, request: Request, headers: dict[str, str], deadline: Deadline, target: Download | None
    ) -> Response:
        """Send the request once, and return its response.

        Raises:
            ConnectionFailedError: there is no complete response; `outcome` says whether the request may have been sent.
        """
        timeouts: dict[str, float | None] = self._client.timeout.as_dict()
        return await _exchange(self._send, self._url, timeouts, request, headers, deadline, target, Route)

    async def aclose(self) -> None:
        """Do nothing: the user closes the client."""

    def _url(self, text: str) -> httpx.URL:
        """Return a URL whose text is redacted, unless a hook or a transport of the user's may need it."""
        url = _redacted_url(text)
        is_plain = type(self._client._transport_for_url(url)) is httpx.AsyncHTTPTransport
        return url if is_plain and not any(self._client.event_hooks.values()) else _private_url(text)


class AsyncSend(Protocol):
    """A function that sends a message: of an own connection, or of the user's client."""

    async def __call__(self, message: httpx.Request, /) -> httpx.Response:
        """Send the message, and return its response before the body is read."""
        ...


async def _exchange(
    send: AsyncSend,
    url_of: Callable[[str], httpx.URL],
    timeouts: dict[str, float | None],
    request: Request,
    headers: dict[str, str],
    deadline: Deadline,
    target: Download | None,
    route: Callable[[], Route],
) -> Response:
    trace = AsyncTrace(deadline)
    try:
        message = _message(request, url_of(request.url), headers, timeouts, deadline.remaining(), trace)
    except (httpx.InvalidURL, UnicodeError):
        message = None
    if message is None:
        raise invalid_url_error(request.operation.name)
    status: int | None = None
    in_attempt.set(True)
    try:
        async with AsyncTimeLimit(deadline):
            response = await send(message)
            status = response.status_code
            try:
                # httpx has the names in lower case.
                head = Response(status, dict(response.headers), b"")
                # A mock's response may have been read, and decompressed, when it was made.
                is_read = response.is_stream_consumed
                chunks = _single_chunk(response.content) if is_read else response.aiter_raw()
                encoding = "" if is_read else head.headers.get("content-encoding", "")
                read = functools.partial(_next_chunk, chunks)
                return await read_response(request, head, encoding, read, deadline, target)
            finally:
                await response.aclose()
    except (ScgError, CallbackError):
        raise
    except Exception as error:  # noqa: BLE001 - event loops and TLS libraries raise errors of every kind
        may_have_sent = trace.may_have_sent if trace.has_events else not isinstance(error, _BEFORE_SENDING)
        timed_out = isinstance(error, httpx.TimeoutException | TimeoutError)
        reason = (
            "" if isinstance(error, _EXPECTED_ERRORS) else f"the connection failed ({error_location(error)})"
        )
        if isinstance(error, httpx.PoolTimeout):
            reason = "no connection of the http_client's pool became free in time"
        outcome = classify_outcome(
            status, method=request.operation.method, may_have_sent=may_have_sent, readable=False
        )
        failed = transport_error(
            request.operation,
            error,
            outcome,
            deadline,
            timed_out=timed_out,
            reason=reason,
            url=request.url,
            route=route(),
        )
    finally:
        in_attempt.set(False)
        if trace.unused_stream is not None:
            await trace.aclose()
    # Raised outside the except block: httpx's error would bring the request, with its token, into the traceback.
    raise failed


def _message(
    request: Request,
    url: httpx.URL,
    headers: dict[str, str],
    timeouts: dict[str, float | None],
    remaining: float,
    trace: AsyncTrace,
) -> httpx.Request:
    content = request.content
    body = content if content is None or isinstance(content, bytes) else _upload(content)
    bounded = {
        step: remaining if limit is None else min(limit, remaining) for step, limit in timeouts.items()
    }
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
    """A URL without path and query in its repr: they hold tokens and phone numbers. `str()` is complete, for transports."""

    def __repr__(self) -> str:
        return f"{self.scheme}://{self.host}/…"


class _RedactedURL(_PrivateURL):
    """A private URL that is redacted in `str()` as well, which instrumentation of httpx's own transports uses."""

    def __str__(self) -> str:
        return repr(self)


def _redact_urls(record: logging.LogRecord) -> bool:
    """Redact this package's URLs in a record of httpx's log, which shows every URL."""
    if isinstance(record.args, tuple):
        record.args = tuple(repr(one) if isinstance(one, _PrivateURL) else one for one in record.args)
    return True


# Parsing a URL takes a tenth of a call, and most sends use the same URL.
_redacted_url = functools.lru_cache(maxsize=64)(_RedactedURL)
_private_url = functools.lru_cache(maxsize=64)(_PrivateURL)


def _new_connection(network: Network) -> httpx.AsyncHTTPTransport:
    secure = network.url.lower().startswith("https:")
    context = network.ssl_context(secure)
    proxy = None if network.proxy is None else httpx.Proxy(network.proxy, ssl_context=_tls_to_proxy(network))
    return httpx.AsyncHTTPTransport(
        verify=context, trust_env=False, limits=httpx.Limits(max_connections=1), proxy=proxy
    )


def _tls_to_proxy(network: Network) -> ssl.SSLContext | None:
    """Return the SSL context for the connection to the proxy, if its URL is https."""
    return network.ssl_context(True) if (network.proxy or "").startswith("https:") else None


async def _next_chunk(chunks: AsyncIterator[bytes]) -> bytes:
    async for chunk in chunks:
        if chunk:
            return chunk
    return b""


async def _single_chunk(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _upload(content: FileContent) -> AsyncIterator[bytes]:
    content.rewind()
    content.report()
    while chunk := await in_thread(content.read):
        yield chunk
        content.report()
