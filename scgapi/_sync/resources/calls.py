# Generated from scgapi/_async/resources/calls.py by tools/generate.py: edit that file.
"""Calls: one party each, made by the application or come in from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack, overload

from scgapi._core.audio import audio_source
from scgapi._sync.pager import Pager
from scgapi._sync.resource import Editable, Resource
from scgapi.models import calls as spec
from scgapi.models.attachments import AttachmentData
from scgapi.models.calls import (
    AudioSource,
    CallCreate,
    CallData,
    CallFields,
    CallFilters,
    CallUpdate,
    LoopedSpeech,
    Tones,
)

if TYPE_CHECKING:
    from scgapi._sync.resources.digits_collectors import DigitsCollectorResource


class Call(Editable, CallData):
    """A call with one party. Several are joined by a bridge or a conference."""

    Resource: ClassVar[type[CallResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[CallFields]) -> None: ...

    def update(self) -> None:
        """Save a changed `state`, the only field that can change (POST `/calling/calls/{id}`).

        No version is sent: the gateway takes none for calls.

        Raises:
            BadRequestError: the call cannot take that state.
            NotFoundError: the call is gone.
        """
        self._update(spec.UPDATE)

    def refresh(self) -> None:
        """Read the call again; unsaved changes are lost (GET `/calling/calls/{id}`)."""
        self._become(self._scg.calls.get(self.id))

    def delete(self) -> None:
        """Delete the call (DELETE `/calling/calls/{id}`)."""
        self._scg.calls.delete(self.id)

    def hang_up(self) -> None:
        """End the call and read it again (POST `/calling/calls/{id}`, state COMPLETED).

        Raises:
            BadRequestError: the call has ended already.
        """
        self._scg.calls.hang_up(self.id)
        self.refresh()

    def accept(self) -> None:
        """Answer an incoming call and read it again (POST `/calling/calls/{id}`, state ACTIVE).

        Raises:
            BadRequestError: the call is not one that came in, or does not ring any more.
        """
        self._scg.calls.accept(self.id)
        self.refresh()

    def play_dtmf(self, **tones: Unpack[Tones]) -> None:
        """Play the tones of the keys in `dtmf_text` (POST `/calling/calls/{id}/play_dtmf`)."""
        self._scg.calls.play_dtmf(self.id, **tones)

    def play_tts(self, **speech: Unpack[LoopedSpeech]) -> None:
        """Speak a text; see the resource's `play_tts()` (POST `/calling/calls/{id}/play_tts`)."""
        self._scg.calls.play_tts(self.id, **speech)

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
        """Play an attachment or a URL; see the resource's `play_audio()` (POST `/calling/calls/{id}/play_audio`)."""
        self._scg.calls._play_audio(self.id, attachment, url, source_type, source)

    def digits_collectors(self) -> DigitsCollectorResource:
        """What collects the digits that the other party presses."""
        return self._scg.calls.digits_collectors(self.id)


