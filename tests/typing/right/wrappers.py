"""Names for annotations: functions that pass keywords on, protocols, injected and mocked resources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Unpack, assert_type
from unittest.mock import create_autospec

import scgapi
from scgapi import types
from scgapi.models.contacts import ContactFields


def notify(
    requests: types.MessageRequestResource, text: str, **fields: Unpack[types.MessageRequestFields]
) -> str:
    return requests.create(body=text, **fields)


async def notify_async(
    requests: types.AsyncMessageRequestResource, text: str, **fields: Unpack[types.MessageRequestFields]
) -> str:
    return await requests.create(body=text, **fields)


def save(scg: scgapi.Client, **fields: Unpack[ContactFields]) -> scgapi.Contact:
    return scg.contacts.get(scg.contacts.create(**fields))


def found(scg: scgapi.Client, **filters: Unpack[types.ContactFilters]) -> list[scgapi.Contact]:
    return [*scg.contacts.list(**filters)]


async def callers(scg: scgapi.Client, other: scgapi.AsyncClient) -> None:
    notify(scg.message_requests, "Hello", from_="1", to=["2"], test_message_flag=True)
    await notify_async(other.message_requests, "Hello", from_="1", to=["2"])
    fields: types.MessageRequestFields = {"from_": "1", "to": ["2"]}
    notify(scg.message_requests, "Hello", **fields)
    scg.message_requests.create(**types.MessageRequestCreate(from_="1", to=["2"], body="Hello"))
    contact: scgapi.models.contacts.ContactFields = {"first_name": "John"}
    save(scg, **contact)
    assert_type(found(scg, last_name=["Doe", "Roe"], limit=10), list[scgapi.Contact])


class Sends(Protocol):
    """A part of a client, as a plain attribute."""

    message_requests: types.MessageRequestResource


class ReadsMessages(Protocol):
    """A part of a client, as a read-only property."""

    @property
    def messages(self) -> types.MessageResource: ...


class SendsAsync(Protocol):
    """A part of an asynchronous client."""

    @property
    def message_requests(self) -> types.AsyncMessageRequestResource: ...


def send(client: Sends) -> str:
    return client.message_requests.create(from_="1", to=["2"], body="Hello")


def state_of(client: ReadsMessages, message_id: str) -> types.MessageState | None:
    return client.messages.get(message_id).state


async def send_async(client: SendsAsync) -> str:
    return await client.message_requests.create(from_="1", to=["2"], body="Hello")


@dataclass
class Service:
    """A class that a resource is injected into."""

    requests: types.MessageRequestResource
    on_unknown: types.OnUnknown = "raise"
    sender: types.Sender = "1"

    def send(self, recipients: list[types.Recipient]) -> str:
        return self.requests.create(from_=self.sender, to=recipients, on_unknown=self.on_unknown)


async def injected(scg: scgapi.Client, other: scgapi.AsyncClient) -> None:
    send(scg)
    assert_type(state_of(scg, "id"), types.MessageState | None)
    await send_async(other)
    Service(scg.message_requests).send(["+15551230001", scg.contacts.get("id")])
    create: Callable[[scgapi.Contact], str] = scg.contacts.create
    print(create(scgapi.Contact(first_name="John")))


def mocked() -> None:
    scg = create_autospec(scgapi.Client, instance=True)
    scg.message_requests.create.return_value = "id"
    scg.messages.list.return_value = scgapi.Pager.from_items([scgapi.Message()])
    send(scg)
    Service(create_autospec(types.MessageRequestResource, instance=True)).send(["+15551230001"])


class Recorded:
    """A stand-in that a program writes by hand."""

    def __init__(self, scg: scgapi.Client) -> None:
        self.message_requests = scg.message_requests


def stand_in(scg: scgapi.Client) -> None:
    send(Recorded(scg))


def modules() -> None:
    assert_type(scgapi.errors.ScgError("x").message, str)
    assert_type(scgapi.compose.addresses.contact("id"), str)
    print(scgapi.models.message_requests.MessageRequestFields, scgapi.events.Receiver, scgapi.__version__)
