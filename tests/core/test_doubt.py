"""What is known of a send in doubt."""

from __future__ import annotations

import pytest

from scgapi._core.doubt import (
    external_id_of,
    in_doubt,
    is_in_doubt,
    is_taken,
    may_send_again,
    with_external_id,
)
from scgapi._core.outcome import Outcome
from scgapi.errors import ConflictError, ConnectionFailedError, ScgError, ServerError


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
    assert external_id_of(with_external_id({})) != external_id_of(with_external_id({}))
    assert external_id_of(with_external_id({"external_id": "mine"})) == "mine"
    assert with_external_id({"external_id_": "mine"}) == {"external_id_": "mine"}
    assert external_id_of({"external_id_": "mine"}) == "mine"
    assert external_id_of(with_external_id({"external_id": None})) is None


def test_the_error_says_what_to_do() -> None:
    unknown = ConnectionFailedError("x", operation="message_requests.create", outcome="UNKNOWN", attempts=2)
    assert "look it up by its external_id" in str(in_doubt(unknown, "mine"))
    assert "no external_id" in str(in_doubt(unknown, None))
    taken = ConnectionFailedError("x", operation="message_requests.create", outcome="ACCEPTED_UNPARSED")
    assert "was accepted" in str(in_doubt(taken, "mine", ", and does not show up"))
    assert (in_doubt(unknown, "mine").attempts, in_doubt(unknown, "mine").external_id) == (2, "mine")


def test_a_repeated_send_that_is_there_already_is_told_from_other_refusals() -> None:
    assert is_taken(ConflictError("", status=409, code="1011"))
    assert not is_taken(ConflictError("", status=409, code="1001"))
    assert not is_taken(ScgError(""))


def test_what_the_gateway_calls_final_is_not_sent_again() -> None:
    assert not may_send_again(ServerError("", status=500, code="5001", outcome="UNKNOWN"))
    assert may_send_again(ServerError("", status=500, code="5000", outcome="UNKNOWN"))


@pytest.mark.parametrize("given", [5, "", ["mine"], None])
def test_what_is_no_id_is_none_to_look_up_by(given: object) -> None:
    assert external_id_of({"external_id": given}) is None
