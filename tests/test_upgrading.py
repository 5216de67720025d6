"""The tables of docs/upgrading.md: the lines of both columns run, are typed, and leave out no call of the old guide."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import scgapi
from scgapi.sandbox import Sandbox
from tests.snippets import PICTURE, ROOT

PAGE = (ROOT / "docs" / "upgrading.md").read_text()
GUIDE = (ROOT / "tests" / "guide" / "printed.txt").read_text()
COLUMNS = ("then", "now")
PREPARATION = """
import scgapi
from scgapi import Scg

config: str | None = "auth.json"
api: str | None = None
path = "picture.jpg"
mdn, bob_mdn, alice_mdn, senderid = "+15552461234", "+15552461236", "+15552461237", "155528999"
prepared = session = scgapi.Client(scgapi.AuthInfo(config="auth.json"))
{scg}
contact_id = session.contacts.create(first_name="Ann", primary_mdn="+15552461238")
contact = session.contacts.get(contact_id)
friends = session.contact_groups.get(session.contact_groups.create(name="Friends"))
friends.add_contact([contact_id])
mrq = session.message_requests.create(from_=senderid, to=[mdn], body="Hi")
"""


def tables() -> dict[str, list[tuple[str, ...]]]:
    """Return the cells of each table of lines, by its heading."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for section in PAGE.split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        rows = re.findall(r"^\| (.*) \|$", section, re.MULTILINE)
        if rows and rows[0].startswith("then | now"):
            found[heading] = [
                tuple(cell.strip() for cell in re.split(r" ?\|(?: |$)", row)) for row in rows[1:]
            ]
    return found


TABLES = tables()


def lines(heading: str, column: str) -> list[str]:
    """Return the code of one column."""
    cells = [row[COLUMNS.index(column)] for row in TABLES[heading]]
    assert all(re.fullmatch(r"`[^`]+`", cell) for cell in cells if cell), cells
    return [cell.strip("`") for cell in cells if cell]


def program(heading: str, column: str) -> str:
    """Return the lines of one column as a program, below the names that they use."""
    scg = "" if "scg = Scg()" in lines(heading, column) else "scg = session"
    return "\n".join([PREPARATION.format(scg=scg), *lines(heading, column), ""])


@pytest.fixture
def folder(gateway: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    auth = gateway.auth
    (tmp_path / "auth.json").write_text(json.dumps({"token": auth.token, "url": auth.url}))
    (tmp_path / "picture.jpg").write_bytes(PICTURE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("heading", TABLES)
def test_the_lines_of_a_column_run(heading: str, column: str, folder: Path) -> None:
    names: dict[str, object] = {}
    try:
        exec(program(heading, column), names)
    finally:
        for value in names.values():
            if isinstance(value, scgapi.Client):
                value.close()


@pytest.mark.parametrize("column", COLUMNS)
def test_the_lines_are_typed(column: str, tmp_path: Path) -> None:
    for number, heading in enumerate(TABLES):
        (tmp_path / f"{column}_{number}.py").write_text(program(heading, column))
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache"), "."],
        cwd=tmp_path, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def calls(source: str) -> set[tuple[str, ...]]:
    """Return the calls of the package in a program: the method's name, and the names of its keywords."""
    found: set[tuple[str, ...]] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), keywords=keywords):
                found.add((name, *sorted(str(keyword.arg) for keyword in keywords)))
            case _:
                pass
    return {call for call in found if call[0] not in ("print", "format", "upload_attachment")}


def test_every_call_of_the_guide_is_in_the_tables() -> None:
    shown = calls("\n".join(line for heading in TABLES for line in lines(heading, "then")))
    guide = calls(re.sub(r"^####.*", "", GUIDE, flags=re.MULTILINE))
    assert ("create_and_upload", "filename", "name", "type") in guide
    assert guide <= shown


def test_every_attribute_that_the_guide_reads_is_in_the_tables() -> None:
    def attributes(source: str) -> set[str]:
        return {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}

    shown = attributes("\n".join(line for heading in TABLES for line in lines(heading, "then")))
    assert attributes(re.sub(r"^####.*", "", GUIDE, flags=re.MULTILINE)) - {"format"} <= shown
