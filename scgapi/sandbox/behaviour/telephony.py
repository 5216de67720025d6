"""State of calls: how reads and the clock move them, and the media that is played to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from scgapi.sandbox.errors import GatewayError, invalid
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.progress import SENT, ProgressState
from scgapi.sandbox.state.store import Collection, Document, number

ENDED = ("COMPLETED", "REJECTED")
# An outgoing call is answered at the level at which a message is sent.
_ANSWERED = SENT


class Telephony:
    """All calls of an account. Delays are evaluated lazily, when a call is looked at."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.calls: Collection = account.collection("calls")
        self._ringing: dict[str, ProgressState] = {}
        self._played: dict[str, list[Document]] = {}
        self._watchers: list[Callable[[], None]] = []

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call a function before and after each call ends."""
        self._watchers.append(watcher)

    def start(self, fields: Document) -> str:
        """Add a call, which rings."""
        call_id = self.calls.add({**fields, "state": "STARTED", "start_time": self._account.now()})
        self._ringing[call_id] = ProgressState(self._account.now())
        return call_id

    def all_calls(self, *, update: bool = True) -> Sequence[Document]:
        """Return all calls, brought up to date if `update` is true."""
        self._update_all(self._ringing if update else ())
        return self.calls.rows()

    def calls_of(self, bridge_id: str, *, update: bool = True) -> list[Document]:
        """Return the calls in a bridge, brought up to date if `update` is true."""
        return [row for row in self.all_calls(update=update) if row.get("bridge_id") == bridge_id]

    def current(self, call_id: str) -> Document:
        """Return the call, brought up to date: answered, timed out or still ringing. This is not a read."""
        row, progress_state, now = self.calls.get(call_id), self._ringing.get(call_id), self._account.now()
        if progress_state is None:
            return row
        progress, timeout = self._account.progress, number(row.get("answer_timeout"))
        is_answered = row["direction"] == "OUT" and progress.level(progress_state, now) >= _ANSWERED
        answered = progress.reached(_ANSWERED, progress_state, now) if is_answered else now
        deadline = None if timeout is None else progress_state.started + timeout
        if deadline is not None and deadline <= answered:
            self._end(call_id, "REJECTED", deadline)
        elif is_answered:
            self._answer(call_id, answered)
        return self.calls.get(call_id)

    def read(self, call_id: str) -> Document:
        """Return the call for a GET, which counts as a read."""
        row = self.current(call_id)
        if call_id in self._ringing:
            self._ringing[call_id].reads += 1
            row = self.current(call_id)
        return row

    def accept(self, call_id: str) -> None:
        """Answer an incoming call.

        Raises:
            GatewayError: the call is not incoming, or no longer rings.
        """
        row = self.current(call_id)
        if row["direction"] != "IN" or row["state"] != "STARTED":
            raise invalid("state", f"a call with direction {row['direction']} that is {row['state']}")
        self._answer(call_id, self._account.now())

    def answer(self, call_id: str) -> None:
        """Answer a ringing call as the other party."""
        self._answer(call_id, self._account.now())

    def end(self, call_id: str, state: str = "COMPLETED") -> None:
        """End a call.

        Raises:
            GatewayError: the call has already ended.
        """
        row = self.current(call_id)
        if row["state"] in ENDED:
            raise invalid("state", f"the call is {row['state']} already")
        self._end(call_id, state, self._account.now())

    def remove(self, call_id: str) -> None:
        """Remove a call, and end it first if it has not ended."""
        if self.current(call_id)["state"] not in ENDED:
            self.end(call_id)
        self.calls.remove(call_id)

    def require_active(self, call_id: str) -> Document:
        """Return a call that is ACTIVE.

        Raises:
            GatewayError: the call is in another state.
        """
        row = self.current(call_id)
        if row["state"] != "ACTIVE":
            raise GatewayError(400, "400", f"Bad Request - the call is {row['state']}, not ACTIVE")
        return row

    def play(self, target_id: str, body: Document) -> None:
        """Play to a call or a conference. `body` must have passed `check_media`."""
        self._played.setdefault(target_id, []).append(body)

    def played(self, target_id: str) -> list[Document]:
        """Return what was played to a call or a conference, in order."""
        return list(self._played.get(target_id, ()))

    def _update_all(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            self.current(key)

    def _answer(self, call_id: str, when: int) -> None:
        del self._ringing[call_id]
        self.calls.change(call_id, {"state": "ACTIVE", "answer_time": when})

    def _end(self, call_id: str, state: str, when: int) -> None:
        self._ringing.pop(call_id, None)
        self._notify()
        answered = number(self.calls.get(call_id).get("answer_time"))
        seconds = 0 if answered is None else -(-(when - answered) // 1000)
        self.calls.change(call_id, {"state": state, "end_time": when, "chargeable_duration": seconds})
        self._notify()

    def _notify(self) -> None:
        for watcher in self._watchers:
            watcher()
