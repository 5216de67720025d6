# Generated from scgapi/_async/resources/sender_id_imports.py by tools/generate.py: edit that file.
"""Sender id imports: jobs that read sender ids from a CSV file."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Self, Unpack, overload

from scgapi._core.waiting import JOB_ENDS
from scgapi._sync.jobs import JobResource
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable
from scgapi.models import sender_id_imports as spec
from scgapi.models.sender_id_imports import (
    SenderIdImportData,
    SenderIdImportDefaults,
    SenderIdImportFields,
    SenderIdImportFilters,
    SenderIdImportUpdate,
)


class SenderIdImport(Editable, SenderIdImportData):
    """A job that reads sender ids from a CSV file."""

    Resource: ClassVar[type[SenderIdImportResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[SenderIdImportFields]) -> None: ...

    def update(self) -> None:
        """Save what changed since the import was loaded, its `approval_state` for example.

        Sends the changed fields and `version_number` (POST `/sender_ids_import/{id}`); does nothing if nothing
        changed.

        Raises:
            ConflictError: the import changed meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the import is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read the import again; unsaved changes are lost (GET `/sender_ids_import/{id}`)."""
        self._become(self._scg.sender_id_imports.get(self.id))

    def delete(self) -> None:
        """Delete the job, not what it imported (DELETE `/sender_ids_import/{id}`)."""
        self._scg.sender_id_imports.delete(self.id)

    def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the import until it has ended; it holds what was read last. See the resource's `wait()`."""
        follow = self._following(on_progress)
        self._scg.sender_id_imports.wait(self.id, timeout=timeout, interval=interval, on_progress=follow)
        return self

    def failures(self) -> str | None:
        """Which lines failed, and why; None if none did. See the resource's `failures()`."""
        return self._scg.sender_id_imports.failures(self.id)


class SenderIdImportResource(JobResource):
    """Sender id imports, through one client: `client.sender_id_imports`."""

    def list(self, **filters: Unpack[SenderIdImportFilters]) -> Pager[SenderIdImport]:
        """Imports that match all filters, or all imports (GET `/sender_ids_import`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(SenderIdImport, spec.LIST, options=filters)

    @overload
    def create(self, job: SenderIdImportData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[SenderIdImportFields]) -> str: ...
    def create(self, job: SenderIdImportData | None = None, /, **fields: object) -> str:
        """Import sender ids from an UPLOADED attachment (POST `/sender_ids_import`); see `create_from_csv()`.

        Returns:
            The id of the job: `wait()` tells when it has ended.

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
            **fields: what holds for lines that do not say otherwise, such as `country` and `capabilities`.

        Returns:
            The id of the job: `wait()` tells when it has ended.

        Raises:
            InvalidArgumentError: the source cannot be read, or a field is unknown or of a wrong type; nothing was
                sent.
        """
        return self._create_from_csv(spec.CREATE, source, "sender_ids", fields)

    def get(self, import_id: str) -> SenderIdImport:
        """The import with this id (GET `/sender_ids_import/{id}`).

        Raises:
            NotFoundError: there is none; right after `create()` the gateway may say so for a moment.
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
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, import_id)

    def wait(
        self,
        import_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[SenderIdImport], None] | None = None,
    ) -> SenderIdImport:
        """Read an import until it is COMPLETED or FAILED (GET `/sender_ids_import/{id}`).

        One that is WAITING for approval does not go on by itself.

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
        return self._wait(
            SenderIdImport,
            spec.GET,
            import_id,
            ends=JOB_ENDS,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )

    def failures(self, import_id: str) -> str | None:
        """Which lines failed, and why: the text of the job's `failures_attachment_id`.

        Returns:
            The text as the gateway wrote it, or None if the job tells of no failures (yet).

        Raises:
            NotFoundError: there is no such import, or its attachment is gone.
        """
        return self._text((self.get(import_id)).failures_attachment_id)


SenderIdImport.Resource = SenderIdImportResource
