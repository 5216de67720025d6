"""Contact imports: jobs that read contacts from a CSV file. Known from older clients (wire facts 2.27)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Unpack, overload

from typing_extensions import Self

from scgapi._async.jobs import AsyncJobResource
from scgapi._async.pager import AsyncPager
from scgapi._async.resource import AsyncObject
from scgapi._core.waiting import JOB_ENDS
from scgapi.models import contact_imports as spec
from scgapi.models.contact_imports import (
    ContactImportCreate,
    ContactImportData,
    ContactImportFields,
    ContactImportFilters,
)


class AsyncContactImport(AsyncObject, ContactImportData):
    """A job that reads contacts from a CSV file."""

    Resource: ClassVar[type[AsyncContactImportResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactImportFields]) -> None: ...

    async def refresh(self) -> None:
        """Read the import again (GET `/contactimport/{id}`)."""
        self._become(await self._scg.contact_imports.get(self.id))

    async def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the import until it has ended; it holds what was read last. See the resource's `wait()`."""
        follow = self._following(on_progress)
        await self._scg.contact_imports.wait(self.id, timeout=timeout, interval=interval, on_progress=follow)
        return self

    async def failures(self) -> str | None:
        """Which lines failed, and why; None if none did. See the resource's `failures()`."""
        return await self._scg.contact_imports.failures(self.id)


class AsyncContactImportResource(AsyncJobResource):
    """Contact imports, through one client: `client.contact_imports`."""

    def list(self, **filters: Unpack[ContactImportFilters]) -> AsyncPager[AsyncContactImport]:
        """Imports that match all filters, or all imports (GET `/contactimport`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactImport, spec.LIST, options=filters)

    @overload
    async def create(self, job: ContactImportData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[ContactImportCreate]) -> str: ...
    async def create(self, job: ContactImportData | None = None, /, **fields: object) -> str:
        """Import contacts from an UPLOADED attachment (POST `/contactimport`); see `create_from_csv()`.

        Returns:
            The id of the job: `wait()` tells when it has ended.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, job, fields)

    async def create_from_csv(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        /,
        contact_group_id: str | None = None,
    ) -> str:
        """Upload a CSV file as an attachment and import contacts from it.

        Args:
            source: a path, bytes, or a binary file that can seek.
            contact_group_id: the group that the contacts are added to.

        Returns:
            The id of the job: `wait()` tells when it has ended.

        Raises:
            InvalidArgumentError: the source cannot be read; nothing was sent.
        """
        fields = {} if contact_group_id is None else {"contact_group_id": contact_group_id}
        return await self._create_from_csv(spec.CREATE, source, "contacts", fields)

    async def get(self, import_id: str) -> AsyncContactImport:
        """The import with this id (GET `/contactimport/{id}`).

        Raises:
            NotFoundError: there is none; right after `create()` the gateway may say so for a moment.
        """
        return await self._get(AsyncContactImport, spec.GET, import_id)

    async def wait(
        self,
        import_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[AsyncContactImport], None] | None = None,
    ) -> AsyncContactImport:
        """Read an import until it is COMPLETED or FAILED (GET `/contactimport/{id}`).

        Args:
            import_id: the import.
            timeout: seconds to wait at most, beside what the last read and its own retries take; 0 reads once.
            interval: seconds before the second read; each pause is half as long again as the last, up to 10 s.
            on_progress: called with the import after each read.

        Returns:
            The import as it was read last: its counts, and `failures_attachment_id`.

        Raises:
            WaitTimeoutError: it has not ended in time; `state` is the last one seen.
            NotFoundError: there is none; in the first 10 s this may pass and is not raised.
        """
        return await self._wait(
            AsyncContactImport,
            spec.GET,
            import_id,
            ends=JOB_ENDS,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )

    async def failures(self, import_id: str) -> str | None:
        """Which lines failed, and why: the text of the job's `failures_attachment_id`.

        Returns:
            The text as the gateway wrote it, or None if the job tells of no failures (yet).

        Raises:
            NotFoundError: there is no such import, or its attachment is gone.
        """
        return await self._text((await self.get(import_id)).failures_attachment_id)


AsyncContactImport.Resource = AsyncContactImportResource
