"""Progress rules: when messages move from CREATED (level 0) to SENT (1) to DELIVERED (2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as checked_dataclass

_CHECKED = ConfigDict(extra="forbid")

SENT = 1
DELIVERED = 2


@dataclass(slots=True)
class ProgressState:
    """The start time and the reads of a message, which its progress may depend on. Times are in epoch milliseconds."""

    started: int
    reads: int = 0
    request_reads: int = 0


class Progress(Protocol):
    """A progress rule. The gateway limits levels to 0 to 2 and never lets them fall."""

    def level(self, progress_state: ProgressState, now: int) -> int:
        """Return the level that a message has reached."""
        ...

    def reached(self, level: int, progress_state: ProgressState, now: int) -> int:
        """Return the time when it reached that level, in epoch milliseconds."""
        ...


@checked_dataclass(frozen=True, config=_CHECKED)
class Immediate:
    """Messages are DELIVERED when they are first looked at."""

    def level(self, progress_state: ProgressState, now: int) -> int:
        """Return the last level."""
        return DELIVERED

    def reached(self, level: int, progress_state: ProgressState, now: int) -> int:
        """Return the start time."""
        return progress_state.started


@checked_dataclass(frozen=True, config=_CHECKED)
class AfterReads:
    """Messages move one level each time they, or their request, have been read `n` times.

    A GET is a read, and so is an appearance in a listing. The first page of a listing with a filter on the state
    reads all messages that match its other filters: otherwise a program that polls for `state=DELIVERED` would wait
    for ever.
    """

    n: int = 1

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"AfterReads needs 1 read or more, got {self.n}")

    def level(self, progress_state: ProgressState, now: int) -> int:
        """Return one level for each `n` reads."""
        return max(progress_state.reads, progress_state.request_reads) // self.n

    def reached(self, level: int, progress_state: ProgressState, now: int) -> int:
        """Return the time of the current read."""
        return now


@checked_dataclass(frozen=True, config=_CHECKED)
class AfterSeconds:
    """Messages move one level each time `seconds` have passed by the sandbox's clock."""

    seconds: float

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError(f"AfterSeconds needs more than 0 seconds, got {self.seconds}")

    def level(self, progress_state: ProgressState, now: int) -> int:
        """Return one level for each interval."""
        return int((now - progress_state.started) // (self.seconds * 1000))

    def reached(self, level: int, progress_state: ProgressState, now: int) -> int:
        """Return the end of the interval, even if the message is looked at later."""
        return progress_state.started + int(level * self.seconds * 1000)
