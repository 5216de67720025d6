"""Contacts."""

from __future__ import annotations

from scgapi.models import contacts
from scgapi.sandbox.families.fast_access_rules import fast_access
from scgapi.sandbox.resource import Resource
from scgapi.sandbox.world import Handlers

CONTACTS = Resource(
    spec=contacts,
    model=contacts.ContactData,
    unique=("external_id", "primary_mdn"),
    open_filters=("fast_access.", "fast_access_"),
    show=fast_access,
)

HANDLERS: Handlers = CONTACTS.handlers()
