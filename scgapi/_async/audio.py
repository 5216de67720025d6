"""Base classes of objects that can be played audio: calls and conferences."""

from __future__ import annotations

from typing import ClassVar, overload

from scgapi._async.objects import AsyncObject
from scgapi._async.pipeline import identity
from scgapi._async.resource import AsyncResource
from scgapi._core.operation import Operation
from scgapi._core.schema import body_schema
from scgapi.models._audio import audio_source
from scgapi.models.attachments import AttachmentData
from scgapi.models.calls import AudioSource


class AsyncAudioObject(AsyncObject):
    """An object that audio can be played to."""

    @overload
    async def play_audio(self, *, attachment: str | AttachmentData) -> None: ...
    @overload
    async def play_audio(self, *, url: str) -> None: ...
    @overload
    async def play_audio(self, *, source_type: AudioSource, source: str) -> None: ...
    async def play_audio(
        self,
        *,
        attachment: str | AttachmentData | None = None,
        url: str | None = None,
        source_type: AudioSource | None = None,
        source: str | None = None,
    ) -> None:
        """Play an attachment or a URL (POST `play_audio` below the path that its class names).

        See the resource's `play_audio()` for the arguments and errors.
        """
        client, operation = self._scg, self._operations["play_audio"]
        fields = audio_source(operation, attachment, url, source_type, source)
        await self._call(client, operation, identity, body_schema(operation).encode(operation, fields))


class AsyncAudioResource(AsyncResource):
    """One kind of object that audio can be played to."""

    _PLAY_AUDIO: ClassVar[Operation]

    @overload
    async def play_audio(self, object_id: str, /, *, attachment: str | AttachmentData) -> None: ...
    @overload
    async def play_audio(self, object_id: str, /, *, url: str) -> None: ...
    @overload
    async def play_audio(self, object_id: str, /, *, source_type: AudioSource, source: str) -> None: ...
    async def play_audio(
        self,
        object_id: str,
        /,
        *,
        attachment: str | AttachmentData | None = None,
        url: str | None = None,
        source_type: AudioSource | None = None,
        source: str | None = None,
    ) -> None:
        """Play an audio file to a call, or to all members of a conference (POST `play_audio` below its path).

        Args:
            object_id: the id of the call or the conference.
            attachment: an attachment, or its id; its content must be uploaded.
            url: the address of the file.
            source_type: ATTACHMENT or URL, as the gateway names them, in place of the two above.
            source: the id or the URL that goes with `source_type`.

        Raises:
            BadRequestError: the call is not ACTIVE, or the conference has no members.
            InvalidArgumentError: none of these is fields_set, or more than one; nothing was sent.
            NotFoundError: there is no such call or conference.
        """
        fields = audio_source(self._PLAY_AUDIO, attachment, url, source_type, source)
        await self._send(self._PLAY_AUDIO, object_id, fields=fields)
