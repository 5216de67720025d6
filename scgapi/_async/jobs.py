"""What jobs that read or write files have in common."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from scgapi._async.resource import AsyncResource
from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema


class AsyncJobResource(AsyncResource):
    """Jobs whose input, or whose list of failures, is an attachment."""

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
        attachments = self._client.attachments
        made = await attachments.create_and_upload(source, name=name, type="text/csv", filename=filename)
        if made.state == "CREATED":
            await attachments.wait(made.id)
        return await self._create(operation, None, {**fields, "import_attachment_id": made.id})

    async def _text(self, attachment_id: str | None) -> str | None:
        if not attachment_id:
            return None
        return (await self._client.attachments.download(attachment_id)).decode("utf-8", "replace")
