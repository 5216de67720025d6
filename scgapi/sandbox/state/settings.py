"""Settings of a gateway: its progress rule, its clock, and the lifetime of its tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scgapi._io.clock import time_of_day
from scgapi.sandbox.state.progress import AfterReads, Progress


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings that a gateway starts with, and that a reset restores.

    Attributes:
        progress: how messages move from CREATED to DELIVERED.
        clock: function that returns the time in seconds since 1970.
        token_ttl: lifetime of a token in seconds; None if tokens do not expire.

    Raises:
        TypeError: a value has a wrong type.
        ValueError: `token_ttl` is not more than 0.
    """

    progress: Progress = AfterReads(1)  # noqa: RUF009 - a frozen value
    clock: Callable[[], float] = time_of_day
    token_ttl: float | None = None

    def __post_init__(self) -> None:
        # `level` distinguishes a value from text, and an instance from its class.
        if isinstance(self.progress, type) or not callable(getattr(self.progress, "level", None)):
            raise TypeError(
                f"progress must be AfterReads(…), AfterSeconds(…) or Immediate(), got {self.progress!r}"
            )
        if not callable(self.clock):
            raise TypeError(f"clock must be a function that returns seconds since 1970, got {self.clock!r}")
        if self.token_ttl is None:
            return
        if isinstance(self.token_ttl, bool) or not isinstance(self.token_ttl, int | float):
            raise TypeError(f"token_ttl must be a number of seconds or None, got {self.token_ttl!r}")
        if not self.token_ttl > 0:
            raise ValueError(f"token_ttl must be more than 0 seconds, got {self.token_ttl}")
