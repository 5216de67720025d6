# Generated from scgapi/_async/tokens.py by tools/generate.py: edit that file.
"""The access token: one for all calls of a client, and renewed once however many find it expired."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from scgapi._core.clock import Clock, Deadline
from scgapi._core.request import Endpoints, Request
from scgapi._core.token_state import (
    EARLY_LIMIT,
    Adopt,
    Held,
    Renewal,
    Stored,
    after,
    asks_again,
    holding,
    instead,
    is_answer_lost,
    is_refusal,
    plan,
)
from scgapi._sync.transport import Transport
from scgapi._threads.concurrency import Homes, SingleFlight, in_place
from scgapi._threads.trace import TimeLimit
from scgapi._token_file import Hold, TokenFile, TokenMemory, TokenStore
from scgapi.auth import REFRESH, AuthInfo, refresh_failure, renewed_at
from scgapi.errors import ConfigurationError, RequestTimeoutError, ScgError

log = logging.getLogger("scgapi")

RENEWAL_LIMIT = 15.0
"""Seconds that a renewal may take, whatever the call that needs it has left."""
QUIET = 1.0
"""Seconds after a failed renewal in which nobody asks the token service again."""

_POLL = 0.02  # seconds between two looks at a lock that another process holds
_PAUSE = 0.25  # seconds of which the pause before a repetition is drawn, doubling


class Tokens:
    """Knows the token that is good now."""

    def __init__(self, auth: AuthInfo, endpoints: Endpoints, transport: Transport) -> None:
        self._auth = auth
        self._endpoints = endpoints
        self._transport = transport
        self._store: TokenStore = TokenFile(auth.token_file) if auth.token_file else TokenMemory(auth.token)
        self._held: Held | None = None if auth.token_file else Held(auth.token)
        self._swapping = Homes(threading.Lock)
        self._renewing: SingleFlight[Renewal] = SingleFlight()
        self._preparing: SingleFlight[Renewal] = SingleFlight()
        self._failed: tuple[float, _Failure] | None = None

    def current(self, operation: str, deadline: Deadline) -> str | None:
        """The token to send with a call; None where internal headers take its place.

        Raises:
            ScgError: there is none yet, and none could be had; the call was not sent.
        """
        if self._auth.is_internal:
            return None
        held = self._held or self._loaded(operation, deadline)
        if held.token is None:
            return (self.renewed(None, operation, deadline)).token
        if held.due <= deadline.clock.monotonic() and self._claims(held, deadline.clock):
            return self._prepared(held.token, deadline)
        return held.token

    def renewed(self, bad: str | None, operation: str, deadline: Deadline) -> Renewal:
        """A token other than the bad one: from whoever has renewed it already, or from the token service.

        Raises:
            ScgError: none could be had; the call that needed it was not processed.
        """

        def newer() -> Renewal | None:
            token = None if self._held is None else self._held.token
            return None if token is None or token == bad else Renewal(token, fresh=False)

        def renew() -> Renewal:
            return self._renew(bad, deadline.sooner(RENEWAL_LIMIT), patient=True)

        recent = self._recent(deadline.clock)
        if recent is not None and newer() is None:
            raise refresh_failure(recent.cause, operation, lost=recent.lost)
        try:
            return self._renewing.run(renew, newer, deadline.left())
        except TimeoutError:
            text = f"{operation}: the token was not renewed in time; the call was not processed"
            failure: ScgError = RequestTimeoutError(text, operation=operation, outcome="NOT_SENT")
        except ConfigurationError as error:
            failure = _told(error, operation)
        except _Failure as error:
            failure = refresh_failure(error.cause, operation, lost=error.lost)
        raise failure

    def _loaded(self, operation: str, deadline: Deadline) -> Held:
        """What the file holds when the client first needs a token."""
        try:
            with TimeLimit(deadline):  # the threads of a busy loop may all be taken
                stored = in_place(self._store.read)
        except TimeoutError:
            text = f"{operation}: the token file was not read in time; nothing was sent"
            failure: ScgError = RequestTimeoutError(text, operation=operation)
        except ConfigurationError as error:
            failure = _told(error, operation)
        else:
            first = self._holding(stored, deadline.clock)
            with self._swapping.here():
                found = self._held = (
                    self._held or first
                )  # another thread may have been here, and gone further
            return found
        raise failure

    def _holding(self, stored: Stored, clock: Clock) -> Held:
        return holding(stored, self._auth.token, (clock.monotonic(), clock.now()), clock.random())

    def _publish(self, new: Held) -> None:
        """Let the calls have a token; the store's lock is held, so that none comes after a newer one."""
        with self._swapping.here():
            self._held = new

    def _claims(self, old: Held, clock: Clock) -> bool:
        """Whether this call is the one that renews the token early; then nobody else does for a while."""
        with self._swapping.here():
            first = self._held is old
            if first:
                self._held = replace(old, due=clock.monotonic() + old.pause)
        return first

    def _prepared(self, token: str, deadline: Deadline) -> str:
        """A token for the time to come, or the old one: nothing that goes wrong here is the call's failure."""
        limited = deadline.sooner(min(EARLY_LIMIT, deadline.left() / 2))

        def renew() -> Renewal:
            return self._renew(token, limited, patient=False)

        try:
            return (self._preparing.run(renew, lambda: None, limited.left())).token
        except (TimeoutError, ScgError, _Failure) as error:
            log.info("the access token was not renewed before its end: %s", type(error).__name__)
            return token

    def _renew(self, bad: str | None, deadline: Deadline, *, patient: bool) -> Renewal:
        """Renew under the lock of all who share the store; without patience, only if it is free.

        Raises:
            TimeoutError: others hold it for too long.
        """
        hold = Hold(self._store)
        try:
            while not in_place(hold.take):
                if not patient or deadline.left() <= _POLL:
                    raise TimeoutError
                deadline.clock.sleep(_POLL)
            return self._renew_alone(hold, bad, deadline)
        finally:
            in_place(hold.release)

    def _renew_alone(self, hold: Hold, bad: str | None, deadline: Deadline) -> Renewal:
        clock, before = deadline.clock, self._held or Held(None)
        stored = in_place(hold.read)
        step = plan(stored, bad, before.dead, clock.now())
        if isinstance(step, Adopt):
            self._publish(after(self._holding(stored, clock), before, bad, self._auth.token))
            return Renewal(step.token, fresh=False)
        begun = stored.begun(step.old[0], clock.now())
        in_place(hold.write, begun)
        try:
            new = self._refreshed(step.old, stored.intent is not None, deadline)
        except _Failure as failure:
            if not failure.in_doubt:
                in_place(hold.write, stored)
            other = instead(stored, before, bad, self._auth.token) if is_refusal(failure.cause) else None
            if other is None or other.token is None:
                raise
            self._publish(other)
            log.warning(
                "the token in the token file was refused for good: the one from the credentials is used"
            )
            return Renewal(other.token, fresh=False)
        # On the disk first: a token that only this process has seen would be lost with it.
        kept = in_place(hold.replace, begun, new)
        self._publish(after(self._holding(kept, clock), before, bad, self._auth.token))
        log.info("the access token was renewed")
        return Renewal(kept.token or "", fresh=True)

    def _refreshed(self, tokens: tuple[str | None, ...], in_doubt: bool, deadline: Deadline) -> Stored:
        """Present old tokens until one is not refused, each again while answers are lost.

        Raises:
            _Failure: there is no new token, or none that we know.
        """
        try:
            for old in tokens[:-1]:
                try:
                    return self._asked(old, in_doubt, deadline)
                except _Failure as failure:
                    if not is_refusal(failure.cause):
                        raise
            return self._asked(tokens[-1], in_doubt, deadline)
        except _Failure as failure:
            if deadline.left() > 0:  # else it was this call that had too little time
                self._failed = deadline.clock.monotonic() + QUIET, failure
            raise

    def _asked(self, old: str | None, in_doubt: bool, deadline: Deadline) -> Stored:
        tries, clock = 0, deadline.clock
        while True:
            tries += 1
            try:
                return self._exchange(old, deadline)
            except ScgError as error:
                found = error
            in_doubt = in_doubt or is_answer_lost(found)
            pause = _PAUSE * 2**tries * clock.random()
            if not asks_again(found, tries, in_doubt) or pause >= deadline.left():
                raise _Failure(found.with_traceback(None), in_doubt) from None
            clock.sleep(pause)

    def _exchange(self, old: str | None, deadline: Deadline) -> Stored:
        # The URL holds the secret: it is built here, sent, and shown nowhere.
        url = f"{self._endpoints.base(REFRESH)}{REFRESH.path}?{self._auth.refresh_query(old)}"
        # Time is left to ask again when no answer comes.
        limited = deadline.sooner(deadline.left() / 2)
        response = self._transport.send(Request(REFRESH, url), {}, limited)
        return renewed_at(self._auth.without_secrets(response, old), deadline.clock.now())

    def _recent(self, clock: Clock) -> _Failure | None:
        """What those are told who come right after a failed renewal."""
        if self._failed is None:
            return None
        until, failure = self._failed
        return failure if clock.monotonic() < until else None


class _Failure(Exception):
    """A renewal that failed. In doubt, a new token may have been made that nobody has seen."""

    def __init__(self, cause: ScgError, in_doubt: bool) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.in_doubt = in_doubt
        self.lost = in_doubt and is_refusal(cause)


def _told(error: ConfigurationError, operation: str) -> ConfigurationError:
    return ConfigurationError(f"{operation}: {error.message}", operation=operation)
