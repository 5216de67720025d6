"""Contact exports: jobs that write contacts into a CSV file. Known from older clients (docs/api-notes.md, note 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.jobs import AsyncJob
from scgapi._async.objects import operations
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncWaitableResource
from scgapi.models import contact_exports as spec
from scgapi.models.contact_exports import ContactExportData, ContactExportFields, ContactExportFilters


@operations(refresh=spec.GET, wait=spec.GET)
class AsyncContactExport(AsyncJob, ContactExportData):
    """A job that writes contacts into a CSV file, an attachment: `/contactexport/{id}`.

    `export_attachment_id` is the file, once the job is COMPLETED.
    """

    Resource: ClassVar[type[AsyncContactExportResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactExportFields]) -> None: ...


class AsyncContactExportResource(AsyncWaitableResource[AsyncContactExport]):
    """Contact exports, through one client: `client.contact_exports`."""

    _GET = spec.GET

    def list(self, **filters: Unpack[ContactExportFilters]) -> AsyncPager[AsyncContactExport]:
        """List exports that match all filters, or all exports (GET `/contactexport`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactExport, spec.LIST, options=filters)

    async def create(
        self, job: ContactExportData | None = None, /, **fields: Unpack[ContactExportFields]
    ) -> str:
        """Export all contacts, or those of `contact_group_id` (POST `/contactexport`).

        Returns:
            The id of the job: `wait()` waits for its end, and `attachments.download()` downloads the file.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, job, fields)

    async def get(self, export_id: str) -> AsyncContactExport:
        """Get the export with this id (GET `/contactexport/{id}`).

        Raises:
            NotFoundError: it does not exist; right after `create()` the gateway may say so for a moment.
        """
        return await self._get(AsyncContactExport, spec.GET, export_id)


AsyncContactExport.Resource = AsyncContactExportResource
