"""Contacts and their groups."""

from __future__ import annotations

import pytest

import scgapi
from tests.scenarios.driver import Do, attribute


def contacts_and_groups(do: Do) -> None:
    bob = do.text("contacts.create", first_name="Bob", primary_mdn="+15552461234")
    do("contacts.update", bob, last_name="Doe", version_number=1)
    do("contacts.replace", bob, first_name="Bob", primary_mdn="+15552461234", version_number=2)
    found = do("contacts.get", bob)
    assert (attribute(found, "last_name"), attribute(found, "version_number")) == (None, 3)
    assert [attribute(contact, "id") for contact in do.many("contacts.list", first_name="Bob")] == [bob]

    group = do.text("contact_groups.create", name="Friends")
    do("contact_groups.add_contact", group, [bob])
    assert len(do.many("contact_groups.list_contacts", group)) == 1
    do("contact_groups.update", group, description="All of them", version_number=1)
    do("contact_groups.replace", group, name="Old friends", version_number=2)
    assert attribute(do("contact_groups.get", group), "name") == "Old friends"
    do("contact_groups.delete_contact", group, bob)
    assert do.many("contact_groups.list_contacts", group) == []
    assert len(do.many("contact_groups.list")) == 1
    do("contact_groups.delete", group)

    do("contacts.delete", bob)
    with pytest.raises(scgapi.NotFoundError):
        do("contacts.get", bob)
