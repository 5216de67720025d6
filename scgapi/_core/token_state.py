"""What is known of the access token, in memory and where it is kept, and what to do when it is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Set
from dataclasses import dataclass, field, replace

from scgapi._core.json import is_object
from scgapi._core.text import is_seconds, is_token
from scgapi.errors import ApiError, ConnectionFailedError, ScgError, UnknownHostError, UntrustedServerError

TRIES = 3
"""How often the token service is asked in one renewal, where answers are lost."""

EARLY_LIMIT = 5.0
"""Seconds that a renewal may take which nobody needs yet."""

_EARLY = 0.8  # part of its life after which a token is renewed before anybody needs it,
_SPREAD = 0.1  # give or take half of this: processes that began together do not come together,
_AGAIN = 0.02  # and part after which it is tried again, if that came to nothing


@dataclass(frozen=True, slots=True)
class Stored:
    """A token as it is kept: in the file that processes share, or in memory.

    `obtained` is in seconds since 1970, `validity` in seconds from then, 0 for ever. `intent` is when a renewal
    began whose end is not known: the token may be good, or replaced by one that nobody has seen.
    """

    token: str | None = field(default=None, repr=False)
    obtained: float = 0.0
    validity: float = 0.0
    intent: float | None = None

    def is_over(self, now: float) -> bool:
        """Whether its time has passed, by its own account."""
        return 0 < self.validity <= now - self.obtained

    def due_in(self, now: float, jitter: float) -> float:
        """Seconds until it had better be renewed; `jitter` is drawn from 0 to 1."""
        if self.token is None or (self.validity == 0 and self.intent is None):
            return math.inf
        if self.intent is not None:
            return 0.0
        # A clock that was set back makes no token younger than new.
        return self.validity * (_EARLY + _SPREAD * (jitter - 0.5)) - max(0.0, now - self.obtained)

    def begun(self, old: str | None, now: float) -> Stored:
        """The same with the intent to renew; the token to be presented again is kept if none is."""
        return replace(self, token=self.token or old, intent=now)

    def to_json(self) -> bytes:
        """The content of the file."""
        values: dict[str, object] = {
            "token": self.token,
            "obtained": self.obtained,
            "validity": self.validity,
            "refresh_intent": self.intent,
        }
        return json.dumps({name: value for name, value in values.items() if value is not None}).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Stored:
        """Read the content of the file; an empty one holds nothing.

        Raises:
            ValueError: it is none of ours. The text says why, and holds nothing of it.
        """
        if not content.strip():
            return cls()
        try:
            value: object = json.loads(content)
        except (ValueError, RecursionError):
            value = None  # raised below: the chained error would hold the content
        if not is_object(value):
            raise ValueError("is not a JSON object")
        token, intent = value.get("token"), value.get("refresh_intent")
        obtained, validity = value.get("obtained", 0.0), value.get("validity", 0.0)
        if not (token is None or is_token(token)):
            raise ValueError("holds no usable token")
        if not (is_seconds(obtained) and is_seconds(validity) and (intent is None or is_seconds(intent))):
            raise ValueError("holds a time that is none")
        return cls(token, float(obtained), float(validity), None if intent is None else float(intent))


@dataclass(frozen=True, slots=True)
class Held:
    """What a client makes its calls with: swapped as a whole.

    `due` is the moment (monotonic seconds) of an early renewal, `pause` the seconds from one that failed to the next.
    Nothing will come of the tokens in `dead`.
    """

    token: str | None = field(repr=False)
    due: float = math.inf
    pause: float = EARLY_LIMIT
    dead: Set[str] = field(default=frozenset[str](), repr=False)


@dataclass(frozen=True, slots=True)
class Renewal:
    """A token in place of one that was refused; `fresh` if the token service gave it since."""

    token: str = field(repr=False)
    fresh: bool


@dataclass(frozen=True, slots=True)
class Adopt:
    """Take the token that is kept: somebody else has renewed it."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refresh:
    """Ask the token service, presenting these old tokens in turn until one is not refused."""

    old: tuple[str | None, ...] = field(repr=False)


def plan(stored: Stored, bad: str | None, dead: Set[str], now: float) -> Adopt | Refresh:
    """What to do about a bad token (None: there is none yet), given what is kept. The lock must be held."""
    kept = stored.token
    if kept is None or kept == bad:
        return Refresh((bad,))
    if kept in dead:  # and yet it is the last of its line: what another refusal meant may have passed
        return Refresh((kept, bad))
    return Refresh((kept,)) if stored.is_over(now) else Adopt(kept)


def holding(stored: Stored, configured: str | None, clock: tuple[float, float], jitter: float) -> Held:
    """What a client begins with. The file's token wins; `clock` is now, monotonic and since 1970."""
    monotonic, now = clock
    due = monotonic + stored.due_in(now, jitter)
    return Held(stored.token or configured, due, max(EARLY_LIMIT, _AGAIN * stored.validity))


def after(new: Held, old: Held, bad: str | None, configured: str | None) -> Held:
    """What a client goes on with once the token that is kept is another: the configured one may have had its time."""
    passed = configured is not None and (configured == bad or configured in old.dead)
    return replace(new, dead=frozenset((configured,) if passed and configured else ()))


def instead(stored: Stored, old: Held, bad: str | None, configured: str | None) -> Held | None:
    """What to try when the token service has refused the kept token: once, the one from the credentials.

    It may be a new one, taken from the portal because the kept one is lost.
    """
    if configured is None or configured in (bad, stored.token) or configured in old.dead:
        return None
    refused = {token for token in (stored.token, bad, configured) if token is not None}
    return Held(configured, dead=frozenset(old.dead | refused))


def is_refusal(error: ScgError) -> bool:
    """Whether the token service has said no: it answers 500 to a wrong secret (wire facts, "Token refresh")."""
    if not isinstance(error, ApiError):
        return False
    return error.status == 500 or (error.outcome == "REJECTED" and error.status not in (429, 503))


def is_answer_lost(error: ScgError) -> bool:
    """Whether the token service may have made a new token that we have not seen."""
    return error.outcome in ("UNKNOWN", "ACCEPTED_UNPARSED") and not is_refusal(error)


def asks_again(error: ScgError, tries: int, in_doubt: bool) -> bool:
    """Whether to present the same old token again: the service answers with the valid one."""
    if tries >= TRIES:
        return False
    if is_refusal(error):
        return isinstance(error, ApiError) and error.status == 500 and (tries < 2 or in_doubt)
    if is_answer_lost(error):
        return True
    hopeless = isinstance(error, UnknownHostError | UntrustedServerError)
    return isinstance(error, ConnectionFailedError) and not hopeless
