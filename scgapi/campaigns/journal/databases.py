"""What differs between the databases that hold a journal, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from scgapi._core.json import is_object

Row = tuple[object, ...]
Values = Mapping[str, object]

_MAX_GIVEN_ROWS = 1000
"""Given rows of one statement: SQLite takes 32,766 values, PostgreSQL 65,535."""


class Database(Protocol):
    """A connection that runs the journal's SQL, with `:name` for each value. For one thread at a time."""

    serial: str
    """Type of a column that numbers its rows."""
    skip_locked: str
    """Clause that locks the rows of a SELECT and leaves out those that another worker has locked."""
    errors: tuple[type[Exception], ...]
    """Errors of the database, such as a full disk or a lost connection."""
    lock: str
    """Clause that locks the rows of a SELECT."""

    restarts: int
    """Number of times that another server was found behind the connection, or the same after a restart."""

    def now(self) -> float:
        """Return the time by the database's clock, in seconds since 1970; it never jumps."""
        ...

    def is_interruption(self, error: Exception) -> bool:
        """Return True if the same transaction may succeed in a moment."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Begin a transaction that may write; commit it at the end, or roll it back after an error."""
        ...

    def run(self, sql: str, values: Values | None = None) -> list[Row]:
        """Run one statement and return its rows."""
        ...

    def change(self, sql: str, values: Values | None = None) -> int:
        """Run one statement and return how many rows it changed."""
        ...

    def run_given(self, sql: str, rows: Sequence[Row]) -> list[Row]:
        """Run one statement with a table of given rows, and return its rows.

        `{given}` in `sql` is the table; its columns are `column1`, `column2` and so on. One statement for many rows takes
        half the CPU time of one for each, and while an event loop is busy a quarter of the time by the clock.
        """
        ...

    def change_all(self, sql: str, rows: Iterable[Values]) -> int:
        """Run one statement for all of `rows` and return how many rows they changed together."""
        ...

    def count_claims(self) -> None:
        """Count that this transaction claims sends, so that a journal that loses its end can be told."""
        ...

    def close(self) -> None:
        """Close the connection. Closing twice does no harm."""
        ...


class UserConnection(Protocol):
    """A connection of psycopg (`psycopg.Connection`). So named that scgapi's types are whole without psycopg."""

    @property
    def autocommit(self) -> bool:
        """True if each statement is a transaction of its own, outside `transaction()`."""
        ...

    def transaction(self) -> AbstractContextManager[object]:
        """Begin a transaction, or a part of one that can be undone by itself."""
        ...

    def commit(self) -> None:
        """End the transaction."""
        ...


def given_tables(rows: Sequence[Row], placeholder: str) -> Iterator[tuple[str, list[object]]]:
    """Yield the table of given rows as SQL, with its values in order, in parts that a statement can have."""
    for start in range(0, len(rows), _MAX_GIVEN_ROWS):
        part = rows[start : start + _MAX_GIVEN_ROWS]
        row = f"({', '.join([placeholder] * len(part[0]))})"
        yield f"(VALUES {', '.join([row] * len(part))}) AS given", [value for one in part for value in one]


def as_text(value: object) -> str:
    """Return a column that holds text; NULL as an empty text."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def as_int(value: object) -> int:
    """Return a column that holds a whole number; NULL as 0."""
    return value if isinstance(value, int) else int(str(value or 0))


def as_float(value: object) -> float:
    """Return a column that holds a number; NULL as 0."""
    return value if isinstance(value, float) else float(str(value or 0))


def as_texts(column: object) -> dict[str, str]:
    """Return a column that holds texts by name, as JSON."""
    value: object = json.loads(as_text(column))
    return {key: str(item) for key, item in value.items()} if is_object(value) else {}
