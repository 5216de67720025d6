"""A campaign in simulated time: runs that crash and oversleep, and a gateway that loses, delays, refuses and hides."""

from __future__ import annotations

import heapq
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from scgapi._core.look_up import Sighting
from scgapi.campaigns.engine import decisions
from scgapi.campaigns.engine.engine import Engine
from scgapi.campaigns.engine.procedures import procedure
from scgapi.campaigns.engine.rules import Rules
from scgapi.campaigns.engine.work import (
    Call,
    CallResult,
    Cancel,
    Create,
    Done,
    LookUp,
    Procedure,
    Read,
    Resume,
    View,
    Work,
)
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.local_clock import Clock
from scgapi.campaigns.recipients.recipient import Recipient
from scgapi.errors import (
    ApiError,
    BadRequestError,
    ConflictError,
    ConnectionFailedError,
    NotFoundError,
    Outcome,
    RateLimitError,
    ScgError,
)
from tests.campaigns.simulated_clock import SimulatedClock

GATHER = 0.25
"""Seconds between two turns of a busy run: few, for turns are what a simulation spends its time on."""


@dataclass(frozen=True)
class Mix:
    """What goes wrong, and how often; times in seconds, drawn evenly from 0 to the value."""

    name: str
    fates: Mapping[str, float]
    lateness: float = 20.0
    lag: float = 8.0
    denied: float = 0.1
    crashes: float = 0.0
    sleeps: float = 0.0
    runs: int = 1


class Events:
    """Simulated time: what is to happen, in order."""

    def __init__(self) -> None:
        self.clock = SimulatedClock()
        self._heap: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()

    @property
    def now(self) -> float:
        return self.clock.elapsed

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        heapq.heappush(self._heap, (self.now + seconds, next(self._order), act))

    def go_on(self) -> bool:
        """Do what is next; False if nothing is."""
        if not self._heap:
            return False
        at, _, act = heapq.heappop(self._heap)
        self.clock.elapsed = max(self.now, at)
        act()
        return True


@dataclass
class Request:
    """A request that the gateway has taken; `sent` is when its messages went, None while it is paused."""

    id: str
    external_id: str
    addresses: tuple[str, ...]
    visible: float
    expires: float
    sent: float | None = None
    cancelled: bool = False


class Gateway:
    """Draws the fate of each call."""

    def __init__(self, events: Events, mix: Mix, chance: random.Random, *, is_unique: bool = False) -> None:
        self.events, self.mix, self.chance = events, mix, chance
        self.requests: dict[str, Request] = {}
        self.by_external_id: defaultdict[str, list[Request]] = defaultdict(list)
        self.sent: Counter[str] = Counter()
        self.fates: Counter[str] = Counter()
        self.departures: list[float] = []
        self.refused_for_good: frozenset[str] = frozenset()
        self._is_unique = is_unique
        self._names, self._weights = [*mix.fates], [*mix.fates.values()]

    def perform(self, call: Call) -> tuple[float, CallResult | ScgError]:
        """Return how long the caller waits, and for what."""
        took = self.chance.uniform(0.02, 0.3)
        if isinstance(call, LookUp | Read):
            if self.chance.random() < self.mix.denied:
                return took, _lost("UNKNOWN")
            return took, self._look_up(call) if isinstance(call, LookUp) else self._read(call)
        (fate,) = self.chance.choices(self._names, self._weights)
        self.fates[fate] += 1
        if isinstance(call, Create):
            self.departures.append(self.events.now)
        if fate == "not sent":
            return took, _lost("NOT_SENT")
        if fate == "429":
            return took, RateLimitError(
                "slower", status=429, outcome="REJECTED", retry_after=self.chance.choice([None, 1.0])
            )
        if fate == "lost before":
            return took + 5, _lost("UNKNOWN")
        if fate == "5xx, not done":
            return took, ApiError("broken", status=502, outcome="UNKNOWN")
        if fate == "late":
            lateness = self.chance.uniform(0, self.mix.lateness)
            self.events.after(took + lateness, lambda: self._execute(call))
            return took + 5, _lost("UNKNOWN")
        found = self._execute(call)
        if fate == "lost after":
            return took + 5, _lost("UNKNOWN")
        if fate == "5xx, done":
            return took, ApiError("broken", status=502, outcome="UNKNOWN")
        if fate == "unparsed" and not isinstance(found, ScgError):
            return took, ApiError("half an answer", status=200, outcome="ACCEPTED_UNPARSED")
        return took, found

    def executions(self, address: str) -> int:
        return self.sent[address]

    def _execute(self, call: Create | Resume | Cancel) -> CallResult | ScgError:
        now = self.events.now
        if isinstance(call, Create):
            work = call.work
            if not self.refused_for_good.isdisjoint(work.addresses):
                return BadRequestError("no such number", status=400, code="4000", outcome="REJECTED")
            if self._is_unique and self.by_external_id[work.external_id]:
                return ConflictError("taken", status=409, code="1011", outcome="REJECTED")
            lag = self.chance.uniform(0, self.mix.lag)
            made = Request(
                f"r{len(self.requests)}", work.external_id, work.addresses, now + lag, now + 86_400
            )
            self.requests[made.id] = made
            self.by_external_id[work.external_id].append(made)
            if not call.paused:
                self._send(made)
            return made.id
        found = self.requests[call.request_id]
        if found.sent is not None or found.cancelled or now > found.expires:
            return BadRequestError("not PAUSED", status=400, code="4000", outcome="REJECTED")
        if isinstance(call, Resume):
            self._send(found)
        else:
            found.cancelled = True
        return None

    def _send(self, request: Request) -> None:
        request.sent = self.events.now
        self.sent.update(request.addresses)

    def _look_up(self, call: LookUp) -> Sighting:
        rows = [one for one in self.by_external_id[call.external_id] if one.visible <= self.events.now]
        if not rows:
            return Sighting("nothing")
        return Sighting("send", rows[0].id, alone=True) if len(rows) == 1 else Sighting("unreliable")

    def _read(self, call: Read) -> View | ScgError:
        found = self.requests[call.request_id]
        if found.visible > self.events.now:
            return NotFoundError("not yet", status=404, outcome="REJECTED")
        if found.cancelled:
            return View("CANCELED")
        if found.sent is not None:
            return View("COMPLETED", sent=len(found.addresses))
        return View("COMPLETED", expired=True) if self.events.now > found.expires else View("PAUSED")


