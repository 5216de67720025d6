"""Updates that were rejected as stale: by an earlier attempt of the same call, or by a concurrent change."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from scgapi._core import error_codes
from scgapi._core.doubt import is_in_doubt
from scgapi._core.json import is_array, is_object, parse_object
from scgapi._core.request import Request
from scgapi.errors import ConflictError, ScgError

VERSION = "version_number"

WRITE_ONLY_FIELDS = frozenset(
    {
        "credentials",
        "dr_required",
        "keep_sender_address",
        "operators",
        "register_method",
        "register_number",
        "role",
        "two_way_required",
        "use_case",
        "verification_code",
    }
)
"""Fields of updates that responses do not have."""


def needs_read_back(error: ScgError) -> bool:
    """Return True if reading the object back can show whether a failed update was applied."""
    return is_in_doubt(error) or (
        isinstance(error, ConflictError) and error.code == error_codes.STALE_VERSION
    )


def build_read_back(request: Request) -> Request:
    """Build the request that reads the object of an update: a GET of the same URL."""
    operation = dataclasses.replace(
        request.operation, name=f"{request.operation.name} (reading back)", method="GET", body=None
    )
    return Request(operation, request.url)


def was_applied(request: Request, current: bytes) -> bool:
    """Return True if the object read back is one version later and has the update's values.

    Write-only fields are not compared if they are absent. Without any other field the result is False.
    """
    sent, found = _sent_fields(request), parse_object(current)
    mine, theirs = _parse_version(sent.pop(VERSION, None)), _parse_version(found.get(VERSION))
    if mine is None or theirs != mine + 1:
        return False
    shown = [name for name in sent if name not in WRITE_ONLY_FIELDS or found.get(name) is not None]
    return bool(shown) and all(_equal(sent[name], found.get(name)) for name in shown)


def add_versions(request: Request, current: bytes, found: ConflictError) -> ConflictError:
    """Add both versions to a conflict, as far as they are known."""
    found.version = _parse_version(_sent_fields(request).get(VERSION))
    found.current_version = _parse_version(parse_object(current).get(VERSION))
    return found


def _sent_fields(request: Request) -> dict[str, object]:
    return parse_object(request.content) if isinstance(request.content, bytes) else {}


def _equal(sent: object, found: object) -> bool:
    """Compare two JSON values; times and some numbers are strings in requests and numbers in responses."""
    if is_object(sent) and is_object(found):
        return all(_equal(value, found.get(name)) for name, value in sent.items())
    if is_array(sent) and is_array(found):
        return len(sent) == len(found) and all(map(_equal, sent, found))
    if isinstance(sent, bool) or isinstance(found, bool):
        return sent is found
    if isinstance(sent, str) and isinstance(found, int):
        return sent == str(found) or _milliseconds(sent) == found
    return sent == found


def _milliseconds(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)


def _parse_version(value: object) -> int | None:
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isdecimal() and len(text) < 20 else None
