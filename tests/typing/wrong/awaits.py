"""Forgotten and needless awaits, and objects of one client used with the other."""

from __future__ import annotations

import asyncio

import scgapi


async def forgotten(scg: scgapi.AsyncClient, contact: scgapi.AsyncContact) -> None:
    contact.update()  # type: ignore[unused-coroutine]  # pyright: ignore[reportUnusedCoroutine]
    contact.delete()  # type: ignore[unused-coroutine]  # pyright: ignore[reportUnusedCoroutine]
    scg.message_requests.create(from_="1", to=["2"], body="Hello")  # type: ignore[unused-coroutine]  # pyright: ignore[reportUnusedCoroutine]
    scg.contacts.delete("id")  # type: ignore[unused-coroutine]  # pyright: ignore[reportUnusedCoroutine]
    scg.contacts.get("id").first_name  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    scg.messages.list().first().state  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    next(scg.messages.list())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    for _ in scg.contacts.list():  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        pass
    for _ in scg.contacts.list().pages():  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        pass
    scg.message_requests.get(scg.message_requests.create(from_="1", to=["2"]))  # type: ignore[arg-type, unused-coroutine]  # pyright: ignore[reportArgumentType, reportUnusedCoroutine]
    request_id: str = scg.message_requests.create(from_="1", to=["2"], body="Hello")  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(request_id)
    with scgapi.AsyncClient():  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues]
        pass


async def needless(scg: scgapi.Client, other: scgapi.AsyncClient, contact: scgapi.Contact) -> None:
    await scg.contacts.get("id")  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    await contact.update()  # type: ignore[func-returns-value, misc]  # pyright: ignore[reportGeneralTypeIssues]
    await other.contacts.list()  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    await asyncio.gather(scg.contacts.get("id"))  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]
    async for _ in scg.contacts.list():  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        pass
    async with scgapi.Client():  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues]
        pass


def mixed(
    scg: scgapi.Client, other: scgapi.AsyncClient, contact: scgapi.Contact, async_contact: scgapi.AsyncContact
) -> None:
    scgapi.Contact.Resource(other)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.AsyncContact.Resource(scg)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.types.MessageRequestResource(other)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    one: scgapi.Contact = async_contact  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    two: scgapi.AsyncContact = contact  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    client: scgapi.Client = other  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    pager: scgapi.Pager[scgapi.Contact] = other.contacts.list()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    resource: scgapi.types.ContactResource = other.contacts  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(one, two, client, pager, resource)
