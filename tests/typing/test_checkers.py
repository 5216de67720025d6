"""Type checkers report each wrong line of the programs beside this file, and nothing else.

`nox -s types` runs mypy, mypy with the pydantic plugin, and pyright on these programs: each wrong line tells them what
to ignore, and an ignore that is not needed is an error by itself. ty and pyrefly are run here, and ignore nothing.
"""

from __future__ import annotations

import functools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.typing.mistakes import PROGRAMS, ROOT, mistakes
from tests.typing.uncaught import UNCAUGHT

HERE = Path(__file__).parent
MISTAKES = list(mistakes())
COMMANDS = {
    "ty": [
        *("check", "--python", sys.executable, "--config-file", str(HERE / "ty.toml")),
        *("--extra-search-path", "examples", "--output-format", "sarif"),
    ],
    "pyrefly": [
        *("check", "--python-interpreter-path", sys.executable, "--config", str(HERE / "pyrefly.toml")),
        *("--search-path", ".", "--search-path", "examples", "--output-format", "sarif", "--summary", "none"),
    ],
}
# What pyright says of a line for its form, or because of another error in it.
INCIDENTAL = {"reportUnusedExpression", "reportUnknownArgumentType", "reportUnknownMemberType"}


class File(BaseModel):
    uri: str


class Region(BaseModel):
    startLine: int


class Place(BaseModel):
    artifactLocation: File
    region: Region


class Location(BaseModel):
    physicalLocation: Place


class Message(BaseModel):
    text: str


class Result(BaseModel):
    message: Message
    locations: list[Location]


class Run(BaseModel):
    results: list[Result]


class Sarif(BaseModel):
    """A report in the format that static analysis tools share."""

    runs: list[Run]


@functools.cache
def reports(checker: str) -> dict[tuple[Path, int], str]:
    """Return what the checker says of the programs, by path and line."""
    command = [sys.executable, "-m", checker, *COMMANDS[checker], *PROGRAMS]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, check=False).stdout
    found: dict[tuple[Path, int], str] = {}
    for result in Sarif.model_validate_json(output).runs[0].results:
        place = result.locations[0].physicalLocation
        path = (ROOT / place.artifactLocation.uri.removeprefix("file://")).relative_to(ROOT)
        key = path, place.region.startLine
        found[key] = f"{found.get(key, '')}{result.message.text}\n"
    return found


@pytest.mark.parametrize("checker", COMMANDS)
def test_each_wrong_line_is_reported_and_no_other(checker: str) -> None:
    found = reports(checker)
    expected = {(one.path, one.line): one.code for one in MISTAKES if one.code not in UNCAUGHT[checker]}
    missed = {place: code for place, code in expected.items() if place not in found}
    surplus = {place: text for place, text in found.items() if place not in expected}
    assert (missed, surplus) == ({}, {})


def test_mypy_and_pyright_are_told_what_to_ignore_on_each_wrong_line() -> None:
    assert [one for one in MISTAKES if bool(one.mypy) == (one.code in UNCAUGHT["mypy"])] == []
    assert [
        one for one in MISTAKES if bool(one.pyright - INCIDENTAL) == (one.code in UNCAUGHT["pyright"])
    ] == []


def test_what_is_not_caught_is_a_wrong_line() -> None:
    lines = Counter(one.code for one in MISTAKES)
    assert {code: lines[code] for codes in UNCAUGHT.values() for code in codes if lines[code] != 1} == {}


@pytest.mark.parametrize("checker", COMMANDS)
def test_a_wrong_keyword_is_named(checker: str) -> None:
    (line,) = (
        (one.path, one.line)
        for one in MISTAKES
        if one.code == 'scg.message_requests.create(from_="1", to=["2"], boddy="Hello")'
    )
    assert "`boddy`" in reports(checker)[line]


def test_mypy_names_a_wrong_keyword_and_the_right_one(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import scgapi\n\n"
        "scg = scgapi.Client()\n"
        "scg.message_requests.create(from_='1', to=['2'], boddy='Hello')\n"
        "scg.contacts.create(first_name=5)\n"
    )
    command = [sys.executable, "-m", "mypy", str(program)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert 'Unexpected keyword argument "boddy" for "create"' in said
    assert 'did you mean "body"?' in said
    assert 'Argument "first_name" to "create" of "ContactResource" has incompatible type "int"' in said
