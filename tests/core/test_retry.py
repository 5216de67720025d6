"""Never lost, never doubled: what is tried again, and after what pause."""

from __future__ import annotations

import functools
from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tenacity import RetryCallState, Retrying

from scgapi._core.attempts import RetryRules
from scgapi._core.budget import RetryBudget
from scgapi._core.deadline import Deadline
from scgapi._core.loading import parse_created_id
from scgapi._core.response import api_error
from scgapi._core.retry import RetryPolicy, has_retry_after, retry_after_seconds
from scgapi._io.clock import SystemClock
from scgapi.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailedError,
    InvalidArgumentError,
    Outcome,
    ProxyRefusedError,
    RequestTimeoutError,
    ScgError,
    UnexpectedResponseError,
    UnknownHostError,
    UntrustedServerError,
)
from scgapi.models import contacts
from tests.core.strategies import NOW, Json, answer, header_values, quick

POLICY = RetryPolicy(attempts=4, base=0.5, cap=8)


def retry_delay(
    policy: RetryPolicy, error: ScgError, *, repeatable: bool, attempt: int, left: float, jitter: float
) -> float | None:
    """Return the seconds before the next attempt, or None for no further one, as tenacity gets to know it."""
    clock = SystemClock(monotonic=lambda: 0.0)
    operation = contacts.GET if repeatable else contacts.CREATE
    rules = RetryRules(policy, operation, Deadline(clock, left, left), RetryBudget(1), lambda: jitter)
    state = RetryCallState(Retrying(), fn=None, args=(), kwargs={})
    state.attempt_number = attempt
    state.set_exception((type(error), error, None))
    if not rules.retry(state):
        return None
    state.upcoming_sleep = rules.wait(state)
    return None if rules.stop(state) else state.upcoming_sleep


def refused(status: int, code: str | None = None, retry_after: str | None = None) -> ApiError:
    sent: Json = {} if code is None else {"error_code": f"SCG_ERROR_{code}"}
    headers = {} if retry_after is None else {"retry_after": retry_after}
    return api_error(contacts.GET, answer(sent, status, **headers), NOW)


def unparsed() -> ApiError:
    with pytest.raises(UnexpectedResponseError) as caught:
        parse_created_id(contacts.CREATE, answer(b"<html>"))
    return caught.value


@pytest.mark.parametrize(
    ("error", "repeatable", "pause"),
    [
        pytest.param(error, repeatable, pause, id=f"{name}, {'repeatable' if repeatable else 'once only'}")
        for name, error, if_repeatable, if_not in [
            ("not sent", ConnectionFailedError("", outcome="NOT_SENT"), 0.5, 0.5),
            ("no answer", ConnectionFailedError("", outcome="UNKNOWN"), 0.5, None),
            ("time ran out before sending", RequestTimeoutError("", outcome="NOT_SENT"), 0.5, 0.5),
            ("time ran out", RequestTimeoutError("", outcome="UNKNOWN"), 0.5, None),
            ("untrusted certificate", UntrustedServerError(""), None, None),
            ("refused by the proxy", ProxyRefusedError(""), None, None),
            ("302", refused(302), None, None),
            ("400", refused(400), None, None),
            ("401", refused(401), None, None),
            ("404", refused(404), None, None),
            ("408", refused(408), 0.5, None),
            ("409/1001", refused(409, "1001"), None, None),
            ("409/4090", refused(409, "4090"), 0.5, 0.5),
            ("429", refused(429), 0.5, 0.5),
            ("429 with Retry-After", refused(429, retry_after="20"), 20, 20),
            ("429 with a short Retry-After", refused(429, retry_after="0"), 0.5, 0.5),
            ("429 with almost all the time there is", refused(429, retry_after="59"), 59, 59),
            ("429 with all of it", refused(429, retry_after="60"), None, None),
            ("429/5001", refused(429, "5001"), None, None),
            ("500", refused(500), 0.5, None),
            ("500/5001", refused(500, "5001"), None, None),
            ("502", refused(502), 0.5, None),
            ("503/5030", refused(503, "5030"), 0.5, 0.5),
            ("503/5030 with Retry-After", refused(503, "5030", "5"), 5, 5),
            ("503 of a proxy", refused(503), 0.5, None),
            ("503 of a proxy with Retry-After", refused(503, retry_after="5"), 5, None),
            ("504", refused(504), 0.5, None),
            ("done, and the answer cannot be read", unparsed(), 0.5, None),
            ("no such host", UnknownHostError(""), 0.5, 0.5),
            ("an answer of no known kind", refused(100), None, None),
            ("bad argument", InvalidArgumentError(""), None, None),
            ("bad configuration", ConfigurationError(""), None, None),
        ]
        for repeatable, pause in ((True, if_repeatable), (False, if_not))
    ],
)
def test_a_call_is_tried_again_only_if_that_can_help_and_cannot_double_it(
    error: ScgError, repeatable: bool, pause: float | None
) -> None:
    assert retry_delay(POLICY, error, repeatable=repeatable, attempt=1, left=60, jitter=1) == pause


