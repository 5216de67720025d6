"""Parse the JSON that the gateway posts, or writes into files, into events."""

from __future__ import annotations

import functools
import json
import logging
import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import from_json

from scgapi._core.json import is_array, is_object
from scgapi._core.tracebacks import trim_traceback
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

_log = logging.getLogger("scgapi.events")

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
_MAX_DEPTH = 200
"""Nesting that is read, the limit of pydantic's JSON parser, which is tried first."""
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NOT_BLANK = re.compile(r"[^ \t\r\n]")
_MAX_DIGITS = 4300
"""Digits of an integer that Python converts by default."""
_MAX_ERRORS = 50
"""Errors in one batch after which the rest of it is not read."""


@trim_traceback
def parse(data: bytes | str | Mapping[str, object]) -> Event:
    """Return the event in a body, or in decoded JSON.

    A malformed field is left out of the event, and is reported once by a log warning; `raw` has it.

    Raises:
        EventError: it is not an event: not JSON, not an object, without a type, or XML.
    """
    return _event(dict(data) if isinstance(data, Mapping) else _decode(data))


@trim_traceback
def parse_batch(data: bytes | str | Iterable[Mapping[str, object]]) -> list[Event]:
    """Return the events in a file of scheduled delivery: a JSON array, one event a line, or a single one.

    Raises:
        EventError: one of them is not an event; the message says which.
    """
    events, problems = parse_rows(data)
    if problems:
        raise problems[0]
    return events


def parse_rows(data: bytes | str | Iterable[Mapping[str, object]]) -> tuple[list[Event], list[EventError]]:
    """Return the events in a batch, and the errors of its other items.

    Raises:
        EventError: it is no batch.
    """
    rows, is_batch = _rows(data)
    events, problems = list[Event](), list[EventError]()
    for number, row in enumerate(rows, 1):
        try:
            if isinstance(row, EventError):
                raise row
            events.append(_event(row))
        except EventError as error:
            prefix = f"event {number} of a batch: " if is_batch else ""
            problems.append(EventError(prefix + error.message))
            if len(problems) == _MAX_ERRORS:
                break
    return events, problems


def _rows(data: bytes | str | Iterable[Mapping[str, object]]) -> tuple[list[object], bool]:
    if not isinstance(data, bytes | str):
        return [{**row} for row in data], True
    try:
        value = _decode(data)
    except EventError:
        rows = _lines(_text(data))
        if len(rows) < 2:
            raise
        return rows, True
    return (value, True) if is_array(value) else ([value], False)


def _lines(text: str) -> list[object]:
    """Decode one value per line, an EventError if that fails. A text in a value may contain raw line breaks."""
    rows, start, problems = list[object](), 0, 0
    while problems < _MAX_ERRORS and (start := _skip_blanks(text, start)) < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        try:
            rows.append(_decode(text[start:end]))
        except EventError as error:
            try:
                value, end = _LENIENT.raw_decode(text, start)
                rows.append(_replace_surrogates(value, _MAX_DEPTH))
            except (ValueError, RecursionError):
                rows.append(error)
                problems += 1
        start = end
    return rows


def _skip_blanks(text: str, start: int) -> int:
    """Return the position of the next character that is not blank."""
    found = _NOT_BLANK.search(text, start)
    return found.start() if found else len(text)


def _event(value: object) -> Event:
    if not is_object(value):
        raise EventError("an event is a JSON object, and this is not one")
    envelope = _normalize_names(value)
    inner = envelope.get("event")
    if is_object(inner):
        named = _normalize_names(inner)
        fields = named.get("fld_val_list")
        event_type, timestamp = named.get("evt_tp"), named.get("timestamp")
    # Otherwise the form that carriers use: {id, topicID, fields}.
    else:
        fields = envelope.get("fields")
        event_type, timestamp = envelope.get("evt_tp"), envelope.get("timestamp")
    if fields is not None and not is_object(fields):
        raise EventError("the fields of an event are a JSON object, and these are none")
    known = _normalize_names(fields or {})
    if event_type is None and not is_object(inner):
        event_type = _guess_type(known) or (
            "unknown" if is_object(fields) and envelope.get("topicID") else None
        )
    if not isinstance(event_type, str) or not event_type.strip():
        raise EventError(
            "an event has a type (evt-tp), and this has none; is it an event of the gateway at all?"
        )
    event_type = event_type.strip()
    plain = re.sub(r"[\s-]+", "_", event_type.lower())
    plain = _SPELLINGS.get(plain, plain)
    event_type = plain if plain in _KINDS else event_type
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
            return _load_event(kind, {**known, **head})
        except EventError as error:
            _log.warning("%s; it is handed on as unknown", error.message)
    shared = {name: known.get(name) for name in ("application_id", "company_id")}
    return _load_event(UnknownEvent, {**shared, **head, "fields": fields or {}})


def _guess_type(fields: Mapping[str, object]) -> str | None:
    """Return the type of an event that lacks it, where its fields leave no doubt."""
    if "message_id" in fields:
        return "message_state_change" if "new_state" in fields else "mo_message_received"
    if "collect_id" in fields:
        return "collector_state_change"
    if "new_state" not in fields:
        return None
    if "call_id" in fields:
        return "call_state_change"
    return "message_request_state_change" if "message_request_id" in fields else None


def _load_event(kind: type[E], values: Mapping[str, object]) -> E:
    """Return the event without its malformed fields.

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
    """Log a malformed field, once for each field: many events must not make many log lines."""
    _log.warning("%s.%s was malformed and is left out (logged once)", kind.__name__, name)


def _normalize_names(names: Mapping[str, object]) -> dict[str, object]:
    """Return the values by names with underscores: samples mix underscores and hyphens.

    Of two spellings of one name the one that says something counts.
    """
    found: dict[str, object] = {}
    for name, value in names.items():
        plain = name.replace("-", "_")
        if plain not in found or value not in (None, ""):
            found[plain] = value
    return found


def _decode(data: bytes | str) -> object:
    try:
        value: object = from_json(data)
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
    # A surrogate, a stray byte, a raw line break in a text or an endless number must not lose the whole event.
    try:
        return _replace_surrogates(_LENIENT.decode(text), _MAX_DEPTH)
    except (ValueError, RecursionError):
        # Raised below, without this error as its context, which contains the content.
        pass
    raise EventError("an event is JSON, and this is not")


def _text(data: bytes | str) -> str:
    text = data.decode(json.detect_encoding(data), "replace") if isinstance(data, bytes) else data
    return text.removeprefix("\ufeff")


def _integer(digits: str) -> int | str:
    """Return the number, or its digits if Python refuses to convert so many."""
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


_LENIENT = json.JSONDecoder(strict=False, parse_int=_integer)


def _replace_surrogates(value: object, depth: int) -> object:
    """Return the value without surrogates, which cannot be encoded."""
    if not depth:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if is_array(value):
        return [_replace_surrogates(item, depth - 1) for item in value]
    if is_object(value):
        return {
            _SURROGATES.sub("\ufffd", name): _replace_surrogates(item, depth - 1)
            for name, item in value.items()
        }
    return value
