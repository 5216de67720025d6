"""Lists in CSV files, read line by line: a line that cannot be read does not stop the others."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scgapi._core.text import describe_path, mask_numbers
from scgapi.campaigns.recipients.csv_encoding import find_encoding
from scgapi.campaigns.recipients.lines import Columns, Item, Line, UnreadableLine, listed, near_miss, plural
from scgapi.errors import InvalidArgumentError, RecipientsError

_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*')
_NUMBER = re.compile(r"\+?[\d\s().-]{7,}")
_UNDECODED = re.compile("[\udc80-\udcff]")
_MAX_LINES_PER_RECORD = 50
"""Lines that one record may span: more mean that a quote was never closed."""
_BLANKS = " \t\u00a0\u2007\u202f\ufeff\u200b"


@dataclass(frozen=True)
class CsvFile:
    """A CSV file whose first line names the columns.

    Attributes:
        path: where it is.
        address: the column that the delimiter is found by.
        delimiter: one character; None to find it.
        encoding: its name; None to find it.
    """

    path: Path
    address: str
    delimiter: str | None = None
    encoding: str | None = None

    def __post_init__(self) -> None:
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '"\r\n'):
            raise InvalidArgumentError(
                f"delimiter must be one character, such as ';', got {self.delimiter!r}", field="delimiter"
            )

    @property
    def title(self) -> str:
        """The file's name as errors tell it."""
        return describe_path(self.path)

    def read(self) -> Iterator[Item]:
        """Yield the columns, then each line.

        Raises:
            RecipientsError: the file cannot be opened, is empty, its encoding is not clear, or its first line does
                not name the columns, each once.
        """
        try:
            encoding = find_encoding(self.path, self.encoding)
            # A byte that cannot be decoded becomes a lone surrogate, which sets its line apart.
            errors = "strict" if encoding.is_clean else _decoding_errors(encoding.name)
            with self.path.open(encoding=encoding.name, errors=errors, newline="") as file:
                yield from self._items(_Lines(file, is_clean=encoding.is_clean))
        except OSError as error:
            raise RecipientsError(f"{self.title} cannot be read: {error.strerror}") from None

    def _items(self, lines: _Lines) -> Iterator[Item]:
        header, skipped = self._header(lines)
        delimiter = self.delimiter or skipped or self._delimiter(header)
        cells = _cells(header, delimiter)
        if cells is None or (
            header.count('"') % 2 and column_name(self.address) not in map(column_name, cells)
        ):
            raise RecipientsError(f"the first line of {self.title} has a quote that is not closed")
        columns = self._columns(cells)
        yield Columns(tuple(name for name in columns if name))
        yield from _records(lines, delimiter, columns)

    def _header(self, lines: _Lines) -> tuple[str, str | None]:
        """Return the line that names the columns, and the delimiter that a line `sep=;` before it says."""
        delimiter: str | None = None
        for line in lines:
            said = _SEPARATOR_LINE.fullmatch(line.strip("\ufeff"))
            if said and lines.number == 1:
                delimiter = said[1]
            elif line.strip():
                return line.lstrip("\ufeff"), delimiter
        raise RecipientsError(f"{self.title} is empty: it needs a line with the names of its columns")

    def _delimiter(self, header: str) -> str:
        """Return the delimiter that makes the address a column, else the one that makes the most columns."""
        found = {one: cells for one in _DELIMITERS if (cells := _cells(header, one)) is not None}
        wanted = column_name(self.address)
        fitting = [one for one, cells in found.items() if wanted in map(column_name, cells)]
        if fitting:
            return fitting[0]
        return max(found, key=lambda one: len(found[one]), default=",")

    def _columns(self, cells: list[str]) -> list[str]:
        names = [column_name(cell) for cell in cells]
        repeated = [name for name, count in Counter(names).items() if name and count > 1]
        if repeated:
            raise RecipientsError(
                f"{self.title} has the column {repeated[0]!r} {Counter(names)[repeated[0]]} times: give each its own name"
            )
        if column_name(self.address) not in names:
            raise RecipientsError(missing_column(self.title, self.address, tuple(filter(None, names))))
        return names


def missing_column(title: str, column: str, columns: tuple[str, ...]) -> str:
    """Say that a list lacks a column, and which it has."""
    if any(_NUMBER.fullmatch(name) for name in columns):
        return f"{title} has no column {column!r}: its first line seems to be data. Put a line with the names of the columns first"
    near = near_miss(column, columns)
    hint = f"; did you mean {near!r}?" if near else "."
    return f"{title} has no column {column!r}{hint} It has {mask_numbers(listed(columns))}"


def column_name(text: str) -> str:
    """Return a column's name as it is compared: composed characters, no blanks around it."""
    return unicodedata.normalize("NFC", text).strip().strip(_BLANKS)


class _Lines:
    """Physical lines of a file, counted, that can be given back to be read again."""

    def __init__(self, file: Iterable[str], *, is_clean: bool) -> None:
        self._file = iter(file)
        self._is_clean = is_clean
        self._given_back: deque[str] = deque()
        self._record: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self._record) >= _MAX_LINES_PER_RECORD:
            raise csv.Error("a quote that is not closed")
        line = self._given_back.popleft() if self._given_back else next(self._file)
        self.number += 1
        self._record.append(line)
        return line

    def begin_record(self) -> int:
        """Forget the lines of the record before; return the number of the line that comes next."""
        self._record.clear()
        return self.number + 1

    def give_back_all_but_first(self) -> None:
        """Read the record's further lines as records of their own."""
        self._given_back.extendleft(reversed(self._record[1:]))
        self.number -= len(self._record[1:])

    @property
    def spans_several(self) -> bool:
        """Whether the record came from more than one line."""
        return len(self._record) > 1

    @property
    def holds_undecoded(self) -> bool:
        """Whether a byte of the record could not be decoded."""
        return not self._is_clean and any(
            _UNDECODED.search(line) or "\ufffd" in line for line in self._record
        )


def _cells(line: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None


def _records(lines: _Lines, delimiter: str, columns: list[str]) -> Iterator[Item]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = len(columns)
    is_named = all(columns)
    while True:
        number = lines.begin_record()
        reason: str | None = None
        try:
            cells = next(reader, None)
        except csv.Error as error:
            cells, reason = [], _told(error)
        if cells is None:
            return
        if reason is None and len(cells) != width:
            if not any(map(str.strip, cells)):
                continue
            if len(cells) < width or any(map(str.strip, cells[width:])):
                reason = f"{plural(len(cells), 'value')} where there are {plural(width, 'column')}"
        if reason is None and lines.holds_undecoded:
            reason = "bytes that are not of the file's encoding"
        if reason is not None:
            if lines.spans_several:
                lines.give_back_all_but_first()
            yield UnreadableLine(number, reason)
        elif any(cells):
            values = dict(zip(columns, cells, strict=False))
            if not is_named:
                values.pop("", None)
            yield Line(number, values)


def _told(error: csv.Error) -> str:
    text = str(error)
    if "expected after" in text:
        return "a quote inside a quoted value that is not doubled"
    if "unexpected end" in text or "not closed" in text:
        return "a quote that is not closed"
    if "field larger" in text:
        return f"a value of more than {csv.field_size_limit():,} characters"
    return "not CSV"


def _decoding_errors(encoding: str) -> str:
    """Codecs of several bytes a character cannot keep single bytes: they put U+FFFD in their place."""
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
