"""The outcome of an attempt, from what was sent, what was received, and whether it could be read."""

from __future__ import annotations

import pytest

from scgapi._core.deadline import CALL_LIMIT_SECONDS, CONTENT_LIMIT_SECONDS, Deadline, default_limit
from scgapi._core.outcome import classify_outcome, describe_outcome, iter_causes
from scgapi._http.minimum_rate import MIN_BYTES_PER_SECOND, RATE_WINDOW_SECONDS, MinimumRate
from scgapi._io.clock import SystemClock
from scgapi.errors import Outcome
from scgapi.models import attachments, contacts


@pytest.mark.parametrize(
    ("status", "left", "readable", "outcome"),
    [
        (None, False, True, "NOT_SENT"),
        (None, True, True, "UNKNOWN"),
        (200, True, True, "ACCEPTED"),
        (200, True, False, "ACCEPTED_UNPARSED"),
        (302, True, False, "UNKNOWN"),
        (404, True, False, "REJECTED"),
        (408, True, False, "UNKNOWN"),
        (503, True, False, "UNKNOWN"),
    ],
)
def test_an_attempt_that_ended_badly_is_classified(
    status: int | None, left: bool, readable: bool, outcome: Outcome
) -> None:
    assert classify_outcome(status, may_have_sent=left, readable=readable) == outcome
    assert describe_outcome(outcome)


def test_a_chain_of_errors_that_leads_back_to_itself_ends() -> None:
    first, second = ValueError("first"), KeyError("second")
    first.__cause__, second.__context__ = second, first
    assert [*iter_causes(first)] == [first, second]
    assert [*iter_causes(None)] == []


class Watch:
    def __init__(self) -> None:
        self.now = 100.0
        self.clock = SystemClock(monotonic=lambda: self.now)


def test_a_deadline_only_comes_nearer() -> None:
    watch = Watch()
    deadline = Deadline.after(10, watch.clock)
    assert (deadline.remaining(), deadline.limit) == (10, 10)
    assert deadline.capped(20) is deadline
    assert (deadline.capped(4).remaining(), deadline.capped(4).limit) == (4, 4)
    watch.now += 11
    assert deadline.remaining() == 0


def test_content_has_more_time_than_a_call() -> None:
    assert (default_limit(contacts.GET), default_limit(attachments.UPLOAD)) == (
        CALL_LIMIT_SECONDS,
        CONTENT_LIMIT_SECONDS,
    )


def test_a_transfer_that_only_drips_is_noticed_after_a_while() -> None:
    watch = Watch()
    rate = MinimumRate(watch.clock)
    assert rate.ok(1)
    watch.now += RATE_WINDOW_SECONDS
    assert rate.ok(int(MIN_BYTES_PER_SECOND * RATE_WINDOW_SECONDS))
    watch.now += RATE_WINDOW_SECONDS - 1
    assert rate.ok(0)
    watch.now += 1
    assert not rate.ok(10)


REFUSALS = (*range(400, 408), *range(409, 419), *range(421, 427), 428, 429, 431, 451, 307, 308)
NO_PROOF = (
    100,
    101,
    103,
    199,
    300,
    301,
    302,
    303,
    304,
    305,
    306,
    399,
    408,
    419,
    420,
    427,
    430,
    440,
    444,
    460,
    499,
)


@pytest.mark.parametrize("status", REFUSALS)
def test_a_status_that_is_defined_as_a_refusal_is_one(status: int) -> None:
    assert classify_outcome(status) == "REJECTED"


@pytest.mark.parametrize("status", [*NO_PROOF, 500, 501, 502, 503, 504, 505, 511, 520, 599, 600, 999])
def test_any_other_status_proves_nothing_of_a_call_with_an_effect(status: int) -> None:
    """303 tells where the result of a POST is; 460 and 499 come from proxies that the request has passed."""
    assert (
        classify_outcome(status)
        == classify_outcome(status, method="DELETE")
        == classify_outcome(status, method="PUT")
        == "UNKNOWN"
    )


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
def test_a_redirected_read_had_no_effect(status: int) -> None:
    assert classify_outcome(status, method="GET") == "REJECTED"


@pytest.mark.parametrize("status", [200, 201, 202, 204, 207, 299])
def test_a_success_is_one_if_its_answer_makes_sense(status: int) -> None:
    assert (classify_outcome(status), classify_outcome(status, readable=False)) == (
        "ACCEPTED",
        "ACCEPTED_UNPARSED",
    )


def test_what_may_have_left_is_taken_to_have_left() -> None:
    assert classify_outcome(None) == "UNKNOWN"


def test_a_pace_is_measured_over_all_that_came_in_a_window() -> None:
    watch = Watch()
    rate = MinimumRate(watch.clock)
    enough = int(MIN_BYTES_PER_SECOND * RATE_WINDOW_SECONDS)
    assert rate.ok(enough - 1)
    watch.now += RATE_WINDOW_SECONDS
    assert rate.ok(1)  # with what came before
    watch.now += RATE_WINDOW_SECONDS
    assert not rate.ok(enough - 1)
    watch.now += RATE_WINDOW_SECONDS
    assert rate.ok(enough)
