"""Send to many recipients: one text for all in one request, or a text for each, several at a time.

The same text needs one request, whatever the number of recipients:

    scg.message_requests.create(from_=sender, to=[...], body="We open at nine")

This program sends a text of its own to each recipient, from eight threads that share one client.
"""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from gateway import Setting, setting

import scgapi


@dataclass(frozen=True)
class Reminder:
    """A text for one recipient. `key` identifies the send: take it from your database, and never use it twice."""

    key: str
    number: str
    text: str


def reminders(given: Setting) -> list[Reminder]:
    """Return what there is to send."""
    batch = secrets.token_hex(4)
    numbers = [f"+1555246{n}" for n in range(1000, 1020)] if given.is_demo else given.recipients
    return [
        Reminder(f"reminder-{batch}-{index:04}", number, f"You are number {index}")
        for index, number in enumerate(numbers, start=1)
    ]


def send(scg: scgapi.Client, sender: str, reminder: Reminder) -> str:
    """Send one text. Return a word for what became of it: one failure must not end the others."""
    try:
        scg.message_requests.create(
            from_=sender, to=[reminder.number], body=reminder.text, external_id=reminder.key
        )
    except scgapi.OutcomeUnknownError:
        return "in doubt"
    except scgapi.ScgError as error:
        print(f"{reminder.key}: {error}")
        return "failed"
    return "sent"


def main() -> None:
    # With "verify" the client looks up a send whose answer was lost, by its external_id.
    with (
        setting("Send a text to each of many recipients.", sends=True) as given,
        scgapi.Client(given.auth, url=given.api, on_unknown="verify") as scg,
        ThreadPoolExecutor(8) as threads,
    ):
        results = list(threads.map(partial(send, scg, given.sender), reminders(given)))
        for result in sorted(set(results)):
            print(f"{results.count(result)} {result}")


if __name__ == "__main__":
    main()