class Run:
    """One run of the campaign; it may crash, or oversleep."""

    def __init__(
        self, events: Events, gateway: Gateway, journal: Journal, rules: Rules, clock: Clock
    ) -> None:
        self.events, self.gateway, self.rules = events, gateway, rules
        self.engine = Engine(journal, rules, clock)
        self.done: list[Done] = []
        self.is_alive = True
        self.is_over = False
        self.asleep_until = 0.0
        self.events.after(0.0, self.turn)

    def turn(self) -> None:
        if not self._is_awake(self.turn):
            return
        turn = self.engine.turn(self.done)
        self.done = []
        for work in turn.work:
            self.events.after(max(0.0, work.at - self.events.now), partial(self.begin, work))
        if turn.wait is None and not self.engine.in_hand:
            self.is_over = True
            return
        self.events.after(GATHER if self.engine.in_hand else max(GATHER, turn.wait or 0.0), self.turn)

    def begin(self, work: Work) -> None:
        if not self._is_awake(lambda: self.begin(work)):
            return
        if self.events.now + self.rules.request_timeout > work.until:
            self.done.append(decisions.released(work))
            return
        self.go_on(work, procedure(work, self.rules), None)

    def go_on(self, work: Work, steps: Procedure, answer: CallResult | ScgError) -> None:
        if not self._is_awake(lambda: self.go_on(work, steps, answer)):
            return
        try:
            call = steps.throw(answer) if isinstance(answer, ScgError) else steps.send(answer)
        except StopIteration as stop:
            self.done.append(stop.value)
            return
        took, found = self.gateway.perform(call)
        self.events.after(took, lambda: self.go_on(work, steps, found))

    def _is_awake(self, again: Callable[[], None]) -> bool:
        if self.asleep_until > self.events.now:
            self.events.after(self.asleep_until - self.events.now, again)
            return False
        return self.is_alive


@dataclass
class Result:
    """What the journal says of each recipient, and what the gateway did."""

    states: Counter[str] = field(default_factory=Counter[str])
    doubled: int = 0
    unaccounted: list[str] = field(default_factory=list[str])
    seconds: float = 0.0
    crashes: int = 0


def simulate(
    folder: Path,
    mix: Mix,
    rules: Rules,
    count: int,
    seed: int,
    *,
    refused: int = 0,
    is_unique: bool = False,
    until: float = 30 * 86_400.0,
) -> tuple[Result, Gateway]:
    """Run a campaign to its end, with runs that are started anew when they have crashed."""
    chance = random.Random(seed)
    events = Events()
    gateway = Gateway(events, mix, chance, is_unique=is_unique)
    clock = Clock(events.clock.monotonic, events.clock.time_of_day)
    addresses = [f"+1555{number:07}" for number in range(count)]
    gateway.refused_for_good = frozenset(chance.sample(addresses, refused))
    result = Result()
    with Journal(folder / "campaigns.db", clock=clock) as journal:
        journal.begin(rules.campaign, {})
        journal.add(Recipient(address, {}, (), line) for line, address in enumerate(addresses, 1))
        began = events.now
        runs = [Run(events, gateway, journal, rules, clock) for _ in range(mix.runs)]

        def crash() -> None:
            events.after(chance.expovariate(mix.crashes), crash)
            place = chance.randrange(len(runs))
            result.crashes += 1
            runs[place].is_alive = False
            runs[place] = Run(events, gateway, journal, rules, clock)

        def sleep() -> None:
            events.after(chance.expovariate(mix.sleeps), sleep)
            chance.choice(runs).asleep_until = events.now + chance.uniform(1, 3 * rules.lease)

        if mix.crashes:
            events.after(chance.expovariate(mix.crashes), crash)
        if mix.sleeps:
            events.after(chance.expovariate(mix.sleeps), sleep)
        while not all(run.is_over for run in runs) and events.now - began < until:
            events.go_on()
        result.seconds = events.now - began
        # What is late still comes.
        mix_end = events.now + 2 * mix.lateness + 60
        for run in runs:
            run.is_alive = False
        while events.now < mix_end and events.go_on():
            pass
        for row in journal.rows():
            executions = gateway.executions(row.address)
            result.states[row.state] += 1
            result.doubled += max(0, executions - 1)
            is_so = row.state == "IN_DOUBT" or (executions > 0) == (row.state == "ACCEPTED")
            if not is_so or row.state in ("PLANNED", "INTENT", "PREPARED"):
                result.unaccounted.append(
                    f"line {row.line}: {row.state}, sent {executions} times, {row.error}"
                )
    return result, gateway


def _lost(outcome: Outcome) -> ConnectionFailedError:
    return ConnectionFailedError("lost", outcome=outcome)
