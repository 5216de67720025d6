"""What users write, with the types they get; never run, checked like `mistakes.py`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import assert_type

import scgapi


def objects(scg: scgapi.Client) -> None:
    contact_id = assert_type(scg.contacts.create(first_name="John", last_name=None), str)
    contact = assert_type(scg.contacts.get(contact_id), scgapi.Contact)
    assert_type(contact.id, str)
    assert_type(contact.created_date, datetime | None)
    contact.address_list = [scgapi.Address(line1="1 Main St")]
    contact.update()
    unsaved = scgapi.Contact(first_name="John")
    unsaved.last_name = "Doe"
    assert_type(scg.contacts.create(unsaved), str)
    group = scg.contact_groups.get("x")
    group.add_contact(contact)
    group.add_contact([contact, "id"])
    for member in group.list_contacts(last_name="Doe"):
        assert_type(member, scgapi.Contact)


def listings(scg: scgapi.Client, since: datetime) -> None:
    pager = assert_type(
        scg.sender_ids.list(state=["ACTIVE", "INACTIVE"], limit=10), scgapi.Pager[scgapi.SenderId]
    )
    first = assert_type(next(pager), scgapi.SenderId)
    print(first.capabilities)
    for page in scg.messages.list(created_date=(since, since), from_="x").pages():
        assert_type(page, scgapi.Page[scgapi.Message])
        assert_type(page.items[0].fragments_info[0].fragment_id, str | None)
    scg.contacts.list(list_parameters={"limit": 10, "sort": "-created_date"})
    scg.contacts.list(list_parameters=scgapi.ListParameters(offset=10))


async def asynchronous(scg: scgapi.AsyncClient) -> None:
    contact = assert_type(await scg.contacts.get("x"), scgapi.AsyncContact)
    await contact.update()
    async for message in scg.message_requests.list_messages("x"):
        assert_type(message, scgapi.AsyncMessage)
    attachment = assert_type(
        await scg.attachments.create_and_upload(b"", type="image/png"), scgapi.AsyncAttachment
    )
    assert_type(await attachment.download(), bytes)
    await attachment.upload(
        "x.png", on_progress=lambda transfer: print(assert_type(transfer.total, int | None))
    )
    assert_type(await attachment.download("x.png", on_progress=lambda transfer: print(transfer.done)), Path)


def sessions(auth: scgapi.AuthInfo) -> None:
    assert_type(scgapi.Scg().connect("https://api.syniverse.com", auth), scgapi.Client)
    assert_type(scgapi.Scg().connect(auth, None), scgapi.Client)
    assert_type(scgapi.Scg().connect_async(auth), scgapi.AsyncClient)
    assert_type(scgapi.Contact.Resource(scgapi.Client(auth)).create(), str)
    scgapi.MessageRequest.Resource(scgapi.Client(auth)).create(
        from_="1", to=("+15550001111",), body="x", attachments=["a"], scheduled_delivery_time="2030-01-01"
    )
