"""How many retries a client may make: an outage is not to be multiplied by it."""

from __future__ import annotations

import threading

REFUND = 0.1  # of a retry, for each call that succeeds


class RetryBudget:
    """Retries in stock, shared by all calls of a client; each success puts a tenth of one back."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._left = size
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take one; False if there is none left."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def refund(self) -> None:
        """A call succeeded."""
        if self._left < self._size:  # unlocked: most calls find it full
            with self._lock:
                self._left = min(self._size, self._left + REFUND)
