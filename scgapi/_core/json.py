"""JSON values of unknown shape: type guards, and a parser that accepts any bytes."""

from __future__ import annotations

import functools
import json
import logging
import math
import re
from typing import TypeGuard

log = logging.getLogger("scgapi.responses")

MAX_DEPTH = 200
"""Levels of nesting that are parsed; pydantic's parser has the same limit."""

_MAX_DIGITS = 4300
"""Digits of an integer that Python converts by default."""
# The closing quote is optional, or an unclosed string would be scanned again from each quote in it.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Return True if a parsed JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[object]]:
    """Return True if a parsed JSON value is an array."""
    return isinstance(value, list)


def is_sequence(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """Return True if a value is a list or tuple, which JSON writes as an array."""
    return isinstance(value, list | tuple)


def is_integer(value: object) -> TypeGuard[int]:
    """Return True if a parsed JSON value is an integer; a bool, an int to Python, is not."""
    return isinstance(value, int) and not isinstance(value, bool)


def parse(content: bytes | str) -> object:
    """Parse JSON so that one unusual value does not make the rest unreadable.

    Numbers that Python cannot hold, and values nested deeper than `MAX_DEPTH`, become their JSON text; invalid UTF-8 is
    replaced. Each kind is logged once.

    Raises:
        ValueError: the content is not JSON. The error holds the content, so do not chain it.
    """
    text = content if isinstance(content, str) else _decode(content)
    try:
        value = _load(text)
        if not _is_deeper_than(value, MAX_DEPTH):
            return value
    except RecursionError:
        # Nested even deeper.
        pass
    return _load(_flatten(text))


def parse_object(content: bytes | str) -> dict[str, object]:
    """Return the JSON object in a text; an empty one for anything else."""
    try:
        value = parse(content)
    except ValueError:
        return {}
    return value if is_object(value) else {}


def _load(text: str) -> object:
    value: object = json.loads(text, parse_int=_parse_integer, parse_float=_parse_float)
    return value


def _decode(content: bytes) -> str:
    encoding = json.detect_encoding(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        # Reported below: the error holds the content.
        pass
    _report("bytes that are not text, replaced by U+FFFD")
    return content.decode(encoding, "replace")


def _parse_integer(text: str) -> int | str:
    if len(text) <= _MAX_DIGITS:
        try:
            return int(text)
        except ValueError:
            # The program has set a lower limit.
            pass
    _report("a number that is too large, kept as its text")
    return text


def _parse_float(text: str) -> float | str:
    value = float(text)
    if math.isfinite(value):
        return value
    _report("a number that is too large, kept as its text")
    return text


def _is_deeper_than(value: object, levels: int) -> bool:
    """Return True if the value is nested deeper than `levels`."""
    if is_array(value):
        return not levels or any(_is_deeper_than(item, levels - 1) for item in value)
    if is_object(value):
        return not levels or any(_is_deeper_than(item, levels - 1) for item in value.values())
    return False


def _flatten(text: str) -> str:
    """Return the JSON with values that are nested too deep replaced by strings of their text."""
    pieces: list[str] = []
    level, start, end = 0, 0, 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            level += 1
            if level == MAX_DEPTH + 1:
                start = token.start()
        elif token[0] in "]}":
            if level == MAX_DEPTH + 1:
                pieces += text[end:start], json.dumps(text[start : token.end()])
                end = token.end()
            level -= 1
    if level > MAX_DEPTH:
        raise ValueError("brackets without end")
    _report("a value that is nested too deep, kept as its text")
    return "".join((*pieces, text[end:]))


@functools.cache
def _report(what: str) -> None:
    """Log a warning once per process, so that a long listing does not write a line for each object."""
    log.warning("a response contained %s (logged once)", what)
