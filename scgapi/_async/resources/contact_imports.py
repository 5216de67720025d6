"""Contact imports: jobs that read contacts from a CSV file. Known from older clients (docs/api-notes.md, note 16)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Unpack

from scgapi._async.jobs import AsyncImport, AsyncImportResource
from scgapi._async.objects import operations
from scgapi._async.pager import AsyncPager
from scgapi.models import contact_imports as spec
from scgapi.models.contact_imports import (
    ContactImportCreate,
    ContactImportData,
    ContactImportFields,
    ContactImportFilters,
)


@operations(refresh=spec.GET, wait=spec.GET)
class AsyncContactImport(AsyncImport, ContactImportData):
    """A job that reads contacts from a CSV file: `/contactimport/{id}`."""

    Resource: ClassVar[type[AsyncContactImportResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ContactImportFields]) -> None: ...


class AsyncContactImportResource(AsyncImportResource[AsyncContactImport]):
    """Contact imports, through one client: `client.contact_imports`."""

    _GET = spec.GET

    def list(self, **filters: Unpack[ContactImportFilters]) -> AsyncPager[AsyncContactImport]:
        """List imports that match all filters, or all imports (GET `/contactimport`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncContactImport, spec.LIST, options=filters)

    async def create(
        self, job: ContactImportData | None = None, /, **fields: Unpack[ContactImportCreate]
    ) -> str:
        """Import contacts from an UPLOADED attachment (POST `/contactimport`); see `create_from_csv()`.

        Returns:
            The id of the job: `wait()` waits for its end.

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
            The id of the job: `wait()` waits for its end.

        Raises:
            InvalidArgumentError: the source cannot be read; nothing was sent.
        """
        fields = {} if contact_group_id is None else {"contact_group_id": contact_group_id}
        return await self._create_from_csv(spec.CREATE, source, "contacts", fields)

    async def get(self, import_id: str) -> AsyncContactImport:
        """Get the import with this id (GET `/contactimport/{id}`).

        Raises:
            NotFoundError: it does not exist; right after `create()` the gateway may say so for a moment.
        """
        return await self._get(AsyncContactImport, spec.GET, import_id)


AsyncContactImport.Resource = AsyncContactImportResource
