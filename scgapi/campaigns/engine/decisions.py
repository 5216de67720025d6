"""The next state of a send, decided from the result of a call. Pure functions."""

from __future__ import annotations

from scgapi._core.doubt import is_in_doubt, is_key_taken, may_send_again
from scgapi._core.error_codes import TOKEN_BUSY
from scgapi._core.look_up import Sighting
from scgapi._core.retry import LASTING_FAILURES
from scgapi.campaigns.engine.rules import MAX_LOST_REQUESTS, MAX_UNDECIDED_LOOK_UPS, Rules
from scgapi.campaigns.engine.work import Done, View, Work
from scgapi.campaigns.journal.rows import Finish, State
from scgapi.errors import (
    ApiError,
    ConfigurationError,
    ConnectionFailedError,
    PartialFailureError,
    ScgError,
    UnknownHostError,
)

_TRANSIENT_STATUSES = frozenset({429, 503})

_STATUSES_FOR_ALL = frozenset({401, 402, 403, 404, 405, 307, 308})
"""HTTP statuses that say nothing about the recipient: every other send would be refused, too."""

_MAX_ERROR_CHARACTERS = 200
"""Length of an error that the journal keeps."""

_FOUND = "FOUND"
"""Code of a paused request that a look-up has shown, and that this journal had not recorded as made."""

_NEVER_SENT = "NEVER_SENT"
"""Code of a recipient whose last request was given up or expired while it was paused; its id is kept."""

_FIRST_PAUSE_SECONDS = 1.0
"""Pause before a send is tried again; each further pause is twice as long as the last."""

_MAX_PAUSE_SECONDS = 300.0
"""Longest pause between two tries of one send."""

_MAX_COMMIT_PAUSE_SECONDS = 60.0
"""Longest pause between two tries to resume or cancel a paused request."""

_WAITING_STATES = frozenset({"PAUSED", "PREPARING", "SUBMITTED", "ACCEPTED", ""})
"""States of a request that has not sent yet; the empty one stands for a request that cannot be found."""

_GIVEN_UP_STATES = frozenset({"CANCELED", "CANCELLED", "DELETED"})


def accepted(work: Work, request_id: str) -> Done:
    """Record a send that the gateway accepted."""
    return Done(work, _finish(work, "ACCEPTED", tries=work.tries + 1, request_id=request_id))


def prepared(work: Work, request_id: str) -> Done:
    """Record a request that the gateway holds paused; the claim is kept, to resume it."""
    return Done(work, _finish(work, "PREPARED", tries=work.tries + 1, request_id=request_id, keep=True))


def released(work: Work) -> Done:
    """Release a send that was not attempted, so that it can be claimed again at once."""
    back: State = "PLANNED" if work.kind == "send" else work.state
    return Done(
        work,
        _finish(work, back, tries=work.tries, looks=work.looks, request_id=work.request_id, code=work.code),
        in_trouble=None,
    )


def refused(work: Work, reason: str) -> Done:
    """Fail a send that can never be made."""
    return Done(work, _finish(work, "FAILED", tries=work.tries, error=reason), is_error=True, in_trouble=None)


def sent_before(work: Work, rules: Rules) -> Done:
    """Halt, because the gateway has a send of this campaign that the journal does not have."""
    why = (
        f"the gateway has a request of campaign {rules.campaign!r} to a recipient already, and this journal does not know "
        "it. If the campaign's journal was lost, or this is an older copy of it, call recover(): each recipient is then "
        "looked up before it is sent to. If it is another campaign, give it a name of its own"
    )
    return Done(work, released(work).finish, halt=why)


def after_look_before_send(work: Work, seen: Sighting, rules: Rules) -> Done | None:
    """Decide after the look-up before a send; return None if the send may be made."""
    if work.first_look == "halt":
        return sent_before(work, rules) if seen.found == "send" or seen.several else None
    if seen.several:
        return in_doubt(work, "several requests have its external_id")
    # The request that this one replaces stays at the gateway.
    is_replaced = work.code == _NEVER_SENT and seen.id == work.request_id
    return after_sighting(work, seen.id, rules) if seen.found == "send" and not is_replaced else None


def after_failed_first_look(work: Work, error: ScgError) -> Done:
    """Send nothing yet, because the look-up of an earlier run of the campaign failed."""
    return _after_refusal(work, error, "PLANNED", work.tries, may_fail=False)


