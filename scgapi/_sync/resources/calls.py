# Generated from scgapi/_async/resources/calls.py by tools/generate.py: edit that file.
"""Calls: one party each, made by the application or come in from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._sync.audio import AudioObject, AudioResource
from scgapi._sync.objects import Updatable, operations
from scgapi._sync.pager import Pager
from scgapi.models import calls as spec
from scgapi.models.calls import (
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


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE, play_audio=spec.PLAY_AUDIO)
class Call(AudioObject, Updatable, CallData):
    """A call with one party: `/calling/calls/{id}`.

    Several are joined by a bridge or a conference. `update()` saves `state`, the only field that can change, without a
    version; `accept()` and `hang_up()` set it by name. A BadRequestError means that the call cannot take that state.
    """

    Resource: ClassVar[type[CallResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[CallFields]) -> None: ...

    def hang_up(self) -> None:
        """End the call and read it again (POST `/calling/calls/{id}`, state COMPLETED).

        Raises:
            BadRequestError: the call has ended already.
        """
        CallResource(self._scg).hang_up(self.id)
        self.refresh()

    def accept(self) -> None:
        """Answer an incoming call and read it again (POST `/calling/calls/{id}`, state ACTIVE).

        Raises:
            BadRequestError: the call is not one that came in, or does not ring any more.
        """
        CallResource(self._scg).accept(self.id)
        self.refresh()

    def play_dtmf(self, **tones: Unpack[Tones]) -> None:
        """Play the tones of the keys in `dtmf_text` (POST `/calling/calls/{id}/play_dtmf`)."""
        CallResource(self._scg).play_dtmf(self.id, **tones)

    def play_tts(self, **speech: Unpack[LoopedSpeech]) -> None:
        """Speak a text; see the resource's `play_tts()` (POST `/calling/calls/{id}/play_tts`)."""
        CallResource(self._scg).play_tts(self.id, **speech)

    def digits_collectors(self) -> DigitsCollectorResource:
        """Return the resource of this call's digits collectors."""
        return CallResource(self._scg).digits_collectors(self.id)


class CallResource(AudioResource):
    """Calls, through one client: `client.calls`."""

    _PLAY_AUDIO = spec.PLAY_AUDIO

    def list(self, **filters: Unpack[CallFilters]) -> Pager[Call]:
        """List calls that match all filters, or all calls (GET `/calling/calls`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(Call, spec.LIST, options=filters)

    def create(self, call: CallData | None = None, /, **fields: Unpack[CallCreate]) -> str:
        """Call somebody, from keywords or from an unsaved object (POST `/calling/calls`).

        `answer_timeout` is in milliseconds. `recording_enabled` is known from older clients; the published
        definition has it in responses only.

        Returns:
            The id of the call, which is STARTED until it is answered.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            ConnectionFailedError: with outcome UNKNOWN it may have been made: it is not made again by itself.
        """
        return self._create(spec.CREATE, call, fields)

    def get(self, call_id: str) -> Call:
        """Get the call with this id (GET `/calling/calls/{id}`).

        Raises:
            NotFoundError: it does not exist.
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
            NotFoundError: it does not exist.
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

    def digits_collectors(self, call_id: str) -> DigitsCollectorResource:
        """Return the resource of a call's digits collectors.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._sync.resources.digits_collectors import DigitsCollectorResource

        return DigitsCollectorResource(self._client, call_id)


Call.Resource = CallResource
