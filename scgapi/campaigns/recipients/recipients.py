"""Lists of recipients: `Recipients.csv()`, `.rows()`, `.sql()` and `.group()`."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from typing_extensions import TypedDict

from scgapi._core.tracebacks import trim_tracebacks
from scgapi.campaigns.recipients.csv_files import CsvFile, column_name
from scgapi.campaigns.recipients.lines import Item
from scgapi.campaigns.recipients.phone_numbers import check_region
from scgapi.campaigns.recipients.reading import Reading
from scgapi.campaigns.recipients.sources import (
    CONTACT_ID,
    AddressFile,
    Connection,
    GroupMembers,
    ProgramRows,
    QueryRows,
    RowSource,
    check_contact_column,
)
from scgapi.campaigns.recipients.time_zones import is_time_zone, unknown_time_zone
from scgapi.errors import InvalidArgumentError, RecipientsError

if TYPE_CHECKING:
    from os import PathLike

    from scgapi import AsyncClient, Client
    from scgapi.models.contact_groups import ContactGroupData

Source = AddressFile | CsvFile | ProgramRows | QueryRows | GroupMembers


class ReadingOptions(TypedDict, total=False, closed=True):
    """How any list is read."""

    region: str | None
    """Country of numbers that are written without a country code, as an ISO 3166 code: `"US"`."""
    time_zone: str | None
    """Column with each recipient's time zone, such as `Europe/Paris`. Where it is empty the number tells."""
    default_time_zone: str | None
    """Time zone of recipients whose column is empty and whose number belongs to no place, such as mobiles of a country
    with several zones. Without it all zones of the country must allow a text."""
    valid_only: bool
    """True sets numbers aside that are possible by their length and in no range that is in use, too."""
    keep: Sequence[str]
    """Columns to keep for the report, beside those that the text needs."""


