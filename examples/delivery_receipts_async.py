"""Collect delivery receipts, with the asynchronous client. ASGI, on uvicorn (`pip install uvicorn`).

It has the options of `two_way_bot.py`.
"""

from __future__ import annotations

import argparse
import asyncio

import uvicorn
from delivery_receipts import LAST, RECIPIENTS
from two_way_bot import DEMO, NOTICE, SENDER, options
from two_way_bot_async import served

import scgapi
from scgapi import events


class Receipts:
    """The last known state of each message. Receipts may arrive late and out of order."""

    def __init__(self, receiver: events.Receiver) -> None:
        self.latest: dict[str, events.MessageStateChanged] = {}
        self._changed = asyncio.Condition()
        receiver.on(events.MessageStateChanged)(self.take)

    async def take(self, receipt: events.MessageStateChanged) -> None:
        """Keep a receipt, unless a newer one is known."""
        async with self._changed:
            known = self.latest.get(receipt.message_id)
            if known and known.timestamp and receipt.timestamp and known.timestamp > receipt.timestamp:
                return
            self.latest[receipt.message_id] = receipt
            self._changed.notify_all()
        reason = "" if receipt.succeeded else f": {receipt.reason_code} {receipt.reason_description}"
        print(
            f"Message {receipt.message_id} went from {receipt.previous_state} to {receipt.new_state}{reason}"
        )

    async def wait_for(self, messages: int) -> None:
        """Wait until this many messages have reached their last state."""

        def ended() -> bool:
            return sum(receipt.new_state in LAST for receipt in self.latest.values()) >= messages

        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(ended)


async def demo() -> None:
    """Send two messages through the sandbox, and wait for their receipts."""
    from scgapi.sandbox import AfterSeconds, EventService, Sandbox

    receiver = events.Receiver(basic=DEMO)
    receipts = Receipts(receiver)
    with Sandbox(progress=AfterSeconds(0.1)) as gateway:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            async with served(events.asgi_app(receiver)) as url, EventService(gateway, url, basic=DEMO):
                request_id = await scg.message_requests.create(from_=SENDER, to=RECIPIENTS, body="Hello!")
                print(f"Sent message request {request_id}")
                await receipts.wait_for(len(RECIPIENTS))
            for receipt in receipts.latest.values():
                print(f"Message {receipt.message_id} is {(await receipt.message(scg)).state}")


async def serve(args: argparse.Namespace) -> None:
    """Collect the receipts of your own account, until interrupted."""
    with events.SqliteStore(args.store) as store:
        receiver = events.Receiver(basic=(args.user, args.password), store=store)
        Receipts(receiver)
        config = uvicorn.Config(events.asgi_app(receiver), host="0.0.0.0", port=args.port)  # noqa: S104
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    given = options("Collect delivery receipts.")
    if given.user:
        asyncio.run(serve(given))
    else:
        print(NOTICE)
        asyncio.run(demo())
