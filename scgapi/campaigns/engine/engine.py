"""The engine of a run. Each turn records the results of work and decides which work is next."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from scgapi._core.look_up import describe_shape
from scgapi.campaigns.engine import decisions, pace
from scgapi.campaigns.engine.first_look import FirstLook, is_fresh
from scgapi.campaigns.engine.rules import HORIZON_SECONDS, NO_CONTENT, Content, Rules
from scgapi.campaigns.engine.sorting import SortedRecipients, sort_recipients
from scgapi.campaigns.engine.work import Control, Done, Kind, Work
from scgapi.campaigns.journal.claims import Claims, Take
from scgapi.campaigns.journal.identity import external_id
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.journal.rows import Claimed, Standing, State

_MAX_CONTROLS = 4
"""Number of controls that a look-up chooses from; it takes the first that fits."""

_MAX_CLAIM_ROUNDS = 50
"""Number of times that one turn claims recipients, if all that it has claimed so far must be postponed."""

_FAILURES_BEFORE_HOLD = 5
"""Number of failures in a row after which sends go one at a time, until one succeeds."""

_FIRST_HOLD_SECONDS = 0.25
"""Pause before the first of these single sends; each further pause is twice as long as the last."""

_MAX_HOLD_SECONDS = 30.0
"""Longest pause before a single send."""

_ABANDON_INTERVAL_SECONDS = 1.0
"""Time between two searches for sends whose process has ended."""

_POLL_SECONDS = 0.25
"""Time until the next turn if it depends on a response, or on another run, what is to be done."""

_MAX_WAIT_SECONDS = 60.0
"""Longest time until the next turn: the computer's clock may be set while the run waits."""

_MAX_POSTPONE_SECONDS = 3600.0
"""Longest time for which a recipient is postponed: the computer's clock may be set meanwhile."""


class Turn(NamedTuple):
    """Result of a turn.

    Attributes:
        work: work to begin.
        standing: whether the campaign may send.
        wait: seconds until the next turn; None if nothing is left to do.
    """

    work: list[Work]
    standing: Standing
    wait: float | None