def after_failed_send(work: Work, error: ScgError, rules: Rules) -> Done:
    """Repeat, look up or fail a request, as its outcome allows."""
    tries, text = work.tries + 1, _error_text(error)
    if is_key_taken(error):
        # Its external_id is there already: an earlier attempt had its effect.
        found = _finish(work, "INTENT", tries=tries, code="ACCEPTED_UNPARSED", error=text, delay=1.0)
        return Done(work, found)
    if is_in_doubt(error) or isinstance(error, PartialFailureError):
        in_trouble = not isinstance(error, PartialFailureError)
        if rules.mode == "two_phase":
            # A paused request has no effect: another is made at once, and the first expires.
            again = _finish(work, "PLANNED", tries=tries, error=text, delay=_pause(work.tries))
            return Done(work, again, is_error=True, in_trouble=in_trouble)
        code = "UNKNOWN" if may_send_again(error) else "ACCEPTED_UNPARSED"
        doubt = _finish(work, "INTENT", tries=tries, code=code, error=text, delay=rules.quarantine)
        return Done(work, doubt, is_error=True, in_trouble=in_trouble)
    return _after_refusal(work, error, "PLANNED", tries)


def after_sighting(work: Work, request_id: str, rules: Rules) -> Done:
    """Record a send that a look-up has found."""
    if rules.mode == "two_phase":
        # It may have been resumed already; resuming it again does no harm.
        found = _finish(work, "PREPARED", tries=work.tries, request_id=request_id, code=_FOUND, keep=True)
        return Done(work, found)
    return Done(work, _finish(work, "ACCEPTED", tries=work.tries, request_id=request_id))


def after_failed_look(work: Work, error: ScgError, rules: Rules) -> Done:
    """Repeat a failed look-up, for as long as it takes."""
    again = _look_again(work, rules, looks=work.looks)
    is_throttled = isinstance(error, ApiError) and error.status == 429
    return Done(
        work,
        again.finish,
        halt=_halt_reason(error),
        throttled=_retry_after(error) if is_throttled else None,
        in_trouble=not isinstance(error, ApiError),
    )


def after_first_look(work: Work, rules: Rules) -> Done:
    """Look a second time, after the first look-up showed nothing."""
    return Done(work, _in_doubt_still(work, looks=1, delay=rules.second_look, error="it does not show up"))


def after_no_proof(work: Work, why: str, rules: Rules) -> Done:
    """Repeat a look-up that proves nothing. After the last repetition, leave the send for a person to decide."""
    if work.looks + 1 >= MAX_UNDECIDED_LOOK_UPS:
        return in_doubt(work, why)
    return _look_again(work, rules, looks=work.looks + 1, error=why)


def wait_for_control(work: Work, rules: Rules) -> Done:
    """Wait for a control: an accepted send, which look-ups must find before an empty one is believed."""
    if not work.may_wait:
        return after_no_proof(work, "no other send shows that look-ups can be relied on", rules)
    return Done(
        work, _in_doubt_still(work, looks=work.looks, delay=rules.second_look, error="waits for a control")
    )


def after_absence(work: Work, rules: Rules) -> Done:
    """Repeat a send that is provably absent, under the same external_id."""
    if work.tries >= MAX_LOST_REQUESTS:
        return in_doubt(work, f"{work.tries} requests had no answer and do not show up")
    # One request at least may have left, also if its process did not live to say so.
    return Done(work, _finish(work, "PLANNED", tries=max(1, work.tries)))


def in_doubt(work: Work, why: str) -> Done:
    """Leave the send in doubt, for a person to decide."""
    doubt = _finish(
        work,
        "IN_DOUBT",
        tries=work.tries,
        looks=work.looks,
        request_id=work.request_id,
        code=work.code,
        error=f"may have been sent: {why}",
    )
    return Done(work, doubt, is_error=True)


def committed(work: Work) -> Done:
    """Record that the paused request was resumed."""
    return Done(work, _finish(work, "ACCEPTED", tries=work.tries, request_id=work.request_id))


def given_up(work: Work) -> Done:
    """Record that the paused request was cancelled."""
    return Done(work, _finish(work, "CANCELLED", tries=work.tries, request_id=work.request_id))


def after_view(work: Work, view: View) -> Done:
    """Decide by the state of a paused request that could be neither resumed nor cancelled."""
    state = view.state
    if state in _WAITING_STATES:
        return after_failed_commit(work, None, f"the request is {state or 'not shown yet'}")
    if state in _GIVEN_UP_STATES:
        if work.kind == "commit" and work.code == _FOUND:
            # A run that did not know of it may have cancelled it as a duplicate. It was never sent, so another is created.
            return _replaced(work)
        return given_up(work)
    if (state == "EXPIRED" or view.expired) and not view.sent:
        # It was paused too long and can never be sent, so another may be made.
        return given_up(work) if work.kind == "cancel" else _replaced(work)
    if state in ("REJECTED", "FAILED") and not view.sent:
        failed = _finish(
            work, "FAILED", tries=work.tries, request_id=work.request_id, error=f"the request is {state}"
        )
        return Done(work, failed, is_error=True)
    return committed(work)


