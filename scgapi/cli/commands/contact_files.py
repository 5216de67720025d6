"""`scgapi contacts import|export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

import scgapi
from scgapi.cli.failures import FAILED, IN_PART, CommandError
from scgapi.cli.inputs import STDIN
from scgapi.cli.options import DEFAULTS, Options, Seconds
from scgapi.cli.output import Printer, row_of
from scgapi.cli.session import connect
from scgapi.cli.transfers import check_source, check_target, download_file, upload_file


def import_contacts(
    file: Path, /, *, group: str | None = None, timeout: Seconds = 600.0, options: Options = DEFAULTS
) -> int:
    """Import contacts from a CSV file, wait for the end, and print the job. Lines that failed are told on stderr.

    Args:
        file: CSV file with a line of names first; - reads it from stdin.
        group: Id of a group to add the contacts to.
        timeout: Seconds to wait at most.
    """
    is_piped = str(file) == STDIN
    if not is_piped:
        check_source(file)
    content = sys.stdin.buffer.read() if is_piped else None
    printer = Printer(options)
    with connect(options, printer) as scg:
        made = upload_file(scg, Path("contacts.csv") if is_piped else file, "text/csv", content)
        if made.state == "CREATED":
            scg.attachments.wait(made.id)
        fields: scgapi.types.ContactImportCreate = {"import_attachment_id": made.id}
        if group:
            fields["contact_group_id"] = group
        job_id = scg.contact_imports.create(**fields)
        printer.notice(f"import {job_id}", id=job_id)
        job = scg.contact_imports.wait(job_id, timeout=timeout)
        printer.one(row_of(job))
        if job.state == "FAILED":
            raise CommandError(
                f"the import {job_id} failed: {job.failure_details or 'the gateway gives no reason'}"
            )
        failures = scg.contact_imports.failures(job_id)
        if not failures:
            return 0
        printer.notice(failures.rstrip("\n"))
        return IN_PART if job.imported_count else FAILED


def export_contacts(
    file: Path,
    /,
    *,
    group: str | None = None,
    overwrite: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    timeout: Seconds = 600.0,
    options: Options = DEFAULTS,
) -> None:
    """Export all contacts, or those of a group, into a CSV file.

    Args:
        file: The file to write; - writes to stdout.
        group: Id of the group.
        overwrite: Replace the file if it exists.
        timeout: Seconds to wait at most.
    """
    if str(file) != STDIN:
        check_target(file, overwrite=overwrite)
    printer = Printer(options)
    with connect(options, printer) as scg:
        job_id = scg.contact_exports.create(contact_group_id=group) if group else scg.contact_exports.create()
        printer.notice(f"export {job_id}", id=job_id)
        job = scg.contact_exports.wait(job_id, timeout=timeout)
        if job.state != "COMPLETED" or not job.export_attachment_id:
            raise CommandError(f"the export {job_id} is {job.state} and left no file")
        download_file(scg, job.export_attachment_id, file, file.name, overwrite=overwrite)
