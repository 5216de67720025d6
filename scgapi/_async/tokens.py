"""The access token of a client: shared by all its calls, and refreshed once for all of them when it expires."""

from __future__ import annotations

import contextlib
import logging
import threading
from dataclasses import replace
from functools import partial

from scgapi._async.exchange import exchange
from scgapi._async.transport.transport import AsyncTransport
from scgapi._core.clock import Clock
from scgapi._core.deadline import Deadline
from scgapi._core.observing import UNOBSERVED, Observation, Observers
from scgapi._core.refusals import Refusals
from scgapi._core.request import Endpoints, Request
from scgapi._core.token_state import (
    EARLY_REFRESH_LIMIT_SECONDS,
    Adopt,
    CurrentToken,
    Replacement,
    StoredToken,
    fallback_token,
    initial_token,
    is_refused,
    is_response_lost,
    next_token,
    plan_refresh,
    should_retry,
)
from scgapi._core.tracebacks import async_trim_traceback
from scgapi._http.attempt import error_location
from scgapi._io.tasks.concurrency import AsyncRelease, AsyncSingleFlight, PerProcess, in_thread
from scgapi._io.tasks.trace import AsyncTimeLimit
from scgapi._io.token_file import StoreLock, TokenFile, TokenMemory, TokenStore
from scgapi.auth import REFRESH, AuthInfo, parse_refresh, refresh_failure
from scgapi.errors import ConfigurationError, ConnectionFailedError, RequestTimeoutError, ScgError

log = logging.getLogger("scgapi.tokens")

REFRESH_LIMIT_SECONDS = 15.0
"""Time limit of a refresh, whatever time the call that needs it has left."""
REFRESH_BACKOFF_SECONDS = 1.0
"""Time after a failed refresh during which no call asks the token service again."""

_LOCK_GRACE_SECONDS = 1.0
"""Time beyond a refresh's deadline after which its lock is released in any case."""
_LOCK_POLL_SECONDS = 0.02
"""Time between two tries to take a lock that another process holds."""
_RETRY_PAUSE_SECONDS = 0.25
"""Base of the random pause before a request to the token service is repeated; it doubles each time."""


