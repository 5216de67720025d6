"""Bodies that use a message template, and bodies that the gateway must not evaluate.

The gateway evaluates bodies with a template engine (Velocity): `$name` and `#parse("…")` in a body are instructions.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from scgapi._core.tracebacks import trim_traceback
from scgapi.errors import InvalidArgumentError

if TYPE_CHECKING:
    from scgapi.models.message_templates import MessageTemplateData

_NAME = r"[A-Za-z][A-Za-z0-9_-]*"
_IS_NAME = re.compile(_NAME)
_COMMENTS_AND_LITERALS = re.compile(r"#\*.*?\*#|#\[\[.*?\]\]#|##[^\n]*", re.DOTALL)
_REFERENCE = re.compile(rf"(?<!\\)\$(!?)(?:\{{({_NAME})([^}}]*)\}}|({_NAME}))")
_LOCAL = re.compile(rf"#\{{?(?:set|foreach|define)\}}?\s*\(\s*\$!?\{{?({_NAME})")
_CONDITION = re.compile(r"#\{?(?:else)?if\}?\s*\(([^\n]*?)\)")
_BUILT_IN = frozenset({"foreach", "velocityCount", "velocityHasNext"})
# A property, a method or an index of a reference without braces.
_PROPERTY_OR_INDEX = re.compile(r"(?<!\})(?:\.[A-Za-z]|\[)")
_SPECIAL = re.compile(r"[$#]")


class _Variables(NamedTuple):
    """Variables of a pattern: all that it mentions, and those that need a value."""

    known: dict[str, None]
    needed: dict[str, None]


@trim_traceback
def template_body(template: MessageTemplateData | str, /, **variables: str | int | float) -> str:
    """Return a body that fills in a template: one `#set` for each variable, then `#parse`.

    References and directives in values are escaped, so that the recipient gets the values unchanged.

    Args:
        template: the template, or its name (not its id). With the template itself, the variables are checked against its
            pattern.
        **variables: a value for each `${variable}` of the template's pattern.

    Raises:
        InvalidArgumentError: the template has no name; its pattern needs a variable that is not values, or has none of
            that name; a variable's name is not one that Velocity takes, or its value is not text or a number.
    """
    name = template if isinstance(template, str) else template.name
    if not name:
        raise InvalidArgumentError("template_body: the template has no name", field="template")
    for variable, value in variables.items():
        _check_variable(variable, value)
    if not isinstance(template, str) and template.pattern is not None:
        _check_variables(name, _variables_of(template.pattern), variables)
    settings = [f"#set(${variable}={_quote(str(value))})" for variable, value in variables.items()]
    return "\n".join([*settings, f"#parse({_quote(name)})"])


def fill_pattern(pattern: str, variables: Mapping[str, str]) -> str | None:
    """Return a pattern with its variables filled in, as the gateway does it.

    None if the pattern has directives, alternatives, methods or escapes, which only the gateway can evaluate, or if a
    variable is missing.
    """
    if "#" in pattern or "\\" in pattern:
        return None
    found = [*_REFERENCE.finditer(pattern)]
    names = [match[2] or match[4] for match in found]
    if any(
        match[3] or _PROPERTY_OR_INDEX.match(pattern, match.end()) for match in found
    ) or not variables.keys() >= {*names}:
        return None
    return _REFERENCE.sub(lambda match: variables[match[2] or match[4]], pattern)


def variables_of(template: MessageTemplateData) -> tuple[str, ...]:
    """Return the variables for which a template needs a value; empty if its pattern is unknown."""
    return () if template.pattern is None else tuple(_variables_of(template.pattern).needed)


def literal_body(text: str) -> str:
    r"""Return a body that the recipient gets as exactly this text.

    Use it for text from other sources, such as an incoming message: the gateway would evaluate a `#parse("…")` or a
    `$name` in it. Compose the whole text first; a literal body cannot be a part of another body.

        scg.message_requests.create(from_="…", to=["…"], body=literal_body(f"You said: {event.message_body}"))

    A text without `$` and `#` is returned unchanged.
    """
    if not isinstance(text, str):
        raise InvalidArgumentError(f"literal_body takes text, got {type(text).__name__}", field="text")
    return f"#set($text={_quote(text)})${{text}}" if _SPECIAL.search(text) else text


def _check_variable(variable: str, value: object) -> None:
    if not _IS_NAME.fullmatch(variable):
        raise InvalidArgumentError(f"template_body: {variable!r} cannot name a variable", field=variable)
    if not isinstance(value, str | int | float) or (isinstance(value, float) and not math.isfinite(value)):
        kind = "a number that is not finite" if isinstance(value, float) else type(value).__name__
        raise InvalidArgumentError(
            f"template_body: variable {variable!r} must be text or a number, got {kind}", field=variable
        )


def _check_variables(template: str, pattern: _Variables, values: dict[str, str | int | float]) -> None:
    """Raise an error for the first variable that is unknown or missing."""
    for variable in values:
        if variable not in pattern.known:
            raise InvalidArgumentError(
                f"template_body: template {template!r} has no variable {variable!r}{_suggest(variable, pattern.known)}",
                field=variable,
            )
    for variable in pattern.needed:
        if variable not in values:
            raise InvalidArgumentError(
                f"template_body: template {template!r} needs a value for its variable {variable!r}",
                field=variable,
            )


def _suggest(variable: str, known: dict[str, None]) -> str:
    guesses = difflib.get_close_matches(variable, known, n=1)
    if guesses:
        return f"; did you mean {guesses[0]!r}?"
    return f"; it has {', '.join(map(repr, known))}" if known else "; it has no variables at all"


def _variables_of(pattern: str) -> _Variables:
    """Find the variables of a pattern by the rules of Velocity.

    Variables need no value if the pattern sets them itself, tests them with `#if`, writes them as `$!name`, or gives an
    alternative with `${name|'…'}`.
    """
    text = _COMMENTS_AND_LITERALS.sub("", pattern)
    local = _BUILT_IN | set(_LOCAL.findall(text))
    optional = {
        found[2] or found[4]
        for condition in _CONDITION.findall(text)
        for found in _REFERENCE.finditer(condition)
    }
    known: dict[str, None] = {}
    needed: dict[str, None] = {}
    for found in _REFERENCE.finditer(text):
        name = found[2] or found[4].rstrip("-")
        if name in local:
            continue
        known[name] = None
        if not (found[1] or name in optional or (found[3] or "").startswith("|")):
            needed[name] = None
    return _Variables(known, needed)


def _quote(text: str) -> str:
    """Return a Velocity string literal: in double quotes, or in single quotes if the text has special characters."""
    if not re.search(r"[\"$#\\]", text):
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
