"""The engine: what it claims, in which order and at which pace, and what it does when things go wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scgapi._core.look_up import Sighting
from scgapi.campaigns.engine import decisions
from scgapi.campaigns.engine.engine import Engine, Turn
from scgapi.campaigns.engine.hours import AllowedHours
from scgapi.campaigns.engine.procedures import procedure
from scgapi.campaigns.engine.rules import MAX_UNDECIDED_LOOK_UPS, Content, Rules
from scgapi.campaigns.engine.work import (
    Call,
    CallResult,
    Control,
    Create,
    Done,
    FirstLookUp,
    LookUp,
    Read,
    Resume,
    View,
    Work,
)
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.errors import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ConnectionFailedError,
    PartialFailureError,
    RateLimitError,
    ScgError,
    ServerError,
)
from tests.campaigns.simulated_clock import SimulatedClock

RULES = Rules("sale", "155", lambda fields: Content(f"Hi {fields['name']}"), {"from_": "155", "to": []})
WORK = Work("send", (1,), ("+1",), "sc1", 1, "INTENT", content=Content("Hi"))
LOST = ConnectionFailedError("lost", outcome="UNKNOWN")


def played(work: Work, rules: Rules, *answers: CallResult | ScgError) -> tuple[list[Call], Done]:
    """Play a procedure with these answers; return its calls and how it ended."""
    steps = procedure(work, rules)
    calls: list[Call] = []
    try:
        calls.append(next(steps))
        for answer in answers:
            calls.append(steps.throw(answer) if isinstance(answer, ScgError) else steps.send(answer))
    except StopIteration as end:
        done: Done = end.value
        return calls, done
    raise AssertionError(f"it goes on with {calls[-1]}")


def paused(work: Work = WORK) -> Work:
    return replace(work, kind="commit", state="PREPARED", request_id="r1")


def doubtful(code: str = "UNKNOWN", looks: int = 1) -> Work:
    return replace(WORK, kind="look_up", code=code, looks=looks, tries=1, controls=(Control("sc2", "r2"),))


TWO_PHASE = replace(RULES, mode="two_phase")


@pytest.mark.parametrize(
    ("error", "state", "is_error"),
    [
        (LOST, "INTENT", True),
        (ServerError("broken", status=502, outcome="UNKNOWN"), "INTENT", True),
        (PartialFailureError("in part", errors={"+1": "no"}, status=200), "INTENT", True),
        (ConflictError("taken", status=409, code="1011", outcome="REJECTED"), "INTENT", False),
        (ConnectionFailedError("refused", outcome="NOT_SENT"), "PLANNED", False),
        (RateLimitError("slower", status=429, outcome="REJECTED", retry_after=7.0), "PLANNED", False),
        (AuthenticationError("no", status=401, outcome="REJECTED"), "PLANNED", False),
        (BadRequestError("bad", status=400, outcome="REJECTED"), "FAILED", True),
    ],
)
def test_what_a_failed_send_becomes(error: ScgError, state: str, is_error: bool) -> None:
    _, done = played(WORK, RULES, error)
    assert (done.finish.state, done.is_error) == (state, is_error)
    assert bool(done.halt) == isinstance(error, AuthenticationError)
    assert (done.throttled is not None) == isinstance(error, RateLimitError)


def test_a_send_that_was_answered_with_success_is_never_made_again() -> None:
    _, done = played(WORK, RULES, ServerError("cut", status=200, outcome="ACCEPTED_UNPARSED"))
    assert done.finish.code == "ACCEPTED_UNPARSED"
    for looks in range(1, MAX_UNDECIDED_LOOK_UPS):
        calls, done = played(doubtful("ACCEPTED_UNPARSED", looks), RULES, Sighting("nothing"))
        assert len(calls) == 1
    assert done.finish.state == "IN_DOUBT"


def test_a_batch_that_was_refused_is_made_again_for_each() -> None:
    batch = replace(WORK, ids=(1, 2), addresses=("+1", "+2"))
    _, done = played(batch, RULES, BadRequestError("bad", status=400, outcome="REJECTED"))
    assert (done.finish.state, done.finish.split, done.is_error) == ("PLANNED", True, False)


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (Sighting("send", "r1", alone=True), "ACCEPTED"),
        (Sighting("unreliable"), "INTENT"),
        (LOST, "INTENT"),
    ],
)
def test_what_a_look_up_makes_of_a_send(seen: Sighting | ScgError, state: str) -> None:
    _, done = played(doubtful(), RULES, seen)
    assert done.finish.state == state


@pytest.mark.parametrize(
    ("shown", "state"),
    [
        (Sighting("send", "r2", alone=True), "PLANNED"),
        (Sighting("send", "r2", alone=False), "INTENT"),
        (Sighting("send", "r3", alone=True), "INTENT"),
        (Sighting("nothing"), "INTENT"),
    ],
)
def test_a_send_is_made_again_only_if_a_control_shows_up(shown: Sighting, state: str) -> None:
    calls, done = played(doubtful(), RULES, Sighting("nothing"), shown)
    assert calls == [LookUp("sc1"), LookUp("sc2")]
    assert done.finish.state == state


def test_the_first_look_up_alone_decides_nothing() -> None:
    _, done = played(doubtful(looks=0), RULES, Sighting("nothing"))
    assert (done.finish.state, done.finish.looks, done.finish.delay) == ("INTENT", 1, RULES.second_look)


@pytest.mark.parametrize(("may_wait", "looks"), [(True, 1), (False, 2)])
def test_a_send_without_a_control_waits_for_one_while_one_may_come(may_wait: bool, looks: int) -> None:
    work = replace(doubtful(), controls=(), may_wait=may_wait)
    _, done = played(work, RULES, Sighting("nothing"))
    assert (done.finish.state, done.finish.looks) == ("INTENT", looks)


@pytest.mark.parametrize("code", ["LOST", "UNKNOWN"])
def test_what_may_have_gone_with_others_is_left_to_a_person(code: str) -> None:
    batches = replace(RULES, batch=5)
    _, done = played(doubtful(code, looks=0), batches, Sighting("nothing"))
    assert done.finish.state == ("IN_DOUBT" if code == "LOST" else "INTENT")


def test_two_phases_make_a_paused_request_keep_the_claim_and_let_it_go() -> None:
    calls, done = played(WORK, TWO_PHASE, "r1")
    assert calls == [Create(WORK, True)]
    assert (done.finish.state, done.finish.keep, done.finish.request_id) == ("PREPARED", True, "r1")
    calls, done = played(paused(), TWO_PHASE, None)
    assert calls == [Resume("r1")]
    assert done.finish.state == "ACCEPTED"


@pytest.mark.parametrize(
    ("view", "state"),
    [
        (View("PAUSED"), "PREPARED"),
        (View("PREPARING"), "PREPARED"),
        (View("TRANSMITTING"), "ACCEPTED"),
        (View("COMPLETED", sent=1), "ACCEPTED"),
        (View("COMPLETED"), "ACCEPTED"),
        (View("DELIVERED", sent=1), "ACCEPTED"),
        (View("EXPIRED", sent=1), "ACCEPTED"),
        (View("EXPIRED"), "PLANNED"),
        (View("COMPLETED", expired=True), "PLANNED"),
        (View("CANCELED"), "CANCELLED"),
        (View("REJECTED"), "FAILED"),
    ],
)
def test_a_commit_that_was_refused_or_lost_goes_by_the_state(view: View, state: str) -> None:
    for error in (LOST, BadRequestError("not PAUSED", status=400, outcome="REJECTED")):
        calls, done = played(paused(), TWO_PHASE, error, view)
        assert calls == [Resume("r1"), Read("r1")]
        assert done.finish.state == state


def test_a_request_that_a_look_up_has_shown_and_another_run_has_given_up_is_made_again() -> None:
    _, found = played(doubtful("LOST"), TWO_PHASE, Sighting("send", "r1", alone=True))
    assert (found.finish.state, found.finish.keep) == ("PREPARED", True)
    refusal = BadRequestError("not PAUSED", status=400, outcome="REJECTED")
    for code, state in ((found.finish.code, "PLANNED"), ("", "CANCELLED"), ("UNKNOWN", "CANCELLED")):
        work = replace(paused(), code=code)
        # It stays known where it comes from while it can be neither let go nor read.
        _, later = played(work, TWO_PHASE, refusal, LOST)
        assert (later.finish.state, later.finish.code) == ("PREPARED", code)
        _, done = played(work, TWO_PHASE, refusal, View("CANCELED"))
        assert done.finish.state == state


def test_a_send_is_looked_up_first_where_it_may_have_been_made() -> None:
    halting, adopting = replace(WORK, first_look="halt", batch_id="sc9"), replace(WORK, first_look="adopt")
    seen, nothing = Sighting("send", "r1", alone=True), Sighting("nothing")
    calls, done = played(halting, RULES, nothing, seen)
    assert calls == [LookUp("sc1"), LookUp("sc9")]
    assert "call recover()" in done.halt
    calls, done = played(adopting, RULES, seen)
    assert (calls, done.finish.state, done.finish.request_id) == ([LookUp("sc1")], "ACCEPTED", "r1")
    calls, _ = played(adopting, RULES, nothing, "r2")
    assert calls[1:] == [Create(adopting, False)]


@pytest.mark.parametrize("view", [View("CANCELED"), View("EXPIRED"), View("COMPLETED", expired=True)])
def test_a_request_that_was_never_sent_is_not_found_again_in_place_of_its_successor(view: View) -> None:
    refusal = BadRequestError("not PAUSED", status=400, outcome="REJECTED")
    _, found = played(replace(WORK, first_look="adopt"), TWO_PHASE, Sighting("send", "r1", alone=True))
    _, done = played(replace(paused(), code=found.finish.code), TWO_PHASE, refusal, view)
    assert (done.finish.state, done.finish.tries) == ("PLANNED", 1)
    assert done.finish.request_id == "r1"
    again = replace(WORK, first_look="adopt", code=done.finish.code, tries=done.finish.tries, request_id="r1")
    calls, _ = played(again, TWO_PHASE, Sighting("send", "r1", alone=True), "r2")
    assert calls == [LookUp("sc1"), Create(again, True)]
    # A successor that the journal does not know may have been sent.
    calls, done = played(again, TWO_PHASE, Sighting("send", "r2", alone=True))
    assert (calls, done.finish.state, done.finish.request_id) == ([LookUp("sc1")], "PREPARED", "r2")


@pytest.mark.parametrize("rules", [RULES, TWO_PHASE], ids=lambda one: one.mode)
def test_several_requests_to_a_recipient_stop_a_send(rules: Rules) -> None:
    several = Sighting("unreliable", several=True)
    calls, done = played(replace(WORK, first_look="halt"), rules, several)
    assert calls == [LookUp("sc1")]
    assert "call recover()" in done.halt
    for code in ("", "NEVER_SENT"):
        calls, done = played(replace(WORK, first_look="adopt", code=code), rules, several)
        assert (calls, done.finish.state) == ([LookUp("sc1")], "IN_DOUBT")


@pytest.mark.parametrize("first_look", ["halt", "adopt"])
def test_look_ups_that_cannot_be_relied_on_do_not_keep_a_campaign_from_sending(
    first_look: FirstLookUp,
) -> None:
    work = replace(WORK, first_look=first_look)
    calls, done = played(work, RULES, Sighting("unreliable"), "r1")
    assert (calls, done.finish.state) == ([LookUp("sc1"), Create(work, False)], "ACCEPTED")


def test_after_a_restart_of_the_database_one_send_is_looked_up_before_others_follow(
    running: Running, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.plan(100)
    engine = running.engine(replace(RULES, rate=10.0))
    turn = begun(engine)
    assert {work.first_look for work in turn.work} == {""}
    monkeypatch.setattr(running.journals[-1]._database, "restarts", 1, raising=False)
    assert engine.turn(accept(turn)).work == []
    # The gateway lists late what was sent last.
    clock.go_on(RULES.quarantine)
    (work,) = engine.turn([]).work
    assert work.first_look == "halt"
    clock.go_on(1)
    assert engine.turn([]).work == []
    assert {work.first_look for work in engine.turn([decisions.accepted(work, "r9")]).work} == {""}


def test_a_lost_prepare_is_made_again_without_a_look_up() -> None:
    _, done = played(WORK, TWO_PHASE, LOST)
    assert done.finish.state == "PLANNED"


def test_a_campaign_that_the_gateway_knows_from_another_journal_halts() -> None:
    first = replace(WORK, first_look="halt")
    calls, done = played(first, RULES, Sighting("send", "r9", alone=True))
    assert calls == [LookUp("sc1")]
    assert (done.finish.state, "recover()" in done.halt) == ("PLANNED", True)
    calls, done = played(first, RULES, Sighting("nothing"), "r1")
    assert done.finish.state == "ACCEPTED"


class Running:
    """An engine on a journal of its own, by a clock that the test sets."""

    def __init__(self, path: Path, clock: SimulatedClock) -> None:
        self.path, self.clock = path, clock
        self.times = Clock(clock.monotonic, clock.time_of_day)
        self.journals: list[Journal] = []

    def engine(self, rules: Rules = RULES) -> Engine:
        journal = Journal(self.path, clock=self.times)
        self.journals.append(journal)
        journal.begin("sale", {})
        return Engine(journal, rules, self.times)

    def plan(self, count: int, zones: tuple[str, ...] = ()) -> Journal:
        journal = Journal(self.path, clock=self.times)
        self.journals.append(journal)
        journal.begin("sale", {})
        journal.add(Recipient(f"+1555{line:07}", {"name": "Ann"}, zones, line) for line in range(count))
        return journal


@pytest.fixture
def running(memory: Path, clock: SimulatedClock) -> Iterator[Running]:
    made = Running(memory / "campaigns.db", clock)
    yield made
    for journal in made.journals:
        journal.close()


def accept(turn: Turn) -> list[Done]:
    return [decisions.accepted(work, f"r{work.ids[0]}") for work in turn.work]


def begun(engine: Engine) -> Turn:
    """Let the first send be accepted, so that others may follow."""
    return engine.turn(accept(engine.turn([])))


def test_one_send_goes_alone_until_one_is_taken(running: Running) -> None:
    running.plan(10)
    engine = running.engine()
    first = engine.turn([])
    assert (len(first.work), first.work[0].first_look) == (1, "halt")
    assert engine.turn([]).work == []
    assert len(engine.turn(accept(first)).work) == 9


def test_no_more_is_claimed_than_a_run_can_hold(running: Running) -> None:
    running.plan(100)
    engine = running.engine(replace(RULES, in_flight=5))
    turn = begun(engine)
    assert len(turn.work) == engine.in_hand == 20
    assert len(engine.turn(accept(turn)[:7]).work) == 7


def test_the_moments_of_sends_are_spaced_by_the_rate(running: Running, clock: SimulatedClock) -> None:
    running.plan(100)
    engine = running.engine(replace(RULES, rate=10.0))
    turn = begun(engine)
    moments = [work.at - clock.elapsed for work in turn.work]
    assert moments == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    assert engine.turn([]).work == []
    clock.go_on(0.3)
    assert len(engine.turn([]).work) == 3


def test_a_sender_s_rate_is_shared_by_runs(running: Running) -> None:
    running.plan(100)
    rules = replace(RULES, rate=10.0)
    one, two = running.engine(rules), running.engine(rules)
    assert len(begun(one).work) == 5
    assert two.turn([]).work == []


def test_a_refusal_for_haste_stops_all_for_as_long_as_it_says(
    running: Running, clock: SimulatedClock
) -> None:
    running.plan(100)
    engine = running.engine(replace(RULES, rate=1000.0))
    turn = begun(engine)
    refusal = RateLimitError("slower", status=429, outcome="REJECTED", retry_after=7.0)
    done = [decisions.after_failed_send(work, refusal, RULES) for work in turn.work]
    assert engine.turn(done).work == []
    clock.go_on(6.0)
    assert engine.turn([]).work == []
    clock.go_on(1.0)
    assert engine.turn([]).work


def test_a_gateway_that_is_gone_is_tried_by_one_send_at_a_time(
    running: Running, clock: SimulatedClock
) -> None:
    running.plan(1000)
    engine = running.engine()
    turn = begun(engine)
    gone = ConnectionFailedError("refused", outcome="NOT_SENT")
    engine.turn([decisions.after_failed_send(work, gone, RULES) for work in turn.work])
    clock.go_on(400)
    assert len(engine.turn([]).work) <= 1


def test_texts_that_are_the_same_share_a_request_and_others_do_not(running: Running) -> None:
    journal = running.plan(7)
    journal.add([Recipient("+2", {"name": "Bob"}, (), 99)])
    turn = begun(running.engine(replace(RULES, batch=4)))
    assert sorted(len(work.ids) for work in turn.work) == [1, 2, 4]
    ids = {work.external_id for work in turn.work}
    assert len(ids) == 3


def test_a_batch_keeps_its_recipients_and_its_id_when_it_is_made_again(
    running: Running, clock: SimulatedClock
) -> None:
    running.plan(9)
    engine = running.engine(replace(RULES, batch=4))
    turn = begun(engine)
    again = [decisions.after_absence(work, RULES) for work in turn.work]
    second = engine.turn(again)
    assert [(work.ids, work.external_id) for work in second.work] == [
        (work.ids, work.external_id) for work in turn.work
    ]


def test_at_night_nothing_is_claimed_and_in_the_morning_all_is(
    running: Running, clock: SimulatedClock
) -> None:
    running.plan(5, zones=("America/New_York",))
    rules = replace(RULES, hours=AllowedHours("09:00", "20:00"))
    # 14 November 2023, 22:13 UTC: 17:13 in New York.
    clock.go_on(4 * 3600)
    engine = running.engine(rules)
    turn = engine.turn([])
    assert (turn.work, turn.wait) == ([], 60.0)
    hours = 0
    while not (turn := engine.turn([])).work:
        clock.go_on(3600)
        hours += 1
    assert hours == 12
    assert len(engine.turn(accept(turn)).work) == 4


def test_nothing_is_claimed_before_the_start_nor_after_the_end(
    running: Running, clock: SimulatedClock
) -> None:
    running.plan(5)
    now = clock.time_of_day()
    engine = running.engine(replace(RULES, start=now + 10, end=now + 20))
    assert engine.turn([]).work == []
    clock.go_on(10)
    turn = engine.turn([])
    assert len(turn.work) == 1
    clock.go_on(10)
    over = engine.turn(accept(turn))
    assert (over.work, over.wait) == ([], None)


@pytest.mark.parametrize("control", ["PAUSED", "HALTED", "CANCELLED"])
def test_a_campaign_that_may_not_send_claims_nothing(running: Running, control: str) -> None:
    journal = running.plan(5)
    engine = running.engine()
    turn = engine.turn([])
    journal.set_control("PAUSED" if control == "PAUSED" else "HALTED" if control == "HALTED" else "CANCELLED")
    found = engine.turn(accept(turn))
    assert found.work == []
    assert (found.wait is None) == (control != "PAUSED")
    planned = 0 if control == "CANCELLED" else 4
    assert journal.counts().of("PLANNED") == planned


def test_what_a_killed_run_left_is_looked_up_by_the_next_one(running: Running, clock: SimulatedClock) -> None:
    running.plan(3)
    begun(running.engine())
    other = running.engine()
    assert other.turn([]).work == []
    clock.go_on(RULES.lease + 1)
    assert other.turn([]).work == []
    clock.go_on(RULES.quarantine)
    assert [work.kind for work in other.turn([]).work] == ["look_up", "look_up"]


def test_a_clock_that_was_set_ahead_does_not_end_the_quarantine(
    running: Running, clock: SimulatedClock
) -> None:
    running.plan(3)
    begun(running.engine())
    # By the database's clock the leases have ended long ago; the requests may be on their way all the same.
    clock.go_on(3600)
    other = running.engine()
    assert other.turn([]).work == []
    clock.go_on(RULES.quarantine - 1)
    assert other.turn([]).work == []
    clock.go_on(1)
    assert [work.kind for work in other.turn([]).work] == ["look_up", "look_up"]


def test_a_request_that_another_run_has_replaced_is_given_up(running: Running, clock: SimulatedClock) -> None:
    running.plan(3)
    engine = running.engine(TWO_PHASE)
    (work,) = engine.turn([]).work
    clock.go_on(TWO_PHASE.lease + 1)
    running.engine(TWO_PHASE).turn([])
    (discard,) = (one for one in engine.turn([decisions.prepared(work, "r1")]).work if one.request_id)
    assert (discard.kind, discard.request_id) == ("discard", "r1")


def test_a_look_up_that_shows_the_request_of_another_send_decides_nothing(
    running: Running, clock: SimulatedClock
) -> None:
    journal = running.plan(2)
    engine = running.engine()
    (second,) = begun(engine).work
    engine.turn([decisions.after_failed_send(second, LOST, RULES)])
    clock.go_on(RULES.quarantine)
    (look,) = engine.turn([]).work
    engine.turn([decisions.after_sighting(look, "r1", RULES)])
    assert journal.counts().states == {"ACCEPTED": 1, "IN_DOUBT": 1}


def test_a_field_that_is_missing_fails_its_recipient_alone(running: Running) -> None:
    journal = running.plan(2)
    journal.add([Recipient("+2", {}, (), 99)])
    begun(running.engine())
    (failed,) = (row for row in journal.rows() if row.state == "FAILED")
    assert failed.error == "the field 'name' is missing"


def full() -> object:
    raise sqlite3.OperationalError("database or disk is full")


def test_what_was_done_is_recorded_by_the_turn_after_one_that_failed(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = running.plan(1)
    engine = running.engine()
    done = accept(engine.turn([]))
    own = running.journals[-1]
    with monkeypatch.context() as patched:
        patched.setattr(own, "standing", full)
        with pytest.raises(ScgError, match="disk is full"):
            engine.turn(done)
    assert journal.counts().states == {"INTENT": 1}
    assert engine.turn(done).wait is None
    assert journal.counts().states == {"ACCEPTED": 1}
