# Generated from scgapi/_async/resources/contact_exports.py by tools/generate.py: edit that file.
"""Contact exports: jobs that write contacts into a CSV file. Known from older clients (docs/api-notes.md, note 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.jobs import Job
from scgapi._sync.objects import operations
from scgapi._sync.pager import Pager
from scgapi._sync.resource import WaitableResource
from scgapi.models import contact_exports as spec
from scgapi.models.contact_exports import ContactExportData, ContactExportFields, ContactExportFilters


@operations(refresh=spec.GET, wait=spec.GET)
class ContactExport(Job, ContactExportData):
    """A job that writes contacts into a CSV file, an attachment: `/contactexport/{id}`.

    `export_attachment_id` is the file, once the job is COMPLETED.
    """

    Resource: ClassVar[type[ContactExportResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactExportFields]) -> None: ...


class ContactExportResource(WaitableResource[ContactExport]):
    """Contact exports, through one client: `client.contact_exports`."""

    _GET = spec.GET

    def list(self, **filters: Unpack[ContactExportFilters]) -> Pager[ContactExport]:
        """List exports that match all filters, or all exports (GET `/contactexport`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(ContactExport, spec.LIST, options=filters)

    def create(self, job: ContactExportData | None = None, /, **fields: Unpack[ContactExportFields]) -> str:
        """Export all contacts, or those of `contact_group_id` (POST `/contactexport`).

        Returns:
            The id of the job: `wait()` waits for its end, and `attachments.download()` downloads the file.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, job, fields)

    def get(self, export_id: str) -> ContactExport:
        """Get the export with this id (GET `/contactexport/{id}`).

        Raises:
            NotFoundError: it does not exist; right after `create()` the gateway may say so for a moment.
        """
        return self._get(ContactExport, spec.GET, export_id)


ContactExport.Resource = ContactExportResource
