# Generated from scgapi/_async/resources/conferences.py by tools/generate.py: edit that file.
"""Conferences: calls that hear one another as members."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._core.audio import audio_source
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, Resource
from scgapi.models import conferences as spec
from scgapi.models.attachments import AttachmentData
from scgapi.models.calls import AudioSource, Speech
from scgapi.models.conferences import (
    ConferenceCreate,
    ConferenceData,
    ConferenceFields,
    ConferenceFilters,
    ConferenceUpdate,
)

if TYPE_CHECKING:
    from scgapi._sync.resources.conference_members import ConferenceMemberResource


class Conference(Editable, ConferenceData):
    """A conference; calls join it as members."""

    Resource: ClassVar[type[ConferenceResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConferenceFields]) -> None: ...

    def update(self) -> None:
        """Save a changed `state`, the only field that can change (POST `/calling/conferences/{id}`).

        No version is sent: the gateway takes none for conferences.

        Raises:
            BadRequestError: the conference cannot take that state.
            NotFoundError: the conference is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read the conference again; unsaved changes are lost (GET `/calling/conferences/{id}`)."""
        self._become(self._scg.conferences.get(self.id))

    def delete(self) -> None:
        """End and delete the conference (DELETE `/calling/conferences/{id}`)."""
        self._scg.conferences.delete(self.id)

    def play_tts(self, **speech: Unpack[Speech]) -> None:
        """Speak a text to all members; see the resource's (POST `/calling/conferences/{id}/play_tts`)."""
        self._scg.conferences.play_tts(self.id, **speech)

    @overload
    def play_audio(self, *, attachment: str | AttachmentData) -> None: ...
    @overload
    def play_audio(self, *, url: str) -> None: ...
    @overload
    def play_audio(self, *, source_type: AudioSource, source: str) -> None: ...
    def play_audio(
        self,
        *,
        attachment: str | AttachmentData | None = None,
        url: str | None = None,
        source_type: AudioSource | None = None,
        source: str | None = None,
    ) -> None:
        """Play an attachment or a URL; see the resource's (POST `/calling/conferences/{id}/play_audio`)."""
        self._scg.conferences._play_audio(self.id, attachment, url, source_type, source)

    def members(self) -> ConferenceMemberResource:
        """The calls that are in the conference."""
        return self._scg.conferences.members(self.id)


class ConferenceResource(Resource):
    """Conferences, through one client: `client.conferences`."""

    def list(self, **filters: Unpack[ConferenceFilters]) -> Pager[Conference]:
        """Conferences that match all filters, or all conferences (GET `/calling/conferences`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Conference, spec.LIST, options=filters)

    @overload
    def create(self, conference: ConferenceData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[ConferenceCreate]) -> str: ...
    def create(self, conference: ConferenceData | None = None, /, **fields: object) -> str:
        """Create a conference from keywords or from an unsaved object (POST `/calling/conferences`).

        Returns:
            The id of the new conference; `members(id)` lets calls join it.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, conference, fields)

    def get(self, conference_id: str) -> Conference:
        """The conference with this id (GET `/calling/conferences/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(Conference, spec.GET, conference_id)

    def update(self, conference_id: str, **fields: Unpack[ConferenceUpdate]) -> None:
        """Give the conference another `state`: `completed` ends it (POST `/calling/conferences/{id}`).

        Raises:
            BadRequestError: the conference cannot take that state.
            NotFoundError: there is no such conference.
        """
        self._send(spec.UPDATE, conference_id, fields=fields)

    def delete(self, conference_id: str) -> None:
        """End and delete the conference (DELETE `/calling/conferences/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, conference_id)

    def play_tts(self, conference_id: str, **speech: Unpack[Speech]) -> None:
        """Speak a text to all members (POST `/calling/conferences/{id}/play_tts`).

        Args:
            conference_id: the conference.
            **speech: `text`, plain or SSML; `voice`, or `language` and `gender`.

        Raises:
            BadRequestError: the conference has no members.
            NotFoundError: there is no such conference.
        """
        self._send(spec.PLAY_TTS, conference_id, fields=speech)

    @overload
    def play_audio(self, conference_id: str, *, attachment: str | AttachmentData) -> None: ...
    @overload
    def play_audio(self, conference_id: str, *, url: str) -> None: ...
    @overload
    def play_audio(self, conference_id: str, *, source_type: AudioSource, source: str) -> None: ...
    def play_audio(
        self,
        conference_id: str,
        *,
        attachment: str | AttachmentData | None = None,
        url: str | None = None,
        source_type: AudioSource | None = None,
        source: str | None = None,
    ) -> None:
        """Play an audio file to all members (POST `/calling/conferences/{id}/play_audio`).

        Args:
            conference_id: the conference.
            attachment: an attachment, or its id; its content must be uploaded.
            url: where the file is.
            source_type: ATTACHMENT or URL, as the wire has it, in place of the two above.
            source: the id or the URL that goes with `source_type`.

        Raises:
            BadRequestError: the conference has no members.
            InvalidArgumentError: none of these is given, or more than one; nothing was sent.
            NotFoundError: there is no such conference.
        """
        self._play_audio(conference_id, attachment, url, source_type, source)

    def members(self, conference_id: str) -> ConferenceMemberResource:
        """The calls that are in this conference.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.conference_members import ConferenceMemberResource

        return ConferenceMemberResource(self._client, conference_id)

    def _play_audio(
        self,
        conference_id: str,
        attachment: str | AttachmentData | None,
        url: str | None,
        source_type: AudioSource | None,
        source: str | None,
    ) -> None:
        operation = spec.PLAY_AUDIO
        fields = audio_source(operation, attachment, url, source_type, source)
        self._send(operation, conference_id, fields=fields)


Conference.Resource = ConferenceResource
