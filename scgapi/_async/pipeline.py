"""One place where calls are authorised, sent, repeated, checked and read."""

from __future__ import annotations

import copy
import itertools
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from scgapi._async.transport import AsyncTransport
from scgapi._core.budget import RetryBudget
from scgapi._core.clock import Clock, Deadline, deadline, usual_limit
from scgapi._core.conflicts import conflict, reading_of, was_applied, worth_reading_back
from scgapi._core.doubt import DOUBTFUL, is_in_doubt, leave_in_doubt
from scgapi._core.operation import Operation
from scgapi._core.request import Endpoints, Request
from scgapi._core.response import Response, checked, hide, is_expiry
from scgapi._core.retry import RetryPolicy, is_asked_for, pause_before_retry
from scgapi._tasks.concurrency import Homes
from scgapi.errors import ApiError, ConflictError, NotFoundError, ScgError

if TYPE_CHECKING:
    from typing_extensions import Self

    from scgapi._async.tokens import AsyncTokens
    from scgapi._core.content import Download
    from scgapi._core.outcome import Outcome
    from scgapi.auth import AuthInfo

T = TypeVar("T")

log = logging.getLogger("scgapi")

NOTHING = Response(204, {}, b"")
"""What a call is answered that proves to have been done already."""


def whole(response: Response) -> Response:
    """Read nothing: the response itself is wanted."""
    return response


