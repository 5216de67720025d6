"""Contacts."""

from __future__ import annotations

from scgapi.models import contacts
from scgapi.sandbox.handlers.fast_access_rules import TARGETS, fast_access
from scgapi.sandbox.resources.resource import Resource
from scgapi.sandbox.state.account import OperationHandlers

CONTACTS = Resource(
    spec=contacts,
    model=contacts.ContactData,
    unique=("external_id", "primary_mdn"),
    filter_prefixes=("fast_access.", "fast_access_"),
    show=fast_access,
    derived=("fast_access", *TARGETS),
)

HANDLERS: OperationHandlers = CONTACTS.handlers()
