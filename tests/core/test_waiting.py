"""The pauses of wait(), and its end."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scgapi._core.waiting import (
    ATTACHMENT_FINAL_STATES,
    JOB_FINAL_STATES,
    MAX_DELAY_SECONDS,
    MESSAGE_FINAL_STATES,
    REQUEST_FINAL_STATES,
    check_wait,
    may_still_appear,
    poll_delay,
    wait_timeout_error,
)
from scgapi.errors import InvalidArgumentError
from tests.core.strategies import quick


@pytest.mark.parametrize(
    ("timeout", "interval", "reads", "elapsed", "pause"),
    [
        pytest.param(60, 0.5, 1, 0, 0.5, id="the first pause is the interval"),
        pytest.param(60, 0.5, 2, 0.5, 0.75, id="the second is half as long again"),
        pytest.param(60, 0.5, 3, 1.25, 1.125, id="and so on"),
        pytest.param(600, 0.5, 9, 50, 10, id="up to ten seconds"),
        pytest.param(600, 0.5, 9000, 50, 10, id="however often it was read"),
        pytest.param(600, 20, 1, 0, 10, id="even if the interval is longer"),
        pytest.param(60, 0.5, 9, 55, 5, id="the last is cut short"),
        pytest.param(60, 0.5, 9, 60, None, id="time is out"),
        pytest.param(60, 0.5, 9, 70, None, id="time is out since long"),
        pytest.param(60, 0.5, 9, 59.9999, None, id="what is left is nothing"),
        pytest.param(0, 0.5, 1, 0, None, id="no time: one read"),
        pytest.param(math.inf, 0.5, 1, 1e9, 0.5, id="all the time there is"),
    ],
)
def test_pauses_grow_until_time_is_out(
    timeout: float, interval: float, reads: int, elapsed: float, pause: float | None
) -> None:
    assert poll_delay(timeout=timeout, interval=interval, reads=reads, elapsed=elapsed) == pause


@quick
@given(timeout=st.floats(0, 1000), interval=st.floats(0.1, 100), began=st.floats(0, 1e9))
def test_a_wait_ends_in_time_with_a_read_at_its_end(timeout: float, interval: float, began: float) -> None:
    now, reads = began, 1
    while True:
        pause = poll_delay(timeout=timeout, interval=interval, reads=reads, elapsed=now - began)
        if pause is None:
            break
        assert 0 < pause <= MAX_DELAY_SECONDS
        now, reads = now + pause, reads + 1
    assert now - began == pytest.approx(timeout, abs=0.002)
    # Pauses grow to the cap: the reads of a long wait can be counted.
    assert reads <= 2 + timeout / min(interval, MAX_DELAY_SECONDS)


@pytest.mark.parametrize(("elapsed", "tolerated"), [(0, True), (9.9, True), (10, False), (60, False)])
def test_what_was_just_created_may_take_a_while_to_appear(elapsed: float, tolerated: bool) -> None:
    assert may_still_appear(elapsed) is tolerated


@pytest.mark.parametrize(
    ("timeout", "interval", "named"),
    [(-1, 0.5, "timeout"), (math.nan, 0.5, "timeout"), (60, 0, "interval"), (60, -1, "interval"),
     (60, math.nan, "interval"), (60, math.inf, "interval")],
)  # fmt: skip
def test_times_that_no_wait_can_have_are_refused(timeout: float, interval: float, named: str) -> None:
    with pytest.raises(InvalidArgumentError, match="must be a number of seconds") as caught:
        check_wait("contacts.get", timeout, interval)
    assert caught.value.field == named


@pytest.mark.parametrize(("timeout", "interval"), [(0, 0.1), (60, 0.5), (math.inf, 100)])
def test_other_times_are_taken(timeout: float, interval: float) -> None:
    check_wait("contacts.get", timeout, interval)


@pytest.mark.parametrize(
    ("ends", "inside", "outside"),
    [
        (REQUEST_FINAL_STATES, ["COMPLETED", "CANCELED", "REJECTED", "DELIVERED", "FAILED", "EXPIRED"],
         ["SUBMITTED", "ACCEPTED", "PREPARING", "TRANSMITTING", "PAUSED", "SCHEDULED", "CREATED", "SENT"]),
        (MESSAGE_FINAL_STATES, ["DELIVERED", "READ", "DELETED", "TEST"], ["CREATED", "SENT", "COMPLETED"]),
        (ATTACHMENT_FINAL_STATES, ["UPLOADED"], ["CREATED"]),
        (JOB_FINAL_STATES, ["COMPLETED", "FAILED"], ["CREATED", "RUNNING", "RESUMED", "WAIT"]),
    ],
)  # fmt: skip
def test_which_states_are_the_last(ends: frozenset[str], inside: list[str], outside: list[str]) -> None:
    assert ends.issuperset(inside)
    assert ends.isdisjoint(outside)


@pytest.mark.parametrize(
    ("found", "state", "text"),
    [
        (True, "RUNNING", "finish within 60 s (last state: RUNNING). Wait again, with a longer timeout."),
        (True, None, "finish within 60 s (last state: None). Wait again, with a longer timeout."),
        (False, None, "appear within 60 s (last answer: 404). Check the id, or wait again."),
    ],
)
def test_the_error_tells_the_last_state(found: bool, state: str | None, text: str) -> None:
    error = wait_timeout_error(
        "contact_imports.get", "i", state, found=found, timeout=60, waited=60.04, reads=9
    )
    text = f"contact_imports.get: contact import i did not {text} (after 9 attempts)"
    # UNKNOWN: what was waited for may still come, so that nothing must be sent again.
    assert (str(error), error.state, error.waited, error.attempts) == (text, state, 60.04, 9)
    assert (error.operation, error.outcome) == ("contact_imports.get", "UNKNOWN")
