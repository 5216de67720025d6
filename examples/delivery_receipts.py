"""Collect delivery receipts: the events that say what became of each message. WSGI.

On the sandbox, where two messages are sent and their receipts collected:

    python examples/delivery_receipts.py

On your own account it has the options of `two_way_bot.py`.
"""

from __future__ import annotations

import argparse
import threading

from two_way_bot import DEMO, NOTICE, SENDER, options, served

import scgapi
from scgapi import events

RECIPIENTS = ["+15552461234", "+15552461235"]
LAST = ("DELIVERED", "READ", "CONVERTED", "FAILED", "EXPIRED", "DELETED")


class Receipts:
    """The last known state of each message. Receipts may arrive late and out of order."""

    def __init__(self, receiver: events.Receiver) -> None:
        self.latest: dict[str, events.MessageStateChanged] = {}
        self._changed = threading.Condition()
        receiver.on(events.MessageStateChanged)(self.take)

    def take(self, receipt: events.MessageStateChanged) -> None:
        """Keep a receipt, unless a newer one is known."""
        with self._changed:
            known = self.latest.get(receipt.message_id)
            if known and known.timestamp and receipt.timestamp and known.timestamp > receipt.timestamp:
                return
            self.latest[receipt.message_id] = receipt
            self._changed.notify_all()
        reason = "" if receipt.succeeded else f": {receipt.reason_code} {receipt.reason_description}"
        print(
            f"Message {receipt.message_id} went from {receipt.previous_state} to {receipt.new_state}{reason}"
        )

    def wait_for(self, messages: int, timeout: float = 30.0) -> None:
        """Wait until this many messages have reached their last state."""

        def ended() -> bool:
            return sum(receipt.new_state in LAST for receipt in self.latest.values()) >= messages

        with self._changed:
            if not self._changed.wait_for(ended, timeout):
                raise TimeoutError(f"fewer than {messages} messages have ended")


def demo() -> None:
    """Send two messages through the sandbox, and wait for their receipts."""
    from scgapi.sandbox import AfterSeconds, EventService, Sandbox

    receiver = events.Receiver(basic=DEMO)
    receipts = Receipts(receiver)
    with Sandbox(progress=AfterSeconds(0.1)) as gateway, scgapi.Client(gateway.auth) as scg:
        with served(receiver) as url, EventService(gateway, url, basic=DEMO):
            request_id = scg.message_requests.create(from_=SENDER, to=RECIPIENTS, body="Hello!")
            print(f"Sent message request {request_id}")
            receipts.wait_for(len(RECIPIENTS))
        for receipt in receipts.latest.values():
            print(f"Message {receipt.message_id} is {receipt.message(scg).state}")


def serve(args: argparse.Namespace) -> None:
    """Collect the receipts of your own account, until interrupted."""
    with events.SqliteStore(args.store) as store:
        receiver = events.Receiver(basic=(args.user, args.password), store=store)
        Receipts(receiver)
        with served(receiver, args.port):
            print(f"Listening on port {args.port}", flush=True)
            threading.Event().wait()


if __name__ == "__main__":
    given = options("Collect delivery receipts.")
    if given.user:
        serve(given)
    else:
        print(NOTICE)
        demo()
