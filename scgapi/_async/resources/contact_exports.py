"""Contact exports: jobs that write contacts into a CSV file. Known from older clients (wire facts 2.27)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from typing_extensions import Self

from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncObject, AsyncResource
from scgapi._core.waiting import JOB_ENDS
from scgapi.models import contact_exports as spec
from scgapi.models.contact_exports import ContactExportData, ContactExportFields, ContactExportFilters


class AsyncContactExport(AsyncObject, ContactExportData):
    """A job that writes contacts into a CSV file, an attachment."""

    Resource: ClassVar[type[AsyncContactExportResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactExportFields]) -> None: ...

    async def refresh(self) -> None:
        """Read the export again (GET `/contactexport/{id}`)."""
        self._become(await self._scg.contact_exports.get(self.id))

    async def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the export until it has ended; it holds what was read last. See the resource's `wait()`."""
        follow = self._following(on_progress)
        await self._scg.contact_exports.wait(self.id, timeout=timeout, interval=interval, on_progress=follow)
        return self


class AsyncContactExportResource(AsyncResource):
    """Contact exports, through one client: `client.contact_exports`."""

    def list(self, **filters: Unpack[ContactExportFilters]) -> AsyncPager[AsyncContactExport]:
        """Exports that match all filters, or all exports (GET `/contactexport`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactExport, spec.LIST, options=filters)

    @overload
    async def create(self, job: ContactExportData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ContactExportFields]) -> str: ...
    async def create(self, job: ContactExportData | None = None, /, **fields: object) -> str:
        """Export all contacts, or those of `contact_group_id` (POST `/contactexport`).

        Returns:
            The id of the job: `wait()` tells when it has ended, and `attachments.download()` brings the file.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, job, fields)

    async def get(self, export_id: str) -> AsyncContactExport:
        """The export with this id (GET `/contactexport/{id}`).

        Raises:
            NotFoundError: there is none; right after `create()` the gateway may say so for a moment.
        """
        return await self._get(AsyncContactExport, spec.GET, export_id)

    async def wait(
        self,
        export_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[AsyncContactExport], None] | None = None,
    ) -> AsyncContactExport:
        """Read an export until it is COMPLETED or FAILED (GET `/contactexport/{id}`).

        Args:
            export_id: the export.
            timeout: seconds to wait at most, beside what the last read and its own retries take; 0 reads once.
            interval: seconds before the second read; each pause is half as long again as the last, up to 10 s.
            on_progress: called with the export after each read.

        Returns:
            The export as it was read last: `export_attachment_id` is the file.

        Raises:
            WaitTimeoutError: it has not ended in time; `state` is the last one seen.
            NotFoundError: there is none; in the first 10 s this may pass and is not raised.
        """
        return await self._wait(
            AsyncContactExport,
            spec.GET,
            export_id,
            ends=JOB_ENDS,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )


AsyncContactExport.Resource = AsyncContactExportResource
