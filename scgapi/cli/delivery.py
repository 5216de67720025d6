"""Following a send until its messages are delivered."""

from __future__ import annotations

import time
from collections import Counter

import scgapi
from scgapi._core.waiting import MESSAGE_FINAL_STATES, poll_delay
from scgapi._io.clock import monotonic
from scgapi.cli.failures import FAILED, IN_PART, CommandError
from scgapi.cli.output import Printer, counted

_FIRST_PAUSE_SECONDS = 0.5
"""Pause before the second look; each further pause is half as long again as the last, up to 10 s."""
_LOST = ("FAILED", "EXPIRED", "DELETED")
_REFUSED = ("REJECTED", "CANCELED")


def follow(scg: scgapi.Client, printer: Printer, request_id: str, timeout: float) -> int:
    """Show the states of a request, then those of its messages, until all have ended; return the exit status.

    Raises:
        CommandError: time is out; the request goes on.
    """
    began = monotonic()
    try:
        request = scg.message_requests.wait(request_id, timeout=timeout, on_progress=_Teller(printer).tell)
    except scgapi.WaitTimeoutError as error:
        raise _out_of_time(
            f"the request is {error.state or 'not to be seen'}", request_id, timeout
        ) from error
    if request.state in _REFUSED:
        why = f": {request.failure_details}" if request.failure_details else ""
        raise CommandError(f"the request {request_id} was {str(request.state).lower()}{why}")
    return _follow_messages(scg, printer, request, began, timeout)


class _Teller:
    """Tells each state of a request once."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._told = ""

    def tell(self, request: scgapi.MessageRequest) -> None:
        text = f"request {request.state}: {counted(request.recipient_count or 0, 'recipient')}"
        if text != self._told:
            self._told = text
            self._printer.notice(text, state=request.state)


def _follow_messages(
    scg: scgapi.Client, printer: Printer, request: scgapi.MessageRequest, began: float, timeout: float
) -> int:
    told, reads = "", 0
    request_id, expected = str(request.id), request.recipient_count or 1
    while True:
        states = Counter(str(row.state) for row in scg.message_requests.list_messages(request_id))
        reads += 1
        text = ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "none yet"
        if text != told:
            told = text
            printer.notice(f"messages: {text}", messages=dict(states))
        # A listing may show a message some seconds after the request has ended.
        if states.total() >= expected and states.keys() <= MESSAGE_FINAL_STATES:
            lost = sum(states[state] for state in _LOST)
            return 0 if not lost else FAILED if lost == states.total() else IN_PART
        pause = poll_delay(
            timeout=timeout, interval=_FIRST_PAUSE_SECONDS, reads=reads, elapsed=monotonic() - began
        )
        if pause is None:
            raise _out_of_time(f"messages: {text}", request_id, timeout)
        time.sleep(pause)


def _out_of_time(text: str, request_id: str, timeout: float) -> CommandError:
    return CommandError(
        f"not all ended within {timeout:g} s ({text}); it was accepted and goes on: "
        f"scgapi messages list --filter message_request_id={request_id}",
        IN_PART,
    )
