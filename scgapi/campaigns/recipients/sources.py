"""Lists that are not files: rows of a program, of a database, of a contact group."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeGuard

from scgapi._core.text import describe_path
from scgapi.campaigns.recipients.csv_encoding import find_encoding
from scgapi.campaigns.recipients.csv_files import column_name, missing_column
from scgapi.campaigns.recipients.lines import Columns, Item, Line, UnreadableLine
from scgapi.errors import InvalidArgumentError, RecipientsError

if TYPE_CHECKING:
    from scgapi import AsyncClient, Client
    from scgapi.models.contacts import ContactData

Row = Mapping[str, object] | str
"""A row of a program: values by name, or an address alone."""

RowSource = Iterable[Row] | AsyncIterable[Row] | Callable[[], Iterable[Row] | AsyncIterable[Row]]
"""Rows, or a function that returns them anew each time."""

_ROWS_PER_FETCH = 1000
# The most that a page may hold.
_CONTACTS_PER_PAGE = 100


class Connection(Protocol):
    """A connection of the DB-API (PEP 249), such as sqlite3's or psycopg's."""

    def cursor(self) -> object:
        """Return a new cursor."""
        ...


class _Cursor(Protocol):
    """What is used of a cursor of the DB-API; drivers annotate theirs in many ways."""

    description: Sequence[Sequence[object]] | None

    def execute(self, query: str, parameters: Sequence[object] = ..., /) -> object: ...

    def fetchmany(self, size: int, /) -> Sequence[Sequence[object]]: ...

    def close(self) -> object: ...


@dataclass(frozen=True, repr=False)
class ProgramRows:
    """Rows that the caller's program gives."""

    rows: RowSource
    address: str
    title: str = "the list of rows"

    @property
    def is_async(self) -> bool:
        """Whether only an AsyncClient can read them; of a function that is seen when it is called."""
        return isinstance(self.rows, AsyncIterable)

    def read(self) -> Iterator[Item]:
        """Yield each row.

        Raises:
            RecipientsError: the rows are read by `async for`, or were given as an iterator that is used up.
        """
        rows = self._opened()
        if isinstance(rows, AsyncIterable):
            raise RecipientsError(f"{self.title} is read by `async for`: plan and run it with an AsyncClient")
        for number, row in enumerate(rows, 1):
            yield self._line(number, row)

    async def read_async(self) -> AsyncIterator[Item]:
        """Yield each row of an async iterable, or of a plain one."""
        rows = self._opened()
        number = 0
        if isinstance(rows, AsyncIterable):
            async for row in rows:
                number += 1
                yield self._line(number, row)
        else:
            for row in rows:
                number += 1
                yield self._line(number, row)

    def _opened(self) -> Iterable[Row] | AsyncIterable[Row]:
        return self.rows() if callable(self.rows) else self.rows

    def _line(self, number: int, row: object) -> Line | UnreadableLine:
        if isinstance(row, str):
            return Line(number, {self.address: row})
        if not _is_mapping(row):
            return UnreadableLine(number, f"a row must be a mapping or an address, got {type(row).__name__}")
        values: dict[str, str] = {}
        for name, value in row.items():
            written = written_value(value)
            if not isinstance(name, str) or written is None:
                return UnreadableLine(
                    number, f"the value of {str(name)!r} is of type {type(value).__name__}, not text"
                )
            values[column_name(name)] = written
        return Line(number, values)


