"""`scgapi contacts list|get|create|update|delete`."""

from __future__ import annotations

from scgapi.cli.inputs import fields, filters
from scgapi.cli.options import DEFAULTS, Filters, Limit, Options
from scgapi.cli.output import Printer, page_size, row_of
from scgapi.cli.session import connect

COLUMNS = ("id", "first_name", "last_name", "primary_mdn", "primary_email_addr", "external_id")


def list_contacts(*, filter_: Filters = None, limit: Limit = 100, options: Options = DEFAULTS) -> None:
    """List contacts."""
    from scgapi.models.contacts import ContactData, ContactFilters

    chosen = filters(ContactFilters, filter_ or (), limit=page_size(limit))
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.listing(scg.contacts.list(**chosen), ContactData, COLUMNS, limit)


def get(contact_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Print one contact.

    Args:
        contact_id: Id of the contact.
    """
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.one(row_of(scg.contacts.get(contact_id)))


def create(*field: str, options: Options = DEFAULTS) -> None:
    """Create a contact, and print its id.

    Args:
        field: Fields as name=text, or name:=JSON for what is no text.
    """
    from scgapi.models.contacts import ContactFields

    given = fields(ContactFields, field)
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.created(scg.contacts.create(**given))


def update(contact_id: str, /, *field: str, options: Options = DEFAULTS) -> None:
    """Change fields of a contact, and print it.

    Args:
        contact_id: Id of the contact.
        field: Fields as name=text, or name:=JSON for what is no text (null clears). With version_number:=N the \
change is refused if somebody else changed the contact since that version.
    """
    from scgapi.models.contacts import ContactUpdate

    # Checked before anything is read.
    given = fields(ContactUpdate, field, version_number=0)
    printer = Printer(options)
    with connect(options, printer) as scg:
        if not given["version_number"]:
            given["version_number"] = scg.contacts.get(contact_id).version_number or 1
        scg.contacts.update(contact_id, **given)
        printer.one(row_of(scg.contacts.get(contact_id)))


def delete(contact_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Delete a contact.

    Args:
        contact_id: Id of the contact.
    """
    with connect(options, Printer(options)) as scg:
        scg.contacts.delete(contact_id)
