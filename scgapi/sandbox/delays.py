"""What a gateway holds back: calls that it carries out later, and objects that nobody is to see yet."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Set
from contextlib import contextmanager

from scgapi.sandbox.errors import not_found
from scgapi.sandbox.faults import Hidden, Later
from scgapi.sandbox.rules import Rule
from scgapi.sandbox.store import Veil
from scgapi.sandbox.world import Call


class Delays:
    """Nothing ends by itself: who asks finds out."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._postponed: list[tuple[_Hold, Call]] = []
        self._hidden: list[tuple[_Hold, Set[str]]] = []

    def postpone(self, call: Call, rule: Rule, later: Later) -> None:
        """Keep a call for later."""
        self._postponed.append((_Hold(rule, self._clock(), later.seconds), call))

    def due(self) -> list[Call]:
        """The calls whose time has come, in the order they came in; they are kept no longer."""
        now = self._clock()
        calls = [call for hold, call in self._postponed if hold.is_over(now)]
        self._postponed = [(hold, call) for hold, call in self._postponed if not hold.is_over(now)]
        return calls

    def hide(self, ids: Set[str], rule: Rule, hidden: Hidden) -> None:
        """Let nobody see these objects."""
        self._hidden.append((_Hold(rule, self._clock(), hidden.seconds, hidden.reads), ids))

    @contextmanager
    def reading(self, call: Call, veil: Veil) -> Generator[None, None, None]:
        """A call that reads: it sees what is not hidden.

        Raises:
            GatewayError: 404, what it asks for is hidden.
        """
        now = self._clock()
        self._hidden = [(hold, ids) for hold, ids in self._hidden if not hold.is_over(now)]
        veil.cover(frozenset[str]().union(*(ids for _, ids in self._hidden)))
        try:
            for key in call.ids:
                if veil.hides(key):
                    raise not_found(key)
            yield
        finally:
            missed = veil.lift()
            for hold, ids in self._hidden:
                hold.reads -= not missed.isdisjoint(ids)


class _Hold:
    """Until when: a point in time, a number of reads, the end of the rule."""

    def __init__(self, rule: Rule, now: float, seconds: float | None, reads: int | None = None) -> None:
        self.reads: float = math.inf if reads is None else reads
        self._rule = rule
        self._end = math.inf if seconds is None else now + seconds

    def is_over(self, now: float) -> bool:
        return self._rule.stopped or self._end <= now or self.reads <= 0
