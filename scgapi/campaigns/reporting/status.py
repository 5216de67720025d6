"""Where a campaign stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from scgapi.campaigns.engine.progress import describe_seconds
from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.rows import Control, ReportRow

_WINDOW_SECONDS = 30.0
"""Time over which the rate is measured."""

_MAX_LISTED = 10
"""Recipients in doubt that a status lists; `Campaign.in_doubt()` yields all."""


@dataclass(frozen=True, slots=True)
class Status:
    """Where a campaign stands, as its journal says. `print()` shows it.

    Attributes:
        name: the campaign.
        control: READY to send, PAUSED by a person, HALTED by itself, or CANCELLED.
        reason: why it is paused or halted.
        errors: refusals and doubts since it was resumed last.
        states: number of recipients by state, and of lines that were set aside.
        failed_by_code: number of recipients that failed, by the gateway's code.
        rate: texts that the gateway took per second, over the last half minute.
        time_left: seconds until all is sent, at that rate; None if that cannot be told.
        must_decide: the first recipients that a person must decide about; `Campaign.in_doubt()` yields all.
    """

    name: str
    control: Control
    reason: str
    errors: int
    states: Mapping[str, int]
    failed_by_code: Mapping[str, int]
    rate: float = 0.0
    time_left: float | None = None
    must_decide: tuple[ReportRow, ...] = field(default=(), repr=False)

    @property
    def planned(self) -> int:
        """Recipients that nothing was sent to yet."""
        return self._of("PLANNED")

    @property
    def sending(self) -> int:
        """Recipients whose request is on its way, is looked up, or waits at the gateway to be let go."""
        return self._of("INTENT", "PREPARED")

    @property
    def accepted(self) -> int:
        """Recipients whose text the gateway took, whatever became of it since, but for those that failed."""
        return self._of("ACCEPTED", "SENT", "DELIVERED")

    @property
    def sent(self) -> int:
        """Recipients whose text was handed to the operator, and is not known to be delivered."""
        return self._of("SENT")

    @property
    def delivered(self) -> int:
        """Recipients whose text is on their phone."""
        return self._of("DELIVERED")

    @property
    def failed(self) -> int:
        """Recipients that were refused, or whose text could not be delivered."""
        return self._of("FAILED")

    @property
    def in_doubt(self) -> int:
        """Recipients that a person must decide about."""
        return self._of("IN_DOUBT")

    @property
    def cancelled(self) -> int:
        """Recipients that were not sent to because the campaign was cancelled."""
        return self._of("CANCELLED")

    @property
    def invalid(self) -> int:
        """Lines without an address that can be sent to."""
        return self._of("INVALID")

    @property
    def duplicate(self) -> int:
        """Lines whose address an earlier line has."""
        return self._of("DUPLICATE")

    @property
    def opted_out(self) -> int:
        """Lines whose recipient does not want texts."""
        return self._of("OPTED_OUT")

    @property
    def total(self) -> int:
        """Recipients, but for lines that were set aside."""
        return sum(self.states.values()) - self.invalid - self.duplicate - self.opted_out

    @property
    def headline(self) -> str:
        """The state of the campaign in one line: done, if nothing is left to send, and otherwise its `control`."""
        is_done = self.control == "READY" and self.total > 0 and not self.planned and not self.sending
        state = "done" if is_done else self.control.lower()
        return f"{state}{f' ({self.reason})' if self.reason else ''}, {self.total:,} recipients"

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.headline}"]
        lines += [f"  {name:<12}{count:>11,}{more}" for name, count, more in self.lines()]
        # Once all is sent, the rate of the last half minute only fades.
        if self.rate and self.time_left != 0:
            left = "" if self.time_left is None else f", {describe_seconds(self.time_left)} left"
            lines.append(f"  rate        {self.rate:>11.1f} a second{left}")
        if self.in_doubt:
            lines.append("A person must decide about these: look each up at the gateway by its external_id.")
            lines += [
                f"  line {row.line}, {row.address}, {row.external_id}: {row.error}"
                for row in self.must_decide
            ]
            if self.in_doubt > len(self.must_decide):
                lines.append(f"  and {self.in_doubt - len(self.must_decide):,} more")
        return "\n".join(lines)

    def lines(self) -> list[tuple[str, int, str]]:
        """Return the counts that are not 0, as `print()` shows them: name, count and remark."""
        codes = ", ".join(f"{code or 'no code'}: {count:,}" for code, count in self._codes())
        on_the_way = self._of("ACCEPTED")
        found = [
            ("planned", self.planned, ""),
            ("sending", self.sending, ""),
            ("accepted", on_the_way, "  by the gateway, no more is known"),
            ("sent", self.sent, "  to the operator"),
            ("delivered", self.delivered, ""),
            ("failed", self.failed, f"  {codes}"),
            ("in doubt", self.in_doubt, ""),
            ("cancelled", self.cancelled, ""),
            ("invalid", self.invalid, ""),
            ("duplicate", self.duplicate, ""),
            ("opted out", self.opted_out, ""),
        ]
        return [(name, count, more) for name, count, more in found if count]

    def _codes(self) -> list[tuple[str, int]]:
        return sorted(self.failed_by_code.items(), key=lambda item: -item[1])

    def _of(self, *states: str) -> int:
        return sum(self.states.get(state, 0) for state in states)


def status_of(journal: Journal) -> Status:
    """Read where the chosen campaign of a journal stands."""
    standing, counts = journal.standing(), journal.counts()
    rate = journal.accepted_since(_WINDOW_SECONDS) / _WINDOW_SECONDS
    open_ = counts.of("PLANNED", "INTENT", "PREPARED")
    doubtful = journal.rows("IN_DOUBT") if counts.of("IN_DOUBT") else ()
    return Status(
        journal.name,
        standing.control,
        standing.reason,
        standing.errors,
        counts.states,
        counts.codes,
        rate,
        open_ / rate if rate else None,
        tuple(islice(doubtful, _MAX_LISTED)),
    )
