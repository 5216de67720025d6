# Generated from scgapi/_async/jobs.py by tools/generate.py: edit that file.
"""What jobs that read or write files have in common."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema
from scgapi._sync.resource import Resource


class JobResource(Resource):
    """Jobs whose input, or whose list of failures, is an attachment."""

    def _create_from_csv(
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
        made = attachments.create_and_upload(source, name=name, type="text/csv", filename=filename)
        if made.state == "CREATED":
            attachments.wait(made.id)
        return self._create(operation, None, {**fields, "import_attachment_id": made.id})

    def _text(self, attachment_id: str | None) -> str | None:
        if not attachment_id:
            return None
        return (self._client.attachments.download(attachment_id)).decode("utf-8", "replace")
