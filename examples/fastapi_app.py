"""A FastAPI application that sends texts and receives events (`pip install fastapi uvicorn`).

On the sandbox, where one text is sent and one comes in:

    python examples/fastapi_app.py

On your own account. Besides your credentials it needs a sender id, and the user and password with which your delivery
configuration posts events to `/events`:

    export SENDER=155528999 EVENTS_USER=gateway EVENTS_PASSWORD=…
    uvicorn --factory --app-dir examples fastapi_app:create_app
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, HTTPException
from gateway import SANDBOX_SENDER
from pydantic import BaseModel
from two_way_bot_async import served

import scgapi
from scgapi import events


class Text(BaseModel):
    """A text to send."""

    to: str
    body: str


class Sent(BaseModel):
    """A text that was sent."""

    request_id: str
    state: str | None = None


def create_app() -> FastAPI:
    """Return the application for the account in the environment."""
    basic = (os.environ["EVENTS_USER"], os.environ["EVENTS_PASSWORD"])
    return build(scgapi.AsyncClient(), os.environ["SENDER"], basic)


def build(scg: scgapi.AsyncClient, sender: str, basic: tuple[str, str]) -> FastAPI:
    """Return the application. It closes the client when it shuts down."""
    receiver = events.Receiver(basic=basic)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None, None]:
        async with scg:
            yield
            await receiver.aclose()

    app = FastAPI(lifespan=lifespan)
    app.router.routes.append(events.starlette_route("/events", receiver))

    @app.post("/texts", status_code=202)
    async def send(text: Text) -> Sent:
        try:
            request_id = await scg.message_requests.create(from_=sender, to=[text.to], body=text.body)
        except (scgapi.InvalidArgumentError, scgapi.BadRequestError) as error:
            raise HTTPException(422, str(error)) from error
        except scgapi.OutcomeUnknownError as error:
            raise HTTPException(504, f"It may have been sent, as {error.external_id}") from error
        return Sent(request_id=request_id)

    @app.get("/texts/{request_id}")
    async def state(request_id: str) -> Sent:
        try:
            request = await scg.message_requests.get(request_id)
        except scgapi.NotFoundError as error:
            raise HTTPException(404, "There is no such text") from error
        return Sent(request_id=request_id, state=request.state)

    @receiver.on(events.MessageReceived)
    async def received(event: events.MessageReceived) -> None:
        print(f"Received message {event.message_id}")

    return app


async def demo() -> None:
    """Send and receive a text on the sandbox."""
    from scgapi.sandbox import EventService, Sandbox

    basic = ("gateway", "demo")
    with Sandbox() as gateway:
        app = build(scgapi.AsyncClient(gateway.auth), SANDBOX_SENDER, basic)
        async with served(app) as url, httpx.AsyncClient(base_url=url) as http:
            answer = await http.post("/texts", json={"to": "+15552461234", "body": "Hello!"})
            print(f"POST /texts: {answer.status_code}")
            answer = await http.get(f"/texts/{answer.json()['request_id']}")
            print(f"GET /texts/…: {answer.json()['state']}")
            with EventService(gateway, f"{url}events", basic=basic) as service:
                gateway.gateway.receive(to=SANDBOX_SENDER, from_="+15552461234", body="Hello to you!")
                await asyncio.to_thread(service.wait)


if __name__ == "__main__":
    print("Using the sandbox, nothing leaves this machine.")
    asyncio.run(demo())
