# Generated from scgapi/_async/resources/attachments.py by tools/generate.py: edit that file.
"""Attachments: media that messages carry."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Self, Unpack, overload

from scgapi._core.clock import Deadline
from scgapi._core.content import Download, Upload
from scgapi._core.progress import Abandoned, Transfer
from scgapi._core.request import Request, build_request, fill_path
from scgapi._core.waiting import ATTACHMENT_ENDS
from scgapi._sync.pager import Pager
from scgapi._sync.pipeline import whole
from scgapi._sync.resource import Editable, Resource
from scgapi._threads.concurrency import in_place
from scgapi.errors import ScgError
from scgapi.models import attachments as spec
from scgapi.models._fields import AttachmentFilters
from scgapi.models.attachments import (
    AttachmentData,
    AttachmentFields,
    AttachmentTokenFields,
    AttachmentUpdate,
)


class Attachment(Editable, AttachmentData):
    """Media that messages carry: created first, then its content is uploaded."""

    Resource: ClassVar[type[AttachmentResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[AttachmentFields]) -> None: ...

    def update(self) -> None:
        """Save what changed since the attachment was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/messaging/attachments/{id}`).

        Raises:
            ConflictError: somebody else changed the attachment meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the attachment is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read the attachment again; unsaved changes are lost (GET `/messaging/attachments/{id}`)."""
        self._become(self._scg.attachments.get(self.id))

    def delete(self) -> None:
        """Delete the attachment (DELETE `/messaging/attachments/{id}`)."""
        self._scg.attachments.delete(self.id)

    def create_access_token(self, **fields: Unpack[AttachmentTokenFields]) -> str:
        """A token that opens the content to whoever has it (POST `/messaging/attachments/{id}/access_tokens`)."""
        return self._scg.attachments.create_access_token(self.id, **fields)

    def upload(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> None:
        """Upload the content and read the attachment again; see the resource's `upload()`."""
        self._scg.attachments.upload(self.id, source, on_progress=on_progress)
        self.refresh()

    @overload
    def download(self, *, on_progress: Callable[[Transfer], None] | None = None) -> bytes: ...
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
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> bytes | Path:
        """Download the content, into memory or into a file; see the resource's `download()`."""
        return self._scg.attachments._download(self.id, target, overwrite, on_progress)

    def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the attachment until it is UPLOADED; it holds what was read last. See the resource's `wait()`."""
        follow = self._following(on_progress)
        self._scg.attachments.wait(self.id, timeout=timeout, interval=interval, on_progress=follow)
        return self


class AttachmentResource(Resource):
    """Attachments, through one client: `client.attachments`."""

    def list(self, **filters: Unpack[AttachmentFilters]) -> Pager[Attachment]:
        """Attachments that match all filters, or all attachments (GET `/messaging/attachments`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Attachment, spec.LIST, options=filters)

    @overload
    def create(self, attachment: AttachmentData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[AttachmentFields]) -> str: ...
    def create(self, attachment: AttachmentData | None = None, /, **fields: object) -> str:
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
        """
        content = Upload(source, spec.UPLOAD.name, on_progress)
        until = self._client._pipeline.deadline(spec.UPLOAD)
        try:
            attachment_id = self._create(spec.CREATE, None, fields, until=until)
            try:
                self._upload(attachment_id, content, until)
                # Right after the create a read may find nothing for a moment.
                return self._wait(
                    Attachment,
                    spec.GET,
                    attachment_id,
                    ends=None,
                    timeout=10,
                    interval=0.5,
                    on_progress=None,
                    until=until,
                )
            except ScgError as error:
                error.add_note(f"the attachment {attachment_id} was created")
                raise
        finally:
            content.close()

    def get(self, attachment_id: str) -> Attachment:
        """The attachment with this id (GET `/messaging/attachments/{id}`).

        Raises:
            NotFoundError: there is none.
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
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, attachment_id)

    def create_access_token(self, attachment_id: str, **fields: Unpack[AttachmentTokenFields]) -> str:
        """A token that opens the content to whoever has it (POST `/messaging/attachments/{id}/access_tokens`).

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
        self, attachment_id: str, *, on_progress: Callable[[Transfer], None] | None = None
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
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> bytes | Path:
        """Download the content: a token is made, and the bytes are fetched with it at the attachment prefix.

        With a `target` they go into a file beside it, which takes its name once it is complete: after a failure
        the target is as it was.

        Args:
            attachment_id: the attachment.
            target: a path, or None to have the content returned.
            overwrite: whether a file of that name may be replaced.
            on_progress: called as by `upload()`.

        Returns:
            The content, or the path of the target.

        Raises:
            InvalidArgumentError: the target exists and `overwrite` is not set, or cannot be written beside.
            BadRequestError: the content was not uploaded yet (code 40030).
            NotFoundError: there is no such attachment.
        """
        return self._download(attachment_id, target, overwrite, on_progress)

    def wait(
        self,
        attachment_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Attachment], None] | None = None,
    ) -> Attachment:
        """Read an attachment until it is UPLOADED (GET `/messaging/attachments/{id}`).

        Args:
            attachment_id: the attachment.
            timeout: seconds to wait at most, beside what the last read and its own retries take; 0 reads once.
            interval: seconds before the second read; each pause is half as long again as the last, up to 10 s.
            on_progress: called with the attachment after each read.

        Returns:
            The attachment as it was read last.

        Raises:
            WaitTimeoutError: it is not UPLOADED in time; `state` is the last one seen.
            NotFoundError: there is none; in the first 10 s this may pass and is not raised.
        """
        return self._wait(
            Attachment,
            spec.GET,
            attachment_id,
            ends=ATTACHMENT_ENDS,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )

    def _upload(self, attachment_id: str, content: Upload, until: Deadline) -> None:
        pipeline = self._client._pipeline
        token = self._create(spec.CREATE_ACCESS_TOKEN, None, {}, attachment_id, until=until)
        request = build_request(pipeline.endpoints, spec.UPLOAD, [token], content=content)
        self._transfer(request, until)

    def _download(
        self,
        attachment_id: str,
        target: str | os.PathLike[str] | None,
        overwrite: bool,
        on_progress: Callable[[Transfer], None] | None,
    ) -> bytes | Path:
        fill_path(spec.GET, [attachment_id])
        # In place: nobody may be left with it.
        download = Download(target, spec.DOWNLOAD.name, overwrite=overwrite, on_progress=on_progress)
        try:
            pipeline = self._client._pipeline
            until = pipeline.deadline(spec.DOWNLOAD)
            token = self._create(spec.CREATE_ACCESS_TOKEN, None, {}, attachment_id, until=until)
            request = build_request(pipeline.endpoints, spec.DOWNLOAD, [token])
            self._transfer(request, until, download)
            content = in_place(download.complete)
        finally:
            download.close()
        return content if target is None else Path(target)

    def _transfer(self, request: Request, until: Deadline, download: Download | None = None) -> None:
        try:
            self._client._pipeline.call(request, whole, target=download, until=until)
            if download is not None:
                download.arrived()
            return
        except Abandoned as stop:
            reason = stop.reason
        # Raised out here: the caller shall find what the callback raised, and nothing of ours behind it.
        raise reason


Attachment.Resource = AttachmentResource
