"""Codes that are sent to people, who confirm by showing them that they received the message."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass

from scgapi.sandbox.state.account import Account

_ALPHABETS = {
    "NUMERIC": string.digits,
    "ALPHA": string.ascii_uppercase,
    "ALPHANUMERIC": string.ascii_uppercase + string.digits,
    "COMPLEX": string.ascii_letters + string.digits + "!#$%&*+-?@",
}
KINDS = tuple(_ALPHABETS)


@dataclass(frozen=True)
class PendingCode:
    """A code that was sent and not shown yet. `expires` is in epoch milliseconds."""

    text: str
    expires: int | None


class ConfirmationCodes:
    """The codes that were sent and not shown yet, by recipient."""

    def __init__(self, account: Account) -> None:
        self._now = account.now
        self._waiting: dict[tuple[str, ...], PendingCode] = {}

    def issue(
        self,
        *whom: str,
        length: int = 6,
        kind: str = "NUMERIC",
        prefix: str = "",
        seconds: int | None = None,
    ) -> str:
        """Make a code. It replaces the recipient's previous one."""
        text = prefix + "".join(random.choices(_ALPHABETS[kind], k=length))
        self._waiting[whom] = PendingCode(text, None if seconds is None else self._now() + seconds * 1000)
        return text

    def last(self, *whom: str) -> str | None:
        """Return the recipient's pending code, or None."""
        code = self._waiting.get(whom)
        return None if code is None else code.text

    def take(self, *whom: str, given: object) -> bool:
        """Use up the pending code; return True if `given` equals it and it has not expired."""
        code = self._waiting.get(whom)
        if code is None or code.text != given or (code.expires is not None and code.expires <= self._now()):
            return False
        del self._waiting[whom]
        return True

    def forget(self, *whom: str) -> None:
        """Cancel the recipient's pending code."""
        self._waiting.pop(whom, None)
