"""Texts with `{fields}`, filled in with data that is never carried out or expanded again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from scgapi.campaigns.recipients.lines import listed, near_miss
from scgapi.errors import InvalidArgumentError, PlanRefusedError

_MAX_SHOWN_CHARACTERS = 40


class Text:
    """A text with `{fields}`; `{{` and `}}` are braces.

    A field is the name of a column and nothing else: no attribute, index, conversion or format is carried out, as
    `str.format()` would. A value is put in as it is, braces included. The repr shows the fields and no text.

    Args:
        text: the text.
        name: what errors call it, such as `"body"`.

    Raises:
        InvalidArgumentError: a brace has no partner, or a field no name.
    """

    def __init__(self, text: str, name: str = "body") -> None:
        if not isinstance(text, str):
            raise InvalidArgumentError(f"{name} must be text, got {type(text).__name__}", field=name)
        self.name = name
        self._literals, self._names = _parsed(text, name)
        self.fields: tuple[str, ...] = tuple(dict.fromkeys(self._names))

    def __repr__(self) -> str:
        return f"<Text of {self.name}, fields: {', '.join(self.fields) or 'none'}>"

    @property
    def literal(self) -> str:
        """The text without its fields: what is the same for all recipients."""
        return "".join(self._literals)

    def render(self, fields: Mapping[str, str]) -> str:
        """Fill in the fields.

        Raises:
            KeyError: the field that is missing.
        """
        if not self._names:
            return self._literals[0]
        pieces = [self._literals[0]]
        for name, literal in zip(self._names, self._literals[1:], strict=True):
            pieces.append(fields[name])
            pieces.append(literal)
        text = "".join(pieces)
        # Composed characters: an accent of its own is the same text, and would force UCS-2.
        return text if text.isascii() else unicodedata.normalize("NFC", text)


def check_fields(texts: Iterable[Text], known: tuple[str, ...], title: str, line: int | None = None) -> None:
    """Refuse texts with a field that a list, or one of its lines, does not have.

    Raises:
        PlanRefusedError: naming the field, what may be meant, and what there is.
    """
    for text in texts:
        for field in text.fields:
            if field not in known:
                raise PlanRefusedError(_missing(text.name, field, known, title, line))


def _missing(name: str, field: str, known: tuple[str, ...], title: str, line: int | None) -> str:
    where = title if line is None else f"line {line} of {title}"
    shown = field if len(field) <= _MAX_SHOWN_CHARACTERS else f"{field[:_MAX_SHOWN_CHARACTERS]}…"
    bare = _without_syntax(field)
    near = near_miss(field, known)
    if bare in known:
        hint = f": a field takes no attribute, index, conversion or format; write {{{bare}}}."
    else:
        hint = f"; did you mean {near!r}?" if near else "."
    has = f"It has {listed(known)}" if known else "It has no fields"
    return f"{name}: {where} has no field {shown!r}{hint} {has}. For braces in the text, write {{{{ and }}}}. Nothing was sent"


def _without_syntax(field: str) -> str:
    end = min((at for mark in ".[!:" if (at := field.find(mark)) >= 0), default=len(field))
    return field[:end].strip()


def _parsed(text: str, name: str) -> tuple[list[str], list[str]]:
    """Split a text into what stands between its fields, and the fields' names."""
    literals: list[str] = []
    names: list[str] = []
    literal: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char not in "{}":
            literal.append(char)
        elif text[at : at + 2] == char * 2:
            literal.append(char)
            at += 1
        elif char == "}":
            raise _refused(name, at, "closes no field; write }} for a brace")
        else:
            end = text.find("}", at)
            field = unicodedata.normalize("NFC", text[at + 1 : end]).strip()
            if end < 0 or "{" in field:
                raise _refused(name, at, "opens a field that is not closed; write {{ for a brace")
            if not field:
                raise _refused(name, at, "opens a field without a name")
            literals.append("".join(literal))
            names.append(field)
            literal = []
            at = end
        at += 1
    literals.append("".join(literal))
    return literals, names


def _refused(name: str, at: int, problem: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{name}: the brace at character {at + 1} {problem}", field=name)
