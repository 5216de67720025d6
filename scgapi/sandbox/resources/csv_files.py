"""CSV files: objects from lines, and lines from objects."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from scgapi._core.operation import Operation
from scgapi.sandbox.errors import GatewayError, invalid_payload
from scgapi.sandbox.resources.body_checks import VERSION, fields_of
from scgapi.sandbox.resources.query import filter_text
from scgapi.sandbox.state.store import Document, items


@dataclass
class LoadResult:
    """The result of loading a file."""

    ids: list[str] = field(default_factory=list[str])
    failures: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Line number and reason; the header is line 1."""

    def report(self) -> bytes:
        """Return the failures as a CSV file."""
        return write_csv([["line", "reason"], *([str(line), reason] for line, reason in self.failures)])


def load_csv(content: bytes, operation: Operation, add: Callable[[Document], str]) -> LoadResult:
    """Create an object from each line, whose columns are fields of the operation.

    `add` creates it and returns its id. A line that it refuses is a failure; the other lines are still loaded.

    Raises:
        GatewayError: the file as a whole cannot be read.
    """
    loaded = LoadResult()
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


def dump_csv(rows: Iterable[Document], names: Iterable[str]) -> bytes:
    """Return a CSV file of these objects: a header line of the names, and a line for each object."""
    columns = [*names]
    return write_csv([columns, *([_cell(row.get(name)) for name in columns] for row in rows)])


def write_csv(lines: Iterable[Iterable[str]]) -> bytes:
    """Return a CSV file of these lines."""
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
        raise invalid_payload(f"the file is not CSV in UTF-8: {error}") from None


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
    """Return the value of a cell: text, JSON or a list, the first that the field takes."""
    for reading in (_as_text, _as_json, _as_list):
        value = reading(cell)
        if operation.body is None or _accepts(operation.body, name, value):
            return value
    # The creation of the object refuses the value.
    return cell


def _accepts(body: type, name: str, value: object) -> bool:
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


def _cell(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value) if items(value) or isinstance(value, list | dict) else filter_text(value)
