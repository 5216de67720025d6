"""The two-way text bot with the asynchronous client: ASGI, on uvicorn. Takes what `two_way_bot.py` takes."""

from __future__ import annotations

import argparse
import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from two_way_bot import DEMO, HANDSET, SENDER, options

import scgapi
from scgapi import events
from scgapi.sandbox import EventService, Sandbox


def answer_messages(receiver: events.Receiver, scg: scgapi.AsyncClient) -> None:
    """Have every incoming message answered."""

    @receiver.on(events.MessageReceived)
    async def answer(event: events.MessageReceived) -> None:
        request_id = await scg.message_requests.create(
            from_=event.sender_id_id or event.to_address,
            to=[event.from_address],
            body=f"You said: {event.message_body}",
        )
        print(f"Answered message {event.message_id} with request {request_id}")


@asynccontextmanager
async def served(receiver: events.Receiver) -> AsyncGenerator[str, None]:
    """Serve the receiver at a free port, in this loop; the URL to post to."""
    server = uvicorn.Server(uvicorn.Config(events.asgi_app(receiver), log_level="warning", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            await task


async def demo() -> None:
    """A text comes in on the embedded gateway."""
    receiver = events.Receiver(basic=DEMO)
    with Sandbox() as gateway:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            answer_messages(receiver, scg)
            async with served(receiver) as url, EventService(gateway, url, basic=DEMO) as service:
                gateway.gateway.receive(to=SENDER, from_=HANDSET, body="Is anybody there?")
                await asyncio.to_thread(service.wait)
            async for message in scg.messages.list(direction="MT"):
                print(f"The handset got: {message.body}")


async def serve(args: argparse.Namespace) -> None:
    """Answer what comes in on an account of your own, until interrupted."""
    with events.SqliteStore(args.store) as store:
        async with scgapi.AsyncClient(scgapi.AuthInfo(config=args.config)) as scg:
            receiver = events.Receiver(basic=(args.user, args.password), store=store)
            answer_messages(receiver, scg)
            config = uvicorn.Config(events.asgi_app(receiver), host="0.0.0.0", port=args.port)  # noqa: S104
            await uvicorn.Server(config).serve()


if __name__ == "__main__":
    given = options("A two-way text bot, asynchronous.")
    if given.config:
        asyncio.run(serve(given))
    else:
        print("No credentials given: using the embedded gateway, nothing leaves this machine.")
        asyncio.run(demo())
