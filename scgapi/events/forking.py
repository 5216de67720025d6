"""Stores that stay usable on both sides of a fork."""

from __future__ import annotations

import os
import threading
import weakref


class ForkAware:
    """A store whose lock is held by the forking thread while the process forks.

    No other thread is inside the store at that moment, and `_close_inherited()` closes what a child must not inherit.
    """

    def __init__(self) -> None:
        # Reentrant: a signal handler that forks may have interrupted its own thread inside the store.
        self._lock = threading.RLock()
        _state.add(self)

    def _close_inherited(self) -> None:
        """Close what a child must not inherit. The caller holds the lock; the next use opens it again."""


class _State:
    """The live stores of this process, and those that are locked for a fork."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._stores: weakref.WeakSet[ForkAware] = weakref.WeakSet()
        self._held: list[ForkAware] = []

    def add(self, store: ForkAware) -> None:
        with self._lock:
            self._stores.add(store)

    def before_fork(self) -> None:
        self._lock.acquire()
        for store in list(self._stores):
            store._lock.acquire()
            self._held.append(store)
            store._close_inherited()

    def after_fork_in_parent(self) -> None:
        while self._held:
            self._held.pop()._lock.release()
        self._lock.release()

    def after_fork_in_child(self) -> None:
        # New locks: another thread, which this process does not have, may have been waiting for the old ones.
        self._lock = threading.RLock()
        self._held.clear()
        for store in list(self._stores):
            store._lock = threading.RLock()


_state = _State()

# Windows has no fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_state.before_fork,
        after_in_parent=_state.after_fork_in_parent,
        after_in_child=_state.after_fork_in_child,
    )
