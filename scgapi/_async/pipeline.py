"""One place where calls are authorised, sent, repeated and checked."""

from __future__ import annotations

import itertools
import logging
from typing import TYPE_CHECKING

from scgapi._async.transport import AsyncTransport
from scgapi._concurrency import AsyncSingleFlight
from scgapi._core.conflicts import conflict, reading_of, was_applied
from scgapi._core.doubt import is_in_doubt, leave_in_doubt
from scgapi._core.request import Endpoints, Request
from scgapi._core.response import Response, checked, is_expiry
from scgapi._core.retry import RetryPolicy, pause_before_retry
from scgapi.auth import REFRESH, AuthInfo, refresh_failure, refreshed_token
from scgapi.errors import ConflictError, NotFoundError, ScgError

if TYPE_CHECKING:
    from scgapi._core.clock import Clock
    from scgapi._core.content import Download

log = logging.getLogger("scgapi")


class AsyncPipeline:
    """Turns a request into a complete 2xx response, or raises."""

    def __init__(
        self,
        auth: AuthInfo,
        endpoints: Endpoints,
        retry: RetryPolicy,
        transport: AsyncTransport,
        clock: Clock,
    ) -> None:
        self.endpoints = endpoints
        self.clock = clock
        self._auth = auth
        self._retry = retry
        self._transport = transport
        self._token = auth.token
        self._refreshing: AsyncSingleFlight[str] = AsyncSingleFlight()
        self._transactions = itertools.count(1)

    @property
    def attempts(self) -> int:
        """How often the policy tries, the first time included."""
        return self._retry.attempts

    async def call(self, request: Request, target: Download | None = None) -> Response:
        """Send until it succeeds or the policy gives up; a successful body goes to the target, if there is one.

        Raises:
            ScgError: it failed for good, or must not be repeated.
        """
        try:
            return await self._persistently(request, target)
        except ConflictError as error:
            if not (request.operation.versioned and error.code == "1001"):
                raise
            found = error
        return await self._compared(request, found)

    async def _persistently(self, request: Request, target: Download | None) -> Response:
        began = self.clock.monotonic()
        try:
            return await self._attempt(request, target)
        except ScgError as error:
            if self._pause(request, error, 1, began) is None:
                raise
            first = error
        return await self._repeat(request, target, first, began)

    async def _repeat(
        self, request: Request, target: Download | None, first: ScgError, began: float
    ) -> Response:
        # Only here, after a first failure: entering tenacity for each call would cost more than validating it.
        from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

        attempts = 0
        pauses: dict[int, float | None] = {}
        in_doubt = False

        async def attempt() -> Response:
            nonlocal attempts, in_doubt
            attempts += 1
            try:
                if attempts == 1:
                    raise first
                return await self._attempt(request, target)
            except ScgError as error:
                if isinstance(error, NotFoundError) and in_doubt and request.operation.method == "DELETE":
                    return Response(204, {}, b"")  # an earlier attempt, whose answer was lost, had deleted it
                error.attempts = attempts
                wait = pauses[attempts] = self._pause(request, error, attempts, began)
                if isinstance(error, ConflictError):
                    error.in_doubt = in_doubt
                elif in_doubt:
                    leave_in_doubt(error)
                in_doubt = in_doubt or is_in_doubt(error)
                if wait is not None:
                    log.info(
                        "%s: attempt %d: %s, next in %.2f s", request.operation, attempts, error.outcome, wait
                    )
                raise

        def pause(state: RetryCallState) -> float:
            return pauses[state.attempt_number] or 0.0

        def stop(state: RetryCallState) -> bool:
            return pauses[state.attempt_number] is None

        retrying = AsyncRetrying(
            sleep=self.clock.async_sleep,
            wait=pause,
            stop=stop,
            retry=retry_if_exception_type(ScgError),
            reraise=True,
        )
        return await retrying(attempt)

    def _pause(self, request: Request, error: ScgError, attempt: int, began: float) -> float | None:
        return pause_before_retry(
            self._retry,
            error,
            repeatable=request.operation.repeatable,
            attempt=attempt,
            elapsed=self.clock.monotonic() - began,
            jitter=self.clock.random(),
        )

    async def _compared(self, request: Request, found: ConflictError) -> Response:
        """A stale version: ours, if an attempt whose answer was lost had been applied; else somebody else's change."""
        try:
            current = (await self._persistently(reading_of(request), None)).content
        except ScgError:
            current = b""
        if found.in_doubt and was_applied(request, current):
            return Response(204, {}, b"")
        raise conflict(request, current, found) from None

    async def _attempt(self, request: Request, target: Download | None) -> Response:
        """Send once, and once more with a new token if the old one is what was refused."""
        began = self.clock.monotonic()
        if not self._token and not self._auth.is_internal:
            await self._refresh(None, request)
        token = self._token
        response = await self._transport.send(
            request, self._auth.headers(token, next(self._transactions)), target
        )
        if is_expiry(request.operation, response) and self._auth.is_renewable:
            renewed = await self._refresh(token, request)
            credentials = self._auth.headers(renewed, next(self._transactions))
            response = await self._transport.send(request, credentials, target)
        if log.isEnabledFor(logging.DEBUG):
            took = (self.clock.monotonic() - began) * 1000
            log.debug("%s: %d in %.0f ms", request.operation, response.status, took)
        return checked(request.operation, response)

    async def _refresh(self, bad: str | None, request: Request) -> str:
        """A token other than the bad one: from whoever has renewed it already, or from the token service."""

        def newer() -> str | None:
            return self._token if self._token != bad else None

        async def renew() -> str:
            # The URL holds the secret: it is built here, sent, and shown nowhere.
            url = f"{self.endpoints.base(REFRESH)}{REFRESH.path}?{self._auth.refresh_query(bad)}"
            response = await self._transport.send(Request(REFRESH, url), {})
            self._token = refreshed_token(self._auth.without_secrets(response, bad))
            log.info("the access token was renewed")
            return self._token

        try:
            return await self._refreshing.run(renew, newer)
        except ScgError as error:
            failure = refresh_failure(error, request.operation.name)
        raise failure
