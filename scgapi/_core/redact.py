"""Redact values of the request in its error: gateways and proxies repeat them in their responses."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from scgapi._core.json import is_array, is_object, parse_object
from scgapi._core.request import Request
from scgapi._core.text import mask_numbers, mask_private_values
from scgapi.errors import ApiError, PartialFailureError

_MIN_START_CHARACTERS = 8
"""Length of a repeated start of a sent text that is redacted, in characters."""
_MIN_PART_CHARACTERS = 16
"""Length of a repeated part of a sent text that is redacted, in characters."""
_MIN_SECRET_START_CHARACTERS = 12
"""Length of a repeated start of a secret that is redacted, in characters."""

# Fields whose values a support case needs and that do not describe a person.
_PUBLIC_NAME = re.compile(
    r"(?:.*_)?(?:id|ids|type|types|state|status|priority|language|method|methods|mime_types|(?<!birth_)date|time"
    r"|time_zone|timezone|format|limit|offset|sort|attachments|capabilities|countries|use_case|designation)_?"
)
# Constants such as NOT_CERTIFIED, ids, and addresses that are ids.
_PUBLIC_VALUE = re.compile(
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?:[a-z_]+:)?(?=[0-9]*[A-Za-z])[A-Za-z0-9]{22}|true|false|null"
)
# Fields of free text, whose values stay private even where they read like a constant ("GATE_CODE_4417").
_TEXT_NAME = re.compile(r"(?:.*_)?(?:body|content|message|subject|text|title|value)")
_CODES = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_VALUES = re.compile(r"""#set\([^=]{1,100}=\s*(?:"([^"]*)"|'((?:[^']|'')*)')""")
_CODE = re.compile(r"[A-Z_]{0,20}[0-9]{1,6}")

# Texts are compared by their letters and digits, because responses escape, quote and wrap the rest.
_ESCAPE = re.compile(
    r"(?:\\u[0-9a-f]{4})+|\\[bfnrt]|(?:%(?:25)*[0-9a-f]{2})+|&(?:\#[0-9]{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z0-9]")
