"""Sends that may or may not have been done: what they are looked up by, and when they may be made again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Literal

from scgapi._core.outcome import Outcome
from scgapi._core.retry import is_final
from scgapi.errors import ConflictError, OutcomeUnknownError, ScgError

OnUnknown = Literal["raise", "verify"]
"""What happens to a send in doubt: it raises, or it is looked up and made again if it provably did not happen."""

QUARANTINE = 30.0
"""Seconds after a lost answer before a look-up may be believed: a gateway may still be at it."""

SECOND_LOOK = QUARANTINE / 2
"""Seconds between the two empty look-ups that it takes."""


def with_external_id(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields with an id to look the send up by: the caller's own (None switches it off), or a new one."""
    named = any(name in fields for name in ("external_id", "external_id_"))
    return dict(fields) if named else {**fields, "external_id": f"scgapi-{uuid.uuid4().hex}"}


def external_id_of(fields: Mapping[str, object]) -> str | None:
    """The id that the send can be looked up by."""
    found = fields.get("external_id", fields.get("external_id_"))
    return found if isinstance(found, str) and found else None


DOUBTFUL = ("UNKNOWN", "ACCEPTED_UNPARSED")


def is_in_doubt(error: ScgError) -> bool:
    """Whether the send may have been done."""
    return error.outcome in DOUBTFUL


def is_taken(error: ScgError) -> bool:
    """Whether a repeated send was refused because its external_id is there already (1011)."""
    return isinstance(error, ConflictError) and error.code == "1011"


def leave_in_doubt(error: ScgError, earlier: Outcome) -> None:
    """An attempt before this one may have had its effect, or had it, whatever is known of this one."""
    error.outcome = earlier if earlier == "ACCEPTED_UNPARSED" or not is_in_doubt(error) else error.outcome
    error.message = error.message.replace(
        "nothing was sent", "but an earlier attempt may have had its effect"
    )
    error.args = (error.message,)


def may_send_again(error: ScgError) -> bool:
    """Whether the send may be made again once look-ups stay empty: never where the gateway had accepted it."""
    return error.outcome == "UNKNOWN" and not is_final(error)


def in_doubt(error: ScgError, external_id: str | None, why: str = "") -> OutcomeUnknownError:
    """What a send in doubt raises."""
    where = "look it up by its external_id before you send again" if external_id else "it has no external_id"
    taken = (
        "was accepted, and its answer lost" if error.outcome == "ACCEPTED_UNPARSED" else "may have been sent"
    )
    doubt = OutcomeUnknownError(
        f"{error.operation}: it {taken}{why}; {where}",
        operation=error.operation,
        outcome=error.outcome,
        attempts=error.attempts,
    )
    doubt.external_id = external_id
    return doubt