class CallResource(Resource):
    """Calls, through one client: `client.calls`."""

    def list(self, **filters: Unpack[CallFilters]) -> Pager[Call]:
        """Calls that match all filters, or all calls (GET `/calling/calls`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Call, spec.LIST, options=filters)

    @overload
    def create(self, call: CallData, /) -> str: ...
    @overload
    def create(self, /, **fields: Unpack[CallCreate]) -> str: ...
    def create(self, call: CallData | None = None, /, **fields: object) -> str:
        """Call somebody, from keywords or from an unsaved object (POST `/calling/calls`).

        `answer_timeout` is in milliseconds. `recording_enabled` is known from older clients; the published
        definition has it in answers only.

        Returns:
            The id of the call, which is STARTED until it is answered.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            ConnectionFailedError: with outcome UNKNOWN it may have been made: it is not made again by itself.
        """
        return self._create(spec.CREATE, call, fields)

    def get(self, call_id: str) -> Call:
        """The call with this id (GET `/calling/calls/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        return self._get(Call, spec.GET, call_id)

    def update(self, call_id: str, **fields: Unpack[CallUpdate]) -> None:
        """Give the call another `state`; `accept()` and `hang_up()` do so by name (POST `/calling/calls/{id}`).

        Raises:
            BadRequestError: the call cannot take that state.
            NotFoundError: there is no such call.
        """
        self._send(spec.UPDATE, call_id, fields=fields)

    def delete(self, call_id: str) -> None:
        """Delete the call (DELETE `/calling/calls/{id}`).

        Raises:
            NotFoundError: there is none.
        """
        self._send(spec.DELETE, call_id)

    def hang_up(self, call_id: str) -> None:
        """End the call (POST `/calling/calls/{id}`, state COMPLETED).

        That this state does it is known from older clients.

        Raises:
            BadRequestError: the call has ended already.
            NotFoundError: there is no such call.
        """
        self._send(spec.HANG_UP, call_id, fields={"state": "COMPLETED"})

    def accept(self, call_id: str) -> None:
        """Answer a call that came in (POST `/calling/calls/{id}`, state ACTIVE).

        That this state does it is known from the published samples.

        Raises:
            BadRequestError: the call is not one that came in, or does not ring any more.
            NotFoundError: there is no such call.
        """
        self._send(spec.ACCEPT, call_id, fields={"state": "ACTIVE"})

    def play_dtmf(self, call_id: str, **tones: Unpack[Tones]) -> None:
        """Play the tones of the keys in `dtmf_text` to the other party (POST `/calling/calls/{id}/play_dtmf`).

        Raises:
            BadRequestError: the call is not ACTIVE.
            NotFoundError: there is no such call.
        """
        self._send(spec.PLAY_DTMF, call_id, fields=tones)

    def play_tts(self, call_id: str, **speech: Unpack[LoopedSpeech]) -> None:
        """Speak a text to the other party (POST `/calling/calls/{id}/play_tts`).

        Args:
            call_id: the call.
            **speech: `text`, plain or SSML; `voice`, or `language` and `gender`; `loop_enabled` repeats it
                `loop_count` times.

        Raises:
            BadRequestError: the call is not ACTIVE.
            NotFoundError: there is no such call.
        """
        self._send(spec.PLAY_TTS, call_id, fields=speech)

    @overload
    def play_audio(self, call_id: str, *, attachment: str | AttachmentData) -> None: ...
    @overload
    def play_audio(self, call_id: str, *, url: str) -> None: ...
    @overload
    def play_audio(self, call_id: str, *, source_type: AudioSource, source: str) -> None: ...
    def play_audio(
        self,
        call_id: str,
        *,
        attachment: str | AttachmentData | None = None,
        url: str | None = None,
        source_type: AudioSource | None = None,
        source: str | None = None,
    ) -> None:
        """Play an audio file to the other party (POST `/calling/calls/{id}/play_audio`).

        Args:
            call_id: the call.
            attachment: an attachment, or its id; its content must be uploaded.
            url: where the file is.
            source_type: ATTACHMENT or URL, as the wire has it, in place of the two above.
            source: the id or the URL that goes with `source_type`.

        Raises:
            BadRequestError: the call is not ACTIVE.
            InvalidArgumentError: none of these is given, or more than one; nothing was sent.
            NotFoundError: there is no such call.
        """
        self._play_audio(call_id, attachment, url, source_type, source)

    def digits_collectors(self, call_id: str) -> DigitsCollectorResource:
        """What collects the digits that the other party of this call presses.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.digits_collectors import DigitsCollectorResource

        return DigitsCollectorResource(self._client, call_id)

    def _play_audio(
        self,
        call_id: str,
        attachment: str | AttachmentData | None,
        url: str | None,
        source_type: AudioSource | None,
        source: str | None,
    ) -> None:
        operation = spec.PLAY_AUDIO
        fields = audio_source(operation, attachment, url, source_type, source)
        self._send(operation, call_id, fields=fields)


Call.Resource = CallResource
