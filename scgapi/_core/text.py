"""Encode values for URLs, and mask texts for errors and logs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TypeGuard
from urllib.parse import quote

from scgapi._core.json import is_sequence
from scgapi.errors import InvalidArgumentError

# Digits of any script, also escaped as in JSON, URLs or HTML.
_ESCAPED_DIGIT = r"\\u(?:003[0-9]|ff1[0-9]|066[0-9]|06f[0-9])|%3[0-9]|&\#(?:4[89]|5[0-7]);|&\#x3[0-9];"
_ESCAPED_MARK = (
    r"\\u(?:00(?:2[089def]|a0|ad)|20[0-6][0-9a-f]|2212|3000|fe63|ff0[89d-f]|feff)|\\[/t]"
    r"|%2[089def]|%c2%a[0d]|%e2%80%[89a][0-9a-f]|%e2%88%92|%e3%80%80"
    r"|&(?:nbsp|shy|[a-z]{2}space|[ne]dash|minus|sol|period|[lr]par);|&\#(?:3[2]|4[01567]|160|173|8\d{3});"
)
# Blanks, dashes, dots, slashes, brackets, underscores, and invisible characters.
_MARK = (
    r"[^\S\n\r]|[-._~/\\()\[\]\u00ad\u00b7\u058a\u2010-\u2015\u2022\u2024\u2027\u2043\u2044\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2064\u20e3\u2212\u2215\u2219\u30fb\ufe58\ufe63\uff08\uff09\uff0d\uff0e\uff0f\ufe0f\ufeff]"
)
# Never a phone number: ids of 22 letters and digits, UUIDs, 32 hexadecimal digits, dates.
_NOT_A_NUMBER = (
    r"(?:(?<![A-Za-z0-9])(?=[0-9]*[A-Za-z])(?:[A-Za-z0-9]{22}|[0-9a-f]{32}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![A-Za-z0-9])"
    r"|(?<![0-9])(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
)
_DIGIT = rf"(?!{_NOT_A_NUMBER})(?:\d|{_ESCAPED_DIGIT})"
_NUMBER = re.compile(
    rf"(?P<kept>{_NOT_A_NUMBER})|\+?{_DIGIT}(?:(?:{_MARK}|{_ESCAPED_MARK}){{0,6}}{_DIGIT}){{6,}}",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r'("(?:body|request_body|subject|text|token|access_?token|credentials|verification_code|secret|code'
    r"|(?:first|last|user)_?name|birth_date|sentence|digits|user_data|[a-z_]*email[a-z_]*|primary_addr_[a-z0-9]+"
    r'|primary_social_handle|line[12])"\s*:\s*)'
    r'"(?:[^"\\]|\\.)*"?',
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(r"\b(Bearer|Basic)\s+[^\s\"',;]+", re.IGNORECASE)
_MAX_PATH_CHARACTERS = 255
# Starts of JSON and PEM.
_CONTENT = re.compile(r"[{}\"]|-----")
_TOKEN = re.compile(r"[!-~]+")


def format_timestamp(moment: datetime) -> str:
    """Format a time as ISO 8601 in UTC with three decimals; the gateway would misread more as milliseconds."""
    moment = moment.astimezone(UTC)
    return f"{moment.year:04d}-{moment:%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def sanitize_text(text: str, max_length: int) -> str:
    """Return at most `max_length` characters of an untrusted text as one printable line."""
    start = text[:max_length]
    if not start.isprintable():
        start = "".join(map(_to_printable, start))
    return start + "…" if len(text) > max_length else start


def mask_numbers(text: str) -> str:
    """Mask every run of digits that could be a phone number, except for its last two characters.

    The digits may be of any script, escaped, next to letters, and separated by blanks, dashes and the like.
    """
    return _NUMBER.sub(_mask_run, text)


def mask_private_values(text: str) -> str:
    """Mask private values and credentials in JSON, which may be cut off."""
    return _CREDENTIALS.sub(r"\1 ***", _PRIVATE.sub(r'\1"***"', text))


def describe_path(path: object) -> str:
    """Return a path for an error; "…" if it looks like a file's content."""
    text = str(path)
    return (
        text
        if text.isprintable() and len(text) <= _MAX_PATH_CHARACTERS and not _CONTENT.search(text)
        else "…"
    )


def encode_path_segment(value: object, name: str, operation: str) -> str:
    """Percent-encode one id for a path.

    Raises:
        InvalidArgumentError: the id is not a string, is empty, or is a dot segment.
    """
    problem = None
    if not isinstance(value, str):
        problem = f"must be a str, got {'None' if value is None else type(value).__name__}"
    elif not value.strip():
        problem = "is empty"
    elif value in (".", ".."):
        problem = "is no id, but a step in a path"
    if problem is not None or not isinstance(value, str):
        raise InvalidArgumentError(
            f"{operation}: {name} {problem}: pass the object's id. Nothing was sent.",
            operation=operation,
            field=name.partition("[")[0],
        )
    return _percent_encode(value, name, operation)


def encode_query(values: Mapping[str, object]) -> str:
    """Encode filters as the gateway reads them: one parameter per field, several values separated by commas."""
    return "&".join(
        f"{_percent_encode(name, name, 'the query')}={_percent_encode(encode_query_value(value), name, 'the query')}"
        for name, value in values.items()
    )


def encode_query_value(value: object) -> str:
    """Format one filter value: `true`/`false`, ISO dates, `a,b` for lists and `[from,to]` for ranges."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return format_timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_sequence(value):
        joined = ",".join(map(encode_query_value, value))
        is_range = isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], datetime)
        return f"[{joined}]" if is_range else joined
    return str(value)


def _to_printable(character: str) -> str:
    """Replace control characters, which could forge log lines or drive a terminal, and lone surrogates."""
    if character.isprintable():
        return character
    return " " if character.isspace() else "\ufffd"


def _mask_run(found: re.Match[str]) -> str:
    run = found.group()
    return run if found["kept"] else f"***{run[-2:]}"


def _percent_encode(text: str, name: str, operation: str) -> str:
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        # Raised below: a chained error would hold the text.
        pass
    raise InvalidArgumentError(
        f"{operation}: {name} holds half of a surrogate pair, which a URL cannot hold: pass complete characters. "
        "Nothing was sent.",
        field=name,
    )


def is_token(value: object) -> TypeGuard[str]:
    """Return True for a string that a header can hold."""
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def is_id(value: object) -> TypeGuard[str]:
    """Return True for a possible id of an object: a printable string that is not blank."""
    return isinstance(value, str) and value.isprintable() and bool(value.strip())


def is_seconds(value: object) -> TypeGuard[int | float]:
    """Return True for a valid time or duration in seconds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15
