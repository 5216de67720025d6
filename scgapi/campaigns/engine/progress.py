"""Progress of a run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.rows import Control, Counts, Standing

_WINDOW_SECONDS = 30.0
"""Time over which the rate is measured."""

_MAX_COUNTING_SHARE = 0.02
"""Largest share of the time that is spent on counting the journal."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a campaign.

    Attributes:
        total: number of recipients, without those that were set aside.
        accepted: recipients whose text the gateway accepted.
        in_doubt: recipients that a person must decide about.
        failed: recipients that were refused.
        cancelled: recipients that were not sent to because the campaign was cancelled.
        under_way: recipients whose request is on its way, or is being looked up.
        remaining: recipients that nothing was sent to.
        rate: texts accepted per second, over the last 30 seconds.
        time_left: seconds until all is sent, at that rate; None if it is not known.
        elapsed: seconds since the run began.
        control: READY while it sends; PAUSED, HALTED or CANCELLED.
        reason: why it is paused or halted.
    """

    total: int
    accepted: int
    in_doubt: int
    failed: int
    cancelled: int
    under_way: int
    remaining: int
    rate: float
    time_left: float | None
    elapsed: float
    control: Control
    reason: str

    @property
    def recipients(self) -> dict[str, int]:
        """Number of recipients in each state, by the names of the attributes above."""
        return {
            "accepted": self.accepted,
            "in_doubt": self.in_doubt,
            "failed": self.failed,
            "cancelled": self.cancelled,
            "under_way": self.under_way,
            "remaining": self.remaining,
        }

    def __str__(self) -> str:
        parts = [f"{self.accepted:,} of {self.total:,} accepted"]
        for count, word in (
            (self.failed, "failed"),
            (self.in_doubt, "in doubt"),
            (self.cancelled, "cancelled"),
            (self.under_way, "under way"),
            (self.remaining, "to go"),
        ):
            if count:
                parts.append(f"{count:,} {word}")
        if self.rate:
            parts.append(f"{self.rate:.1f}/s")
        if self.time_left is not None and self.remaining:
            parts.append(f"{describe_seconds(self.time_left)} left")
        if self.control != "READY":
            parts.append(self.control.lower() + (f": {self.reason}" if self.reason else ""))
        return ", ".join(parts)


class Meter:
    """Progress meter: counts the states in the journal from time to time, and measures the rate.

    Args:
        journal: the journal.
        now: a clock that never jumps, in seconds.
    """

    def __init__(self, journal: Journal, now: Callable[[], float]) -> None:
        self._journal, self._now = journal, now
        self._began = now()
        self._samples: deque[tuple[float, int]] = deque()
        self._next = 0.0
        self._counts = Counts({}, {})
        self._standing = Standing("READY", "", 0)

    def update(self, every: float, standing: Standing, *, at_once: bool = False) -> None:
        """Count if `every` seconds have passed since the last count, or more if counting takes long."""
        self._standing = standing
        began = self._now()
        if began < self._next and not at_once:
            return
        self._counts = self._journal.counts()
        now = self._now()
        self._next = now + max(every, (now - began) / _MAX_COUNTING_SHARE)
        self._samples.append((now, self._counts.of("ACCEPTED", "SENT", "DELIVERED")))
        while len(self._samples) > 2 and self._samples[0][0] < now - _WINDOW_SECONDS:
            self._samples.popleft()

    def progress(self) -> Progress:
        """Return the progress as of the last count."""
        of = self._counts.of
        remaining = of("PLANNED")
        rate = 0.0
        if len(self._samples) > 1:
            (first, before), (last, accepted) = self._samples[0], self._samples[-1]
            rate = max(0.0, accepted - before) / max(1e-9, last - first)
        open_ = of("INTENT", "PREPARED")
        in_all = of("ACCEPTED", "SENT", "DELIVERED", "FAILED", "IN_DOUBT", "CANCELLED") + remaining + open_
        return Progress(
            total=in_all,
            accepted=of("ACCEPTED", "SENT", "DELIVERED"),
            in_doubt=of("IN_DOUBT"),
            failed=of("FAILED"),
            cancelled=of("CANCELLED"),
            under_way=open_,
            remaining=remaining,
            rate=rate,
            time_left=(remaining + open_) / rate if rate else None,
            elapsed=self._now() - self._began,
            control=self._standing.control,
            reason=self._standing.reason,
        )


def describe_seconds(seconds: float) -> str:
    """Return a length of time for people, such as `2 min 5 s`."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
