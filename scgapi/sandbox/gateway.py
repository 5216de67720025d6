"""The gateway without HTTP: calls go in, replies come out."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence

from scgapi._core.operation import Operation
from scgapi.sandbox.delays import Delays
from scgapi.sandbox.errors import GatewayError, not_found, unauthorized
from scgapi.sandbox.families import HANDLERS
from scgapi.sandbox.families.calls import receive_call, reject_call
from scgapi.sandbox.families.digits_collectors import press
from scgapi.sandbox.families.messages import receive
from scgapi.sandbox.families.mfa_applications import code_for
from scgapi.sandbox.families.sender_ids import verification_code
from scgapi.sandbox.faults import Hidden, Later
from scgapi.sandbox.happenings import settle
from scgapi.sandbox.operations import Counts, wire_name
from scgapi.sandbox.progress import AfterReads, Progress
from scgapi.sandbox.rules import Rule, Rules
from scgapi.sandbox.seed import seed
from scgapi.sandbox.telephony import Telephony
from scgapi.sandbox.tokens import Tokens
from scgapi.sandbox.world import Call, Reply, World

__all__ = ["Call", "Gateway", "Reply"]


class Gateway:
    """One account of the gateway. Calls may come from any thread; one is handled at a time.

    Args:
        progress: how messages move from CREATED to DELIVERED.
        clock: the time in seconds since 1970.
        token_ttl: seconds that a token is good for; None means for ever.
    """

    rules: Rules
    """What is to go wrong with calls that come in over HTTP."""

    def __init__(
        self,
        *,
        progress: Progress | None = None,
        clock: Callable[[], float] = time.time,
        token_ttl: float | None = None,
    ) -> None:
        self._lock = threading.RLock()
        self._clock = clock
        self._progress: Progress = progress or AfterReads(1)
        self._tokens = Tokens(clock, token_ttl)
        self._watchers: list[Callable[[World], None]] = []
        self._world = self._new_world()
        self._executed = Counts()
        self._delays = Delays(clock)
        self.rules = Rules(clock)

    @property
    def key(self) -> str:
        """The application's consumer key."""
        return self._tokens.key

    @property
    def secret(self) -> str:
        """The application's consumer secret."""
        return self._tokens.secret

    @property
    def token(self) -> str:
        """The token that was given out last."""
        with self._lock:
            return self._tokens.current

    def handle(self, call: Call) -> Reply:
        """Answer one call; refusals are replies too."""
        with self._lock:
            self._catch_up()
            try:
                self._admit(call)
                return self._carry_out(call)
            except GatewayError as error:
                return Reply(error.status, error.body)

    def handle_unseen(self, call: Call, rule: Rule, hidden: Hidden) -> Reply:
        """Answer one call; what it creates is not to be seen yet."""
        with self._lock:
            self._catch_up()  # or what other calls create now would be hidden, too
            before = self._world.ids()
            reply = self.handle(call)
            self._delays.hide(self._world.ids() - before, rule, hidden)
            return reply

    def postpone(self, call: Call, rule: Rule, later: Later) -> Reply:
        """Carry out later a call that was admitted now; the reply says nothing."""
        with self._lock:
            self._delays.postpone(call, rule, later)
            return Reply()

    def refusal(self, call: Call) -> Reply | None:
        """What a call without good credentials is answered, before anything else of it is looked at."""
        with self._lock:
            try:
                self._admit(call)
            except GatewayError as error:
                return Reply(error.status, error.body)
            return None

    @property
    def executed(self) -> Counts:
        """How often each operation took effect."""
        with self._lock:
            self._catch_up()
            return self._executed

    def receive(self, *, to: str, from_: str, body: str, attachments: Sequence[str] = ()) -> str:
        """Let a message come in for the sender id at address `to`; return its id."""
        with self._lock:
            return receive(self._world, to=to, from_=from_, body=body, attachments=attachments)

    def mfa_code(self, application_id: str, user_id: str) -> str:
        """The code that a user of an MFA application was sent last, and has not shown yet.

        Raises:
            LookupError: there is none.
        """
        with self._lock:
            return code_for(self._world, application_id, user_id)

    def verification_code(self, sender_id: str) -> str:
        """The code that a sender id's number was sent to be registered.

        Raises:
            LookupError: there is none.
        """
        with self._lock:
            return verification_code(self._world, sender_id)

    def receive_call(self, *, to: str, from_: str) -> str:
        """Let a call come in for the sender id at address `to`; return its id. It rings until it is accepted.

        Raises:
            LookupError: no sender id that can take calls has this address.
        """
        with self._lock:
            return receive_call(self._world, to=to, from_=from_)

    def reject_call(self, call_id: str) -> None:
        """Let nobody answer a call that rings: it is REJECTED.

        Raises:
            LookupError: no such call rings.
        """
        with self._lock:
            reject_call(self._world, call_id)

    def press(self, call_id: str, digits: str) -> None:
        """Let the other party of a call press keys, for its digits collectors.

        Raises:
            LookupError: nobody is on such a call.
            ValueError: these are no keys of a telephone.
        """
        with self._lock:
            press(self._world, call_id, digits)

    def played(self, heard_by: str) -> list[dict[str, object]]:
        """What was played to a call or a conference so far: the bodies of the requests, and prompts."""
        with self._lock:
            return self._world.part(Telephony).played(heard_by)

    def watch(self, watcher: Callable[[World], None]) -> None:
        """Have a function called with the account's objects, now and after each reset."""
        with self._lock:
            self._watchers.append(watcher)
            watcher(self._world)

    def settle(self) -> None:
        """Catch up with the clock: messages and calls move on that would do so when they are next looked at."""
        with self._lock:
            self._catch_up()
            settle(self._world)

    def reset(self) -> None:
        """Go back to the beginning, without rules and counts; the first token is good again."""
        with self._lock:
            self._tokens.reset()
            self._world = self._new_world()
            self._delays = Delays(self._clock)
            self._executed.clear()
            self.rules.reset()
            for watcher in self._watchers:
                watcher(self._world)

    def expire_token(self) -> None:
        """Refuse the current token from now on."""
        with self._lock:
            self._tokens.expire()

    def rotate_token(self) -> str:
        """Let somebody else renew the token: the old one is refused from now on. Return the new one."""
        with self._lock:
            self._tokens.renew(None)
            return self._tokens.current

    def _carry_out(self, call: Call) -> Reply:
        handler = _BY_ROUTE.get(_route(call.operation))
        if handler is None:
            raise not_found(str(call.operation))
        if call.operation.method == "GET":
            with self._delays.reading(call, self._world.veil):
                reply = handler(self._world, call)
        else:
            reply = handler(self._world, call)
        if reply.status < 300:
            self._executed.add(wire_name(call.operation))
        return reply

    def _catch_up(self) -> None:
        for call in self._delays.due():
            with contextlib.suppress(GatewayError):  # nobody is left to be told
                self._carry_out(call)

    def _new_world(self) -> World:
        world = World(self._clock, self._progress, self._tokens)
        seed(world)
        return world

    def _admit(self, call: Call) -> None:
        # The token service is where tokens come from; attachments' bytes open with the token in their path.
        if call.operation.service != "api":
            return
        scheme, _, token = call.headers.get("authorization", "").partition(" ")
        if scheme:
            admitted = scheme.lower() == "bearer" and self._tokens.is_good(token.strip())
        else:
            admitted = bool(call.headers.get("int-companyid") and call.headers.get("int-appid"))
        if not admitted:
            raise unauthorized()


def _route(operation: Operation) -> tuple[str, str, str]:
    return operation.service, operation.method, operation.path


# Several operations of the client may be one on the wire: activating is an update.
_BY_ROUTE = {_route(operation): handler for operation, handler in HANDLERS.items()}
