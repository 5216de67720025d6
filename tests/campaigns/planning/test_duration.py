"""The duration of a campaign."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scgapi.campaigns.planning.duration import Duration, Hours, estimate

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC).timestamp()
HOUR = 3600.0


class Office:
    """Nine to five by UTC for all zones but one that never allows anything, and one that is seven hours later."""

    def next_moment(self, now: float, zones: object, /) -> float | None:
        if zones == ("Never",):
            return None
        shift = 7 * HOUR if zones == ("Later",) else 0.0
        of_day = (now - shift) % (24 * HOUR)
        if 9 * HOUR <= of_day < 17 * HOUR:
            return now
        wait = 9 * HOUR - of_day
        return now + (wait if wait > 0 else wait + 24 * HOUR)


OFFICE: Hours = Office()


def test_without_hours_it_is_the_rate() -> None:
    assert estimate({(): 60, ("UTC",): 30}, 30, None, NOON).seconds == 3
    assert estimate({(): 30}, None, None, NOON).seconds is None
    assert estimate({}, 30, None, NOON).seconds == 0
    assert estimate({(): 30}, 30, None, NOON, start=NOON + 10).seconds == 11
    assert estimate({(): 300}, 30, None, NOON, end=NOON + 9) == Duration(None, 0)


@pytest.mark.parametrize(
    ("recipients", "hours"),
    [
        ({("UTC",): 3600}, 1),
        ({("UTC",): 5 * 3600}, 5),
        # Five hours today, one tomorrow from nine.
        ({("UTC",): 6 * 3600}, 21 + 1),
        # From four in the afternoon, for those that are seven hours later.
        ({("Later",): 3600}, 4 + 1),
        ({("UTC",): 3600, ("Later",): 3600}, 4 + 1),
    ],
)
def test_hours_make_it_longer(recipients: dict[tuple[str, ...], int], hours: float) -> None:
    seconds = estimate(recipients, 1, OFFICE, NOON).seconds
    assert seconds is not None
    assert seconds / HOUR == pytest.approx(hours, abs=0.3)


def test_recipients_that_nothing_allows_are_counted_and_not_waited_for() -> None:
    duration = estimate({("UTC",): 3600, ("Never",): 5}, 1, OFFICE, NOON)
    assert duration.never_allowed == 5
    assert duration.seconds == pytest.approx(HOUR, abs=1)


def test_what_takes_longer_than_a_year_is_not_estimated() -> None:
    assert estimate({("UTC",): 10**9}, 1, OFFICE, NOON).seconds is None
