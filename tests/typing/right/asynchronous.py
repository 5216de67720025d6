"""The asynchronous client."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import assert_type

import scgapi


async def objects(scg: scgapi.AsyncClient) -> None:
    contact_id = assert_type(await scg.contacts.create(first_name="John"), str)
    contact = assert_type(await scg.contacts.get(contact_id), scgapi.AsyncContact)
    contact.last_name = "Anderson"
    assert_type(await contact.update(), None)
    await contact.delete()
    assert_type(scgapi.AsyncContact.Resource(scg), scgapi.types.AsyncContactResource)
    await scg.contacts.create(scgapi.AsyncContact(first_name="John"))


async def sends(scg: scgapi.AsyncClient) -> None:
    request_id = await scg.message_requests.create(from_="1", to=["2"], body="Hello")
    request = assert_type(await scg.message_requests.wait(request_id), scgapi.AsyncMessageRequest)
    assert_type(await request.wait(on_progress=lambda seen: print(seen.state)), scgapi.AsyncMessageRequest)
    one, two = await asyncio.gather(scg.messages.get("a"), scg.contacts.get("b"))
    assert_type(one, scgapi.AsyncMessage)
    assert_type(two, scgapi.AsyncContact)
    task = asyncio.create_task(scg.messages.get("a"))
    assert_type(await asyncio.wait_for(task, 5), scgapi.AsyncMessage)
    async with asyncio.TaskGroup() as group:
        group.create_task(scg.contacts.delete("id"))


async def listings(scg: scgapi.AsyncClient) -> None:
    async for message in scg.message_requests.list_messages("id"):
        assert_type(message, scgapi.AsyncMessage)
    async for page in scg.contacts.list(last_name="Doe").pages():
        assert_type(page, scgapi.Page[scgapi.AsyncContact])
    assert_type(await scg.contacts.list().first(), scgapi.AsyncContact | None)
    assert_type(await anext(scg.contacts.list()), scgapi.AsyncContact)
    names = [contact.first_name async for contact in scg.contacts.list()]
    assert_type(names, list[str | None])


async def attachments(scg: scgapi.AsyncClient) -> None:
    attachment = await scg.attachments.create_and_upload(b"", type="image/png")
    assert_type(attachment, scgapi.AsyncAttachment)
    assert_type(await attachment.download(), bytes)
    assert_type(await attachment.download("x.png", on_progress=lambda transfer: print(transfer.done)), Path)


async def main() -> None:
    async with scgapi.AsyncClient() as scg:
        assert_type(scg, scgapi.AsyncClient)
        await scg.warm_up("message_requests")
        await objects(scg.with_options(timeout=5))
    await scg.close()
