"""From what the gateway posts, or writes into files, to events. Nothing here reads or waits."""

from __future__ import annotations

import functools
import json
import logging
import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import JsonValue, ValidationError
from pydantic_core import from_json

from scgapi._core.json import is_array, is_object
from scgapi.errors import EventError
from scgapi.events.models import (
    BaseEvent,
    MessageReceived,
    MessageRequestStateChanged,
    MessageStateChanged,
    UnknownEvent,
)
from scgapi.events.voice import (
    BridgePlaybackChanged,
    BridgeTtsChanged,
    CallPlaybackChanged,
    CallReceived,
    CallStateChanged,
    CallTtsChanged,
    CollectorStateChanged,
    ConferenceMemberPlaybackChanged,
    ConferenceMemberStateChanged,
)

_log = logging.getLogger("scgapi")

E = TypeVar("E", bound=BaseEvent)

Event = (
    MessageStateChanged
    | MessageReceived
    | MessageRequestStateChanged
    | BridgePlaybackChanged
    | BridgeTtsChanged
    | CallPlaybackChanged
    | CallReceived
    | CallStateChanged
    | CallTtsChanged
    | CollectorStateChanged
    | ConferenceMemberPlaybackChanged
    | ConferenceMemberStateChanged
    | UnknownEvent
)
"""Any event: `match` on its class, or compare its `type`."""

_KINDS: dict[str, type[Event]] = {
    "message_state_change": MessageStateChanged,
    "mo_message_received": MessageReceived,
    "message_request_state_change": MessageRequestStateChanged,
    "bridge_playback_state_change": BridgePlaybackChanged,
    "bridge_tts_state_change": BridgeTtsChanged,
    "call_incoming_received": CallReceived,
    "call_playback_state_change": CallPlaybackChanged,
    "call_state_change": CallStateChanged,
    "call_tts_state_change": CallTtsChanged,
    "collector_state_change": CollectorStateChanged,
    "conference_member_play_state_change": ConferenceMemberPlaybackChanged,
    "conference_member_state_change": ConferenceMemberStateChanged,
}
_SPELLINGS = {"message_state_request_change": "message_request_state_change"}
_DEEPEST = 200  # as the parser has it that is tried first
_HALVES = re.compile(r"[\ud800-\udfff]")


def parse(data: bytes | str | Mapping[str, object]) -> Event:
    """The event in a body, or in JSON that was decoded already.

    A field that came malformed is absent from the event, and is reported once by a log warning; `raw` has it.

    Raises:
        EventError: it is no event: not JSON, no object, without a type, or XML.
    """
    return _event(dict(data) if isinstance(data, Mapping) else _decoded(data))


def parse_batch(data: bytes | str | Iterable[Mapping[str, object]]) -> list[Event]:
    """The events in a file of scheduled delivery: a JSON array, one event a line, or a single one.

    Raises:
        EventError: one of them is no event; the message says which.
    """
    events, problems = sorted_out(data)
    if problems:
        raise problems[0]
    return events


def sorted_out(data: bytes | str | Iterable[Mapping[str, object]]) -> tuple[list[Event], list[EventError]]:
    """The events in a batch, and what is wrong with what is none.

    Raises:
        EventError: it is no batch.
    """
    rows, is_batch = _rows(data)
    events, problems = list[Event](), list[EventError]()
    for number, row in enumerate(rows, 1):
        try:
            events.append(_event(_decoded(row) if isinstance(row, str) else row))
        except EventError as error:
            place = f"event {number} of a batch: " if is_batch else ""
            problems.append(EventError(place + error.message))
    return events, problems


def _rows(data: bytes | str | Iterable[Mapping[str, object]]) -> tuple[list[object], bool]:
    if not isinstance(data, bytes | str):
        return [{**row} for row in data], True
    try:
        value = _decoded(data)
    except EventError:
        lines = [line for line in _text(data).split("\n") if line.strip()]  # no other: texts may hold them
        if len(lines) < 2:
            raise
        return [*lines], True
    return (value, True) if is_array(value) else ([value], False)


