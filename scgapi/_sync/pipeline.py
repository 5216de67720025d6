# Generated from scgapi/_async/pipeline.py by tools/generate.py: edit that file.
"""The path of every call: authorise, send, retry, check, read."""

from __future__ import annotations

import copy
import itertools
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from scgapi._core.attempts import Attempts, RetryRules
from scgapi._core.budget import RetryBudget
from scgapi._core.change_counts import ChangeCounts
from scgapi._core.clock import Clock
from scgapi._core.conflicts import add_versions, build_read_back, needs_read_back, was_applied
from scgapi._core.deadline import Deadline, default_limit
from scgapi._core.look_up import Controls
from scgapi._core.observing import Observation, Observers, Sending
from scgapi._core.operation import Operation
from scgapi._core.redact import redact
from scgapi._core.refusals import REFUSAL_MEMORY_SECONDS
from scgapi._core.request import Endpoints, Request
from scgapi._core.response import Response, check_response, is_token_rejected
from scgapi._core.retry import RetryPolicy
from scgapi._io.clock import SystemClock
from scgapi._io.latest import LATEST
from scgapi._io.threads.concurrency import PerProcess
from scgapi._sync.exchange import exchange
from scgapi._sync.transport.transport import Transport
from scgapi.errors import ApiError, ConfigurationError, ConflictError, NotFoundError, ScgError

if TYPE_CHECKING:
    from typing import Self

    from scgapi._core.token_state import StoredToken
    from scgapi._io.content import Download
    from scgapi._sync.tokens import Tokens
    from scgapi.auth import AuthInfo

T = TypeVar("T")

ALREADY_APPLIED = Response(204, {}, b"")
"""Response of a call that turns out to be applied already."""


_VAIN = (
    "the token is good: one that had just been refreshed was refused here, too. Check that this application may use the "
    f"resource; the token is not refreshed because of it again for {REFUSAL_MEMORY_SECONDS:g} s"
)


def identity(response: Response) -> Response:
    """Return the response itself: the `read` function of calls that want it unread."""
    return response


class _Call(NamedTuple, Generic[T]):
    """One call: what is sent, how the response is read, and the attempts so far."""

    request: Request
    read: Callable[[Response], T]
    target: Download | None
    deadline: Deadline
    attempts: Attempts
    observation: Observation | None


