"""Tokens of the application: validity, expiry and refresh."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Mapping


class Tokens:
    """Key, secret and tokens of one application."""

    def __init__(self, clock: Callable[[], float], ttl: float | None = None) -> None:
        self.key: str = secrets.token_hex(16)
        self.secret: str = secrets.token_hex(16)
        self._clock = clock
        self.ttl: float | None = ttl
        """Lifetime of the next token in seconds; None if it does not expire."""
        self.current: str = secrets.token_hex(16)
        self._first = self.current
        self._valid_until = {self.current: self._end(ttl)}

    def is_valid(self, token: str) -> bool:
        """Return True if requests with this token are admitted."""
        return self._clock() < self._valid_until.get(token, -math.inf)

    def remaining(self) -> int:
        """Return the remaining lifetime of the current token in seconds; 0 if it never expires."""
        end = self._valid_until.get(self.current, -math.inf)
        return 0 if end == math.inf else max(0, int(end - self._clock()))

    def refresh(self, validity: int | None) -> None:
        """Create a new token, the only valid one, unless the current token is valid for at least `validity` seconds."""
        wanted = self._end(self.ttl if validity is None else validity or None)
        if validity is not None and self.is_valid(self.current) and self._valid_until[self.current] >= wanted:
            return
        self.current = secrets.token_hex(16)
        self._valid_until = {self.current: wanted}

    def expire(self) -> None:
        """Expire all tokens."""
        self._valid_until = {}

    def reset(self) -> None:
        """Make the first token valid again. A token from a refresh stays valid."""
        end = self._end(self.ttl)
        self._valid_until = {
            token: end for token in (self._first, self.current) if token == self._first or self._valid_until
        }

    def dump(self) -> dict[str, object]:
        """Return the credentials as JSON values, for `load`. A token that does not expire has the end None."""
        ends = {token: None if end == math.inf else end for token, end in self._valid_until.items()}
        return {
            "key": self.key,
            "secret": self.secret,
            "current": self.current,
            "first": self._first,
            "valid_until": ends,
        }

    def load(
        self, *, key: str, secret: str, current: str, first: str, valid_until: Mapping[str, float | None]
    ) -> None:
        """Replace the credentials by saved ones."""
        self.key, self.secret, self.current, self._first = key, secret, current, first
        self._valid_until = {token: math.inf if end is None else end for token, end in valid_until.items()}

    def _end(self, ttl: float | None) -> float:
        return math.inf if ttl is None else self._clock() + ttl
