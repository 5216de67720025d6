"""The report of what became of each line of a list: as CSV, JSON lines, a table, or one HTML file."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from scgapi.campaigns.journal.journal import Journal
from scgapi.campaigns.journal.rows import ReportRow
from scgapi.campaigns.reporting.status import status_of

if TYPE_CHECKING:
    from rich.table import Table

_NAMES = ("line", "address", "state", "code", "error", "request_id", "external_id", "accepted", "changed")

_FORMULAS = ("=", "-", "@", "\t", "\r")
"""Beginnings of a text that a spreadsheet takes for a formula; a plus begins a phone number."""


class Report:
    """The report of a campaign: iterate over its rows, or write them to a file.

    The rows are read while they are iterated over, as they are then, and never held in memory as a whole. Files are
    written in UTF-8; a report may also go to a file that is open already, such as `sys.stdout`.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def __iter__(self) -> Iterator[ReportRow]:
        return self._journal.rows()

    def to_csv(self, target: str | Path | TextIO) -> int:
        """Write the rows as CSV, and return how many there are."""
        count = 0
        with _opened(target) as file:
            writer = csv.writer(file, lineterminator="\r\n" if isinstance(target, str | Path) else "\n")
            writer.writerow(_NAMES)
            for count, row in enumerate(self, 1):  # noqa: B007 - the last is the count
                texts = (_unformulated(text) for text in list(_values(row).values())[1:])
                writer.writerow([row.line, *texts])
        return count

    def to_jsonl(self, target: str | Path | TextIO) -> int:
        """Write the rows as JSON lines, and return how many there are."""
        count = 0
        with _opened(target) as file:
            for count, row in enumerate(self, 1):  # noqa: B007 - the last is the count
                file.write(json.dumps(_values(row), ensure_ascii=False) + "\n")
        return count

    def to_html(self, target: str | Path | TextIO) -> None:
        """Write one HTML file: the status, progress and failures over time, and what a person must decide.

        It loads nothing from elsewhere and has no script. It lists the first thousand recipients that failed or are in
        doubt; the CSV has all.
        """
        from scgapi.campaigns.reporting.html import page
        from scgapi.campaigns.reporting.series import collect

        found = collect(self)
        text = page(status_of(self._journal), found)
        with _opened(target) as file:
            file.write(text)

    def table(self, limit: int = 100) -> Table:
        """Return the first `limit` rows as a table of rich: `rich.print(report.table())`."""
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, header_style="bold", pad_edge=False)
        for name in ("line", "address", "state", "code", "error"):
            table.add_column(name, no_wrap=name != "error", justify="right" if name == "line" else "left")
        for number, row in enumerate(self):
            if number == limit:
                table.caption = f"the first {limit:,} rows; to_csv() writes all"
                break
            cells = (str(row.line), row.address, row.state, row.code, row.error)
            table.add_row(*(Text(_printable(cell)) for cell in cells))
        return table


@contextlib.contextmanager
def _opened(target: str | Path | TextIO) -> Generator[TextIO]:
    if isinstance(target, str | Path):
        with Path(target).open("w", encoding="utf-8", newline="") as file:
            yield file
    else:
        yield target


def _values(row: ReportRow) -> dict[str, str | int]:
    texts = (row.address, row.state, row.code, row.error, row.request_id, row.external_id)
    return dict(zip(_NAMES, (row.line, *texts, _time(row.accepted), _time(row.changed)), strict=True))


def _time(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds") if moment else ""


def _unformulated(text: str | int) -> str | int:
    return f"'{text}" if isinstance(text, str) and text.startswith(_FORMULAS) else text


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
