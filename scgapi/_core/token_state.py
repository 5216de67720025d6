"""The state of the access token, stored and in use, and the decisions about refreshing it."""

from __future__ import annotations

import json
import math
from collections.abc import Set
from dataclasses import dataclass, field, replace

from scgapi._core.json import is_object
from scgapi._core.retry import LASTING_FAILURES
from scgapi._core.text import is_seconds, is_token
from scgapi.errors import ApiError, ConnectionFailedError, ScgError, UnknownHostError

MAX_TRIES = 3
"""Requests to the token service in one refresh, when responses are lost."""

EARLY_REFRESH_LIMIT_SECONDS = 5.0
"""Time limit of an early refresh, which no call needs yet."""

_EARLY_REFRESH_FRACTION = 0.8
"""Fraction of its validity after which a token is refreshed early."""
_JITTER_FRACTION = 0.1
"""Fraction of the validity over which early refreshes are spread, so that processes do not refresh together."""
_RETRY_FRACTION = 0.02
"""Fraction of the validity after which a failed early refresh is tried again."""


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token as it is stored: in the file that processes share, or in memory.

    Attributes:
        token: the token; None if none is stored.
        obtained: when it was issued, in seconds since 1970.
        validity: seconds from then for which it is valid; 0 if it does not expire.
        intent: when a refresh began whose result is not known. The stored token may be valid, or replaced by a new one
            whose response was lost.
    """

    token: str | None = field(default=None, repr=False)
    obtained: float = 0.0
    validity: float = 0.0
    intent: float | None = None

    def is_expired(self, now: float) -> bool:
        """Return True if the validity that the token service stated has passed."""
        return 0 < self.validity <= now - self.obtained

    def refresh_due_in(self, now: float, jitter: float) -> float:
        """Return the seconds until an early refresh is due; `jitter` is a random number from 0 to 1."""
        if self.token is None or (self.validity == 0 and self.intent is None):
            return math.inf
        if self.intent is not None:
            return 0.0
        # If the clock was set back, the token counts as new.
        fraction = _EARLY_REFRESH_FRACTION + _JITTER_FRACTION * (jitter - 0.5)
        return self.validity * fraction - max(0.0, now - self.obtained)

    def with_intent(self, old: str | None, now: float) -> StoredToken:
        """Return a copy that records the start of a refresh. `old`, the token to present, is kept if none is stored."""
        return replace(self, token=self.token or old, intent=now)

    def to_json(self) -> bytes:
        """Return the content of the token file."""
        values: dict[str, object] = {
            "token": self.token,
            "obtained": self.obtained,
            "validity": self.validity,
            "refresh_intent": self.intent,
        }
        return json.dumps({name: value for name, value in values.items() if value is not None}).encode()

    @classmethod
    def from_json(cls, content: bytes) -> StoredToken:
        """Read the content of the token file. An empty file holds no token.

        Raises:
            ValueError: the content is not that of a token file. The text says why and repeats nothing of it.
        """
        if not content.strip():
            return cls()
        try:
            value: object = json.loads(content)
        except (ValueError, RecursionError):
            # Raised below: the chained error would hold the content.
            value = None
        if not is_object(value):
            raise ValueError("is not a JSON object")
        token, intent = value.get("token"), value.get("refresh_intent")
        obtained, validity = value.get("obtained", 0.0), value.get("validity", 0.0)
        if not (token is None or is_token(token)):
            raise ValueError("holds no usable token")
        if not (is_seconds(obtained) and is_seconds(validity) and (intent is None or is_seconds(intent))):
            raise ValueError("holds an invalid time")
        return cls(token, float(obtained), float(validity), None if intent is None else float(intent))


@dataclass(frozen=True, slots=True)
class CurrentToken:
    """The token that a client sends now. It is replaced as one value, so that threads see no mixture.

    Attributes:
        token: the token; None if there is none yet.
        refresh_at: when an early refresh is due, in monotonic seconds.
        retry_seconds: time from a failed early refresh to the next.
        given_up: tokens that the token service has refused, or that were replaced: they are not tried again.
    """

    token: str | None = field(repr=False)
    refresh_at: float = math.inf
    retry_seconds: float = EARLY_REFRESH_LIMIT_SECONDS
    given_up: Set[str] = field(default=frozenset[str](), repr=False)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A token that replaces a rejected one.

    Attributes:
        token: the token.
        fresh: True if the token service issued it in this refresh; False if it was already stored.
    """

    token: str = field(repr=False)
    fresh: bool


