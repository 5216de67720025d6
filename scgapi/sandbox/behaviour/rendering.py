"""Rendering of template bodies: `#set`, `#parse` and variables (docs/api-notes.md, note 18)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_NAME = r"[A-Za-z][\w-]*"
_STRING = r"""("(?:[^"]|"")*"|'(?:[^']|'')*')"""
_SET = re.compile(rf"#set\(\s*\$\{{?({_NAME})\}}?\s*=\s*{_STRING}\s*\)[ \t]*\n?")
_PARSE = re.compile(rf"#parse\(\s*{_STRING}\s*\)")
_VARIABLE = re.compile(rf"\$!?(?:\{{({_NAME})\}}|({_NAME}))")


class UnknownTemplateError(Exception):
    """A body names a template that does not exist."""


def render(body: str, pattern_of: Callable[[str], str | None]) -> str:
    """Return the text that the recipient reads. A body without directives is returned as it is.

    Raises:
        UnknownTemplateError: `pattern_of` returned None for a template of the body.
    """
    if "#set(" not in body and "#parse(" not in body:
        return body
    variables: dict[str, str] = {}

    def keep(found: re.Match[str]) -> str:
        value = _unquoted(found[2])
        variables[found[1]] = value if found[2].startswith("'") else fill(value, variables)
        return ""

    def parse(literal: str) -> str:
        name = _unquoted(literal)
        pattern = pattern_of(name)
        if pattern is None:
            raise UnknownTemplateError(name)
        return pattern

    # Texts and template names alternate. Values that contain a `$` are not expanded again.
    pieces = _PARSE.split(_SET.sub(keep, body))
    return "".join(
        fill(parse(piece) if index % 2 else piece, variables) for index, piece in enumerate(pieces)
    )


def fill(pattern: str, variables: Mapping[str, str]) -> str:
    """Return the pattern with its variables filled in. Variables without a value stay as they are written."""
    return _VARIABLE.sub(lambda found: variables.get(found[1] or found[2], found[0]), pattern)


def matches_pattern(text: str, pattern: str) -> bool:
    """Return True if a text can be made from the pattern by filling in its variables."""
    expression = "".join(
        re.escape(piece) if index % 3 == 0 else ".*" if index % 3 == 1 else ""
        for index, piece in enumerate(_VARIABLE.split(pattern))
    )
    return re.fullmatch(expression, text, re.DOTALL) is not None


def _unquoted(literal: str) -> str:
    quote = literal[0]
    return literal[1:-1].replace(quote * 2, quote)
