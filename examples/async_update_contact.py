"""From the guide of the 2017 SDK: create a contact, rename it and delete it, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import setting

import scgapi


async def create_and_update_contact(api: str | None, config: str | None, mdn: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    async with scgapi.Scg().connect_async(api, auth) as session:
        res = scgapi.AsyncContact.Resource(session)
        contact_id = await res.create(first_name="John", last_name="Doe", primary_mdn=mdn)
        contact = await res.get(contact_id)
        contact.last_name = "Anderson"
        # Sends last_name and version_number, nothing else.
        await contact.update()
        updated_contact = await res.get(contact_id)
        print(f"John Doe changed name to {updated_contact.first_name} {updated_contact.last_name}")
        await contact.delete()


if __name__ == "__main__":
    with setting("Create a contact, rename it and delete it.", sends=True) as given:
        asyncio.run(create_and_update_contact(given.api, given.config, given.recipients[0]))
