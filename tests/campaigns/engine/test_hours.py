"""Allowed hours: by the recipient's own clock, in all its possible zones, whatever the day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scgapi.campaigns.engine.hours import AllowedHours

NEW_YORK, CHICAGO, SYDNEY = "America/New_York", "America/Chicago", "Australia/Sydney"
DAY = AllowedHours("09:00", "20:00")
NIGHT = AllowedHours("20:00", "09:00")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("hours", "now", "zones", "moment"),
    [
        (DAY, "2026-01-15 15:00", [NEW_YORK], "2026-01-15 15:00"),
        (DAY, "2026-01-15 13:59", [NEW_YORK], "2026-01-15 14:00"),
        (DAY, "2026-01-16 00:59", [NEW_YORK], "2026-01-16 00:59"),
        (DAY, "2026-01-16 01:00", [NEW_YORK], "2026-01-16 14:00"),
        # Both zones must allow it: it begins with the later one, and ends with the earlier one.
        (DAY, "2026-01-15 14:30", [NEW_YORK, CHICAGO], "2026-01-15 15:00"),
        (DAY, "2026-01-16 01:30", [NEW_YORK, CHICAGO], "2026-01-16 15:00"),
        (NIGHT, "2026-01-15 15:00", [NEW_YORK], "2026-01-16 01:00"),
        # An hour is skipped on 8 March 2026.
        (DAY, "2026-03-08 13:00", [NEW_YORK], "2026-03-08 13:00"),
        (DAY, "2026-03-07 13:00", [NEW_YORK], "2026-03-07 14:00"),
        (AllowedHours("09:00", "20:00", zone=NEW_YORK), "2026-01-15 13:00", [], "2026-01-15 14:00"),
    ],
)
def test_the_next_moment(hours: AllowedHours, now: str, zones: list[str], moment: str) -> None:
    assert hours.next_moment(at(now), zones) == at(moment)


def test_zones_that_never_allow_it_together_have_no_moment() -> None:
    assert AllowedHours("10:00", "12:00").next_moment(at("2026-01-15 15:00"), [NEW_YORK, SYDNEY]) is None


def test_unknown_zones_have_no_moment_unless_one_is_given_for_them() -> None:
    assert DAY.next_moment(at("2026-01-15 15:00"), []) is None