class AsyncTokens:
    """Source of the token for each call.

    Attributes:
        refusals: resources that refused a token which had just been refreshed.
    """

    def __init__(
        self, auth: AuthInfo, endpoints: Endpoints, transport: AsyncTransport, observers: Observers
    ) -> None:
        self._auth = auth
        self._endpoints = endpoints
        self._transport = transport
        self._observers = observers
        self._store: TokenStore = TokenFile(auth.token_file) if auth.token_file else TokenMemory(auth.token)
        self._current: CurrentToken | None = None if auth.token_file else CurrentToken(auth.token)
        self._current_locks = PerProcess(threading.Lock)
        self._refreshes: AsyncSingleFlight[Replacement] = AsyncSingleFlight()
        self._early_refreshes: AsyncSingleFlight[Replacement] = AsyncSingleFlight()
        self._last_failure: tuple[float, _RefreshFailed] | None = None
        self.refusals = Refusals()

    async def current(self, operation: str, deadline: Deadline) -> str | None:
        """Return the token to send with a call; None if internal headers take its place.

        Raises:
            ScgError: there is no token yet, and the token service gave none; the call was not sent.
        """
        if self._auth.is_internal:
            return None
        current = self._current or await self._load(operation, deadline)
        if current.token is None:
            return (await self.replace(None, operation, deadline)).token
        if current.refresh_at <= deadline.clock.monotonic() and self._claim_early_refresh(
            current, deadline.clock
        ):
            return await self._refresh_early(current.token, deadline)
        return current.token

    async def replace(self, bad: str | None, operation: str, deadline: Deadline) -> Replacement:
        """Return a token to use instead of the rejected one: a newer one that is known already, or a refreshed one.

        Raises:
            ScgError: the token could not be refreshed; the call that needed it was not processed.
        """

        def newer() -> Replacement | None:
            token = None if self._current is None else self._current.token
            return None if token is None or token == bad else Replacement(token, fresh=False)

        @async_trim_traceback
        async def refresh() -> Replacement:
            return await self._refresh(bad, deadline.capped(REFRESH_LIMIT_SECONDS), wait=True)

        recent = self._recent_failure(deadline.clock)
        if recent is not None and newer() is None:
            raise refresh_failure(recent.cause, operation, lost=recent.lost)
        try:
            return await self._refreshes.run(refresh, newer, deadline.remaining())
        except TimeoutError:
            text = f"{operation}: the token was not refreshed in time; the call was not processed. Try again, or pass a longer timeout."
            failure: ScgError = RequestTimeoutError(text, operation=operation, outcome="NOT_SENT")
        except ConfigurationError as error:
            failure = _with_operation(error, operation)
        except _RefreshFailed as error:
            failure = refresh_failure(error.cause, operation, lost=error.lost)
        except ScgError as error:
            failure = refresh_failure(error, operation)
        except Exception as error:  # noqa: BLE001 - such as when no thread can be started
            failure = _unforeseen_error(error, operation)
        raise failure

    async def refresh(self, operation: str, deadline: Deadline) -> StoredToken:
        """Refresh the token now. A refresh that runs meanwhile, here or in another process, counts as this one.

        Raises:
            ScgError: the token could not be refreshed.
        """
        began = deadline.clock.now()
        old = (self._current or await self._load(operation, deadline)).token
        new = await self.replace(old, operation, deadline)
        stored = await in_thread(self._store.read)
        if not new.fresh and stored.obtained < began:
            # Another process had refreshed it long before this call.
            await self.replace(new.token, operation, deadline)
            stored = await in_thread(self._store.read)
        return stored

    async def refresh_cannot_help(self, bad: str | None, request: Request, clock: Clock) -> bool:
        """Return True if a refresh would not help a request that was answered 401: the token works for other resources.

        A token that was replaced meanwhile, or whose validity has passed, is always worth a refresh.
        """
        if not self.refusals.include(request, clock.monotonic()):
            return False
        if self._current is not None and self._current.token != bad:
            return False
        try:
            stored = await in_thread(self._store.read)
        except ConfigurationError:
            return True
        return stored.token in (None, bad) and not stored.is_expired(clock.now())

    async def close(self) -> None:
        """Try a last time to write a token that could not be written before."""
        if not self._store.is_unsaved:
            return
        lock = StoreLock(self._store)
        with contextlib.suppress(Exception), AsyncRelease(lock.release, _LOCK_GRACE_SECONDS):
            if await in_thread(lock.acquire):
                await in_thread(lock.save)

    async def _load(self, operation: str, deadline: Deadline) -> CurrentToken:
        """Read the stored token, when the client first needs one."""
        try:
            # All threads of a busy event loop may be taken.
            async with AsyncTimeLimit(deadline):
                stored = await in_thread(self._store.read)
        except TimeoutError:
            text = f"{operation}: the token file was not read in time; nothing was sent. Try again, or pass a longer timeout."
            failure: ScgError = RequestTimeoutError(text, operation=operation)
        except ConfigurationError as error:
            failure = _with_operation(error, operation)
        except Exception as error:  # noqa: BLE001 - such as when no thread can be started
            failure = _unforeseen_error(error, operation)
        else:
            first = self._initial(stored, deadline.clock)
            with self._current_locks.get():
                # Another thread may have loaded it, and even refreshed it, meanwhile.
                found = self._current = self._current or first
            return found
        raise failure

    def _initial(self, stored: StoredToken, clock: Clock) -> CurrentToken:
        return initial_token(stored, self._auth.token, (clock.monotonic(), clock.now()), clock.random())

    def _publish(self, new: CurrentToken) -> None:
        """Make all calls use a token. The caller holds the store's lock, so that no older token follows a newer one."""
        with self._current_locks.get():
            self._current = new

    def _claim_early_refresh(self, old: CurrentToken, clock: Clock) -> bool:
        """Claim the early refresh; at most one caller per interval gets True."""
        with self._current_locks.get():
            first = self._current is old
            if first:
                self._current = replace(old, refresh_at=clock.monotonic() + old.retry_seconds)
        return first

    async def _refresh_early(self, token: str, deadline: Deadline) -> str:
        """Return a refreshed token, or the old one if the refresh fails: the old one is still valid."""
        limited = deadline.capped(min(EARLY_REFRESH_LIMIT_SECONDS, deadline.remaining() / 2))

        @async_trim_traceback
        async def refresh() -> Replacement:
            return await self._refresh(token, limited, wait=False)

        try:
            return (await self._early_refreshes.run(refresh, lambda: None, limited.remaining())).token
        except Exception as error:  # noqa: BLE001 - the old token still serves
            log.info("the access token was not refreshed before its end: %s", type(error).__name__)
            return token

    async def _refresh(self, bad: str | None, deadline: Deadline, *, wait: bool) -> Replacement:
        """Refresh the token under the store's lock. If `wait` is False, do it only if the lock is free.

        Raises:
            TimeoutError: another process or client holds the lock for too long.
        """
        lock = StoreLock(self._store)
        with AsyncRelease(lock.release, deadline.remaining() + _LOCK_GRACE_SECONDS):
            while not await in_thread(lock.acquire):
                if not wait or deadline.remaining() <= _LOCK_POLL_SECONDS:
                    raise TimeoutError
                await deadline.clock.async_sleep(_LOCK_POLL_SECONDS)
            if self._store.is_unsaved and not wait:
                return await self._save(lock, bad, deadline.clock)
            return await self._refresh_locked(lock, bad, deadline)

    async def _save(self, lock: StoreLock, token: str | None, clock: Clock) -> Replacement:
        """Write a token that could not be written before. It is not refreshed early as long as that fails."""
        kept = await in_thread(lock.save)
        if kept is None or self._current is None:
            return Replacement(token or "", fresh=False)
        self._publish(next_token(self._initial(kept, clock), self._current, None, self._auth.token))
        return Replacement(kept.token or "", fresh=False)

    async def _refresh_locked(self, lock: StoreLock, bad: str | None, deadline: Deadline) -> Replacement:
        clock, before = deadline.clock, self._current or CurrentToken(None)
        stored = await in_thread(lock.read)
        step = plan_refresh(stored, bad, before.given_up, clock.now())
        if isinstance(step, Adopt):
            self._publish(next_token(self._initial(stored, clock), before, bad, self._auth.token))
            return Replacement(step.token, fresh=False)
        begun = stored.with_intent(step.old[0], clock.now())
        await in_thread(lock.write, begun)
        try:
            new = await self._present_in_turn(step.old, stored.intent is not None, deadline)
        except _RefreshFailed as failure:
            if not failure.in_doubt:
                await in_thread(lock.write, stored)
            is_final = is_refused(failure.cause)
            other = fallback_token(stored, before, bad, self._auth.token) if is_final else None
            if other is None or other.token is None:
                raise
            self._publish(other)
            log.warning(
                "the token in the token file was refused for good: the one from the credentials is used"
            )
            return Replacement(other.token, fresh=False)
        # Written before it is used: a token that only this process knows would be lost with it.
        kept = await in_thread(lock.replace, begun, new)
        current = next_token(self._initial(kept, clock), before, bad, self._auth.token)
        if self._store.is_unsaved:
            # An early refresh soon is a chance to write it.
            refresh_at = min(current.refresh_at, clock.monotonic() + current.retry_seconds)
            current = replace(current, refresh_at=refresh_at)
        self._publish(current)
        log.info("the access token was refreshed")
        return Replacement(kept.token or "", fresh=True)

    async def _present_in_turn(
        self, tokens: tuple[str | None, ...], in_doubt: bool, deadline: Deadline
    ) -> StoredToken:
        """Present old tokens to the token service until it accepts one.

        Raises:
            _RefreshFailed: the token service issued no new token, or its response was lost.
        """
        try:
            for old in tokens[:-1]:
                try:
                    return await self._present(old, in_doubt, deadline)
                except _RefreshFailed as failure:
                    if not is_refused(failure.cause):
                        raise
            return await self._present(tokens[-1], in_doubt, deadline)
        except _RefreshFailed as failure:
            # If the deadline has passed, this call had too little time: others may succeed.
            if deadline.remaining() > 0:
                self._last_failure = deadline.clock.monotonic() + REFRESH_BACKOFF_SECONDS, failure
            raise

    async def _present(self, old: str | None, in_doubt: bool, deadline: Deadline) -> StoredToken:
        """Present an old token; repeat it while responses are lost."""
        tries, clock = 0, deadline.clock
        begun = self._observers.begin(REFRESH, self._endpoints, clock)
        with begun or UNOBSERVED as observation:
            while True:
                tries += 1
                try:
                    return await self._request_token(old, deadline, observation)
                except ScgError as error:
                    found = error
                in_doubt = in_doubt or is_response_lost(found)
                pause = _RETRY_PAUSE_SECONDS * 2**tries * clock.random()
                if not should_retry(found, tries, in_doubt) or pause >= deadline.remaining():
                    if observation is not None:
                        observation.failure = found
                    raise _RefreshFailed(found.with_traceback(None), in_doubt) from None
                if observation is not None:
                    observation.note_retry(found, pause)
                await clock.async_sleep(pause)

    async def _request_token(
        self, old: str | None, deadline: Deadline, observation: Observation | None
    ) -> StoredToken:
        # The URL holds the secret: it must appear in no log and no error.
        url = f"{self._endpoints.base(REFRESH)}{REFRESH.path}?{self._auth.refresh_query(old)}"
        # Half of the time is kept for a second request, in case the response is lost.
        limited = deadline.capped(deadline.remaining() / 2)
        send = self._transport.send
        if observation is not None:
            send = partial(exchange, self._transport, observation)
        response = await send(Request(REFRESH, url), {}, limited)
        return parse_refresh(self._auth.without_secrets(response, old), deadline.clock.now())

    def _recent_failure(self, clock: Clock) -> _RefreshFailed | None:
        """Return the failure of a refresh that ended less than the backoff ago, if there is one."""
        if self._last_failure is None:
            return None
        backoff_end, failure = self._last_failure
        return failure if clock.monotonic() < backoff_end else None


class _RefreshFailed(Exception):
    """A failed refresh.

    Attributes:
        cause: the error of the last request to the token service.
        in_doubt: True if the token service may have issued a new token whose response was lost.
        lost: True if in doubt, and the token service now refuses the old token: the new one cannot be recovered.
    """

    def __init__(self, cause: ScgError, in_doubt: bool) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.in_doubt = in_doubt
        self.lost = in_doubt and is_refused(cause)


def _with_operation(error: ConfigurationError, operation: str) -> ConfigurationError:
    return ConfigurationError(f"{operation}: {error.message}", operation=operation)


def _unforeseen_error(error: Exception, operation: str) -> ConnectionFailedError:
    text = f"{operation}: no token could be obtained ({error_location(error)}); the call was not processed"
    return ConnectionFailedError(text, operation=operation)
