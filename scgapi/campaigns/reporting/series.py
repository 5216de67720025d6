"""A campaign's course over time, collected from the rows of a report in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from scgapi.campaigns.journal.rows import ReportRow

_MAX_BINS = 240
"""Steps of a series at most: their width doubles when there are more."""

_MAX_NOTED = 1000
"""Rows that are kept because something went wrong."""

_MAX_CODES = 8
"""Codes of failures that have a series of their own; the others are one."""

OTHER_CODES = "other codes"


class Series:
    """Counts of events by time, in steps of a whole number of seconds that grow as the time does."""

    def __init__(self) -> None:
        self._width = 1
        self._bins: Counter[int] = Counter()

    def add(self, moment: float) -> None:
        """Count an event."""
        self._bins[int(moment) // self._width] += 1
        while len(self._bins) > _MAX_BINS:
            self._width *= 2
            bins: Counter[int] = Counter()
            for number, count in self._bins.items():
                bins[number // 2] += count
            self._bins = bins

    def totals(self) -> list[tuple[float, int]]:
        """Return the events so far at the end of each step: seconds since 1970, and the count."""
        found: list[tuple[float, int]] = []
        total = 0
        for number in sorted(self._bins):
            total += self._bins[number]
            found.append((float((number + 1) * self._width), total))
        return found


@dataclass
class Course:
    """The course of a campaign.

    Attributes:
        accepted: texts that the gateway took.
        delivered: texts that were delivered.
        failures: texts that failed, by code.
        noted: recipients that failed or are in doubt, those in doubt first.
        left_out: number of such recipients that are not among `noted`.
    """

    accepted: Series = field(default_factory=Series)
    delivered: Series = field(default_factory=Series)
    failures: dict[str, Series] = field(default_factory=dict[str, Series])
    noted: list[ReportRow] = field(default_factory=list[ReportRow])
    left_out: int = 0


def collect(rows: Iterable[ReportRow]) -> Course:
    """Read the course of a campaign from the rows of its report."""
    course = Course()
    doubtful: list[ReportRow] = []
    for row in rows:
        if row.accepted:
            course.accepted.add(row.accepted)
        if row.state == "DELIVERED":
            course.delivered.add(row.changed)
        elif row.state == "FAILED":
            code = row.code or "no code"
            if code not in course.failures and len(course.failures) >= _MAX_CODES:
                code = OTHER_CODES
            course.failures.setdefault(code, Series()).add(row.changed)
        if row.state in ("FAILED", "IN_DOUBT"):
            kept = doubtful if row.state == "IN_DOUBT" else course.noted
            if len(kept) < _MAX_NOTED:
                kept.append(row)
            else:
                course.left_out += 1
    course.left_out += max(0, len(doubtful) + len(course.noted) - _MAX_NOTED)
    course.noted = [*doubtful, *course.noted][:_MAX_NOTED]
    return course
