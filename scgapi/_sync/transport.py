# Generated from scgapi/_async/transport.py by tools/generate.py: edit that file.
"""The only module that speaks httpx: a request goes out, a response or a `ScgError` comes back."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import httpx

from scgapi._concurrency import home, in_place
from scgapi._core.response import Response, too_large
from scgapi._version import __version__
from scgapi.errors import ConfigurationError, ConnectionFailedError, RequestTimeoutError, UntrustedServerError

if TYPE_CHECKING:
    from scgapi._core.content import Download, Upload
    from scgapi._core.outcome import Outcome
    from scgapi._core.request import Request
    from scgapi.errors import ScgError

DEFAULT_TIMEOUT = 30.0  # seconds
MAX_BODY = 64 * 1024 * 1024  # bytes of an answer that is held in memory; downloads have no limit
USER_AGENT = f"scgapi/{__version__}"

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class _QuietURL(httpx.URL):
    """A URL that shows neither query nor path: httpx logs every URL, and ours hold tokens and phone numbers."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}/…"


class Transport:
    """Sends requests through an httpx client, its own or one that the caller keeps."""

    def __init__(self, timeout: float | None, http_client: httpx.Client | None) -> None:
        if http_client is not None and not isinstance(http_client, httpx.Client):
            raise ConfigurationError(
                f"http_client must be an httpx.{httpx.Client.__name__}, got {type(http_client).__name__}"
            )
        # A caller's own client has a time limit of its own, unless one is asked for.
        limits = (
            None if timeout is None and http_client is not None else httpx.Timeout(timeout or DEFAULT_TIMEOUT)
        )
        self._extensions: dict[str, object] = {} if limits is None else {"timeout": limits.as_dict()}
        self._owned = http_client is None
        self._http = http_client if http_client is not None else _new_client()
        self._home = home()
        self._closed = False
        self._used = False

    def send(
        self, request: Request, credentials: Mapping[str, str], target: Download | None = None
    ) -> Response:
        """One attempt. A successful body goes to the target, if there is one, else into the response.

        Raises:
            ConnectionFailedError: no complete response; `outcome` tells whether the request may have left.
        """
        http = self._at_home()
        if self._closed or http.is_closed:
            raise ConfigurationError(f"{request.operation.name}: the client is closed; nothing was sent")
        message = self._message(request, credentials)
        try:
            # No auth: a caller's client may have its own, which would take the place of the token.
            response = http.send(message, stream=True, auth=None, follow_redirects=False)
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            failure = _failure(request.operation.name, error)
        else:
            return self._receive(request, response, target)
        # Raised out here: the httpx error would bring the request, with its token, into the traceback.
        raise failure

    def close(self) -> None:
        """Close the connections, unless they are the caller's."""
        self._closed = True
        if self._owned:
            self._http.close()

    def _at_home(self) -> httpx.Client:
        """The connections; after a fork, or in another event loop, new ones: the old would mix up answers or fail."""
        here = home()
        if self._owned and here != self._home:
            # Made outside of any loop, a client belongs to the first that uses it.
            if self._used:
                self._http = _new_client()
            self._home = here
        self._used = True
        return self._http

    def _own_limits(self) -> dict[str, object]:
        return {"timeout": self._http.timeout.as_dict()}

    def _message(self, request: Request, credentials: Mapping[str, str]) -> httpx.Request:
        headers = {"user-agent": USER_AGENT, "accept": "application/json, */*", **credentials}
        if request.content_type is not None:
            headers["content-type"] = request.content_type
        content = request.content
        if content is None or isinstance(content, bytes):
            body: bytes | Iterator[bytes] | None = content
        else:
            headers["content-length"] = str(content.size)
            body = _read(content)
        message = httpx.Request(
            request.operation.method,
            request.url,
            headers=headers,
            content=body,
            extensions=self._extensions or self._own_limits(),
        )
        message.url = _QuietURL(message.url)
        return message

    def _receive(self, request: Request, response: httpx.Response, target: Download | None) -> Response:
        status, headers = response.status_code, dict(response.headers)  # httpx lower-cases the names
        chunks: list[bytes] = []
        room = MAX_BODY
        if target is not None and response.is_success:
            in_place(target.restart)
        else:
            target = None
        try:
            for chunk in response.iter_bytes():
                if target is not None:
                    in_place(target.write, chunk)
                    continue
                chunks.append(chunk)
                room -= len(chunk)
                if room < 0:
                    break
        except (httpx.HTTPError, httpx.StreamError) as error:
            failure = _failure(request.operation.name, error)
            if response.is_success:  # its head has come: it was done, only the answer is lost
                failure.outcome = "ACCEPTED_UNPARSED"
        else:
            whole = Response(status, headers, b"".join(chunks))
            if room >= 0:
                return whole
            failure = too_large(request.operation, whole, MAX_BODY)
        finally:
            response.close()
        if not response.is_success:  # a refusal is one without its text, too
            return Response(status, headers, b"".join(chunks)[:MAX_BODY])
        raise failure


def _new_client() -> httpx.Client:
    # No environment: .netrc and proxy variables are for those who bring a client of their own.
    return httpx.Client(trust_env=False)


def _read(content: Upload) -> Iterator[bytes]:
    content.rewind()
    while chunk := in_place(content.read):
        yield chunk


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
    seen: set[int] = set()  # a chain of errors may lead back to itself
    while error is not None and id(error) not in seen:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False
