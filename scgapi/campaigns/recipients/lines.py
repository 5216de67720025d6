"""Lines of a list before they are checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Columns(NamedTuple):
    """The columns of a list, which come before its lines where the list knows them."""

    names: tuple[str, ...]


class Line(NamedTuple):
    """One line: where it stands in the list, from 1, and its values by column."""

    number: int
    values: Mapping[str, str]

    def __repr__(self) -> str:
        return f"<Line {self.number}>"


class UnreadableLine(NamedTuple):
    """A line that cannot be read, and why."""

    number: int
    reason: str


_MIN_PART_CHARACTERS = 3

Item = Columns | Line | UnreadableLine


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: `1 line`, `2,500 lines`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def near_miss(name: str, known: tuple[str, ...]) -> str | None:
    """Return the known name that is most likely meant, or None."""
    import difflib  # for mistakes only

    plain = {_plain(one): one for one in reversed(known)}
    if _plain(name) in plain:
        return plain[_plain(name)]
    found = difflib.get_close_matches(_plain(name), plain, n=1)
    within = [one for one in plain if len(_plain(name)) >= _MIN_PART_CHARACTERS and _plain(name) in one]
    return plain[(found or within)[0]] if found or len(within) == 1 else None


def listed(names: tuple[str, ...], most: int = 20) -> str:
    """Write names for an error: each in quotes, the first `most` of them."""
    shown = ", ".join(repr(name) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())
