"""What the handling of doubtful sends relies on, tried on the account with test messages."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import scgapi
from scgapi._core.doubt import FIRST_LOOK_UP_DELAY_SECONDS
from scgapi._io.clock import monotonic
from scgapi.cli.checks import Finding

_PATIENCE = FIRST_LOOK_UP_DELAY_SECONDS
"""Seconds in which a send must be listed: the client believes an empty look-up after that time."""
_EXPIRY_SECONDS = 5.0
"""Time after which a paused test request is to expire."""
_TEXT = "scgapi doctor"
_PAUSED_MESSAGE = '{"from": "…", "to": ["…"], "body": "test", "pause_before_transmit": true}'


def probe_findings(
    scg: scgapi.Client, sender: str, recipient: str, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Finding]:
    """Send test messages, and tell whether the gateway does what docs/reliability.md assumes."""
    for check, probe in (
        ("probe: look-up", _look_up),
        ("probe: pause and resume", _pause),
        ("probe: expiry", _expiry),
    ):
        try:
            yield probe(_Probe(scg, sender, recipient, sleep, check))
        except scgapi.ScgError as error:
            yield Finding(check, "failed", str(error), "see the message")


class _Probe:
    """One probe's means."""

    def __init__(
        self,
        scg: scgapi.Client,
        sender: str,
        recipient: str,
        sleep: Callable[[float], None],
        check: str,
    ) -> None:
        self.scg = scg
        self.check = check
        self.sleep = sleep
        self._sender = sender
        self._recipient = recipient

    def send(self, external_id: str, expiry: datetime | None = None, *, paused: bool = False) -> str:
        """Make a test request, which reaches no handset; return its id."""
        fields: scgapi.types.MessageRequestFields = {
            "from_": self._sender,
            "to": [self._recipient],
            "external_id": external_id,
            "test_message_flag": True,
        }
        if paused:
            fields["pause_before_transmit"] = True
        if expiry is not None:
            fields["pause_expiry_time"] = expiry
        return self.scg.message_requests.create(body=_TEXT, **fields)

    def until(self, is_so: Callable[[], bool], seconds: float) -> float | None:
        """Wait until something is so; return how many seconds that took, or None if it is not."""
        began = monotonic()
        while True:
            if is_so():
                return monotonic() - began
            if monotonic() - began >= seconds:
                return None
            self.sleep(0.5)

    def states(self, request_id: str) -> set[str]:
        """Return the states of a request's messages, and of the request."""
        states = {str(row.state) for row in self.scg.message_requests.list_messages(request_id)}
        return states | {str(self.scg.message_requests.get(request_id).state)}

    def finding(self, detail: str, advice: str = "", *, failed: bool = False) -> Finding:
        """Return what was found."""
        return Finding(self.check, "failed" if failed else "ok", detail, advice)

    def cannot_tell(self, states: set[str], what: str) -> Finding:
        """Return that test messages show nothing of this, and how to try it with a real one."""
        return Finding(
            self.check,
            "cannot tell",
            f"a paused test request does not wait here (it shows {', '.join(sorted(states))})",
            "try a real message to a phone of your own: scgapi api POST /messaging/message_requests -d "
            f"'{_PAUSED_MESSAGE}'; then {what}",
        )


def _look_up(probe: _Probe) -> Finding:
    wanted, unused = f"scgapi-probe-{uuid.uuid4().hex}", f"scgapi-probe-{uuid.uuid4().hex}"
    request_id = probe.send(wanted)

    def found() -> list[scgapi.MessageRequest]:
        return next(probe.scg.message_requests.list(external_id=wanted).pages()).items

    lag = probe.until(lambda: bool(found()), _PATIENCE)
    if lag is None:
        return probe.finding(
            f"a send is not listed by its external_id within {_PATIENCE:.0f} s",
            "do not use on_unknown='verify' on this account: an empty look-up proves nothing",
            failed=True,
        )
    rows = [(row.id, row.external_id) for row in found()]
    empty = next(probe.scg.message_requests.list(external_id=unused).pages())
    if rows != [(request_id, wanted)] or empty.items or empty.total != 0:
        return probe.finding(
            f"the filter by external_id shows {len(rows)} rows for one send, and {len(empty.items)} (total "
            f"{empty.total}) for none",
            "do not use on_unknown='verify' on this account: look-ups cannot be relied on",
            failed=True,
        )
    return probe.finding(f"the external_id finds the send and nothing else, after {lag:.1f} s")


def _pause(probe: _Probe) -> Finding:
    request_id = probe.send(f"scgapi-probe-{uuid.uuid4().hex}", paused=True)
    if probe.until(lambda: "PAUSED" in probe.states(request_id), 5) is None:
        return probe.cannot_tell(
            probe.states(request_id),
            "`scgapi requests get ID` must show PAUSED, and `scgapi requests resume ID` send it",
        )
    probe.scg.message_requests.resume(request_id)
    if probe.until(lambda: "PAUSED" not in probe.states(request_id), 10) is None:
        return probe.finding("a resumed request stays PAUSED", "ask Syniverse's support", failed=True)
    return probe.finding("a paused request waits, and goes on when it is resumed")


def _expiry(probe: _Probe) -> Finding:
    ends = datetime.now(UTC) + timedelta(seconds=_EXPIRY_SECONDS)
    request_id = probe.send(f"scgapi-probe-{uuid.uuid4().hex}", ends, paused=True)
    states = probe.states(request_id)
    if "PAUSED" not in states:
        return probe.cannot_tell(states, "with a pause_expiry_time, too, its messages must become EXPIRED")
    if probe.until(lambda: "EXPIRED" in probe.states(request_id), _EXPIRY_SECONDS + 30) is None:
        probe.scg.message_requests.cancel(request_id)
        return probe.finding(
            "a paused message does not expire at its pause_expiry_time", "cancel what waits", failed=True
        )
    return probe.finding("a paused message expires at its pause_expiry_time")
