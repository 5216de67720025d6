"""How values are written into URLs and shown to people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TypeGuard
from urllib.parse import quote

from scgapi._core.json import is_sequence
from scgapi.errors import InvalidArgumentError

# A number may follow an escape, whose last letter is no part of a word: \n, \u003d, %2B.
_START = r"(?:(?<![A-Za-z0-9])|(?<=\\[bfnrt])|(?<=\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2}))"
_NUMBER = re.compile(_START + r"\+?\d[\d ().-]{5,18}\d(?![A-Za-z0-9])")


_PRIVATE = re.compile(
    r'("(?:body|request_body|subject|text|token|access_?token|credentials|verification_code|secret|code)"\s*:\s*)'
    r'"(?:[^"\\]|\\.)*"?',
    re.IGNORECASE,
)
_BEARER = re.compile(r"Bearer\s+[^\s\"',;]+", re.IGNORECASE)
_TOKEN = re.compile(r"[!-~]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def iso_milliseconds(moment: datetime) -> str:
    """ISO 8601 in UTC with exactly three decimals: more would be read as milliseconds by the gateway."""
    moment = moment.astimezone(UTC)
    return f"{moment.year:04d}-{moment:%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def masked(text: str) -> str:
    """The text with every run of digits that could be a phone number hidden but for its last two."""
    return _NUMBER.sub(_hidden, text)


def without_private_values(text: str) -> str:
    """JSON, whole or cut off, without the values that are nobody else's business, and without bearer tokens."""
    return _BEARER.sub("Bearer ***", _PRIVATE.sub(r'\1"***"', text))


def path_segment(value: object, name: str, operation: str) -> str:
    """Percent-encode one id for a path; refuse what would change which resource is meant."""
    if not isinstance(value, str) or not value.strip():
        kind = "an empty id" if isinstance(value, str) else f"{type(value).__name__} as an id"
        raise InvalidArgumentError(
            f"{operation}: {name} must be a non-empty string, got {kind}; nothing was sent",
            operation=operation,
            field=name,
        )
    if value in (".", ".."):
        raise InvalidArgumentError(
            f"{operation}: {name} may not be a dot segment; nothing was sent", operation=operation, field=name
        )
    return _quoted(value, name, operation)


def query_string(values: Mapping[str, object]) -> str:
    """Join filters as the gateway reads them: one parameter a field, several values as a comma list."""
    return "&".join(
        f"{_quoted(name, name, 'the query')}={_quoted(query_value(value), name, 'the query')}"
        for name, value in values.items()
    )


def query_value(value: object) -> str:
    """Write one filter value: `true`/`false`, ISO dates, `a,b` for lists and `[from,to]` for ranges."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return iso_milliseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_sequence(value):
        joined = ",".join(map(query_value, value))
        is_range = isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], datetime)
        return f"[{joined}]" if is_range else joined
    return str(value)


def _hidden(found: re.Match[str]) -> str:
    run = found.group()
    if _DATE.match(run):
        return run
    return f"***{run[-2:]}" if sum(map(str.isdigit, run)) >= 7 else run


def _quoted(text: str, name: str, operation: str) -> str:
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        pass  # raised below: the chained error would hold the text
    raise InvalidArgumentError(f"{operation}: {name} holds a half character; nothing was sent", field=name)


def is_token(value: object) -> TypeGuard[str]:
    """Whether a header can hold it."""
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def is_seconds(value: object) -> TypeGuard[int | float]:
    """Whether it is a time, or a length of time."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15
