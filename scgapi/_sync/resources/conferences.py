# Generated from scgapi/_async/resources/conferences.py by tools/generate.py: edit that file.
"""Conferences: calls that hear one another as members."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.audio import AudioObject, AudioResource
from scgapi._sync.objects import Updatable, operations
from scgapi._sync.pager import Pager
from scgapi.models import conferences as spec
from scgapi.models.calls import Speech
from scgapi.models.conferences import (
    ConferenceCreate,
    ConferenceData,
    ConferenceFields,
    ConferenceFilters,
    ConferenceUpdate,
)

if TYPE_CHECKING:
    from scgapi._sync.resources.conference_members import ConferenceMemberResource


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE, play_audio=spec.PLAY_AUDIO)
class Conference(AudioObject, Updatable, ConferenceData):
    """A conference, which calls join as members: `/calling/conferences/{id}`.

    `update()` saves `state`, the only field that can change, without a version. A BadRequestError means that the
    conference cannot take that state. `delete()` ends it, too.
    """

    Resource: ClassVar[type[ConferenceResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConferenceFields]) -> None: ...

    def play_tts(self, **speech: Unpack[Speech]) -> None:
        """Speak a text to all members; see the resource's (POST `/calling/conferences/{id}/play_tts`)."""
        ConferenceResource(self._scg).play_tts(self.id, **speech)

    def members(self) -> ConferenceMemberResource:
        """Return the resource of this conference's members."""
        return ConferenceResource(self._scg).members(self.id)


class ConferenceResource(AudioResource):
    """Conferences, through one client: `client.conferences`."""

    _PLAY_AUDIO = spec.PLAY_AUDIO

    def list(self, **filters: Unpack[ConferenceFilters]) -> Pager[Conference]:
        """List conferences that match all filters, or all conferences (GET `/calling/conferences`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Conference, spec.LIST, options=filters)

    def create(self, conference: ConferenceData | None = None, /, **fields: Unpack[ConferenceCreate]) -> str:
        """Create a conference from keywords or from an unsaved object (POST `/calling/conferences`).

        Returns:
            The id of the new conference; `members(id)` lets calls join it.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return self._create(spec.CREATE, conference, fields)

    def get(self, conference_id: str) -> Conference:
        """Get the conference with this id (GET `/calling/conferences/{id}`).

        Raises:
            NotFoundError: it does not exist.
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
            NotFoundError: it does not exist.
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

    def members(self, conference_id: str) -> ConferenceMemberResource:
        """Return the resource of a conference's members.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.conference_members import ConferenceMemberResource

        return ConferenceMemberResource(self._client, conference_id)


Conference.Resource = ConferenceResource