@pytest.mark.parametrize(
    ("attempt", "jitter", "pause"),
    [(1, 1, 0.5), (2, 1, 1), (3, 1, 2), (5, 1, 8), (50, 1, 8), (50, 0.5, 4), (3, 0.25, 0.5), (3, 0, 0)],
)
def test_pauses_are_drawn_from_twice_as_wide_a_range_each_time(
    attempt: int, jitter: float, pause: float
) -> None:
    policy = RetryPolicy(attempts=100, base=0.5, cap=8)
    error = ConnectionFailedError("")
    assert retry_delay(policy, error, repeatable=True, attempt=attempt, left=60, jitter=jitter) == pause


failures = st.sampled_from(
    [
        ConnectionFailedError(""),
        ConnectionFailedError("", outcome="UNKNOWN"),
        refused(500),
        refused(503, "5030"),
    ]
) | st.integers(0, 200).map(lambda seconds: refused(429, retry_after=str(seconds)))
seconds = st.floats(0, 1000)


@quick
@given(
    policy=st.builds(RetryPolicy, attempts=st.integers(1, 9), base=seconds, cap=seconds),
    error=failures,
    repeatable=st.booleans(),
    attempt=st.integers(1, 12),
    left=seconds,
    jitter=st.floats(0, 1),
)
def test_no_pause_ever_exceeds_the_policy(
    policy: RetryPolicy, error: ScgError, repeatable: bool, attempt: int, left: float, jitter: float
) -> None:
    pause = retry_delay(policy, error, repeatable=repeatable, attempt=attempt, left=left, jitter=jitter)
    if pause is None:
        return
    asked = error.retry_after if isinstance(error, ApiError) else None
    assert attempt < policy.attempts
    assert pause >= 0
    assert pause < left
    assert pause <= max(policy.cap, asked or 0)
    assert pause >= (asked or 0)


@pytest.mark.parametrize("error", [unparsed(), UnknownHostError("")], ids=["unreadable", "no such host"])
def test_what_comes_twice_is_not_asked_for_a_third_time(error: ScgError) -> None:
    assert retry_delay(POLICY, error, repeatable=True, attempt=1, left=60, jitter=1) == 0.5
    assert retry_delay(POLICY, error, repeatable=True, attempt=2, left=60, jitter=1) is None


def test_what_the_gateway_asks_for_is_no_burden_on_it() -> None:
    assert has_retry_after(refused(429, retry_after="1"))
    assert not has_retry_after(refused(429))
    assert not has_retry_after(ConnectionFailedError(""))


def test_a_budget_is_spent_by_retries_and_comes_back_with_successes() -> None:
    budget = RetryBudget(2)
    budget.refund()  # it is full
    assert [budget.take(), budget.take(), budget.take()] == [True, True, False]
    for _ in range(9):
        budget.refund()
    assert not budget.take()
    budget.refund()
    budget.refund()
    assert [budget.take(), budget.take()] == [True, False]


def test_one_attempt_switches_retries_off() -> None:
    policy = RetryPolicy(attempts=1)
    error = ConnectionFailedError("")
    assert retry_delay(policy, error, repeatable=True, attempt=1, left=60, jitter=0) is None


