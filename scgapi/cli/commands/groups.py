"""`scgapi groups list|get|create|update|delete|members|add|remove`."""

from __future__ import annotations

from scgapi.cli.commands.contacts import COLUMNS as CONTACT_COLUMNS
from scgapi.cli.inputs import fields, filters
from scgapi.cli.options import DEFAULTS, Filters, Limit, Options
from scgapi.cli.output import Printer, page_size, row_of
from scgapi.cli.session import connect

_COLUMNS = ("id", "name", "type", "member_count", "external_id")


def list_groups(*, filter_: Filters = None, limit: Limit = 100, options: Options = DEFAULTS) -> None:
    """List contact groups."""
    from scgapi.models.contact_groups import ContactGroupData, ContactGroupFilters

    chosen = filters(ContactGroupFilters, filter_ or (), limit=page_size(limit))
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.listing(scg.contact_groups.list(**chosen), ContactGroupData, _COLUMNS, limit)


def get(group_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Print one contact group.

    Args:
        group_id: Id of the group.
    """
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.one(row_of(scg.contact_groups.get(group_id)))


def create(*field: str, options: Options = DEFAULTS) -> None:
    """Create a contact group, and print its id.

    Args:
        field: Fields as name=text, or name:=JSON for what is no text.
    """
    from scgapi.models.contact_groups import ContactGroupFields

    given = fields(ContactGroupFields, field)
    printer = Printer(options)
    with connect(options, printer) as scg:
        printer.created(scg.contact_groups.create(**given))


def update(group_id: str, /, *field: str, options: Options = DEFAULTS) -> None:
    """Change fields of a contact group, and print it.

    Args:
        group_id: Id of the group.
        field: Fields as name=text, or name:=JSON for what is no text (null clears). With version_number:=N the \
change is refused if somebody else changed the group since that version.
    """
    from scgapi.models.contact_groups import ContactGroupUpdate

    # Checked before anything is read.
    given = fields(ContactGroupUpdate, field, version_number=0)
    printer = Printer(options)
    with connect(options, printer) as scg:
        if not given["version_number"]:
            given["version_number"] = scg.contact_groups.get(group_id).version_number or 1
        scg.contact_groups.update(group_id, **given)
        printer.one(row_of(scg.contact_groups.get(group_id)))


def delete(group_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Delete a contact group, not its contacts.

    Args:
        group_id: Id of the group.
    """
    with connect(options, Printer(options)) as scg:
        scg.contact_groups.delete(group_id)


def members(
    group_id: str, /, *, filter_: Filters = None, limit: Limit = 100, options: Options = DEFAULTS
) -> None:
    """List the contacts of a group.

    Args:
        group_id: Id of the group.
    """
    from scgapi.models.contacts import ContactData, ContactFilters

    chosen = filters(ContactFilters, filter_ or (), limit=page_size(limit))
    printer = Printer(options)
    with connect(options, printer) as scg:
        pager = scg.contact_groups.list_contacts(group_id, **chosen)
        printer.listing(pager, ContactData, CONTACT_COLUMNS, limit)


def add(group_id: str, contact_id: str, /, *contact_ids: str, options: Options = DEFAULTS) -> None:
    """Add contacts to a group.

    Args:
        group_id: Id of the group.
        contact_id: Id of a contact.
        contact_ids: Ids of more contacts.
    """
    with connect(options, Printer(options)) as scg:
        scg.contact_groups.add_contact(group_id, [contact_id, *contact_ids])


def remove(group_id: str, contact_id: str, /, *, options: Options = DEFAULTS) -> None:
    """Take a contact out of a group.

    Args:
        group_id: Id of the group.
        contact_id: Id of the contact.
    """
    with connect(options, Printer(options)) as scg:
        scg.contact_groups.delete_contact(group_id, contact_id)
