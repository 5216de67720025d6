"""The gateway without HTTP: it takes API requests and returns API responses."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator, Sequence
from functools import partial

from scgapi._core.operation import Operation
from scgapi._io.clock import time_of_day
from scgapi.sandbox.behaviour.event_feed import catch_up
from scgapi.sandbox.behaviour.telephony import Telephony
from scgapi.sandbox.errors import GatewayError, not_found, unauthorized
from scgapi.sandbox.faults.delays import DelayedEffects
from scgapi.sandbox.faults.kinds import Hidden, Later
from scgapi.sandbox.faults.rules import Rule, Rules
from scgapi.sandbox.handlers import HANDLERS
from scgapi.sandbox.handlers.calls import answer_call, hang_up_call, receive_call, reject_call
from scgapi.sandbox.handlers.digits_collectors import press
from scgapi.sandbox.handlers.messages import receive
from scgapi.sandbox.handlers.mfa_applications import code_for
from scgapi.sandbox.handlers.sender_ids import verification_code
from scgapi.sandbox.handsets.inbox import Inbox
from scgapi.sandbox.handsets.phone import Phone
from scgapi.sandbox.handsets.phones import Phones
from scgapi.sandbox.logs.event_log import EventLog
from scgapi.sandbox.logs.request_log import RequestLog
from scgapi.sandbox.operations import Counts, wire_name
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse
from scgapi.sandbox.state.changes import ChangeNotifier
from scgapi.sandbox.state.clock import Clock
from scgapi.sandbox.state.progress import AfterReads, Progress
from scgapi.sandbox.state.settings import Settings
from scgapi.sandbox.state.tokens import Tokens
from scgapi.sandbox.storage.account_dump import dump, load
from scgapi.sandbox.storage.seed import seed

__all__ = ["APIRequest", "APIResponse", "Gateway"]


class Gateway:
    """One account of the gateway. Safe to use from any thread; requests are handled one at a time.

    Args:
        progress: how messages move from CREATED to DELIVERED.
        clock: function that returns the time in seconds since 1970.
        token_ttl: lifetime of a token in seconds; None if tokens do not expire.
    """

    rules: Rules
    """Fault rules for requests over HTTP."""
    phones: Phones
    """Handsets that exchange messages and calls with the account."""
    request_log: RequestLog
    """Latest API requests over HTTP."""
    event_log: EventLog
    """Latest events that event services posted."""
    changes: ChangeNotifier
    """Notifications of changes."""

    def __init__(
        self,
        *,
        progress: Progress = AfterReads(1),  # noqa: B008 - a frozen value
        clock: Callable[[], float] = time_of_day,
        token_ttl: float | None = None,
    ) -> None:
        self._settings = Settings(progress=progress, clock=clock, token_ttl=token_ttl)
        self._lock = threading.RLock()
        self._clock = Clock(clock)
        self._tokens = Tokens(self._clock, token_ttl)
        self._watchers: list[Callable[[Account], None]] = []
        self.changes = ChangeNotifier()
        self.phones = Phones(self)
        self.request_log = RequestLog(self._clock, self.changes)
        self.event_log = EventLog(self._clock, self.changes)
        self._account = self._new_account()
        self._executed = Counts()
        self._delayed = DelayedEffects(self._clock)
        self.rules = Rules(self._clock)

    @property
    def key(self) -> str:
        """Consumer key of the application."""
        return self._tokens.key

    @property
    def secret(self) -> str:
        """Consumer secret of the application."""
        return self._tokens.secret

    @property
    def token(self) -> str:
        """Current token, as the last refresh returned it."""
        with self._lock:
            return self._tokens.current

    @property
    def progress(self) -> Progress:
        """Progress rule of messages and jobs. A reset restores the first one."""
        with self._lock:
            return self._account.progress

    @progress.setter
    def progress(self, progress: Progress) -> None:
        with self._lock:
            self._account.progress = progress

    @property
    def token_ttl(self) -> float | None:
        """Lifetime of the next tokens in seconds; None if they do not expire. A reset restores the first value."""
        with self._lock:
            return self._tokens.ttl

    @token_ttl.setter
    def token_ttl(self, seconds: float | None) -> None:
        with self._lock:
            self._tokens.ttl = seconds

    @property
    def now(self) -> float:
        """Time by the sandbox's clock, in seconds since 1970."""
        with self._lock:
            return self._clock()

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock ahead, until the next reset.

        Raises:
            ValueError: the number of seconds is negative.
        """
        with self._lock:
            self._clock.advance(seconds)

    def handle(self, request: APIRequest) -> APIResponse:
        """Handle one request; return its response, which may be an error."""
        with self._lock:
            self._run_due_requests()
            try:
                self._admit(request)
                return self._execute(request)
            except GatewayError as error:
                return APIResponse.from_error(error)

    def handle_hidden(self, request: APIRequest, rule: Rule, hidden: Hidden) -> APIResponse:
        """Handle one request, and hide the objects that it creates."""
        with self._lock:
            # Otherwise objects that due requests create now would be hidden, too.
            self._run_due_requests()
            before = self._account.ids()
            response = self.handle(request)
            self._delayed.hide(self._account.ids() - before, rule, hidden)
            return response

    def postpone(self, request: APIRequest, rule: Rule, later: Later) -> APIResponse:
        """Admit a request and execute it later; the response is empty."""
        with self._lock:
            try:
                self._admit(request)
            except GatewayError as error:
                return APIResponse.from_error(error)
            self._delayed.postpone(request, rule, later)
            return APIResponse()

    def refuse(self, request: APIRequest, error: GatewayError) -> APIResponse:
        """Return the response to a request with an invalid body: 401 without valid credentials, else `error`."""
        with self._lock:
            try:
                self._admit(request)
            except GatewayError as unauthorized_error:
                return APIResponse.from_error(unauthorized_error)
            return APIResponse.from_error(error)

    @property
    def executed(self) -> Counts:
        """Counts of the executed operations."""
        with self._lock:
            self._run_due_requests()
            return self._executed

    def receive(self, *, to: str, from_: str, body: str, attachments: Sequence[str] = ()) -> str:
        """Receive a message for the sender id at address `to`; return its id."""
        with self._lock:
            return receive(self._account, to=to, from_=from_, body=body, attachments=attachments)

    def mfa_code(self, application_id: str, user_id: str) -> str:
        """Return the pending code of a user of an MFA application.

        Raises:
            LookupError: no code is pending.
        """
        with self._lock:
            return code_for(self._account, application_id, user_id)

    def verification_code(self, sender_id: str) -> str:
        """Return the pending code that was sent to register a sender id's number.

        Raises:
            LookupError: no code is pending.
        """
        with self._lock:
            return verification_code(self._account, sender_id)

    def receive_call(self, *, to: str, from_: str) -> str:
        """Receive a call for the sender id at address `to`; return its id. It rings until it is accepted.

        Raises:
            LookupError: the address has no sender id that can take calls.
        """
        with self._lock:
            return receive_call(self._account, to=to, from_=from_)

    def reject_call(self, call_id: str) -> None:
        """Reject a ringing call as the other party.

        Raises:
            LookupError: the call does not exist or does not ring.
        """
        with self._lock:
            reject_call(self._account, call_id)

    def press(self, call_id: str, digits: str) -> None:
        """Press keys as the other party of a call, for its digits collectors.

        Raises:
            LookupError: the call does not exist or is not ACTIVE.
            ValueError: `digits` contains other characters than the keys of a telephone.
        """
        with self._lock:
            press(self._account, call_id, digits)

    def played(self, target_id: str) -> list[dict[str, object]]:
        """Return what was played to a call or a conference so far: the bodies of the requests, and prompts."""
        with self._lock:
            return self._account.component(Telephony).played(target_id)

    def accept_call(self, call_id: str) -> None:
        """Answer a call from the application as the other party.

        Raises:
            LookupError: the call does not exist or does not ring.
        """
        with self._lock:
            answer_call(self._account, call_id)

    def hang_up(self, call_id: str) -> None:
        """End a call as the other party.

        Raises:
            LookupError: the call does not exist or has ended.
        """
        with self._lock:
            hang_up_call(self._account, call_id)

    def phone(self, number: str) -> Phone:
        """Return the handset with this number.

        Raises:
            ValueError: the number is empty.
        """
        return Phone(self, number)

    @contextlib.contextmanager
    def account(self) -> Generator[Account, None, None]:
        """Lock the account's objects while the block lasts: requests wait."""
        with self._lock:
            self._run_due_requests()
            yield self._account

    def watch(self, watcher: Callable[[Account], None]) -> None:
        """Call a function with the account's objects, now and after each reset."""
        with self._lock:
            self._watchers.append(watcher)
            watcher(self._account)

    def catch_up(self) -> None:
        """Bring messages, requests and calls up to date with the clock: they change only when they are looked at."""
        with self._lock:
            self._run_due_requests()
            catch_up(self._account)

    def reset(self) -> None:
        """Restore the initial state, without rules and counts. The first token becomes valid again."""
        with self._lock:
            self._clock.reset(self._settings.clock)
            self._tokens.ttl = self._settings.token_ttl
            self._tokens.reset()
            self._account = self._new_account()
            self._delayed = DelayedEffects(self._clock)
            self._executed.clear()
            self.rules.reset()
            self.request_log.clear()
            self.event_log.clear()
            self.changes.notify("reset")
            for watcher in self._watchers:
                watcher(self._account)

    def reset_with(self, settings: Settings) -> None:
        """Reset to other settings, which later resets restore."""
        with self._lock:
            self._settings = settings
            self.reset()

    @property
    def revision(self) -> tuple[object, ...]:
        """A value that changes with everything that `dump` saves."""
        with self._lock:
            return id(self._account), self._account.changes, self._tokens.dump(), self._clock.offset

    def dump(self) -> bytes:
        """Return the account as JSON: objects, contents, credentials, and the offset of the clock."""
        with self._lock:
            return dump(self._account, self._tokens, self._clock.offset)

    def load(self, content: bytes) -> None:
        """Replace the account by a saved one. Rules stay.

        Raises:
            ValueError: the content is damaged, or is not a saved account.
        """
        with self._lock:
            account = self._new_account()
            saved = load(content, account)
            self._tokens.load(**saved.tokens.model_dump())
            self._clock.reset(self._settings.clock)
            self._clock.advance(saved.clock_offset)
            self._account = account
            for watcher in self._watchers:
                watcher(account)

    def expire_token(self) -> None:
        """Refuse the current token from now on."""
        with self._lock:
            self._tokens.expire()

    def rotate_token(self) -> str:
        """Refresh the token as another client would: the old token is refused from now on. Return the new one."""
        with self._lock:
            self._tokens.refresh(None)
            return self._tokens.current

    def _execute(self, request: APIRequest) -> APIResponse:
        handler = _BY_ROUTE.get(_route(request.operation))
        if handler is None:
            raise not_found(str(request.operation))
        if request.operation.method == "GET":
            with self._delayed.reading(request, self._account.visibility):
                response = handler(self._account, request)
        else:
            response = handler(self._account, request)
        if response.status < 300:
            self._executed.add(wire_name(request.operation))
        return response

    def _run_due_requests(self) -> None:
        for request in self._delayed.due():
            # The client of a postponed request is gone, so its errors are not reported.
            with contextlib.suppress(GatewayError):
                self._execute(request)

    def _new_account(self) -> Account:
        account = Account(self._clock, self._settings.progress, self._tokens)
        seed(account)
        account.component(Inbox).listen(partial(self.changes.notify, "phones"))
        return account

    def _admit(self, request: APIRequest) -> None:
        # The token service issues the credentials; attachments' bytes need only the token in their path.
        if request.operation.service != "api":
            return
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme:
            admitted = scheme.lower() == "bearer" and self._tokens.is_valid(token.strip())
        else:
            admitted = bool(request.headers.get("int-companyid") and request.headers.get("int-appid"))
        if not admitted:
            raise unauthorized()


def _route(operation: Operation) -> tuple[str, str, str]:
    return operation.service, operation.method, operation.path


# Several operations of the client may be one on the wire: activating is an update.
_BY_ROUTE = {_route(operation): handler for operation, handler in HANDLERS.items()}
