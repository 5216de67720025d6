"""Calls: one party each, made by the application or come in from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from scgapi._async.audio import AsyncAudioObject, AsyncAudioResource
from scgapi._async.objects import AsyncUpdatable, operations
from scgapi._async.pager import AsyncPager
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
    from scgapi._async.resources.digits_collectors import AsyncDigitsCollectorResource


@operations(refresh=spec.GET, update=spec.UPDATE, delete=spec.DELETE, play_audio=spec.PLAY_AUDIO)
class AsyncCall(AsyncAudioObject, AsyncUpdatable, CallData):
    """A call with one party: `/calling/calls/{id}`.

    Several are joined by a bridge or a conference. `update()` saves `state`, the only field that can change, without a
    version; `accept()` and `hang_up()` set it by name. A BadRequestError means that the call cannot take that state.
    """

    Resource: ClassVar[type[AsyncCallResource]]

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[CallFields]) -> None: ...

    async def hang_up(self) -> None:
        """End the call and read it again (POST `/calling/calls/{id}`, state COMPLETED).

        Raises:
            BadRequestError: the call has ended already.
        """
        await AsyncCallResource(self._scg).hang_up(self.id)
        await self.refresh()

    async def accept(self) -> None:
        """Answer an incoming call and read it again (POST `/calling/calls/{id}`, state ACTIVE).

        Raises:
            BadRequestError: the call is not one that came in, or does not ring any more.
        """
        await AsyncCallResource(self._scg).accept(self.id)
        await self.refresh()

    async def play_dtmf(self, **tones: Unpack[Tones]) -> None:
        """Play the tones of the keys in `dtmf_text` (POST `/calling/calls/{id}/play_dtmf`)."""
        await AsyncCallResource(self._scg).play_dtmf(self.id, **tones)

    async def play_tts(self, **speech: Unpack[LoopedSpeech]) -> None:
        """Speak a text; see the resource's `play_tts()` (POST `/calling/calls/{id}/play_tts`)."""
        await AsyncCallResource(self._scg).play_tts(self.id, **speech)

    def digits_collectors(self) -> AsyncDigitsCollectorResource:
        """Return the resource of this call's digits collectors."""
        return AsyncCallResource(self._scg).digits_collectors(self.id)


class AsyncCallResource(AsyncAudioResource):
    """Calls, through one client: `client.calls`."""

    _PLAY_AUDIO = spec.PLAY_AUDIO

    def list(self, **filters: Unpack[CallFilters]) -> AsyncPager[AsyncCall]:
        """List calls that match all filters, or all calls (GET `/calling/calls`).

        Lazy: pages of `limit` objects are fetched as they are consumed.

        Raises:
            InvalidArgumentError: a filter is unknown or of a wrong type.
        """
        return self._list(AsyncCall, spec.LIST, options=filters)

    async def create(self, call: CallData | None = None, /, **fields: Unpack[CallCreate]) -> str:
        """Call somebody, from keywords or from an unsaved object (POST `/calling/calls`).

        `answer_timeout` is in milliseconds. `recording_enabled` is known from older clients; the published
        definition has it in responses only.

        Returns:
            The id of the call, which is STARTED until it is answered.

        Raises:
            InvalidArgumentError: a field is unknown, missing or of a wrong type; nothing was sent.
            ConnectionFailedError: with outcome UNKNOWN it may have been made: it is not made again by itself.
        """
        return await self._create(spec.CREATE, call, fields)

    async def get(self, call_id: str) -> AsyncCall:
        """Get the call with this id (GET `/calling/calls/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        return await self._get(AsyncCall, spec.GET, call_id)

    async def update(self, call_id: str, **fields: Unpack[CallUpdate]) -> None:
        """Give the call another `state`; `accept()` and `hang_up()` do so by name (POST `/calling/calls/{id}`).

        Raises:
            BadRequestError: the call cannot take that state.
            NotFoundError: there is no such call.
        """
        await self._send(spec.UPDATE, call_id, fields=fields)

    async def delete(self, call_id: str) -> None:
        """Delete the call (DELETE `/calling/calls/{id}`).

        Raises:
            NotFoundError: it does not exist.
        """
        await self._send(spec.DELETE, call_id)

    async def hang_up(self, call_id: str) -> None:
        """End the call (POST `/calling/calls/{id}`, state COMPLETED).

        That this state does it is known from older clients.

        Raises:
            BadRequestError: the call has ended already.
            NotFoundError: there is no such call.
        """
        await self._send(spec.HANG_UP, call_id, fields={"state": "COMPLETED"})

    async def accept(self, call_id: str) -> None:
        """Answer a call that came in (POST `/calling/calls/{id}`, state ACTIVE).

        That this state does it is known from the published samples.

        Raises:
            BadRequestError: the call is not one that came in, or does not ring any more.
            NotFoundError: there is no such call.
        """
        await self._send(spec.ACCEPT, call_id, fields={"state": "ACTIVE"})

    async def play_dtmf(self, call_id: str, **tones: Unpack[Tones]) -> None:
        """Play the tones of the keys in `dtmf_text` to the other party (POST `/calling/calls/{id}/play_dtmf`).

        Raises:
            BadRequestError: the call is not ACTIVE.
            NotFoundError: there is no such call.
        """
        await self._send(spec.PLAY_DTMF, call_id, fields=tones)

    async def play_tts(self, call_id: str, **speech: Unpack[LoopedSpeech]) -> None:
        """Speak a text to the other party (POST `/calling/calls/{id}/play_tts`).

        Args:
            call_id: the call.
            **speech: `text`, plain or SSML; `voice`, or `language` and `gender`; `loop_enabled` repeats it
                `loop_count` times.

        Raises:
            BadRequestError: the call is not ACTIVE.
            NotFoundError: there is no such call.
        """
        await self._send(spec.PLAY_TTS, call_id, fields=speech)

    def digits_collectors(self, call_id: str) -> AsyncDigitsCollectorResource:
        """Return the resource of a call's digits collectors.

        Raises:
            InvalidArgumentError: the id is empty.
        """
        from scgapi._async.resources.digits_collectors import AsyncDigitsCollectorResource

        return AsyncDigitsCollectorResource(self._client, call_id)


AsyncCall.Resource = AsyncCallResource
