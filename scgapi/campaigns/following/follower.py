"""Follow texts by polling: decides which requests to read next, and records what was read. Makes no calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scgapi.campaigns.journal.deliveries import Delivery, OpenRequest
from scgapi.campaigns.journal.journal import Journal
from scgapi.errors import ApiError, ScgError

READS_AT_ONCE = 8
"""Requests that are read at the same time."""

_PAGE_ROWS = 500
"""Rows of the journal that are looked through at once."""

_MAX_PAUSE_SECONDS = 60.0
"""Longest pause between two rounds in which nothing has changed."""

_PAUSE_FACTOR = 1.5
"""Factor by which the pause grows after a round in which nothing has changed."""

_MAX_FAILED_GROUPS = 3
"""Groups of reads in a row of which none succeeds, before the error is raised."""


class Step(NamedTuple):
    """The next step: wait, then read these requests. It is over if there is nothing to read."""

    pause: float
    requests: list[OpenRequest]


Read = list[Delivery] | ScgError
"""Result of reading one request: the states of its texts, or the error."""


class Limits(NamedTuple):
    """Limits of polling.

    Attributes:
        timeout: seconds after which it ends.
        every: seconds between the beginnings of two rounds at least.
        rate: maximum number of requests to read per second.
    """

    timeout: float
    every: float
    rate: float


class Follower:
    """Rounds over all requests whose texts are on their way, until there are none or time is out.

    Args:
        journal: the journal, with the campaign chosen.
        now: a clock that never jumps, in seconds.
        limits: limits of polling.
    """

    def __init__(self, journal: Journal, now: Callable[[], float], limits: Limits) -> None:
        self._journal, self._now = journal, now
        self._every, self._interval = limits.every, 1.0 / limits.rate
        began = now()
        self._deadline = began + limits.timeout
        self._next_read = self._round_began = began
        self._pause = limits.every
        self._after = 0
        self._waiting: list[OpenRequest] = []
        self._is_first = True
        self._has_changed = self._is_open = False
        self._failed_groups = 0
        self._next_status = began

    def next(self) -> Step:
        """Return what to do next."""
        pause = self._next_group()
        group, self._waiting = self._waiting[:READS_AT_ONCE], self._waiting[READS_AT_ONCE:]
        now = self._now()
        pause = max(pause, self._next_read - now)
        if not group or now + pause >= self._deadline:
            return Step(0.0, [])
        self._next_read = max(self._next_read, now + pause) + self._interval * len(group)
        return Step(max(0.0, pause), group)

    def is_status_due(self) -> bool:
        """Return True once every `every` seconds: counting a long list takes time."""
        if self._now() < self._next_status:
            return False
        self._next_status = self._now() + self._every
        return True

    def record(self, reads: Sequence[Read]) -> None:
        """Record what was read.

        Raises:
            ScgError: reads have failed several times in a row.
        """
        errors = [read for read in reads if isinstance(read, ScgError) and not _is_missing(read)]
        self._failed_groups = self._failed_groups + 1 if errors and len(errors) == len(reads) else 0
        if self._failed_groups >= _MAX_FAILED_GROUPS:
            raise errors[-1]
        found = [delivery for read in reads if not isinstance(read, ScgError) for delivery in read]
        if found:
            with self._journal.transaction():
                self._has_changed |= bool(self._journal.deliveries().record(found))

    def _next_group(self) -> float:
        """Fill the requests that wait to be read; return the seconds until the next round begins."""
        if self._waiting:
            return 0.0
        if self._after or self._is_first:
            self._is_first = False
            self._waiting, self._after = self._journal.open_requests(self._after, _PAGE_ROWS)
            if self._waiting:
                return 0.0
        # A round has ended.
        self._waiting, self._after = self._journal.open_requests(0, _PAGE_ROWS)
        pause = max(0.0, self._round_began + self._pause - self._now())
        self._round_began = self._now() + pause
        self._pause = (
            self._every if self._has_changed else min(_MAX_PAUSE_SECONDS, self._pause * _PAUSE_FACTOR)
        )
        self._has_changed = False
        return pause


def _is_missing(error: ScgError) -> bool:
    return isinstance(error, ApiError) and error.status == 404
