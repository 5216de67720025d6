"""Answer every text that comes in, with the asynchronous client. ASGI, on uvicorn (`pip install uvicorn`).

It has the options of `two_way_bot.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from two_way_bot import DEMO, HANDSET, NOTICE, SENDER, options

import scgapi
from scgapi import events


def answer_messages(receiver: events.Receiver, scg: scgapi.AsyncClient) -> None:
    """Answer every incoming message."""

    @receiver.on(events.MessageReceived)
    async def answer(event: events.MessageReceived) -> None:
        request_id = await scg.message_requests.create(
            from_=event.sender_id_id or event.to_address,
            to=[event.from_address],
            body=scgapi.literal_body(f"You said: {event.message_body}"),
        )
        print(f"Answered message {event.message_id} with request {request_id}")


@asynccontextmanager
async def served(app: Callable[..., Awaitable[None]]) -> AsyncGenerator[str, None]:
    """Serve an application at a free port, in this event loop; yield its URL."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            await task


async def demo() -> None:
    """Receive and answer a text on the sandbox."""
    from scgapi.sandbox import EventService, Sandbox

    receiver = events.Receiver(basic=DEMO)
    with Sandbox() as gateway:
        async with scgapi.AsyncClient(gateway.auth) as scg:
            answer_messages(receiver, scg)
            async with (
                served(events.asgi_app(receiver)) as url,
                EventService(gateway, url, basic=DEMO) as service,
            ):
                gateway.gateway.receive(to=SENDER, from_=HANDSET, body="Is anybody there?")
                await asyncio.to_thread(service.wait)
            async for message in scg.messages.list(direction="MT"):
                print(f"The handset got: {message.body}")


async def serve(args: argparse.Namespace) -> None:
    """Answer the texts that come in on your own account, until interrupted."""
    with events.SqliteStore(args.store) as store:
        async with scgapi.AsyncClient(scgapi.AuthInfo(config=args.config)) as scg:
            receiver = events.Receiver(basic=(args.user, args.password), store=store)
            answer_messages(receiver, scg)
            config = uvicorn.Config(events.asgi_app(receiver), host="0.0.0.0", port=args.port)  # noqa: S104
            await uvicorn.Server(config).serve()


if __name__ == "__main__":
    given = options("Answer every text that comes in.")
    if given.user:
        asyncio.run(serve(given))
    else:
        print(NOTICE)
        asyncio.run(demo())
