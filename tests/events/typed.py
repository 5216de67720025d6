"""What users write with events, the types they get, and the mistakes that both checkers must find; never run."""

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


def handlers(receiver: events.Receiver) -> None:
    @receiver.on(events.MessageReceived)
    def sync_handler(event: events.MessageReceived) -> None: ...

    @receiver.on(events.MessageReceived)
    async def async_handler(event: events.BaseEvent) -> None: ...

    receiver.on(events.CallReceived)(lambda event: print(assert_type(event, events.CallReceived)))


def mistakes(receiver: events.Receiver, event: events.MessageReceived, scg: scgapi.AsyncClient) -> None:
    @receiver.on(events.MessageReceived)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    def of_another_class(event: events.CallReceived) -> None: ...

    @receiver.on(events.MessageReceived)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
    def with_a_result(event: events.MessageReceived) -> int:
        return 1

    event.message_body = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    events.MessageReceived(message_id="m")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    event.message(scg).body  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    events.Receiver(basic="user:password")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
