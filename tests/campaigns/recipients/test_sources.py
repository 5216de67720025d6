"""Lists of a program, a database, a contact group and files of addresses."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import scgapi
from scgapi.campaigns.recipients.lines import Columns, Item, Line, UnreadableLine
from scgapi.campaigns.recipients.recipients import Recipients
from scgapi.campaigns.recipients.suppression import suppression_list
from scgapi.errors import InvalidArgumentError, RecipientsError
from scgapi.sandbox import Sandbox


def values(items: Iterator[Item]) -> list[dict[str, str]]:
    return [dict(item.values) for item in items if isinstance(item, Line)]


def test_rows_are_mappings_or_addresses_and_values_are_written_as_text() -> None:
    rows: list[Mapping[str, object] | str] = [
        "+15552461234",
        {"address": 15552461234, "n": 1.5, "d": Decimal("2.50"), "on": date(2026, 5, 1), "none": None},
        {"address": "x", "at": datetime(2026, 5, 1, 9, 30), "nan": float("nan")},
    ]
    assert values(Recipients.rows(rows).items()) == [
        {"address": "+15552461234"},
        {"address": "15552461234", "n": "1.5", "d": "2.50", "on": "2026-05-01", "none": ""},
        {"address": "x", "at": "2026-05-01 09:30", "nan": ""},
    ]


def test_a_row_that_is_none_does_not_stop_the_others() -> None:
    rows: list[Mapping[str, object]] = [
        {"address": b"1"},
        {"address": ["1"]},
        {"address": True},
        {"address": "1"},
    ]
    items = [*Recipients.rows(rows).items()]
    assert [type(item) for item in items] == [UnreadableLine] * 3 + [Line]


def test_rows_come_again_whenever_they_are_read() -> None:
    def rows() -> Iterator[str]:
        yield "1"

    recipients = Recipients.rows(rows)
    assert values(recipients.items()) == values(recipients.items()) == [{"address": "1"}]
    with pytest.raises(InvalidArgumentError, match="rows can be read once only"):
        Recipients.rows(rows())


def test_async_rows_need_an_async_client() -> None:
    async def rows() -> AsyncIterator[str]:
        yield "1"

    recipients = Recipients.rows(rows)
    with pytest.raises(RecipientsError, match="with an AsyncClient"):
        next(recipients.items())

    async def read() -> list[Item]:
        items = recipients.items_async()
        assert isinstance(items, AsyncIterator)
        return [item async for item in items]

    assert asyncio.run(read()) == [Line(1, {"address": "1"})]


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE guests (id INTEGER, name TEXT, mobile TEXT)")
    connection.executemany("INSERT INTO guests VALUES (?, ?, ?)", [(n, f"n{n}", str(n)) for n in range(2500)])
    yield connection
    connection.close()


def test_a_query_is_streamed_with_its_columns(database: sqlite3.Connection) -> None:
    recipients = Recipients.sql(
        database, "SELECT name, mobile FROM guests WHERE id < ? ORDER BY id", [2100], address="mobile"
    )
    items = [*recipients.items()]
    assert items[0] == Columns(("name", "mobile"))
    assert items[-1] == Line(2100, {"name": "n2099", "mobile": "2099"})


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT name FROM guests", "has no column 'mobile'. It has 'name'"),
        ("SELECT mobile, name AS mobile FROM guests", "'mobile' twice"),
        ("DELETE FROM guests", "returns no rows"),
    ],
)
def test_a_query_without_the_address(database: sqlite3.Connection, query: str, message: str) -> None:
    with pytest.raises(RecipientsError, match=message):
        next(Recipients.sql(database, query, address="mobile").items())


def test_what_is_no_connection_is_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="one of the DB-API"):
        Recipients.sql("guests.db", "SELECT 1", address="a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_a_group_is_read_through_the_client(scg: scgapi.Client, gateway: Sandbox) -> None:
    group = scg.contact_groups.get(scg.contact_groups.create(name="Guests"))
    group.add_contact(scg.contacts.create(first_name="Ann", primary_mdn="+15552461234"))
    (row,) = values(Recipients.group(group).items(scg))
    assert (row["first_name"], row["primary_mdn"], row["last_name"]) == ("Ann", "+15552461234", "")
    assert "+1555" not in repr(Recipients.group(group))

    async def read() -> list[Item]:
        async with scgapi.AsyncClient(gateway.auth) as client:
            items = Recipients.group(group.id).items_async(client)
            assert isinstance(items, AsyncIterator)
            return [item async for item in items]

    assert asyncio.run(read())[1] == Line(1, row)
    with pytest.raises(RecipientsError, match="through a client"):
        Recipients.group(group).items()
    with pytest.raises(InvalidArgumentError, match="did you mean 'primary_mdn'"):
        Recipients.group(group, address="mdn")


def test_a_file_of_addresses_keeps_its_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("\ufeff# out\n+1 555 246 1234\n\n(555) 246-1235\n", encoding="utf-8")
    items = suppression_list(path, "US").items()
    assert [item.number for item in items if isinstance(item, Line)] == [2, 4]
    path.write_text("")
    assert values(suppression_list(str(path), "US").items()) == []
    with pytest.raises(RecipientsError, match="cannot be read"):
        next(suppression_list(tmp_path / "none.txt", "US").items())


def test_what_is_misspelt_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="did you mean 'region'"):
        Recipients.csv(tmp_path / "x", address="a", regoin="US")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    with pytest.raises(InvalidArgumentError, match="did you mean 'Europe/Paris'"):
        Recipients.csv(tmp_path / "x", address="a", default_time_zone="Europe/Pari")
    with pytest.raises(InvalidArgumentError, match=r"write keep=\['id'\]"):
        Recipients.csv(tmp_path / "x", address="a", keep="id")
    with pytest.raises(InvalidArgumentError, match="must name a column"):
        Recipients.csv(tmp_path / "x", address=" ")
