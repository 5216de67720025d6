"""From the guide of the 2017 SDK: create a contact, rename it and delete it."""

from __future__ import annotations

from gateway import setting

import scgapi


def create_and_update_contact(api: str | None, config: str | None, mdn: str) -> None:
    auth = scgapi.AuthInfo(config=config)
    with scgapi.Scg().connect(api, auth) as session:
        res = scgapi.Contact.Resource(session)
        contact_id = res.create(first_name="John", last_name="Doe", primary_mdn=mdn)
        contact = res.get(contact_id)
        contact.last_name = "Anderson"
        # Sends last_name and version_number, nothing else.
        contact.update()
        updated_contact = res.get(contact_id)
        print(f"John Doe changed name to {updated_contact.first_name} {updated_contact.last_name}")
        contact.delete()


if __name__ == "__main__":
    with setting("Create a contact, rename it and delete it.", sends=True) as given:
        create_and_update_contact(given.api, given.config, given.recipients[0])
