"""Known values of open enumerations: other values are sent, with a warning that names the nearest known one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Literal, get_args, get_origin

from scgapi._core.json import is_sequence
from scgapi._core.text import mask_numbers

log = logging.getLogger("scgapi.arguments")

_WORD = re.compile(r"[A-Za-z0-9_.-]{0,32}")
_MAX_WARNINGS = 1000
_warned: set[tuple[str, str, str]] = set()


def known_values(hints: Mapping[str, object]) -> dict[str, frozenset[str]]:
    """Return the known values of each field with an open enumeration."""
    found = {name: frozenset(_literals_in(hint)) for name, hint in hints.items()}
    return {name: values for name, values in found.items() if values}


def warn_of_unknown_values(
    operation: str, known: Mapping[str, frozenset[str]], fields: Mapping[str, object]
) -> None:
    """Log a warning, once per process, for each unknown value of an open enumeration."""
    for name in known.keys() & fields.keys():
        for value in _strings_in(fields[name]):
            mark = (operation, name, value)
            if value in known[name] or mark in _warned or len(_warned) >= _MAX_WARNINGS:
                continue
            _warned.add(mark)
            # Imported here because it takes milliseconds to load and only mistakes need it.
            from difflib import get_close_matches

            near = get_close_matches(value.upper(), known[name], n=1) or get_close_matches(
                value, known[name], n=1
            )
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known[name]))}."
            # A text that was meant for another field may be private.
            shown = repr(mask_numbers(value)) if _WORD.fullmatch(value) else "a text"
            log.warning("%s: %s=%s is not a known value; %s Sent as it is.", operation, name, shown, hint)


def _literals_in(hint: object) -> Iterator[str]:
    if get_origin(hint) is Literal:
        yield from (value for value in get_args(hint) if isinstance(value, str))
        return
    for argument in get_args(hint):
        yield from _literals_in(argument)


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_sequence(value):
        yield from (item for item in value if isinstance(item, str))
