"""Sends in doubt: the external_id, the outcome, and the error's text."""

from __future__ import annotations

import pytest

from scgapi._core.doubt import (
    add_external_id,
    get_external_id,
    is_in_doubt,
    is_key_taken,
    mark_in_doubt,
    may_send_again,
    on_unknown_problem,
    outcome_unknown_error,
)
from scgapi.errors import ConflictError, ConnectionFailedError, Outcome, ScgError, ServerError


@pytest.mark.parametrize(
    ("outcome", "doubtful", "again"),
    [
        ("NOT_SENT", False, False),
        ("REJECTED", False, False),
        ("UNKNOWN", True, True),
        ("ACCEPTED_UNPARSED", True, False),
    ],
)
def test_only_what_may_not_have_happened_may_be_made_again(
    outcome: Outcome, doubtful: bool, again: bool
) -> None:
    error = ConnectionFailedError("x", operation="message_requests.create", outcome=outcome)
    assert (is_in_doubt(error), may_send_again(error)) == (doubtful, again)


def test_the_callers_id_is_kept_by_any_spelling() -> None:
    assert get_external_id(add_external_id({})) != get_external_id(add_external_id({}))
    assert get_external_id(add_external_id({"external_id": "mine"})) == "mine"
    assert add_external_id({"external_id_": "mine"}) == {"external_id": "mine"}
    assert add_external_id({"external_id": "old", "external_id_": "mine"}) == {"external_id": "mine"}
    assert get_external_id({"external_id_": "mine"}) == "mine"
    assert add_external_id({"external_id": None, "body": None}) == {"body": None}
    assert add_external_id({"external_id_": None}) == {}
    assert add_external_id({"external_id": ""}) == {"external_id": ""}


def test_the_error_says_what_to_do() -> None:
    unknown = ConnectionFailedError("x", operation="message_requests.create", outcome="UNKNOWN", attempts=2)
    assert "look it up by its external_id 'mine'" in str(outcome_unknown_error(unknown, "mine"))
    assert "'a,b' contains a comma" in str(outcome_unknown_error(unknown, "a,b"))
    assert "compare their external_id" in str(outcome_unknown_error(unknown, "a,b"))
    assert "no external_id" in str(outcome_unknown_error(unknown, None))
    taken = ConnectionFailedError("x", operation="message_requests.create", outcome="ACCEPTED_UNPARSED")
    assert "without its id" in str(outcome_unknown_error(taken, "mine", ", and does not show up"))
    assert (
        outcome_unknown_error(unknown, "mine").attempts,
        outcome_unknown_error(unknown, "mine").external_id,
    ) == (2, "mine")


def test_a_repeated_send_that_is_there_already_is_told_from_other_refusals() -> None:
    assert is_key_taken(ConflictError("", status=409, code="1011"))
    assert not is_key_taken(ConflictError("", status=409, code="1001"))
    assert not is_key_taken(ScgError(""))


def test_what_the_gateway_calls_final_is_not_sent_again() -> None:
    assert not may_send_again(ServerError("", status=500, code="5001", outcome="UNKNOWN"))
    assert may_send_again(ServerError("", status=500, code="5000", outcome="UNKNOWN"))


@pytest.mark.parametrize("given", [5, "", ["mine"], None])
def test_what_is_no_id_is_none_to_look_up_by(given: object) -> None:
    assert get_external_id({"external_id": given}) is None


def test_an_earlier_doubt_outlives_a_later_certainty() -> None:
    error = ConnectionFailedError("x: refused; nothing was sent", outcome="NOT_SENT")
    mark_in_doubt(error, "UNKNOWN")
    assert (error.outcome, str(error)) == (
        "UNKNOWN",
        "x: refused; but an earlier attempt may have had its effect",
    )


@pytest.mark.parametrize(
    ("earlier", "later", "outcome"),
    [
        ("ACCEPTED_UNPARSED", "UNKNOWN", "ACCEPTED_UNPARSED"),
        ("UNKNOWN", "ACCEPTED_UNPARSED", "ACCEPTED_UNPARSED"),
        ("ACCEPTED_UNPARSED", "REJECTED", "ACCEPTED_UNPARSED"),
        ("UNKNOWN", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_what_was_done_once_was_done(earlier: Outcome, later: Outcome, outcome: Outcome) -> None:
    error = ConnectionFailedError("x", outcome=later)
    mark_in_doubt(error, earlier)
    assert error.outcome == outcome


@pytest.mark.parametrize("value", ["raise", "verify"])
def test_the_two_ways_with_a_send_in_doubt_are_taken(value: str) -> None:
    assert on_unknown_problem(value) is None


@pytest.mark.parametrize("value", ["ignore", "", None, True])
def test_any_other_way_with_a_send_in_doubt_is_refused(value: object) -> None:
    assert str(on_unknown_problem(value)).startswith("on_unknown must be 'raise' or 'verify', got ")
