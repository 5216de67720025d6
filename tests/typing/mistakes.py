"""Lines of the programs in this package that a type checker should report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("tests/typing/wrong", "tests/typing/right", "examples")

_IGNORES = re.compile(r"  # (type|pyright): ignore\[([\w, -]+)\]")


@dataclass(frozen=True)
class Mistake:
    """A wrong line: mypy and pyright are told to ignore it, and complain if there is nothing to ignore.

    Attributes:
        path: the program, relative to the project.
        line: number of the line, from 1.
        code: the line without indentation and comments.
        mypy: codes that mypy reports here, with the pydantic plugin and without it.
        pyright: rules that pyright reports here.
    """

    path: Path
    line: int
    code: str
    mypy: frozenset[str]
    pyright: frozenset[str]


def mistakes() -> Iterator[Mistake]:
    """Yield the wrong lines of all programs."""
    for folder in PROGRAMS:
        for path in sorted((ROOT / folder).glob("*.py")):
            for number, text in enumerate(path.read_text().splitlines(), start=1):
                ignores = {kind: frozenset(codes.split(", ")) for kind, codes in _IGNORES.findall(text)}
                if ignores:
                    yield Mistake(
                        path.relative_to(ROOT),
                        number,
                        _IGNORES.sub("", text).strip(),
                        ignores.get("type", frozenset()),
                        ignores.get("pyright", frozenset()),
                    )
