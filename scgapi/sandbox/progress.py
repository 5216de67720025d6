"""How messages move from CREATED (level 0) to SENT (1) to DELIVERED (2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SENT = 1
DELIVERED = 2


@dataclass(slots=True)
class Sight:
    """What a message's progress may depend on. Times are epoch milliseconds."""

    started: int
    reads: int = 0
    request_reads: int = 0


class Progress(Protocol):
    """A rule of progress. The gateway clamps levels and never lets them fall."""

    def level(self, sight: Sight, now: int) -> int:
        """The level that a message has reached."""
        ...

    def reached(self, level: int, sight: Sight, now: int) -> int:
        """When it reached that level."""
        ...


@dataclass(frozen=True)
class Immediate:
    """Messages are DELIVERED when they are first seen."""

    def level(self, sight: Sight, now: int) -> int:
        """Always the last level."""
        return DELIVERED

    def reached(self, level: int, sight: Sight, now: int) -> int:
        """At once."""
        return sight.started


@dataclass(frozen=True)
class AfterReads:
    """Messages move on each time that they, or their request, have been read `n` times.

    A GET is a read, and so is to appear in a list. The first page of a list that is filtered by state reads all
    messages that its other filters match: who polls for `state=DELIVERED` would otherwise wait for ever.
    """

    n: int = 1

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"AfterReads needs 1 read or more, got {self.n}")

    def level(self, sight: Sight, now: int) -> int:
        """One level for each `n` reads."""
        return max(sight.reads, sight.request_reads) // self.n

    def reached(self, level: int, sight: Sight, now: int) -> int:
        """With the read that did it."""
        return now


@dataclass(frozen=True)
class AfterSeconds:
    """Messages move on each time that `seconds` have passed by the sandbox's clock."""

    seconds: float

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError(f"AfterSeconds needs more than 0 seconds, got {self.seconds}")

    def level(self, sight: Sight, now: int) -> int:
        """One level for each interval."""
        return int((now - sight.started) // (self.seconds * 1000))

    def reached(self, level: int, sight: Sight, now: int) -> int:
        """At the end of the interval, however late it is looked at."""
        return sight.started + int(level * self.seconds * 1000)
