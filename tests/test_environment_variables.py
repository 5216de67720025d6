"""The reference page of environment variables names those that the source reads, and no others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import scgapi
from tests.snippets import ROOT

PAGE = (ROOT / "docs" / "reference" / "environment-variables.md").read_text()
PACKAGE = Path(scgapi.__file__ or "").parent

READS = re.compile(r"\bos\.environ\b|\bgetenv\b|\benvironment(?:\.get\(|\[)|\bgetproxies\b")
NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
WITHIN_TEXT = re.compile(r"\b(?:SCG_|SSL_|XDG_)[A-Z_]*[A-Z]\b|\b[A-Z]+_PROXY\b")
NOT_VARIABLES = {"GET", "NOT_SENT", "REJECTED"}
"""Other texts in capitals in the modules that read the environment."""


def names_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if NAME.fullmatch(node.value):
                yield node.value
            yield from WITHIN_TEXT.findall(node.value)


def names_in_the_package() -> set[str]:
    sources = [path.read_text() for path in PACKAGE.rglob("*.py")]
    return {name for source in sources if READS.search(source) for name in names_in(source)} - NOT_VARIABLES


def test_the_page_names_what_the_source_reads() -> None:
    documented = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == names_in_the_package()


def test_the_search_finds_each_way_to_read_a_variable() -> None:
    for line in (
        'os.environ["MY_NAME"]', 'os.environ.get("MY_NAME")', 'os.getenv("MY_NAME")',
        'environment.get("MY_NAME")', 'environment["MY_NAME"]',
    ):  # fmt: skip
        assert READS.search(line)
        assert list(names_in(line)) == ["MY_NAME"]
