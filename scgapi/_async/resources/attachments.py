"""Attachments: media that messages carry."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Unpack, overload

from typing_extensions import Self

from scgapi._async.pager import AsyncPager
from scgapi._async.pipeline import whole
from scgapi._async.resource import AsyncEditable, AsyncResource
from scgapi._core.clock import Deadline
from scgapi._core.content import Download, Upload
from scgapi._core.progress import Abandoned, Transfer
from scgapi._core.request import Request, build_request, fill_path
from scgapi._core.waiting import ATTACHMENT_ENDS
from scgapi._tasks.concurrency import in_thread
from scgapi.errors import ScgError
from scgapi.models import attachments as spec
from scgapi.models._fields import AttachmentFilters
from scgapi.models.attachments import (
    AttachmentData,
    AttachmentFields,
    AttachmentTokenFields,
    AttachmentUpdate,
)


class AsyncAttachment(AsyncEditable, AttachmentData):
    """Media that messages carry: created first, then its content is uploaded."""

    Resource: ClassVar[type[AsyncAttachmentResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[AttachmentFields]) -> None: ...

    async def update(self) -> None:
        """Save what changed since the attachment was loaded; does nothing if nothing changed.

        Sends the changed fields and `version_number` (POST `/messaging/attachments/{id}`).

        Raises:
            ConflictError: somebody else changed the attachment meanwhile: `refresh()`, change again, `update()`.
            NotFoundError: the attachment is gone.
        """
        await self._update(spec.UPDATE)

    async def refresh(self) -> None:
        """Read the attachment again; unsaved changes are lost (GET `/messaging/attachments/{id}`)."""
        self._become(await self._scg.attachments.get(self.id))

    async def delete(self) -> None:
        """Delete the attachment (DELETE `/messaging/attachments/{id}`)."""
        await self._scg.attachments.delete(self.id)

    async def create_access_token(self, **fields: Unpack[AttachmentTokenFields]) -> str:
        """A token that opens the content to whoever has it (POST `/messaging/attachments/{id}/access_tokens`)."""
        return await self._scg.attachments.create_access_token(self.id, **fields)

    async def upload(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> None:
        """Upload the content and read the attachment again; see the resource's `upload()`."""
        await self._scg.attachments.upload(self.id, source, on_progress=on_progress)
        await self.refresh()

    @overload
    async def download(self, *, on_progress: Callable[[Transfer], None] | None = None) -> bytes: ...
    @overload
    async def download(
        self,
        target: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> Path: ...
    async def download(
        self,
        target: str | os.PathLike[str] | None = None,
        *,
        overwrite: bool = False,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> bytes | Path:
        """Download the content, into memory or into a file; see the resource's `download()`."""
        return await self._scg.attachments._download(self.id, target, overwrite, on_progress)

    async def wait(
        self,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[Self], None] | None = None,
    ) -> Self:
        """Read the attachment until it is UPLOADED; it holds what was read last. See the resource's `wait()`."""
        follow = self._following(on_progress)
        await self._scg.attachments.wait(self.id, timeout=timeout, interval=interval, on_progress=follow)
        return self


class AsyncAttachmentResource(AsyncResource):
    """Attachments, through one client: `client.attachments`."""

    def list(self, **filters: Unpack[AttachmentFilters]) -> AsyncPager[AsyncAttachment]:
        """Attachments that match all filters, or all attachments (GET `/messaging/attachments`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncAttachment, spec.LIST, options=filters)

    @overload
    async def create(self, attachment: AttachmentData, /) -> str: ...
    @overload
    async def create(self, /, **fields: Unpack[AttachmentFields]) -> str: ...
    async def create(self, attachment: AttachmentData | None = None, /, **fields: object) -> str:
        """Create an attachment without content, from keywords or an object (POST `/messaging/attachments`).

        Returns:
            The id of the new attachment.

        Raises:
            InvalidArgumentError: a field is unknown or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, attachment, fields)

    async def create_and_upload(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        on_progress: Callable[[Transfer], None] | None = None,
        **fields: Unpack[AttachmentFields],
    ) -> AsyncAttachment:
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
            attachment_id = await self._create(spec.CREATE, None, fields, until=until)
            try:
                await self._upload(attachment_id, content, until)
                # Right after the create a read may find nothing for a moment.
                return await self._wait(
                    AsyncAttachment,
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

    async def get(self, attachment_id: str) -> AsyncAttachment:
        """The attachment with this id (GET `/messaging/attachments/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return await self._get(AsyncAttachment, spec.GET, attachment_id)

    async def update(self, attachment_id: str, **fields: Unpack[AttachmentUpdate]) -> None:
        """Change the given fields, and no others (POST `/messaging/attachments/{id}`).

        Raises:
            ConflictError: `version_number` is not the attachment's current one.
            NotFoundError: there is no such attachment.
        """
        await self._send(spec.UPDATE, attachment_id, fields=fields)

    async def delete(self, attachment_id: str) -> None:
        """Delete the attachment (DELETE `/messaging/attachments/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        await self._send(spec.DELETE, attachment_id)

    async def create_access_token(self, attachment_id: str, **fields: Unpack[AttachmentTokenFields]) -> str:
        """A token that opens the content to whoever has it (POST `/messaging/attachments/{id}/access_tokens`).

        Returns:
            The token. It is a secret: it needs no other credentials.
        """
        operation = spec.CREATE_ACCESS_TOKEN
        return await self._create(operation, None, fields, attachment_id)

    async def upload(
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
            await self._upload(attachment_id, content, self._client._pipeline.deadline(spec.UPLOAD))
        finally:
            content.close()

    @overload
    async def download(
        self, attachment_id: str, *, on_progress: Callable[[Transfer], None] | None = None
    ) -> bytes: ...
    @overload
    async def download(
        self,
        attachment_id: str,
        target: str | os.PathLike[str],
        *,
        overwrite: bool = False,
        on_progress: Callable[[Transfer], None] | None = None,
    ) -> Path: ...
    async def download(
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
        return await self._download(attachment_id, target, overwrite, on_progress)

    async def wait(
        self,
        attachment_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 0.5,
        on_progress: Callable[[AsyncAttachment], None] | None = None,
    ) -> AsyncAttachment:
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
        return await self._wait(
            AsyncAttachment,
            spec.GET,
            attachment_id,
            ends=ATTACHMENT_ENDS,
            timeout=timeout,
            interval=interval,
            on_progress=on_progress,
        )

    async def _upload(self, attachment_id: str, content: Upload, until: Deadline) -> None:
        pipeline = self._client._pipeline
        token = await self._create(spec.CREATE_ACCESS_TOKEN, None, {}, attachment_id, until=until)
        request = build_request(pipeline.endpoints, spec.UPLOAD, [token], content=content)
        await self._transfer(request, until)

    async def _download(
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
            token = await self._create(spec.CREATE_ACCESS_TOKEN, None, {}, attachment_id, until=until)
            request = build_request(pipeline.endpoints, spec.DOWNLOAD, [token])
            await self._transfer(request, until, download)
            content = await in_thread(download.complete)
        finally:
            download.close()
        return content if target is None else Path(target)

    async def _transfer(self, request: Request, until: Deadline, download: Download | None = None) -> None:
        try:
            await self._client._pipeline.call(request, whole, target=download, until=until)
            if download is not None:
                download.arrived()
            return
        except Abandoned as stop:
            reason = stop.reason
        # Raised out here: the caller shall find what the callback raised, and nothing of ours behind it.
        raise reason


AsyncAttachment.Resource = AsyncAttachmentResource
