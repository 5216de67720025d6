"""The only module that speaks httpx: a request goes out, a response or a `ScgError` comes back."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING

import httpx

from scgapi._concurrency import in_thread
from scgapi._core.response import Response
from scgapi._version import __version__
from scgapi.errors import ConfigurationError, ConnectionFailedError, RequestTimeoutError, UntrustedServerError

if TYPE_CHECKING:
    from scgapi._core.content import Download, Upload
    from scgapi._core.outcome import Outcome
    from scgapi._core.request import Request
    from scgapi.errors import ScgError

USER_AGENT = f"scgapi/{__version__}"

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class _QuietURL(httpx.URL):
    """A URL that shows neither query nor path: httpx logs every URL, and ours hold tokens and phone numbers."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}/…"


class AsyncTransport:
    """Sends requests through an httpx client, its own or one that the caller keeps."""

    def __init__(self, timeout: float, http_client: httpx.AsyncClient | None) -> None:
        self._timeout = httpx.Timeout(timeout).as_dict()
        self._owned = http_client is None
        # No environment: .netrc and proxy variables are for those who bring a client of their own.
        self._http = http_client if http_client is not None else httpx.AsyncClient(trust_env=False)

    async def send(
        self, request: Request, credentials: Mapping[str, str], target: Download | None = None
    ) -> Response:
        """One attempt. A successful body goes to the target, if there is one, else into the response.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """
        if self._http.is_closed:
            raise ConfigurationError(f"{request.operation.name}: the client is closed; nothing was sent")
        message = self._message(request, credentials)
        try:
            response = await self._http.send(message, stream=target is not None, follow_redirects=False)
            if target is None:
                return _received(response, response.content)
            return await self._receive(response, target)
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            failure = _failure(request.operation.name, error)
        # Raised out here: the httpx error would bring the request, with its token, into the traceback.
        raise failure

    async def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        if self._owned:
            await self._http.aclose()

    def _message(self, request: Request, credentials: Mapping[str, str]) -> httpx.Request:
        headers = {"user-agent": USER_AGENT, "accept": "application/json, */*", **credentials}
        if request.content_type is not None:
            headers["content-type"] = request.content_type
        content = request.content
        if content is None or isinstance(content, bytes):
            body: bytes | AsyncIterator[bytes] | None = content
        else:
            headers["content-length"] = str(content.size)
            body = _read(content)
        message = httpx.Request(
            request.operation.method,
            request.url,
            headers=headers,
            content=body,
            extensions={"timeout": self._timeout},
        )
        message.url = _QuietURL(message.url)
        return message

    async def _receive(self, response: httpx.Response, target: Download) -> Response:
        try:
            if not response.is_success:
                return _received(response, await response.aread())
            target.restart()
            async for chunk in response.aiter_bytes():
                await in_thread(target.write, chunk)
            return _received(response, b"")
        finally:
            await response.aclose()


async def _read(content: Upload) -> AsyncIterator[bytes]:
    content.rewind()
    while chunk := await in_thread(content.read):
        yield chunk


def _received(response: httpx.Response, content: bytes) -> Response:
    # httpx lower-cases the names of the headers.
    return Response(response.status_code, dict(response.headers), content)


def _failure(operation: str, error: Exception) -> ScgError:
    outcome: Outcome = "NOT_SENT" if isinstance(error, _BEFORE_SENDING) else "UNKNOWN"
    effect = "nothing was sent" if outcome == "NOT_SENT" else "the request may have had its effect"
    if _is_untrusted(error):
        text = f"{operation}: the server's certificate does not hold; nothing was sent"
        return UntrustedServerError(text, operation=operation, attempts=1)
    if isinstance(error, httpx.PoolTimeout):
        text = "no connection of the pool became free in time"
    elif isinstance(error, httpx.TimeoutException):
        text = f"time ran out ({type(error).__name__})"
    else:
        text = f"the connection failed ({type(error).__name__})"
    kind = RequestTimeoutError if isinstance(error, httpx.TimeoutException) else ConnectionFailedError
    return kind(f"{operation}: {text}; {effect}", operation=operation, outcome=outcome, attempts=1)


def _is_untrusted(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
