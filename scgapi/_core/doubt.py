"""Sends in doubt: sends that may or may not have taken effect, because their response was lost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Literal

from scgapi._core import error_codes
from scgapi._core.describe import describe_value
from scgapi._core.look_up import find_filter_problem
from scgapi._core.retry import is_non_retriable
from scgapi.errors import ConflictError, InvalidArgumentError, Outcome, OutcomeUnknownError, ScgError

OnUnknown = Literal["raise", "verify"]
"""Handling of a send in doubt: raise an error, or look the send up and repeat it if it provably had no effect."""

FIRST_LOOK_UP_DELAY_SECONDS = 30.0
"""Delay between a lost response and the first look-up, since the gateway may still process the send."""

UNRELIABLE_LOOK_UPS = ", and look-ups cannot be relied on"
"""Reason in the error text if an empty look-up proves nothing."""

SECOND_LOOK_UP_DELAY_SECONDS = FIRST_LOOK_UP_DELAY_SECONDS / 2
"""Delay between the first empty look-up and the second, which confirms it."""


def on_unknown_problem(value: object) -> str | None:
    """Return why a value is not an `OnUnknown`; None if it is one."""
    if value in ("raise", "verify"):
        return None
    return f"on_unknown must be 'raise' or 'verify', got {describe_value(value)}"


def add_external_id(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with an `external_id`: the caller's, or a new one. None removes it."""
    found = {**fields}
    if "external_id_" in found:
        found["external_id"] = found.pop("external_id_")
    own = found.setdefault("external_id", f"scgapi-{uuid.uuid4().hex}")
    if own is None:
        del found["external_id"]
    return found


def get_external_id(fields: Mapping[str, object]) -> str | None:
    """Return the `external_id` of the send, or None."""
    found = fields.get("external_id", fields.get("external_id_"))
    return found if isinstance(found, str) and found else None


def require_verifiable(operation: str, fields: Mapping[str, object]) -> None:
    """Require that a look-up can find the send.

    Raises:
        InvalidArgumentError: a filter cannot express the `external_id`.
    """
    found = fields.get("external_id")
    why = find_filter_problem(found) if isinstance(found, str) else None
    if why is not None:
        raise InvalidArgumentError(
            f"{operation}: this external_id {why}, so that a send in doubt could not be looked up by it. Use letters, "
            "digits and any of - _ . : / @ instead, leave external_id out to have one generated, or pass "
            "on_unknown='raise'. Nothing was sent.",
            operation=operation,
            field="external_id",
        )


IN_DOUBT_OUTCOMES = ("UNKNOWN", "ACCEPTED_UNPARSED")


def is_in_doubt(error: ScgError) -> bool:
    """Return True if the call may have taken effect."""
    return error.outcome in IN_DOUBT_OUTCOMES


def is_key_taken(error: ScgError) -> bool:
    """Return True if a repeated send was rejected because its `external_id` already exists (code 1011)."""
    return isinstance(error, ConflictError) and error.code == error_codes.KEY_TAKEN


def mark_in_doubt(error: ScgError, earlier: Outcome) -> None:
    """Change the error's outcome to that of an earlier attempt, which may have taken effect."""
    error.outcome = earlier if earlier == "ACCEPTED_UNPARSED" or not is_in_doubt(error) else error.outcome
    error.message = error.message.replace(
        "nothing was sent", "but an earlier attempt may have had its effect"
    )


def may_send_again(error: ScgError) -> bool:
    """Return True if the send may be repeated after empty look-ups; never if the gateway had accepted it."""
    return error.outcome == "UNKNOWN" and not is_non_retriable(error)


def outcome_unknown_error(error: ScgError, external_id: str | None, why: str = "") -> OutcomeUnknownError:
    """Return the error for a send in doubt."""
    taken = "may have been sent"
    if error.outcome == "ACCEPTED_UNPARSED":
        taken = "was answered with success, but without its id"
    return OutcomeUnknownError(
        f"{error.operation}: it {taken}{why}; {_advice(external_id)}",
        external_id=external_id,
        operation=error.operation,
        outcome=error.outcome,
        attempts=error.attempts,
    )


def _advice(external_id: str | None) -> str:
    if external_id is None:
        return "it has no external_id to be looked up by"
    unfit = find_filter_problem(external_id)
    if unfit is None:
        return f"look it up by its external_id {external_id!r} before you send again"
    return (
        f"its external_id {external_id!r} {unfit}: before you send again, list the requests of that time and "
        "compare their external_id"
    )
