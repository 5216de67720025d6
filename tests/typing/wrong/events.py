"""Mistakes in what handles events."""

from __future__ import annotations

import scgapi
from scgapi import events


def handlers(receiver: events.Receiver) -> None:
    @receiver.on(events.MessageReceived)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    def of_another_class(event: events.CallReceived) -> None: ...

    @receiver.on(events.MessageReceived)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
    def with_a_result(event: events.MessageReceived) -> int:
        return 1

    @receiver.on(events.MessageReceived)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    def without_an_event() -> None: ...

    @receiver.on(events.MessageReceived)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    def with_a_client(event: events.MessageReceived, scg: scgapi.Client) -> None: ...

    @receiver.on("mo_message_received")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    def by_a_name(event: events.MessageReceived) -> None: ...

    @receiver.on(scgapi.Message)  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
    def of_a_model(message: scgapi.Message) -> None: ...

    @receiver.on()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue, reportUntypedFunctionDecorator]
    def of_nothing(event: events.BaseEvent) -> None: ...

    @receiver.on_message  # type: ignore[attr-defined, untyped-decorator]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUntypedFunctionDecorator]
    def by_an_attribute(event: events.MessageReceived) -> None: ...

    receiver.on(events.CallReceived)(lambda event: print(event.message_id))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]


def fields(event: events.MessageReceived, change: events.MessageStateChanged) -> None:
    event.message_body = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    event.body  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    event.attachment_ids.append("x")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    change.mt_price + 1  # type: ignore[operator]  # pyright: ignore[reportOptionalOperand, reportUnusedExpression]
    change.timestamp.isoformat()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    change.state  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def any_event(event: events.Event) -> None:
    event.message_id  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    match event:
        case events.MessageReceived():
            event.new_state  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        case events.MessageStateChangd():  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
            pass
        case _:
            pass


async def correlating(event: events.MessageReceived, scg: scgapi.Client, other: scgapi.AsyncClient) -> None:
    event.message(other).body  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    event.message(other)  # type: ignore[unused-coroutine]  # pyright: ignore[reportUnusedCoroutine]
    event.message("token")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]
    await event.message(scg)  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]


def receivers(store: events.SqliteStore) -> None:
    events.MessageReceived(message_id="m")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    events.Receiver("user", "password")  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
    events.Receiver(basic="user:password")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.Receiver(bearer=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.Receiver(token="secret")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    events.Receiver(bearer="secret", store="events.db")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.Receiver(bearer="secret", store=events.SqliteStore)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.Receiver(bearer="secret", max_body="1 MB")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.SqliteStore()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    events.RedisStore("redis://localhost")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.asgi_app()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    events.asgi_app("/events")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.parse(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    events.parse(b"{}").message_body  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    store.claim(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    store.settle("key", True)  # type: ignore[arg-type, call-arg]  # pyright: ignore[reportCallIssue]