@dataclass(frozen=True, slots=True)
class Adopt:
    """Decision to use the stored token, which another process or client has refreshed."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refresh:
    """Decision to ask the token service, presenting these old tokens in turn until one is accepted."""

    old: tuple[str | None, ...] = field(repr=False)


def plan_refresh(stored: StoredToken, bad: str | None, given_up: Set[str], now: float) -> Adopt | Refresh:
    """Decide how to replace a rejected token; None if there is no token yet. The caller holds the store's lock."""
    kept = stored.token
    if kept is None or kept == bad:
        return Refresh((bad,))
    if kept in given_up:
        # It was refused before, but it is the latest token: the reason for the refusal may be gone.
        return Refresh((kept, bad))
    return Refresh((kept,)) if stored.is_expired(now) else Adopt(kept)


def initial_token(
    stored: StoredToken, configured: str | None, clock: tuple[float, float], jitter: float
) -> CurrentToken:
    """Return a client's first token: the stored one, or the configured one if none is stored.

    `clock` is the current time, in monotonic seconds and in seconds since 1970.
    """
    monotonic, now = clock
    refresh_at = monotonic + stored.refresh_due_in(now, jitter)
    retry_seconds = max(EARLY_REFRESH_LIMIT_SECONDS, _RETRY_FRACTION * stored.validity)
    return CurrentToken(stored.token or configured, refresh_at, retry_seconds)


def next_token(new: CurrentToken, old: CurrentToken, bad: str | None, configured: str | None) -> CurrentToken:
    """Return the token that follows `old`. A configured token that was rejected stays given up."""
    is_given_up = configured is not None and (configured == bad or configured in old.given_up)
    return replace(new, given_up=frozenset((configured,) if is_given_up and configured else ()))


def fallback_token(
    stored: StoredToken, old: CurrentToken, bad: str | None, configured: str | None
) -> CurrentToken | None:
    """Return the token to try when the token service has refused the stored one: the configured one, and only once.

    The user may have taken it from the portal because the stored one is lost.
    """
    if configured is None or configured in (bad, stored.token) or configured in old.given_up:
        return None
    refused = {token for token in (stored.token, bad, configured) if token is not None}
    return CurrentToken(configured, given_up=frozenset(old.given_up | refused))


def is_refused(error: ScgError) -> bool:
    """Return True if the token service has refused. It answers 500 to a wrong secret (docs/api-notes.md, note 3)."""
    if not isinstance(error, ApiError):
        return False
    return error.status == 500 or (error.outcome == "REJECTED" and error.status not in (429, 503))


def is_response_lost(error: ScgError) -> bool:
    """Return True if the token service may have issued a new token whose response was lost."""
    return error.outcome in ("UNKNOWN", "ACCEPTED_UNPARSED") and not is_refused(error)


def should_retry(error: ScgError, tries: int, in_doubt: bool) -> bool:
    """Return True if the same old token should be presented again: the service then returns the valid one."""
    if tries >= MAX_TRIES:
        return False
    if is_refused(error):
        return isinstance(error, ApiError) and error.status == 500 and (tries < 2 or in_doubt)
    if is_response_lost(error):
        return True
    hopeless = isinstance(error, UnknownHostError | LASTING_FAILURES)
    return isinstance(error, ConnectionFailedError) and not hopeless
