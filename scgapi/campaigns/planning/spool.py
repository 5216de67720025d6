"""Rows on their way into the journal: in a file, until the whole list has been read without a refusal."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType

from typing_extensions import Self

from scgapi.campaigns.recipients.recipient import Recipient, SetAside, SetAsideState

_ROWS_PER_RECORD = 200
_STATES: dict[str, SetAsideState] = {
    "INVALID": "INVALID",
    "DUPLICATE": "DUPLICATE",
    "OPTED_OUT": "OPTED_OUT",
}

_Row = tuple[str, int, str, list[str] | str]


class Spool:
    """A temporary file of recipients and lines that were set aside. It is deleted when it is closed.

    Args:
        fields: names of the fields that each recipient has, in their order.
    """

    def __init__(self, fields: tuple[str, ...]) -> None:
        self._fields = fields
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", prefix="scgapi-plan-")  # noqa: SIM115 - closed by close()

    def write(self, rows: Iterable[Recipient | SetAside]) -> None:
        """Append rows."""
        stream = iter(rows)
        while batch := [self._packed(row) for row in islice(stream, _ROWS_PER_RECORD)]:
            self._file.write(json.dumps(batch) + "\n")

    def read(self) -> Iterator[Recipient | SetAside]:
        """Yield all rows that were written, from the start."""
        self._file.seek(0)
        for line in self._file:
            batch: list[_Row] = json.loads(line)
            yield from map(self._unpacked, batch)

    def close(self) -> None:
        """Delete the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @staticmethod
    def _packed(row: Recipient | SetAside) -> _Row:
        if isinstance(row, Recipient):
            return row.address, row.line, " ".join(row.time_zones), [*row.fields.values()]
        return row.address, row.line, row.state, row.reason

    def _unpacked(self, row: _Row) -> Recipient | SetAside:
        address, line, third, last = row
        if isinstance(last, str):
            return SetAside(address, line, _STATES[third], last)
        return Recipient(address, dict(zip(self._fields, last, strict=True)), tuple(third.split()), line)
