"""Calls on their way: what reads and the clock do to them, and what is played to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from scgapi.sandbox.errors import GatewayError, invalid, missing
from scgapi.sandbox.progress import SENT, Sight
from scgapi.sandbox.sending import check_attachment
from scgapi.sandbox.store import Collection, Document, number
from scgapi.sandbox.world import World

ENDED = ("COMPLETED", "REJECTED")
# An outgoing call is answered where a message would be sent.
_ANSWERED = SENT
_TONES = re.compile(r"[0-9A-Da-d*#]+")
_URL = re.compile(r"https?://\S+")


class Telephony:
    """All calls of an account. Nothing moves by itself: `settle` catches up with the clock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.calls: Collection = world.collection("calls")
        self._ringing: dict[str, Sight] = {}
        self._played: dict[str, list[Document]] = {}
        self._watchers: list[Callable[[], None]] = []

    def watch(self, watcher: Callable[[], None]) -> None:
        """Have a function called before and after a call ends."""
        self._watchers.append(watcher)

    def start(self, fields: Document) -> str:
        """Keep a new call, which rings."""
        call_id = self.calls.add({**fields, "state": "STARTED", "start_time": self._world.now()})
        self._ringing[call_id] = Sight(self._world.now())
        return call_id

    def all_calls(self, *, settled: bool = True) -> list[Document]:
        """All calls as they are now, or as they were last seen."""
        self._settle_all(self._ringing if settled else ())
        return self.calls.rows()

    def calls_of(self, bridge_id: str, *, settled: bool = True) -> list[Document]:
        """The calls in a bridge."""
        return [row for row in self.all_calls(settled=settled) if row.get("bridge_id") == bridge_id]

    def settle(self, call_id: str) -> Document:
        """The call as it is now: answered, or not in time, or still ringing."""
        row, sight, now = self.calls.get(call_id), self._ringing.get(call_id), self._world.now()
        if sight is None:
            return row
        progress, timeout = self._world.progress, number(row.get("answer_timeout"))
        is_answered = row["direction"] == "OUT" and progress.level(sight, now) >= _ANSWERED
        answered = progress.reached(_ANSWERED, sight, now) if is_answered else now
        deadline = None if timeout is None else sight.started + timeout
        if deadline is not None and deadline <= answered:
            self._end(call_id, "REJECTED", deadline)
        elif is_answered:
            self._answer(call_id, answered)
        return self.calls.get(call_id)

    def look(self, call_id: str) -> Document:
        """The call as a reader sees it: that it is read counts."""
        row = self.settle(call_id)
        if call_id in self._ringing:
            self._ringing[call_id].reads += 1
            row = self.settle(call_id)
        return row

    def accept(self, call_id: str) -> None:
        """Answer a call that came in.

        Raises:
            GatewayError: it did not come in, or does not ring any more.
        """
        row = self.settle(call_id)
        if row["direction"] != "IN" or row["state"] != "STARTED":
            raise invalid("state", f"a call with direction {row['direction']} that is {row['state']}")
        self._answer(call_id, self._world.now())

    def end(self, call_id: str, state: str = "COMPLETED") -> None:
        """End a call.

        Raises:
            GatewayError: it has ended.
        """
        row = self.settle(call_id)
        if row["state"] in ENDED:
            raise invalid("state", f"the call is {row['state']} already")
        self._end(call_id, state, self._world.now())

    def forget(self, call_id: str) -> None:
        """Remove a call; it ends if it has not."""
        if self.settle(call_id)["state"] not in ENDED:
            self.end(call_id)
        self.calls.remove(call_id)

    def active(self, call_id: str) -> Document:
        """The call, which somebody is on.

        Raises:
            GatewayError: nobody is.
        """
        row = self.settle(call_id)
        if row["state"] != "ACTIVE":
            raise GatewayError(400, "400", f"Bad Request - the call is {row['state']}, not ACTIVE")
        return row

    def play(self, heard_by: str, body: Document) -> None:
        """Play to a call or a conference what was checked to be playable.

        Raises:
            GatewayError: it cannot be played.
        """
        check_media(self._world, body)
        self._played.setdefault(heard_by, []).append(body)

    def played(self, heard_by: str) -> list[Document]:
        """What was played to a call or a conference, in order."""
        return list(self._played.get(heard_by, ()))

    def _settle_all(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            self.settle(key)

    def _answer(self, call_id: str, when: int) -> None:
        del self._ringing[call_id]
        self.calls.change(call_id, {"state": "ACTIVE", "answer_time": when})

    def _end(self, call_id: str, state: str, when: int) -> None:
        self._ringing.pop(call_id, None)
        self._tell()
        answered = number(self.calls.get(call_id).get("answer_time"))
        seconds = 0 if answered is None else -(-(when - answered) // 1000)
        self.calls.change(call_id, {"state": state, "end_time": when, "chargeable_duration": seconds})
        self._tell()

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher()


def check_media(world: World, body: Document) -> None:
    """Refuse what cannot be played: tones, a text, or an audio file.

    Raises:
        GatewayError: it is empty, malformed, or an attachment without content.
    """
    for name in ("dtmfText", "text", "source"):
        if body.get(name) == "":
            raise missing(name)
    if "dtmfText" in body and not _TONES.fullmatch(str(body["dtmfText"])):
        raise invalid("dtmfText", "only 0-9, A-D, * and # have tones")
    if body.get("gender") not in (None, "female", "male"):
        raise invalid("gender", str(body["gender"]))
    loops = number(body.get("loopCount"))
    if loops is not None and loops < 1:
        raise invalid("loopCount", str(loops))
    if "source" not in body:
        return
    if body["source_type"] == "ATTACHMENT":
        check_attachment(world, str(body["source"]))
    elif body["source_type"] != "URL":
        raise invalid("source_type", str(body["source_type"]))
    elif not _URL.fullmatch(str(body["source"])):
        raise invalid("source", "not a URL")
