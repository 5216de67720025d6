"""The interface of a gateway that handsets use."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.changes import ChangeNotifier


class AccountAccess(Protocol):
    """A gateway, as handsets see it."""

    changes: ChangeNotifier
    """Notifications of changes."""

    def account(self) -> AbstractContextManager[Account]:
        """Return a context manager that locks the account's objects and gives them."""
        ...