class Pipeline:
    """The pipeline of one client: it turns a request into the result that its 2xx response holds, or raises."""

    def __init__(
        self,
        auth: AuthInfo,
        endpoints: Endpoints,
        transport: Transport,
        *,
        retry: RetryPolicy,
        timeout: float | None,
    ) -> None:
        self.endpoints = endpoints
        self.clock: Clock = SystemClock()
        self.retry = retry
        self.timeout = timeout
        self.controls: defaultdict[Operation, Controls] = defaultdict(Controls)
        """The last sends that the gateway certainly accepted, by the operation that lists them."""
        self.changes = ChangeCounts()
        self.observers = Observers()
        self._auth = auth
        self._transport = transport
        self._tokens = _tokens(auth, endpoints, transport, self.observers) if auth.can_refresh else None
        self._budgets = PerProcess(partial(RetryBudget, retry.budget))
        self._transactions = itertools.count(1)

    def with_options(self, retry: RetryPolicy | None, timeout: float | None) -> Self:
        """Return a pipeline with other options that shares connections, token and retry budget with this one."""
        other = copy.copy(self)
        other.retry = retry or self.retry
        other.timeout = timeout or self.timeout
        return other

    def close(self) -> None:
        """Save the token, if it could not be saved before."""
        if self._tokens is not None:
            self._tokens.close()

    def deadline(self, operation: Operation, usual: float = 0.0) -> Deadline:
        """Return the deadline of a call that begins now: no later than `LATEST`."""
        return Deadline.after(self.timeout or usual or default_limit(operation), self.clock, LATEST.get())

    def refresh_token(self, operation: Operation) -> StoredToken:
        """Refresh the access token now.

        Raises:
            ConfigurationError: the credentials have no key and secret; nothing was sent.
            ScgError: the token could not be refreshed.
        """
        if self._tokens is None:
            raise ConfigurationError(
                f"{operation.name} needs the consumer key and secret: AuthInfo(key=…, secret=…). Nothing was sent.",
                operation=operation.name,
            )
        return self._tokens.refresh(operation.name, self.deadline(operation))

    def call(
        self,
        request: Request,
        read: Callable[[Response], T],
        *,
        target: Download | None = None,
        deadline: Deadline | None = None,
        part_of: Observation | None = None,
    ) -> T:
        """Send until it succeeds or the policy gives up; a successful body goes to the target, if there is one.

        With `part_of`, its attempts are attempts of that observed call.

        Raises:
            ScgError: it failed for good, or must not be repeated.
        """
        operation = request.operation
        limit = deadline or self.deadline(operation)
        observation = part_of or self.observe(operation)
        call = _Call(request, read, target, limit, Attempts(), observation)
        if observation is None or observation is part_of:
            return self._complete(call)
        with observation:
            result = self._complete(call)
            if operation.creates and isinstance(result, str):
                observation.created_id = result
            return result

    def observe(
        self, operation: Operation, sending: Callable[[], Sending] | None = None
    ) -> Observation | None:
        """Begin the observation of a call; return None if no one observes or logs it."""
        return self.observers.begin(operation, self.endpoints, self.clock, sending)

    def _complete(self, call: _Call[T]) -> T:
        operation = call.request.operation
        self.changes.begin(operation)
        try:
            result = self._make(call)
            self._budgets.get().refund()
        except ScgError as error:
            call.attempts.complete(error)
            if not (operation.versioned and needs_read_back(error)):
                raise
            result = self._read_back(call, error)
        finally:
            self.changes.end(operation)
        if operation.creates and isinstance(result, str):
            self.changes.add_created(operation, result)
        return result

    def _make(self, call: _Call[T]) -> T:
        try:
            return self._try(call)
        except ScgError as error:
            failure = error
        # Only after a failure: loading and entering tenacity costs more than the rest of most calls.
        from tenacity import Retrying

        rules = RetryRules(
            self.retry,
            call.request.operation,
            call.deadline,
            self._budgets.get(),
            self.clock.random,
            call.observation,
        )
        for attempt in Retrying(
            retry=rules.retry,
            wait=rules.wait,
            stop=rules.stop,
            before_sleep=rules.note,
            sleep=self.clock.sleep,
            reraise=True,
        ):
            if attempt.retry_state.attempt_number == 1:
                attempt.retry_state.set_exception((type(failure), failure, failure.__traceback__))
                continue
            with attempt:
                return self._try(call)
        raise AssertionError("tenacity raises the last error")

    def _try(self, call: _Call[T]) -> T:
        try:
            return self._send(call)
        except ScgError as error:
            is_deletion = call.request.operation.method == "DELETE"
            if is_deletion and isinstance(error, NotFoundError) and call.attempts.in_doubt:
                # An earlier attempt, whose response was lost, had deleted it.
                return call.read(ALREADY_APPLIED)
            call.attempts.add(error)
            raise

    def _send(self, call: _Call[T]) -> T:
        """Send once, and once more with a new token if the gateway rejected the old one.

        A token that others had refreshed before may have been rejected since: then there is a third time.
        """
        request, deadline, tokens = call.request, call.deadline, self._tokens
        name = request.operation.name
        send = self._transport.send
        if call.observation is not None:
            send = partial(exchange, self._transport, call.observation)
        token = self._auth.token if tokens is None else tokens.current(name, deadline)
        sent, fresh, vain = 1, False, False
        try:
            response = send(request, self._credentials(token), deadline, call.target)
            while (
                tokens is not None
                and not fresh
                and sent < 3
                and is_token_rejected(request.operation, response)
            ):
                vain = tokens.refresh_cannot_help(token, request, deadline.clock)
                if vain:
                    break
                refresh = tokens.replace(token, name, deadline)
                token, fresh = refresh.token, refresh.fresh
                sent += 1
                response = send(request, self._credentials(token), deadline, call.target)
            if tokens is not None and fresh and is_token_rejected(request.operation, response):
                tokens.refusals.note(request, deadline.clock.monotonic())
                vain = True
            if response.status >= 400:
                # Imported for refusals only.
                from scgapi._core.sent_numbers import locate_numbers

                response = locate_numbers(response, request.content)
            now = datetime.fromtimestamp(self.clock.now(), UTC)
            return call.read(check_response(request.operation, response, now))
        except ScgError as error:
            error.attempts = sent
            if vain:
                error.add_note(_VAIN)
            if isinstance(error, ApiError):
                # An error page of a proxy may repeat the request.
                redact(error, request, (token, self._auth.key, self._auth.secret))
            raise

    def _read_back(self, call: _Call[T], failure: ScgError) -> T:
        """Read what an update in doubt, or a stale one, left, and return its result if it was applied.

        Raises:
            ScgError: it was not applied, or the object cannot be read.
        """
        try:
            request = build_read_back(call.request)
            current = (self.call(request, identity, deadline=call.deadline)).content
        except ScgError:
            current = b""
        in_doubt = failure.in_doubt if isinstance(failure, ConflictError) else True
        if in_doubt and was_applied(call.request, current):
            return call.read(ALREADY_APPLIED)
        if isinstance(failure, ConflictError):
            add_versions(call.request, current, failure)
        raise failure from None

    def _credentials(self, token: str | None) -> dict[str, str]:
        return self._auth.headers(token, next(self._transactions))


def _tokens(auth: AuthInfo, endpoints: Endpoints, transport: Transport, observers: Observers) -> Tokens:
    # Loaded only for tokens that can be refreshed.
    from scgapi._sync.tokens import Tokens

    return Tokens(auth, endpoints, transport, observers)
