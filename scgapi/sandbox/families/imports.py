"""Jobs that read contacts and sender ids from files, and write contacts into them.

A file is CSV in UTF-8 with a header line of field names. A sender id import with receipts waits for approval, as
does one that an update says so of.
"""

from __future__ import annotations

from scgapi._core.operation import Operation
from scgapi.models import (
    contact_exports,
    contact_groups,
    contact_imports,
    contacts,
    sender_id_imports,
    sender_ids,
)
from scgapi.sandbox.addresses import address_key
from scgapi.sandbox.checks import fields_of
from scgapi.sandbox.csv_files import Loaded, dumped, load
from scgapi.sandbox.errors import invalid, missing, not_unique
from scgapi.sandbox.families import contact_groups as groups
from scgapi.sandbox.families import contacts as people
from scgapi.sandbox.families import sender_ids as senders
from scgapi.sandbox.families.attachments import content_of, keep
from scgapi.sandbox.jobs import Job
from scgapi.sandbox.store import Document, document, text
from scgapi.sandbox.world import Call, Handlers, World

_ADDRESSES = ("primary_mdn", "primary_email_addr", "primary_social_handle")
_APPROVALS = ("WAITING", "APPROVED", "REJECTED", "AUTO")
# A default of the job, and the column that it stands in for.
_DEFAULTS = {"address_type": "type_id", "capabilities": "capabilities", "country": "country"}


def _new_job(_world: World, _fields: Document) -> Document:
    return {"state": "CREATED", "resumed_count": 0}


def _new_contact_import(world: World, fields: Document) -> Document:
    return {**_new_job(world, fields), "imported_count": 0, "failed_count": 0}


def _new_sender_id_import(world: World, fields: Document) -> Document:
    return {
        **_new_job(world, fields),
        "approval_state": "WAITING" if fields.get("receipts_attachment_id") else "AUTO",
        "ownership": "PRIVATE",
        "imported_count": 0,
        "registered_count": 0,
        "failed_registered_count": 0,
    }


def _prepare_import(world: World, fields: Document, current: Document | None) -> None:
    if current is None:
        if not fields.get("import_attachment_id"):
            raise missing("import_attachment_id")
        content_of(world, str(fields["import_attachment_id"]))
    elif "approval_state" in fields:
        if fields["approval_state"] not in _APPROVALS:
            raise invalid("approval_state", str(fields["approval_state"]))
        if current["state"] in ("COMPLETED", "FAILED"):
            raise invalid("approval_state", f"the import is {current['state']}")
    _prepare_group(world, fields, current)


def _prepare_group(world: World, fields: Document, _current: Document | None) -> None:
    if fields.get("contact_group_id"):
        groups.GROUPS.rows(world).get(str(fields["contact_group_id"]))


def _approval(row: Document) -> Document | None:
    if row["approval_state"] == "REJECTED":
        return {"state": "FAILED", "failure_details": "The import was rejected"}
    return {"state": "WAIT"} if row["approval_state"] == "WAITING" else None


def _import_contacts(world: World, job: Document) -> Document:
    group = text(job.get("contact_group_id"))
    if group:
        _join(world, group, [])  # a group that takes nobody refuses the job, not each line of it

    def add(fields: Document) -> str:
        if not any(map(fields.get, _ADDRESSES)):
            raise missing(f"(an address: one of {', '.join(_ADDRESSES)})")
        return _made(world, people.HANDLERS, contacts.CREATE, fields)

    loaded = load(content_of(world, str(job["import_attachment_id"])), contacts.CREATE, add)
    if group:
        _join(world, group, loaded.ids)
    counts: Document = {"imported_count": len(loaded.ids), "failed_count": len(loaded.failures)}
    return {**counts, **_failures(world, loaded)}


def _import_sender_ids(world: World, job: Document) -> Document:
    taken = {address_key(row.get("address")) for row in senders.SENDER_IDS.rows(world).rows()}
    defaults = {column: text(job.get(name)) for name, column in _DEFAULTS.items()}

    def add(fields: Document) -> str:
        key = address_key(fields.get("address"))
        if not key:
            raise missing("address")
        if key in taken:
            raise not_unique("address")
        made = _made(world, senders.HANDLERS, sender_ids.CREATE, {**_defaults(defaults), **fields})
        taken.add(key)
        return made

    loaded = load(content_of(world, str(job["import_attachment_id"])), sender_ids.CREATE, add)
    registered: Document = {}
    if job.get("register_provider") not in (None, "NONE"):
        registered = {"register_state": "COMPLETED", "registered_count": len(loaded.ids)}
    return {"imported_count": len(loaded.ids), **registered, **_failures(world, loaded)}


def _export_contacts(world: World, job: Document) -> Document:
    group = text(job.get("contact_group_id"))
    rows = (
        groups.MEMBERSHIP.members(world, groups.GROUPS.rows(world).get(group))
        if group
        else people.CONTACTS.rows(world).rows()
    )
    content = dumped(rows, fields_of(contacts.ContactFields).names)
    return {"exported_count": len(rows), "export_attachment_id": keep(world, "contacts", content)}


def _defaults(given: dict[str, str | None]) -> Document:
    found: Document = {name: value for name, value in given.items() if value}
    if "capabilities" in found:
        found["capabilities"] = [part.strip() for part in str(found["capabilities"]).split(",")]
    return found


def _failures(world: World, loaded: Loaded) -> Document:
    if not loaded.failures:
        return {}
    total = len(loaded.failures) + len(loaded.ids)
    return {
        "failures_attachment_id": keep(world, "failures", loaded.report()),
        "failure_details": f"{len(loaded.failures)} of {total} lines failed",
    }


def _join(world: World, group: str, members: list[str]) -> None:
    operation = contact_groups.ADD_CONTACT
    groups.HANDLERS[operation](world, Call(operation, (group,), body={"contacts": members}))


def _made(world: World, handlers: Handlers, operation: Operation, fields: Document) -> str:
    """As if a call had made it: with all that the call would refuse."""
    reply = handlers[operation](world, Call(operation, body=fields))
    return str((document(reply.value) or {})["id"])


CONTACT_IMPORTS = Job(
    spec=contact_imports,
    model=contact_imports.ContactImportData,
    defaults=_new_contact_import,
    prepare=_prepare_import,
    run=_import_contacts,
)
CONTACT_EXPORTS = Job(
    spec=contact_exports,
    model=contact_exports.ContactExportData,
    defaults=_new_job,
    prepare=_prepare_group,
    run=_export_contacts,
)
SENDER_ID_IMPORTS = Job(
    spec=sender_id_imports,
    model=sender_id_imports.SenderIdImportData,
    defaults=_new_sender_id_import,
    prepare=_prepare_import,
    run=_import_sender_ids,
    held=_approval,
)

HANDLERS: Handlers = {
    **CONTACT_IMPORTS.handlers(),
    **CONTACT_EXPORTS.handlers(),
    **SENDER_ID_IMPORTS.handlers(),
}
