"""Objects from CSV files, and CSV files from objects."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from scgapi._core.operation import Operation
from scgapi.sandbox.checks import VERSION, fields_of
from scgapi.sandbox.errors import GatewayError, invalid_payload
from scgapi.sandbox.query import filter_text
from scgapi.sandbox.store import Document, items


@dataclass
class Loaded:
    """What became of a file's lines."""

    ids: list[str] = field(default_factory=list[str])
    failures: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Line and reason; the header is line 1."""

    def report(self) -> bytes:
        """The failures as a file."""
        return written([["line", "reason"], *([str(line), reason] for line, reason in self.failures)])


def load(content: bytes, operation: Operation, add: Callable[[Document], str]) -> Loaded:
    """Make an object of each line, whose columns are what the operation takes.

    `add` makes it and returns its id; a line that it refuses is a failure, and the others go on.

    Raises:
        GatewayError: the file as a whole cannot be read.
    """
    loaded = Loaded()
    lines = _lines(content)
    header = next((cells for _, cells in lines), None)
    if header is None or not any(header):
        raise invalid_payload("the file has no header line")
    names = [name.strip() for name in header]
    for line, cells in lines:
        try:
            loaded.ids.append(add(_fields(operation, names, cells)))
        except GatewayError as error:
            loaded.failures.append((line, error.description))
    return loaded


def dumped(rows: Iterable[Document], names: Iterable[str]) -> bytes:
    """A file of these objects: a header line of the names, and a line for each."""
    columns = [*names]
    return written([columns, *([_text(row.get(name)) for name in columns] for row in rows)])


def written(lines: Iterable[Iterable[str]]) -> bytes:
    """A file of these lines."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(lines)
    return file.getvalue().encode()


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except (UnicodeDecodeError, csv.Error) as error:
        raise invalid_payload(f"the file is no CSV in UTF-8: {error}") from None


def _fields(operation: Operation, names: list[str], cells: list[str]) -> Document:
    if len(cells) > len(names):
        raise invalid_payload(f"{len(cells)} values for {len(names)} columns")
    given = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
    known = fields_of(operation.body).names if operation.body else ()
    for name in given:
        if name not in known or name == VERSION:
            raise GatewayError(400, "SCG_ERROR_40020", f"Unrecognized option(s): unknown column {name!r}")
    return {name: _value(operation, name, cell) for name, cell in given.items()}


def _value(operation: Operation, name: str, cell: str) -> object:
    """What the cell means: text, or JSON, or a list, whatever the field takes."""
    for reading in (_as_text, _as_json, _as_list):
        value = reading(cell)
        if operation.body is None or _is_fit(operation.body, name, value):
            return value
    return cell  # refused where the object is made


def _is_fit(body: type, name: str, value: object) -> bool:
    try:
        fields_of(body).check({name: value})
    except GatewayError:
        return False
    return True


def _as_text(cell: str) -> object:
    return cell


def _as_json(cell: str) -> object:
    try:
        value: object = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return value


def _as_list(cell: str) -> object:
    return [part.strip() for part in cell.replace(";", ",").split(",")]


def _text(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value) if items(value) or isinstance(value, list | dict) else filter_text(value)
