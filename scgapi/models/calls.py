"""Calls: one party each, made by the application or come in from outside."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Required

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from scgapi._core.json import is_array
from scgapi._core.model.base import ResourceModel
from scgapi._core.model.fields import (
    SENSITIVE,
    ChoiceFilter,
    DateFilter,
    IntFilter,
    ListOptions,
    TextFilter,
    Timestamp,
)
from scgapi._core.operation import Operation

CallState = Literal["STARTED", "ACTIVE", "REJECTED", "COMPLETED"] | str
CallDirection = Literal["IN", "OUT"] | str
Gender = Literal["female", "male"] | str
AudioSource = Literal["ATTACHMENT", "URL"] | str


def _single(value: object) -> object:
    """Unpack a list of one time: the definition calls the end of a call a list, the 2017 SDKs read one time."""
    return value[0] if is_array(value) and len(value) == 1 else value


class CallData(ResourceModel):
    """A call's fields (GET `/calling/calls/{id}`)."""

    external_id: str | None = None
    """Your own id of the call."""
    from_: Annotated[str | None, Field(validation_alias="from", serialization_alias="from", repr=False)] = (
        None
    )
    """The sender id that the call is made from. `from` in JSON."""
    to: Annotated[str | None, SENSITIVE] = None
    """Callee: a number, or a contact."""
    answer_timeout: int | None = None
    """Time that the gateway lets the call ring, in milliseconds."""
    bridge_id: str | None = None
    """The bridge that the call is in."""
    recording_enabled: bool | None = None
    """True if the call is recorded."""
    state: CallState | None = None
    """State: STARTED (ringing), ACTIVE (answered), COMPLETED, or REJECTED (not answered)."""
    from_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address of the calling party."""
    to_address: Final[Annotated[str | None, Field(default=None, repr=False)]]
    """The address that was called, where `to` is a contact."""
    direction: Final[Annotated[CallDirection | None, Field(default=None)]]
    """OUT for calls that the application made, IN for those that came in."""
    start_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when it began to ring, in UTC."""
    answer_time: Final[Annotated[Timestamp | None, Field(default=None)]]
    """Time when it was answered, in UTC."""
    end_time: Final[Annotated[Timestamp | None, BeforeValidator(_single), Field(default=None)]]
    """End time, in UTC."""
    chargeable_duration: Final[Annotated[int | None, Field(default=None)]]
    """Billed duration, in seconds."""
    failure_code: Final[Annotated[str | int | None, Field(default=None)]]
    """Code of the failure."""
    failure_details: Final[Annotated[str | int | None, Field(default=None)]]
    """Reason of the failure. A string in practice; the definition says a number."""
    destination_country: Final[Annotated[str | None, Field(default=None)]]
    """Country that was called."""
    recordings: Final[Annotated[list[str] | None, Field(default=None, repr=False)]]
    """Recordings of the call."""


class CallOptions(TypedDict, total=False):
    """Options of a call to make."""

    external_id: str | None
    """Your own id of the call."""
    answer_timeout: int | None
    """Time that the gateway lets the call ring, in milliseconds."""
    bridge_id: str | None
    """Id of the bridge to put the call in once it is answered."""
    recording_enabled: bool | None
    """True to record the call."""


class CallFields(CallOptions, total=False, closed=True):
    """The fields of a call that can be set."""

    from_: str
    """Sender id to call from. `from` in JSON."""
    to: str
    """Callee: a number such as `+15551234567`, or `contact:ID`."""
    state: CallState
    """State of the call."""


class CallCreate(CallOptions, total=False, closed=True):
    """Fields of a call to make. `answer_timeout` is in milliseconds."""

    from_: Required[str]
    """Sender id to call from: `sender_id:ID` or an address. `from` in JSON."""
    to: Required[str]
    """Callee: a number such as `+15551234567`, or `contact:ID`."""


class CallUpdate(TypedDict, closed=True):
    """The state that a call is to take: ACTIVE accepts it, COMPLETED ends it."""

    state: CallState
    """`ACTIVE` accepts an incoming call, `COMPLETED` ends a call."""


class CallFilters(ListOptions, total=False, closed=True):
    """Filters for calls; see `ListOptions` for the other keywords."""

    id: TextFilter
    """Id, or several of which any may match."""
    external_id: TextFilter
    """Your own id, or several."""
    from_: TextFilter
    """Caller as given: a sender id or address; or several."""
    from_address: TextFilter
    """Address that the call came from, or several."""
    to: TextFilter
    """Callee as given, or several."""
    to_address: TextFilter
    """Address that was called, or several."""
    answer_timeout: IntFilter
    """Time that the gateway lets the call ring, in milliseconds; or several."""
    state: ChoiceFilter[CallState]
    """State, such as `ACTIVE`; or several."""
    direction: ChoiceFilter[CallDirection]
    """`IN` or `OUT`."""
    start_time: DateFilter
    """Time of the first ring: one time, or a range `(from, to)` including both ends."""
    answer_time: DateFilter
    """Time when it was answered: one time, or a range `(from, to)` including both ends."""
    created_date: DateFilter
    """Time of creation: one time, or a range `(from, to)` including both ends."""
    last_updated_date: DateFilter
    """Time of the last change: one time, or a range `(from, to)` including both ends."""


class Tones(TypedDict, closed=True):
    """The keys whose tones are played."""

    dtmf_text: Annotated[str, Field(alias="dtmfText")]
    """Keys to press: digits, `*` and `#`."""


class _Speech(TypedDict, total=False):
    """Keys that Speech shares with LoopedSpeech."""

    text: Required[str]
    """Text to speak."""
    language: str | None
    """Language to speak, such as `en-US`."""
    gender: Gender | None
    """`female` or `male`."""
    voice: str | None
    """Voice that speaks, such as `matthew`."""


class Speech(_Speech, closed=True):
    """Text to speak, and the voice. A `voice` implies language and gender."""


class LoopedSpeech(_Speech, total=False, closed=True):
    """Text to speak, and the number of repetitions."""

    loop_enabled: Annotated[bool | None, Field(alias="loopEnabled")]
    """True to repeat the text."""
    loop_count: Annotated[int | None, Field(alias="loopCount")]
    """Number of times the text is repeated."""


class Audio(TypedDict):
    """Audio to play: an attachment's id or a URL, and the kind of the two."""

    source_type: AudioSource
    """`ATTACHMENT` or `URL`."""
    source: str
    """Id of the attachment, or the URL."""


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
