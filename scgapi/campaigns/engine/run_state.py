"""State that the drivers for threads and tasks share: the next turn, the work that may begin, the end of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scgapi._core.retry import RetryPolicy
from scgapi.campaigns.engine import decisions
from scgapi.campaigns.engine.engine import Engine, Turn
from scgapi.campaigns.engine.progress import Meter, Progress
from scgapi.campaigns.engine.work import Done, Work
from scgapi.campaigns.journal.interruptions import repeated
from scgapi.errors import CampaignHaltedError

if TYPE_CHECKING:
    from scgapi.campaigns.engine.rules import Rules
    from scgapi.campaigns.journal.journal import Journal
    from scgapi.campaigns.journal.local_clock import Clock

GATHER_SECONDS = 0.02
"""Shortest time between two turns, so that one transaction records many sends."""

POLL_SECONDS = 0.25
"""Longest time between two turns while requests are on their way. Other processes' pauses are seen as soon."""

IDLE_POLL_SECONDS = 1.0
"""Longest time between two turns while no request is on its way."""

PATIENCE_SECONDS = 300.0
"""Seconds for which a run waits for a journal whose database is away."""

_PATIENCE_IN_STOPPING_SECONDS = 20.0
"""The same for a run that is being stopped."""

ONCE = RetryPolicy(attempts=1)
"""The retry policy of a run's client: no retries, because the engine decides what is repeated."""


class RunState:
    """State of one run. Only one thread or event loop may use it at a time; any thread may call `may_begin`."""

    def __init__(self, journal: Journal, rules: Rules, clock: Clock, every: float) -> None:
        self.engine: Engine = Engine(journal, rules, clock)
        self.rules = rules
        self.now: Callable[[], float] = clock.monotonic
        self.meter: Meter = Meter(journal, clock.monotonic)
        self.is_stopping = False
        self._every = every
        self._is_held = False
        self._reason = ""

    def turn(self, done: list[Done]) -> Turn:
        """Take a turn of the engine (see `Engine.turn`), and count the journal if it is time.

        While the database cannot be reached, it is tried again, for `PATIENCE_SECONDS` at most.
        """
        turn = repeated(lambda: self.engine.turn(done, claiming=not self.is_stopping), self._patience)
        self._is_held = turn.standing.control != "READY"
        self._reason = turn.standing.reason if turn.standing.control == "HALTED" else ""
        at_once = self.is_over(turn)
        repeated(lambda: self.meter.update(self._every, turn.standing, at_once=at_once), self._patience)
        return turn

    def is_over(self, turn: Turn) -> bool:
        """Return True if no work is left, neither begun nor to come."""
        return self.engine.in_hand == 0 and not turn.work and (turn.wait is None or self.is_stopping)

    def pause_after(self, turn: Turn) -> float:
        """Return the seconds until the next turn. It comes earlier if work is done."""
        if self.engine.in_hand:
            return POLL_SECONDS
        return min(IDLE_POLL_SECONDS, turn.wait if turn.wait is not None else 0.0)

    def is_enough(self, done: int) -> bool:
        """Return True if so much work is done that the next turn should not wait for more."""
        return done >= self.rules.in_flight

    def may_begin(self, work: Work) -> Done | None:
        """Return None if the work may begin now; otherwise the result that releases it."""
        # The request must end before the claim does: after that, another run may look it up and find nothing.
        is_late = self.now() + self.rules.request_timeout > work.until
        is_held = self._is_held and work.kind in ("send", "commit")
        return decisions.released(work) if is_late or is_held or self.is_stopping else None

    def progress(self) -> Progress:
        """Return how far the run is."""
        return self.meter.progress()

    def _patience(self) -> float:
        return min(PATIENCE_SECONDS, _PATIENCE_IN_STOPPING_SECONDS) if self.is_stopping else PATIENCE_SECONDS

    def check(self) -> None:
        """Raise if the campaign has halted.

        Raises:
            CampaignHaltedError: with the reason.
        """
        if self._reason:
            raise CampaignHaltedError(
                f"campaign {self.rules.campaign!r} has halted: {self._reason}. Mend that, then resume() it and run it again"
            )
