"""The look-up before the first send of a run, which shows whether its journal knows of all that was sent.

A copy of a journal, a backup that was put back, and a database that has fallen back to an earlier state do not know of
requests that were made since. Recipients are sent to in one order, so that the gateway knows the first of those that such a
journal would send to.
"""

from __future__ import annotations

from collections.abc import Sequence

from scgapi.campaigns.engine.work import Done, Work
from scgapi.campaigns.journal.rows import Claimed


class FirstLook:
    """State of the look-up before a run's first send, which is repeated after a restart of the database."""

    def __init__(self) -> None:
        self._asked_behind = 0
        self._answered_behind = 0
        self._restarts: int | None = None
        self._held_until = 0.0
        self._is_under_way = False

    def is_due(self, restarts: int, done: Sequence[Done]) -> bool:
        """Return True if the gateway was not asked since the last restart; `done` may hold its answer."""
        answered = self._asked_behind if any(map(_is_answer, done)) else self._answered_behind
        return answered != restarts + 1

    def hold(self, restarts: int, now: float, seconds: float) -> float:
        """Return how long nothing may be sent: for some time after a restart, because the gateway lists a send late."""
        if self._restarts not in (None, restarts):
            self._held_until = now + seconds
        self._restarts = restarts
        return max(0.0, self._held_until - now)

    def is_awaited(self, done: Sequence[Done]) -> bool:
        """Return True if it was asked, and its answer is not among these: until then nothing else is sent."""
        return self._is_under_way and not any(one.work.first_look == "halt" for one in done)

    def note(self, work: Sequence[Work], done: Sequence[Done], restarts: int) -> None:
        """Note the work that a turn has handed out, and that it was given back."""
        for one in done:
            if one.work.first_look == "halt":
                self._is_under_way = False
            if _is_answer(one):
                self._answered_behind = self._asked_behind
        if any(one.first_look == "halt" for one in work):
            self._is_under_way = True
            self._asked_behind = restarts + 1


def _is_answer(done: Done) -> bool:
    # A send that goes back was not made, and perhaps not looked up.
    return done.work.first_look == "halt" and done.finish.state != "PLANNED"


def is_fresh(send: Sequence[Claimed]) -> bool:
    """Return True if no request to these recipients can have been made from this journal."""
    return all(row.tries == 0 and row.code == "" for row in send)
