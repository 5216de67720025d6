"""Any sequence of calls and of fates of their attempts: what must hold after each of them."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

import scgapi
from scgapi._core.budget import REFUND_PER_SUCCESS
from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS, OnUnknown
from scgapi._core.json import parse_object
from tests.simulation.model import AUTH, Ledger, Time, answer, said

LATENESS, LAG = 20.0, 8.0  # seconds: what may have been done is to be seen before it is sent again
FOR_EVER = 1e6  # seconds
LIMITS = {"raise": 60.0, "verify": 300.0}
WAITS = (1.0, 7.0, 100.0, 86400.0)  # seconds that a Retry-After asks for


class Cut(httpx.SyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Cut:
        return self

    def __next__(self) -> bytes:
        raise httpx.ReadError("reset")


@dataclass(frozen=True)
class Fate:
    """What an attempt meets.

    `answer` None is the gateway's own, of whatever it has done. `done`: whether the request has its effect. `arrives`:
    whether it leaves the client at all. `wait`: the seconds of its Retry-After. `is_final`: the request is refused, and
    would be again.
    """

    name: str
    answer: Callable[[], httpx.Response] | httpx.HTTPError | None
    done: bool
    arrives: bool = True
    wait: float | None = None
    is_final: bool = False

    def __repr__(self) -> str:
        return self.name + (" (done)" if self.done else "")


def failing(error: httpx.HTTPError, *, done: bool, arrives: bool = True) -> Fate:
    return Fate(type(error).__name__, error, done, arrives)


def answered(
    status: int, code: str = "", *, done: bool = False, body: bytes = b"", wait: float | None = None
) -> Fate:
    content = json.dumps({"error_code": f"SCG_ERROR_{code}"}).encode() if code else body
    headers = {} if wait is None else {"retry-after": f"{wait:.0f}"}
    is_final = status == 307 or (400 <= status < 500 and status not in (408, 429, 499) and code != "4090")
    name = f"{status} {code or body!r} {headers}"
    return Fate(name, lambda: answer(status, content, headers), done, wait=wait, is_final=is_final)


GOOD = Fate("good", None, True)
ACCEPTED = (
    answered(200, done=True, body=b"<html>"),
    answered(200, done=True, body=b"{}"),
    answered(200, done=True),
    Fate("cut off", lambda: httpx.Response(200, stream=Cut()), True),
)
FATES = (
    GOOD,
    *(
        failing(error, done=False, arrives=False)
        for error in (httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full"))
    ),
    *(
        failing(error, done=done)
        for error in (httpx.ReadError("reset"), httpx.WriteError("reset"), httpx.ReadTimeout("silence"))
        for done in (True, False)
    ),
    failing(httpx.RemoteProtocolError("garbage"), done=True),
    *(answered(status) for status in (302, 303, 307, 400, 401, 402, 403, 404, 413, 422, 429)),
    *(answered(status, wait=wait) for status in (429, 503) for wait in WAITS),
    answered(401, "4010"),
    answered(409, "4090"),
    answered(503, "5030"),
    answered(503, "5030", wait=WAITS[0]),
    *(
        answered(status, done=done)
        for status in (302, 303, 499, 408, 500, 502, 503, 504)
        for done in (True, False)
    ),
    *(answered(500, "5001", done=done) for done in (True, False)),
    *(answered(200, "5000", done=done) for done in (True, False)),
    *ACCEPTED,
)


@dataclass(frozen=True)
class Attempt:
    """The fate of an attempt, the seconds it takes, and whether its effect comes late, or is listed very late."""

    fate: Fate
    took: float
    is_late: bool

    def __repr__(self) -> str:
        return f"{self.fate} in {self.took} s{', late' if self.is_late else ''}"


scripts = st.lists(
    st.builds(
        Attempt, st.sampled_from(FATES), st.sampled_from([0.0, 0.0, 0.0, 0.2, 20.0, 70.0]), st.booleans()
    ),
    max_size=6,
)
looks = st.lists(st.sampled_from(FATES), max_size=2)


class Waits(Time):
    """Beside each pause, what the last answer asked for."""

    def __init__(self) -> None:
        super().__init__(lambda: 1.0)
        self.wanted: float | None = None
        self.waits: list[float | None] = []

    def pause(self, seconds: float) -> None:
        self.waits.append(self.wanted)
        super().pause(seconds)


class Gateway(Ledger):
    """Takes sends, and holds one contact; each attempt takes the next fate of the script, or goes well."""

    def __init__(self) -> None:
        self.waits = Waits()
        super().__init__(self.waits)
        self.script: deque[Attempt] = deque()
        self.looks: deque[Fate] = deque()
        self.attempts: list[Fate] = []
        self.successes = 0
        self.version = 1
        self.last_name = ""
        self.applied = 0
        self.removed = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET" and "message_requests" in request.url.path:
            return self._met(self.looks.popleft() if self.looks else GOOD, lambda: self.listed(request))
        attempt = self.script.popleft() if self.script else Attempt(GOOD, 0.0, False)
        self.attempts.append(attempt.fate)
        self.time.now += attempt.took
        good = self._effect(request, attempt) if attempt.fate.done else None
        return self._met(attempt.fate, lambda: good or answer(500))

    def _met(self, fate: Fate, good: Callable[[], httpx.Response]) -> httpx.Response:
        self.waits.wanted = fate.wait
        if isinstance(fate.answer, httpx.HTTPError):
            raise fate.answer
        found = good() if fate.answer is None else fate.answer()
        self.successes += found.is_success
        return found

    def _effect(self, request: httpx.Request, attempt: Attempt) -> httpx.Response:
        if "message_requests" in request.url.path:
            return said(id=self._take(request, attempt))
        if self.removed:
            return answer(404)
        if request.method == "GET":
            return said(id="c", version_number=self.version, last_name=self.last_name)
        if request.method == "DELETE":
            self.removed = True
            self.applied += 1
            return answer(204)
        sent = parse_object(request.content)
        if sent["version_number"] != self.version:
            return answer(409, b'{"error_code": "SCG_ERROR_1001"}')
        self.version += 1
        self.applied += 1
        self.last_name = str(sent["last_name"])
        return answer(204)

    def _take(self, request: httpx.Request, attempt: Attempt) -> str:
        if not attempt.is_late or attempt.fate is GOOD:
            return self.take(request, lateness=0, lag=LAG)
        if attempt.fate in ACCEPTED:
            return self.take(request, lateness=0, lag=FOR_EVER)
        return self.take(request, lateness=LATENESS, lag=LAG)


class Calls(RuleBasedStateMachine):
    """A client, its gateway, and the fates of the attempts to come."""

    @initialize(attempts=st.integers(1, 5), budget=st.integers(0, 12))
    def begin(self, attempts: int, budget: int) -> None:
        self.gateway = Gateway()
        self.policy = scgapi.RetryPolicy(attempts=attempts, budget=budget)
        self.own = httpx.Client(transport=httpx.MockTransport(self.gateway))
        self.scg = scgapi.Client(AUTH, http_client=self.own, retry=self.policy)
        self.scg._pipeline.clock = self.gateway.time.clock
        self.sends = 0
        self.retries = 0  # that nobody asked for
        self.found_done = 0

    def teardown(self) -> None:
        if hasattr(self, "own"):
            self.own.close()

    @rule(seconds=st.sampled_from([1.0, 50.0, 3600.0]))
    def jump(self, seconds: float) -> None:
        self.gateway.time.now += seconds

    @rule(on_unknown=st.sampled_from(["raise", "verify"]), script=scripts, looks=looks)
    def send(self, on_unknown: OnUnknown, script: list[Attempt], looks: list[Fate]) -> None:
        self.sends += 1
        body = f"text {self.sends}"
        result = self.call(
            lambda: self.scg.message_requests.create(
                from_="1", to=["+15552461234"], body=body, on_unknown=on_unknown
            ),
            limit=LIMITS[on_unknown],
            script=script,
            looks=looks,
        )
        executions = self.gateway.executions(body)
        assert len(executions) <= 1
        most = self.policy.attempts * (2 if on_unknown == "verify" else 1)
        assert len(self.gateway.attempts) <= most
        assert not any(fate.is_final for fate in self.gateway.attempts[:-1]), "tried again after a refusal"
        if isinstance(result, scgapi.ScgError):
            check_the_outcome(result, executed=bool(executions), doubt=scgapi.OutcomeUnknownError)
            assert result.attempts == len(self.gateway.attempts) or not self.gateway.attempts
        else:
            assert [one.id for one in executions] == [result]

    @rule(script=scripts)
    def read(self, script: list[Attempt]) -> None:
        self.gateway.removed = False
        self.check_a_repeatable_call(lambda: self.scg.contacts.get("c").id, script)

    @rule(script=scripts)
    def update(self, script: list[Attempt]) -> None:
        self.gateway.removed = False
        name = f"name {self.gateway.version}"
        contact = scgapi.Contact.model_validate({"id": "c", "version_number": self.gateway.version})
        self.scg.contacts._bound(contact)
        contact.last_name = name
        before = self.gateway.applied
        result = self.check_a_repeatable_call(contact.update, script)
        applied = self.gateway.last_name == name
        assert self.gateway.applied - before == applied
        if isinstance(result, scgapi.ConflictError):
            assert not applied or result.outcome in ("UNKNOWN", "ACCEPTED_UNPARSED")
        elif isinstance(result, scgapi.ScgError):
            check_the_outcome(result, executed=applied, doubt=scgapi.ScgError)
        else:
            assert applied

    @rule(script=scripts)
    def delete(self, script: list[Attempt]) -> None:
        self.gateway.removed = False
        result = self.check_a_repeatable_call(lambda: self.scg.contacts.delete("c"), script)
        if isinstance(result, scgapi.ScgError):
            check_the_outcome(result, executed=self.gateway.removed, doubt=scgapi.ScgError)

    def check_a_repeatable_call(self, act: Callable[[], object], script: list[Attempt]) -> object:
        result = self.call(act, limit=60.0, script=script)
        assert len(self.gateway.attempts) <= self.policy.attempts * 2  # an update may be read back
        return result

    def call(
        self,
        act: Callable[[], object],
        *,
        limit: float,
        script: list[Attempt],
        looks: list[Fate] | None = None,
    ) -> object:
        """Make a call, and check its pauses; what it raises comes back."""
        time = self.gateway.time
        self.gateway.script = deque(script)
        self.gateway.looks = deque(looks or [])
        self.gateway.attempts.clear()
        first, until = len(time.pauses), time.now + limit
        successes = self.gateway.successes
        try:
            result = act()
            # A deletion that a second attempt finds done is a success of the call only.
            self.found_done += self.gateway.successes == successes
        except scgapi.ScgError as error:
            result = error
        for (at, pause), wanted in zip(time.pauses[first:], self.gateway.waits.waits[first:], strict=True):
            assert at + pause < until, "a pause beyond the end of the call"
            if pause in (FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS):
                continue
            if wanted is None:
                self.retries += 1
            assert (wanted or 0.0) <= pause <= max(self.policy.cap, wanted or 0.0)
        assert (
            self.retries
            <= self.policy.budget + REFUND_PER_SUCCESS * (self.gateway.successes + self.found_done) + 1e-6
        )
        return result


def check_the_outcome(error: scgapi.ScgError, *, executed: bool, doubt: type[scgapi.ScgError]) -> None:
    """It is never more certain than what is known, and what is in doubt is of the type that says so."""
    if error.outcome in ("NOT_SENT", "REJECTED"):
        assert not executed
    else:
        assert isinstance(error, doubt)
    # ACCEPTED_UNPARSED promises nothing: the part of the answer that was lost may have reported a failure.
    if error.outcome == "ACCEPTED":
        assert executed


TestCalls = Calls.TestCase
TestCalls.settings = settings(
    max_examples=200, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
