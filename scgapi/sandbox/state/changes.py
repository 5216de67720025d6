"""Notifications of changes in a sandbox."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Literal

Topic = Literal["phones", "requests", "events", "reset", "closing"]
"""Part of the sandbox that changed. `closing`: the sandbox stops, and waiting code should end."""
Listener = Callable[[Topic, str], None]


class ChangeNotifier:
    """Registry of listeners that are called with the changed part and the key of the changed object.

    Listeners are called in the thread that made the change, possibly while it holds the gateway's lock: they must
    return at once, and must not call the gateway.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def notify(self, topic: Topic, key: str = "") -> None:
        """Call all listeners."""
        for listener in self._listeners:
            listener(topic, key)

    @contextmanager
    def listening(self, listener: Listener) -> Generator[None, None, None]:
        """Call a function with each change while the block lasts."""
        with self._lock:
            self._listeners = (*self._listeners, listener)
        try:
            yield
        finally:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)
