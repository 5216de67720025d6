"""Send a one-time code to a phone number, and check what the user types."""

from __future__ import annotations

import hmac
import re
import secrets
import time
from dataclasses import dataclass

from gateway import Setting, setting

import scgapi

LIFETIME = 300.0  # seconds
ATTEMPTS = 3


@dataclass
class Pending:
    """A code that was sent and not used yet."""

    code: str
    expires: float
    attempts: int = ATTEMPTS


class Codes:
    """One-time codes, kept in memory: put them into your database if you run more than one process."""

    def __init__(self) -> None:
        self._pending: dict[str, Pending] = {}

    def create(self, number: str) -> str:
        """Return a new code for a number. An earlier one is no longer good.

        Create it before you send it: if the gateway's answer is lost, the user may have received it all the same.
        """
        code = f"{secrets.randbelow(1_000_000):06}"
        self._pending[number] = Pending(code, time.monotonic() + LIFETIME)
        return code

    def check(self, number: str, code: str) -> bool:
        """Return True if this is the number's code. A code is good once, for a few minutes and a few attempts."""
        pending = self._pending.get(number)
        if pending is None or time.monotonic() > pending.expires:
            return False
        pending.attempts -= 1
        matches = hmac.compare_digest(pending.code.encode(), code.strip().encode())
        if matches or pending.attempts == 0:
            del self._pending[number]
        return matches


def typed_code(given: Setting, scg: scgapi.Client) -> str:
    """Ask the user; on the sandbox, read the message that came to the handset."""
    if not given.is_demo:
        return input("Code: ")
    message = scg.messages.list(direction="MT").first()
    body = message.body if message else None
    found = re.search(r"\d{6}", body or "")
    return found[0] if found else ""


def main() -> None:
    with (
        setting("Send a code and check it.", sends=True) as given,
        scgapi.Client(given.auth, url=given.api) as scg,
    ):
        codes = Codes()
        number = given.recipients[0]
        text = f"Your code is {codes.create(number)}"
        scg.message_requests.create(from_=given.sender, to=[number], body=text)
        print("Sent a code")
        print("Right" if codes.check(number, typed_code(given, scg)) else "Wrong")


if __name__ == "__main__":
    main()