_ESCAPED_PERCENT = re.compile(r"%(?:25)+(?=[0-9a-f]{2})", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-/:-@\[-`{-\x7f\s]+")


class _PrivateTexts(NamedTuple):
    """Texts to redact, each reduced to its letters and digits."""

    secrets: frozenset[str]
    texts: frozenset[str]


def redact(error: ApiError, request: Request, secrets: Iterable[str | None]) -> None:
    """Redact these secrets and the request's values in the parts of the error that come from the gateway."""
    known = (*secrets, *request.secrets)
    private = _PrivateTexts(
        frozenset(_letters(secret) for secret in known if secret and len(secret) >= _MIN_START_CHARACTERS),
        frozenset(_letters(form) for text in _sent_texts(request) for form in _forms(text)),
    )

    def redact_text(text: str, shown: str = "") -> str:
        kept = private._replace(texts=private.texts - {_letters(shown)}) if shown else private
        return _redact_text(text, kept)

    quoted = [error.description, error.headers.get("content-type")]
    if not (error.raw_code and _CODE.fullmatch(error.raw_code)):
        quoted.append(error.code)
        error.code = error.code and redact_text(mask_numbers(error.code))
        error.raw_code = error.raw_code and redact_text(mask_numbers(error.raw_code))
    error.description = error.description and redact_text(error.description)
    error.headers = {name: redact_text(value) for name, value in error.headers.items()}
    error.body = redact_text(error.body)
    if isinstance(error, PartialFailureError):
        shown: dict[str, str] = {}
        for name, value in error.errors.items():
            # Ids stay, for they say which items failed: a caller could not tell them apart otherwise.
            key = mask_numbers(mask_private_values(name))
            # What the key shows, its reason may show, too.
            reason = redact_text(value, key if key == name else "")
            # No failure gets lost where two names look the same now.
            shown[f"{key} ({len(shown) + 1})" if key in shown else key] = reason
        error.errors = shown
    # Only where the message quotes the gateway: its own words may be those of a text that was sent.
    for quotation in filter(None, quoted):
        before, found, after = error.message.rpartition(quotation)
        error.message = before + redact_text(mask_numbers(found)) + after
    error.message = _redact_text(error.message, _PrivateTexts(private.secrets, frozenset()))


def _sent_texts(request: Request) -> Iterator[str]:
    if "?" in request.url:
        for name, value in parse_qsl(urlsplit(request.url).query):
            yield from _texts(name, value.split(","))
    if isinstance(request.content, bytes):
        yield from _texts("", parse_object(request.content))
    elif request.content is not None:
        yield request.content.head.decode("utf-8", "replace")


def _texts(name: str, value: object, *, private: bool = False) -> Iterator[str]:
    if is_object(value):
        for key, item in value.items():
            yield from _texts(key, item, private=private or name == "credentials")
    elif is_array(value):
        for item in value:
            yield from _texts(name, item, private=private)
    elif isinstance(value, str) and (private or not _is_public(name, value)):
        yield value


def _is_public(name: str, value: str) -> bool:
    return bool(
        _PUBLIC_NAME.fullmatch(name) or (_PUBLIC_VALUE.fullmatch(value) and not _TEXT_NAME.fullmatch(name))
    )


def _forms(text: str) -> Iterator[str]:
    """Yield the text, its codes, its values for a template, and a long text with masked numbers."""
    yield text
    yield from _CODES.findall(text)
    yield from (value for pair in _VALUES.findall(text) for value in pair if value)
    hidden = mask_numbers(text)
    if hidden != text and len(_letters(hidden)) >= _MIN_START_CHARACTERS:
        yield hidden


def _letters(text: str) -> str:
    return _IGNORED.sub("", _ESCAPE.sub(_unescape, text).casefold())


def _unescape(found: re.Match[str]) -> str:
    escape = found.group()
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[0] == "%":
        return unquote(_ESCAPED_PERCENT.sub("%", escape), errors="replace")
    unescaped: str = json.loads(f'"{escape.lower()}"')
    return unescaped


def _redact_text(text: str, private: _PrivateTexts) -> str:
    letters = _letters(text)
    found = [
        span for form in private.secrets for span in _find_starts(letters, form, _MIN_SECRET_START_CHARACTERS)
    ]
    alone: list[tuple[int, int]] = []
    for form in private.texts:
        if len(form) >= _MIN_START_CHARACTERS:
            found += _find_starts(letters, form, _MIN_START_CHARACTERS)
            found += _find_parts(letters, form)
        elif len(form) > 1 and form in letters:
            # In other scripts words often have no blanks around them.
            (alone if form.isascii() else found).extend(_find_starts(letters, form, _MIN_START_CHARACTERS))
    return _replace_spans(text, found, alone) if found or alone else text


def _find_starts(letters: str, form: str, enough: int) -> Iterator[tuple[int, int]]:
    """Yield the spans that repeat a form, or at least its first `enough` characters."""
    start = form[:enough]
    at = letters.find(start) if start else -1
    while at >= 0:
        end = at + len(start)
        while letters[end : end + 1] == form[end - at : end - at + 1] != "":
            end += 1
        yield at, end
        at = letters.find(start, end)


def _find_parts(letters: str, form: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that repeat a long part of a form."""
    if len(form) > _MIN_PART_CHARACTERS:
        for at in range(len(letters) - _MIN_PART_CHARACTERS + 1):
            if letters[at : at + _MIN_PART_CHARACTERS] in form:
                yield at, at + _MIN_PART_CHARACTERS


def _replace_spans(text: str, found: list[tuple[int, int]], alone: list[tuple[int, int]]) -> str:
    """Replace the found spans, and short words that stand alone, by `***`."""
    places = [*_letter_spans(text)]
    spans = [(places[start][0], places[end - 1][1]) for start, end in found]
    for start, end in alone:
        first, last = places[start][0], places[end - 1][1]
        if not (_WORD.match(text[first - 1 : first]) or _WORD.match(text[last : last + 1])):
            spans.append((first, last))
    pieces: list[str] = []
    end = 0
    for first, last in sorted(spans):
        if first >= end:
            pieces += text[end:first], "***"
        end = max(end, last)
    return "".join(pieces) + text[end:]


def _letter_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span in the text of each of its letters."""
    at = 0
    for escape in _ESCAPE.finditer(text):
        yield from _plain_letter_spans(text, at, escape.start())
        yield from [escape.span()] * len(_letters(escape.group()))
        at = escape.end()
    yield from _plain_letter_spans(text, at, len(text))


def _plain_letter_spans(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    for at in range(start, stop):
        yield from [(at, at + 1)] * len(_IGNORED.sub("", text[at].casefold()))