def _event(value: object) -> Event:
    if not is_object(value):
        raise EventError("an event is a JSON object, and this is none")
    envelope = _plain(value)
    inner = envelope.get("event")
    if is_object(inner):
        named = _plain(inner)
        fields = named.get("fld_val_list")
        event_type, timestamp = named.get("evt_tp"), named.get("timestamp")
    else:  # the variant of the carriers: {id, topicID, fields}
        fields = envelope.get("fields")
        event_type, timestamp = envelope.get("evt_tp"), envelope.get("timestamp")
    if fields is not None and not is_object(fields):
        raise EventError("the fields of an event are a JSON object, and these are none")
    known = _plain(fields or {})
    if event_type is None and not is_object(inner):
        event_type = _guessed(known) or ("unknown" if is_object(fields) and envelope.get("topicID") else None)
    if not isinstance(event_type, str) or not event_type.strip():
        raise EventError(
            "an event has a type (evt-tp), and this has none; is it an event of the gateway at all?"
        )
    event_type = _SPELLINGS.get(event_type.strip(), event_type.strip())
    head = {
        "type": event_type,
        "id": envelope.get("event_id") or envelope.get("id"),
        "topic": envelope.get("topic") or envelope.get("topicID"),
        "attempt": envelope.get("attempt"),
        "timestamp": timestamp,
        "raw": value,
    }
    kind = _KINDS.get(event_type)
    if kind is not None:
        try:
            return _loaded(kind, {**known, **head})
        except EventError as error:
            _log.warning("%s; it is handed on as unknown", error.message)
    shared = {name: known.get(name) for name in ("application_id", "company_id")}
    return _loaded(UnknownEvent, {**shared, **head, "fields": fields or {}})


def _guessed(fields: Mapping[str, object]) -> str | None:
    """The type of an event that does not say it, where its fields leave no doubt."""
    if "message_id" in fields:
        return "message_state_change" if "new_state" in fields else "mo_message_received"
    if "collect_id" in fields:
        return "collector_state_change"
    if "new_state" not in fields:
        return None
    if "call_id" in fields:
        return "call_state_change"
    return "message_request_state_change" if "message_request_id" in fields else None


def _loaded(kind: type[E], values: Mapping[str, object]) -> E:
    """The event without the fields that came malformed.

    Raises:
        EventError: it cannot do without one of them.
    """
    sound = {name: value for name, value in values.items() if value is not None}
    while True:
        try:
            return kind.model_validate(sound)
        except ValidationError as invalid:
            broken = {
                str(error["loc"][0]) for error in invalid.errors(include_input=False, include_url=False)
            }
        if not broken <= sound.keys():
            missing = ", ".join(sorted(broken - sound.keys()))
            raise EventError(f"a {kind.__name__} event has no sound {missing}")
        for name in broken:
            _report(kind, name)
            del sound[name]


@functools.cache
def _report(kind: type[BaseEvent], name: str) -> None:
    """Once for each field: a storm of events must not be one of log lines."""
    _log.warning("%s.%s came malformed and is left out (said once)", kind.__name__, name)


def _plain(names: Mapping[str, object]) -> dict[str, object]:
    """The wire mixes hyphens and underscores, from sample to sample."""
    return {name.replace("-", "_"): value for name, value in names.items()}


def _decoded(data: bytes | str) -> object:
    try:
        value: object = from_json(data, allow_inf_nan=False)
    except ValueError:
        pass
    else:
        return value
    text = _text(data)
    if text.lstrip().startswith("<"):
        raise EventError(
            "this is XML, whose form the gateway's documentation does not give: "
            "set the delivery configuration's format to JSON"
        )
    try:  # half a character or a stray byte must not cost the whole event
        return _whole(json.loads(text, parse_constant=_refused), _DEEPEST)
    except (ValueError, RecursionError):
        pass  # raised below: the chained error would hold the content
    raise EventError("an event is JSON, and this is not")


def _text(data: bytes | str) -> str:
    return data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else data.removeprefix("\ufeff")


def _refused(_name: str) -> JsonValue:
    raise ValueError("not a number of JSON")


def _whole(value: object, depth: int) -> object:
    """The value without half characters, which cannot be stored or written anywhere."""
    if not depth:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if is_array(value):
        return [_whole(item, depth - 1) for item in value]
    if is_object(value):
        return {_HALVES.sub("\ufffd", name): _whole(item, depth - 1) for name, item in value.items()}
    return value
