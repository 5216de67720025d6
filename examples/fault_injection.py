"""Lose the gateway's answers to sends: what was sent is found by its external_id, and nothing is sent twice.

Runs on the sandbox only. docs/testing.md lists the faults that it can inject.
"""

from __future__ import annotations

import asyncio

import scgapi
from scgapi.sandbox import Sandbox, faults

SEND = "message_requests.create"


def send_once(gateway: Sandbox) -> None:
    """Send once; the gateway takes the message, and the connection breaks before it answers."""
    gateway.inject_fault(SEND, faults.Reset(executed=True), times=1)
    with scgapi.Client(gateway.auth) as scg:
        try:
            scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hello!")
        except scgapi.OutcomeUnknownError as error:
            found = list(scg.message_requests.list(external_id=error.external_id))
            print(f"sync:  in doubt, and found {len(found)} time when looked up")
    print(f"sync:  the gateway sent it {gateway.executed(SEND)} time")


async def send_many(gateway: Sandbox) -> None:
    """Send 200 times; one answer in ten is lost, and half of those messages were never sent."""
    gateway.reset()
    gateway.inject_fault(SEND, faults.Reset(executed=True), probability=0.05, seed=3)
    gateway.inject_fault(SEND, faults.Reset(executed=False), probability=0.05, seed=6)
    doubts: list[str] = []
    async with scgapi.AsyncClient(gateway.auth) as scg:
        for _ in range(200):
            try:
                await scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hello!")
            except scgapi.OutcomeUnknownError as error:
                doubts.append(error.external_id or "")
        found = 0
        for key in doubts:
            async for request in scg.message_requests.list(external_id=key):
                found += request.external_id == key
    sent = gateway.executed(SEND)
    print(f"async: 200 sends, {len(doubts)} in doubt, {found} of them sent, {sent} sent in all")


if __name__ == "__main__":
    with Sandbox() as gateway:
        send_once(gateway)
        asyncio.run(send_many(gateway))
