"""States of a token: read, rejected, refreshed by one of many, lost and found again."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from scgapi._core.token_state import (
    Adopt,
    CurrentToken,
    Refresh,
    StoredToken,
    fallback_token,
    initial_token,
    is_refused,
    is_response_lost,
    next_token,
    plan_refresh,
    should_retry,
)
from scgapi.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailedError,
    ProxyRefusedError,
    ScgError,
    UnknownHostError,
    UntrustedServerError,
)

TOKENS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1)
TIMES = st.floats(0, 1e14)


@given(st.builds(StoredToken, st.none() | TOKENS, TIMES, TIMES, st.none() | TIMES))
def test_what_is_kept_comes_back(stored: StoredToken) -> None:
    assert StoredToken.from_json(stored.to_json()) == stored


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file_holds_nothing(content: bytes) -> None:
    assert StoredToken.from_json(content) == StoredToken()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"token": "hunter2', "is not a JSON object"),
        (b"\xff\xfe", "is not a JSON object"),
        (b"[" * 100_000, "is not a JSON object"),
        (b'["hunter2"]', "is not a JSON object"),
        (b'{"token": "hunter2 "}', "holds no usable token"),
        (b'{"token": 5}', "holds no usable token"),
        (b'{"token": "hunter2", "obtained": "yesterday"}', "holds an invalid time"),
        (b'{"token": "hunter2", "validity": -1}', "holds an invalid time"),
        (b'{"token": "hunter2", "validity": NaN}', "holds an invalid time"),
        (b'{"token": "hunter2", "refresh_intent": true}', "holds an invalid time"),
    ],
)
def test_what_is_no_token_file_is_refused_and_not_shown(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        StoredToken.from_json(content)
    assert str(caught.value) == why
    assert caught.value.__context__ is None


def test_a_later_version_may_keep_more() -> None:
    assert StoredToken.from_json(b'{"token": "t", "more": [1]}') == StoredToken("t")


def test_tokens_are_in_no_repr() -> None:
    secret = "hunter2"
    for value in (
        StoredToken(secret),
        CurrentToken(secret, given_up={secret}),
        Adopt(secret),
        Refresh((secret,)),
    ):
        assert secret not in repr(value)


@pytest.mark.parametrize(
    ("validity", "age", "over"), [(0, 1e9, False), (900, 899, False), (900, 900, True), (900, -5, False)]
)
def test_a_token_is_over_by_its_own_account(validity: float, age: float, over: bool) -> None:
    assert StoredToken("t", 1000, validity).is_expired(1000 + age) is over


@pytest.mark.parametrize(
    ("stored", "age", "jitter", "due"),
    [
        (StoredToken(), 0, 0.5, math.inf),
        (StoredToken("t", 1000), 0, 0.5, math.inf),  # good for ever
        (StoredToken("t", 1000, 900), 0, 0.5, 720),
        (StoredToken("t", 1000, 900), 100, 0.5, 620),
        (StoredToken("t", 1000, 900), 0, 0.0, 675),
        (StoredToken("t", 1000, 900), 0, 1.0, 765),
        (StoredToken("t", 1000, 900), -5000, 0.5, 720),  # the clock was set back
        (StoredToken("t", 1000, 900), 5000, 0.5, -4280),
        (StoredToken("t", 1000, intent=999), 0, 0.5, 0),  # nobody knows whether it was refreshed
    ],
)
def test_a_token_is_due_at_four_fifths_of_its_life(
    stored: StoredToken, age: float, jitter: float, due: float
) -> None:
    assert stored.refresh_due_in(1000 + age, jitter) == pytest.approx(due)


def test_the_intent_keeps_the_token_that_must_be_presented_again() -> None:
    assert StoredToken().with_intent("old", 5) == StoredToken("old", intent=5)
    assert StoredToken("kept", 1, 900).with_intent("old", 5) == StoredToken("kept", 1, 900, 5)
    assert StoredToken().with_intent(None, 5) == StoredToken(intent=5)


@pytest.mark.parametrize(
    ("stored", "bad", "given_up", "step"),
    [
        (StoredToken("new"), "bad", set[str](), Adopt("new")),
        (StoredToken("new"), None, set[str](), Adopt("new")),
        (StoredToken("new", 0, 900), "bad", set[str](), Adopt("new")),
        (StoredToken("new", intent=5), "bad", set[str](), Adopt("new")),
        (StoredToken("over", 0, 100), "bad", set[str](), Refresh(("over",))),
        (StoredToken("bad"), "bad", set[str](), Refresh(("bad",))),
        (StoredToken(), "bad", set[str](), Refresh(("bad",))),
        (StoredToken(), None, set[str](), Refresh((None,))),
        (StoredToken("given_up"), "bad", {"given_up"}, Refresh(("given_up", "bad"))),
    ],
)
def test_a_bad_token_is_refreshed_unless_somebody_has_done_it(
    stored: StoredToken, bad: str | None, given_up: set[str], step: Adopt | Refresh
) -> None:
    assert plan_refresh(stored, bad, given_up, 500) == step


def test_the_kept_token_wins_over_the_configured_one() -> None:
    assert initial_token(StoredToken("kept", 100, 900), "mine", (10, 200), 0.5) == CurrentToken(
        "kept", 10 + 620, 18
    )
    assert initial_token(StoredToken(), "mine", (10, 200), 0.5) == CurrentToken("mine", math.inf, 5)
    assert initial_token(StoredToken(), None, (10, 200), 0.5) == CurrentToken(None, math.inf, 5)


def test_the_configured_token_is_tried_once_when_the_kept_one_is_lost() -> None:
    kept = StoredToken("kept")
    assert fallback_token(kept, CurrentToken("kept"), "kept", "mine") == CurrentToken(
        "mine", given_up={"kept", "mine"}
    )
    assert fallback_token(kept, CurrentToken("mine", given_up={"kept", "mine"}), "mine", "mine") is None
    assert fallback_token(kept, CurrentToken("other", given_up={"mine"}), "kept", "mine") is None
    assert fallback_token(kept, CurrentToken("kept"), "kept", "kept") is None
    assert fallback_token(kept, CurrentToken("kept"), "kept", None) is None


@pytest.mark.parametrize(
    ("old", "bad", "configured", "given_up"),
    [
        (CurrentToken("mine"), "mine", "mine", {"mine"}),
        (CurrentToken("kept", given_up={"mine", "older"}), "kept", "mine", {"mine"}),
        (CurrentToken("kept"), "kept", "mine", set[str]()),
        (CurrentToken("kept"), "kept", None, set[str]()),
    ],
)
def test_a_configured_token_that_was_replaced_does_not_come_back(
    old: CurrentToken, bad: str, configured: str | None, given_up: set[str]
) -> None:
    assert next_token(CurrentToken("new", 5), old, bad, configured) == CurrentToken(
        "new", 5, given_up=given_up
    )


REFUSED = ApiError("", status=400, outcome="REJECTED")
WRONG_SECRET = ApiError("", status=500, outcome="UNKNOWN")
BUSY = ApiError("", status=429, outcome="REJECTED")
PROXY = ApiError("", status=502, outcome="UNKNOWN")
UNREADABLE = ApiError("", status=200, outcome="ACCEPTED_UNPARSED")
RESET = ConnectionFailedError("", outcome="UNKNOWN")
NO_WAY = ConnectionFailedError("", outcome="NOT_SENT")


@pytest.mark.parametrize(
    ("error", "refusal", "lost", "again"),
    [
        (REFUSED, True, False, (False, False, False)),
        (WRONG_SECRET, True, False, (True, False, False)),
        (BUSY, False, False, (False, False, False)),
        (PROXY, False, True, (True, True, False)),
        (UNREADABLE, False, True, (True, True, False)),
        (RESET, False, True, (True, True, False)),
        (NO_WAY, False, False, (True, True, False)),
        (UnknownHostError(""), False, False, (False, False, False)),
        (UntrustedServerError(""), False, False, (False, False, False)),
        (ProxyRefusedError(""), False, False, (False, False, False)),
        (ConfigurationError("closed"), False, False, (False, False, False)),
    ],
)
def test_what_a_failed_refresh_means(
    error: ScgError, refusal: bool, lost: bool, again: tuple[bool, ...]
) -> None:
    assert (is_refused(error), is_response_lost(error)) == (refusal, lost)
    assert tuple(should_retry(error, tries, in_doubt=False) for tries in (1, 2, 3)) == again


def test_where_an_answer_was_lost_a_500_is_asked_about_once_more() -> None:
    assert should_retry(WRONG_SECRET, 2, in_doubt=True)
    assert not should_retry(WRONG_SECRET, 3, in_doubt=True)
    assert not should_retry(REFUSED, 1, in_doubt=True)


@dataclass
class Process:
    """A client: what it holds, the token it was refused with, and how far its refresh is."""

    held: CurrentToken
    bad: str | None = None
    at: str = "idle"
    old: str | None = None
    answer: StoredToken = field(default_factory=StoredToken)


PROCESSES = 3
WHO = st.integers(0, PROCESSES - 1)
CONFIGURED = "0"


class Sharing(RuleBasedStateMachine):
    """Processes that share a file, die, and lose answers; a service that answers an old token with the valid one."""

    def __init__(self) -> None:
        super().__init__()
        self.file = b""
        self.lock: int | None = None
        self.issued, self.good = 0, True
        self.asked: Counter[str] = Counter()
        self.doubts: Counter[str] = Counter()
        self.processes = [self._started() for _ in range(PROCESSES)]

    def _stored(self) -> StoredToken:
        return StoredToken.from_json(self.file)

    def _started(self) -> Process:
        return Process(initial_token(self._stored(), CONFIGURED, (0, 0), 0.5))

    def _publish(self, who: int, new: CurrentToken) -> None:
        process = self.processes[who]
        assert new.token == self._stored().token, "published, and not kept"
        assert int(new.token or 0) >= int(process.held.token or 0), "gone back to an older token"
        process.held, process.bad, process.at = (
            next_token(new, process.held, process.bad, CONFIGURED),
            None,
            "idle",
        )
        self.lock = None

    @rule()
    def expire(self) -> None:
        """Everybody meets the end of a token together."""
        self.good = False
        for who in range(PROCESSES):
            self.call(who)

    @rule(who=WHO)
    def call(self, who: int) -> None:
        process = self.processes[who]
        refused = not self.good or process.held.token != str(self.issued)
        if process.at == "idle" and refused:
            process.bad, process.at = process.held.token, "waiting"

    @rule(who=WHO, lost=st.sampled_from([False, False, False, True]))
    def go_on(self, who: int, lost: bool) -> None:
        """The next step of a refresh, by whoever has the lock."""
        who = who if self.lock is None else self.lock
        process = self.processes[who]
        if process.at == "waiting":
            self.lock = who
            self._begin(who, process)
        elif process.at == "begun":
            self._refresh(process, lost)
        elif process.at == "answered":
            self.file = process.answer.to_json()
            self._publish(who, initial_token(process.answer, CONFIGURED, (0, 0), 0.5))

    def _begin(self, who: int, process: Process) -> None:
        stored = self._stored()
        step = plan_refresh(stored, process.bad, process.held.given_up, 0)
        if isinstance(step, Adopt):
            assert step.token == stored.token
            self._publish(who, initial_token(stored, CONFIGURED, (0, 0), 0.5))
            return
        process.old = step.old[0]
        self.file = stored.with_intent(process.old, 0).to_json()
        process.at = "begun"

    def _refresh(self, process: Process, lost: bool) -> None:
        assert process.old is not None
        self.asked[process.old] += 1
        if not self.good or process.old == str(self.issued):
            self.issued, self.good = self.issued + 1, True
        if lost:
            self.doubts[process.old] += 1
            process.at, self.lock = "waiting", None  # it gives up for now; the intent stays
        else:
            process.at, process.answer = "answered", StoredToken(str(self.issued))

    @rule(who=WHO)
    def kill(self, who: int) -> None:
        process = self.processes[who]
        if self.lock == who:
            self.lock = None
            if process.at == "answered":
                self.doubts[process.old or ""] += 1
        self.processes[who] = self._started()

    @invariant()
    def each_bad_token_is_refreshed_once(self) -> None:
        for old, times in self.asked.items():
            assert times <= 1 + self.doubts[old]

    @invariant()
    def a_refresh_in_doubt_is_written_down(self) -> None:
        newest = str(self.issued)
        if self._stored().token not in (newest, None):
            assert self._stored().intent is not None


TestSharing = Sharing.TestCase
TestSharing.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
