"""Positions of sent phone numbers in a rejection, since errors mask the numbers themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scgapi._core.json import is_array, is_object, parse_object
from scgapi._core.response import Response

_NUMBER = re.compile(rb"\+?([0-9]{7,18})(?![0-9])")
_SENT_NUMBER = re.compile(r"(?:[a-z]{2,5}:)?\+?([0-9]{7,18})")


def locate_numbers(response: Response, sent: object) -> Response:
    """Prefix each sent number in a rejection with its position in the request's JSON, such as `to[37]: `."""
    positions = dict(_find_positions("", parse_object(sent))) if isinstance(sent, bytes) else {}

    def add_position(found: re.Match[bytes]) -> bytes:
        position = positions.get(found[1].decode())
        return found[0] if position is None else f"{position}: ".encode() + found[0]

    content = _NUMBER.sub(add_position, response.content) if positions else response.content
    return response._replace(content=content)


def _find_positions(path: str, value: object) -> Iterator[tuple[str, str]]:
    if is_object(value):
        for name, item in value.items():
            yield from _find_positions(f"{path}.{name}" if path else name, item)
    elif is_array(value):
        for index, item in enumerate(value):
            yield from _find_positions(f"{path}[{index}]", item)
    elif isinstance(value, str) and (number := _SENT_NUMBER.fullmatch(value)):
        yield number[1], path
