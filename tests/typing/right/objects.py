"""Objects: what is created, read, changed and saved, with the types that a program gets."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime
from typing import assert_type

import scgapi


def created(scg: scgapi.Client, loaded: scgapi.Contact) -> None:
    contact_id = assert_type(scg.contacts.create(first_name="John", last_name=None), str)
    contact = assert_type(scg.contacts.get(contact_id), scgapi.Contact)
    unsaved = scgapi.Contact(first_name="John")
    unsaved.last_name = "Doe"
    assert_type(scg.contacts.create(unsaved), str)
    assert_type(scg.contacts.create(loaded, external_id="copy"), str)
    assert_type(scg.contacts.create(), str)
    fields = {"first_name": "John"}
    print(contact, scgapi.Contact.model_validate(fields))


def kinds_of_values(scg: scgapi.Client, names: tuple[str, ...]) -> None:
    scg.contacts.create(social_handles=["@john"])
    scg.contacts.create(social_handles=("@john", "@doe"))
    scg.contacts.create(social_handles=names, address_list=None)
    scg.contacts.create(address_list=[scgapi.Address(line1="1 Main St"), {"city": "Tampa"}])
    scg.contacts.create(birth_date=date(1990, 12, 31), first_acquisition_date=datetime.now(UTC))
    scg.contacts.create(birth_date="1990-12-31", first_acquisition_date=1_700_000_000_000)
    scg.contacts.create(extended_attributes={"orders": [1, 2], "vip": True})
    scg.contacts.create(voice_preference="NONE")
    scg.contacts.create(voice_preference="A_NEW_ONE")
    scg.keywords.create(actions=["OPTIN", "STORE"], valid_from=datetime.now(UTC))


def read(contact: scgapi.Contact, message: scgapi.Message, sender_id: scgapi.SenderId) -> None:
    assert_type(contact.id, str)
    assert_type(contact.version_number, int | None)
    assert_type(contact.created_date, datetime | None)
    assert_type(contact.first_name, str | None)
    for address in contact.address_list or []:
        assert_type(address, scgapi.Address)
    if message.fragments_info:
        assert_type(message.fragments_info[0].fragment_id, str | None)
    # Any text may come, so that a misspelt value is no mistake to a checker.
    if message.state == "DELIVERED" or message.state == "DELIVERD":
        print(sender_id.capabilities)


def changed(scg: scgapi.Client, contact: scgapi.Contact) -> None:
    contact.last_name = "Anderson"
    contact.first_name = None
    contact.address_list = [scgapi.Address(line1="1 Main St")]
    contact.address_list.append(scgapi.Address(line1="2 Main St"))
    assert_type(contact.update(), None)
    assert_type(contact.replace(), None)
    assert_type(contact.refresh(), None)
    scg.contacts.update("id", version_number=1, last_name="Anderson")
    scg.contacts.replace("id", version_number=1, last_name="Anderson")
    scg.contacts.delete("id")
    contact.delete()
    assert_type(copy.deepcopy(contact), scgapi.Contact)
    print(pickle.dumps(contact), contact.model_dump(), contact.model_extra)


def together(scg: scgapi.Client, contact: scgapi.Contact, channel: scgapi.Channel) -> None:
    group = scg.contact_groups.get("id")
    group.add_contact(contact)
    group.add_contact("id")
    group.add_contact([contact, "id"])
    group.delete_contact("id")
    for member in group.list_contacts(last_name="Doe"):
        assert_type(member, scgapi.Contact)
    channel.add_sender_id(scg.sender_ids.get("id"))
    assert_type(next(channel.list_sender_ids()), scgapi.SenderId)
    assert_type(contact.application_tokens(), scgapi.types.ContactApplicationTokenResource)


def older_spelling(client: scgapi.Client, auth: scgapi.AuthInfo) -> None:
    contacts = assert_type(scgapi.Contact.Resource(client), scgapi.types.ContactResource)
    assert_type(contacts.create(scgapi.Contact(first_name="John")), str)
    assert_type(scgapi.Contact.Resource(scgapi.Client(auth)).create(), str)
    assert_type(next(scgapi.SenderId.Resource(client).list()), scgapi.SenderId)


def either_client(contact: scgapi.types.ContactData) -> str:
    return f"{contact.first_name} {contact.last_name}"


def of_both(one: scgapi.Contact, two: scgapi.AsyncContact) -> None:
    print(either_client(one), either_client(two))