class Engine:
    """The engine of one run.

    Args:
        journal: the journal, with the campaign chosen.
        rules: the rules of the run.
        clock: the clocks of the run.
    """

    def __init__(self, journal: Journal, rules: Rules, clock: Clock) -> None:
        self.rules = rules
        self._journal, self._clock = journal, clock
        self._owner = uuid.uuid4().hex
        self._settings = journal.settings()
        self._in_hand = 0
        self._sending = 0
        self._streak = 0
        self._held_until = 0.0
        self._next_abandon = 0.0
        self._has_control = False
        self._first_look = FirstLook()

    @property
    def in_hand(self) -> int:
        """Number of units of work that were returned by `turn` and are not done."""
        return self._in_hand

    def turn(self, done: Sequence[Done], *, claiming: bool = True) -> Turn:
        """Record work that is done, and claim the next work, in one transaction.

        If it raises, pass the same `done` again: nothing was recorded, or, if the connection to the database was lost
        during the commit, all of it. Work that was claimed by that commit is claimed again when its lease ends.
        """
        began = self._clock.monotonic()
        with self._journal.transaction():
            claims = self._journal.claims()
            now = claims.now()
            work = self._record(claims, done, now, began)
            standing = self._journal.standing()
            wait: float | None = None
            if standing.control == "CANCELLED":
                claims.cancel_planned()
            if claiming and standing.control != "HALTED":
                found, wait = self._claim(claims, now, began, standing, done)
                work += found
        # Counted after the transaction, which may have failed.
        self._in_hand += len(work) - len(done)
        self._sending += sum(one.kind == "send" for one in work) - sum(
            one.work.kind == "send" for one in done
        )
        self._note_trouble(done, began)
        self._first_look.note(work, done, self._journal.restarts)
        return Turn(work, standing, wait)

    def _record(self, claims: Claims, done: Sequence[Done], now: float, began: float) -> list[Work]:
        """Record the results of work; return work that follows from it at once."""
        kept = [self._checked(claims, one) for one in done if one.work.kind != "discard"]
        held = claims.finish(self._owner, [one.finish for one in kept], now, self.rules.lease)
        following: list[Work] = []
        for one, is_held in zip(kept, held, strict=True):
            if one.finish.state == "PREPARED" and one.finish.request_id:
                if is_held and one.finish.keep:
                    following.append(_next(one, "commit", began + self.rules.lease))
                elif not is_held and one.work.kind == "send":
                    if claims.keep(self._owner, one.finish, now, self.rules.lease):
                        # It was recorded by a commit whose answer was lost.
                        following.append(_next(one, "commit", began + self.rules.lease))
                    elif not claims.is_known(one.finish.request_id):
                        # Another run has replaced this request, and the journal does not know it.
                        following.append(_next(one, "discard", began + self.rules.lease))
        # All runs lock the campaign before the pace, or two of them might wait for each other.
        self._count_errors(claims, [one for one, is_held in zip(kept, held, strict=True) if is_held])
        asked = [one.throttled for one in kept if one.throttled is not None]
        if asked:
            rate = claims.rate(self.rules.sender)
            claims.set_rate(self.rules.sender, pace.throttled(rate, now, max(asked)))
        return following

    def _checked(self, claims: Claims, done: Done) -> Done:
        """Return the result of a look-up, or a doubt if it found a request that belongs to another send."""
        found = done.finish.request_id
        if done.work.kind != "look_up" or not found or not claims.is_known(found, done.work.ids[0]):
            return done
        return decisions.in_doubt(done.work, "look-ups show the request of another send")

    def _count_errors(self, claims: Claims, done: Sequence[Done]) -> None:
        halt = next((one.halt for one in done if one.halt), "")
        errors = sum(one.is_error for one in done)
        if errors:
            total, most = claims.count_errors(errors), self.rules.max_errors
            if most is not None and total >= most and not halt:
                last = next((one.finish.error for one in reversed(done) if one.is_error), "")
                halt = f"{total} errors, max_errors is {most}; the last: {last}"
        if halt and self._journal.standing().control in ("READY", "PAUSED"):
            claims.set_control("HALTED", halt)

    def _claim(
        self, claims: Claims, now: float, began: float, standing: Standing, done: Sequence[Done]
    ) -> tuple[list[Work], float | None]:
        """Claim work that is due; return it, and the seconds until the next turn (None if nothing is left)."""
        rules = self.rules
        if now >= self._next_abandon:
            self._next_abandon = now + _ABANDON_INTERVAL_SECONDS
            claims.abandon(now, None if rules.mode == "two_phase" else rules.quarantine)
        room = rules.in_hand - self._in_hand + len(done)
        today = self._clock.time_of_day()
        is_over = standing.control == "CANCELLED" or (rules.end is not None and today >= rules.end)
        work = self._settle(claims, now, began, room, standing, is_over=is_over)
        pause = 0.0
        is_ready = not is_over and standing.control == "READY"
        if is_ready and rules.start is not None and today < rules.start:
            pause = rules.start - today
        elif is_ready and began < self._held_until:
            pause = self._held_until - began
        elif (
            is_ready and (hold := self._first_look.hold(self._journal.restarts, began, rules.quarantine)) > 0
        ):
            pause = hold
        elif is_ready and not self._first_look.is_awaited(done):
            room = min(room - len(work), self._limit(claims, now, done))
            is_due = self._first_look.is_due(self._journal.restarts, done)
            found, pause = self._new(claims, now, began, today, room, is_due=is_due)
            work += found
            if found and not self._has_control:
                # While nothing was sent, the campaign may be planned anew, with another text than this run has.
                self._journal.check_settings(self._settings)
        due = claims.next_due()
        if due is None or (is_over and not claims.has_open()):
            return work, None
        return work, min(_MAX_WAIT_SECONDS, max(due - now, pause or _POLL_SECONDS))

    def _limit(self, claims: Claims, now: float, done: Sequence[Done]) -> int:
        """Return the number of sends that may begin: one at a time until look-ups and the gateway are known to work."""
        sending = self._sending - sum(one.work.kind == "send" for one in done)
        if not self._has_control:
            # A doubt can be resolved only if look-ups find an accepted send. Until there is one, risk one doubt at most.
            self._has_control = bool(claims.accepted(now, 1))
        is_careful = not self._has_control or self._streak >= _FAILURES_BEFORE_HOLD
        return max(0, 1 - sending) if is_careful else self.rules.in_hand

    def _settle(
        self, claims: Claims, now: float, began: float, room: int, standing: Standing, *, is_over: bool
    ) -> list[Work]:
        """Claim sends that are in doubt, or prepared (recorded, but not resumed yet)."""
        rules = self.rules
        until = began + rules.lease
        may_wait = False
        work: list[Work] = []
        states: tuple[State, ...] = ("PREPARED", "INTENT")
        for state in states:
            if state == "PREPARED" and standing.control == "PAUSED":
                continue
            rows = claims.due(state, now, max(0, room - len(work)))
            sends = [[row, *claims.others(row)] for row in rows]
            claims.take(self._owner, [Take(send, state) for send in sends], now + rules.lease)
            controls: list[Control] = []
            if state == "INTENT" and any(row.looks for row in rows):
                controls = self._controls(claims, now)
                may_wait = not is_over and standing.control in ("READY", "PAUSED") and claims.has_planned()
            kind: Kind = "look_up"
            if state == "PREPARED":
                kind = "cancel" if standing.control == "CANCELLED" else "commit"
            for send in sends:
                one = self._work(kind, send, NO_CONTENT, began, until)
                fitting = _fitting(controls, one.external_id) if controls else ()
                work.append(replace(one, controls=fitting, may_wait=may_wait))
        return work

    def _controls(self, claims: Claims, now: float) -> list[Control]:
        """Return accepted sends. Older ones are preferred: the gateway may list a new one late."""
        found = claims.accepted(now - self.rules.second_look, _MAX_CONTROLS) or claims.accepted(
            now, _MAX_CONTROLS
        )
        return [
            Control(external_id(self.rules.campaign, one.addresses, one.again), one.request_id)
            for one in found
        ]

    def _new(
        self, claims: Claims, now: float, began: float, today: float, room: int, *, is_due: bool
    ) -> tuple[list[Work], float]:
        """Claim planned sends at the sender's pace; return them, and the seconds until the next may be claimed."""
        rules = self.rules
        if room <= 0:
            return [], 0.0
        rate = claims.rate(rules.sender)
        interval = pace.slowness(rate, now) / rules.rate if rules.rate else 0.0
        allowed = pace.allowance(rate, interval, now)
        if allowed < 1:
            return [], max(0.0, rate.next - now - HORIZON_SECONDS)
        # The first recipient gets a request of its own, so that recover() finds it however later batches are made up.
        batch = rules.batch if self._has_control else 1
        count = int(min(max(allowed, batch), room * batch))
        moment = max(rate.next, now)
        work: list[Work] = []
        for _ in range(_MAX_CLAIM_ROUNDS):
            rows = claims.due("PLANNED", now, count)
            found = sort_recipients(rows, rules, today)
            self._put_off(claims, found, now, today)
            sends = [
                ([*send, *claims.others(send[0])] if send[0].send is not None else send, content)
                for send, content in found.sends
            ]
            first = next((send for send, _ in sends if is_fresh(send)), None) if is_due else None
            if first is not None:
                # It is looked up before, and nothing else goes; of those that may share a request, one alone.
                alone = first[:1] if first[0].send is None else first
                sends = [(alone, content) for send, content in sends if send is first]
                count = 0
            claims.take(self._owner, [Take(send, "INTENT") for send, _ in sends], now + rules.lease)
            for send, content in sends:
                at = began + moment - now
                one = self._work("send", send, content, at, began + rules.lease)
                if first is not None:
                    one.first_look = "halt"
                    one.batch_id = self._id(first) if len(first) > len(send) else ""
                elif is_due:
                    one.first_look = "adopt"
                work.append(one)
                moment += interval * len(send)
            count -= sum(len(send) for send, _ in sends)
            if count <= 0 or not (found.postponed or found.refused):
                break
        if interval and work:
            claims.set_rate(rules.sender, rate._replace(next=moment))
        return work, max(0.0, moment - now - HORIZON_SECONDS) if work else 0.0

    def _put_off(self, claims: Claims, found: SortedRecipients, now: float, today: float) -> None:
        for moment, rows in found.postponed.items():
            claims.postpone((row.id for row in rows), now + min(_MAX_POSTPONE_SECONDS, moment - today))
        claims.refuse((row.id, reason) for row, reason in found.refused)

    def _work(self, kind: Kind, rows: Sequence[Claimed], content: Content, at: float, until: float) -> Work:
        first = rows[0]
        addresses = tuple(row.address for row in rows)
        return Work(
            kind,
            tuple(row.id for row in rows),
            addresses,
            self._id(rows),
            Take(rows, first.state).attempt,
            "PREPARED" if first.state == "PREPARED" else "INTENT",
            content=content,
            tries=first.tries,
            looks=first.looks,
            request_id=first.request_id,
            code=first.code,
            at=at,
            until=until,
        )

    def _id(self, rows: Sequence[Claimed]) -> str:
        return external_id(self.rules.campaign, [row.address for row in rows], rows[0].again)

    def _note_trouble(self, done: Sequence[Done], now: float) -> None:
        for one in done:
            if one.in_trouble is not None:
                self._streak = self._streak + 1 if one.in_trouble else 0
        if self._streak >= _FAILURES_BEFORE_HOLD and any(one.in_trouble for one in done):
            doublings = min(self._streak - _FAILURES_BEFORE_HOLD, 10)
            self._held_until = now + min(_MAX_HOLD_SECONDS, _FIRST_HOLD_SECONDS * 2.0**doublings)


def _next(done: Done, kind: Kind, until: float) -> Work:
    return replace(
        done.work,
        kind=kind,
        state="PREPARED",
        request_id=done.finish.request_id,
        code=done.finish.code,
        at=0.0,
        until=until,
        looks=0,
    )


def _fitting(controls: Iterable[Control], wanted: str) -> tuple[Control, ...]:
    """Return the first control whose id has the form of the wanted id, so that look-ups treat both alike."""
    form = describe_shape(wanted)
    return tuple(one for one in controls if describe_shape(one.external_id).covers(form))[:1]
