"""Codes that are sent to people, so that they can show that they got them."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass

from scgapi.sandbox.world import World

_ALPHABETS = {
    "NUMERIC": string.digits,
    "ALPHA": string.ascii_uppercase,
    "ALPHANUMERIC": string.ascii_uppercase + string.digits,
    "COMPLEX": string.ascii_letters + string.digits + "!#$%&*+-?@",
}
KINDS = tuple(_ALPHABETS)


@dataclass(frozen=True)
class _Code:
    text: str
    expires: int | None


class Codes:
    """The codes that wait to be shown, by whom they are for."""

    def __init__(self, world: World) -> None:
        self._now = world.now
        self._waiting: dict[tuple[str, ...], _Code] = {}

    def issue(
        self,
        *whom: str,
        length: int = 6,
        kind: str = "NUMERIC",
        prefix: str = "",
        seconds: int | None = None,
    ) -> str:
        """Make a code, in place of the last one."""
        text = prefix + "".join(random.choices(_ALPHABETS[kind], k=length))
        self._waiting[whom] = _Code(text, None if seconds is None else self._now() + seconds * 1000)
        return text

    def last(self, *whom: str) -> str | None:
        """The code that waits; None if there is none."""
        code = self._waiting.get(whom)
        return None if code is None else code.text

    def take(self, *whom: str, given: object) -> bool:
        """Whether this is the code, and still good; it is good once."""
        code = self._waiting.get(whom)
        if code is None or code.text != given or (code.expires is not None and code.expires <= self._now()):
            return False
        del self._waiting[whom]
        return True

    def forget(self, *whom: str) -> None:
        """Let no code of theirs be good any more."""
        self._waiting.pop(whom, None)
