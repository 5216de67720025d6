"""Updates that met another version: an earlier attempt of our own, or somebody else's change."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from scgapi._core.doubt import is_in_doubt
from scgapi._core.json import is_array, is_object, object_in
from scgapi._core.request import Request
from scgapi.errors import ConflictError, ScgError

VERSION = "version_number"


def worth_reading_back(error: ScgError) -> bool:
    """Whether the object itself can tell what a failed update came to."""
    return is_in_doubt(error) or (isinstance(error, ConflictError) and error.code == "1001")


def reading_of(request: Request) -> Request:
    """The request that reads what an update would change: the same URL, by GET."""
    operation = dataclasses.replace(
        request.operation, name=f"{request.operation.name} (reading back)", method="GET", body=None
    )
    return Request(operation, request.url)


def was_applied(request: Request, current: bytes) -> bool:
    """Whether the object is one version on and holds all that the update sent (`current`: as read back)."""
    sent, found = _sent(request), object_in(current)
    mine, theirs = _number(sent.pop(VERSION, None)), _number(found.get(VERSION))
    if mine is None or theirs != mine + 1:
        return False
    return all(_same(value, found.get(name)) for name, value in sent.items())


def conflict(request: Request, current: bytes, found: ConflictError) -> ConflictError:
    """The conflict with both versions, so far as they are known."""
    found.version = _number(_sent(request).get(VERSION))
    found.current_version = _number(object_in(current).get(VERSION))
    return found


def _sent(request: Request) -> dict[str, object]:
    return object_in(request.content) if isinstance(request.content, bytes) else {}


def _same(sent: object, found: object) -> bool:
    """Whether two JSON values say the same: times go as text and come as epoch milliseconds."""
    if is_object(sent) and is_object(found):
        return all(_same(value, found.get(name)) for name, value in sent.items())
    if is_array(sent) and is_array(found):
        return len(sent) == len(found) and all(map(_same, sent, found))
    if isinstance(sent, str) and isinstance(found, int):
        return _milliseconds(sent) == found
    return sent == found


def _milliseconds(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)


def _number(value: object) -> int | None:
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isdecimal() and len(text) < 20 else None
