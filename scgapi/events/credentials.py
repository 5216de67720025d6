"""Credentials of posts. The gateway does not sign events, so these are the only protection."""

from __future__ import annotations

import binascii
import hashlib
import hmac
import logging
from collections.abc import Sequence

from typing_extensions import TypeIs

from scgapi._io.clock import monotonic
from scgapi.errors import ConfigurationError

UserAndPassword = tuple[str, str]

_WARNING_INTERVAL_SECONDS = 60.0
"""Time between two log warnings of refused posts at least."""

_log = logging.getLogger("scgapi.events")


class Credentials:
    """The accepted values of an `Authorization` header; only digests are kept.

    Several of a kind are allowed, so that a password can be changed without a gap.
    """

    def __init__(
        self, basic: UserAndPassword | Sequence[UserAndPassword], bearer: str | Sequence[str], *, none: bool
    ) -> None:
        pairs = [basic] if _is_pair(basic) else [*basic]
        tokens = [bearer] if isinstance(bearer, str) and bearer else [*bearer]
        self._basic = [_digest(f"{user}:{password}".encode()) for user, password in map(_check_pair, pairs)]
        self._bearer = [_digest(_check_token(token).encode()) for token in tokens]
        self._next_warning = float("-inf")
        self.required: bool = bool(pairs or tokens)
        if self.required == none:
            raise ConfigurationError(
                "a receiver takes either credentials or allow_unauthenticated=True, not both"
                if none
                else "events are not signed: give basic=(user, password) or bearer=token as the delivery "
                "configuration has them, or say allow_unauthenticated=True"
            )

    def admit(self, authorization: str | None) -> bool:
        """Return True if the header's value is accepted. The comparison takes constant time."""
        if not self.required:
            return True
        scheme, _, given = (authorization or "").partition(" ")
        if scheme.lower() == "basic":
            return _matches_any(_decode(given.strip()), self._basic)
        if scheme.lower() == "bearer":
            return _matches_any(given.strip().encode("latin-1", "replace"), self._bearer)
        return False

    def warn_of_refusal(self) -> None:
        """Log that a post was refused, at most once a minute: a stranger must not fill the log."""
        now = monotonic()
        if now >= self._next_warning:
            self._next_warning = now + _WARNING_INTERVAL_SECONDS
            _log.warning(
                "a post was refused with 401 (logged once a minute): its credentials are not those of this receiver. If "
                "your events do not arrive, compare them with those of the delivery configuration"
            )

    @property
    def challenge(self) -> str:
        """Return the challenge of a refusal."""
        asked = ['Basic realm="events", charset="UTF-8"'] * bool(self._basic)
        return ", ".join([*asked, *['Bearer realm="events"'] * bool(self._bearer)])


def _is_pair(value: UserAndPassword | Sequence[UserAndPassword]) -> TypeIs[UserAndPassword]:
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _check_pair(value: UserAndPassword) -> UserAndPassword:
    if _is_pair(value) and all(value) and ":" not in value[0]:
        return value
    raise ConfigurationError("basic takes (user, password), neither empty, without a colon in the user")


def _check_token(value: object) -> str:
    if isinstance(value, str) and value.isascii() and value.strip() == value != "":
        return value
    raise ConfigurationError("bearer takes a token, or several: ASCII, not empty")


def _digest(value: bytes) -> bytes:
    return hashlib.sha256(value).digest()


def _matches_any(given: bytes, expected: Sequence[bytes]) -> bool:
    digest, found = _digest(given), False
    for one in expected:
        found |= hmac.compare_digest(digest, one)
    return found


def _decode(given: str) -> bytes:
    try:
        return binascii.a2b_base64(given.encode("ascii"), strict_mode=True)
    except ValueError:
        return b""