def after_failed_commit(work: Work, error: ScgError | None, why: str = "") -> Done:
    """Try later to resume or cancel a paused request."""
    if error is None and work.looks + 1 >= 4 * MAX_UNDECIDED_LOOK_UPS:
        return in_doubt(work, why)
    looks = work.looks + (error is None)
    text = why if error is None else _error_text(error)
    waiting = _finish(
        work,
        "PREPARED",
        tries=work.tries,
        looks=looks,
        request_id=work.request_id,
        code=work.code,
        error=text,
        delay=min(_MAX_COMMIT_PAUSE_SECONDS, _pause(work.looks)),
    )
    halt = "" if error is None else _halt_reason(error)
    throttled = _retry_after(error) if isinstance(error, ApiError) and error.status == 429 else None
    in_trouble = error is not None and not isinstance(error, ApiError)
    return Done(work, waiting, halt=halt, throttled=throttled, in_trouble=in_trouble)


def _replaced(work: Work) -> Done:
    """Plan another request in place of one that can never be sent."""
    replaced = _finish(
        work, "PLANNED", tries=max(1, work.tries), request_id=work.request_id, code=_NEVER_SENT
    )
    return Done(work, replaced)


def _after_refusal(work: Work, error: ScgError, back: State, tries: int, *, may_fail: bool = True) -> Done:
    """Decide after a request that certainly had no effect."""
    text, code = _error_text(error), _code(error)
    halt = _halt_reason(error)
    if halt:
        return Done(work, _finish(work, back, tries=work.tries, error=text), halt=halt)
    if _is_transient(error) or not may_fail:
        asked = _retry_after(error)
        is_throttled = isinstance(error, ApiError) and error.status == 429
        delay = max(asked, _pause(work.tries))
        again = _finish(work, back, tries=tries, error=text, code=code, delay=delay)
        return Done(
            work, again, throttled=asked if is_throttled else None, in_trouble=not isinstance(error, ApiError)
        )
    if len(work.ids) > 1:
        # One bad recipient may be the reason, so each gets a request of its own.
        return Done(work, _finish(work, "PLANNED", tries=0, split=True))
    return Done(work, _finish(work, "FAILED", tries=tries, code=code, error=text), is_error=True)


def _finish(
    work: Work,
    state: State,
    *,
    tries: int,
    delay: float = 0.0,
    looks: int = 0,
    request_id: str = "",
    code: str = "",
    error: str = "",
    keep: bool = False,
    split: bool = False,
) -> Finish:
    return Finish(
        work.ids,
        work.attempt,
        work.state,
        state,
        delay=delay,
        keep=keep,
        split=split,
        tries=tries,
        looks=looks,
        request_id=request_id,
        code=code,
        error=error,
    )


def _in_doubt_still(work: Work, *, looks: int, delay: float, error: str) -> Finish:
    return _finish(work, "INTENT", tries=work.tries, looks=looks, code=work.code, error=error, delay=delay)


def _look_again(work: Work, rules: Rules, *, looks: int, error: str = "could not be looked up") -> Done:
    delay = min(_MAX_PAUSE_SECONDS, rules.second_look * 2.0 ** min(looks, 10))
    return Done(work, _in_doubt_still(work, looks=looks, delay=delay, error=error))


def _pause(tries: int) -> float:
    return min(_MAX_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(tries, 20))


def _is_transient(error: ScgError) -> bool:
    if isinstance(error, ApiError):
        return error.status in _TRANSIENT_STATUSES or error.code == TOKEN_BUSY
    return isinstance(error, ConnectionFailedError)


def _halt_reason(error: ScgError) -> str:
    """Return why every other send would fail, too; empty if another may succeed."""
    for_all = isinstance(error, UnknownHostError | LASTING_FAILURES | ConfigurationError)
    if isinstance(error, ApiError):
        for_all = error.outcome == "REJECTED" and error.status in _STATUSES_FOR_ALL
    return _error_text(error) if for_all else ""


def _retry_after(error: ScgError) -> float:
    return (error.retry_after or 0.0) if isinstance(error, ApiError) else 0.0


def _code(error: ScgError) -> str:
    return (error.code or str(error.status)) if isinstance(error, ApiError) else type(error).__name__


def _error_text(error: ScgError) -> str:
    return str(error)[:_MAX_ERROR_CHARACTERS]
