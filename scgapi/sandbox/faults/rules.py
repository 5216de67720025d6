"""Rules of fault injection: which calls, how often, with which fault."""

from __future__ import annotations

import difflib
import itertools
import math
import random
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from typing_extensions import Self

from scgapi.sandbox.faults.kinds import FAULTS, Fault, Refuse, SingleCallFault, Throttle
from scgapi.sandbox.operations import Counts, match_operations

_MAX_STOPPED_RULES = 50
"""Number of stopped rules that are remembered."""


class Rule:
    """A rule, active until it is stopped; as a context manager, until its block ends."""

    id: str
    """Id in the control interface."""
    operation: str
    """Operation name or pattern that the rule applies to."""
    fault: Fault
    """Fault that is injected."""
    times: int | None
    """Maximum number of injections; None for no limit."""
    after: int
    """Number of requests that pass before the first injection."""
    probability: float
    """Share of the requests that the fault is injected into, from 0 to 1."""
    seed: int
    """Seed of the random numbers."""

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
        _check_fault(fault)
        for name, value in (("times", times), ("after", after), ("seed", seed)):
            if not isinstance(value, int) and not (name == "times" and value is None):
                raise TypeError(f"{name} must be a whole number, got {value!r}")
        if not isinstance(probability, int | float):
            raise TypeError(f"probability must be a number from 0 to 1, got {probability!r}")
        if times is not None and times < 1:
            raise ValueError(f"times must be 1 or more, or None for no limit, got {times}")
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
        self._operations = match_operations(operation)
        self._passed = 0
        self._fired = 0
        self._stopped = False
        self._random = random.Random(seed)
        self._recent: deque[float] = deque()

    @property
    def fired(self) -> int:
        """Number of injections so far."""
        return self._fired

    @property
    def stopped(self) -> bool:
        """True once the rule is stopped."""
        return self._stopped

    def stop(self) -> None:
        """Stop the rule, if it is active. Postponed requests are executed, hidden objects appear."""
        self._stopped = True

    def evaluate(self, operation: str, now: float) -> SingleCallFault | None:
        """Return the fault to inject into a request; None for no fault."""
        if self._stopped or operation not in self._operations or self._fired == self.times:
            return None
        if self._passed < self.after:
            self._passed += 1
            return None
        if self._random.random() >= self.probability:
            return None
        fault = self._throttle(self.fault, now) if isinstance(self.fault, Throttle) else self.fault
        self._fired += fault is not None
        return fault

    def _throttle(self, limit: Throttle, now: float) -> Refuse | None:
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


def _check_fault(fault: object) -> None:
    """Raise TypeError unless the value is one of `scgapi.sandbox.faults`: it would break the requests later."""
    if isinstance(fault, FAULTS):
        return
    name = fault.__name__ if isinstance(fault, type) else fault
    names = [kind.__name__ for kind in FAULTS]
    guess = difflib.get_close_matches(name, names, n=1) if isinstance(name, str) else []
    hint = f"faults.{guess[0]}(...)" if guess else f"a value of {', '.join(names)}"
    raise TypeError(f"a fault is a value of scgapi.sandbox.faults, got {fault!r}; give {hint}")


@dataclass(frozen=True)
class InjectedFault:
    """A fault to inject into a request, and the rule that it comes from."""

    rule: Rule
    fault: SingleCallFault


class Rules:
    """All rules of a gateway, evaluated in the order they were added: the first that applies is the only one."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.received: Counts = Counts()
        """Counts of the requests that came in over HTTP."""
        self._clock = clock
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._rules: dict[str, Rule] = {}
        self._ended: deque[Rule] = deque(maxlen=_MAX_STOPPED_RULES)

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
        """Add a rule after the others.

        Raises:
            TypeError: `fault` is not a value of `scgapi.sandbox.faults`, or a number has a wrong type.
            ValueError: the sandbox serves no such operation, or a number is out of range.
        """
        with self._lock:
            rule = Rule(str(next(self._numbers)), operation, fault, times, after, probability, seed)
            self._rules[rule.id] = rule
            return rule

    def evaluate(self, operation: str) -> InjectedFault | None:
        """Count a request; return the fault to inject into it, or None."""
        with self._lock:
            self.received.add(operation)
            now = self._clock()
            for rule in self.in_force():
                fault = rule.evaluate(operation, now)
                if fault is not None:
                    return InjectedFault(rule, fault)
            return None

    def in_force(self) -> list[Rule]:
        """Return the active rules, in their order."""
        with self._lock:
            self._ended += [rule for rule in self._rules.values() if rule.stopped]
            self._rules = {key: rule for key, rule in self._rules.items() if not rule.stopped}
            return list(self._rules.values())

    def stopped(self) -> list[Rule]:
        """Return the rules that were stopped last, at most 50, in the order they were stopped."""
        with self._lock:
            self.in_force()
            return list(self._ended)

    def stop(self) -> None:
        """Stop all rules."""
        with self._lock:
            for rule in self.in_force():
                rule.stop()

    def reset(self) -> None:
        """Stop all rules, and reset the counts."""
        with self._lock:
            self.stop()
            self._rules.clear()
            self._ended.clear()
            self.received.clear()
