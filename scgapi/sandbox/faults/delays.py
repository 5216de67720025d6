"""Delayed effects of faults: requests that are executed later, and objects that stay hidden for a while."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Set
from contextlib import contextmanager

from scgapi.sandbox.errors import not_found
from scgapi.sandbox.faults.kinds import Hidden, Later
from scgapi.sandbox.faults.rules import Rule
from scgapi.sandbox.state.account import APIRequest
from scgapi.sandbox.state.store import VisibilityFilter


class DelayedEffects:
    """Postponed requests and hidden objects. Delays are evaluated lazily, on the next request."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._postponed: list[tuple[_Delay, APIRequest]] = []
        self._hidden: list[tuple[_Delay, Set[str]]] = []

    def postpone(self, request: APIRequest, rule: Rule, later: Later) -> None:
        """Keep a request for later."""
        self._postponed.append((_Delay(rule, self._clock(), later.seconds), request))

    def due(self) -> list[APIRequest]:
        """Remove the requests that are due; return them in the order of their arrival."""
        now = self._clock()
        requests = [request for delay, request in self._postponed if delay.is_expired(now)]
        self._postponed = [
            (delay, request) for delay, request in self._postponed if not delay.is_expired(now)
        ]
        return requests

    def hide(self, ids: Set[str], rule: Rule, hidden: Hidden) -> None:
        """Hide these objects."""
        self._hidden.append((_Delay(rule, self._clock(), hidden.seconds, hidden.reads), ids))

    @contextmanager
    def reading(self, request: APIRequest, visibility: VisibilityFilter) -> Generator[None, None, None]:
        """Hide objects from a request that reads, while the block lasts.

        Raises:
            GatewayError: 404 if a requested object is hidden.
        """
        now = self._clock()
        self._hidden = [(delay, ids) for delay, ids in self._hidden if not delay.is_expired(now)]
        visibility.hide(frozenset[str]().union(*(ids for _, ids in self._hidden)))
        try:
            for key in request.ids:
                if visibility.is_hidden(key):
                    raise not_found(key)
            yield
        finally:
            missed = visibility.show_all()
            for delay, ids in self._hidden:
                delay.reads -= not missed.isdisjoint(ids)


class _Delay:
    """A delay that ends at a point in time, after a number of reads, or with its rule."""

    def __init__(self, rule: Rule, now: float, seconds: float | None, reads: int | None = None) -> None:
        self.reads: float = math.inf if reads is None else reads
        self._rule = rule
        self._end = math.inf if seconds is None else now + seconds

    def is_expired(self, now: float) -> bool:
        return self._rule.stopped or self._end <= now or self.reads <= 0
