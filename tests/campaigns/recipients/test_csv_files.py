"""Lists in CSV files as programs and spreadsheets write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scgapi.campaigns.recipients.csv_files import CsvFile
from scgapi.campaigns.recipients.lines import Columns, Item, Line, UnreadableLine
from scgapi.errors import InvalidArgumentError, RecipientsError

HEADER = "name,mobile,guests\n"


def file(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "guests.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(path: Path, delimiter: str | None = None, encoding: str | None = None) -> list[Item]:
    return [*CsvFile(path, "mobile", delimiter, encoding).read()]


def lines(items: Iterable[Item]) -> list[tuple[int, dict[str, str]]]:
    return [(item.number, dict(item.values)) for item in items if isinstance(item, Line)]


def bad(items: Iterable[Item]) -> list[tuple[int, str]]:
    return [(item.number, item.reason) for item in items if isinstance(item, UnreadableLine)]


def refused(path: Path, delimiter: str | None = None, encoding: str | None = None) -> str:
    with pytest.raises(RecipientsError) as caught:
        read(path, delimiter, encoding)
    assert "\n" not in str(caught.value)
    return str(caught.value)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS).filter(any), max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_what_a_program_wrote_is_read(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("name", "mobile", "guests"), *rows])
    items = read(file(tmp_path, text.getvalue(), encoding))
    assert items[0] == Columns(("name", "mobile", "guests"))
    assert [tuple(values.values()) for _, values in lines(items)] == rows
    assert not bad(items)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_address(tmp_path: Path, delimiter: str) -> None:
    text = "Full name;mobile;a:b\n".replace(";", delimiter)
    columns = read(file(tmp_path, text))[0]
    assert isinstance(columns, Columns)
    assert columns.names == ("Full name", "mobile", "a:b")


def test_a_column_alone_has_no_delimiter(tmp_path: Path) -> None:
    assert lines(read(file(tmp_path, "mobile\n1\n2\n"))) == [(2, {"mobile": "1"}), (3, {"mobile": "2"})]


def test_a_delimiter_may_be_said_here_or_in_the_file(tmp_path: Path) -> None:
    assert lines(read(file(tmp_path, "mobile:n\n1:2\n"), ":")) == [(2, {"mobile": "1", "n": "2"})]
    assert lines(read(file(tmp_path, "sep=:\nmobile:n\n1:2\n"))) == [(3, {"mobile": "1", "n": "2"})]


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n"])
def test_a_delimiter_is_one_character(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(InvalidArgumentError, match="one character"):
        read(file(tmp_path, HEADER), delimiter)


def test_columns_of_any_language_and_with_blanks(tmp_path: Path) -> None:
    items = read(file(tmp_path, "\u00a0Pr\u00e9nom du client , mobile,\u96fb\u8a71,\nAnn,1,2,\n"))
    assert items[0] == Columns(("Pr\u00e9nom du client", "mobile", "\u96fb\u8a71"))
    assert lines(items) == [(2, {"Pr\u00e9nom du client": "Ann", "mobile": "1", "\u96fb\u8a71": "2"})]


def test_a_name_in_decomposed_letters_is_the_same_column(tmp_path: Path) -> None:
    assert read(file(tmp_path, "Pre\u0301nom,mobile\n"))[0] == Columns(("Pr\u00e9nom", "mobile"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Ann,1", "2 values where there are 3 columns"),
        ("Ann,1,2,3", "4 values where there are 3 columns"),
        ('"Ann"a,1,2', "a quote inside a quoted value that is not doubled"),
        ('"Ann,1,2', "a quote that is not closed"),
        ("x" * 200_000 + ",1,2", "a value of more than 131,072 characters"),
    ],
)
def test_a_bad_line_is_set_apart_and_the_others_are_read(tmp_path: Path, line: str, reason: str) -> None:
    items = read(file(tmp_path, f"{HEADER}Zoe,7,1\n{line}\nBob,8,2\nEve,9,3\n"))
    assert bad(items) == [(3, reason)]
    assert [number for number, _ in lines(items)] == [2, 4, 5]


def test_an_open_quote_hides_no_line_however_far_the_next_quote_is(tmp_path: Path) -> None:
    rows = "".join(f"n{number},{number},1\n" for number in range(4, 300))
    items = read(file(tmp_path, f'{HEADER}Zoe,2,1\n"Ann,3,1\n{rows}"Eve",300,1\n'))
    assert [number for number, _ in bad(items)] == [3]
    assert [number for number, _ in lines(items)] == [2, *range(4, 301)]


def test_bytes_of_another_encoding_set_their_line_apart(tmp_path: Path) -> None:
    content = HEADER.encode() + b"Zo\xeb,1,1\n" + "Zoë,2,1\n".encode()
    items = read(file(tmp_path, content), encoding="utf-8")
    assert bad(items) == [(2, "bytes that are not of the file's encoding")]
    assert lines(items) == [(3, {"name": "Zoë", "mobile": "2", "guests": "1"})]


def test_values_may_span_lines_and_blank_lines_do_not_count(tmp_path: Path) -> None:
    items = read(file(tmp_path, f'{HEADER}\n"Ann\nB",1,2\n,,\n   \nBob,2,3\n'))
    assert lines(items) == [
        (3, {"name": "Ann\nB", "mobile": "1", "guests": "2"}),
        (7, {"name": "Bob", "mobile": "2", "guests": "3"}),
    ]
    assert not bad(items)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends(tmp_path: Path, end: str) -> None:
    assert [number for number, _ in lines(read(file(tmp_path, f"name,mobile{end}A,1{end}B,2{end}")))] == [
        2,
        3,
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "shift_jis"])
def test_an_encoding_may_be_said(tmp_path: Path, encoding: str) -> None:
    name = "\u30be\u30a8" if encoding == "shift_jis" else "Zoë"
    path = file(tmp_path, f"name,mobile\n{name},1\n", encoding)
    assert lines(read(path, encoding=encoding))[0][1]["name"] == name


def test_utf_16_is_found_without_a_mark(tmp_path: Path) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert lines(read(file(tmp_path, "name,mobile\nZoë,1\n", encoding)))[0][1]["name"] == "Zoë"


def test_an_encoding_that_is_not_clear_is_asked_for(tmp_path: Path) -> None:
    filler = "".join(f"Ann,{number}\n" for number in range(200_000))
    message = refused(file(tmp_path, f"name,mobile\n{filler}Zoë,1\n", "cp1252"))
    assert "guests.csv is not in UTF-8: byte 0xEB in line 200002 is ë in cp1252" in message
    assert "л in cp1251" in message
    assert "encoding='cp1252'" in message


def test_an_encoding_that_does_not_exist(tmp_path: Path) -> None:
    for name in ("utf9", "rot13", "base64"):
        with pytest.raises(InvalidArgumentError, match="is not known"):
            read(file(tmp_path, HEADER), encoding=name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "guests.csv is empty"),
        (b"\n\n  \n", "guests.csv is empty"),
        (b"\xef\xbb\xbf", "guests.csv is empty"),
        (b"PK\x03\x04rest", "is a spreadsheet or a zip archive, not a CSV file"),
        (b"name,phone\nAnn,1\n", "has no column 'mobile'. It has 'name', 'phone'"),
        (b"name,Mobile \nAnn,1\n", "has no column 'mobile'; did you mean 'Mobile'?"),
        (b"Ann,+15552461234\nBob,+15552461235\n", "its first line seems to be data"),
        (b"name,mobile,name\n", "has the column 'name' 2 times"),
        (b'name,"mobile\n', "has a quote that is not closed"),
    ],
)
def test_a_file_that_is_no_list_says_what_it_is(tmp_path: Path, content: bytes, message: str) -> None:
    told = refused(file(tmp_path, content))
    assert message in told
    assert "guests.csv" in told
    assert "5552461234" not in told


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "guests.csv cannot be read: No such file" in refused(tmp_path / "guests.csv")
