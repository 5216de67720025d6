"""Send an SMS through the sandbox, with the sync client and then with the async one. Needs no account."""

from __future__ import annotations

import asyncio

import scgapi


def send(gateway: scgapi.sandbox.Sandbox) -> None:
    """Send one text and print the state of its message."""
    with scgapi.Client(gateway.auth) as scg:
        request_id = scg.message_requests.create(from_="155528999", to=["+15552461234"], body="Hello!")
        print(f"sync:  sent message request {request_id}")
        for message in scg.message_requests.list_messages(request_id):
            print(f"sync:  message {message.id} is {message.state}")


async def send_async(gateway: scgapi.sandbox.Sandbox) -> None:
    """Send a text to two recipients and print the states of their messages."""
    async with scgapi.AsyncClient(gateway.auth) as scg:
        recipients = ["+15552461234", "+15552461235"]
        request_id = await scg.message_requests.create(from_="155528999", to=recipients, body="Hello!")
        print(f"async: sent message request {request_id}")
        async for message in scg.message_requests.list_messages(request_id):
            print(f"async: message {message.id} is {message.state}")


if __name__ == "__main__":
    with scgapi.sandbox.Sandbox() as gateway:
        send(gateway)
        asyncio.run(send_async(gateway))
