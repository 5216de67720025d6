# Generated from scgapi/_async/resources/attachments.py by tools/generate.py: edit that file.
"""Attachments: media that messages carry."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Unpack, overload

from scgapi._core.deadline import Deadline
from scgapi._core.model.fields import AttachmentFilters
from scgapi._core.progress import CallbackError, Transfer
from scgapi._core.request import Request, build_request, fill_path
from scgapi._core.waiting import ATTACHMENT_FINAL_STATES
from scgapi._io.content import MAX_IN_MEMORY_BYTES, Download, Upload
from scgapi._io.threads.concurrency import in_place
from scgapi._sync.objects import Updatable, Waitable, operations
from scgapi._sync.pager import Pager
from scgapi._sync.pipeline import identity
from scgapi._sync.resource import WaitableResource
from scgapi._sync.waiting import wait_for
from scgapi.errors import ScgError
from scgapi.models import attachments as spec
from scgapi.models.attachments import (
    AttachmentData,
    AttachmentFields,
    AttachmentTokenFields,
    AttachmentUpdate,
)


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE, wait=spec.GET)
class Attachment(Waitable, Updatable, AttachmentData):
    """Media that messages carry: `/messaging/attachments/{id}`.

    It is created first, then its content is uploaded. `wait()` ends when it is UPLOADED.
    """

    _final_states: ClassVar[frozenset[str]] = ATTACHMENT_FINAL_STATES

    Resource: ClassVar[type[AttachmentResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[AttachmentFields]) -> None: ...

    def create_access_token(self, **fields: Unpack[AttachmentTokenFields]) -> str:
        """Create a token that opens the content without other credentials (POST `/messaging/attachments/{id}/access_tokens`)."""
        return AttachmentResource(self._scg).create_access_token(self.id, **fields)

    def upload(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> None:
        """Upload the content and read the attachment again; see the resource's `upload()`."""
        AttachmentResource(self._scg).upload(self.id, source, on_progress=on_progress)
        self.refresh()

    @overload
    def download(
        self, *, max_bytes: int = MAX_IN_MEMORY_BYTES, on_progress: Callable[[Transfer], None] | None = None
    ) -> bytes: ...
    @overload
    def download(
        self,
        target: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> Path: ...
    def download(
        self,
        target: str | os.PathLike[str] | None = None,
        *,
        overwrite: bool = False,
        max_bytes: int | None = None,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> bytes | Path:
        """Download the content, into memory or into a file; see the resource's `download()`."""
        return AttachmentResource(self._scg)._download(self.id, target, overwrite, max_bytes, on_progress)


class AttachmentResource(WaitableResource[Attachment]):
    """Attachments, through one client: `client.attachments`."""

    _GET = spec.GET

    def list(self, **filters: Unpack[AttachmentFilters]) -> Pager[Attachment]:
        """List attachments that match all filters, or all attachments (GET `/messaging/attachments`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Attachment, spec.LIST, options=filters)

    def create(self, attachment: AttachmentData | None = None, /, **fields: Unpack[AttachmentFields]) -> str:
        """Create an attachment without content, from keywords or an object (POST `/messaging/attachments`).

        Returns:
            The id of the new attachment.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, attachment, fields)

    def create_and_upload(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        on_progress: Callable[[Transfer], None] | None = None,
        **fields: Unpack[AttachmentFields],
    ) -> Attachment:
        """Create an attachment, upload its content, and read it again.

        The source is checked first: if it cannot be read, nothing is created.

        Args:
            source: a path, bytes, or a binary file that can seek.
            on_progress: called as by `upload()`; if it raises, the attachment stays, without content.
            **fields: `type` (the media type), `name`, `filename`.

        Raises:
            InvalidArgumentError: the source cannot be read, or a field is of a wrong type; nothing was sent.
            ScgError: the upload failed; `created_id` is the id of the attachment, which stays, without content.
        """
        content = Upload(source, spec.UPLOAD.name, on_progress)
        deadline = self._client._pipeline.deadline(spec.UPLOAD)
        try:
            attachment_id = self._create(spec.CREATE, None, fields, deadline=deadline)
            try:
                self._upload(attachment_id, content, deadline)
                # Right after the create a read may find nothing for a moment.
                return wait_for(
                    partial(self._get, Attachment, spec.GET, attachment_id, deadline=deadline),
                    spec.GET,
                    attachment_id,
                    clock=self._client._pipeline.clock,
                    is_over=lambda _: True,
                    timeout=10,
                    interval=0.5,
                    on_progress=None,
                )
            except Exception as error:
                if isinstance(error, ScgError):
                    error.created_id = attachment_id
                error.add_note(f"the attachment {attachment_id} was created")
                raise
        finally:
            content.close()

    def get(self, attachment_id: str) -> Attachment:
        """Get the attachment with this id (GET `/messaging/attachments/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return self._get(Attachment, spec.GET, attachment_id)

    def update(self, attachment_id: str, **fields: Unpack[AttachmentUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/attachments/{id}`).

        Raises:
            ConflictError: `version_number` is not the attachment's current one.
            NotFoundError: there is no such attachment.
        """
        self._send(spec.UPDATE, attachment_id, fields=fields)

    def delete(self, attachment_id: str) -> None:
        """Delete the attachment (DELETE `/messaging/attachments/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        self._send(spec.DELETE, attachment_id)

    def create_access_token(self, attachment_id: str, **fields: Unpack[AttachmentTokenFields]) -> str:
        """Create a token that opens the content without other credentials (POST `/messaging/attachments/{id}/access_tokens`).

        Returns:
            The token. It is a secret: it needs no other credentials.
        """
        operation = spec.CREATE_ACCESS_TOKEN
        return self._create(operation, None, fields, attachment_id)

    def upload(
        self,
        attachment_id: str,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> None:
        """Upload the content: a token is made, and the bytes are posted with it at the attachment prefix.

        The content is streamed, and sent again from its start if the first attempt is refused. A file object is
        sent from where it stands and left open.

        Args:
            attachment_id: the attachment.
            source: a path, bytes, or a binary file that can seek.
            on_progress: called with a `Transfer` when an attempt begins and after each piece, where the call was
                made (in the event loop of an asynchronous client: do not block). What it raises ends the transfer
                and is raised here as it is.

        Raises:
            InvalidArgumentError: the source cannot be read or cannot seek; nothing was sent.
            NotFoundError: there is no such attachment.
        """
        fill_path(spec.GET, [attachment_id])
        content = Upload(source, spec.UPLOAD.name, on_progress)
        try:
            self._upload(attachment_id, content, self._client._pipeline.deadline(spec.UPLOAD))
        finally:
            content.close()

    @overload
    def download(
        self,
        attachment_id: str,
        *,
        max_bytes: int = MAX_IN_MEMORY_BYTES,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> bytes: ...
    @overload
    def download(
        self,
        attachment_id: str,
        target: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> Path: ...
    def download(
        self,
        attachment_id: str,
        target: str | os.PathLike[str] | None = None,
        *,
        overwrite: bool = False,
        max_bytes: int | None = None,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> bytes | Path:
        """Download the content: a token is made, and the bytes are fetched with it at the attachment prefix.

        With a `target` they go into a file beside it, which takes its name once it is complete: after a failure
        the target is as it was. What a killed process has left there (`.….scgapi-part`) is removed by the next
        download into the same folder.

        Args:
            attachment_id: the attachment.
            target: a path, or None to have the content returned.
            overwrite: whether a file of that name may be replaced.
            max_bytes: the largest content to return, 64 MiB by default; a file has no limit.
            on_progress: called as by `upload()`.

        Returns:
            The content, or the path of the target.

        Raises:
            InvalidArgumentError: the target exists and `overwrite` is not set, or cannot be written beside.
            UnreadableResponseError: the content is larger than `max_bytes`.
            BadRequestError: the content was not uploaded yet (code 40030).
            NotFoundError: there is no such attachment.
        """
        return self._download(attachment_id, target, overwrite, max_bytes, on_progress)

    def _upload(self, attachment_id: str, content: Upload, deadline: Deadline) -> None:
        pipeline = self._client._pipeline
        token = self._create(spec.CREATE_ACCESS_TOKEN, None, {}, attachment_id, deadline=deadline)
        request = build_request(pipeline.endpoints, spec.UPLOAD, [token], content=content)
        self._transfer(request, deadline)

    def _download(
        self,
        attachment_id: str,
        target: str | os.PathLike[str] | None,
        overwrite: bool,
        max_bytes: int | None,
        on_progress: Callable[[Transfer], None] | None,
    ) -> bytes | Path:
        fill_path(spec.GET, [attachment_id])
        download = Download(
            target,
            spec.DOWNLOAD.name,
            overwrite=overwrite,
            max_bytes=max_bytes,
            on_progress=on_progress,
        )
        try:
            pipeline = self._client._pipeline
            deadline = pipeline.deadline(spec.DOWNLOAD)
            token = self._create(spec.CREATE_ACCESS_TOKEN, None, {}, attachment_id, deadline=deadline)
            request = build_request(pipeline.endpoints, spec.DOWNLOAD, [token])
            self._transfer(request, deadline, download)
            content = in_place(download.complete)
        finally:
            download.close()
        return content if target is None else Path(target)

    def _transfer(self, request: Request, deadline: Deadline, download: Download | None = None) -> None:
        try:
            self._client._pipeline.call(request, identity, target=download, deadline=deadline)
            if download is not None:
                download.finish()
            return
        except CallbackError as stop:
            reason = stop.reason
        # Raised out here: the caller shall find what the callback raised, and nothing of ours behind it.
        raise reason


Attachment.Resource = AttachmentResource
