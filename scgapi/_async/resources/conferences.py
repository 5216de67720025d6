"""Conferences: calls that hear one another as members."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.audio import AsyncAudioObject, AsyncAudioResource
from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
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
    from scgapi._async.resources.conference_members import AsyncConferenceMemberResource


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE, play_audio=spec.PLAY_AUDIO)
class AsyncConference(AsyncAudioObject, AsyncUpdatable, ConferenceData):
    """A conference, which calls join as members: `/calling/conferences/{id}`.

    `update()` saves `state`, the only field that can change, without a version. A BadRequestError means that the
    conference cannot take that state. `delete()` ends it, too.
    """

    Resource: ClassVar[type[AsyncConferenceResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[ConferenceFields]) -> None: ...

    async def play_tts(self, **speech: Unpack[Speech]) -> None:
        """Speak a text to all members; see the resource's (POST `/calling/conferences/{id}/play_tts`)."""
        await AsyncConferenceResource(self._scg).play_tts(self.id, **speech)

    def members(self) -> AsyncConferenceMemberResource:
        """Return the resource of this conference's members."""
        return AsyncConferenceResource(self._scg).members(self.id)


class AsyncConferenceResource(AsyncAudioResource):
    """Conferences, through one client: `client.conferences`."""

    _PLAY_AUDIO = spec.PLAY_AUDIO

    def list(self, **filters: Unpack[ConferenceFilters]) -> AsyncPager[AsyncConference]:
        """List conferences that match all filters, or all conferences (GET `/calling/conferences`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncConference, spec.LIST, options=filters)

    async def create(
        self, conference: ConferenceData | None = None, /, **fields: Unpack[ConferenceCreate]
    ) -> str:
        """Create a conference from keywords or from an unsaved object (POST `/calling/conferences`).

        Returns:
            The id of the new conference; `members(id)` lets calls join it.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
        """
        return await self._create(spec.CREATE, conference, fields)

    async def get(self, conference_id: str) -> AsyncConference:
        """Get the conference with this id (GET `/calling/conferences/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncConference, spec.GET, conference_id)

    async def update(self, conference_id: str, **fields: Unpack[ConferenceUpdate]) -> None:
        """Give the conference another `state`: `completed` ends it (POST `/calling/conferences/{id}`).

        Raises:
            BadRequestError: the conference cannot take that state.
            NotFoundError: there is no such conference.
        """
        await self._send(spec.UPDATE, conference_id, fields=fields)

    async def delete(self, conference_id: str) -> None:
        """End and delete the conference (DELETE `/calling/conferences/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, conference_id)

    async def play_tts(self, conference_id: str, **speech: Unpack[Speech]) -> None:
        """Speak a text to all members (POST `/calling/conferences/{id}/play_tts`).

        Args:
            conference_id: the conference.
            **speech: `text`, plain or SSML; `voice`, or `language` and `gender`.

        Raises:
            BadRequestError: the conference has no members.
            NotFoundError: there is no such conference.
        """
        await self._send(spec.PLAY_TTS, conference_id, fields=speech)

    def members(self, conference_id: str) -> AsyncConferenceMemberResource:
        """Return the resource of a conference's members.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._async.resources.conference_members import AsyncConferenceMemberResource

        return AsyncConferenceMemberResource(self._client, conference_id)


AsyncConference.Resource = AsyncConferenceResource