@dataclass(frozen=True, repr=False)
class QueryRows:
    """Rows of a database query."""

    connection: Connection
    query: str
    parameters: Sequence[object]
    address: str
    title: str = "the query's result"

    def read(self) -> Iterator[Item]:
        """Run the query; yield its columns, then each row.

        Raises:
            RecipientsError: it returns no rows, or lacks the address's column, or names a column twice.
        """
        cursor = self.connection.cursor()
        if not _is_cursor(cursor):
            raise RecipientsError(
                "sql: the connection is not a DB-API connection; pass the rows of an async one to Recipients.rows()"
            )
        try:
            # Without parameters a `%` in the query is no placeholder.
            cursor.execute(self.query, *([self.parameters] if self.parameters else []))
            if cursor.description is None:
                raise RecipientsError("the query returns no rows: give one that selects the recipients")
            names = tuple(column_name(str(column[0])) for column in cursor.description)
            self._check(names)
            yield Columns(names)
            number = 0
            while rows := cursor.fetchmany(_ROWS_PER_FETCH):
                for row in rows:
                    number += 1
                    yield self._line(number, names, row)
        finally:
            cursor.close()

    def _check(self, names: tuple[str, ...]) -> None:
        repeated = [name for name, count in Counter(names).items() if count > 1]
        if repeated:
            raise RecipientsError(f"{self.title} has the column {repeated[0]!r} twice: name one with AS")
        if self.address not in names:
            raise RecipientsError(missing_column(self.title, self.address, names))

    @staticmethod
    def _line(number: int, names: tuple[str, ...], row: Sequence[object]) -> Line | UnreadableLine:
        values: dict[str, str] = {}
        for name, value in zip(names, row, strict=True):
            written = written_value(value)
            if written is None:
                return UnreadableLine(
                    number, f"the value of {name!r} is of type {type(value).__name__}, not text"
                )
            values[name] = written
        return Line(number, values)


@dataclass(frozen=True, repr=False)
class GroupMembers:
    """The contacts of a group, read through the client."""

    group_id: str
    address: str
    title: str = "the contact group"

    def read_through(self, scg: Client) -> Iterator[Item]:
        """Yield each contact, fetched page by page."""
        yield Columns(_CONTACT_COLUMNS)
        for number, contact in enumerate(
            scg.contact_groups.list_contacts(self.group_id, limit=_CONTACTS_PER_PAGE), 1
        ):
            yield Line(number, _contact_values(contact))

    async def read_through_async(self, scg: AsyncClient) -> AsyncIterator[Item]:
        """Yield each contact, fetched page by page."""
        yield Columns(_CONTACT_COLUMNS)
        number = 0
        async for contact in scg.contact_groups.list_contacts(self.group_id, limit=_CONTACTS_PER_PAGE):
            number += 1
            yield Line(number, _contact_values(contact))


@dataclass(frozen=True, repr=False)
class AddressFile:
    """A text file with one address a line; blank lines and lines that begin with `#` do not count."""

    path: Path
    address: str

    @property
    def title(self) -> str:
        """The file's name as errors tell it."""
        return describe_path(self.path)

    def read(self) -> Iterator[Item]:
        """Yield each address.

        Raises:
            RecipientsError: the file cannot be opened.
        """
        try:
            encoding = find_encoding(self.path, None).name if self.path.stat().st_size else "utf-8"
            with self.path.open(encoding=encoding) as file:
                for number, line in enumerate(file, 1):
                    if line.strip() and not line.startswith("#"):
                        yield Line(number, {self.address: line})
        except OSError as error:
            raise RecipientsError(f"{self.title} cannot be read: {error.strerror}") from None


def written_value(value: object) -> str | None:
    """Write a value as a text may hold it; None if it is not text, a number, a date or nothing."""
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    # Numbers of any library, such as Decimal, write themselves.
    return str(value) if hasattr(value, "__int__") and not isinstance(value, bool) else None


def _is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)


def _is_cursor(value: object) -> TypeGuard[_Cursor]:
    return all(callable(getattr(value, name, None)) for name in ("execute", "fetchmany", "close"))


CONTACT_ID = "id"
"""The column of a group's contacts that holds their id."""

_TEXT_COLUMNS = (
    "external_id", "first_name", "last_name", "primary_mdn", "primary_addr_line1", "primary_addr_line2",
    "primary_addr_city", "primary_addr_zip", "primary_addr_state", "primary_addr_country", "primary_email_addr",
    "preferred_language",
)  # fmt: skip
_CONTACT_COLUMNS = (CONTACT_ID, *_TEXT_COLUMNS)


def _contact_values(contact: ContactData) -> dict[str, str]:
    values: dict[str, str] = {CONTACT_ID: str(getattr(contact, CONTACT_ID, ""))}
    for name in _TEXT_COLUMNS:
        value: object = getattr(contact, name)
        values[name] = "" if value is None else str(value)
    return values


def check_contact_column(address: str) -> str:
    """Return the column that holds the address of a group's contacts.

    Raises:
        InvalidArgumentError: contacts have no such text.
    """
    if address not in _CONTACT_COLUMNS:
        raise InvalidArgumentError(missing_column("a contact", address, _CONTACT_COLUMNS), field="address")
    return address