class AsyncPipeline:
    """Turns a request into what its complete 2xx response says, or raises."""

    def __init__(
        self,
        auth: AuthInfo,
        endpoints: Endpoints,
        transport: AsyncTransport,
        *,
        retry: RetryPolicy,
        timeout: float | None,
    ) -> None:
        self.endpoints = endpoints
        self.clock = Clock()
        self.retry = retry
        self.timeout = timeout
        self.seen: dict[Operation, str] = {}
        """The external id of the last send that was certainly taken, by the operation that lists it."""
        self._auth = auth
        self._transport = transport
        self._tokens = _tokens(auth, endpoints, transport) if auth.is_renewable else None
        self._budgets = Homes(partial(RetryBudget, retry.budget))
        self._transactions = itertools.count(1)

    def with_options(self, retry: RetryPolicy | None, timeout: float | None) -> Self:
        """The same connections, token and budget, used otherwise."""
        other = copy.copy(self)
        other.retry = retry or self.retry
        other.timeout = timeout or self.timeout
        return other

    def deadline(self, operation: Operation, usual: float = 0.0) -> Deadline:
        """When a call that begins now has ended."""
        return deadline(self.clock, self.timeout or usual or usual_limit(operation))

    async def call(
        self,
        request: Request,
        read: Callable[[Response], T],
        *,
        target: Download | None = None,
        until: Deadline | None = None,
    ) -> T:
        """Send until it succeeds or the policy gives up; a successful body goes to the target, if there is one.

        Raises:
            ScgError: it failed for good, or must not be repeated.
        """
        until = until or self.deadline(request.operation)
        try:
            result = await self._attempt(request, read, target, until)
        except ScgError as error:
            first = error
            pause = self._pause(request, error, 1, until)
        else:
            self._budgets.here().refund()
            return result
        try:
            if pause is None:
                raise first
            result = await self._repeat(request, read, target, until, first, pause)
        except ScgError as error:
            if not (request.operation.versioned and worth_reading_back(error)):
                raise
            found = error
        else:
            self._budgets.here().refund()
            return result
        await self._compare(request, found, until)
        return read(NOTHING)

    async def _repeat(
        self,
        request: Request,
        read: Callable[[Response], T],
        target: Download | None,
        until: Deadline,
        first: ScgError,
        pause: float,
    ) -> T:
        # Only here, after a first failure: entering tenacity for each call would cost more than validating it.
        from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

        attempts, sent = 0, first.attempts
        known: Outcome = first.outcome
        following: float | None = pause

        async def attempt() -> T:
            nonlocal attempts, sent, known, following
            attempts += 1
            if attempts == 1:
                raise first
            in_doubt = known in DOUBTFUL
            try:
                return await self._attempt(request, read, target, until)
            except ScgError as error:
                if isinstance(error, NotFoundError) and in_doubt and request.operation.method == "DELETE":
                    return read(NOTHING)  # an earlier attempt, whose answer was lost, had deleted it
                sent = error.attempts = sent + error.attempts
                following = self._pause(request, error, attempts, until)
                is_stale = isinstance(error, ConflictError) and error.code == "1001"
                if isinstance(error, ConflictError):
                    error.in_doubt = in_doubt
                if in_doubt and not is_stale:  # what staleness means shows when the object is read back
                    leave_in_doubt(error, known)
                known = error.outcome if is_in_doubt(error) else known
                raise

        def wait(_: RetryCallState) -> float:
            return following or 0.0

        def stop(_: RetryCallState) -> bool:
            return following is None

        retrying = AsyncRetrying(
            sleep=self.clock.async_sleep,
            wait=wait,
            stop=stop,
            retry=retry_if_exception_type(ScgError),
            reraise=True,
        )
        return await retrying(attempt)

    def _pause(self, request: Request, error: ScgError, attempt: int, until: Deadline) -> float | None:
        pause = pause_before_retry(
            self.retry,
            error,
            repeatable=request.operation.repeatable,
            attempt=attempt,
            left=until.left(),
            jitter=self.clock.random(),
        )
        if pause is not None and not is_asked_for(error) and not self._budgets.here().take():
            error.add_note(
                "not tried again: too many calls of this client have failed, see RetryPolicy.budget"
            )
            pause = None
        if pause is not None:
            log.info("%s: attempt %d: %s, next in %.2f s", request.operation, attempt, error.outcome, pause)
        return pause

    async def _compare(self, request: Request, found: ScgError, until: Deadline) -> None:
        """Read back what an update in doubt, or a stale one, left: it is done if it is as the update would have it.

        Raises:
            ScgError: it is not, or cannot be read.
        """
        try:
            current = (await self.call(reading_of(request), whole, until=until)).content
        except ScgError:
            current = b""
        in_doubt = found.in_doubt if isinstance(found, ConflictError) else True
        if in_doubt and was_applied(request, current):
            return
        raise (conflict(request, current, found) if isinstance(found, ConflictError) else found) from None

    async def _attempt(
        self, request: Request, read: Callable[[Response], T], target: Download | None, until: Deadline
    ) -> T:
        """Send once, and once more with a new token if the old one is what was refused.

        A token that others had renewed before may have been refused since: then there is a third time.
        """
        name = request.operation.name
        began = self.clock.monotonic()
        tokens = self._tokens
        token = self._auth.token if tokens is None else await tokens.current(name, until)
        sent, fresh = 1, False
        try:
            response = await self._transport.send(request, self._credentials(token), until, target)
            while tokens is not None and not fresh and sent < 3 and is_expiry(request.operation, response):
                renewal = await tokens.renewed(token, name, until)
                token, fresh = renewal.token, renewal.fresh
                sent += 1
                response = await self._transport.send(request, self._credentials(token), until, target)
            if log.isEnabledFor(logging.DEBUG):
                took = (self.clock.monotonic() - began) * 1000
                log.debug("%s: %d in %.0f ms", request.operation, response.status, took)
            return read(checked(request.operation, response))
        except ScgError as error:
            error.attempts = sent
            log.debug("%s: %s, %s", request.operation, type(error).__name__, error.outcome)
            if isinstance(error, ApiError):  # a proxy's page may repeat what it was asked with
                known = (token, self._auth.key, self._auth.secret, *request.secrets)
                hide(error, (secret for secret in known if secret and len(secret) >= 8))
            raise

    def _credentials(self, token: str | None) -> dict[str, str]:
        return self._auth.headers(token, next(self._transactions))


def _tokens(auth: AuthInfo, endpoints: Endpoints, transport: AsyncTransport) -> AsyncTokens:
    from scgapi._async.tokens import AsyncTokens  # a token that stays needs nothing of it

    return AsyncTokens(auth, endpoints, transport)
