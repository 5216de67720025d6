# Generated from scgapi/_async/resources/sender_id_imports.py by tools/generate.py: edit that file.
"""Sender id imports: jobs that read sender ids from a CSV file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Unpack

from scgapi._sync.jobs import Import, ImportResource
from scgapi._sync.objects import Updatable, operations
from scgapi._sync.pager import Pager
from scgapi.models import sender_id_imports as spec
from scgapi.models.sender_id_imports import (
    SenderIdImportData,
    SenderIdImportDefaults,
    SenderIdImportFields,
    SenderIdImportFilters,
    SenderIdImportUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE, wait=spec.GET)
class SenderIdImport(Import, Updatable, SenderIdImportData):
    """A job that reads sender ids from a CSV file: `/sender_ids_import/{id}`.

    `update()` saves its `approval_state`, for example: a job that is WAITING for approval does not go on by itself.
    `delete()` deletes the job, not what it imported.
    """

    Resource: ClassVar[type[SenderIdImportResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[SenderIdImportFields]) -> None: ...


class SenderIdImportResource(ImportResource[SenderIdImport]):
    """Sender id imports, through one client: `client.sender_id_imports`."""

    _GET = spec.GET

    def list(self, **filters: Unpack[SenderIdImportFilters]) -> Pager[SenderIdImport]:
        """List imports that match all filters, or all imports (GET `/sender_ids_import`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(SenderIdImport, spec.LIST, options=filters)

    def create(self, job: SenderIdImportData | None = None, /, **fields: Unpack[SenderIdImportFields]) -> str:
        """Import sender ids from an UPLOADED attachment (POST `/sender_ids_import`); see `create_from_csv()`.

        Returns:
            The id of the job: `wait()` waits for its end.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, job, fields)

    def create_from_csv(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        /,
        **fields: Unpack[SenderIdImportDefaults],
    ) -> str:
        """Upload a CSV file as an attachment and import sender ids from it.

        Args:
            source: a path, bytes, or a binary file that can seek.
            **fields: defaults for lines without a value of their own, such as `country` and `capabilities`.

        Returns:
            The id of the job: `wait()` waits for its end.

        Raises:
            InvalidArgumentError: the source cannot be read, or a field is unknown or of a wrong type; nothing was
                sent.
        """
        return self._create_from_csv(spec.CREATE, source, "sender_ids", fields)

    def get(self, import_id: str) -> SenderIdImport:
        """Get the import with this id (GET `/sender_ids_import/{id}`).

        Raises:
            NotFoundError: it does not exist; right after `create()` the gateway may say so for a moment.
        """
        return self._get(SenderIdImport, spec.GET, import_id)

    def update(self, import_id: str, **fields: Unpack[SenderIdImportUpdate]) -> None:
        """Approve or reject an import, or change its terms (POST `/sender_ids_import/{id}`).

        Raises:
            ConflictError: `version_number` is not the import's current one.
            NotFoundError: there is no such import.
        """
        self._send(spec.UPDATE, import_id, fields=fields)

    def delete(self, import_id: str) -> None:
        """Delete the job, not what it imported (DELETE `/sender_ids_import/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, import_id)


SenderIdImport.Resource = SenderIdImportResource