class Recipients:
    """A list of recipients, read anew each time it is planned, and never held in memory as a whole.

    Make one by `csv()`, `rows()`, `sql()` or `group()`. Numbers are brought to E.164 form. A line without an address
    that can be sent to is set aside with its number and the reason, and does not stop the others.
    """

    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.reading = reading

    def __repr__(self) -> str:
        return f"<Recipients from {self.source.title}>"

    @classmethod
    def csv(
        cls,
        path: str | PathLike[str],
        *,
        address: str,
        delimiter: str | None = None,
        encoding: str | None = None,
        **options: Unpack[ReadingOptions],
    ) -> Recipients:
        """Read a CSV file whose first line names the columns.

        Names of columns may hold blanks and be of any language; each is a `{field}` of the text.

        Args:
            path: the file. It is read when the campaign is planned, so that it must still be there then.
            address: column with the phone number, or another address of the gateway, such as `contact:ID`.
            delimiter: the character between values; found among `,` `;` tab and `|` by the first line if not given.
            encoding: such as `"cp1252"`; UTF-8, UTF-16 and UTF-32 are found by themselves.
            **options: `region`, `time_zone`, `default_time_zone`, `valid_only` and `keep`.

        Raises:
            InvalidArgumentError: a region, a time zone, an encoding or a delimiter does not exist.
        """
        if not isinstance(path, str) and not hasattr(path, "__fspath__"):
            raise InvalidArgumentError(f"csv: path must be a path, got {type(path).__name__}", field="path")
        name = _column(address, "address")
        source = CsvFile(Path(path), name, delimiter, encoding)
        return cls(source, _reading(source.title, name, options))

    @classmethod
    def rows(
        cls, rows: RowSource, *, address: str = "address", **options: Unpack[ReadingOptions]
    ) -> Recipients:
        """Read rows of a program: mappings of field names to values, or addresses alone.

        Values may be text, numbers, dates or None. Each row's line is its place in the list, from 1.

        Args:
            rows: an iterable, an async iterable (with an AsyncClient), or a function that returns one. The list is read
                several times, so that a generator must come as the function that makes it.
            address: name of the value that holds the address.
            **options: `region`, `time_zone`, `default_time_zone`, `valid_only` and `keep`.

        Raises:
            InvalidArgumentError: `rows` can be read once only; a region or a time zone does not exist.
        """
        if isinstance(rows, str | bytes) or not (
            callable(rows) or isinstance(rows, Iterable | AsyncIterable)
        ):
            raise InvalidArgumentError(
                f"rows must be a list of rows, got {type(rows).__name__}", field="rows"
            )
        if isinstance(rows, Iterator | AsyncIterator):
            raise InvalidArgumentError(
                "rows can be read once only, and a list is read whenever it is planned: give a list, or the function "
                "that makes the generator, as in rows(read_guests)",
                field="rows",
            )
        name = _column(address, "address")
        source = ProgramRows(rows, name)
        return cls(source, _reading(source.title, name, options))

    @classmethod
    def sql(
        cls,
        connection: Connection,
        query: str,
        parameters: Sequence[object] = (),
        *,
        address: str,
        **options: Unpack[ReadingOptions],
    ) -> Recipients:
        """Read the rows of a database query. Each column is a `{field}` of the text.

        Give the query an ORDER BY: a row's line is its place in the result, from 1.

        Args:
            connection: a connection of the DB-API, such as sqlite3's or psycopg's.
            query: the query, with the placeholders of that database.
            parameters: values for the placeholders.
            address: column with the phone number.
            **options: `region`, `time_zone`, `default_time_zone`, `valid_only` and `keep`.

        Raises:
            InvalidArgumentError: this is no connection; a region or a time zone does not exist.
        """
        if not callable(getattr(connection, "cursor", None)):
            raise InvalidArgumentError(
                f"sql: connection must be one of the DB-API, got {type(connection).__name__}",
                field="connection",
            )
        name = _column(address, "address")
        source = QueryRows(connection, query, tuple(parameters), name)
        return cls(source, _reading(source.title, name, options))

    @classmethod
    def group(
        cls,
        group: ContactGroupData | str,
        *,
        address: str = "primary_mdn",
        **options: Unpack[ReadingOptions],
    ) -> Recipients:
        """Read the contacts of a group, through the client that the campaign is planned with.

        The text may use `{first_name}`, `{last_name}` and the other texts of a contact.

        Args:
            group: the group, or its id.
            address: `"primary_mdn"`, the contact's number; `"id"` sends to `contact:ID`, and the gateway chooses the
                address. Opt-outs and duplicates are seen only by the number.
            **options: `region`, `time_zone`, `default_time_zone`, `valid_only` and `keep`.

        Raises:
            InvalidArgumentError: the group has no id, or contacts have no such address.
        """
        group_id: object = group if isinstance(group, str) else getattr(group, "id", None)
        if not isinstance(group_id, str) or not group_id.strip():
            raise InvalidArgumentError("group: give the contact group, or its id", field="group")
        name = check_contact_column(address)
        source = GroupMembers(group_id.removeprefix("group:"), name)
        return cls(source, _reading(source.title, name, options, "contact:" if name == CONTACT_ID else ""))

    @property
    def is_file(self) -> bool:
        """Whether the list is read from a file, in any thread."""
        return isinstance(self.source, AddressFile | CsvFile)

    @property
    def is_at_hand(self) -> bool:
        """True if the list can be read again at no other cost than time: a file, or rows that the program holds."""
        rows = self.source.rows if isinstance(self.source, ProgramRows) else None
        return self.is_file or isinstance(rows, Collection)

    def items(self, scg: Client | None = None) -> Iterator[Item]:
        """Yield the columns, if the list knows them beforehand, and its lines, unchecked.

        Raises:
            RecipientsError: the list cannot be read, or only by an AsyncClient.
        """
        if isinstance(self.source, GroupMembers):
            if scg is None:
                raise RecipientsError("a contact group is read through a client: give plan() the client")
            return self.source.read_through(scg)
        return self.source.read()

    def items_async(self, scg: AsyncClient | None = None) -> AsyncIterator[Item] | Iterator[Item]:
        """Return the same for a program of tasks; a plain iterator where nothing is awaited."""
        if isinstance(self.source, GroupMembers):
            if scg is None:
                raise RecipientsError("a contact group is read through a client: give plan() the client")
            return self.source.read_through_async(scg)
        return self.source.read_async() if isinstance(self.source, ProgramRows) else self.source.read()


trim_tracebacks(Recipients, "items")


def _column(name: str, field: str) -> str:
    if not isinstance(name, str) or not column_name(name):
        raise InvalidArgumentError(f"{field} must name a column, got {name!r}", field=field)
    return column_name(name)


def _reading(title: str, address: str, options: ReadingOptions, prefix: str = "") -> Reading:
    _refuse_unknown(options)
    zone = options.get("default_time_zone")
    if zone is not None and not is_time_zone(zone):
        raise InvalidArgumentError(f"default_time_zone: {unknown_time_zone(zone)}", field="default_time_zone")
    keep = options.get("keep", ())
    if isinstance(keep, str):
        raise InvalidArgumentError(f"keep must be a list of columns: write keep=[{keep!r}]", field="keep")
    time_zone = options.get("time_zone")
    return Reading(
        title=title,
        address=address,
        region=check_region(options.get("region")),
        time_zone=None if time_zone is None else _column(time_zone, "time_zone"),
        default_time_zone=zone,
        prefix=prefix,
        valid_only=options.get("valid_only", False),
        keep=tuple(_column(name, "keep") for name in keep),
    )


def _refuse_unknown(options: ReadingOptions) -> None:
    for name in options:
        if name not in ReadingOptions.__annotations__:
            from scgapi.campaigns.recipients.lines import near_miss

            near = near_miss(name, tuple(ReadingOptions.__annotations__))
            hint = f"; did you mean {near!r}?" if near else ""
            raise InvalidArgumentError(f"Recipients takes no {name!r}{hint}", field=name)
