"""What is known of an attempt: one decision from what left, what came, and whether it could be read."""

from __future__ import annotations

import pytest

from scgapi._core.clock import CALL_LIMIT, CONTENT_LIMIT, Clock, deadline, usual_limit
from scgapi._core.outcome import Outcome, causes, effect_of, outcome_of
from scgapi._core.pace import SLOWEST, WINDOW, Pace
from scgapi.models import attachments, contacts


@pytest.mark.parametrize(
    ("status", "left", "readable", "outcome"),
    [
        (None, False, True, "NOT_SENT"),
        (None, True, True, "UNKNOWN"),
        (200, True, True, "ACCEPTED"),
        (200, True, False, "ACCEPTED_UNPARSED"),
        (302, True, False, "REJECTED"),
        (404, True, False, "REJECTED"),
        (408, True, False, "UNKNOWN"),
        (503, True, False, "UNKNOWN"),
    ],
)
def test_an_attempt_that_ended_badly_is_classified(
    status: int | None, left: bool, readable: bool, outcome: Outcome
) -> None:
    assert outcome_of(status, left=left, readable=readable) == outcome
    assert effect_of(outcome)


def test_a_chain_of_errors_that_leads_back_to_itself_ends() -> None:
    first, second = ValueError("first"), KeyError("second")
    first.__cause__, second.__context__ = second, first
    assert [*causes(first)] == [first, second]
    assert [*causes(None)] == []


class Watch:
    def __init__(self) -> None:
        self.now = 100.0
        self.clock = Clock(monotonic=lambda: self.now)


def test_a_deadline_only_comes_nearer() -> None:
    watch = Watch()
    until = deadline(watch.clock, 10)
    assert (until.left(), until.limit) == (10, 10)
    assert until.sooner(20) is until
    assert (until.sooner(4).left(), until.sooner(4).limit) == (4, 4)
    watch.now += 11
    assert until.left() == 0


def test_content_has_more_time_than_a_call() -> None:
    assert (usual_limit(contacts.GET), usual_limit(attachments.UPLOAD)) == (CALL_LIMIT, CONTENT_LIMIT)


def test_a_transfer_that_only_drips_is_noticed_after_a_while() -> None:
    watch = Watch()
    pace = Pace(watch.clock)
    assert pace.holds(1)
    watch.now += WINDOW
    assert pace.holds(int(SLOWEST * WINDOW))
    watch.now += WINDOW - 1
    assert pace.holds(0)
    watch.now += 1
    assert not pace.holds(10)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (199, "UNKNOWN"),
        (299, "ACCEPTED"),
        (300, "REJECTED"),
        (301, "REJECTED"),
        (499, "REJECTED"),
        (500, "UNKNOWN"),
    ],
)
def test_each_kind_of_status_has_its_borders(status: int, outcome: Outcome) -> None:
    assert outcome_of(status) == outcome


def test_what_may_have_left_is_taken_to_have_left() -> None:
    assert outcome_of(None) == "UNKNOWN"


def test_a_pace_is_measured_over_all_that_came_in_a_window() -> None:
    watch = Watch()
    pace = Pace(watch.clock)
    enough = int(SLOWEST * WINDOW)
    assert pace.holds(enough - 1)
    watch.now += WINDOW
    assert pace.holds(1)  # with what came before
    watch.now += WINDOW
    assert not pace.holds(enough - 1)
    watch.now += WINDOW
    assert pace.holds(enough)
