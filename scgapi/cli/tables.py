"""Tables for people: values in one piece, and only the columns that there is room for."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_TEXTS = ("body", "detail", "advice", "value", "description")
"""Columns of free text, which may take several lines. They stand last."""

_MIN_TEXT_CHARACTERS = 24
"""Smallest width of a column of free text."""

_GAP_CHARACTERS = 2
"""Space between two columns."""


class PipeConsole(Console):
    """A console whose broken pipe is an error like any other, not the end of the process with status 1."""

    def on_broken_pipe(self) -> NoReturn:
        """Raise what Python raised."""
        raise BrokenPipeError


def print_table(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> list[str]:
    """Print rows on stdout. On a terminal, columns that do not fit are left out from the end; return their names.

    Values stay in one piece: only free text is broken, between words. Nothing is left out of a pipe.
    """
    console = PipeConsole()
    natural = {name: _width(name, rows) for name in columns}
    left_out: list[str] = []
    if sys.stdout.isatty():
        left_out = _too_many(natural, console.width)
    else:
        console.width = sum(natural.values()) + _GAP_CHARACTERS * len(natural)
    shown = sorted((name for name in columns if name not in left_out), key=lambda name: name in _TEXTS)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in shown:
        table.add_column(name.replace("_", " "), overflow="fold", no_wrap=name not in _TEXTS)
    for row in rows:
        table.add_row(*(Text(row[name]) for name in shown))
    if sys.stdout.isatty():
        console.print(table)
    else:
        with console.capture() as printed:
            console.print(table)
        print("\n".join(line.rstrip() for line in printed.get().splitlines()), flush=True)
    return [name for name in left_out if any(row[name] for row in rows)]


def _width(name: str, rows: Sequence[Mapping[str, str]]) -> int:
    return max([cell_len(name), *(cell_len(row[name]) for row in rows)])


def _too_many(natural: Mapping[str, int], width: int) -> list[str]:
    """Return the columns that a width has no room for: the last ones first, never the first one, nor free text."""
    needed = {
        name: min(wide, _MIN_TEXT_CHARACTERS) if name in _TEXTS else wide for name, wide in natural.items()
    }
    left_out: list[str] = []
    for name in reversed([*needed][1:]):
        if sum(needed.values()) + _GAP_CHARACTERS * (len(needed) - 1) <= width:
            break
        if name not in _TEXTS:
            del needed[name]
            left_out.insert(0, name)
    return left_out
