"""Mistakes that both checkers must find: an ignore that is not needed is an error by itself.

Never run; `nox -s types` checks it with mypy, with mypy and the pydantic plugin, and with pyright.
"""

from __future__ import annotations

import scgapi


def keywords(scg: scgapi.Client, contact_id: str) -> None:
    scg.contacts.create(frist_name="John")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    scg.contacts.create(first_name=5)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    scg.contacts.update(contact_id, first_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.contacts.list(frist_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.message_requests.create(from_="1", body="x")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    scg.message_requests.create(from_="1", to="+15550001111")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    scg.messages.create(from_="1", to=["+15550001111"])  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    scg.contacts.get(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Contact(frist_name="John")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Client(scgapi.AuthInfo(token="t"), timout=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Client("token")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def read_only(contact: scgapi.Contact, message: scgapi.AsyncMessage) -> None:
    contact.id = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    contact.version_number = 2  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    contact.created_date = None  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    message.state = "SENT"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def attributes(contact: scgapi.Contact) -> None:
    contact.last_nam = "Anderson"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    contact.last_name = 5  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    print(contact.first_name.upper())  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]


async def forgotten_await(scg: scgapi.AsyncClient, contact: scgapi.AsyncContact) -> None:
    contact.update()  # type: ignore[unused-coroutine]  # pyright: ignore[reportUnusedCoroutine]
    scg.contacts.get("x").first_name  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    for _ in scg.contacts.list():  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        pass


def colours(scg: scgapi.Client, other: scgapi.AsyncClient) -> None:
    scgapi.Contact.Resource(other)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.AsyncContact.Resource(scg)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
