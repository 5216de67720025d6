"""Rules of misbehaviour: which calls, how often, with what."""

from __future__ import annotations

import itertools
import math
import random
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from typing_extensions import Self

from scgapi.sandbox.faults import Fault, Refuse, Spoiled, Throttle
from scgapi.sandbox.operations import Counts, matching


class Rule:
    """One rule, in force until it is stopped; as a context manager, until its block ends."""

    id: str
    """What the control interface knows it by."""
    operation: str
    """The name or pattern that it was made for."""
    fault: Fault
    """What it does."""
    times: int | None
    """How often it fires at most."""
    after: int
    """How many calls it lets through first."""
    probability: float
    """The share of calls that it fires on."""
    seed: int
    """Where its random numbers begin."""

    def __init__(
        self,
        id: str,
        operation: str,
        fault: Fault,
        times: int | None,
        after: int,
        probability: float,
        seed: int,
    ) -> None:
        if times is not None and times < 1:
            raise ValueError(f"times must be 1 or more, or None for ever, got {times}")
        if after < 0:
            raise ValueError(f"after must be 0 or more calls, got {after}")
        if not 0 <= probability <= 1:
            raise ValueError(f"probability must be from 0 to 1, got {probability}")
        self.id = id
        self.operation = operation
        self.fault = fault
        self.times = times
        self.after = after
        self.probability = probability
        self.seed = seed
        self._operations = matching(operation)
        self._passed = 0
        self._fired = 0
        self._stopped = False
        self._random = random.Random(seed)
        self._recent: deque[float] = deque()

    @property
    def fired(self) -> int:
        """How often it has fired."""
        return self._fired

    @property
    def stopped(self) -> bool:
        """Whether it is out of force."""
        return self._stopped

    def stop(self) -> None:
        """Fire no more; what it holds back happens. Does nothing if it was stopped already."""
        self._stopped = True

    def meet(self, operation: str, now: float) -> Spoiled | None:
        """What is to go wrong with this call; None if nothing is."""
        if self._stopped or operation not in self._operations or self._fired == self.times:
            return None
        if self._passed < self.after:
            self._passed += 1
            return None
        if self._random.random() >= self.probability:
            return None
        fault = self._over(self.fault, now) if isinstance(self.fault, Throttle) else self.fault
        self._fired += fault is not None
        return fault

    def _over(self, limit: Throttle, now: float) -> Refuse | None:
        while self._recent and self._recent[0] + limit.seconds <= now:
            self._recent.popleft()
        if len(self._recent) < limit.calls:
            self._recent.append(now)
            return None
        return Refuse(429, retry_after=max(1, math.ceil(self._recent[0] + limit.seconds - now)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        state = "stopped" if self._stopped else f"fired {self._fired}"
        return f"Rule({self.operation!r}, {self.fault}, {state})"


@dataclass(frozen=True)
class Firing:
    """A rule has fired: what goes wrong, and whose doing it is."""

    rule: Rule
    fault: Spoiled


class Rules:
    """All rules of a gateway, asked in the order they were made: the first that fires has the call to itself."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.received: Counts = Counts()
        """The calls that came in over HTTP."""
        self._clock = clock
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._rules: dict[str, Rule] = {}

    def add(
        self,
        operation: str,
        fault: Fault,
        *,
        times: int | None = None,
        after: int = 0,
        probability: float = 1.0,
        seed: int = 0,
    ) -> Rule:
        """Make a rule; it comes after the others.

        Raises:
            ValueError: there is no such operation, or a number is out of its range.
        """
        with self._lock:
            rule = Rule(str(next(self._numbers)), operation, fault, times, after, probability, seed)
            self._rules[rule.id] = rule
            return rule

    def meet(self, operation: str) -> Firing | None:
        """Count a call in; say what is to go wrong with it."""
        with self._lock:
            self.received.add(operation)
            now = self._clock()
            for rule in self.in_force():
                fault = rule.meet(operation, now)
                if fault is not None:
                    return Firing(rule, fault)
            return None

    def in_force(self) -> list[Rule]:
        """The rules that are not stopped, in their order."""
        with self._lock:
            self._rules = {key: rule for key, rule in self._rules.items() if not rule.stopped}
            return list(self._rules.values())

    def stop(self) -> None:
        """Stop all rules."""
        with self._lock:
            for rule in self.in_force():
                rule.stop()

    def reset(self) -> None:
        """Stop all rules, and count from zero."""
        self.stop()
        self.received.clear()
