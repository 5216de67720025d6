"""Calls: one party each, made by the application or come in from outside."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from scgapi._core.json import is_array
from scgapi._core.operation import Operation
from scgapi.models._base import ResourceModel
from scgapi.models._fields import HIDDEN, DateFilter, IntFilter, ListOptions, TextFilter, Timestamp

CallState = Literal["STARTED", "ACTIVE", "REJECTED", "COMPLETED"] | str
CallDirection = Literal["IN", "OUT"] | str
Gender = Literal["female", "male"] | str
AudioSource = Literal["ATTACHMENT", "URL"] | str


def _single(value: object) -> object:
    """The definition calls the end of a call a list; older clients read one point in time."""
    return value[0] if is_array(value) and len(value) == 1 else value


class CallData(ResourceModel):
    """A call's fields (GET `/calling/calls/{id}`)."""

    external_id: str | None = None
    """Your own id of the call."""
    from_: Annotated[str | None, Field(validation_alias="from", serialization_alias="from", repr=False)] = (
        None
    )
    """The sender id that the call is made from. `from` on the wire."""
    to: Annotated[str | None, HIDDEN] = None
    """Who is called: a number, or a contact."""
    answer_timeout: int | None = None
    """Milliseconds that the gateway waits for an answer."""
    bridge_id: str | None = None
    """The bridge that the call is in."""
    recording_enabled: bool | None = None
    """Whether the call is recorded."""
    state: CallState | None = None
    """STARTED while it rings, ACTIVE once answered, then COMPLETED; REJECTED if nobody answered."""
    from_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address of the calling party."""
    to_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address that was called, where `to` is a contact."""
    direction: Final[Annotated[CallDirection | None, Field(default=None)]]
    """OUT for calls that the application made, IN for those that came in."""
    start_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    answer_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    end_time: Final[Annotated[Timestamp | None, BeforeValidator(_single), Field(default=None)]]
    chargeable_duration: Final[Annotated[int | None, Field(default=None)]]
    """Seconds."""
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    failure_details: Final[Annotated[str | int | None, Field(default=None)]]
    """A text in practice; the definition says a number."""
    destination_country: Final[Annotated[str | None, Field(default=None)]]
    recordings: Final[Annotated[list[str] | None, Field(default=None, repr=False)]]


class CallOptions(TypedDict, total=False):
    """What may be said of a call that is made."""

    external_id: str | None
    answer_timeout: int | None
    bridge_id: str | None
    recording_enabled: bool | None


class CallFields(CallOptions, total=False):
    """The fields of a call that can be set."""

    from_: str
    to: str
    state: CallState


class CallCreate(CallOptions, total=False):
    """What a call is made from. `answer_timeout` is in milliseconds."""

    from_: Required[str]
    to: Required[str]


class CallUpdate(TypedDict):
    """The state that a call is to take: ACTIVE accepts it, COMPLETED ends it."""

    state: CallState


class CallFilters(ListOptions, total=False):
    """What calls can be found by; see `ListOptions` for the rest."""

    id: TextFilter
    external_id: TextFilter
    from_: TextFilter
    from_address: TextFilter
    to: TextFilter
    to_address: TextFilter
    answer_timeout: IntFilter
    state: TextFilter
    direction: TextFilter
    start_time: DateFilter
    answer_time: DateFilter
    created_date: DateFilter
    last_updated_date: DateFilter


class Tones(TypedDict):
    """The keys whose tones are played."""

    dtmf_text: Annotated[str, Field(alias="dtmfText")]


class Speech(TypedDict, total=False):
    """What is spoken, and how. A `voice` implies language and gender."""

    text: Required[str]
    language: str | None
    gender: Gender | None
    voice: str | None


class LoopedSpeech(Speech, total=False):
    """What is spoken, and how often."""

    loop_enabled: Annotated[bool | None, Field(alias="loopEnabled")]
    loop_count: Annotated[int | None, Field(alias="loopCount")]


class Audio(TypedDict):
    """What is played: an attachment's id or a URL, and which of the two."""

    source_type: AudioSource
    source: str


LIST = Operation("calls.list", "GET", "/calling/calls", query=CallFilters)
CREATE = Operation("calls.create", "POST", "/calling/calls", body=CallCreate)
GET = Operation("calls.get", "GET", "/calling/calls/{call_id}")
UPDATE = Operation("calls.update", "POST", "/calling/calls/{call_id}", body=CallUpdate)
DELETE = Operation("calls.delete", "DELETE", "/calling/calls/{call_id}")
PLAY_DTMF = Operation("calls.play_dtmf", "POST", "/calling/calls/{call_id}/play_dtmf", body=Tones)
PLAY_TTS = Operation("calls.play_tts", "POST", "/calling/calls/{call_id}/play_tts", body=LoopedSpeech)
PLAY_AUDIO = Operation("calls.play_audio", "POST", "/calling/calls/{call_id}/play_audio", body=Audio)
HANG_UP = Operation("calls.hang_up", "POST", "/calling/calls/{call_id}", body=CallUpdate)
ACCEPT = Operation("calls.accept", "POST", "/calling/calls/{call_id}", body=CallUpdate)
