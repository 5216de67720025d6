"""Retry budget of a client, which limits the extra load during an outage."""

from __future__ import annotations

import threading

REFUND_PER_SUCCESS = 0.1
"""Part of a retry that each successful call returns to the budget."""


class RetryBudget:
    """Retries that all calls of a client share; each success returns a tenth of one."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._left = size
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take one retry; return False if the budget is used up."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def refund(self) -> None:
        """Return a part of a retry after a successful call."""
        # Read without the lock: the budget is usually full.
        if self._left < self._size:
            with self._lock:
                self._left = min(self._size, self._left + REFUND_PER_SUCCESS)
