"""Events: their fields, what handles them, and what they lead to."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import assert_never, assert_type

import scgapi
from scgapi import events


def fields(event: events.MessageStateChanged, message: events.MessageReceived) -> None:
    assert_type(message.from_address, str)
    assert_type(message.message_body, str)
    assert_type(message.attachment_ids, tuple[str, ...])
    assert_type(event.to_address, str | None)
    assert_type(event.mt_price, Decimal | None)
    assert_type(event.timestamp, datetime | None)
    assert_type(event.succeeded, bool | None)


def every_class(event: events.Event) -> str:
    match event:
        case events.MessageReceived():
            return event.message_body
        case events.MessageStateChanged() | events.MessageRequestStateChanged():
            return event.new_state
        case events.CallReceived() | events.CallStateChanged():
            return event.call_id
        case events.CallPlaybackChanged() | events.CallTtsChanged() | events.CollectorStateChanged():
            return event.call_id
        case events.BridgePlaybackChanged() | events.BridgeTtsChanged():
            return event.bridge_id
        case events.ConferenceMemberPlaybackChanged() | events.ConferenceMemberStateChanged():
            return event.member_id
        case events.UnknownEvent():
            return event.type
        case _:
            assert_never(event)


async def correlating(
    event: events.MessageReceived,
    change: events.CallStateChanged,
    scg: scgapi.Client,
    other: scgapi.AsyncClient,
) -> None:
    assert_type(event.message(scg), scgapi.Message)
    assert_type(await event.message(other), scgapi.AsyncMessage)
    assert_type(change.call(scg), scgapi.Call)
    assert_type(await change.call(other), scgapi.AsyncCall)


def handlers(receiver: events.Receiver, scg: scgapi.Client) -> None:
    @receiver.on(events.MessageReceived)
    def sync_handler(event: events.MessageReceived) -> None: ...

    @receiver.on(events.MessageReceived)
    async def async_handler(event: events.BaseEvent) -> None: ...

    @receiver.on(events.BaseEvent)
    def every_event(event: events.BaseEvent) -> None:
        print(event.id, event.type, event.raw)

    receiver.on(events.CallReceived)(lambda event: print(assert_type(event, events.CallReceived)))

    class Answers:
        def __init__(self, scg: scgapi.Client) -> None:
            self.scg = scg

        def answer(self, event: events.MessageReceived) -> None:
            self.scg.message_requests.create(from_="1", to=[event.from_address], body="Hello")

    receiver.on(events.MessageReceived)(Answers(scg).answer)


def receivers() -> None:
    receiver = events.Receiver(basic=("user", "password"))
    events.Receiver(basic=[("user", "password"), ("user", "next password")], bearer=["token"])
    events.Receiver(bearer="token", store=events.SqliteStore("events.db"), max_body=1024)
    events.Receiver(allow_unauthenticated=True, store=events.MemoryStore(ttl=60))
    print(events.asgi_app(receiver), events.wsgi_app(receiver))
    print(events.starlette_route("/events", receiver), events.flask_view(receiver))
    print(events.django_view(receiver), events.django_async_view(receiver))


def parsed(content: bytes) -> None:
    assert_type(events.parse(content), events.Event)
    assert_type(events.parse({"type": "x"}), events.Event)
    assert_type(events.parse_batch(content), list[events.Event])
    try:
        events.parse("")
    except scgapi.EventError as error:
        print(error)


class OwnStore:
    """A store that a program writes by itself."""

    waits = False

    def claim(self, key: str, token: str) -> events.Claim:
        return events.Claim.TAKEN

    def settle(self, key: str, token: str, *, handled: bool) -> None: ...


def with_an_own_store() -> None:
    events.Receiver(bearer="token", store=OwnStore())
