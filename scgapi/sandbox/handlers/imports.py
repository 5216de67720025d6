"""Jobs that import contacts and sender ids from files, and export contacts.

A file is CSV in UTF-8 with a header line of field names. A sender id import waits for approval if it has receipts,
or if an update sets `approval_state` to WAITING.
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
from scgapi.sandbox.behaviour.addresses import address_key
from scgapi.sandbox.behaviour.jobs import Job
from scgapi.sandbox.errors import invalid, missing, not_unique
from scgapi.sandbox.handlers import contact_groups as groups
from scgapi.sandbox.handlers import contacts as people
from scgapi.sandbox.handlers import sender_ids as senders
from scgapi.sandbox.handlers.attachments import content_of, store_csv
from scgapi.sandbox.resources.body_checks import fields_of
from scgapi.sandbox.resources.csv_files import LoadResult, dump_csv, load_csv
from scgapi.sandbox.state.account import Account, APIRequest, OperationHandlers
from scgapi.sandbox.state.store import Document, document, text

_ADDRESSES = ("primary_mdn", "primary_email_addr", "primary_social_handle")
_APPROVALS = ("WAITING", "APPROVED", "REJECTED", "AUTO")
# A default of the job, and the column that it fills.
_DEFAULTS = {"address_type": "type_id", "capabilities": "capabilities", "country": "country"}


def _new_job(_account: Account, _fields: Document) -> Document:
    return {"state": "CREATED", "resumed_count": 0}


def _new_contact_import(account: Account, fields: Document) -> Document:
    return {**_new_job(account, fields), "imported_count": 0, "failed_count": 0}


def _new_sender_id_import(account: Account, fields: Document) -> Document:
    return {
        **_new_job(account, fields),
        "approval_state": "WAITING" if fields.get("receipts_attachment_id") else "AUTO",
        "ownership": "PRIVATE",
        "imported_count": 0,
        "registered_count": 0,
        "failed_registered_count": 0,
    }


def _prepare_import(account: Account, fields: Document, current: Document | None) -> None:
    if current is None:
        if not fields.get("import_attachment_id"):
            raise missing("import_attachment_id")
        content_of(account, str(fields["import_attachment_id"]))
    elif fields.get("approval_state") is None:
        fields.pop("approval_state", None)
    else:
        if fields["approval_state"] not in _APPROVALS:
            raise invalid("approval_state", str(fields["approval_state"]))
        if current["state"] in ("COMPLETED", "FAILED"):
            raise invalid("approval_state", f"the import is {current['state']}")
    _prepare_group(account, fields, current)


def _prepare_group(account: Account, fields: Document, _current: Document | None) -> None:
    if fields.get("contact_group_id"):
        groups.GROUPS.rows(account).get(str(fields["contact_group_id"]))


def _approval(row: Document) -> Document | None:
    if row["approval_state"] == "REJECTED":
        return {"state": "FAILED", "failure_details": "The import was rejected"}
    return {"state": "WAIT"} if row["approval_state"] == "WAITING" else None


def _import_contacts(account: Account, job: Document) -> Document:
    group = text(job.get("contact_group_id"))
    if group:
        # Fail the whole job, not each line, if contacts cannot be added to the group.
        _add_to_group(account, group, [])

    def add(fields: Document) -> str:
        if not any(map(fields.get, _ADDRESSES)):
            raise missing(f"(an address: one of {', '.join(_ADDRESSES)})")
        return _create_object(account, people.HANDLERS, contacts.CREATE, fields)

    loaded = load_csv(content_of(account, str(job["import_attachment_id"])), contacts.CREATE, add)
    if group:
        _add_to_group(account, group, loaded.ids)
    counts: Document = {"imported_count": len(loaded.ids), "failed_count": len(loaded.failures)}
    return {**counts, **_failures(account, loaded)}


def _import_sender_ids(account: Account, job: Document) -> Document:
    taken = {address_key(row.get("address")) for row in senders.SENDER_IDS.rows(account).rows()}
    defaults = {column: text(job.get(name)) for name, column in _DEFAULTS.items()}

    def add(fields: Document) -> str:
        key = address_key(fields.get("address"))
        if not key:
            raise missing("address")
        if key in taken:
            raise not_unique("address")
        made = _create_object(account, senders.HANDLERS, sender_ids.CREATE, {**_defaults(defaults), **fields})
        taken.add(key)
        return made

    loaded = load_csv(content_of(account, str(job["import_attachment_id"])), sender_ids.CREATE, add)
    registered: Document = {}
    if job.get("register_provider") not in (None, "NONE"):
        registered = {"register_state": "COMPLETED", "registered_count": len(loaded.ids)}
    return {"imported_count": len(loaded.ids), **registered, **_failures(account, loaded)}


def _export_contacts(account: Account, job: Document) -> Document:
    group = text(job.get("contact_group_id"))
    rows = (
        groups.MEMBERSHIP.members(account, groups.GROUPS.rows(account).get(group))
        if group
        else people.CONTACTS.rows(account).rows()
    )
    content = dump_csv(rows, fields_of(contacts.ContactFields).names)
    return {"exported_count": len(rows), "export_attachment_id": store_csv(account, "contacts", content)}


def _defaults(given: dict[str, str | None]) -> Document:
    found: Document = {name: value for name, value in given.items() if value}
    if "capabilities" in found:
        found["capabilities"] = [part.strip() for part in str(found["capabilities"]).split(",")]
    return found


def _failures(account: Account, loaded: LoadResult) -> Document:
    if not loaded.failures:
        return {}
    total = len(loaded.failures) + len(loaded.ids)
    return {
        "failures_attachment_id": store_csv(account, "failures", loaded.report()),
        "failure_details": f"{len(loaded.failures)} of {total} lines failed",
    }


def _add_to_group(account: Account, group: str, members: list[str]) -> None:
    operation = contact_groups.ADD_CONTACT
    groups.HANDLERS[operation](account, APIRequest(operation, (group,), body={"contacts": members}))


def _create_object(
    account: Account, handlers: OperationHandlers, operation: Operation, fields: Document
) -> str:
    """Create an object as an API request would, with all its checks; return the object's id."""
    response = handlers[operation](account, APIRequest(operation, body=fields))
    return str((document(response.value) or {})["id"])


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
    blocked_fields=_approval,
)

HANDLERS: OperationHandlers = {
    **CONTACT_IMPORTS.handlers(),
    **CONTACT_EXPORTS.handlers(),
    **SENDER_ID_IMPORTS.handlers(),
}
