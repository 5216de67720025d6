"""Data on stdout, in the format that was asked for; everything else on stderr."""

from __future__ import annotations

import codecs
import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from scgapi._core.json import is_array, is_object
from scgapi.cli.failures import IN_PART, CommandError, UsageError
from scgapi.cli.options import Format, Options

if TYPE_CHECKING:
    from scgapi import Pager

M = TypeVar("M", bound=BaseModel)
Row = Mapping[str, object]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")

_PAGE_ROWS = 100
"""Largest number of objects that one request returns."""


class Printer:
    """Prints objects for one command."""

    def __init__(self, options: Options) -> None:
        self._format: Format = options.output or ("table" if sys.stdout.isatty() else "jsonl")
        self._is_asked_for = options.output is not None
        self._has_header = False

    def notice(self, text: str, **data: object) -> None:
        """Tell people something on stderr; as JSON where JSON was asked for."""
        if self._is_asked_for and self._format in ("json", "jsonl"):
            print(json.dumps({"notice": text, **data}), file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)

    def one(self, row: Row) -> None:
        """Print one object: as a list of its fields in a table."""
        if self._format == "table":
            self._table([{"field": name, "value": value} for name, value in row.items()], ("field", "value"))
        elif self._format == "csv":
            _print_csv([row], tuple(row))
        else:
            _print_json(row, indent=2 if self._format == "json" else None)

    def answer(self, value: object) -> None:
        """Print any JSON value: as JSON, unless a table or CSV was asked for."""
        rows = value.get("list") if is_object(value) else value
        found = [row for row in rows if is_object(row)] if is_array(rows) else []
        if self._is_asked_for and self._format in ("table", "csv"):
            shown = found or [value if is_object(value) else {"value": value}]
            self.rows(shown, tuple(dict.fromkeys(name for row in shown for name in row)))
        else:
            _print_json(value, indent=None if self._format == "jsonl" else 2)

    def created(self, object_id: str) -> None:
        """Print the id of what was created: alone, unless a format was asked for.

        Raises:
            CommandError: it cannot be printed; the error holds it.
        """
        try:
            if self._is_asked_for:
                self.one({"id": object_id})
            else:
                print(object_id, flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise CommandError(
                f"done, id {object_id}; but that cannot be written to stdout: {error.strerror}", IN_PART
            ) from error

    def rows(self, rows: Iterable[Row], columns: Sequence[str], all_columns: Sequence[str] = ()) -> None:
        """Print rows as they come: `columns` of them in a table, `all_columns` as CSV, all fields as JSON."""
        if self._format == "table":
            self._table(rows, columns)
        elif self._format == "csv":
            _print_csv(rows, all_columns or columns)
        elif self._format == "json":
            _print_array(rows)
        else:
            for row in rows:
                _print_json(row)

    def _table(self, rows: Iterable[Row], columns: Sequence[str]) -> None:
        from scgapi.cli.tables import print_table

        shown = [{name: _local_time(cell(row.get(name))) for name in columns} for row in rows]
        left_out = print_table(shown, columns)
        if left_out:
            self.notice(
                f"no room for {', '.join(left_out)}: widen the terminal, or use -o json or csv",
                left_out=left_out,
            )

    def line(self, row: Row, shown: Row) -> None:
        """Print one of many rows as it comes: what is `shown` on a terminal and as CSV, all fields as JSON."""
        if self._format == "table":
            print("  ".join(cell(value) for value in shown.values()), flush=True)
        elif self._format == "csv":
            _print_csv([shown], tuple(shown), header=not self._has_header)
            self._has_header = True
        else:
            _print_json(row)

    def listing(self, pager: Pager[M], kind: type[BaseModel], columns: Sequence[str], limit: int) -> None:
        """Print at most `limit` objects of a listing (0: all), and tell if there are more."""
        names = tuple(_wire_name(kind, name) for name in kind.model_fields)
        self.rows(self._limited(pager, limit), columns, names)

    def _limited(self, pager: Pager[M], limit: int) -> Iterator[Row]:
        count = 0
        for page in pager.pages():
            for item in page:
                if limit and count == limit:
                    return self._tell_of_more(count, page.total)
                yield row_of(item)
                count += 1
            if limit and count == limit:
                if page.next_offset is not None:
                    self._tell_of_more(count, page.total)
                return None
        return None

    def _tell_of_more(self, count: int, total: int | None) -> None:
        known = "there may be more" if total is None else f"{total} in all"
        self.notice(f"{count} printed, {known}: --limit 0 prints all", printed=count, total=total)


def page_size(limit: int) -> int:
    """Return how many objects to ask for at once.

    Raises:
        UsageError: the limit is negative.
    """
    if limit < 0:
        raise UsageError("--limit must be 0 or more")
    return min(limit, _PAGE_ROWS) if limit > 0 else _PAGE_ROWS


def row_of(item: BaseModel) -> Row:
    """Return an object as it is on the wire."""
    return item.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)


def counted(count: int, noun: str) -> str:
    """Return a number of things, in the singular or plural."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def cell(value: object) -> str:
    """Return a value as one cell: control characters shown, not sent to the terminal."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def progress_bar(description: str) -> Callable[[int, int | None], None] | None:
    """Return a function that draws a bar on stderr: called with the bytes done and their total.

    None where stderr is no terminal.
    """
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=Console(stderr=True),
    )
    task = bar.add_task(cell(description), total=None)

    def update(done: int, total: int | None) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)
        if total is not None and done >= total:
            bar.stop()

    return update


def _local_time(text: str) -> str:
    """Return a point in time as people read it, in the zone of this machine; any other text as it is."""
    if not _MOMENT.fullmatch(text):
        return text
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M:%S}"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _wire_name(kind: type[BaseModel], name: str) -> str:
    return kind.model_fields[name].serialization_alias or name


def _json(value: object, indent: int | None = None) -> str:
    # Escaped where the output has no words for it: what an encoder puts in its place would not be JSON.
    is_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    return json.dumps(value, ensure_ascii=not is_utf8, indent=indent)


def _print_json(row: object, indent: int | None = None) -> None:
    print(_json(row, indent), flush=True)


def _print_array(rows: Iterable[Row]) -> None:
    separator = "[\n"
    for row in rows:
        print(separator + _json(row), end="")
        separator = ",\n"
    print("[]" if separator == "[\n" else "\n]", flush=True)


def _print_csv(rows: Iterable[Row], columns: Sequence[str], *, header: bool = True) -> None:
    writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
    if header:
        writer.writeheader()
    for row in rows:
        writer.writerow(
            {
                name: value
                if isinstance(value, str) or value is None
                else json.dumps(value, ensure_ascii=False)
                for name, value in row.items()
            }
        )
    sys.stdout.flush()
