"""The deadline of a call."""

from __future__ import annotations

from typing import NamedTuple

from scgapi._core.clock import Clock
from scgapi._core.operation import Operation

CALL_LIMIT_SECONDS = 60.0
"""Default time for a call in all, retries included."""
CONTENT_LIMIT_SECONDS = 3600.0
"""Default time for the upload or the download of an attachment."""
VERIFIED_LIMIT_SECONDS = 300.0
"""Default time for a send that is looked up when it is in doubt."""


class Deadline(NamedTuple):
    """The moment at which a call ends, with everything that belongs to it: retries, pauses, queues, slow responses.

    Attributes:
        clock: the clock that the moment is read from.
        at: the moment, in the clock's monotonic seconds.
        limit: seconds from the call's beginning to the moment.
    """

    clock: Clock
    at: float
    limit: float

    @classmethod
    def after(cls, seconds: float, clock: Clock, latest: float | None = None) -> Deadline:
        """Return the deadline that is so many seconds from now, and no later than the moment `latest`."""
        at = clock.monotonic() + seconds
        return cls(clock, at if latest is None else min(at, latest), seconds)

    def remaining(self) -> float:
        """Return the seconds that are left, 0 when the deadline has passed."""
        return max(0.0, self.at - self.clock.monotonic())

    def capped(self, seconds: float) -> Deadline:
        """Return this deadline, or the one `seconds` from now if that is earlier."""
        other = self.clock.monotonic() + seconds
        return self if self.at <= other else Deadline(self.clock, other, seconds)


def default_limit(operation: Operation) -> float:
    """Return the seconds that a call of this operation may take if the user sets no timeout."""
    return CONTENT_LIMIT_SECONDS if operation.service == "attachment" else CALL_LIMIT_SECONDS
