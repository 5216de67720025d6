"""Base classes of jobs, which read or write files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, ClassVar, TypeVar

from scgapi._async.base_client import AsyncBaseClient
from scgapi._async.objects import AsyncWaitable
from scgapi._async.resource import AsyncWaitableResource
from scgapi._async.resources.attachments import AsyncAttachmentResource
from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema
from scgapi._core.waiting import JOB_FINAL_STATES


class AsyncJob(AsyncWaitable):
    """A job. `wait()` ends when it is COMPLETED or FAILED."""

    _final_states: ClassVar[frozenset[str]] = JOB_FINAL_STATES


class AsyncImport(AsyncJob):
    """A job that reads a CSV file."""

    async def failures(self) -> str | None:
        """Return which lines failed, and why: the text of the job's `failures_attachment_id`, which is read anew.

        Returns:
            The text as the gateway wrote it, or None if the job has no failures (yet).

        Raises:
            NotFoundError: the import or its attachment is gone.
        """
        return await _failures(self._scg, await self._read())


I = TypeVar("I", bound=AsyncImport)  # noqa: E741 - an import


class AsyncImportResource(AsyncWaitableResource[I]):
    """Jobs whose input, and whose list of failures, is an attachment."""

    async def failures(self, import_id: str) -> str | None:
        """Return which lines failed, and why: the text of the job's `failures_attachment_id`.

        Returns:
            The text as the gateway wrote it, or None if the job has no failures (yet).

        Raises:
            NotFoundError: there is no such import, or its attachment is gone.
        """
        return await _failures(self._client, await self.get(import_id))

    async def _create_from_csv(
        self,
        operation: Operation,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        name: str,
        fields: Mapping[str, object],
    ) -> str:
        """Make an attachment of the file, and a job of the attachment; return the job's id."""
        # Before anything is created: an upload for a job that is refused here would stay behind.
        body_schema(operation).check(operation, {**fields, "import_attachment_id": name})
        filename = Path(source).name if isinstance(source, str | os.PathLike) else f"{name}.csv"
        attachments = AsyncAttachmentResource(self._client)
        made = await attachments.create_and_upload(source, name=name, type="text/csv", filename=filename)
        if made.state == "CREATED":
            await attachments.wait(made.id)
        return await self._create(operation, None, {**fields, "import_attachment_id": made.id})


async def _failures(client: AsyncBaseClient, job: AsyncImport) -> str | None:
    attachment_id: str | None = getattr(job, "failures_attachment_id", None)
    if not attachment_id:
        return None
    return (await AsyncAttachmentResource(client).download(attachment_id)).decode("utf-8", "replace")