def test_a_patient_policy_may_try_more_than_a_thousand_times() -> None:
    policy = RetryPolicy(attempts=100_000)
    error = ConnectionFailedError("")
    assert retry_delay(policy, error, repeatable=True, attempt=1025, left=60, jitter=1) == policy.cap


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"attempts": 0}, "attempts"),
        ({"attempts": -1}, "attempts"),
        ({"budget": -1}, "budget"),
        ({"base": -0.1}, "base"),
        ({"cap": float("nan")}, "cap"),
    ],
)
def test_a_policy_out_of_range_is_refused_by_name(values: dict[str, int], name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"RetryPolicy: {name} must be"):
        RetryPolicy(**values)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, None),
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("Wed, 01 May 2024 12:01:00 GMT", 60),
        ("Wed, 01 May 2024 14:01:00 +0200", 60),
        ("Wed, 01 May 2024 11:00:00 GMT", 0),
        ("Wed, 01 May 2024 12:01:00 -0000", None),
        ("-5", None),
        ("1.5", 1.5),
        (" 3.0 ", 3.0),
        ("3.", None),
        (".5", None),
        ("1e3", None),
        ("+3", None),
        ("3, 5", None),
        ("Wed May  1 12:01:00 2024", 60.0),
        ("Fri May 10 12:00:00 2024", 9 * 86400.0),
        ("Wed May 1 12:01:00 2024", 60.0),
        ("Wed May  1 11:59:00 2024", 0.0),
        ("1 May 2024 12:01:00", None),
        ("Wednesday, 01-May-24 12:01:00 GMT", 60.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0.0),
        ("Thursday, 01-May-70 12:00:00 GMT", 16801 * 86400.0),
        ("", None),
        (" ", None),
        ("soon", None),
        ("inf", None),
        ("²", None),
        ("Wed, 99 May 2024 12:01:00 GMT", None),
        ("Mon, 01 Jan 2024 00:00:00 +9999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(header: str | None, wait: float | None) -> None:
    assert retry_after_seconds(header, NOW) == wait


pieces = st.sampled_from(
    [
        "Wed",
        ",",
        " ",
        "01",
        "May",
        "Jan",
        "2024",
        "9999",
        "12:01:00",
        "12:99",
        ":",
        "+0200",
        "-0000",
        "GMT",
        "-",
        "Z",
        ".",
    ]
)


@quick
@given(header_values | st.lists(pieces, max_size=9).map("".join) | st.lists(pieces, max_size=9).map(" ".join))
@example("9" * 400)
@example("٣")
@example("Wed, 01 May 24 12:01:00")
def test_no_retry_after_breaks_anything(header: str) -> None:
    wait = retry_after_seconds(header, NOW)
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    "header",
    [
        f"Mon, 01 Jan {'9' * 20} 00:00:00 GMT",
        f"Mon, 01 Jan 2024 00:00:{'9' * 20} GMT",
        f"Mon, 01 Jan 2024 00:00:00 +{'9' * 20}",
    ],
)
def test_a_date_of_absurd_numbers_is_no_retry_after(header: str) -> None:
    assert retry_after_seconds(header, NOW) is None


def test_control_characters_around_the_seconds_break_nothing() -> None:
    assert retry_after_seconds("7\x1f", NOW) in (7, None)


@quick
@given(st.integers(0, 10**6))
def test_a_date_to_come_is_as_far_off_as_it_says(ahead: int) -> None:
    header = format_datetime(NOW + timedelta(seconds=ahead), usegmt=True)
    assert retry_after_seconds(header, NOW) == ahead


def test_a_clock_can_be_held_in_the_hand() -> None:
    clock = SystemClock(monotonic=lambda: 5.0, random=lambda: 0.25)
    assert (clock.monotonic(), clock.random()) == (5, 0.25)
    assert 0 <= SystemClock().random() < 1


@pytest.mark.parametrize("outcome", ["UNKNOWN", "ACCEPTED_UNPARSED"])
def test_a_read_that_breaks_off_is_tried_again_whatever_had_come(outcome: Outcome) -> None:
    broken = ConnectionFailedError("x", outcome=outcome)
    pause = functools.partial(retry_delay, RetryPolicy(), broken, attempt=1, left=60, jitter=1)
    assert pause(repeatable=True) == 0.25
    assert pause(repeatable=False) is None


@pytest.mark.parametrize(
    ("status", "again"),
    [
        (199, False),
        (200, True),
        (299, True),
        (303, False),
        (399, False),
        (400, True),
        (408, True),
        (500, True),
    ],
)
def test_an_answer_that_says_nothing_of_the_effect_is_tried_again_if_it_is_an_error(
    status: int, again: bool
) -> None:
    error = ApiError("x", status=status, outcome="UNKNOWN")
    pause = retry_delay(RetryPolicy(), error, repeatable=True, attempt=1, left=60, jitter=1)
    assert (pause is not None) is again


def test_a_policy_is_made_of_numbers() -> None:
    with pytest.raises(ConfigurationError, match="attempts must be a number"):
        RetryPolicy(attempts="3")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
