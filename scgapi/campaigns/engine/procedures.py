"""Procedures: the calls of each kind of work, in order. No I/O: a driver makes the calls."""

from __future__ import annotations

from scgapi._core.look_up import Sighting
from scgapi.campaigns.engine import decisions
from scgapi.campaigns.engine.rules import Rules
from scgapi.campaigns.engine.work import (
    Cancel,
    Create,
    Done,
    LookUp,
    Procedure,
    Read,
    Resume,
    View,
    Work,
)
from scgapi.errors import ApiError, NotFoundError, ScgError


def procedure(work: Work, rules: Rules) -> Procedure:
    """Return the procedure of a unit of work."""
    if work.kind == "send":
        return _send(work, rules)
    if work.kind == "look_up":
        return _look_up(work, rules)
    if work.kind == "commit":
        return _commit(work)
    return _cancel(work)


def _send(work: Work, rules: Rules) -> Procedure:
    is_paused = rules.mode == "two_phase"
    try:
        for external_id in (work.external_id, work.batch_id) if work.first_look else ():
            seen = (yield LookUp(external_id)) if external_id else None
            found = (
                decisions.after_look_before_send(work, seen, rules) if isinstance(seen, Sighting) else None
            )
            if found is not None:
                return found
    except ScgError as error:
        return decisions.after_failed_first_look(work, error)
    try:
        made = yield Create(work, is_paused)
    except ScgError as error:
        return decisions.after_failed_send(work, error, rules)
    request_id = str(made)
    return decisions.prepared(work, request_id) if is_paused else decisions.accepted(work, request_id)


def _look_up(work: Work, rules: Rules) -> Procedure:
    try:
        seen = yield LookUp(work.external_id)
    except ScgError as error:
        return decisions.after_failed_look(work, error, rules)
    if not isinstance(seen, Sighting) or seen.found == "unreliable":
        return decisions.after_no_proof(work, "look-ups cannot be relied on", rules)
    if seen.found == "send":
        return decisions.after_sighting(work, seen.id, rules)
    if work.code == "LOST" and rules.batch > 1:
        return decisions.in_doubt(
            work, "the journal had lost its end, and it may have gone in a request with others"
        )
    if work.looks == 0:
        return decisions.after_first_look(work, rules)
    if work.code == "ACCEPTED_UNPARSED":
        return decisions.after_no_proof(work, "it was answered with success, and does not show up", rules)
    if not work.controls:
        return decisions.wait_for_control(work, rules)
    control = work.controls[0]
    try:
        shown = yield LookUp(control.external_id)
    except ScgError as error:
        return decisions.after_failed_look(work, error, rules)
    if shown != Sighting("send", control.request_id, alone=True):
        return decisions.after_no_proof(work, "look-ups do not show a send that is there", rules)
    return decisions.after_absence(work, rules)


def _commit(work: Work) -> Procedure:
    try:
        yield Resume(work.request_id)
    except ScgError as error:
        if _left_unchanged(error):
            return decisions.after_failed_commit(work, error)
        return (yield from _examine(work))
    return decisions.committed(work)


def _cancel(work: Work) -> Procedure:
    try:
        yield Cancel(work.request_id)
    except ScgError as error:
        if _left_unchanged(error):
            return decisions.after_failed_commit(work, error)
        return (yield from _examine(work))
    return decisions.given_up(work)


def _examine(work: Work) -> Procedure:
    """Read a request whose change was refused, or is in doubt: it may have been made already."""
    try:
        view = yield Read(work.request_id)
    except NotFoundError:
        view = View("")
    except ScgError as error:
        return decisions.after_failed_commit(work, error)
    return decisions.after_view(work, view if isinstance(view, View) else View(""))


def _left_unchanged(error: ScgError) -> bool:
    """Return True if the request is certainly as it was before the failed call."""
    if error.outcome == "NOT_SENT":
        return True
    return (
        isinstance(error, ApiError)
        and error.outcome == "REJECTED"
        and error.status in (401, 402, 403, 429, 503)
    )


__all__ = ["Done", "procedure"]
