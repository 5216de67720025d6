"""Mistakes in sends: recipients, senders, moments and what becomes of a send."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import scgapi


def recipients(scg: scgapi.Client, number: str, message: scgapi.Message) -> None:
    scg.message_requests.create(from_="1", to="+15551230001", body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=number, body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=15551230001, body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=[15551230001], body="Hello")  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=None, body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to={"+15551230001"}, body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=(n for n in [number]), body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=[message], body="Hello")  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_=["1"], to=["2"], body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_=None, to=["2"], body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_=155528999, to=["2"], body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.messages.create(from_="1", to=["+15551230001"], body="Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def contents(scg: scgapi.Client) -> None:
    scg.message_requests.create(from_="1", to=["2"], body=["Hello"])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], body=b"Hello")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], attachments="id")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], attachments=[b"content"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], attachments=[scg.contacts.get("id")])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    scg.keywords.create(sender_id=scg.contacts.get("id"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], media_urls="https://example.com/a.png")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], expiry_time=timedelta(hours=1))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], scheduled_delivery_time=date(2030, 1, 1))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], test_message_flag="yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], price_threshold=Decimal("0.1"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def afterwards(scg: scgapi.Client, request: scgapi.MessageRequest) -> None:
    scg.message_requests.create(from_="1", to=["2"], body="Hello", on_unknown="retry")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.create(from_="1", to=["2"], body="Hello").state  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    scg.message_requests.wait("id", 5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.message_requests.wait("id", timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.message_requests.wait("id", on_progress=lambda request, state: None)  # type: ignore[arg-type, misc]  # pyright: ignore[reportArgumentType, reportUnknownLambdaType]
    scg.message_requests.wait("id", on_progress=lambda request: print(request.staet))  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType, reportUnknownMemberType]
    request.wait(5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    request.sent_count + 1  # type: ignore[operator]  # pyright: ignore[reportOptionalOperand, reportUnusedExpression]
    request.body.upper()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    for recipient in request.to:  # type: ignore[union-attr]  # pyright: ignore[reportOptionalIterable]
        print(recipient)
