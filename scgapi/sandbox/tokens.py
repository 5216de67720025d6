"""The application's tokens: which are good, until when, and how they are renewed."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable


class Tokens:
    """One application's key and secret, and the token that goes with them."""

    def __init__(self, clock: Callable[[], float], ttl: float | None = None) -> None:
        self.key: str = secrets.token_hex(16)
        self.secret: str = secrets.token_hex(16)
        self._clock = clock
        self._ttl = ttl
        self.current: str = secrets.token_hex(16)
        self._first = self.current
        self._good = {self.current: self._end(ttl)}

    def is_good(self, token: str) -> bool:
        """Whether calls with this token are let in."""
        return self._clock() < self._good.get(token, -math.inf)

    def remaining(self) -> int:
        """Seconds that the current token is good for; 0 if it never expires."""
        end = self._good.get(self.current, -math.inf)
        return 0 if end == math.inf else max(0, int(end - self._clock()))

    def renew(self, validity: int | None) -> None:
        """Make a new token the only good one, unless the current one is good for as long as was asked for."""
        wanted = self._end(self._ttl if validity is None else validity or None)
        if validity is not None and self.is_good(self.current) and self._good[self.current] >= wanted:
            return
        self.current = secrets.token_hex(16)
        self._good = {self.current: wanted}

    def expire(self) -> None:
        """Refuse all tokens from now on."""
        self._good = {}

    def reset(self) -> None:
        """Take the first token again; one that was renewed meanwhile stays good."""
        end = self._end(self._ttl)
        self._good = {
            token: end for token in (self._first, self.current) if token == self._first or self._good
        }

    def _end(self, ttl: float | None) -> float:
        return math.inf if ttl is None else self._clock() + ttl
