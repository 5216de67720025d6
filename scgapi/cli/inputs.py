"""What people type, as the client takes it: fields, filters, texts from a pipe, moments."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError
from typing_extensions import get_type_hints

from scgapi._core.model.fields import DateFilter, ListOptions
from scgapi._core.schema import api_name, get_schema
from scgapi._io.clock import time_of_day
from scgapi.cli.failures import UsageError

F = TypeVar("F", bound=Mapping[str, object])

STDIN = "\0stdin"
"""Stands for the word `-`: no argument of a process can hold it, so that it is never taken for an option."""

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
"""The gateway's unit of time; both ends of its ranges are included."""


def filters(kind: type[F], given: Iterable[str], **fixed: object) -> F:
    """Read `name=value` words as the filters of a listing. A name that is repeated means any of its values.

    Raises:
        UsageError: a filter is unknown or malformed.
    """
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, object] = {}
    for word in given:
        name, value = _split("--filter", word)
        if name in ListOptions.__annotations__:
            raise UsageError(f"--filter: unknown name {name!r}")
        python_name = get_schema(kind).names.get(name, name)
        if hints.get(python_name) == DateFilter:
            found[name] = _range(f"--filter {name}", value)
        elif name in found:
            before = found[name]
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[name] = value
    return _checked(kind, {**found, **fixed}, "--filter")


def fields(kind: type[F], given: Sequence[str], **defaults: object) -> F:
    """Read `name=text` and `name:=JSON` words as the fields of an object.

    Raises:
        UsageError: there are none, or one is unknown or malformed.
    """
    if not given:
        raise UsageError("give at least one field, as name=text or name:=JSON")
    found: dict[str, object] = {**defaults}
    for word in given:
        name, value = _split("field", word)
        if name.endswith(":"):
            found[name[:-1]] = json_value(value, name[:-1])
        else:
            found[name] = value
    return _checked(kind, found, "field")


def text_of(word: str) -> str:
    """Return the text, or what stdin holds for `-`, without the line end that the shell put there."""
    if word != STDIN:
        return word
    return sys.stdin.read().removesuffix("\n").removesuffix("\r")


def json_value(word: str, name: str) -> JsonValue:
    """Read a JSON value, from stdin for `-`.

    Raises:
        UsageError: it is not JSON.
    """
    try:
        value: JsonValue = json.loads(text_of(word))
    except ValueError as error:
        raise UsageError(f"{name}: not JSON: {error}") from None
    return value


def moment(word: str, name: str) -> datetime:
    """Read a moment such as `2026-05-01T09:30`: in this machine's time zone if it names no other.

    Raises:
        UsageError: it is not a time.
    """
    try:
        return datetime.fromisoformat(word).astimezone()
    except ValueError:
        raise UsageError(
            f"{name}: {word!r} is no time such as 2026-05-01T09:30 or 2026-05-01T09:30Z"
        ) from None


def future(word: str, name: str) -> datetime:
    """Read a moment that is still to come.

    Raises:
        UsageError: it is not a time, or it has passed.
    """
    found = moment(word, name)
    if found.timestamp() <= time_of_day():
        raise UsageError(f"{name}: {zoned(found)} is past; leave {name} out to send at once")
    return found


def zoned(found: datetime) -> str:
    """Return a moment with the zone that it is in."""
    zone, offset = found.tzname() or "", f"{found:%z}"
    shown = f"UTC{offset[:3]}:{offset[3:]}"
    return f"{found:%Y-%m-%d %H:%M:%S} {shown if zone in ('', 'UTC') or zone[0] in '+-' else f'{zone} ({shown})'}"


def _range(name: str, value: str) -> tuple[datetime, datetime]:
    """Read `from..to`, either of which may be left out, or one date or time. The whole day, minute or second counts.

    Raises:
        UsageError: it is neither.
    """
    first, is_range, last = value.partition("..")
    if not is_range:
        last = first
    elif not (first or last):
        raise UsageError(f"{name}: give from..to, from.. or ..to")
    begin = moment(first, name) if first else _EARLIEST
    end = moment(last, name) + _length(last) if last else _LATEST
    if end < begin:
        raise UsageError(f"{name}: {value!r} ends before it begins")
    return begin, end


def _length(word: str) -> timedelta:
    """Return how long the day, minute or second that was written lasts, up to its last millisecond."""
    if re.fullmatch(r"\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d)", word):
        day = datetime.fromisoformat(word)
        # Not 24 hours where the clocks change.
        return (day + timedelta(days=1)).astimezone() - day.astimezone() - _MILLISECOND
    time = re.split(r"[T ]", word)[-1]
    digits = len(re.sub(r"\D", "", re.split(r"[Z+-]", time)[0]))
    length = {2: timedelta(hours=1), 4: timedelta(minutes=1), 6: timedelta(seconds=1)}.get(digits)
    return length - _MILLISECOND if length else timedelta(0)


def _split(what: str, word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals or not name:
        raise UsageError(f"{what}: {word!r} is not of the form name=value")
    return api_name(name), value


def _checked(kind: type[F], values: Mapping[str, object], what: str) -> F:
    known = get_schema(kind).names
    own = [name for name in known if name not in ListOptions.__annotations__]
    for name in values:
        if name not in known:
            raise UsageError(f"{what}: unknown name {name!r}; it takes {', '.join(own)}")
    adapter: TypeAdapter[F] = TypeAdapter(kind)
    try:
        # Not strict: all that comes from a command line is text.
        return adapter.validate_python(values, strict=False)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise UsageError(f"{what} {first['loc'][0]}: {first['msg']}") from None
